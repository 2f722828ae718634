/* SPDX-License-Identifier: Apache-2.0 */
/* Which event codes a condition can match: the index of a ruleset. */
#ifndef SPOOR_REPLAY_RULES_CODES_H
#define SPOOR_REPLAY_RULES_CODES_H

#include "replay/rules/ast.h"

enum { CODE_WORDS = (EVENT_KIND_COUNT + 63) / 64 };

struct code_set {
	uint64_t bits[CODE_WORDS];
};

static inline bool code_set_has(const struct code_set *set, unsigned code)
{
	return set->bits[code / 64] >> (code % 64) & 1;
}

static inline void code_set_add(struct code_set *set, unsigned code)
{
	set->bits[code / 64] |= 1ull << (code % 64);
}

unsigned code_set_count(const struct code_set *set);

/* The codes of an event name or a syscall name. */
struct code_set codes_of_name(const char *name);

/*
 * The codes that a condition without macros can match.  Fails if it compares
 * evt.type with another field, or puts it into a transformer.
 */
int codes_of_condition(struct code_set *ret_set, const struct ast *ast,
		       struct error *err);

#endif
