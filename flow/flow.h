/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pump: the only loop that moves items from a source to sinks
 * (core/event/event.h has their contracts).
 */
#ifndef SPOOR_FLOW_FLOW_H
#define SPOOR_FLOW_FLOW_H

#include <signal.h>
#include <stdbool.h>

#include "core/event/event.h"

enum { PUMP_SINKS_MAX = 4 };

struct pump {
	struct event_source *source;
	/*
	 * At least one; each item is put into all sinks, in this order, before
	 * the next item is read.  NULL ends the list.
	 */
	struct event_sink *sinks[PUMP_SINKS_MAX + 1];
	/*
	 * Checked before each item: a value other than 0 stops the pump; or
	 * NULL.
	 */
	const volatile sig_atomic_t *stop;
	/*
	 * Called after every `look_every' items (0: 65,536) and whenever the
	 * source is idle; false stops the pump.  Or NULL.
	 */
	bool (*look)(void *user);
	void *user;
	unsigned look_every;
};

/* Why a pump ended. */
enum pump_end {
	PUMP_SINK_FAILED = -2,
	PUMP_SOURCE_FAILED = -1,
	PUMP_ENDED = 0, /* the source has no more items */
	/* by the flag, by look(), or because a sink has enough */
	PUMP_STOPPED = 1
};

/*
 * Moves items until one of the reasons of enum pump_end.  In any case each item
 * that the source gave was put into every sink, even if one of the sinks
 * failed, so that nothing readable is lost.  err has the first failure.
 * Nothing is finished or freed: the caller decides whether an output is
 * completed (pump_finish) or removed.
 */
enum pump_end pump_run(const struct pump *pump, struct error *err);

/*
 * Puts one item into all sinks, like pump_run: for items before the first one
 * of the source, such as the start state of a recording.  A code of enum
 * sink_code: SINK_FAILED if any sink failed, SINK_ENOUGH if any has enough.
 */
int pump_put(const struct pump *pump, const struct item *item,
	     struct error *err);

/*
 * Finishes all sinks in order, even after one has failed.  0, or -1 and err of
 * the first failure.
 */
int pump_finish(const struct pump *pump, struct error *err);

#endif
