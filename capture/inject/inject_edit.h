/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes in a process's code: those in a page are made together, at once to
 * all threads that run it.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_EDIT_H
#define SPOOR_CAPTURE_INJECT_INJECT_EDIT_H

#include "capture/inject/inject_study.h"
#include "capture/inject/remote_call.h"

struct edit {
	struct arena_map *arena; /* whose trampolines the code jumps to */
	struct remote_caller caller;
	int memory;
	bool is_alone;	/* no other thread runs the code */
	bool is_loaded; /* page and bytes are a page of it, */
	uint64_t page;
	size_t from, to; /* changed from here to there */
	uint8_t bytes[CODE_PAGE];
};

/* Begins, in the code of t's process; t stands at a call that has trapped;
 * memory: of remote_memory. */
void edit_begin(struct edit *ret_edit, struct injector *c, struct tracee *t,
		int memory);

/* Can code be changed that other threads may be running? */
bool edit_can(struct edit *e);

/* Reads at most a page, as changed so far; false: it is not there. */
bool edit_get(struct edit *e, uint64_t from, void *to, size_t len);

/* Writes now, or together with later changes of the page; false: it failed. */
bool edit_put(struct edit *e, uint64_t to, const void *from, size_t len);

/* Writes what is left; false: not all could be. */
bool edit_flush(struct edit *e);

/* Ends.  False: the thread stands elsewhere now, and trace_next is to handle
 * that stop again. */
bool edit_end(struct edit *e);

#endif
