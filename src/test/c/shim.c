/*
 * A PKCS#11 module for tests. It stands in front of a real one, passes every call on, counts it, and misbehaves as a file
 * of rules says. The file is read again whenever it changes.
 *
 *   SHIM_TARGET     the real module
 *   SHIM_RULES      the rules, one a line: <C_Function|*> [token=<label>] [rv=0x30|0x31] [delay_ms=5] [hang] [crash]
 *                   [gone] [p=0.05] [after=N] [count=N] [post] [flip]; or lockout=N
 *   SHIM_COUNTERS   a file of counters of 64 bits, in the order of CK_FUNCTION_LIST: how often each function was called,
 *                   then how often a rule fired in each, then how many sessions are open that somebody may still close
 *
 * token: only calls for the token with this label (no blanks), by their slot or their session. rv: answer this, or one of
 * these, instead of calling; with post: call, then lie about the result. delay_ms, hang, crash: before the call. p: only
 * with this probability. after: not before the N-th call of the function. count: only N times. A rule fires at most once a
 * call, the first one that fits.
 *
 * flip: call, then turn a bit of the signature around (C_Sign).
 *
 * gone, as in "* gone token=a": the token is pulled out. Its sessions are closed and its user is logged out; calls with its
 * slot answer CKR_TOKEN_NOT_PRESENT, calls with one of its sessions CKR_DEVICE_REMOVED, and the list of slots with a token
 * leaves it out, until the rule is away.
 *
 * lockout=N: after N wrong PINs a PIN of a token is locked, that of the SO and that of the user each. C_Login, C_SetPIN and
 * C_InitToken count and then answer CKR_PIN_LOCKED; the flags of C_GetTokenInfo tell it; a right PIN, C_InitPIN and
 * C_InitToken set the count back.
 *
 * Every function of PKCS#11 takes up to eight arguments that each fit a register, so one shape of call passes all of them.
 */
#define _GNU_SOURCE
#include "shim.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAX_SLOTS = 1024, SLOT_FLAGS = 96, TOKEN_PRESENT = 1 };

struct counters {
    _Atomic uint64_t calls[COUNT], faults[COUNT], open;
};

struct list *target;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
pthread_rwlock_t sessions_in_use = PTHREAD_RWLOCK_INITIALIZER;
static struct counters *counters;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    target = module_in(getenv("SHIM_TARGET"));
    if (target == NULL) {
        fprintf(stderr, "shim: SHIM_TARGET is no PKCS#11 module\n");
        abort();
    }
    const char *path = getenv("SHIM_COUNTERS");
    int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
    if (file >= 0 && ftruncate(file, sizeof *counters) == 0)
        counters = mmap(NULL, sizeof *counters, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    else
        counters = calloc(1, sizeof *counters);
}

/* Learns from what the real module did. */
static void note(int which, word a, word session_pointer, struct try try, word rv) {
    pthread_mutex_lock(&lock);
    pin_answered(which, try, rv);
    if (rv == OK) switch (which) {
        case PLACE_C_OpenSession: session_opened(*(word *)session_pointer, a); break;
        case PLACE_C_CloseSession: session_closed(a); break;
        case PLACE_C_CloseAllSessions: sessions_of_slot_let_go(a); break;
        case PLACE_C_InitToken: forget_slots(); break;
        case PLACE_C_Initialize:
        case PLACE_C_Finalize: forget_slots(), forget_sessions(); break;
        }
    counters->open = open_sessions();
    pthread_mutex_unlock(&lock);
}

static int concerns_sessions_or_pins(int which) {
    return which <= PLACE_C_Finalize || (which >= PLACE_C_InitToken && which <= PLACE_C_CloseAllSessions) ||
           which == PLACE_C_Login;
}

static word pass_noting(int which, word a, word b, word c, word d, word e, word f, word g, word h) {
    pthread_mutex_lock(&lock);
    struct try try = pin_try(which, a, b);
    int locked = which != PLACE_C_InitPIN && is_locked(try);
    pthread_mutex_unlock(&lock);
    if (locked) return PIN_LOCKED;
    pthread_rwlock_rdlock(&sessions_in_use);
    word rv = target->functions[which](a, b, c, d, e, f, g, h);
    pthread_rwlock_unlock(&sessions_in_use);
    note(which, a, e, try, rv);
    return rv;
}

