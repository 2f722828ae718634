/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON that may stand inside a script element of a page: no byte of it can end
 * the element or the string, whatever the text was.
 */
#ifndef SPOOR_QUERY_JSON_H
#define SPOOR_QUERY_JSON_H

#include "core/bytes.h"

struct sqlite3_stmt;

/*
 * A string.  Of more than max bytes (0: any length) the rest is told as a
 * number.  Bytes that are not UTF-8 become the four characters \xNN.
 */
void json_put_text(struct buffer *out, struct bytes text, size_t max);

/* The value of a column of a row; texts as above, a BLOB in base64. */
void json_put_column(struct buffer *out, struct sqlite3_stmt *s, int i,
		     size_t max);

#endif
