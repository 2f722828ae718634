/* SPDX-License-Identifier: Apache-2.0 */
/* New threads and processes, at their first stop. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_BIRTH_H
#define SPOOR_CAPTURE_INJECT_INJECT_BIRTH_H

#include "capture/inject/inject_thread.h"

/*
 * Gives a stopped thread, which has an arena, a slot there, and arms it; if all
 * slots are taken, it makes a further arena.  False: it takes the slow path.
 */
bool inject_arm(struct injector *c, struct tracee *t);

/*
 * Gives a new thread, whose creator has an arena, a slot, and arms it.  A
 * thread of a forked process is sent to make an arena of its own instead
 * (is_booting), and stops once more (inject_birth_stop) when the caller has
 * resumed it.  False: the thread takes the slow path.
 */
bool inject_birth(struct injector *c, struct tracee *t);

/* The thread has stopped with its arena made, or not: answers it, and resumes
 * it. */
void inject_birth_stop(struct injector *c, struct tracee *t);

/* An armed thread has stopped as it could not map its arena: the thread gives
 * way, takes the slow path, and is resumed. */
void inject_boot_failed(struct injector *c, struct tracee *t);

#endif
