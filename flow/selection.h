/* SPDX-License-Identifier: Apache-2.0 */
/* A sink that passes on what a filter lets through. */
#ifndef SPOOR_FLOW_SELECTION_H
#define SPOOR_FLOW_SELECTION_H

#include "replay/replay.h"

struct selection {
	struct event_sink sink;
	struct event_sink *to; /* borrowed */
	struct filter *filter; /* borrowed; NULL: all passes */
	struct replay *replay; /* what fields stand on */
	const struct item *item;
	struct error *err; /* of the call at hand */
	uint64_t events;   /* that passed, but hidden ones */
	int code;	   /* of `to' */
};

/*
 * Metadata and hidden events always pass: readers of what is kept need them.
 * finish() and idle() are those of `to'.
 */
void selection_open(struct selection *selection, struct event_sink *to,
		    struct filter *filter);
void selection_close(struct selection *selection);

#endif
