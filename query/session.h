/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of query/; no other file includes this header. */
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
	bool wants_search; /* captures: load full-text search, too */
	bool is_loaded;	   /* captures: tables were loaded */
	/* bits of enum table_id: used by the last statement */
	uint32_t reads;
	uint32_t loaded; /* bits of enum table_id: tables loaded */
	struct db_result loaded_result;
	struct vtab_stats stats;
	uint64_t deadline_ms;
	volatile sig_atomic_t stopped;
};

/* Adds the operator REGEXP; if memory is out, SQL that uses it fails. */
void regexp_register(struct sqlite3 *db);

/* Starts the time limit of a run. */
void session_start_clock(struct query *query);

/* Has the run exceeded its time limit? */
bool session_is_late(const struct query *query);

/*
 * Prepares the first statement of sql, and loads the tables that it reads.  0
 * or -1; the caller finalizes *ret_stmt.
 */
int session_prepare(struct query *query, const char *sql,
		    struct sqlite3_stmt **ret_stmt, const char **ret_rest,
		    struct error *err);

#endif
