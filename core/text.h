/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text of strangers on its way out.  File names, arguments and the like are
 * chosen by attackers: they may steer a terminal, forge lines, hide or reorder
 * what is shown.  All commands print them by one policy:
 *
 *   lines and tables  printable characters stay as they are; \n, \t and \r are
 *                     shown so, other controls below U+0080 as \x1b, hidden
 *                     characters (C1 controls, marks that reorder text, line
 *                     separators, those without width) as \u202e, and bytes
 *                     that are not UTF-8 as \x9b.  A backslash stays: JSON
 *                     tells "\n" from a newline.
 *   JSON              the same characters as JSON's escapes, so that the value
 *                     is unchanged; the output is always UTF-8.
 *   CSV               as RFC 4180: values unchanged; as above on a terminal.
 */
#ifndef SPOOR_CORE_TEXT_H
#define SPOOR_CORE_TEXT_H

#include "core/bytes.h"

/* What text_decode gives for bytes that are not UTF-8. */
#define TEXT_INVALID UINT32_MAX

/*
 * The first character of text (len > 0).  Returns its length in bytes; for
 * bytes that are not UTF-8, *ret_char is TEXT_INVALID and the length that of
 * the part which one U+FFFD replaces (Unicode, "maximal subpart").
 */
size_t text_decode(struct bytes text, uint32_t *ret_char);

/* Terminal columns of the next character of text, and *ret_len its bytes. */
unsigned text_width(struct bytes text, size_t *ret_len);

/* Appends text for a line: what is not plain becomes an escape. */
void text_put(struct buffer *out, const void *data, size_t len);

/* The same for text of several lines: \n and \t stay. */
void text_put_lines(struct buffer *out, const void *data, size_t len);

enum text_json {
	TEXT_JSON = 0,
	/* A byte that is not UTF-8 becomes \xNN in place of U+FFFD. */
	TEXT_JSON_BYTES = 1,
	/* No <, > or &, which could end the script element of a page. */
	TEXT_JSON_PAGE = 2
};

/* Appends text as a JSON string, as TEXT_JSON. */
void text_put_json(struct buffer *out, const void *data, size_t len);

/* What stands between the quotes; flags: bits of enum text_json. */
void text_put_json_body(struct buffer *out, const void *data, size_t len,
			unsigned flags);

/* Appends a field of CSV, quoted where RFC 4180 wants it, or empty. */
void text_put_csv(struct buffer *out, const void *data, size_t len);

#endif
