/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as a table that fits the terminal. */
#ifndef SPOOR_QUERY_TABLE_H
#define SPOOR_QUERY_TABLE_H

#include "core/bytes.h"
#include "query/forms.h"

int table_print(struct sqlite3_stmt *stmt, const struct rows_options *options,
		uint64_t *ret_rows);

/* A value for people: NULL is NULL, that text is 'NULL', a blob x'00ff'. */
void table_cell(struct buffer *out, struct sqlite3_stmt *stmt, int column);

#endif
