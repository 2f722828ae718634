/* SPDX-License-Identifier: Apache-2.0 */
/* A program unmaps, or maps over, the memory that records its calls. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_UNMAP_H
#define SPOOR_CAPTURE_INJECT_INJECT_UNMAP_H

#include "capture/inject/inject_thread.h"

/* Would the call that the thread is about to make (regs) change that memory? */
bool inject_unmaps_us(const struct tracee *t,
		      const struct user_regs_struct *regs);

/*
 * Handles such a call.  Where no other thread runs the stub, the patches are
 * undone and the thread takes the slow path, from this call on; else the call
 * fails with EPERM.  Changes regs, and sets them.
 */
void inject_unmap(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs);

#endif
