/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that a traced thread makes for the tracer, each stopped at its start
 * and its end, by stub_attach: no signal, handler, stack or FPU register of it
 * is used, and it goes on by itself if the tracer is killed at any step.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_CALL_H
#define SPOOR_CAPTURE_INJECT_INJECT_CALL_H

#include "capture/inject/inject.h"

/* A thread that makes calls for us: it stands. */
struct maker {
	struct injector *c;
	struct tracee *t;
	struct user_regs_struct was;
	uint64_t mask;	/* as it was */
	uint64_t at;	/* of stub_attach there, or stub_maker */
	int fd;		/* in the process, to be closed if we die; or -1 */
	int stop;	/* it came to this one instead, as of wait(2); or 0 */
	bool is_masked; /* by us */
	bool is_lost;	/* it is not where it should be */
};

struct args {
	uint64_t a[6];
};

/*
 * Where a thread goes on whose call the kernel interrupted for a stop, as the
 * kernel would have it; as they are, if it stands elsewhere.
 */
struct user_regs_struct make_restarted(struct user_regs_struct regs);
/* Its registers and mask; false: it is gone. */
bool make_begin(struct maker *m);
/* What it goes on with by itself, should we die; its length. */
size_t make_way(const struct maker *m, uint8_t *to);
/* What the call returns; -ESRCH also if it cannot be made. */
int64_t make_call(struct maker *m, uint64_t nr, struct args args);
int64_t make_sigaction(struct maker *m, int sig, uint64_t set, uint64_t old);
/* The thread as it was; unless it has executed a program meanwhile. */
bool make_end(const struct maker *m);

#endif
