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
	/* What the answer stands on: all statements of the run. */
	uint32_t answered;   /* bits of enum table_id */
	bool answers_events; /* rows of events of any type */
	const char *needs;   /* event types that a question names; NULL: any */
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
 * stands.c: the event types that the answer of the last run stands on, with
 * spaces between; NULL: any.  In the arena.
 */
const char *stands_on(const struct query *query, struct arena *arena);
/* Those of them that are missing by the calls of a gap, with commas between. */
void stands_missing(struct buffer *out, const char *needs, const char *calls);
/* A statement that counts, by capture, the rows of the tables it read of which
 * data is not recorded, between ?1 and ?2; "": there is none such.  NULL at
 * the end, i counts them. */
const char *stands_cut(const struct query *query, int i, struct arena *arena);

/*
 * Prepares the first statement of sql, and loads the tables that it reads.  0
 * or -1; the caller finalizes *ret_stmt.
 */
int session_prepare(struct query *query, const char *sql,
		    struct sqlite3_stmt **ret_stmt, const char **ret_rest,
		    struct error *err);

#endif
