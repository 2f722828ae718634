/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exports rows of a database for other programs: unchanged (JSON lines, CSV),
 * or mapped to a common schema (Elastic's ECS, OCSF).  Only one row at a time
 * is in memory.
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
 * A member of a schema's object.  path is its position ("process.parent.pid";
 * "list[].name" is a member of the only object of a list); members of one
 * object must be adjacent.  The value is a column of the kind's event query,
 * or, if column is NULL, the JSON text constant.  NULL values are omitted.
 */
struct export_member {
	const char *path, *column, *constant;
};

/* A kind of rows that can be exported, with its mappings to schemas, if any. */
struct export_kind {
	const char *name, *help;
	bool is_default;    /* exported as JSON lines without --only */
	const char *rows;   /* query for unchanged rows */
	const char *events; /* query for schema objects, or NULL */
	const struct export_member *timesketch, *ecs, *ocsf;
};

/* Ends with a NULL name. */
extern const struct export_kind export_kinds[];

enum export_format {
	EXPORT_JSON,
	EXPORT_CSV,
	EXPORT_TIMESKETCH,
	EXPORT_ECS,
	EXPORT_OCSF
};

struct export_options {
	enum export_format format;
	const char *only; /* names separated by commas; NULL: the defaults */
	int64_t since_ns, until_ns; /* 0: no limit */
};

/*
 * Checks that options->only has only kinds that the format supports.  0 or -1.
 */
int export_check(const struct export_options *options, struct error *err);

/* Writes the rows, or stops when out fails (see ferror(3)).  0 or -1. */
int export_write(struct sqlite3 *db, const struct export_options *options,
		 FILE *out, struct error *err);

#endif
