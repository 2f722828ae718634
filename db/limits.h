/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits that the WHERE clause sets for a scan.  They may be too wide, because
 * SQLite checks every row again.
 */
#ifndef SPOOR_DB_LIMITS_H
#define SPOOR_DB_LIMITS_H

#include "core/arena.h"
#include "db/scan.h"

struct sqlite3_value;

/* The meaning of a column for the scan. */
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
	LIMIT_FD,     /* no limit: NULL without a descriptor */
	LIMIT_FD_NAME /* no limit: a path if there is no descriptor */
};

/*
 * The limits of one scan.  Texts belong to SQLite, valid until the scan has
 * begun.
 */
struct limits {
	struct arena arena;
	struct scan_want want;
	const char *path, *filter, *damage;
};

/*
 * The estimated share of events that satisfy a constraint; 0: it cannot be
 * used.
 */
double limit_share(enum limit limit, int sqlite_op);

/* Applies a constraint; op: '=', '<', '>', 'l' (<=), 'g' (>=). */
void limit_take(struct limits *limits, enum limit limit, char op,
		struct sqlite3_value *value);

#endif
