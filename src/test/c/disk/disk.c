/*
 * A disk that is full, read-only or stuck for the files under /journal/, preloaded into a process (LD_PRELOAD): while there
 * is a file called full, readonly or stuck in the folder that DISK_TROUBLE names.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int troubled(const char *kind) {
    char path[4096];
    const char *folder = getenv("DISK_TROUBLE");
    if (folder == NULL) {
        return 0;
    }
    snprintf(path, sizeof path, "%s/%s", folder, kind);
    return access(path, F_OK) == 0;
}

static int is_journal(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return strstr(path, "/journal/") != NULL;
}

/* Waits while the disk is stuck; answers the error to fail with, or 0. */
static int error_for(int fd) {
    int saved = errno;
    int error = 0;
    if (troubled("stuck") && is_journal(fd)) {
        while (troubled("stuck")) {
            usleep(10000);
        }
    }
    if (troubled("full") && is_journal(fd)) {
        error = ENOSPC;
    } else if (troubled("readonly") && is_journal(fd)) {
        error = EROFS;
    }
    errno = saved;
    return error;
}

#define WRAP(type, name, parameters, arguments)                                                                        \
    type name parameters {                                                                                             \
        static type(*real) parameters;                                                                                 \
        if (real == NULL) {                                                                                            \
            real = (type(*) parameters)dlsym(RTLD_NEXT, #name);                                                        \
        }                                                                                                              \
        int error = error_for(fd);                                                                                     \
        if (error != 0) {                                                                                              \
            errno = error;                                                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
        return real arguments;                                                                                         \
    }

WRAP(ssize_t, write, (int fd, const void *bytes, size_t length), (fd, bytes, length))
WRAP(ssize_t, pwrite64, (int fd, const void *bytes, size_t length, off64_t at), (fd, bytes, length, at))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, fdatasync, (int fd), (fd))
