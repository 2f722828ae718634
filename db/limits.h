/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits that the WHERE of a statement sets, on their way to the scan.  They
 * may be too wide: SQLite looks at each row again.
 */
#ifndef SPOOR_DB_LIMITS_H
#define SPOOR_DB_LIMITS_H

#include "core/arena.h"
#include "db/scan.h"

struct sqlite3_value;

/* What a column means to the scan. */
enum limit {
	LIMIT_NONE,
	LIMIT_PATH,
	LIMIT_FILTER,
	LIMIT_DAMAGE,
	LIMIT_EVENT,
	LIMIT_CAPTURE,
	LIMIT_NUM,
	LIMIT_TS,
	LIMIT_TIME,
	LIMIT_TYPE,
	LIMIT_PID,
	LIMIT_CONTAINER,
	LIMIT_FD,     /* none: NULL where there is none */
	LIMIT_FD_NAME /* none: a path stands in where there is no fd */
};

/* Of one scan.  The texts are SQLite's, valid while the scan begins. */
struct limits {
	struct arena arena;
	struct scan_want want;
	const char *path, *filter, *damage;
};

/* The part of all events that a constraint leaves; 0: it is of no use. */
double limit_share(enum limit limit, int sqlite_op);

/* Takes a value; op: = < > and l <=, g >=. */
void limit_take(struct limits *limits, enum limit limit, char op,
		struct sqlite3_value *value);

#endif
