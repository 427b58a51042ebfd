/* A clock that is AHEAD seconds before the machine's, for the processes that load this library: see tests/README.md.

   Who asks for the time gets the other one. Clocks that only measure how long something takes stay as they are, and so
   do the times of files, by which Python finds what it has compiled. A program that is started gets the library too,
   whatever environment it is given. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <semaphore.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*kernels_clock)(clockid_t, struct timespec *);
static int (*kernels_wait)(sem_t *, const struct timespec *);
static int (*kernels_start)(const char *, char *const[], char *const[]);
static char preload[4096] = "LD_PRELOAD=";

__attribute__((constructor)) static void begin(void) {
    Dl_info here;
    kernels_clock = dlsym(RTLD_NEXT, "clock_gettime");
    kernels_wait = dlsym(RTLD_NEXT, "sem_timedwait");
    kernels_start = dlsym(RTLD_NEXT, "execve");
    if (dladdr((void *)begin, &here))
        strncat(preload, here.dli_fname, sizeof preload - strlen(preload) - 1);
}

int clock_gettime(clockid_t which, struct timespec *at) {
    int failed = kernels_clock ? kernels_clock(which, at) : (int)syscall(SYS_clock_gettime, which, at);
    if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE || which == CLOCK_TAI))
        at->tv_sec += AHEAD;
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec *at, int base) {
    return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, at) ? base : 0;
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until) {
    struct timespec machines = {until->tv_sec - (AHEAD), until->tv_nsec};
    return kernels_wait(sem, &machines);
}

int execve(const char *path, char *const argv[], char *const envp[]) {
    size_t count = 0;
    while (envp && envp[count])
        count++;
    char *given[count + 2];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (strncmp(envp[i], "LD_PRELOAD=", 11))
            given[kept++] = envp[i];
    given[kept++] = preload;
    given[kept] = NULL;
    return kernels_start(path, argv, given);
}
