/*
 * A PKCS#11 module for tests. It stands in front of a real one, passes every call on, counts it, and misbehaves as a file
 * of rules says. The file is read again whenever it changes.
 *
 *   SHIM_TARGET     the real module
 *   SHIM_RULES      the rules, one a line: <C_Function|*> [rv=0x30] [delay_ms=5] [hang] [crash] [p=0.05] [after=N]
 *                   [count=N] [post]; or lockout=N
 *   SHIM_COUNTERS   a file of counters, one of 64 bits for each function in the order of CK_FUNCTION_LIST
 *
 * rv: answer this instead of calling; with post: call, then lie about the result. delay_ms, hang, crash: before the call.
 * p: only with this probability. after: not before the N-th call. count: only N times. A rule fires at most once a call,
 * the first one that fits. lockout=N: after N wrong PINs every C_Login answers CKR_PIN_LOCKED.
 *
 * Every function of PKCS#11 takes up to eight arguments that each fit a register, so one shape of call passes all of them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef unsigned long word;
typedef word (*function)(word, word, word, word, word, word, word, word);

#define FUNCTIONS(X)                                                                                                   \
    X(0, C_Initialize) X(1, C_Finalize) X(2, C_GetInfo) X(3, C_GetFunctionList) X(4, C_GetSlotList)                    \
    X(5, C_GetSlotInfo) X(6, C_GetTokenInfo) X(7, C_GetMechanismList) X(8, C_GetMechanismInfo) X(9, C_InitToken)       \
    X(10, C_InitPIN) X(11, C_SetPIN) X(12, C_OpenSession) X(13, C_CloseSession) X(14, C_CloseAllSessions)              \
    X(15, C_GetSessionInfo) X(16, C_GetOperationState) X(17, C_SetOperationState) X(18, C_Login) X(19, C_Logout)       \
    X(20, C_CreateObject) X(21, C_CopyObject) X(22, C_DestroyObject) X(23, C_GetObjectSize)                            \
    X(24, C_GetAttributeValue) X(25, C_SetAttributeValue) X(26, C_FindObjectsInit) X(27, C_FindObjects)                \
    X(28, C_FindObjectsFinal) X(29, C_EncryptInit) X(30, C_Encrypt) X(31, C_EncryptUpdate) X(32, C_EncryptFinal)       \
    X(33, C_DecryptInit) X(34, C_Decrypt) X(35, C_DecryptUpdate) X(36, C_DecryptFinal) X(37, C_DigestInit)             \
    X(38, C_Digest) X(39, C_DigestUpdate) X(40, C_DigestKey) X(41, C_DigestFinal) X(42, C_SignInit) X(43, C_Sign)      \
    X(44, C_SignUpdate) X(45, C_SignFinal) X(46, C_SignRecoverInit) X(47, C_SignRecover) X(48, C_VerifyInit)           \
    X(49, C_Verify) X(50, C_VerifyUpdate) X(51, C_VerifyFinal) X(52, C_VerifyRecoverInit) X(53, C_VerifyRecover)       \
    X(54, C_DigestEncryptUpdate) X(55, C_DecryptDigestUpdate) X(56, C_SignEncryptUpdate) X(57, C_DecryptVerifyUpdate)  \
    X(58, C_GenerateKey) X(59, C_GenerateKeyPair) X(60, C_WrapKey) X(61, C_UnwrapKey) X(62, C_DeriveKey)               \
    X(63, C_SeedRandom) X(64, C_GenerateRandom) X(65, C_GetFunctionStatus) X(66, C_CancelFunction)                     \
    X(67, C_WaitForSlotEvent)

enum { COUNT = 68, LOGIN = 18, MAX_RULES = 64, PIN_INCORRECT = 0xA0, PIN_LOCKED = 0xA4 };

#define NAME(i, name) [i] = #name,
static const char *const NAMES[COUNT] = {FUNCTIONS(NAME)};

struct list {
    unsigned char major, minor;
    function functions[COUNT];
};

struct rule {
    int function; /* -1 for all */
    int has_rv, hang, crash, post;
    word rv;
    long delay_ms, after, count;
    double p;
};

