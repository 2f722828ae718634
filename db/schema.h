/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of a database as rows: each column says its SQL type and what
 * fills it.  DDL, loader, migrations and doc/database.md come from them.
 */
#ifndef SPOOR_DB_SCHEMA_H
#define SPOOR_DB_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

struct load;
struct column;
struct field_context;

/* One value of a row that is being made. */
enum cell_kind { CELL_NULL, CELL_INT, CELL_TEXT };

struct cell {
	enum cell_kind kind;
	int64_t number;
	struct bytes text; /* valid until the row was put */
};

/* What a row is made from. */
struct row_source {
	struct load *load;
	/* Fields read it; NULL in tables without columns of fields. */
	const struct field_context *context;
	const void *object; /* a struct of db/records.h, by table; or NULL */
};

typedef void column_fill(const struct column *column,
			 const struct row_source *from, struct cell *ret_cell);

/* clang-format off */
enum column_flag {
	COLUMN_CODED = 1, /* the text is in strings, the column has its id */
	COLUMN_LATE = 2,  /* set again when what the row is about has ended */
	COLUMN_NA = 4	  /* the field says <NA> where it knows nothing */
};
/* clang-format on */

/* Filled by a field, or by fill, or generated: an SQL expression. */
struct column {
	const char *name;
	const char *type; /* with its constraints */
	const char *field;
	column_fill *fill;
	const char *generated;
	uint32_t which; /* private to fill: a place in the object */
	uint8_t flags;	/* enum column_flag */
	const char *help;
};

/* clang-format off */
enum table_id {
	TABLE_CAPTURES, TABLE_STRINGS, TABLE_EVENT_TYPES, TABLE_CONTAINERS,
	TABLE_USERS, TABLE_SESSIONS, TABLE_PROCESSES, TABLE_THREADS,
	TABLE_EVENTS, TABLE_FILES, TABLE_SOCKETS, TABLE_CONNECTIONS,
	TABLE_FILE_IO, TABLE_DNS, TABLE_TIMELINE, TABLE_ALERTS, TABLE_GAPS,
	TABLE_USER_CHANGES,
	TABLE_COUNT
};
/* clang-format on */

struct table {
	const char *name;
	const char *only; /* what --only calls it; NULL: always there */
	const char *help;
	/* Of tables of events: the names of those with a row; NULL: all. */
	const char *types;
	const char *constraints;      /* of the table; NULL: none */
	const char *conflict;	      /* what follows VALUES; NULL: nothing */
	bool replaces;		      /* a row may be put again */
	const struct column *columns; /* the key first; ends with a NULL name */
};

/* An index, made after the rows. */
struct index {
	const char *name, *on;
};

struct view {
	const char *name, *help, *sql;
};

extern const struct table *const tables[TABLE_COUNT];
extern const struct index indices[]; /* ends with a NULL name */
extern const struct view views[];    /* ends with a NULL name */

/* The text of table's CREATE statement; appended. */
void schema_table_sql(struct buffer *out, const struct table *table);

/* The CREATE statements of all views; appended. */
void schema_views_sql(struct buffer *out);

#endif
