/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of query/ share; nobody else includes this. */
#ifndef SPOOR_QUERY_SESSION_H
#define SPOOR_QUERY_SESSION_H

#include <signal.h>

#include "core/file/folder.h"
#include "db/db.h"
#include "db/schema.h"
#include "db/vtab.h"
#include "query/query.h"

struct sqlite3_stmt;

struct query {
	struct query_options options;
	struct sqlite3 *db;
	struct arena arena;
	struct folder_list files; /* the captures, or the database */
	bool is_capture;
	bool wants_search; /* of a capture: with full text indices */
	bool is_loaded;	   /* tables of it were loaded */
	uint32_t reads;	   /* bits of enum table_id: by the last statement */
	uint32_t loaded;   /* the same: named before a load */
	struct db_result loaded_result;
	struct vtab_stats stats;
	uint64_t deadline_ms;
	volatile sig_atomic_t stopped;
};

/* Adds the operator REGEXP (without memory for it, SQL that uses it fails). */
void regexp_register(struct sqlite3 *db);

/* A run begins. */
void session_start_clock(struct query *query);
bool session_is_late(const struct query *query);

/* Prepares the first statement of sql, and loads what it reads. */
int session_prepare(struct query *query, const char *sql,
		    struct sqlite3_stmt **ret_stmt, const char **ret_rest,
		    struct error *err);

#endif
