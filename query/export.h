/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a loaded database for other programs: as they are (JSON lines, CSV),
 * or in the shape of a common schema (Elastic's ECS, OCSF).  One row is held
 * at a time.
 */
#ifndef SPOOR_QUERY_EXPORT_H
#define SPOOR_QUERY_EXPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/error.h"

struct sqlite3;
struct sqlite3_stmt;

/*
 * A member of a shape.  Its path says where it goes ("process.parent.pid";
 * "list[].name" is a member of the one object of a list).  Members of one
 * object stand together.  What goes there: a column of the kind's event query,
 * or, if column is NULL, the JSON text constant.  NULL values are left out.
 */
struct export_member {
	const char *path, *column, *constant;
};

/* What can be exported: tables, with a shape where the schema has one. */
struct export_kind {
	const char *name, *help;
	bool is_default;    /* without --only; for JSON lines */
	const char *rows;   /* query of the rows as they are */
	const char *events; /* query of what shapes are made from, or NULL */
	const struct export_member *ecs, *ocsf;
};

/* Ends with a NULL name. */
extern const struct export_kind export_kinds[];

enum export_format { EXPORT_JSON, EXPORT_CSV, EXPORT_ECS, EXPORT_OCSF };

struct export_options {
	enum export_format format;
	const char *only; /* names with commas between; NULL: the defaults */
	int64_t since_ns, until_ns; /* 0: no limit */
};

/* Is every word of only a kind that the format has?  Else the error says. */
int export_check(const struct export_options *options, struct error *err);

/* Writes what options ask for, or until out fails: ferror(3) tells. */
int export_write(struct sqlite3 *db, const struct export_options *options,
		 FILE *out, struct error *err);

#endif
