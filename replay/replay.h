/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The replay pipeline: takes items, keeps the state, evaluates rules, reports
 * alerts.  It is an event_sink, so that capture files and live engines drive
 * the same code.  Without rules it only keeps the state, as print, load and
 * query need it.
 */
#ifndef SPOOR_REPLAY_REPLAY_H
#define SPOOR_REPLAY_REPLAY_H

#include "replay/rules/rules.h"

struct replay;

struct replay_options {
	struct ruleset *rules; /* borrowed; NULL: keep only the state */
	/* Called for each alert; rule and context are valid during the call. */
	ruleset_match_fn *alert;
	/*
	 * Called for each visible event, between state_apply and state_finish.
	 */
	void (*event)(void *user, const struct field_context *context);
	void *user;
	const char *hostname; /* NULL: the capture's machine info */
	bool base64;	      /* print binary data as base64 */
};

/* options are copied; free with replay_free. */
struct replay *replay_new(const struct replay_options *options);

/* The sink, owned by the replay. */
struct event_sink *replay_sink(struct replay *replay);

/*
 * Puts one item into the replay's sink: SINK_OK or SINK_ENOUGH.  Never fails,
 * because any input leads to a state.
 */
static inline int replay_put(struct replay *replay, const struct item *item,
			     struct error *err)
{
	return sink_put(replay_sink(replay), item, err);
}

/*
 * Ends the replay early, from a callback or between items: put() returns
 * SINK_ENOUGH from now on.  Further items are still taken.
 */
void replay_stop(struct replay *replay);

/*
 * For a caller that iterates: takes one item and pauses at it.  Returns the
 * context of a visible event, valid until replay_step_done, which must be
 * called before the item becomes invalid; NULL: nothing to show.  The
 * callbacks are not called.
 */
const struct field_context *replay_step(struct replay *replay,
					const struct item *item);

/* Finishes the event of replay_step: applies pending changes of the state. */
void replay_step_done(struct replay *replay);

/*
 * Sets what evt.reltime and evt.deltatime count from, when the next events are
 * not the first of the capture: after the items of a keyframe were put.  Times
 * in ns.
 */
void replay_resume(struct replay *replay, uint64_t first_ts_ns,
		   uint64_t previous_ts_ns);

/* The current values of what replay_resume sets. */
void replay_position(const struct replay *replay, uint64_t *ret_first_ts_ns,
		     uint64_t *ret_previous_ts_ns);

/* The state, owned by the replay. */
struct state *replay_state(struct replay *replay);

/* The host name in alerts: from the options, else from the capture, else "". */
const char *replay_hostname(const struct replay *replay);

/* Accepts NULL. */
void replay_free(struct replay *replay);

#endif