static struct list *target;
static _Atomic uint64_t *counters;
static _Atomic long fired[MAX_RULES];
static _Atomic long wrong_pins;
static struct rule rules[MAX_RULES];
static int rule_count;
static long lockout;
static struct timespec rules_read;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void parse_rule(char *line) {
    char *rest, *word_ = strtok_r(line, " \t\r\n", &rest);
    if (word_ == NULL || *word_ == '#') return;
    if (sscanf(word_, "lockout=%ld", &lockout) == 1 || rule_count == MAX_RULES) return;
    struct rule rule = {.function = -2, .p = 1, .count = -1};
    if (strcmp(word_, "*") == 0) rule.function = -1;
    for (int i = 0; i < COUNT; i++)
        if (strcmp(word_, NAMES[i]) == 0) rule.function = i;
    if (rule.function == -2) return;
    while ((word_ = strtok_r(NULL, " \t\r\n", &rest)) != NULL) {
        if (sscanf(word_, "rv=%li", (long *)&rule.rv) == 1) rule.has_rv = 1;
        else if (strcmp(word_, "hang") == 0) rule.hang = 1;
        else if (strcmp(word_, "crash") == 0) rule.crash = 1;
        else if (strcmp(word_, "post") == 0) rule.post = 1;
        else if (sscanf(word_, "delay_ms=%ld", &rule.delay_ms) != 1 && sscanf(word_, "p=%lf", &rule.p) != 1 &&
                 sscanf(word_, "after=%ld", &rule.after) != 1)
            sscanf(word_, "count=%ld", &rule.count);
    }
    fired[rule_count] = 0;
    rules[rule_count++] = rule;
}

/* Called with the lock held. */
static void read_rules(void) {
    struct stat now;
    const char *path = getenv("SHIM_RULES");
    if (path == NULL || stat(path, &now) != 0) return;
    if (now.st_mtim.tv_sec == rules_read.tv_sec && now.st_mtim.tv_nsec == rules_read.tv_nsec) return;
    FILE *file = fopen(path, "r");
    if (file == NULL) return;
    rules_read = now.st_mtim;
    rule_count = 0;
    lockout = 0;
    char line[512];
    while (fgets(line, sizeof line, file) != NULL) parse_rule(line);
    fclose(file);
}

static void load(void) {
    void *library = dlopen(getenv("SHIM_TARGET"), RTLD_NOW | RTLD_LOCAL);
    word (*get)(struct list **) = library ? (word (*)(struct list **))dlsym(library, "C_GetFunctionList") : NULL;
    if (get == NULL || get(&target) != 0) {
        fprintf(stderr, "shim: SHIM_TARGET is no PKCS#11 module\n");
        abort();
    }
    const char *path = getenv("SHIM_COUNTERS");
    int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
    size_t size = COUNT * sizeof *counters;
    if (file >= 0 && ftruncate(file, (off_t)size) == 0)
        counters = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    else
        counters = calloc(COUNT, sizeof *counters);
}

/* Finds the rule that fires for this call, the n-th of its function. */
static int choose(int which, uint64_t n, struct rule *chosen) {
    int found = 0;
    pthread_mutex_lock(&lock);
    read_rules();
    for (int i = 0; i < rule_count && !found; i++) {
        struct rule *rule = &rules[i];
        if (rule->function != which && rule->function != -1) continue;
        if ((long)n <= rule->after || (rule->count >= 0 && fired[i] >= rule->count)) continue;
        if (rule->p < 1 && drand48() >= rule->p) continue;
        fired[i]++;
        *chosen = *rule;
        found = 1;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static word pass(int which, word a, word b, word c, word d, word e, word f, word g, word h) {
    if (which == LOGIN && lockout > 0 && wrong_pins >= lockout) return PIN_LOCKED;
    word rv = target->functions[which](a, b, c, d, e, f, g, h);
    if (which == LOGIN && rv == PIN_INCORRECT) wrong_pins++;
    if (which == LOGIN && rv == 0) wrong_pins = 0;
    return rv;
}

static word call(int which, word a, word b, word c, word d, word e, word f, word g, word h) {
    struct rule rule;
    uint64_t n = ++counters[which];
    if (!choose(which, n, &rule)) return pass(which, a, b, c, d, e, f, g, h);
    if (rule.delay_ms > 0) usleep((useconds_t)rule.delay_ms * 1000);
    while (rule.hang) pause();
    if (rule.crash) *(volatile int *)8 = 0;
    if (!rule.has_rv) return pass(which, a, b, c, d, e, f, g, h);
    if (rule.post) pass(which, a, b, c, d, e, f, g, h);
    return rule.rv;
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
    return 0;
}
