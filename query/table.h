/* SPDX-License-Identifier: Apache-2.0 */
/* Prints rows as a table that fits the terminal. */
#ifndef SPOOR_QUERY_TABLE_H
#define SPOOR_QUERY_TABLE_H

#include "core/bytes.h"
#include "query/forms.h"

/* The print function of a struct row_form. */
int table_print(struct sqlite3_stmt *stmt, const struct rows_options *options,
		uint64_t *ret_rows);

/*
 * Appends a value for people: NULL as NULL, the text NULL as 'NULL', a blob as
 * x'00ff'.
 */
void table_cell(struct buffer *out, struct sqlite3_stmt *stmt, int column);

#endif
