/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints a table: the first rows determine the widths of the columns; then
 * rows are printed as they come, so that memory does not grow with the answer.
 */
#include "query/table.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/text.h"

enum {
	ROWS_SEEN = 500,
	BYTES_SEEN = 1 << 20,
	CELL_MIN = 4,
	GAP = 2,
	BLOB_SHOWN = 32
};

struct table_cell {
	struct bytes text;
	unsigned width;
	bool is_number;
};

/* Rows kept. */
struct table {
	struct arena arena;
	struct table_cell *cells;
	size_t count, capacity, bytes;
	unsigned columns;
	unsigned *widths;
	bool fitted;
};

void table_cell(struct buffer *out, sqlite3_stmt *s, int i)
{
	struct bytes data = { NULL, 0 };

	if (sqlite3_column_type(s, i) == SQLITE_NULL) {
		buffer_printf(out, "NULL");
		return;
	}
	data.data = sqlite3_column_blob(s, i);
	data.len = (size_t)sqlite3_column_bytes(s, i);
	if (sqlite3_column_type(s, i) == SQLITE_BLOB) {
		buffer_printf(out, "x'");
		for (size_t b = 0; b < data.len && b < BLOB_SHOWN; b++)
			buffer_printf(out, "%02x", data.data[b]);
		buffer_printf(out, data.len > BLOB_SHOWN ? "...'" : "'");
	} else if (data.len == 4 && !memcmp(data.data, "NULL", 4)) {
		buffer_printf(out, "'NULL'");
	} else {
		text_put(out, data.data, data.len);
	}
}

static unsigned width_of(struct bytes text)
{
	unsigned width = 0;
	size_t len;

	for (; text.len; text.data += len, text.len -= len)
		width += text_width(text, &len);
	return width;
}

/* Adds a cell with the text of the buffer, which is emptied. */
static void add_cell(struct table *t, struct buffer *b, bool is_number)
{
	unsigned column = (unsigned)(t->count % t->columns);
	struct table_cell cell = { .is_number = is_number };

	cell.text.data = (uint8_t *)arena_copy(&t->arena, b->data, b->len);
	cell.text.len = b->len;
	cell.width = width_of(cell.text);
	if (!t->fitted && cell.width > t->widths[column])
		t->widths[column] = cell.width;
	t->cells = mem_grow(t->cells, &t->capacity, t->count + 1,
			    sizeof(*t->cells));
	t->cells[t->count++] = cell;
	t->bytes += b->len;
	b->len = 0;
}

static void add_head(struct table *t, sqlite3_stmt *s)
{
	struct buffer b = { 0 };

	for (unsigned i = 0; i < t->columns; i++) {
		const char *name = sqlite3_column_name(s, (int)i);

		text_put(&b, name, strlen(name));
		add_cell(t, &b, false);
	}
	buffer_free(&b);
}

static void add_row(struct table *t, sqlite3_stmt *s)
{
	struct buffer b = { 0 };

	for (unsigned i = 0; i < t->columns; i++) {
		int type = sqlite3_column_type(s, (int)i);

		table_cell(&b, s, (int)i);
		add_cell(t, &b, type == SQLITE_INTEGER || type == SQLITE_FLOAT);
	}
	buffer_free(&b);
}

/* Narrows the widest columns until a line fits. */
static void fit(struct table *t, unsigned width)
{
	unsigned sum = 0, widest;

	t->fitted = true;
	for (unsigned i = 0; i < t->columns; i++)
		sum += t->widths[i] + (i ? GAP : 0);
	while (width && sum > width) {
		widest = 0;
		for (unsigned i = 1; i < t->columns; i++)
			if (t->widths[i] > t->widths[widest])
				widest = i;
		if (t->widths[widest] <= CELL_MIN)
			return;
		t->widths[widest]--;
		sum--;
	}
}

static void put_spaces(unsigned n, FILE *out)
{
	fprintf(out, "%*s", (int)n, "");
}

/* Prints a cell; a text that does not fit ends with an ellipsis. */
static void put_cell(const struct table_cell *c, unsigned width, bool cut,
		     FILE *out)
{
	struct bytes rest = c->text;
	unsigned used = 0;
	size_t len;

	if (!cut || c->width <= width) {
		fwrite(c->text.data, 1, c->text.len, out);
		return;
	}
	while (rest.len) {
		unsigned n = text_width(rest, &len);

		if (used + n > width - 1)
			break;
		used += n;
		rest.data += len;
		rest.len -= len;
	}
	fwrite(c->text.data, 1, c->text.len - rest.len, out);
	fputs("\xe2\x80\xa6", out);
	if (used + 1 < width)
		put_spaces(width - 1 - used, out);
}

static void put_line(const struct table *t, const struct table_cell *cells,
		     const struct rows_options *o)
{
	for (unsigned i = 0; i < t->columns; i++) {
		const struct table_cell *c = &cells[i];
		unsigned width = t->widths[i];
		unsigned pad = c->width < width ? width - c->width : 0;

		if (i)
			put_spaces(GAP, o->out);
		if (c->is_number)
			put_spaces(pad, o->out);
		put_cell(c, width, o->width > 0, o->out);
		if (!c->is_number && i + 1 < t->columns)
			put_spaces(pad, o->out);
	}
	fputc('\n', o->out);
}

static void flush(struct table *t, const struct rows_options *o)
{
	if (!t->fitted)
		fit(t, o->width);
	for (size_t i = 0; i < t->count; i += t->columns)
		put_line(t, t->cells + i, o);
	t->count = 0;
	t->bytes = 0;
	arena_reset(&t->arena);
}

int table_print(sqlite3_stmt *s, const struct rows_options *o, uint64_t *rows)
{
	struct table t = { .columns = (unsigned)sqlite3_column_count(s) };
	int code;

	t.widths = mem_zalloc((t.columns + 1) * sizeof(*t.widths));
	if (t.columns)
		add_head(&t, s);
	while ((code = sqlite3_step(s)) == SQLITE_ROW && !ferror(o->out)) {
		if (o->row_limit && *rows == o->row_limit)
			break;
		add_row(&t, s);
		++*rows;
		if (t.count >= (size_t)ROWS_SEEN * t.columns ||
		    t.bytes >= BYTES_SEEN)
			flush(&t, o);
	}
	flush(&t, o);
	arena_free(&t.arena);
	free(t.cells);
	free(t.widths);
	return code;
}
