/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows as JSON that is safe inside a page; see json.h. */
#include "query/json.h"

#include <sqlite3.h>

/* Length of the UTF-8 character at p; 0: there is none. */
static size_t character_len(const uint8_t *p, size_t left)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = p[0] < 0x80   ? 1
		     : p[0] < 0xc2 ? 0
		     : p[0] < 0xe0 ? 2
		     : p[0] < 0xf0 ? 3
		     : p[0] < 0xf5 ? 4
				   : 0;
	uint32_t code;

	if (len < 2 || len > left)
		return len > left ? 0 : len;
	code = p[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	if (code < least[len] || (code >= 0xd800 && code < 0xe000) ||
	    code > 0x10ffff)
		return 0;
	return len;
}

static void put_character(struct buffer *out, const uint8_t *p, size_t len)
{
	if (len == 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] & 0xfe) == 0xa8)
		buffer_printf(out, "\\u20%02x", p[2] - 0x80);
	else if (len > 1)
		buffer_put(out, p, len);
	else if (len == 0)
		buffer_printf(out, "\\\\x%02x", *p);
	else if (*p == '"' || *p == '\\')
		buffer_printf(out, "\\%c", *p);
	else if (*p < 32 || *p == 127 || *p == '<' || *p == '>' || *p == '&')
		buffer_printf(out, "\\u%04x", *p);
	else
		buffer_u8(out, *p);
}

void json_put_text(struct buffer *out, struct bytes text, size_t max)
{
	size_t at = 0;

	buffer_u8(out, '"');
	while (at < text.len && (!max || at < max)) {
		size_t len = character_len(text.data + at, text.len - at);

		put_character(out, text.data + at, len);
		at += len ? len : 1;
	}
	if (at < text.len)
		buffer_printf(out, " … (%zu bytes more)", text.len - at);
	buffer_u8(out, '"');
}

void json_put_column(struct buffer *out, struct sqlite3_stmt *s, int i,
		     size_t max)
{
	int type = sqlite3_column_type(s, i);
	struct bytes text = { .data = sqlite3_column_text(s, i),
			      .len = (size_t)sqlite3_column_bytes(s, i) };

	if (type == SQLITE_NULL)
		buffer_printf(out, "null");
	else if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
		buffer_put(out, text.data, text.len);
	else
		json_put_text(out, text, max);
}
