/* SPDX-License-Identifier: Apache-2.0 */
/* Patches: calls that jump to the stub. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_PATCH_H
#define SPOOR_CAPTURE_INJECT_INJECT_PATCH_H

#include "capture/inject/inject_thread.h"

/*
 * Makes the call `nr' at `at', where the thread stands, jump to the code, if
 * that can be.  False: the thread stands elsewhere now, its call has not
 * trapped yet, and trace_next is to handle that stop.
 */
bool inject_patch(struct injector *c, struct tracee *t, uint64_t at,
		  uint64_t nr);

/*
 * Has the calls that other programs made patched in a new one, whose first code
 * is at `at' or behind: its dynamic linker, if is_linker; and in what that will
 * map, as far as can be foreseen.  memory: of remote_memory.
 */
void inject_patch_first(struct injector *c, struct tracee *t, int memory,
			uint64_t at, bool is_linker);

/* A process is about to go on from fork(2): patches in it what its children had
 * to patch one by one, so that the next ones find it done. */
void inject_spread(struct injector *c, struct tracee *t);

/* The thread stands at an instruction that a patch has moved: changes regs to
 * where that was.  False: it does not. */
bool inject_unmove(const struct tracee *t, struct user_regs_struct *regs);

/* Undoes all patches in this process, and makes no more. */
void inject_unpatch(struct tracee *t);

#endif
