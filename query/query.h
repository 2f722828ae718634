/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to a loaded database: SQL, and rows as a table, CSV or JSON. */
#ifndef SPOOR_QUERY_QUERY_H
#define SPOOR_QUERY_QUERY_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"

struct sqlite3;

enum row_format { ROWS_TABLE, ROWS_CSV, ROWS_JSON };

struct query_options {
	enum row_format format;
	unsigned width;	     /* of the terminal; 0: unlimited */
	unsigned timeout_ms; /* 0: none */
};

/*
 * Opens read-only, with an authorizer: no writes, no ATTACH, no extensions.
 * Refuses a file that is not ours.  Close with sqlite3_close.
 */
int query_open(struct sqlite3 **ret_db, const char *path, struct error *err);

/* Runs every statement of sql and prints its rows. */
int query_run(struct sqlite3 *db, const char *sql,
	      const struct query_options *options, FILE *out,
	      struct error *err);

/* A ready question. */
struct question {
	const char *name, *help, *sql;
};

/* The table of them; ends with a NULL name. */
extern const struct question questions[];

#endif
