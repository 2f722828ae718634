/* SPDX-License-Identifier: Apache-2.0 */
/* SQL on a database, read-only, and its rows in three forms. */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "query/query.h"

/* clang-format off */
enum { APPLICATION_ID = 0x73706f72, COLUMNS_MAX = 64, ROWS_SEEN = 500,
       CELL_MIN = 4, STEPS_PER_CHECK = 10000 };
/* clang-format on */

static int deny_writes(void *user, int action, const char *a, const char *b,
		       const char *c, const char *d)
{
	(void)user;
	(void)b;
	(void)c;
	(void)d;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return b && !strcmp(b, "load_extension") ? SQLITE_DENY
							 : SQLITE_OK;
	case SQLITE_PRAGMA:
		return a && (!strcmp(a, "table_info") ||
			     !strcmp(a, "user_version") ||
			     !strcmp(a, "application_id"))
			       ? SQLITE_OK
			       : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int first_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;
	int n = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		return -1;
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

int query_open(struct sqlite3 **ret_db, const char *path, struct error *err)
{
	sqlite3 *db;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL)) {
		error_set(err, EIO, "%s: %s", path, sqlite3_errmsg(db));
		sqlite3_close(db);
		return -1;
	}
	if (first_number(db, "PRAGMA application_id") != APPLICATION_ID) {
		sqlite3_close(db);
		return error_set(err, ERROR_FORMAT,
				 "%s: not a database that spoor load made",
				 path);
	}
	sqlite3_set_authorizer(db, deny_writes, NULL);
	*ret_db = db;
	return 0;
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static int is_too_late(void *user)
{
	const uint64_t *deadline = user;

	return now_ms() > *deadline;
}

/* A cell without what could steer a terminal. */
static void put_safe(struct buffer *b, const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c < 32 || *c == 127)
			buffer_printf(b, "\\x%02x", *c);
		else if (*c == 0xe2 && c[1] == 0x80 && c[2] >= 0xaa &&
			 c[2] <= 0xae)
			buffer_printf(b, "?"), c += 2;
		else
			buffer_u8(b, *c);
	}
}

static char *cell_text(sqlite3_stmt *s, int i, struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(s, i);
	struct buffer b = { 0 };
	char *out;

	put_safe(&b, text ? text : "");
	out = arena_copy(arena, b.data, b.len);
	buffer_free(&b);
	return out;
}

/* Characters, not bytes: continuation bytes of UTF-8 do not count. */
static unsigned shown_len(const char *text)
{
	unsigned n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static void put_padded(FILE *out, const char *text, unsigned width, bool last)
{
	unsigned n = 0;

	for (; *text && (n < width || (*text & 0xc0) == 0x80); text++) {
		fputc(*text, out);
		n += (*text & 0xc0) != 0x80;
	}
	for (; n < width && !last; n++)
		fputc(' ', out);
}

/* The first rows of an answer, kept to find how wide columns must be. */
struct rows {
	struct arena arena;
	char **cells;
	size_t count, capacity;
	int columns;
	unsigned widths[COLUMNS_MAX];
};

static void keep_row(struct rows *r, sqlite3_stmt *s, bool is_head)
{
	r->cells = mem_grow(r->cells, &r->capacity,
			    r->count + (size_t)r->columns, sizeof(*r->cells));
	for (int i = 0; i < r->columns; i++) {
		char *text = is_head ? arena_strdup(&r->arena,
						    sqlite3_column_name(s, i))
				     : cell_text(s, i, &r->arena);
		unsigned n = shown_len(text);

		if (n > r->widths[i])
			r->widths[i] = n;
		r->cells[r->count++] = text;
	}
}

/* Narrows the widest columns until a line fits. */
static void fit(struct rows *r, unsigned width)
{
	for (;;) {
		unsigned sum = 2 * (unsigned)r->columns;
		int widest = 0;

		for (int i = 0; i < r->columns; i++) {
			sum += r->widths[i];
			if (r->widths[i] > r->widths[widest])
				widest = i;
		}
		if (!width || sum <= width || r->widths[widest] <= CELL_MIN)
			return;
		r->widths[widest]--;
	}
}

static void flush_rows(struct rows *r, FILE *out)
{
	for (size_t i = 0; i < r->count; i++) {
		int column = (int)(i % (size_t)r->columns);
		bool last = column == r->columns - 1;

		put_padded(out, r->cells[i], r->widths[column], last);
		fputs(last ? "\n" : "  ", out);
	}
	r->count = 0;
	arena_reset(&r->arena);
}

static int print_table(sqlite3_stmt *s, unsigned width, FILE *out)
{
	struct rows r = { .columns = sqlite3_column_count(s) };
	size_t limit = ROWS_SEEN;
	bool fitted = false;
	int code;

	if (r.columns > COLUMNS_MAX)
		r.columns = COLUMNS_MAX;
	keep_row(&r, s, true);
	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		keep_row(&r, s, false);
		if (r.count < limit * (size_t)r.columns)
			continue;
		if (!fitted)
			fit(&r, width);
		fitted = true;
		flush_rows(&r, out);
	}
	if (!fitted)
		fit(&r, width);
	flush_rows(&r, out);
	arena_free(&r.arena);
	free(r.cells);
	return code;
}

