/* SPDX-License-Identifier: Apache-2.0 */
/* SIGSYS, the program's own: see inject_sigsys.c. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_SIGSYS_H
#define SPOOR_CAPTURE_INJECT_INJECT_SIGSYS_H

#include "capture/inject/inject_thread.h"

/* The program's rt_sigaction(SIGSYS) is about to be made on the slow path:
 * reads the action, and passes ours in its place; changes regs. */
void sigsys_ask(struct tracee *t, struct user_regs_struct *regs);

/* The rt_sigaction(SIGSYS) is over (record): gives the program its former
 * action. */
void sigsys_answer(struct injector *c, struct tracee *t,
		   const struct raw_record *record);

/* A SIGSYS that is not ours has come.  True: the program blocks the signal,
 * which now is pending in the slot, and must not be delivered. */
bool sigsys_waits(struct tracee *t);

/* Does its siginfo have the address of a call, by seccomp(2)? */
bool sigsys_has_address(const siginfo_t *info);

/*
 * A SIGSYS is about to be delivered: *sig becomes 0 if the program ignores it.
 * Returns its record (trace_signal), or NULL.
 */
const struct raw_record *sigsys_deliver(struct injector *c, struct tracee *t,
					int *sig);

/*
 * Has a seccomp filter ended the process in the call of its only thread?  To
 * other tools such a call ends with its number as the result, as seccomp(2)
 * leaves that in the register; the call of another thread has no end.
 */
bool sigsys_ended(const struct injector *c, const struct tracee *t, int status);

#endif
