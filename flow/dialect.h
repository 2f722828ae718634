/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an older reader does not show of a file that is written for it: counted
 * by type while it is written, told at the end.
 */
#ifndef SPOOR_FLOW_DIALECT_H
#define SPOOR_FLOW_DIALECT_H

#include "core/file/file.h"

struct dialect;

/* Returns new (free with dialect_free); NULL for the current dialect. */
struct dialect *dialect_new(enum writer_compat compat);

/* An event that was put into the file, or left out of it.  Accepts NULL. */
void dialect_note(struct dialect *dialect, const struct event *event);

/* Of those noted, how many the reader does not show.  Accepts NULL: none. */
uint64_t dialect_missing(const struct dialect *dialect);

/*
 * Appends what becomes of events with that fate, and how many of each type
 * have it, in one line without its break.  False: none of those noted.
 * Accepts NULL.
 */
bool dialect_text(const struct dialect *dialect, enum writer_fate fate,
		  struct buffer *out);

/* Accepts NULL. */
void dialect_free(struct dialect *dialect);

#endif
