/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that are unknown in an event.  Falco ends with an error at a number
 * of length 0 that its parsers or rules read, and sysdig reads beyond it,
 * because the drivers write every number in its full width.  spoor writes them
 * in full width, too; captures of older versions of spoor left such numbers
 * empty, and are corrected when read.
 */
#ifndef SPOOR_CORE_EVENT_NUMBERS_H
#define SPOOR_CORE_EVENT_NUMBERS_H

#include "core/event/event.h"

/* Which numbers may stay empty. */
enum empty_numbers {
	/* none: for readers that do not support empty numbers */
	EMPTY_NONE,
	EMPTY_MEASURES, /* measurements that no parser needs: see numbers.c */
	/* also numbers that the upgrade of an old event leaves empty */
	EMPTY_UPGRADED
};

/*
 * Which numbers must not be empty: indexed by event code, with a bit for each
 * parameter, so that checking an event costs one load.  The table is computed
 * once and never freed; safe to call from any thread.
 */
const uint32_t *numbers_needed(enum empty_numbers except);

/*
 * Fills in the empty numbers of *event that have a bit in `which' (from
 * numbers_needed), with the value that the drivers write for unknown numbers:
 * 0, or -1 for descriptors, users, groups and limits.  The values are static.
 */
void event_fill_numbers(struct event *event, const uint32_t *which);

#endif
