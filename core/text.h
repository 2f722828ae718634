/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Output of untrusted text.  File names, arguments and the like are chosen by
 * attackers: printed as they are, they could control a terminal, forge lines,
 * and hide or reorder what is shown.  All commands follow one policy:
 *
 *   lines and tables  printable characters are unchanged; \n, \t and \r are
 *                     shown as such, other controls below U+0080 as \x1b,
 *                     hidden characters (C1 controls, marks that reorder
 *                     text, line separators, zero-width characters) as
 *                     \u202e, and invalid UTF-8 bytes as \x9b.  A backslash
 *                     is unchanged: JSON distinguishes "\n" from a newline.
 *   JSON              the same characters as JSON escapes, so that the value
 *                     is unchanged; the output is always valid UTF-8.
 *   CSV               RFC 4180: values are unchanged, except on a terminal,
 *                     where they are shown as in tables.
 */
#ifndef SPOOR_CORE_TEXT_H
#define SPOOR_CORE_TEXT_H

#include "core/bytes.h"

/* Result of text_decode for bytes that are not UTF-8. */
#define TEXT_INVALID UINT32_MAX

/*
 * Decodes the first character of text (len > 0) and returns its length in
 * bytes.  For invalid UTF-8, *ret_char is TEXT_INVALID and the length that of
 * the part which one U+FFFD replaces (Unicode, "maximal subpart").
 */
size_t text_decode(struct bytes text, uint32_t *ret_char);

/* The terminal columns of the first character of text; *ret_len: its bytes. */
unsigned text_width(struct bytes text, size_t *ret_len);

/* Appends text for one line: hidden characters become escapes. */
void text_put(struct buffer *out, const void *data, size_t len);

/* Like text_put, for text of several lines: \n and \t are unchanged. */
void text_put_lines(struct buffer *out, const void *data, size_t len);

enum text_json {
	TEXT_JSON = 0,
	/* An invalid byte becomes \xNN instead of U+FFFD. */
	TEXT_JSON_BYTES = 1,
	/* <, > and & are escaped: they could end a script element. */
	TEXT_JSON_PAGE = 2
};

/* Appends text as a JSON string with its quotes, as TEXT_JSON. */
void text_put_json(struct buffer *out, const void *data, size_t len);

/* Appends a JSON string without its quotes; flags: bits of enum text_json. */
void text_put_json_body(struct buffer *out, const void *data, size_t len,
			unsigned flags);

/* Appends a CSV field, quoted where RFC 4180 requires it or if it is empty. */
void text_put_csv(struct buffer *out, const void *data, size_t len);

#endif
