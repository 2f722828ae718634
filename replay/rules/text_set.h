/* SPDX-License-Identifier: Apache-2.0 */
/* A set of byte strings, built once and asked for every event: `in (...)'. */
#ifndef SPOOR_REPLAY_RULES_TEXT_SET_H
#define SPOOR_REPLAY_RULES_TEXT_SET_H

#include "replay/rules/rules.h"

struct text_slot {
	const char *data; /* NULL: free */
	uint32_t len, hash;
};

struct text_set {
	uint64_t lens; /* bit n: a member of n bytes; 63: or longer */
	uint32_t mask;
	struct text_slot *slots;
};

/* The arena holds the slots; the members are borrowed. */
void text_set_build(struct text_set *set, const struct value *members,
		    uint32_t count, struct arena *arena);

bool text_set_has(const struct text_set *set, const char *data, uint32_t len);

#endif
