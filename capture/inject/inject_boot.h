/* SPDX-License-Identifier: Apache-2.0 */
/* A process makes an arena by code of ours (stub_boot): a new program before
 * its first instruction, a new process, a thread that finds no slot. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_BOOT_H
#define SPOOR_CAPTURE_INJECT_INJECT_BOOT_H

#include "capture/inject/inject_thread.h"

enum { INJECT_SLOTS = 15 }; /* of a program's arena: most have few threads */

/*
 * Sends a new program's thread, which stands at its exec, to stub_boot, and
 * lets it go: inject_boot_end must be called.  False: the thread stands as
 * before, and takes the slow path.
 */
bool inject_boot_begin(struct injector *c, struct tracee *t,
		       struct booting *ret_booting);

/*
 * Waits for the thread to stop with its memory made, and answers it.  True: it
 * stands, and is armed if that succeeded.  False: it stands elsewhere or is
 * gone; trace_next is to handle that stop.
 */
bool inject_boot_end(struct injector *c, struct tracee *t,
		     const struct booting *booting);

/*
 * Sends a stopped thread from b->was to stub_boot, at b->at, where it stops by
 * SIGTRAP once it is let go by the caller; fills b->mask.  False: it stands as
 * before.
 */
bool inject_boot_prepare(struct injector *c, struct tracee *t,
			 struct booting *b);

/*
 * The thread has stopped there: takes its memory as an arena and gives it a
 * slot.  False: it must give way (inject_give_way), and takes the slow path.
 */
bool inject_boot_answer(struct injector *c, struct tracee *t,
			const struct booting *b);

/*
 * Lets stub_boot go on as if no tracer had come: back to where the thread was.
 * False: it stands elsewhere or is gone; trace_next is to handle that stop.
 */
bool inject_give_way(struct injector *c, const struct tracee *t);

/*
 * Opens a slot for the thread in its arena, not armed yet, and sets %gs in
 * regs.  False: all slots are taken; regs have the context of threads without
 * one.
 */
bool inject_take_slot(struct injector *c, struct tracee *t,
		      struct user_regs_struct *regs);

/* Switches Syscall User Dispatch on for a stopped thread with a slot; false:
 * the thread must do so itself (before Linux 6.4). */
bool inject_dispatch(const struct tracee *t);

/* Puts into the slot's context where stub_dispatch and stub_boot go on: regs,
 * and the signal mask. */
void inject_go_on(const struct tracee *t, const struct user_regs_struct *regs,
		  uint64_t mask);

/* The address where trampolines are mapped once more for a program far from its
 * libraries; 0: it is near. */
uint64_t inject_far_place(const struct remote_aux *aux);

#endif
