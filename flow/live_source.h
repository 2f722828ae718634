/* SPDX-License-Identifier: Apache-2.0 */
/* A running capture (capture/capture.h) as a source. */
#ifndef SPOOR_FLOW_LIVE_SOURCE_H
#define SPOOR_FLOW_LIVE_SOURCE_H

#include "capture/capture.h"
#include "flow/flow.h"

struct live_source {
	struct event_source source;
	struct live *live;   /* borrowed */
	uint64_t events;     /* visible events delivered so far */
	uint64_t events_max; /* the source ends after this many; 0: no limit */
};

/*
 * A source of a running capture.  It is idle if nothing came for a quarter of
 * a second.
 */
struct live_source live_source_of(struct live *live, uint64_t events_max);

/* Puts the start state into all sinks; before pump_run.  0 or -1. */
int live_source_state(const struct live_source *source, const struct pump *pump,
		      struct error *err);

#endif
