/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Queries: SQL or ready questions, to a database or to captures in place.
 * Both have the same tables and columns: for a capture, events come from the
 * virtual table, and other tables are loaded when a statement first uses them.
 */
#ifndef SPOOR_QUERY_QUERY_H
#define SPOOR_QUERY_QUERY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/error.h"
#include "query/forms.h"

struct sqlite3;
struct ruleset;
struct vtab_stats;

/* An open database, or open captures. */
struct query;

struct query_options {
	struct ruleset *rules; /* evaluated on captures, for alerts; borrowed */
	unsigned timeout_ms;   /* limit of each run; 0: none */
	/*
	 * Called from another thread if a run exceeds the limit by a second,
	 * in a step that SQLite cannot interrupt: it should end the program.
	 * Or NULL.
	 */
	void (*overdue)(unsigned timeout_ms);
	bool any_file; /* capture() may read files that are not in paths */
};

/* Is the file a database of SQLite? */
bool query_is_database(const char *path);

/*
 * Opens one database made by spoor load, or captures and folders of captures.
 * All access is read-only: no statement can write, attach or load anything.  0
 * or -1; close with query_close.
 */
int query_open(struct query **ret_query, const char *const *paths,
	       unsigned count, const struct query_options *options,
	       struct error *err);

/* A value for @name, :name or $name of a statement. */
struct query_value {
	const char *name;
	const char *text; /* NULL: number */
	int64_t number;
};

struct query_values {
	struct query_value *items;
	size_t count, capacity;
};

/* Sets a value; name and text are borrowed. */
void query_values_set(struct query_values *values,
		      const struct query_value *value);

struct query_run {
	const char *sql; /* statements */
	/* Event types that it needs of the table of all; NULL: any. */
	const char *needs;
	const struct query_values *values;
	const struct row_form *form;
	struct rows_options rows;
};

struct query_result {
	uint64_t rows;
	bool is_limited; /* there are more rows than the limit */
	char note[600];	 /* a note for the user, or "" */
};

/*
 * Runs each statement and prints its rows, until it is done or the output
 * fails.  0 or -1 (code ETIMEDOUT or EINTR if it was stopped).
 */
int query_run(struct query *query, const struct query_run *run,
	      struct query_result *ret_result, struct error *err);

/* Stops a run; safe in a signal handler. */
void query_stop(struct query *query);

/* A gap in a time window, as text. */
struct query_gap {
	const char *kind, *detail;
	int64_t count, start_ns, end_ns; /* -1: not known */
	int64_t capture_id;
};

/* A time window, both ends inclusive, in nanoseconds since 1970. */
struct query_window {
	int64_t from_ns, to_ns;
};

/*
 * The gaps in a time window that concern the answer of the last run, by the
 * tables it was read from; in the arena.  Returns their number, or -1.
 */
int query_gaps(struct query *query, const struct query_window *window,
	       struct arena *arena, struct query_gap **ret_gaps,
	       struct error *err);

/* Are the gaps known, without reading more of a capture? */
bool query_knows_gaps(const struct query *query);

/* What is missing from the captures, as far as they were read. */
const struct evidence *query_evidence(const struct query *query);

/* Statistics of what was read in place. */
const struct vtab_stats *query_stats(const struct query *query);

/* For completion: the connection, valid until the next run. */
struct sqlite3 *query_db(struct query *query);

/* Accepts NULL. */
void query_close(struct query *query);

/* A parameter of a ready question. */
struct question_param {
	const char *name, *help;
	const char *type;     /* TEXT, INTEGER or TIME */
	const char *fallback; /* default as text; times also "begin", "end" */
};

enum { QUESTION_PARAMS = 8 };

/* A ready question; its strings are in an arena. */
struct question {
	const char *name, *help, *sql;
	const char *needs; /* event types it needs of events; NULL: any */
	struct question_param params[QUESTION_PARAMS];
	unsigned param_count;
};

/* Question number i, sorted by name; false: there are no more. */
bool question_at(unsigned i, struct arena *arena,
		 struct question *ret_question);

/* The question of a name; false: unknown. */
bool question_find(const char *name, struct arena *arena,
		   struct question *ret_question);

/*
 * Converts the text of a parameter to its value; text NULL: the default.  0 or
 * -1.
 */
int question_value(const struct question_param *param, const char *text,
		   struct query_value *ret_value, struct error *err);

/* Appends the SQL with its values inserted, and a NUL. */
void question_sql(const struct question *question,
		  const struct query_values *values, struct buffer *out);

#endif
