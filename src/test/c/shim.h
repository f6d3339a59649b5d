/* What the parts of the shim share; shim.c says what the shim is. */
#ifndef SHIM_H
#define SHIM_H

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned long word;
typedef word (*function)(word, word, word, word, word, word, word, word);

/* Their places in CK_FUNCTION_LIST, which are those of the counters too. */
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

#define PLACE(i, name) PLACE_##name = i,
enum { FUNCTIONS(PLACE) COUNT };

enum {
    OK = 0,
    DEVICE_REMOVED = 0x32,
    PIN_INCORRECT = 0xA0,
    PIN_LOCKED = 0xA4,
    TOKEN_NOT_PRESENT = 0xE0,
    BUFFER_TOO_SMALL = 0x150
};

struct list {
    unsigned char major, minor;
    function functions[COUNT];
};

/* The functions of the module in a file; NULL when there is no module in it. */
static inline struct list *module_in(const char *path) {
    struct list *list;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    word (*get)(struct list **) = library ? (word (*)(struct list **))dlsym(library, "C_GetFunctionList") : NULL;
    return get == NULL || get(&list) != OK ? NULL : list;
}

/* The real module. */
extern struct list *target;
#define CALL(name, ...) target->functions[PLACE_##name](__VA_ARGS__)

/* Guards everything below. Never taken by a thread that holds sessions_in_use. */
extern pthread_mutex_t lock;
/* Read by whoever is in the real module, written by who pulls sessions away: SoftHSM crashes when both happen at once. */
extern pthread_rwlock_t sessions_in_use;

/* tokens.c: which token a call is about, and how often its PINs were wrong. */
enum { LABEL = 32, SO = 0, USER = 1 };

struct token {
    char label[LABEL + 1];
    long wrong[2]; /* PINs of the SO and of the user since the last right one */
    long left;     /* the reading of the rules in which it was taken out */
};

int is_about_a_slot(int which);
/* NULL when the call is about none, or about one that is not known. */
struct token *token_of(int which, word first_argument);
struct token *token_in(word slot);
void session_opened(word session, word slot);
void session_closed(word session);
/* The caller believes that it is closed, or never heard of it: nobody will close it any more. */
void session_let_go(word session);
void sessions_of_slot_let_go(word slot);
void close_sessions_of(const struct token *token);
void forget_slots(void);
void forget_sessions(void);
/* How many sessions are open and somebody's. */
uint64_t open_sessions(void);

/* rules.c: what the file of rules says. */
struct verdict {
    int has_rv, hang, crash, post, gone, flip;
    word rv;
    long delay_ms;
};

/* Finds the rule that fires for this call, the n-th of its function. */
int judge(int which, word first_argument, uint64_t n, struct verdict *verdict);
int is_gone(const struct token *token);
int is_any_gone(void);
long lockout_limit(void);

/* pins.c: the lock of a PIN. */
struct try {
    struct token *token; /* NULL when the call gives no PIN */
    int who;
};

/* With the lock held. */
struct try pin_try(int which, word session_or_slot, word user_type);
int is_locked(struct try try);
void pin_answered(int which, struct try try, word rv);
void add_flags(word slot, void *token_info);

#endif
