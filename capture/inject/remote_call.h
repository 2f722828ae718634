/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Remote calls: system calls that a stopped thread makes for the tracer, by a
 * piece of the stub in its process (stub_attach, stub_remote_call), stopped at
 * the start and the end of each.  No signal, handler, stack or FPU register of
 * the thread is used.  Should the tracer be killed at any step, that code takes
 * the thread back to where it was, from a copy of its state (remote_call_way).
 * All of it by the tracer thread.
 */
#ifndef SPOOR_CAPTURE_INJECT_REMOTE_CALL_H
#define SPOOR_CAPTURE_INJECT_REMOTE_CALL_H

#include "capture/inject/remote.h"
#include "capture/ptrace/trace.h"

/* A stopped thread that makes remote calls; the caller fills the first four. */
struct remote_caller {
	struct tracer *tracer;
	struct tracee *t;
	uint64_t at; /* of stub_attach there, or stub_remote_call */
	int fd;	     /* in the process, closed if the tracer dies; or -1 */
	struct user_regs_struct was; /* the state to put back, */
	uint64_t mask;
	bool is_masked; /* all signals are blocked for the calls */
	/*
	 * The thread has stopped elsewhere, or is gone: no more calls can be
	 * made.  stop: that stop, as of wait(2), still to be handled; or 0.
	 */
	bool is_lost;
	int stop;
};

/* Arguments of a system call. */
struct remote_args {
	uint64_t a[6];
};

/*
 * The registers with which a thread goes on whose call the kernel interrupted
 * for a stop and would restart; as they are if there is no such call.
 */
struct user_regs_struct remote_restarted(struct user_regs_struct regs);

/* Reads the state to put back; false: the thread is gone. */
bool remote_call_begin(struct remote_caller *caller);

enum { REMOTE_WAY_LEN = sizeof(struct user_regs_struct) + sizeof(uint64_t) };
/*
 * Writes the state from which the stub puts the thread back by
 * itself; returns its length, REMOTE_WAY_LEN.
 */
size_t remote_call_way(const struct remote_caller *caller, uint8_t *to);

/* Makes the call; what it returns, or -ESRCH: it cannot be made (is_lost). */
int64_t remote_call(struct remote_caller *caller, uint64_t nr,
		    struct remote_args args);

/* rt_sigaction(2); set, old: addresses in the process, or 0. */
int64_t remote_call_sigaction(struct remote_caller *caller, int sig,
			      uint64_t set, uint64_t old);

/*
 * Puts the state back; false: the thread is gone, or has executed a program
 * meanwhile, whose state is left alone.
 */
bool remote_call_end(const struct remote_caller *caller);

#endif
