/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an older reader does not show of a file that is written for it: counted
 * by type while it is written, told at the end.
 */
#ifndef SPOOR_CMD_DIALECT_H
#define SPOOR_CMD_DIALECT_H

#include "core/file/file.h"

struct dialect;

/* Returns new (free with dialect_free); NULL for the current dialect. */
struct dialect *dialect_new(enum writer_compat compat);

/* An event that was put into the file, or left out of it.  Accepts NULL. */
void dialect_note(struct dialect *dialect, const struct event *event);

/* Of those noted, how many the reader does not show.  Accepts NULL: none. */
uint64_t dialect_missing(const struct dialect *dialect);

/*
 * Says on stderr, after the command's name, which types are left out, not
 * shown, or shown without their name, and how often.  Accepts NULL.
 */
void dialect_tell(const struct dialect *dialect, const char *command);

/* Accepts NULL. */
void dialect_free(struct dialect *dialect);

#endif
