/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a rule did or did not match: its condition as a tree, with the result
 * and the value of each check at an event.
 */
#ifndef SPOOR_REPLAY_RULES_EXPLAIN_H
#define SPOOR_REPLAY_RULES_EXPLAIN_H

#include "replay/rules/rules.h"

struct explanation;

/*
 * Of a rule of the set, by its name.  event_num: of that event only; 0: of the
 * first events that match, or else of those that come closest.  The set must
 * outlive it and not be loaded any more.
 */
int explain_new(struct explanation **ret_explanation, struct ruleset *set,
		const char *rule_name, uint64_t event_num, struct error *err);

/* What explain_print appends is one JSON object; to be called at once. */
void explain_as_json(struct explanation *explanation);

/* Looks at an event; to be called for each one. */
void explain_event(struct explanation *explanation,
		   const struct field_context *context);

/* Appends what there is to say, after the last event. */
void explain_print(struct explanation *explanation, struct buffer *out);

/* Accepts NULL. */
void explain_free(struct explanation *explanation);

#endif