/* C_GetSlotList(true, …) without the tokens that are gone. */
static word slots_with_token(word *list, word *count) {
    word all[MAX_SLOTS], found = MAX_SLOTS, kept = 0;
    word rv = CALL(C_GetSlotList, 1, (word)all, (word)&found, 0, 0, 0, 0, 0);
    if (rv != OK) return rv;
    pthread_mutex_lock(&lock);
    for (word i = 0; i < found; i++)
        if (!is_gone(token_in(all[i]))) all[kept++] = all[i];
    pthread_mutex_unlock(&lock);
    rv = list != NULL && *count < kept ? BUFFER_TOO_SMALL : OK;
    for (word i = 0; i < kept && list != NULL && rv == OK; i++) list[i] = all[i];
    *count = kept;
    return rv;
}

static int leaves_slots_out(int which, word with_token) {
    if (which != PLACE_C_GetSlotList || (unsigned char)with_token == 0) return 0;
    pthread_mutex_lock(&lock);
    int any = is_any_gone();
    pthread_mutex_unlock(&lock);
    return any;
}

static word pass(int which, word a, word b, word c, word d, word e, word f, word g, word h) {
    if (leaves_slots_out(which, a)) return slots_with_token((word *)b, (word *)c);
    if (concerns_sessions_or_pins(which)) return pass_noting(which, a, b, c, d, e, f, g, h);
    pthread_rwlock_rdlock(&sessions_in_use);
    word rv = target->functions[which](a, b, c, d, e, f, g, h);
    pthread_rwlock_unlock(&sessions_in_use);
    if (which == PLACE_C_GetTokenInfo && rv == OK) {
        pthread_mutex_lock(&lock);
        add_flags(a, (void *)b);
        pthread_mutex_unlock(&lock);
    }
    return rv;
}

/* What a call for a token that is gone answers. */
static word absent(int which, word a, word info) {
    if (which != PLACE_C_GetSlotInfo) return is_about_a_slot(which) ? TOKEN_NOT_PRESENT : DEVICE_REMOVED;
    word rv = CALL(C_GetSlotInfo, a, info, 0, 0, 0, 0, 0, 0);
    if (rv == OK) *(word *)(info + SLOT_FLAGS) &= ~(word)TOKEN_PRESENT;
    return rv;
}

/* The caller is told something else than what is. */
static void lied(int which, word a, word session_pointer, const struct verdict *verdict) {
    pthread_mutex_lock(&lock);
    if (which == PLACE_C_CloseSession) session_let_go(a);
    if (which == PLACE_C_OpenSession && verdict->post && verdict->rv != OK) session_let_go(*(word *)session_pointer);
    counters->open = open_sessions();
    pthread_mutex_unlock(&lock);
}

/* A signature that is none. */
static word flipped(int which, word rv, word signature) {
    if (which == PLACE_C_Sign && rv == OK && signature != 0) *(unsigned char *)signature ^= 1;
    return rv;
}

static word call(int which, word a, word b, word c, word d, word e, word f, word g, word h) {
    struct verdict verdict;
    if (!judge(which, a, ++counters->calls[which], &verdict)) return pass(which, a, b, c, d, e, f, g, h);
    counters->faults[which]++;
    if (verdict.delay_ms > 0) usleep((useconds_t)verdict.delay_ms * 1000);
    while (verdict.hang) pause();
    if (verdict.crash) *(volatile int *)8 = 0;
    if (verdict.gone) return absent(which, a, b);
    if (verdict.flip) return flipped(which, pass(which, a, b, c, d, e, f, g, h), d);
    if (!verdict.has_rv) return pass(which, a, b, c, d, e, f, g, h);
    word really = verdict.post ? pass(which, a, b, c, d, e, f, g, h) : verdict.rv;
    if (which == PLACE_C_CloseSession || (verdict.post && really == OK)) lied(which, a, e, &verdict);
    return verdict.rv;
}

#define FORWARD(i, name)                                                                                               \
    static word shim_##name(word a, word b, word c, word d, word e, word f, word g, word h) {                          \
        return call(i, a, b, c, d, e, f, g, h);                                                                        \
    }
FUNCTIONS(FORWARD)

#define ENTRY(i, name) [i] = shim_##name,
static struct list own = {2, 40, {FUNCTIONS(ENTRY)}};

__attribute__((visibility("default"))) word C_GetFunctionList(struct list **list) {
    pthread_once(&once, load);
    *list = &own;
    return OK;
}
