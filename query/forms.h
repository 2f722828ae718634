/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Output formats for the rows of a statement (table, CSV, JSON ...), a row of
 * the table row_forms each.
 */
#ifndef SPOOR_QUERY_FORMS_H
#define SPOOR_QUERY_FORMS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct sqlite3_stmt;

struct rows_options {
	FILE *out;
	unsigned width;	    /* columns of the terminal; 0: no limit */
	bool is_terminal;   /* escape CSV and lists, too */
	uint64_t row_limit; /* 0: none */
};

struct row_form {
	const char *name, *help;
	/*
	 * Runs the statement to its end and prints its rows; returns the last
	 * result code of SQLite (SQLITE_ROW: the limit was reached).
	 */
	int (*print)(struct sqlite3_stmt *stmt,
		     const struct rows_options *options, uint64_t *ret_rows);
};

/* Ends with a NULL name. */
extern const struct row_form row_forms[];

/* The format of a name; NULL: unknown. */
const struct row_form *row_form_find(const char *name);

/* The default format: a table. */
static inline const struct row_form *row_form_default(void)
{
	return &row_forms[0];
}

#endif
