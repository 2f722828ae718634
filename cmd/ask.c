/* SPDX-License-Identifier: Apache-2.0 */
/* Runs queries and prints the gaps of their answers; see ask.h. */
#include "cmd/ask.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/bytes.h"
#include "core/clock.h"
#include "core/text.h"
#include "db/vtab.h"
#include "query/json.h"

enum { EXIT_INTERRUPTED = 128 + SIGINT };

/* The query that Ctrl-C stops. */
static struct query *volatile running;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	if (running)
		query_stop(running);
}

/* Calls take() for the names in the open database. */
void ask_names(struct asking *a, int which,
	       void (*take)(void *user, const char *name), void *user)
{
	static const char sql[] =
		"WITH t(name) AS (SELECT name FROM sqlite_schema WHERE type IN "
		"('table', 'view') AND name NOT LIKE 'sqlite_%') "
		"SELECT name FROM t WHERE ?1 & 1 UNION "
		"SELECT c.name FROM t, pragma_table_info(t.name) c "
		"WHERE ?1 & 2 ORDER BY 1";
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(query_db(a->query), sql, -1, &s, NULL))
		return;
	sqlite3_bind_int(s, 1, which);
	while (sqlite3_step(s) == SQLITE_ROW)
		take(user, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

static void offer(void *user, const char *name)
{
	nearest_offer(user, name);
}

/* Adds a suggestion to "no such column: e.tiem". */
static void suggest_name(struct asking *a, struct error *err)
{
	const char *at = strrchr(err->text, ' ');
	struct nearest n = { .word = "" };
	size_t len = strlen(err->text);

	if (strncmp(err->text, "no such ", 8))
		return;
	n.word = strrchr(at, '.') ? strrchr(at, '.') + 1 : at + 1;
	ask_names(a,
		  strncmp(err->text, "no such table", 13) ? NAMES_COLUMNS
							  : NAMES_TABLES,
		  offer, &n);
	/* It may be a column, though of another table. */
	if (*n.name && strcmp(n.name, n.word))
		snprintf(err->text + len, sizeof(err->text) - len,
			 "; did you mean %s?", n.name);
}

/* Runs SQL: the first Ctrl-C stops the query, a second one the program. */
static int run(struct asking *a, const char *sql, const char *needs,
	       const struct query_values *values)
{
	const struct query_run run = { .sql = sql,
				       .needs = needs,
				       .values = values,
				       .form = a->form,
				       .rows = a->rows };
	struct sigaction action = { .sa_handler = on_interrupt,
				    .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;
	struct query_result result;
	struct error err;
	int code;

	running = a->query;
	sigaction(SIGINT, &action, &before);
	code = query_run(a->query, &run, &result, &err);
	sigaction(SIGINT, &before, NULL);
	running = NULL;
	if (code) {
		suggest_name(a, &err);
		cmd_fail("query", &err);
	}
	if (result.is_limited)
		cmd_note("query", "there are more than %" PRIu64 " rows",
			 result.rows);
	if (*result.note)
		cmd_note("query", "%s", result.note);
	if (code && err.code == EINTR)
		return EXIT_INTERRUPTED;
	return code ? EXIT_ERROR : EXIT_OK;
}

static void print_stats(const struct asking *a)
{
	const struct vtab_stats *s = query_stats(a->query);

	fprintf(stderr,
		"read in place: %" PRIu64 " of %" PRIu64 " frames, %" PRIu64
		" of %" PRIu64 " bytes, %" PRIu64 " events decoded\n",
		s->frames_read, s->frames, s->bytes_read, s->file_len,
		s->events);
}

static void put_time(struct buffer *b, int64_t ns)
{
	char text[CLOCK_ISO_LEN];

	if (ns < 0) {
		buffer_printf(b, "null");
		return;
	}
	clock_iso(text, (uint64_t)ns);
	buffer_printf(b, "\"%s\"", text);
}

static void put_text(struct buffer *b, const char *text)
{
	json_put_text(b, (struct bytes){ (const uint8_t *)text, strlen(text) },
		      0);
}

/* "gaps":[...],"complete":true */
static void put_gaps_json(struct buffer *b, const struct query_gap *gaps,
			  int count)
{
	buffer_printf(b, "\"gaps\":[");
	for (int i = 0; i < count; i++) {
		const struct query_gap *g = &gaps[i];

		buffer_printf(b, "%s{\"capture_id\":%" PRId64 ",\"kind\":",
			      i ? "," : "", g->capture_id);
		put_text(b, g->kind);
		buffer_printf(b, ",\"start\":");
		put_time(b, g->start_ns);
		buffer_printf(b, ",\"end\":");
		put_time(b, g->end_ns);
		buffer_printf(b, ",\"count\":");
		if (g->count < 0)
			buffer_printf(b, "null");
		else
			buffer_printf(b, "%" PRId64, g->count);
		buffer_printf(b, ",\"detail\":");
		put_text(b, g->detail);
		buffer_u8(b, '}');
	}
	buffer_printf(b, "],\"complete\":%s", count ? "false" : "true");
}

/* Appends one gap as a line: capture, kind, count, time and detail. */
static void put_gap_line(struct buffer *b, const struct query_gap *g)
{
	char text[CLOCK_ISO_LEN];

	buffer_printf(b, "incomplete: capture %" PRId64 ": ", g->capture_id);
	text_put(b, g->kind, strlen(g->kind));
	if (g->count >= 0)
		buffer_printf(b, " (%" PRId64 ")", g->count);
	if (g->start_ns >= 0) {
		clock_iso(text, (uint64_t)g->start_ns);
		buffer_printf(b, " after %s", text);
	}
	if (g->end_ns >= 0) {
		clock_iso(text, (uint64_t)g->end_ns);
		buffer_printf(b, " until %s", text);
	}
	if (*g->detail) {
		buffer_printf(b, ": ");
		text_put(b, g->detail, strlen(g->detail));
	}
	buffer_u8(b, '\n');
}

/* Of SQL: beside the rows, and only what is missing. */
static void note_gaps(struct asking *a)
{
	const struct query_window always = { 0, INT64_MAX };
	struct arena arena = { 0 };
	struct query_gap *gaps;
	struct error err;
	struct buffer b = { 0 };
	int count = 0;

	if (query_knows_gaps(a->query))
		count = query_gaps(a->query, &always, &arena, &gaps, &err);
	for (int i = 0; i < count; i++)
		put_gap_line(&b, &gaps[i]);
	fwrite(b.data, 1, b.len, stderr);
	buffer_free(&b);
	arena_free(&arena);
}

int ask_sql(struct asking *a, const char *sql)
{
	int result = run(a, sql, NULL, &a->values);

	if (!result)
		note_gaps(a);
	if (a->shows_stats)
		print_stats(a);
	return result;
}

/* How each output format represents the gaps of an answer. */
enum gaps_style { GAPS_LINES, GAPS_STDERR, GAPS_MEMBER, GAPS_LAST_LINE };

static enum gaps_style gaps_style(const struct row_form *form)
{
	if (!strcmp(form->name, "json"))
		return GAPS_MEMBER;
	if (!strcmp(form->name, "jsonl"))
		return GAPS_LAST_LINE;
	return strcmp(form->name, "csv") ? GAPS_LINES : GAPS_STDERR;
}

/*
 * Prints the gaps of an answer, or that there are none, in the style of the
 * output format.
 */
static void print_gaps(const struct asking *a, const struct query_gap *gaps,
		       int count)
{
	enum gaps_style style = gaps_style(a->form);
	struct buffer b = { 0 };

	if (style == GAPS_MEMBER) {
		buffer_printf(&b, ",");
		put_gaps_json(&b, gaps, count);
		buffer_printf(&b, "}\n");
	} else if (style == GAPS_LAST_LINE) {
		buffer_printf(&b, "{");
		put_gaps_json(&b, gaps, count);
		buffer_printf(&b, "}\n");
	} else {
		for (int i = 0; i < count; i++)
			put_gap_line(&b, &gaps[i]);
		if (!count)
			buffer_printf(&b, "complete: no gap is known in "
					  "this window\n");
	}
	fwrite(b.data, 1, b.len, style == GAPS_STDERR ? stderr : stdout);
	buffer_free(&b);
}

/* The value given for a parameter; NULL: none. */
static const char *given_value(const struct given_list *given, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < given->count; i++)
		if (!strcmp(given->items[i].name, name))
			value = given->items[i].value;
	return value;
}

/* Refuses options that are not parameters of the question. */
static int check_names(const struct question *q, const struct given_list *given)
{
	for (size_t i = 0; i < given->count; i++) {
		struct nearest n = { .word = given->items[i].name };

		for (unsigned p = 0; p < q->param_count; p++)
			nearest_offer(&n, q->params[p].name);
		if (!*n.name || n.distance)
			return cmd_usage_error(
				"query", "the question %s has no --%s%s%s%s",
				q->name, n.word,
				*n.name ? "; did you mean --" : "", n.name,
				*n.name ? "?" : "");
	}
	return EXIT_OK;
}

/*
 * Sets the parameters of a question from the options given, or to their
 * defaults.
 */
static int take_values(const struct question *q, const struct given_list *given,
		       struct query_values *values)
{
	struct error err;

	if (check_names(q, given))
		return EXIT_ERROR;
	for (unsigned i = 0; i < q->param_count; i++) {
		const struct question_param *p = &q->params[i];
		struct query_value value;

		if (question_value(p, given_value(given, p->name), &value,
				   &err))
			return cmd_fail("query", &err);
		query_values_set(values, &value);
	}
	return EXIT_OK;
}

/* The limit of the question's time window; fallback if it has none. */
static int64_t limit_of(const struct query_values *values, const char *name,
			int64_t fallback)
{
	for (size_t i = 0; i < values->count; i++)
		if (!strcmp(values->items[i].name, name))
			return values->items[i].number;
	return fallback;
}

/* Prints the answer to a ready question, then its gaps. */
static int answer(struct asking *a, const struct question *q,
		  const struct query_values *values)
{
	const struct query_window window = {
		.from_ns = limit_of(values, "since", 0),
		.to_ns = limit_of(values, "until", INT64_MAX),
	};
	bool is_member = gaps_style(a->form) == GAPS_MEMBER;
	struct arena arena = { 0 };
	struct query_gap *gaps;
	struct error err;
	int result, count;

	if (is_member)
		printf("{\"question\":\"%s\",\"rows\":", q->name);
	result = run(a, q->sql, q->needs, values);
	count = query_gaps(a->query, &window, &arena, &gaps, &err);
	if (count < 0)
		result = cmd_fail("query", &err);
	else
		print_gaps(a, gaps, count);
	if (a->shows_stats)
		print_stats(a);
	arena_free(&arena);
	return result;
}

int ask_question(struct asking *a, const struct question *q,
		 const struct given_list *given)
{
	struct query_values values = { 0 };
	struct buffer sql = { 0 };
	int result = take_values(q, given, &values);

	if (!result && a->shows_sql) {
		question_sql(q, &values, &sql);
		fputs((char *)sql.data, stdout);
	} else if (!result) {
		result = answer(a, q, &values);
	}
	buffer_free(&sql);
	free(values.items);
	return result;
}

struct nearest ask_nearest(const char *word)
{
	struct nearest n = { .word = word };
	struct arena arena = { 0 };
	struct question q;

	for (unsigned i = 0; question_at(i, &arena, &q); i++)
		nearest_offer(&n, q.name);
	arena_free(&arena);
	return n;
}

void ask_list(FILE *out)
{
	struct arena arena = { 0 };
	struct question q;

	for (unsigned i = 0; question_at(i, &arena, &q); i++)
		fprintf(out, "  %-17s %s\n", q.name, q.help);
	arena_free(&arena);
}

void ask_help(const struct question *q, FILE *out)
{
	fprintf(out, "usage: spoor query %s DATABASE|CAPTURE...", q->name);
	for (unsigned i = 0; i < q->param_count; i++)
		fprintf(out, " [--%s %s]", q->params[i].name,
			q->params[i].type);
	fprintf(out, "\n\n%s\n\n", q->help);
	for (unsigned i = 0; i < q->param_count; i++) {
		const struct question_param *p = &q->params[i];
		int used = fprintf(out, "  --%s %s", p->name, p->type);

		fprintf(out, "%*s%s (%s)\n", used < 20 ? 20 - used : 1, "",
			p->help, *p->fallback ? p->fallback : "none");
	}
	fprintf(out, "\n  --sql             print its SQL instead\n");
}
