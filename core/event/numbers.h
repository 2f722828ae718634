/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that an event does not know.  Falco stops with an error at a number
 * of length 0 that its parsers or rules ask for, and sysdig reads what stands
 * behind it; the drivers write each number in its width.  So do we, and old
 * captures of ours, which left such numbers empty, are mended when read.
 */
#ifndef SPOOR_CORE_EVENT_NUMBERS_H
#define SPOOR_CORE_EVENT_NUMBERS_H

#include "core/event/event.h"

/* Which numbers may stay empty. */
enum empty_numbers {
	EMPTY_NONE,	/* none: for readers from before "empty" was defined */
	EMPTY_MEASURES, /* what no reader's parser needs: see numbers.c */
	EMPTY_UPGRADED	/* and what the upgrade of an old event leaves empty */
};

/*
 * Which numbers must not be empty: by code, a bit for each parameter.  Found
 * once, so that those who look at every event look at one word.  The table
 * lives forever; any thread may ask.
 */
const uint32_t *numbers_needed(enum empty_numbers except);

/*
 * Gives those numbers of *event whose length is 0, and which have a bit in
 * which (of numbers_needed), the value that the drivers write where there is
 * none: 0, or -1 for descriptors, users, groups and limits.  The values live
 * forever.
 */
void event_fill_numbers(struct event *event, const uint32_t *which);

#endif
