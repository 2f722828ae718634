/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipeline: items in, state kept, fields read, rules evaluated, alerts
 * out.  An event_sink like any other, so that a capture file and a live
 * engine drive the same code.  Without rules it just keeps the state, which is
 * what print, load and query stand on.
 */
#ifndef SPOOR_REPLAY_REPLAY_H
#define SPOOR_REPLAY_REPLAY_H

#include "replay/rules/rules.h"

struct replay;

struct replay_options {
	struct ruleset *rules; /* borrowed; NULL: only state */
	/* Each alert (rule and context are valid during the call). */
	ruleset_match_fn *alert;
	/* Each event after the state was updated, before it is finished. */
	void (*event)(void *user, const struct field_context *context);
	void *user;
	const char *hostname; /* NULL: the capture's machine info */
	bool base64;	      /* data is printed in base64 */
};

struct replay *replay_new(const struct replay_options *options);

struct event_sink *replay_sink(struct replay *replay);

/*
 * Takes one item: the same as its sink's put(), without the indirection.
 * SINK_OK or SINK_ENOUGH: the state follows from any input, so nothing fails.
 */
int replay_put(struct replay *replay, const struct item *item,
	       struct error *err);

/*
 * Of a callback, or between items: no more are wanted, and the sink says
 * SINK_ENOUGH from now on.  Items that come all the same are taken.
 */
void replay_stop(struct replay *replay);

/*
 * Takes one item and stops at it, for a caller who pulls: of an event that is
 * shown the context, valid until replay_step_done, which must come before the
 * item goes away.  NULL: nothing to see.  The callbacks are not called.
 */
const struct field_context *replay_step(struct replay *replay,
					const struct item *item);
void replay_step_done(struct replay *replay);

/*
 * The next events are not the first of the capture: what evt.reltime and
 * evt.deltatime count from, after the items of a keyframe were put.
 */
void replay_resume(struct replay *replay, uint64_t first_ts_ns,
		   uint64_t previous_ts_ns);

/* The same of this replay, as it stands. */
void replay_position(const struct replay *replay, uint64_t *ret_first_ts_ns,
		     uint64_t *ret_previous_ts_ns);

struct state *replay_state(struct replay *replay);

/* The host name of alerts: option, capture, or "". */
const char *replay_hostname(const struct replay *replay);

/* Accepts NULL. */
void replay_free(struct replay *replay);

#endif
