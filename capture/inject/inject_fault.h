/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of threads that run the stub, and programs that set %gs. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_FAULT_H
#define SPOOR_CAPTURE_INJECT_INJECT_FAULT_H

#include "capture/inject/inject_thread.h"

/* Has the thread's own instruction caused the signal that it stands to get?
 * What kill(2) and its kin send has no si_code of a fault. */
bool inject_is_fault(const struct tracee *t, int sig);

/* Has the program set %gs of this armed thread itself, by wrgsbase, which is no
 * call? */
bool inject_has_own_gs(const struct tracee *t,
		       const struct user_regs_struct *regs);

/*
 * Undoes all patches of the thread's process; the thread takes the slow path.
 */
void inject_leave_gs(struct injector *c, struct tracee *t);

/*
 * An armed thread has faulted.  True: it was the stub or a trampoline that did,
 * and the thread goes on from regs, which are set, without the signal.
 */
bool inject_fault(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs);

#endif
