/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workloads that check themselves: they exit with 0, and print the same lines,
 * only if everything behaves as without recording.  tests/suite-engines.sh runs
 * each of them natively and under every engine.
 */
#ifndef SPOOR_TESTS_WORKLOADS_CHECK_H
#define SPOOR_TESTS_WORKLOADS_CHECK_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In one write, so that threads and processes do not mix their lines. */
static inline void say_to(int fd, const char *how, const char *what)
{
	char line[256];
	int len = snprintf(line, sizeof(line), "%s %s\n", how, what);

	if (write(fd, line, (size_t)len) != len)
		_exit(98);
}

static inline void passed(const char *what)
{
	say_to(STDOUT_FILENO, "ok", what);
}

/* A result that depends on the machine, but not on us. */
static inline void shows(const char *what, long result)
{
	char line[128];

	snprintf(line, sizeof(line), "%s: %ld", what, result);
	passed(line);
}

/* Ends the process: it is not treated as it would be without us. */
static inline void require(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "harmed: %s (errno %d)\n", what, errno);
	_exit(99);
}

/* A difference that a program can see, and that few look for. */
static inline void prefer(int ok, const char *what)
{
	if (!ok)
		say_to(STDERR_FILENO, "differs:", what);
}

/* A system call; arguments that are not written are 0. */
struct raw_call {
	long nr, args[6];
};

/* Calls without libc: each use is a site of its own. */
__attribute__((always_inline)) static inline long raw(struct raw_call call)
{
	register long r10 __asm__("r10") = call.args[3];
	register long r8 __asm__("r8") = call.args[4];
	register long r9 __asm__("r9") = call.args[5];
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(call.nr), "D"(call.args[0]), "S"(call.args[1]),
			   "d"(call.args[2]), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

__attribute__((always_inline)) static inline long raw3(long nr, long a, long b,
						       long c)
{
	return raw((struct raw_call){ nr, { a, b, c } });
}

#endif
