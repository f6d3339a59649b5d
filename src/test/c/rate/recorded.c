/*
 * A PKCS#11 module that has a record of each signature on the disk before it answers, as the gateway does: RECORDED_TARGET is the
 * real module, RECORDED_FILE where the records go. What p11-kit's server reaches with it is what anybody reaches there who keeps
 * such a journal.
 */
#include "../shim.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As long as the gateway's line of such a signature. */
enum { RECORD = 586, FUNCTION_FAILED = 6 };

struct list *target;
static struct list recording;
/* Of its own in each process: p11-kit's server has one for each application. */
static int records = -1;

static int is_recorded(void) {
    char record[RECORD];
    memset(record, 'r', sizeof record - 1);
    record[sizeof record - 1] = '\n';
    if (records < 0) {
        records = open(getenv("RECORDED_FILE"), O_WRONLY | O_APPEND | O_CREAT, 0600);
    }
    return write(records, record, sizeof record) == sizeof record && fdatasync(records) == 0;
}

static word sign(word session, word data, word length, word signature, word signature_length, word f, word g, word h) {
    word rv = CALL(C_Sign, session, data, length, signature, signature_length, f, g, h);
    /* Without a place for the signature only its length was asked for. */
    return rv == OK && signature != 0 && !is_recorded() ? FUNCTION_FAILED : rv;
}

word C_GetFunctionList(struct list **given) {
    target = module_in(getenv("RECORDED_TARGET"));
    if (target == NULL) {
        fprintf(stderr, "recorded: RECORDED_TARGET is no PKCS#11 module\n");
        abort();
    }
    recording = *target;
    recording.functions[PLACE_C_Sign] = sign;
    *given = &recording;
    return OK;
}
