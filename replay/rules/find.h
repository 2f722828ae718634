/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short texts inside others: the rarest byte of the short one (its pivot) is
 * looked for first, which nearly always settles it.
 */
#ifndef SPOOR_REPLAY_RULES_FIND_H
#define SPOOR_REPLAY_RULES_FIND_H

#include "replay/fields/fields.h"

/* Where a text has its rarest byte, whatever its case. */
uint8_t find_pivot(const char *text, uint32_t len);

/* Is b in a?  b->pivot may be any index of b; it only makes it fast. */
bool find_bytes(const struct value *a, const struct value *b);

/* The same, letters in any case (ASCII). */
bool find_folded(const struct value *a, const struct value *b);

#endif