static void put_csv(const char *text, FILE *out)
{
	if (!strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static int print_csv(sqlite3_stmt *s, FILE *out)
{
	int n = sqlite3_column_count(s);
	int code;

	for (int i = 0; i < n; i++) {
		put_csv(sqlite3_column_name(s, i), out);
		fputs(i + 1 < n ? "," : "\r\n", out);
	}
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		for (int i = 0; i < n; i++) {
			const char *t = (const char *)sqlite3_column_text(s, i);

			put_csv(t ? t : "", out);
			fputs(i + 1 < n ? "," : "\r\n", out);
		}
	return code;
}

static void put_json(struct buffer *b, const char *text)
{
	buffer_u8(b, '"');
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\')
			buffer_printf(b, "\\%c", *c);
		else if (*c < 32)
			buffer_printf(b, "\\u%04x", *c);
		else
			buffer_u8(b, *c);
	}
	buffer_u8(b, '"');
}

static void put_json_cell(struct buffer *b, sqlite3_stmt *s, int i)
{
	switch (sqlite3_column_type(s, i)) {
	case SQLITE_NULL:
		buffer_printf(b, "null");
		break;
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		buffer_printf(b, "%s", sqlite3_column_text(s, i));
		break;
	default:
		put_json(b, (const char *)sqlite3_column_text(s, i));
		break;
	}
}

static int print_json(sqlite3_stmt *s, FILE *out)
{
	int n = sqlite3_column_count(s);
	const char *before = "[";
	int code;

	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		struct buffer b = { 0 };

		for (int i = 0; i < n; i++) {
			buffer_printf(&b, i ? "," : "{");
			put_json(&b, sqlite3_column_name(s, i));
			buffer_u8(&b, ':');
			put_json_cell(&b, s, i);
		}
		fprintf(out, "%s%.*s}", before, (int)b.len, (char *)b.data);
		before = ",\n";
		buffer_free(&b);
	}
	fputs(*before == '[' ? "[]\n" : "]\n", out);
	return code;
}

int query_run(struct sqlite3 *db, const char *sql,
	      const struct query_options *options, FILE *out, struct error *err)
{
	uint64_t deadline = now_ms() + options->timeout_ms;

	if (options->timeout_ms)
		sqlite3_progress_handler(db, STEPS_PER_CHECK, is_too_late,
					 &deadline);
	while (*sql) {
		sqlite3_stmt *s = NULL;
		int code = SQLITE_DONE;

		if (sqlite3_prepare_v2(db, sql, -1, &s, &sql))
			return error_set(err, ERROR_SYNTAX, "%s",
					 sqlite3_errmsg(db));
		if (s && options->format == ROWS_CSV)
			code = print_csv(s, out);
		else if (s && options->format == ROWS_JSON)
			code = print_json(s, out);
		else if (s)
			code = print_table(s, options->width, out);
		sqlite3_finalize(s);
		if (code == SQLITE_INTERRUPT)
			return error_set(err, ETIMEDOUT,
					 "the query took longer than %u ms",
					 options->timeout_ms);
		if (code != SQLITE_DONE)
			return error_set(err, EIO, "%s", sqlite3_errmsg(db));
	}
	return 0;
}
