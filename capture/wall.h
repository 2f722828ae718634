/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wall clock, beside the steady clock by which engines order and wait
 * (clock_steady_ns; CLOCK_BOOTTIME goes on in suspend, too).  Event times are
 * those of the wall clock at that moment, so that they compare with the logs of
 * others.  When somebody sets it, event times jump with it, the order of events
 * does not change, and a note in the capture tells the step.
 */
#ifndef SPOOR_CAPTURE_WALL_H
#define SPOOR_CAPTURE_WALL_H

#include <stdint.h>

struct wall {
	int64_t offset_ns; /* wall - steady: in force, */
	int64_t next_ns;   /* and from `since' on */
	uint64_t since_ns; /* steady; UINT64_MAX: no step is to come */
	uint64_t looked_ns;
};

enum { WALL_LOOK_NS = 10000000 }; /* between two looks, at most, when busy */

void wall_start(struct wall *wall);

/* Compares both clocks: to be called at least every WALL_LOOK_NS. */
void wall_look(struct wall *wall);

/*
 * The offset to add to a steady time, to be asked for in the order of times.
 * *ret_step_ns: by how much the wall clock was set since the last question, or
 * 0 if it only drifted.
 */
int64_t wall_offset(struct wall *wall, uint64_t steady_ns,
		    int64_t *ret_step_ns);

#endif
