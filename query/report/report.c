/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incident report: the page's head, the rows of each view as JSON, the
 * page's tail.  Each row is written as it comes from SQLite, and rows that do
 * not fit are only counted: memory use does not depend on the capture.  Data
 * that were read and written are only in the captures, from which the view
 * payload reads them, if the capture is unchanged since the load.
 */
#include "query/report/report.h"

#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "db/vtab.h"
#include "query/json.h"
#include "query/report/custody.h"
#include "query/report/page.h"

enum {
	BUCKETS = 2000,	   /* bars of the histogram */
	TEXT_MAX = 1500,   /* bytes of one text: an argument list may be 2 MB */
	ROWS_LEN = 4800000 /* bytes of all rows; the last views get the rest */
};

struct span {
	int64_t start_ns, len_ns, bucket_ns;
};

/* State of writing the views. */
struct writing {
	struct sqlite3 *db;
	FILE *out;
	struct span span;
	struct buffer readable; /* JSON: capture_id of readable captures */
	size_t left;		/* of ROWS_LEN */
};

static int sql_error(struct sqlite3 *db, const char *what, struct error *err)
{
	return error_set(err, EIO, "%s: %s", what, sqlite3_errmsg(db));
}

/*
 * The time from the first to the last event of all captures; zero without
 * events.
 */
static int find_span(struct sqlite3 *db, struct span *ret_span,
		     struct error *err)
{
	static const char sql[] =
		"SELECT min(first_ns), max(last_ns) FROM captures "
		"WHERE events > 0 AND first_ns > 0";
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		return sql_error(db, "captures", err);
	if (sqlite3_step(s) == SQLITE_ROW) {
		ret_span->start_ns = sqlite3_column_int64(s, 0);
		ret_span->len_ns =
			sqlite3_column_int64(s, 1) - ret_span->start_ns;
	}
	ret_span->bucket_ns = ret_span->len_ns / BUCKETS + 1;
	sqlite3_finalize(s);
	return 0;
}

static struct bytes text_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void put_member(struct buffer *b, const char *name, const char *text,
		       size_t max)
{
	buffer_printf(b, "\"%s\":", name);
	json_put_text(b, text_of(text), max);
	buffer_u8(b, ',');
}

static void bind(sqlite3_stmt *s, const char *name, int64_t value)
{
	int i = sqlite3_bind_parameter_index(s, name);

	if (i)
		sqlite3_bind_int64(s, i, value);
}

/* Writes the buffer and empties it; returns the number of bytes. */
static size_t flush(struct buffer *b, FILE *out)
{
	size_t len = b->len;

	if (len)
		fwrite(b->data, 1, len, out);
	b->len = 0;
	return len;
}

static void put_row(struct buffer *b, sqlite3_stmt *s)
{
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		buffer_u8(b, i ? ',' : '[');
		json_put_column(b, s, i, TEXT_MAX);
	}
	buffer_u8(b, ']');
}

/* Appends the view's query, as a command to repeat it, and its column names. */
static void put_head(struct buffer *b, const struct report_view *view,
		     sqlite3_stmt *s)
{
	char *sql = sqlite3_expanded_sql(s);

	buffer_printf(b, "\"%s\":{", view->name);
	put_member(b, "help", view->help, 0);
	put_member(b, "sql", sql ? sql : view->sql, 0);
	sqlite3_free(sql);
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		buffer_printf(b, "%s", i ? "," : "\"columns\":[");
		json_put_text(b, text_of(sqlite3_column_name(s, i)), 0);
	}
	buffer_printf(b, "],\"rows\":[");
}

/* Writes the rows of a view, within its limits; counts the others. */
static int put_rows(struct writing *w, struct buffer *b,
		    const struct report_view *view, sqlite3_stmt *s)
{
	size_t room = view->max_bytes < w->left ? view->max_bytes : w->left;
	uint64_t total = 0, shown = 0;
	size_t bytes = 0;
	bool is_full = false;
	int code;

	put_head(b, view, s);
	flush(b, w->out);
	for (; (code = sqlite3_step(s)) == SQLITE_ROW; total++) {
		if (is_full)
			continue;
		buffer_printf(b, "%s", total ? ",\n" : "\n");
		put_row(b, s);
		is_full = shown == view->max_rows || bytes + b->len > room;
		if (is_full) {
			b->len = 0;
			continue;
		}
		shown++;
		bytes += flush(b, w->out);
	}
	w->left -= bytes;
	buffer_printf(b, "],\"total\":%" PRIu64 "}", total);
	return code == SQLITE_DONE ? 0 : -1;
}

static int put_view(struct writing *w, const struct report_view *view,
		    struct error *err)
{
	struct buffer b = { 0 };
	sqlite3_stmt *s;
	int result;
	int i;

	if (sqlite3_prepare_v2(w->db, view->sql, -1, &s, NULL))
		return sql_error(w->db, view->name, err);
	bind(s, ":start", w->span.start_ns);
	bind(s, ":bucket", w->span.bucket_ns);
	i = sqlite3_bind_parameter_index(s, ":readable");
	if (i)
		sqlite3_bind_text(s, i, (const char *)w->readable.data,
				  (int)w->readable.len, SQLITE_STATIC);
	result = put_rows(w, &b, view, s);
	if (result)
		sql_error(w->db, view->name, err);
	sqlite3_finalize(s);
	flush(&b, w->out);
	buffer_free(&b);
	return result;
}

static int put_views(struct writing *w, struct error *err)
{
	for (const struct report_view *v = report_views; v->name; v++) {
		if (v != report_views)
			fputs(",\n", w->out);
		if (put_view(w, v, err))
			return -1;
	}
	return 0;
}

/* Appends the facts of the page besides its rows. */
static void put_facts(struct writing *w, const struct report_options *options)
{
	struct buffer b = { 0 };

	buffer_printf(&b, "{");
	put_member(&b, "ask", options->ask, TEXT_MAX);
	put_member(&b, "command", options->command, TEXT_MAX);
	put_member(&b, "made", options->made, TEXT_MAX);
	put_member(&b, "version", SPOOR_VERSION, 0);
	buffer_printf(&b, "\"custody\":");
	custody_put(&b, &w->readable, w->db);
	if (options->no_data) {
		w->readable.len = 0;
		buffer_put(&w->readable, "[]", 2);
		buffer_printf(&b, ",\"no_data\":true");
	}
	buffer_printf(&b,
		      ",\"start_ns\":\"%" PRId64 "\",\"span_ms\":%.3f,"
		      "\"bucket_ms\":%.6f,\"buckets\":%d,\"readable\":",
		      w->span.start_ns, (double)w->span.len_ns / 1e6,
		      (double)w->span.bucket_ns / 1e6, BUCKETS);
	buffer_put(&b, w->readable.data, w->readable.len);
	buffer_printf(&b, ",\"views\":{\n");
	flush(&b, w->out);
	buffer_free(&b);
}

int report_write(struct sqlite3 *db, const struct report_options *options,
		 FILE *out, struct error *err)
{
	/* Damaged captures give the events before the damage. */
	static const struct vtab_options reading = { .partial = true };
	struct writing w = { .db = db, .out = out, .left = ROWS_LEN };
	int result;

	if (find_span(db, &w.span, err))
		return -1;
	if (vtab_register(db, &reading))
		return sql_error(db, "capture", err);
	fwrite(report_head, 1, report_head_len, out);
	put_facts(&w, options);
	result = put_views(&w, err);
	buffer_free(&w.readable);
	if (result)
		return -1;
	fputs("}}", out);
	fwrite(report_tail, 1, report_tail_len, out);
	return 0;
}
