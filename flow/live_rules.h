/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules while recording: the replay pipeline in a thread of its own, fed by a
 * bounded queue, so that recording never waits for it.
 */
#ifndef SPOOR_FLOW_LIVE_RULES_H
#define SPOOR_FLOW_LIVE_RULES_H

#include <stdio.h>

#include "replay/rules/rules.h"

struct live_rules;

/* Alerts go to text (a line each) and, if not NULL, as JSON to json. */
struct live_rules *live_rules_new(struct ruleset *set, FILE *text, FILE *json);

/* The start state; before live_rules_start. */
void live_rules_meta(struct live_rules *live, const struct meta *meta);
void live_rules_start(struct live_rules *live);

/* Copies the event into the queue; a full queue counts it as skipped. */
void live_rules_put(struct live_rules *live, const struct event *event);

/* Waits for the queue to drain and ends.  Returns the events skipped. */
uint64_t live_rules_stop(struct live_rules *live, uint64_t *ret_alerts);

#endif
