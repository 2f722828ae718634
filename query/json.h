/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON for a script element of an HTML page: whatever the text, it cannot end
 * the element or the string.
 */
#ifndef SPOOR_QUERY_JSON_H
#define SPOOR_QUERY_JSON_H

#include "core/bytes.h"

struct sqlite3_stmt;

/*
 * Appends a string, at most max bytes of the text (0: all); the number of
 * omitted bytes is appended.  Invalid UTF-8 bytes become the four characters
 * \xNN.
 */
void json_put_text(struct buffer *out, struct bytes text, size_t max);

/* Appends the value of column i; texts like json_put_text, a BLOB as base64. */
void json_put_column(struct buffer *out, struct sqlite3_stmt *s, int i,
		     size_t max);

#endif
