/* SPDX-License-Identifier: Apache-2.0 */
/* --help from rows: names in one column, text wrapped in another. */
#include <string.h>

#include "cmd/options.h"
#include "core/bytes.h"

/* Longer names have their text on the lines below. */
enum { COLUMN_MAX = 25, WIDTH = 79 };

/* "  -o, -w, --output FILE" */
static void put_names(struct buffer *b, const struct option_row *r)
{
	const char *before = "  ";

	for (const char *k = r->letters; k && *k; k++, before = ", ")
		buffer_printf(b, "%s-%c", before, *k);
	if (r->name)
		buffer_printf(b, "%s--%s", before, r->name);
	if (r->argument)
		buffer_printf(b, " %s", r->argument);
	buffer_u8(b, '\0');
	b->len--;
}

/* The column where help texts begin. */
static size_t column_of(const struct command *c)
{
	const struct option_row *r;
	struct buffer b = { 0 };
	size_t column = 0;

	for (unsigned i = 0; (r = options_row(c, i)); i++) {
		b.len = 0;
		put_names(&b, r);
		if (r->help && b.len + 2 > column && b.len + 2 <= COLUMN_MAX)
			column = b.len + 2;
	}
	buffer_free(&b);
	return column;
}

void options_wrap(struct buffer *b, const char *text, size_t used,
		  size_t column)
{
	while (*text) {
		size_t blanks = strspn(text, " ");
		size_t len = strcspn(text + blanks, " ");

		if (used > column && used + blanks + len > WIDTH) {
			buffer_u8(b, '\n');
			used = 0;
		}
		if (used < column) {
			buffer_printf(b, "%*s", (int)(column - used), "");
			used = column;
			text += blanks;
			blanks = 0;
		}
		buffer_put(b, text, blanks + len);
		used += blanks + len;
		text += blanks + len;
	}
	buffer_u8(b, '\n');
}

static void put_row(FILE *out, const struct option_row *r, size_t column)
{
	struct buffer names = { 0 }, text = { 0 };
	size_t used;

	put_names(&names, r);
	buffer_printf(&text, "%s", r->help);
	if (r->fallback)
		buffer_printf(&text, " (default: %s)", r->fallback);
	buffer_u8(&text, '\0');
	used = names.len;
	if (used + 2 > column) {
		buffer_u8(&names, '\n');
		used = 0;
	}
	options_wrap(&names, (char *)text.data, used, column);
	fwrite(names.data, 1, names.len, out);
	buffer_free(&names);
	buffer_free(&text);
}

void options_help(const struct command *c, FILE *out)
{
	const struct option_row *r;
	size_t column = column_of(c);

	fprintf(out, "usage: %s\n%s\n", c->usage, c->about);
	for (unsigned i = 0; (r = options_row(c, i)); i++)
		if (r->help)
			put_row(out, r, column);
	if (c->notes)
		fprintf(out, "\n%s", c->notes);
	if (c->more_help)
		c->more_help(out);
}
