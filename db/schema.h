/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a database: each column names the field that fills it. */
#ifndef SPOOR_DB_SCHEMA_H
#define SPOOR_DB_SCHEMA_H

#include <stdbool.h>

struct column {
	const char *name;
	const char *sql_type;
	const char *field; /* NULL: the loader fills it */
};

/* A table that gets a row for each event that matches its filter. */
struct table {
	const char *name;
	const char *filter;	      /* NULL: every event */
	const struct column *columns; /* ends with a NULL name */
};

/* Ends with a NULL name. */
extern const struct table event_tables[];

/* Tables and views besides, as statements. */
extern const char schema_extra[];

#endif
