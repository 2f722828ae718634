/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a statement as a table, CSV, JSON ...: one row of a table a form. */
#ifndef SPOOR_QUERY_FORMS_H
#define SPOOR_QUERY_FORMS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct sqlite3_stmt;

struct rows_options {
	FILE *out;
	unsigned width;	    /* of a terminal; 0: lines of any length */
	bool is_terminal;   /* CSV and lists are escaped, too */
	uint64_t row_limit; /* 0: none */
};

struct row_form {
	const char *name, *help;
	/*
	 * Steps the statement to its end and prints its rows; returns the
	 * last step's code (SQLITE_ROW: the limit was reached).
	 */
	int (*print)(struct sqlite3_stmt *stmt,
		     const struct rows_options *options, uint64_t *ret_rows);
};

/* Ends with a NULL name. */
extern const struct row_form row_forms[];

/* NULL: there is none of this name. */
const struct row_form *row_form_find(const char *name);

/* The first form, a table, is what people see. */
static inline const struct row_form *row_form_default(void)
{
	return &row_forms[0];
}

#endif
