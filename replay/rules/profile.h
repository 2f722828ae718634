/* SPDX-License-Identifier: Apache-2.0 */
/* Measures the cost of rules and fields, each on its own. */
#ifndef SPOOR_REPLAY_RULES_PROFILE_H
#define SPOOR_REPLAY_RULES_PROFILE_H

#include "replay/rules/rules.h"

/* A rule, or a field. */
struct cost {
	const char *name;
	uint64_t count; /* evaluations, reads */
	uint64_t ns;	/* total, without the time for reading the clock */
};

struct profile;

/* A profile of a loaded set, which must outlive it; free with profile_free. */
struct profile *profile_new(struct ruleset *set);

/*
 * Evaluates every rule for this event's code, without sharing results between
 * rules, and reads every field of these rules.  Much slower than ruleset_eval,
 * which shares both.
 */
void profile_event(struct profile *profile,
		   const struct field_context *context);

/* The costs of rules so far, highest first; valid until the next call. */
const struct cost *profile_rules(struct profile *profile, unsigned *ret_count);

/* The costs of fields so far, highest first; valid until the next call. */
const struct cost *profile_fields(struct profile *profile, unsigned *ret_count);

/* Accepts NULL. */
void profile_free(struct profile *profile);

#endif
