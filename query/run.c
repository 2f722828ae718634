/* SPDX-License-Identifier: Apache-2.0 */
/* Runs statements and prints their rows; finds the gaps of an answer. */
#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <string.h>

#include "query/session.h"
#include "query/watchdog.h"

/* Binds the parameters of a statement. */
static int bind_values(sqlite3_stmt *s, const struct query_values *values,
		       struct error *err)
{
	int n = sqlite3_bind_parameter_count(s);

	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(s, i);
		const struct query_value *v = NULL;

		for (size_t k = 0; name && k < values->count; k++)
			if (!strcmp(values->items[k].name, name + 1))
				v = &values->items[k];
		if (!v)
			return error_set(err, EINVAL,
					 "parameter %s has no value",
					 name ? name : "?");
		if (v->text)
			sqlite3_bind_text(s, i, v->text, -1, SQLITE_TRANSIENT);
		else
			sqlite3_bind_int64(s, i, v->number);
	}
	return 0;
}

static int stopped(const struct query *q, struct error *err)
{
	if (q->stopped)
		return error_set(err, EINTR, "stopped");
	return error_set(err, ETIMEDOUT, "the query took longer than %u ms",
			 q->options.timeout_ms);
}

/* Was the run stopped, in a load or in the statement? */
static bool was_stopped(const struct query *q)
{
	return q->stopped || session_is_late(q);
}

static int run_statement(struct query *q, const struct query_run *run,
			 sqlite3_stmt *s, struct query_result *result,
			 struct error *err)
{
	int code;

	if (bind_values(s, run->values, err))
		return -1;
	code = run->form->print(s, &run->rows, &result->rows);
	fflush(run->rows.out);
	result->is_limited |= code == SQLITE_ROW;
	if (code == SQLITE_INTERRUPT)
		return stopped(q, err);
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		return error_set(err, EIO, "%s", sqlite3_errmsg(q->db));
	return 0;
}

/* Sets the note about what the statement could not read. */
static void note(const struct query *q, struct query_result *result)
{
	if (q->is_capture && q->loaded & 1u << TABLE_ALERTS &&
	    !q->options.rules)
		snprintf(result->note, sizeof(result->note),
			 "no rules were given (-r), so there are no alerts");
}

int query_run(struct query *q, const struct query_run *run,
	      struct query_result *ret_result, struct error *err)
{
	const char *sql = run->sql;
	struct watchdog watchdog;
	int result = 0;

	*ret_result = (struct query_result){ .rows = 0 };
	q->answered = 0;
	q->answers_events = false;
	q->needs = run->needs;
	session_start_clock(q);
	watchdog_start(&watchdog, q->options.timeout_ms, q->options.overdue);
	while (*sql && !result && !ferror(run->rows.out)) {
		sqlite3_stmt *s = NULL;

		result = session_prepare(q, sql, &s, &sql, err);
		if (result && was_stopped(q))
			stopped(q, err);
		q->answered |= q->reads;
		if (!result && s)
			result = run_statement(q, run, s, ret_result, err);
		sqlite3_finalize(s);
	}
	watchdog_stop(&watchdog);
	note(q, ret_result);
	q->stopped = 0; /* not at the start: a stop may precede it */
	return result;
}

enum { GAPS_MAX = 100 };

/* The gaps of an answer. */
struct gap_list {
	struct arena *arena;
	const char *needs; /* the event types that it stands on; NULL: any */
	const struct query_window *window;
	struct query_gap *gaps;
	int count;
};

static struct query_gap read_gap(sqlite3_stmt *s, struct arena *arena)
{
	const char *detail = (const char *)sqlite3_column_text(s, 5);
	const char *kind = (const char *)sqlite3_column_text(s, 1);

	return (struct query_gap){
		.capture_id = sqlite3_column_int64(s, 0),
		.kind = arena_strdup(arena, kind ? kind : ""),
		.count = sqlite3_column_type(s, 2) == SQLITE_NULL
				 ? -1
				 : sqlite3_column_int64(s, 2),
		.start_ns = sqlite3_column_type(s, 3) == SQLITE_NULL
				    ? -1
				    : sqlite3_column_int64(s, 3),
		.end_ns = sqlite3_column_type(s, 4) == SQLITE_NULL
				  ? -1
				  : sqlite3_column_int64(s, 4),
		.detail = arena_strdup(arena, detail ? detail : ""),
	};
}

/* An answer that needs nothing of what was left out is whole; else it is said
 * what of it. */
static bool narrow(struct query_gap *gap, const char *needs, const char *calls,
		   struct arena *arena)
{
	struct buffer missing = { 0 };
	bool is_gap;

	if (!needs || !calls)
		return true;
	stands_missing(&missing, needs, calls);
	is_gap = missing.len > 0;
	if (is_gap)
		gap->detail =
			arena_printf(arena, "%s: %.*s",
				     strcmp(gap->kind, "compat")
					     ? "not recorded"
					     : "sysdig 0.29 has no, or not "
					       "all parameters of",
				     (int)missing.len, (char *)missing.data);
	buffer_free(&missing);
	return is_gap;
}

/* Adds the rows of a statement; how many there are then, or -1. */
static int add_gaps(struct query *q, const char *sql, struct gap_list *list,
		    struct error *err)
{
	const char *rest;
	sqlite3_stmt *s;

	if (session_prepare(q, sql, &s, &rest, err))
		return -1;
	sqlite3_bind_int64(s, 1, list->window->from_ns);
	sqlite3_bind_int64(s, 2, list->window->to_ns);
	while (list->count < GAPS_MAX && sqlite3_step(s) == SQLITE_ROW) {
		struct query_gap *gap = &list->gaps[list->count];
		const char *calls = (const char *)sqlite3_column_text(s, 6);

		*gap = read_gap(s, list->arena);
		list->count += narrow(gap, list->needs, calls, list->arena);
	}
	sqlite3_finalize(s);
	return list->count;
}

int query_gaps(struct query *q, const struct query_window *window,
	       struct arena *arena, struct query_gap **ret_gaps,
	       struct error *err)
{
	static const char sql[] =
		"SELECT capture_id, kind, count, start_ns, end_ns, detail, "
		"calls FROM gaps WHERE coalesce(start_ns, 0) <= ?2 "
		"AND coalesce(end_ns, ?1) >= ?1 ORDER BY gap_id";
	struct gap_list list = {
		.arena = arena,
		.needs = stands_on(q, arena),
		.window = window,
		.gaps = arena_alloc(arena, GAPS_MAX * sizeof(*list.gaps)),
	};
	const char *cut;

	session_start_clock(q);
	if (add_gaps(q, sql, &list, err) < 0)
		return -1;
	for (int i = 0; (cut = stands_cut(q, i, arena)); i++)
		if (*cut && add_gaps(q, cut, &list, err) < 0)
			return -1;
	*ret_gaps = list.gaps;
	return list.count;
}
