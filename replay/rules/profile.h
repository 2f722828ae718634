/* SPDX-License-Identifier: Apache-2.0 */
/* What rules and fields cost, each measured on its own. */
#ifndef SPOOR_REPLAY_RULES_PROFILE_H
#define SPOOR_REPLAY_RULES_PROFILE_H

#include "replay/rules/rules.h"

/* A rule, or a field. */
struct cost {
	const char *name;
	uint64_t count; /* evaluations, reads */
	uint64_t ns;	/* of all of them; the clock's own time is taken off */
};

struct profile;

/* Of a set that is loaded; it must outlive the profile. */
struct profile *profile_new(struct ruleset *set);

/*
 * Evaluates every rule that looks at this event, without what the others
 * have found out already, and reads every field that they read.  Much slower
 * than ruleset_eval, which shares both.
 */
void profile_event(struct profile *profile,
		   const struct field_context *context);

/* The costs so far, by rule and by field, dearest first. */
const struct cost *profile_rules(struct profile *profile, unsigned *ret_count);
const struct cost *profile_fields(struct profile *profile, unsigned *ret_count);

/* Accepts NULL. */
void profile_free(struct profile *profile);

#endif
