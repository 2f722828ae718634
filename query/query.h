/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions: SQL, or ready ones by name, to a database or to captures where
 * they lie.  The same names and columns answer for both: of a capture, events
 * come through the virtual table, and other tables are made when a statement
 * first names them.
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

/* What can be asked. */
struct query;

struct query_options {
	struct ruleset *rules; /* for the alerts of captures; borrowed */
	unsigned timeout_ms;   /* of each run; 0: none */
	/*
	 * Called from another thread when a run goes on for a second more, in
	 * a step that SQLite cannot end: it should end the program.  Or NULL.
	 */
	void (*overdue)(unsigned timeout_ms);
	bool any_file; /* capture() may read files that are not in paths */
};

/* Is the file a database of SQLite? */
bool query_is_database(const char *path);

/*
 * Opens one database of spoor load, or captures and folders of them.
 * Everything is read-only: no statement can write, attach or load anything.
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

void query_values_set(struct query_values *values,
		      const struct query_value *value);

struct query_run {
	const char *sql; /* statements */
	const struct query_values *values;
	const struct row_form *form;
	struct rows_options rows;
};

struct query_result {
	uint64_t rows;
	bool is_limited; /* there are more rows than the limit */
	char note[600];	 /* what the reader must know; or "" */
};

/*
 * Runs each statement and prints its rows, until the stream fails, too.  -1: code ETIMEDOUT or EINTR if
 * it was stopped.
 */
int query_run(struct query *query, const struct query_run *run,
	      struct query_result *ret_result, struct error *err);

/* Stops a run; may be called by a signal handler. */
void query_stop(struct query *query);

/* What is missing between two times, both included; lines of text. */
struct query_gap {
	const char *kind, *detail;
	int64_t count, start_ns, end_ns; /* -1: not known */
	int64_t capture_id;
};

/* The gaps are in the arena; returns their number, or -1. */
int query_gaps(struct query *query, int64_t from_ns, int64_t to_ns,
	       struct arena *arena, struct query_gap **ret_gaps,
	       struct error *err);

/* What is missing from the captures, as far as they were read. */
const struct evidence *query_evidence(const struct query *query);

/* What was read in place. */
const struct vtab_stats *query_stats(const struct query *query);

/* For completion: the connection, valid until the next run. */
struct sqlite3 *query_db(struct query *query);

/* Accepts NULL. */
void query_close(struct query *query);

/* A parameter of a ready question. */
struct question_param {
	const char *name, *help;
	const char *type;     /* TEXT, INTEGER or TIME */
	const char *fallback; /* as it would be given; of times begin, end */
};

enum { QUESTION_PARAMS = 8 };

/* A ready question; strings are in the arena it was read into. */
struct question {
	const char *name, *help, *sql;
	struct question_param params[QUESTION_PARAMS];
	unsigned param_count;
};

/* Question i, by name; false: there are no more. */
bool question_at(unsigned i, struct arena *arena,
		 struct question *ret_question);

bool question_find(const char *name, struct arena *arena,
		   struct question *ret_question);

/* The value of a parameter that was given as text; NULL: its default. */
int question_value(const struct question_param *param, const char *text,
		   struct query_value *ret_value, struct error *err);

/* The SQL with its values written in; ends with a NUL, free the buffer. */
void question_sql(const struct question *question,
		  const struct query_values *values, struct buffer *out);

#endif
