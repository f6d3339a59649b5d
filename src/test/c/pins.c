/* The lock of a PIN, as real tokens have it: SoftHSM has none. */
#include "shim.h"

#include <string.h>

/* CK_TOKEN_INFO: four texts of 96 bytes in all, then the flags. */
enum { FLAGS = 96, STATE_OF_SO = 4 };
/* CKF_USER_PIN_…; those of the SO are four bits further on. */
enum { COUNT_LOW = 0x10000, FINAL_TRY = 0x20000, LOCKED = 0x40000, SO_SHIFT = 4 };

/* Whose PIN C_SetPIN changes depends on who is logged in; without anybody it is the user's. */
static int who_is_in(word session) {
    word info[4] = {0};
    CALL(C_GetSessionInfo, session, (word)info, 0, 0, 0, 0, 0, 0);
    return info[1] == STATE_OF_SO ? SO : USER;
}

struct try pin_try(int which, word session_or_slot, word user_type) {
    struct try none = {NULL, USER};
    struct token *token = token_of(which, session_or_slot);
    switch (which) {
    case PLACE_C_Login: return (struct try){token, user_type == SO ? SO : USER};
    case PLACE_C_SetPIN: return (struct try){token, who_is_in(session_or_slot)};
    case PLACE_C_InitPIN: return (struct try){token, USER};
    case PLACE_C_InitToken: return (struct try){token, SO};
    default: return none;
    }
}

int is_locked(struct try try) { return try.token != NULL && lockout_limit() > 0 && try.token->wrong[try.who] >= lockout_limit(); }

void pin_answered(int which, struct try try, word rv) {
    if (try.token == NULL) return;
    if (rv == PIN_INCORRECT) try.token->wrong[try.who]++;
    if (rv == OK) try.token->wrong[try.who] = 0;
    if (rv == OK && which == PLACE_C_InitToken) try.token->wrong[USER] = 0;
}

static word flags(long wrong) {
    word flags = 0;
    if (wrong > 0) flags |= COUNT_LOW;
    if (wrong == lockout_limit() - 1) flags |= FINAL_TRY;
    if (wrong >= lockout_limit()) flags |= LOCKED;
    return flags;
}

void add_flags(word slot, void *token_info) {
    struct token *token = lockout_limit() > 0 ? token_in(slot) : NULL;
    if (token == NULL) return;
    word told;
    memcpy(&told, (char *)token_info + FLAGS, sizeof told);
    told |= flags(token->wrong[USER]) | flags(token->wrong[SO]) << SO_SHIFT;
    memcpy((char *)token_info + FLAGS, &told, sizeof told);
}
