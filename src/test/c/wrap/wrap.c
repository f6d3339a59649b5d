/*
 * A PKCS#11 application that lets a key out and in again: wrap <module> <token label> <PIN> <key> <wrapping key> <new key> <flag>. It wraps
 * the secret key of this label under the public key of the second one with RSA-OAEP (SHA-1), and unwraps what it got with the
 * private key as a generic secret for MACs, with the third label, extractable if the flag is 1. The length of what was wrapped is
 * printed, or the call that fails.
 */
#include "../application.h"

enum { PUBLIC_KEY = 2, PRIVATE_KEY = 3, SECRET_KEY = 4, GENERIC_SECRET = 0x10 };
enum { CLASS = 0, TOKEN = 1, LABEL_OF = 3, KEY_TYPE = 0x100, SIGN = 0x108, EXTRACTABLE = 0x162 };
enum { OAEP = 9, SHA_1 = 0x220, MGF1_SHA1 = 1, DATA_SPECIFIED = 1 };

static word find(word session, word class, char *label) {
    struct attribute wanted[] = {{CLASS, &class, sizeof class}, {LABEL_OF, label, strlen(label)}};
    word key, found;
    DO(C_FindObjectsInit, session, (word)wanted, 2, 0, 0, 0, 0, 0);
    DO(C_FindObjects, session, (word)&key, 1, (word)&found, 0, 0, 0, 0);
    DO(C_FindObjectsFinal, session, 0, 0, 0, 0, 0, 0, 0);
    checked(found == 1 ? OK : 1, label);
    return key;
}

int main(int argc, char **argv) {
    if (argc != 8) return 2;
    load(argv[1]);
    struct { word hash, mask, source; void *data; word length; } oaep = {SHA_1, MGF1_SHA1, DATA_SPECIFIED, NULL, 0};
    struct attribute mechanism = {OAEP, &oaep, sizeof oaep};
    unsigned char wrapped[1024], yes = 1, leaves = argv[7][0] == '1';
    word session, length = 0, class = SECRET_KEY, type = GENERIC_SECRET, made;
    struct attribute template[] = {{CLASS, &class, sizeof class}, {KEY_TYPE, &type, sizeof type},
                                   {TOKEN, &yes, 1}, {SIGN, &yes, 1}, {EXTRACTABLE, &leaves, 1}, {LABEL_OF, argv[6], strlen(argv[6])}};
    DO(C_Initialize, 0, 0, 0, 0, 0, 0, 0, 0);
    DO(C_OpenSession, slot_of(argv[2]), RW_SERIAL, 0, 0, (word)&session, 0, 0, 0);
    DO(C_Login, session, USER, (word)argv[3], strlen(argv[3]), 0, 0, 0, 0);
    word key = find(session, SECRET_KEY, argv[4]), wrapping = find(session, PUBLIC_KEY, argv[5]);
    DO(C_WrapKey, session, (word)&mechanism, wrapping, key, 0, (word)&length, 0, 0);
    checked(length <= sizeof wrapped ? OK : 1, "length");
    DO(C_WrapKey, session, (word)&mechanism, wrapping, key, (word)wrapped, (word)&length, 0, 0);
    DO(C_UnwrapKey, session, (word)&mechanism, find(session, PRIVATE_KEY, argv[5]), (word)wrapped, length, (word)template, 6,
       (word)&made);
    printf("%lu\n", length);
    fflush(stdout);
    wrapped[length - 1] ^= 1;
    DO(C_UnwrapKey, session, (word)&mechanism, find(session, PRIVATE_KEY, argv[5]), (word)wrapped, length, (word)template, 4,
       (word)&made);
    return 1;
}
