/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Explains why a rule did or did not match: its condition as a tree, with the
 * result and the value of each check at an event.
 */
#ifndef SPOOR_REPLAY_RULES_EXPLAIN_H
#define SPOOR_REPLAY_RULES_EXPLAIN_H

#include "replay/rules/rules.h"

struct explanation;

/*
 * Explains a rule of the set.  event_num: at this event only; 0: at the first
 * events that match, or else at those that come closest to a match.  The set
 * must outlive the explanation, and no further rules may be loaded.  0 or -1.
 */
int explain_new(struct explanation **ret_explanation, struct ruleset *set,
		const char *rule_name, uint64_t event_num, struct error *err);

/*
 * Makes explain_print append one JSON object; to be called before the first
 * event.
 */
void explain_as_json(struct explanation *explanation);

/* Evaluates the rule at an event; to be called for every visible event. */
void explain_event(struct explanation *explanation,
		   const struct field_context *context);

/* Appends the explanation, after the last event. */
void explain_print(struct explanation *explanation, struct buffer *out);

/* Accepts NULL. */
void explain_free(struct explanation *explanation);

#endif
