/* SPDX-License-Identifier: Apache-2.0 */
/* Escapes for terminals; see safe.h. */
#include "query/safe.h"

/* A range of characters. */
struct range {
	uint32_t first, last;
};

/* clang-format off */
/* Controls, and what is invisible or changes the order of what is shown. */
static const struct range unsafe[] = {
	{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c },
	{ 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
	{ 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
	{ 0xe0000, 0xe0fff },
};

static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd },
};

static const struct range combining[] = {
	{ 0x300, 0x36f }, { 0x483, 0x489 }, { 0x591, 0x5bd },
	{ 0x610, 0x61a }, { 0x64b, 0x65f }, { 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f },
};
/* clang-format on */

#define IS_IN(c, table) is_in(c, table, sizeof(table) / sizeof((table)[0]))

static bool is_in(uint32_t c, const struct range *table, size_t count)
{
	for (size_t i = 0; i < count && c >= table[i].first; i++)
		if (c <= table[i].last)
			return true;
	return false;
}

size_t safe_decode(struct bytes text, uint32_t *ret_char)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = text.data[0];
	size_t len = first < 0x80	  ? 1
		     : first >> 5 == 0x6  ? 2
		     : first >> 4 == 0xe  ? 3
		     : first >> 3 == 0x1e ? 4
					  : 0;
	uint32_t c = len == 1 ? first : first & (0x7fu >> len);

	if (!len || len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (text.data[i] >> 6 != 2)
			return 0;
		c = c << 6 | (text.data[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*ret_char = c;
	return len;
}

bool safe_is_hidden(uint32_t c)
{
	return IS_IN(c, unsafe);
}

static void skip(struct bytes *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

static void put_escape(struct buffer *out, uint32_t c)
{
	switch (c) {
	case '\n':
		buffer_printf(out, "\\n");
		break;
	case '\t':
		buffer_printf(out, "\\t");
		break;
	case '\r':
		buffer_printf(out, "\\r");
		break;
	default:
		buffer_printf(out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
		break;
	}
}

void safe_put(struct buffer *out, struct bytes text)
{
	while (text.len) {
		uint32_t c;
		size_t len = safe_decode(text, &c);

		if (!len) {
			buffer_printf(out, "\\x%02x", text.data[0]);
			len = 1;
		} else if (safe_is_hidden(c)) {
			put_escape(out, c);
		} else {
			buffer_put(out, text.data, len);
		}
		skip(&text, len);
	}
}

unsigned safe_width(struct bytes text, size_t *ret_len)
{
	uint32_t c;

	*ret_len = safe_decode(text, &c);
	if (!*ret_len) {
		*ret_len = 1;
		return 1;
	}
	return IS_IN(c, combining) ? 0 : IS_IN(c, wide) ? 2 : 1;
}
