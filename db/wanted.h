/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The events that a scan looks for, and whether a frame of a capture can
 * contain one of them, by its summary in the frame index.
 */
#ifndef SPOOR_DB_WANTED_H
#define SPOOR_DB_WANTED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/event/event.h"
#include "core/file/frames.h"
#include "replay/rules/rules.h"

/* The events wanted; others may be returned, too. */
struct scan_want {
	uint64_t from_ns, to_ns;   /* both inclusive */
	uint64_t from_id, to_id;   /* event_id; both inclusive */
	uint64_t from_num, to_num; /* evt.num; both inclusive */
	bool by_code, by_num, by_pid, by_container;
	uint8_t codes[FRAME_CODES_LEN];
	const int64_t *nums; /* evt.num, ascending */
	unsigned num_count;
	const int64_t *pids;
	unsigned pid_count;
	const char *const *containers;
	unsigned container_count;
	bool needs_state;      /* fields beyond FIELD_STATELESS are read */
	struct filter *filter; /* borrowed; or NULL */
	bool partial;	       /* damage is not an error */
};

/* All events: no limits. */
struct scan_want scan_everything(void);

/* Event numbers, both inclusive. */
struct num_range {
	uint64_t from, to;
};

/*
 * Can the frame contain a wanted event?  nums: the wanted numbers of the
 * capture; shift: from numbers in the file to numbers in the capture.
 */
bool wants_frame(const struct scan_want *want,
		 const struct frame_summary *summary,
		 const struct num_range *nums, uint64_t shift);

/*
 * Is the event within the limits on time, number and type?  Process and
 * container need the state, and are not checked.
 */
bool wants_event(const struct scan_want *want, const struct event *event,
		 const struct num_range *nums);

#endif
