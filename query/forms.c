/* SPDX-License-Identifier: Apache-2.0 */
/* Output formats of rows, except the table (table.c); see forms.h. */
#include "query/forms.h"

#include <sqlite3.h>
#include <string.h>

#include "core/text.h"
#include "query/json.h"
#include "query/table.h"

/*
 * Steps to the next row, unless the limit is reached: *ret_code is SQLITE_ROW
 * in both cases.
 */
static bool next_row(sqlite3_stmt *s, const struct rows_options *o,
		     uint64_t *rows, int *ret_code)
{
	if (ferror(o->out)) {
		*ret_code = SQLITE_DONE;
		return false;
	}
	*ret_code = sqlite3_step(s);
	if (*ret_code != SQLITE_ROW || (o->row_limit && *rows == o->row_limit))
		return false;
	++*rows;
	return true;
}

static struct bytes column_bytes(sqlite3_stmt *s, int i)
{
	const void *data = sqlite3_column_blob(s, i);

	return (struct bytes){ data, (size_t)sqlite3_column_bytes(s, i) };
}

static struct bytes name_bytes(sqlite3_stmt *s, int i)
{
	const char *name = sqlite3_column_name(s, i);

	return (struct bytes){ (const uint8_t *)name, strlen(name) };
}

static void put_hex(struct buffer *b, struct bytes blob)
{
	for (size_t i = 0; i < blob.len; i++)
		buffer_printf(b, "%02x", blob.data[i]);
}

/* Writes the buffer and empties it. */
static void flush(struct buffer *b, FILE *out)
{
	fwrite(b->data, 1, b->len, out);
	b->len = 0;
}

/* An empty text is not NULL. */
static void put_csv(struct buffer *b, struct bytes text,
		    const struct rows_options *o)
{
	struct buffer shown = { 0 };

	if (o->is_terminal) {
		text_put(&shown, text.data, text.len);
		text = (struct bytes){ shown.data, shown.len };
	}
	text_put_csv(b, text.data, text.len);
	buffer_free(&shown);
}

static int print_csv(sqlite3_stmt *s, const struct rows_options *o,
		     uint64_t *rows)
{
	int n = sqlite3_column_count(s);
	struct buffer b = { 0 };
	int code;

	for (int i = 0; i < n; i++) {
		put_csv(&b, name_bytes(s, i), o);
		buffer_printf(&b, i + 1 < n ? "," : "\r\n");
	}
	flush(&b, o->out);
	while (next_row(s, o, rows, &code)) {
		for (int i = 0; i < n; i++) {
			int type = sqlite3_column_type(s, i);

			if (type == SQLITE_BLOB)
				put_hex(&b, column_bytes(s, i));
			else if (type != SQLITE_NULL)
				put_csv(&b, column_bytes(s, i), o);
			buffer_printf(&b, i + 1 < n ? "," : "\r\n");
		}
		flush(&b, o->out);
	}
	buffer_free(&b);
	return code;
}

static void put_json_cell(struct buffer *b, sqlite3_stmt *s, int i)
{
	if (sqlite3_column_type(s, i) != SQLITE_BLOB) {
		json_put_column(b, s, i, 0);
		return;
	}
	buffer_u8(b, '"');
	put_hex(b, column_bytes(s, i));
	buffer_u8(b, '"');
}

static void put_json_row(struct buffer *b, sqlite3_stmt *s)
{
	int n = sqlite3_column_count(s);

	buffer_u8(b, '{');
	for (int i = 0; i < n; i++) {
		if (i)
			buffer_u8(b, ',');
		json_put_text(b, name_bytes(s, i), 0);
		buffer_u8(b, ':');
		put_json_cell(b, s, i);
	}
	buffer_u8(b, '}');
}

static int print_json(sqlite3_stmt *s, const struct rows_options *o,
		      uint64_t *rows)
{
	struct buffer b = { 0 };
	const char *before = "[";
	int code;

	while (next_row(s, o, rows, &code)) {
		buffer_printf(&b, "%s", before);
		put_json_row(&b, s);
		before = ",\n";
		flush(&b, o->out);
	}
	fputs(*before == '[' ? "[]\n" : "]\n", o->out);
	buffer_free(&b);
	return code;
}

static int print_jsonl(sqlite3_stmt *s, const struct rows_options *o,
		       uint64_t *rows)
{
	struct buffer b = { 0 };
	int code;

	while (next_row(s, o, rows, &code)) {
		put_json_row(&b, s);
		buffer_u8(&b, '\n');
		flush(&b, o->out);
	}
	buffer_free(&b);
	return code;
}

static int print_line(sqlite3_stmt *s, const struct rows_options *o,
		      uint64_t *rows)
{
	int n = sqlite3_column_count(s), width = 0;
	struct buffer b = { 0 };
	int code;

	for (int i = 0; i < n; i++)
		if ((int)name_bytes(s, i).len > width)
			width = (int)name_bytes(s, i).len;
	while (next_row(s, o, rows, &code)) {
		for (int i = 0; i < n; i++) {
			struct bytes name = name_bytes(s, i);

			buffer_printf(&b, "%*s", width - (int)name.len, "");
			text_put(&b, name.data, name.len);
			buffer_printf(&b, " = ");
			table_cell(&b, s, i);
			buffer_u8(&b, '\n');
		}
		buffer_u8(&b, '\n');
		flush(&b, o->out);
	}
	buffer_free(&b);
	return code;
}

/* Escapes bars, which would begin a new cell. */
static void put_markdown(struct buffer *b, const struct buffer *cell)
{
	buffer_u8(b, ' ');
	for (size_t i = 0; i < cell->len; i++) {
		if (cell->data[i] == '|')
			buffer_u8(b, '\\');
		buffer_u8(b, cell->data[i]);
	}
	buffer_printf(b, " |");
}

static int print_markdown(sqlite3_stmt *s, const struct rows_options *o,
			  uint64_t *rows)
{
	int n = sqlite3_column_count(s);
	struct buffer b = { 0 }, cell = { 0 };
	int code;

	buffer_u8(&b, '|');
	for (int i = 0; i < n; i++, cell.len = 0) {
		struct bytes name = name_bytes(s, i);

		text_put(&cell, name.data, name.len);
		put_markdown(&b, &cell);
	}
	buffer_printf(&b, "\n|");
	for (int i = 0; i < n; i++)
		buffer_printf(&b, "---|");
	buffer_u8(&b, '\n');
	flush(&b, o->out);
	while (next_row(s, o, rows, &code)) {
		buffer_u8(&b, '|');
		for (int i = 0; i < n; i++, cell.len = 0) {
			table_cell(&cell, s, i);
			put_markdown(&b, &cell);
		}
		buffer_u8(&b, '\n');
		flush(&b, o->out);
	}
	buffer_free(&b);
	buffer_free(&cell);
	return code;
}

/* clang-format off */
const struct row_form row_forms[] = {
	{ "table", "columns that fit the terminal", table_print },
	{ "csv", "comma-separated, as RFC 4180", print_csv },
	{ "json", "an array of objects", print_json },
	{ "jsonl", "an object a line", print_jsonl },
	{ "line", "a value a line", print_line },
	{ "markdown", "a table of Markdown", print_markdown },
	{ NULL, NULL, NULL },
};
/* clang-format on */

const struct row_form *row_form_find(const char *name)
{
	for (const struct row_form *f = row_forms; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}
