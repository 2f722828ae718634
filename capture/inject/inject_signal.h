/* SPDX-License-Identifier: Apache-2.0 */
/* Signals for threads that are in the stub: see inject_signal.c. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_SIGNAL_H
#define SPOOR_CAPTURE_INJECT_INJECT_SIGNAL_H

#include "capture/inject/inject_thread.h"

/*
 * An armed thread stands to get a signal.  Sets regs to where the thread would
 * be without us, and returns the signal to deliver; or 0: it is held until the
 * call at hand is over (inject_release).
 */
int inject_signal(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs, int sig);

/*
 * An armed thread has stopped (status: as of wait(2)).  True: a call that only
 * we have interrupted goes on, or ends as it would natively (trace_wake_of);
 * regs are changed and set.
 */
bool inject_wake(struct tracee *t, struct user_regs_struct *regs, int status);

/* The code cannot go on: changes regs to the program's call, not yet made, or
 * to behind it; the capture will note that the code was disturbed. */
void inject_leave_code(struct slot *slot, struct user_regs_struct *regs);

/*
 * The call is over at whose end the thread had to stop: reports it if it
 * failed, puts the thread behind it, and returns the signal that was held, to
 * deliver now; or 0.
 */
int inject_release(struct injector *c, struct tracee *t,
		   struct user_regs_struct *regs);

#endif
