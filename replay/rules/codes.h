/* SPDX-License-Identifier: Apache-2.0 */
/* The set of event codes that a condition can match, for indexing rules. */
#ifndef SPOOR_REPLAY_RULES_CODES_H
#define SPOOR_REPLAY_RULES_CODES_H

#include "replay/rules/ast.h"

enum { CODE_WORDS = (EVENT_KIND_COUNT + 63) / 64 };

struct code_set {
	uint64_t bits[CODE_WORDS];
};

/* Is the code in the set? */
static inline bool code_set_has(const struct code_set *set, unsigned code)
{
	return set->bits[code / 64] >> (code % 64) & 1;
}

/* Adds a code to the set. */
static inline void code_set_add(struct code_set *set, unsigned code)
{
	set->bits[code / 64] |= 1ull << (code % 64);
}

/* Number of codes in the set. */
unsigned code_set_count(const struct code_set *set);

/* The codes of an event type or syscall name; an empty set if it is unknown. */
struct code_set codes_of_name(const char *name);

/*
 * The codes that a condition can match; its macros must be resolved.  -1 if it
 * compares evt.type with another field, or transforms it.
 */
int codes_of_condition(struct code_set *ret_set, const struct ast *ast,
		       struct error *err);

#endif
