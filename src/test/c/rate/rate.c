/*
 * How often PKCS#11 applications sign: rate <module> <token label> <PIN> <processes> <seconds>. Each process loads the module,
 * logs in and finds the first private key of the token; when all of them have, each signs 32 bytes with CKM_ECDSA over and over for
 * the same time. The sum for a second is printed, and how
 * many processes failed.
 */
#include "../application.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CLASS = 0, PRIVATE_KEY = 3, ECDSA = 0x1041 };

/* Says that this process is ready, and waits for the others: the parent closes its end then. */
static void wait_for_all(int ready, int go) {
    char byte = 0;
    if (write(ready, &byte, 1) != 1 || close(ready) != 0 || read(go, &byte, 1) != 0) {
        exit(1);
    }
}

static long sign(const char *label, char *pin, double seconds, int ready, int go) {
    word session, key, found, class = PRIVATE_KEY;
    struct attribute wanted = {CLASS, &class, sizeof class};
    struct attribute mechanism = {ECDSA, NULL, 0};
    unsigned char digest[32] = {1}, signature[128];
    struct timespec start, now;
    long made = 0;
    DO(C_Initialize, 0, 0, 0, 0, 0, 0, 0, 0);
    DO(C_OpenSession, slot_of(label), RW_SERIAL, 0, 0, (word)&session, 0, 0, 0);
    DO(C_Login, session, USER, (word)pin, strlen(pin), 0, 0, 0, 0);
    DO(C_FindObjectsInit, session, (word)&wanted, 1, 0, 0, 0, 0, 0);
    DO(C_FindObjects, session, (word)&key, 1, (word)&found, 0, 0, 0, 0);
    DO(C_FindObjectsFinal, session, 0, 0, 0, 0, 0, 0, 0);
    checked(found == 1 ? OK : 1, "a key");
    wait_for_all(ready, go);
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        word length = sizeof signature;
        DO(C_SignInit, session, (word)&mechanism, key, 0, 0, 0, 0, 0);
        DO(C_Sign, session, (word)digest, sizeof digest, (word)signature, (word)&length, 0, 0, 0);
        made++;
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - start.tv_sec) + (now.tv_nsec - start.tv_nsec) / 1e9 < seconds);
    DO(C_Finalize, 0, 0, 0, 0, 0, 0, 0, 0);
    return made;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        return 2;
    }
    int processes = atoi(argv[4]), ready[2], go[2], results[2], failed = 0;
    double seconds = atof(argv[5]);
    long all = 0, made;
    char byte;
    if (pipe(ready) != 0 || pipe(go) != 0 || pipe(results) != 0) {
        return 1;
    }
    for (int i = 0; i < processes; i++) {
        if (fork() == 0) {
            close(go[1]);
            close(ready[0]);
            load(argv[1]);
            made = sign(argv[2], argv[3], seconds, ready[1], go[0]);
            exit(write(results[1], &made, sizeof made) == sizeof made ? 0 : 1);
        }
    }
    /* Those that fail close it, too. */
    close(ready[1]);
    for (int i = 0; i < processes && read(ready[0], &byte, 1) == 1; i++) {
    }
    close(go[1]);
    for (int i = 0; i < processes; i++) {
        int status;
        wait(&status);
        failed += status != 0;
        all += status == 0 && read(results[0], &made, sizeof made) == sizeof made ? made : 0;
    }
    printf("%.0f %d\n", all / seconds, failed);
    return failed != 0;
}
