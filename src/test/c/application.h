/* What PKCS#11 applications of the tests share: a module, calls that must succeed, and the slot of a token. */
#ifndef APPLICATION_H
#define APPLICATION_H

#define _GNU_SOURCE
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 64, TOKEN_INFO = 256, RW_SERIAL = 6 };

struct list *target;

struct attribute {
    word type;
    void *value;
    word length;
};

static void checked(word rv, const char *what) {
    if (rv != OK) {
        fprintf(stderr, "%s: 0x%lx\n", what, rv);
        exit(1);
    }
}

#define DO(name, ...) checked(target->functions[PLACE_##name](__VA_ARGS__), #name)

static void load(const char *module) {
    target = module_in(module);
    if (target == NULL) {
        fprintf(stderr, "%s is no module\n", module);
        exit(1);
    }
}

static word slot_of(const char *label) {
    word slots[SLOTS], count = SLOTS;
    DO(C_GetSlotList, 1, (word)slots, (word)&count, 0, 0, 0, 0, 0);
    for (word i = 0; i < count; i++) {
        char info[TOKEN_INFO];
        if (target->functions[PLACE_C_GetTokenInfo](slots[i], (word)info, 0, 0, 0, 0, 0, 0) == OK &&
            strncmp(info, label, strlen(label)) == 0) {
            return slots[i];
        }
    }
    fprintf(stderr, "no token %s\n", label);
    exit(1);
}

#endif
