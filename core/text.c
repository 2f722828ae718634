/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 and escapes for terminals, JSON and CSV; see text.h. */
#include "core/text.h"

/* A range of characters. */
struct range {
	uint32_t first, last;
};

/* clang-format off */
/* Controls, and what is invisible or changes the order of what is shown. */
static const struct range hidden[] = {
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

/*
 * First bytes of multi-byte characters: how many bytes follow, and the limits
 * of the second byte (the Unicode standard, table 3-7).
 */
static const struct lead {
	uint8_t first, last, more, low, high;
} leads[] = {
	{ 0xc2, 0xdf, 1, 0x80, 0xbf }, { 0xe0, 0xe0, 2, 0xa0, 0xbf },
	{ 0xe1, 0xec, 2, 0x80, 0xbf }, { 0xed, 0xed, 2, 0x80, 0x9f },
	{ 0xee, 0xef, 2, 0x80, 0xbf }, { 0xf0, 0xf0, 3, 0x90, 0xbf },
	{ 0xf1, 0xf3, 3, 0x80, 0xbf }, { 0xf4, 0xf4, 3, 0x80, 0x8f },
};
/* clang-format on */

#define COUNT(table)	(sizeof(table) / sizeof((table)[0]))
#define IS_IN(c, table) is_in(c, table, COUNT(table))

static bool is_in(uint32_t c, const struct range *table, size_t count)
{
	for (size_t i = 0; i < count && c >= table[i].first; i++)
		if (c <= table[i].last)
			return true;
	return false;
}

size_t text_decode(struct bytes text, uint32_t *ret_char)
{
	uint8_t first = text.data[0];
	const struct lead *lead = leads;
	uint32_t c;
	size_t i;

	*ret_char = first;
	if (first < 0x80)
		return 1;
	while (lead < leads + COUNT(leads) && first > lead->last)
		lead++;
	*ret_char = TEXT_INVALID;
	if (lead == leads + COUNT(leads) || first < lead->first)
		return 1;
	c = first & (0x3fu >> lead->more);
	for (i = 1; i <= lead->more && i < text.len; i++) {
		uint8_t byte = text.data[i];

		if (byte < (i == 1 ? lead->low : 0x80) ||
		    byte > (i == 1 ? lead->high : 0xbf))
			return i;
		c = c << 6 | (byte & 0x3f);
	}
	if (i > lead->more)
		*ret_char = c;
	return i;
}

static bool text_is_hidden(uint32_t c)
{
	return IS_IN(c, hidden);
}

unsigned text_width(struct bytes text, size_t *ret_len)
{
	uint32_t c;

	*ret_len = text_decode(text, &c);
	if (c != TEXT_INVALID)
		return IS_IN(c, combining) ? 0 : IS_IN(c, wide) ? 2 : 1;
	*ret_len = 1;
	return 1;
}

static const uint64_t ones = 0x0101010101010101;

/*
 * Does the word contain this byte?  False positives only with bytes over 0x7f.
 */
static inline uint64_t has_byte(uint64_t word, char byte)
{
	uint64_t rest = word ^ (uint8_t)byte * ones;

	return (rest - ones) & 0x80 * ones;
}

/* Has the word only printable ASCII, and none of the special characters? */
static inline bool is_plain_word(uint64_t word, const char *special)
{
	uint64_t other = word | (word - 0x20 * ones) | has_byte(word, 0x7f);

	for (; *special; special++)
		other |= has_byte(word, *special);
	return !(other & 0x80 * ones);
}

static inline bool is_plain(uint8_t c, const char *special)
{
	if (c < 0x20 || c >= 0x7f)
		return false;
	while (*special && (uint8_t)*special != c)
		special++;
	return !*special;
}

/* The number of plain bytes at the start of text. */
static inline size_t plain_len(const uint8_t *text, size_t len,
			       const char *special)
{
	size_t i = 0;

	while (i + 8 <= len && is_plain_word(load_u64(text + i), special))
		i += 8;
	while (i < len && is_plain(text[i], special))
		i++;
	return i;
}

static void put_bytes(struct buffer *out, const char *escape,
		      struct bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		buffer_printf(out, "%sx%02x", escape, bytes.data[i]);
}

static void put_escape(struct buffer *out, uint32_t c)
{
	if (c == '\n' || c == '\t' || c == '\r')
		buffer_printf(out, "\\%c",
			      c == '\n'	  ? 'n'
			      : c == '\t' ? 't'
					  : 'r');
	else
		buffer_printf(out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
}

/*
 * Appends the first character, which is not plain; returns its length in
 * bytes.
 */
static size_t put_shown(struct buffer *out, struct bytes text)
{
	uint32_t c;
	size_t len = text_decode(text, &c);

	if (c == TEXT_INVALID)
		put_bytes(out, "\\", (struct bytes){ text.data, len });
	else if (text_is_hidden(c))
		put_escape(out, c);
	else
		buffer_put(out, text.data, len);
	return len;
}

/*
 * Appends text; characters that are not plain become escapes, except those in
 * kept.
 */
static void put_all(struct buffer *out, struct bytes text, const char *kept)
{
	size_t at = 0;

	while (at < text.len) {
		const uint8_t *rest = text.data + at;
		size_t len = plain_len(rest, text.len - at, "");

		if (!len && *rest && strchr(kept, *rest))
			len = 1;
		if (len)
			buffer_put(out, rest, len);
		else
			len = put_shown(out,
					(struct bytes){ rest, text.len - at });
		at += len;
	}
}

void text_put(struct buffer *out, const void *data, size_t len)
{
	put_all(out, (struct bytes){ data, len }, "");
}

void text_put_lines(struct buffer *out, const void *data, size_t len)
{
	put_all(out, (struct bytes){ data, len }, "\n\t");
}

/*
 * Appends the JSON escape of a character: two escapes beyond the first plane.
 */
static void put_json_escape(struct buffer *out, uint32_t c)
{
	static const char letters[] = "btn\0fr";

	if (c == '"' || c == '\\') {
		buffer_printf(out, "\\%c", (char)c);
	} else if (c >= '\b' && c <= '\r' && letters[c - '\b']) {
		buffer_printf(out, "\\%c", letters[c - '\b']);
	} else if (c < 0x10000) {
		buffer_printf(out, "\\u%04x", c);
	} else {
		c -= 0x10000;
		buffer_printf(out, "\\u%04x\\u%04x", 0xd800 + (c >> 10),
			      0xdc00 + (c & 0x3ff));
	}
}

/* Appends the first character of text; returns its length in bytes. */
static size_t put_json_char(struct buffer *out, struct bytes text,
			    unsigned flags)
{
	uint32_t c;
	size_t len = text_decode(text, &c);

	if (c == TEXT_INVALID && flags & TEXT_JSON_BYTES)
		put_bytes(out, "\\\\", (struct bytes){ text.data, len });
	else if (c == TEXT_INVALID)
		buffer_put(out, "\xef\xbf\xbd", 3);
	else if (c == '"' || c == '\\' || text_is_hidden(c) ||
		 (flags & TEXT_JSON_PAGE && (c == '<' || c == '>' || c == '&')))
		put_json_escape(out, c);
	else
		buffer_put(out, text.data, len);
	return len;
}

/* The number of bytes at the start of text that need no escape. */
static size_t json_plain_len(const uint8_t *text, size_t len, unsigned flags)
{
	return flags & TEXT_JSON_PAGE ? plain_len(text, len, "\"\\<>&")
				      : plain_len(text, len, "\"\\");
}

void text_put_json_body(struct buffer *out, const void *data, size_t len,
			unsigned flags)
{
	const uint8_t *text = data;
	size_t at = 0;

	while (at < len) {
		size_t plain = json_plain_len(text + at, len - at, flags);

		buffer_put(out, text + at, plain);
		at += plain;
		if (at < len)
			at += put_json_char(
				out, (struct bytes){ text + at, len - at },
				flags);
	}
}

void text_put_json(struct buffer *out, const void *data, size_t len)
{
	buffer_u8(out, '"');
	text_put_json_body(out, data, len, TEXT_JSON);
	buffer_u8(out, '"');
}

void text_put_csv(struct buffer *out, const void *data, size_t len)
{
	const char *text = data;
	bool is_plain = len > 0;

	for (size_t i = 0; i < len && is_plain; i++)
		is_plain = text[i] != ',' && text[i] != '"' &&
			   text[i] != '\r' && text[i] != '\n';
	if (is_plain) {
		buffer_put(out, text, len);
		return;
	}
	buffer_u8(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			buffer_u8(out, '"');
		buffer_u8(out, (uint8_t)text[i]);
	}
	buffer_u8(out, '"');
}
