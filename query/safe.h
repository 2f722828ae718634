/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text of strangers on its way out: file names and arguments are chosen by
 * attackers, and may steer a terminal or lie about their order.
 */
#ifndef SPOOR_QUERY_SAFE_H
#define SPOOR_QUERY_SAFE_H

#include "core/bytes.h"

/*
 * Appends text for a terminal: controls, invalid UTF-8 and characters that
 * are invisible or reorder others become escapes (\n, \x1b, \u202e).
 */
void safe_put(struct buffer *out, struct bytes text);

/* Columns that the next character of text takes, and *ret_len its bytes. */
unsigned safe_width(struct bytes text, size_t *ret_len);

/* The first character of text, and its bytes; 0 bytes: it is no UTF-8. */
size_t safe_decode(struct bytes text, uint32_t *ret_char);

/* Is it a control, invisible, or does it change the order of others? */
bool safe_is_hidden(uint32_t character);

#endif
