/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules while recording: the replay pipeline in its own thread, fed by a
 * bounded queue, so that the recorder never waits for it.
 */
#ifndef SPOOR_FLOW_LIVE_RULES_H
#define SPOOR_FLOW_LIVE_RULES_H

#include <stdio.h>

#include "replay/rules/rules.h"

struct live_rules;

/*
 * Writes alerts to text (one line each) and, if it is not NULL, as JSON to
 * json.
 */
struct live_rules *live_rules_new(struct ruleset *set, FILE *text, FILE *json);

/*
 * The sink, owned by the rules.  META items are the start state, before all
 * events; an event is copied into the queue, and skipped if the queue is full
 * or the machine has no thread for the rules.
 * finish() waits for the queue to drain.
 */
struct event_sink *live_rules_sink(struct live_rules *live);

/* After finish(): number of alerts. */
uint64_t live_rules_alerts(const struct live_rules *live);

/* After finish(): number of events that were skipped. */
uint64_t live_rules_skipped(const struct live_rules *live);

/* Finishes, if necessary, and frees.  Accepts NULL. */
void live_rules_free(struct live_rules *live);

#endif
