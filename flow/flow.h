/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pump: the one loop that takes items from a source and puts them into
 * sinks (core/event/event.h says what these promise).  The ends are made
 * in other files of this folder, or where what they know is:
 *
 *   sources   a capture of one or several files (capture_source.h), a part of
 *             one (core/file/parts.h), a running capture (live_source.h)
 *   sinks     files that follow each other (output.h), one file
 *             (core/file/file.h), replay (replay/replay.h), lines (printer.h),
 *             counts (counters.h), what a filter lets through (selection.h),
 *             rules beside a recording (live_rules.h), keyframes and an index
 *             for a finished file (indexer.h), a database (db/loader.c)
 *
 * What pulls events instead has no pump: SQLite asks capture() for one row
 * after the other, so db/scan.c reads its source itself.
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
	 * Each item goes to all of them, at least one, in this order, before
	 * the next item is read.  NULL ends the list.
	 */
	struct event_sink *sinks[PUMP_SINKS_MAX + 1];
	/* Looked at before each item: not 0 stops the pump.  NULL: nothing. */
	const volatile sig_atomic_t *stop;
	/*
	 * Called after every `look_every' items (0: 65,536) and whenever the
	 * source is idle; false stops the pump.  NULL: nobody looks.
	 */
	bool (*look)(void *user);
	void *user;
	unsigned look_every;
};

/* Why a pump came to its end. */
enum pump_end {
	PUMP_SINK_FAILED = -2,
	PUMP_SOURCE_FAILED = -1,
	PUMP_ENDED = 0,	 /* the source has no more items */
	PUMP_STOPPED = 1 /* by the flag, by look(), or a sink has enough */
};

/*
 * Runs until one of these.  However it ends, each item that the source gave
 * went to every sink, so that nothing that could be read is lost: not even
 * where a sink fails, as the others get that item, too.  err says what failed
 * first.  Nothing is finished or freed: whether an output is completed
 * (pump_finish) or taken back is the caller's decision.
 */
enum pump_end pump_run(const struct pump *pump, struct error *err);

/*
 * Puts one item into all sinks, as pump_run does: for what comes before the
 * first item of the source, such as the start state of a recording.  A code
 * of enum sink_code: SINK_FAILED if any sink failed, SINK_ENOUGH if any has
 * enough.
 */
int pump_put(const struct pump *pump, const struct item *item,
	     struct error *err);

/*
 * Finishes all sinks, in order, also those behind one that fails: 0, or -1
 * and err of the first failure.
 */
int pump_finish(const struct pump *pump, struct error *err);

#endif
