/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions to a loaded database or to a capture in place: SQL or a ready
 * question by name; rows as a table, CSV or JSON.
 */
#ifndef SPOOR_QUERY_QUERY_H
#define SPOOR_QUERY_QUERY_H

#include <stdio.h>

#include "core/error.h"

struct sqlite3;

/* A way to print rows: table, csv, json, jsonl ...; a row of rows.c. */
struct row_format;

/* NULL if there is none of that name. */
const struct row_format *row_format_find(const char *name);

struct query_options {
	const struct row_format *format;
	unsigned width;      /* of the terminal; 0: unlimited */
	unsigned timeout_ms; /* 0: none */
};

/* Opens read-only with an authorizer: no writes, no ATTACH, no extensions. */
int query_open(struct sqlite3 **ret_db, const char *path, struct error *err);

/* Runs every statement of sql and prints its rows. */
int query_run(struct sqlite3 *db, const char *sql,
	      const struct query_options *options, FILE *out,
	      struct error *err);

#endif
