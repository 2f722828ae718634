/* SPDX-License-Identifier: Apache-2.0 */
/* Replaces pages of code that other threads may be running. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_PAGE_H
#define SPOOR_CAPTURE_INJECT_INJECT_PAGE_H

#include "capture/inject/inject_thread.h"
#include "capture/inject/remote_call.h"

/*
 * Begins: a thread that stands at a call that has trapped makes remote calls,
 * until page_end.  May be called again meanwhile.  False: the program's filters
 * may forbid calls, or the thread is gone.
 */
bool page_begin(struct remote_caller *caller);

/*
 * Puts CODE_PAGE bytes in the place of the page, in one step to all threads;
 * memory: of remote_memory.  False: cannot be done, or (is_lost) not now.
 */
bool page_replace(struct remote_caller *caller, int memory, uint64_t page,
		  const uint8_t *bytes);

/* Ends, if it has begun: the thread as it was.  False: the thread stands
 * elsewhere now, and trace_next is to handle that stop. */
bool page_end(struct remote_caller *caller);

#endif
