/* Which token a call is about: the label of a slot, as the real module tells it, and the slot of a session. */
#include "shim.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TOKENS = 256, BUCKETS = 1024, TOKEN_INFO = 512 };

struct session {
    word handle, slot;
    int let_go;
    struct session *next;
};

/* By label: what is known of a token outlives C_Finalize, its slot's number does not. */
static struct token tokens[MAX_TOKENS];
static int token_count;
static struct {
    word slot;
    struct token *token;
} slots[MAX_TOKENS];
static int slot_count;
static struct session *sessions[BUCKETS];

static struct token *token_named(const char *label) {
    for (int i = 0; i < token_count; i++)
        if (strcmp(tokens[i].label, label) == 0) return &tokens[i];
    if (token_count == MAX_TOKENS) return NULL;
    struct token *token = &tokens[token_count++];
    strcpy(token->label, label);
    return token;
}

struct token *token_in(word slot) {
    for (int i = 0; i < slot_count; i++)
        if (slots[i].slot == slot) return slots[i].token;
    unsigned char info[TOKEN_INFO];
    char label[LABEL + 1] = "";
    if (slot_count == MAX_TOKENS || CALL(C_GetTokenInfo, slot, (word)info, 0, 0, 0, 0, 0, 0) != OK) return NULL;
    memcpy(label, info, LABEL);
    for (int end = LABEL; end > 0 && label[end - 1] == ' '; end--) label[end - 1] = 0;
    slots[slot_count].slot = slot;
    slots[slot_count].token = token_named(label);
    return slots[slot_count++].token;
}

int is_about_a_slot(int which) {
    return (which >= PLACE_C_GetSlotInfo && which <= PLACE_C_InitToken) || which == PLACE_C_OpenSession ||
           which == PLACE_C_CloseAllSessions;
}

static int is_about_nothing(int which) { return which < PLACE_C_GetSlotInfo || which == PLACE_C_WaitForSlotEvent; }

static struct session *session_with(word handle) {
    struct session *session = sessions[handle % BUCKETS];
    while (session != NULL && session->handle != handle) session = session->next;
    return session;
}

struct token *token_of(int which, word first_argument) {
    if (is_about_nothing(which)) return NULL;
    if (is_about_a_slot(which)) return token_in(first_argument);
    struct session *session = session_with(first_argument);
    return session == NULL ? NULL : token_in(session->slot);
}

void session_opened(word handle, word slot) {
    struct session *session = session_with(handle);
    if (session == NULL) {
        session = calloc(1, sizeof *session);
        session->next = sessions[handle % BUCKETS];
        sessions[handle % BUCKETS] = session;
    }
    session->handle = handle;
    session->slot = slot;
    session->let_go = 0;
}

void session_closed(word handle) {
    struct session **place = &sessions[handle % BUCKETS];
    while (*place != NULL && (*place)->handle != handle) place = &(*place)->next;
    if (*place == NULL) return;
    struct session *closed = *place;
    *place = closed->next;
    free(closed);
}

void session_let_go(word handle) {
    struct session *session = session_with(handle);
    if (session != NULL) session->let_go = 1;
}

void sessions_of_slot_let_go(word slot) {
    for (int i = 0; i < BUCKETS; i++)
        for (struct session *session = sessions[i]; session != NULL; session = session->next)
            if (session->slot == slot) session->let_go = 1;
}

/* As when a token is pulled out. The sessions are remembered, since calls for them go on and are about that token. */
void close_sessions_of(const struct token *token) {
    for (int i = 0; i < slot_count; i++) {
        if (slots[i].token != token) continue;
        sessions_of_slot_let_go(slots[i].slot);
        pthread_rwlock_wrlock(&sessions_in_use);
        CALL(C_CloseAllSessions, slots[i].slot, 0, 0, 0, 0, 0, 0, 0);
        pthread_rwlock_unlock(&sessions_in_use);
    }
}

void forget_slots(void) { slot_count = 0; }

void forget_sessions(void) {
    for (int i = 0; i < BUCKETS; i++)
        while (sessions[i] != NULL) session_closed(sessions[i]->handle);
}

uint64_t open_sessions(void) {
    uint64_t open = 0;
    for (int i = 0; i < BUCKETS; i++)
        for (struct session *session = sessions[i]; session != NULL; session = session->next)
            if (!session->let_go) open++;
    return open;
}
