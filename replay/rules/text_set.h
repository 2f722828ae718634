/* SPDX-License-Identifier: Apache-2.0 */
/* A set of byte strings, built once and queried at every event: `in (...)'. */
#ifndef SPOOR_REPLAY_RULES_TEXT_SET_H
#define SPOOR_REPLAY_RULES_TEXT_SET_H

#include "replay/rules/rules.h"

struct text_slot {
	const char *data; /* NULL: free */
	uint32_t len, hash;
};

struct text_set {
	uint64_t lens; /* bit n: a member has n bytes; bit 63: 63 or more */
	uint32_t mask;
	struct text_slot *slots;
};

/* Builds the set; the slots are in the arena, the members borrowed. */
void text_set_build(struct text_set *set, const struct value *members,
		    uint32_t count, struct arena *arena);

/* Is the byte string in the set? */
bool text_set_has(const struct text_set *set, const char *data, uint32_t len);

#endif
