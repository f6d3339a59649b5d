/* The file of rules: read again whenever it changes, asked at every call. */
#define _GNU_SOURCE
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_RULES = 64, MAX_CODES = 64, LINE = 2048 };

struct rule {
    int function; /* -1 for all */
    char token[LABEL + 1];
    word codes[MAX_CODES];
    int code_count, hang, crash, post, gone, flip;
    long delay_ms, after, count, fired;
    double p;
};

static struct rule rules[MAX_RULES];
static int rule_count;
static long lockout;
static struct timespec read_at;
static long readings;

#define NAME(i, name) [i] = #name,
static const char *const NAMES[COUNT] = {FUNCTIONS(NAME)};

static int place_of(const char *name) {
    if (strcmp(name, "*") == 0) return -1;
    for (int i = 0; i < COUNT; i++)
        if (strcmp(name, NAMES[i]) == 0) return i;
    return -2;
}

static void parse_codes(struct rule *rule, char *codes) {
    char *rest;
    for (char *code = strtok_r(codes, "|", &rest); code != NULL; code = strtok_r(NULL, "|", &rest))
        if (rule->code_count < MAX_CODES) rule->codes[rule->code_count++] = strtoul(code, NULL, 0);
}

static void parse_option(struct rule *rule, char *option) {
    if (strncmp(option, "rv=", 3) == 0) parse_codes(rule, option + 3);
    else if (strncmp(option, "token=", 6) == 0) snprintf(rule->token, sizeof rule->token, "%s", option + 6);
    else if (strcmp(option, "hang") == 0) rule->hang = 1;
    else if (strcmp(option, "crash") == 0) rule->crash = 1;
    else if (strcmp(option, "post") == 0) rule->post = 1;
    else if (strcmp(option, "gone") == 0) rule->gone = 1;
    else if (strcmp(option, "flip") == 0) rule->flip = 1;
    else if (sscanf(option, "delay_ms=%ld", &rule->delay_ms) != 1 && sscanf(option, "p=%lf", &rule->p) != 1 &&
             sscanf(option, "after=%ld", &rule->after) != 1 && sscanf(option, "count=%ld", &rule->count) != 1)
        fprintf(stderr, "shim: no rule has '%s'\n", option);
}

static void parse_rule(char *line) {
    char *rest, *first = strtok_r(line, " \t\r\n", &rest);
    if (first == NULL || *first == '#' || sscanf(first, "lockout=%ld", &lockout) == 1) return;
    struct rule rule = {.function = place_of(first), .p = 1, .count = -1};
    if (rule.function == -2 || rule_count == MAX_RULES) {
        fprintf(stderr, "shim: there is no function '%s', or there are too many rules\n", first);
        return;
    }
    for (char *option; (option = strtok_r(NULL, " \t\r\n", &rest)) != NULL;) parse_option(&rule, option);
    rules[rule_count++] = rule;
}

static void read_rules(void) {
    struct stat now;
    const char *path = getenv("SHIM_RULES");
    if (path == NULL || stat(path, &now) != 0) return;
    if (now.st_mtim.tv_sec == read_at.tv_sec && now.st_mtim.tv_nsec == read_at.tv_nsec) return;
    FILE *file = fopen(path, "r");
    if (file == NULL) return;
    read_at = now.st_mtim;
    readings++;
    rule_count = 0;
    lockout = 0;
    char line[LINE];
    while (fgets(line, sizeof line, file) != NULL) parse_rule(line);
    fclose(file);
}

static int is_for(const struct rule *rule, const struct token *token) {
    return token != NULL && strcmp(rule->token, token->label) == 0;
}

static int fits(const struct rule *rule, int which, word first_argument, uint64_t n) {
    if (rule->function != which && rule->function != -1) return 0;
    if ((long)n <= rule->after || (rule->count >= 0 && rule->fired >= rule->count)) return 0;
    if (*rule->token != 0 && !is_for(rule, token_of(which, first_argument))) return 0;
    return rule->p >= 1 || drand48() < rule->p;
}

static void take_out(struct token *token) {
    if (token == NULL || token->left == readings) return;
    token->left = readings;
    close_sessions_of(token);
}

int judge(int which, word first_argument, uint64_t n, struct verdict *verdict) {
    struct rule *rule = NULL;
    pthread_mutex_lock(&lock);
    read_rules();
    for (int i = 0; i < rule_count && rule == NULL; i++)
        if (fits(&rules[i], which, first_argument, n)) rule = &rules[i];
    if (rule != NULL) {
        rule->fired++;
        *verdict = (struct verdict){.has_rv = rule->code_count > 0, .hang = rule->hang, .crash = rule->crash,
                                    .post = rule->post, .gone = rule->gone, .flip = rule->flip, .delay_ms = rule->delay_ms};
        if (verdict->has_rv) verdict->rv = rule->codes[(int)(drand48() * rule->code_count)];
        if (rule->gone) take_out(token_of(which, first_argument));
    }
    pthread_mutex_unlock(&lock);
    return rule != NULL;
}

int is_gone(const struct token *token) {
    for (int i = 0; i < rule_count; i++)
        if (rules[i].gone && is_for(&rules[i], token)) return 1;
    return 0;
}

int is_any_gone(void) {
    for (int i = 0; i < rule_count; i++)
        if (rules[i].gone) return 1;
    return 0;
}

long lockout_limit(void) { return lockout; }
