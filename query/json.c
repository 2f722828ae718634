/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows as JSON that is safe inside a page; see json.h. */
#include "query/json.h"

#include <math.h>
#include <sqlite3.h>

#include "query/safe.h"

/* Outside the first plane a character has two escapes. */
static void put_escape(struct buffer *out, uint32_t c)
{
	if (c < 0x10000) {
		buffer_printf(out, "\\u%04x", c);
		return;
	}
	c -= 0x10000;
	buffer_printf(out, "\\u%04x\\u%04x", 0xd800 + (c >> 10),
		      0xdc00 + (c & 0x3ff));
}

/* The first character of text; returns its bytes. */
static size_t put_character(struct buffer *out, struct bytes text)
{
	uint32_t c;
	size_t len = safe_decode(text, &c);

	if (!len) {
		buffer_printf(out, "\\\\x%02x", *text.data);
		return 1;
	}
	if (c == '"' || c == '\\')
		buffer_printf(out, "\\%c", (char)c);
	else if (safe_is_hidden(c) || c == '<' || c == '>' || c == '&')
		put_escape(out, c);
	else
		buffer_put(out, text.data, len);
	return len;
}

void json_put_text(struct buffer *out, struct bytes text, size_t max)
{
	size_t at = 0;

	buffer_u8(out, '"');
	while (at < text.len && (!max || at < max))
		at += put_character(
			out, (struct bytes){ text.data + at, text.len - at });
	if (at < text.len)
		buffer_printf(out, " \xe2\x80\xa6 (%zu bytes more)",
			      text.len - at);
	buffer_u8(out, '"');
}

static void put_blob(struct buffer *out, struct bytes data)
{
	buffer_u8(out, '"');
	buffer_base64(out, data.data, data.len);
	buffer_u8(out, '"');
}

void json_put_column(struct buffer *out, struct sqlite3_stmt *s, int i,
		     size_t max)
{
	int type = sqlite3_column_type(s, i);
	struct bytes text = { .data = sqlite3_column_blob(s, i),
			      .len = (size_t)sqlite3_column_bytes(s, i) };

	if (type == SQLITE_NULL ||
	    (type == SQLITE_FLOAT && !isfinite(sqlite3_column_double(s, i))))
		buffer_printf(out, "null");
	else if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
		buffer_put(out, text.data, text.len);
	else if (type == SQLITE_BLOB)
		put_blob(out, text);
	else
		json_put_text(out, text, max);
}
