/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts, by type, the events that an older reader does not show of a file
 * that is written for it.
 */
#ifndef SPOOR_FLOW_DIALECT_H
#define SPOOR_FLOW_DIALECT_H

#include "core/file/file.h"

struct dialect;

/* New counts; free with dialect_free.  NULL for the current dialect. */
struct dialect *dialect_new(enum writer_compat compat);

/* Counts an event that was written, or excluded.  Accepts NULL. */
void dialect_note(struct dialect *dialect, const struct event *event);

/* Number of counted events that the reader does not show.  Accepts NULL: 0. */
uint64_t dialect_missing(const struct dialect *dialect);

/*
 * Appends what happens to events of this fate, and how many there are of each
 * type, as one line without line break.  false: there are none.  Accepts NULL.
 */
bool dialect_text(const struct dialect *dialect, enum writer_fate fate,
		  struct buffer *out);

/* Accepts NULL. */
void dialect_free(struct dialect *dialect);

#endif
