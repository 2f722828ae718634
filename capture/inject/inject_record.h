/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records that the code in a process has begun and the tracer completes, while
 * the thread stands.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_RECORD_H
#define SPOOR_CAPTURE_INJECT_INJECT_RECORD_H

#include "capture/inject/inject_thread.h"

/* Makes t->record and t->row of the call `nr' that an armed thread is in, with
 * what the code has copied, as if the call were made on the slow path. */
void inject_adopt(struct injector *c, struct tracee *t, int32_t nr);

/* The number of the call that a thread is in, as the kernel has it. */
int32_t inject_number(const struct tracee *t);

/* Appends what /proc says of a thread to the record of its call; nothing, if
 * that is not as the code would have begun it. */
void inject_add_proc(struct injector *c, struct tracee *t);

/* An exec or a fork of an armed thread has failed: reports that call. */
void inject_tell_failed(struct injector *c, struct tracee *t);

/* Completes the record of the call that the thread is in, if there is one, and
 * commits it; ret: of the call; flags: RAW_*. */
void inject_end_record(struct slot *slot, int64_t ret, unsigned flags);

/*
 * The call of an armed thread is over, and the code has not gone on yet:
 * completes the record as the code would.  False: only the code can.
 */
bool inject_complete(struct injector *c, struct tracee *t, int64_t ret);

#endif
