/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Substring search: looks first for the rarest byte of the shorter text (its
 * pivot), which nearly always decides.
 */
#ifndef SPOOR_REPLAY_RULES_FIND_H
#define SPOOR_REPLAY_RULES_FIND_H

#include "replay/fields/fields.h"

/* The index of the text's rarest byte, ignoring case. */
uint8_t find_pivot(const char *text, uint32_t len);

/*
 * Does a contain b?  b->pivot may be any index of b; it affects only the
 * speed.
 */
bool find_bytes(const struct value *a, const struct value *b);

/* Like find_bytes, ignoring case (ASCII). */
bool find_folded(const struct value *a, const struct value *b);

#endif
