/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wall clock, beside the steady clock by which engines order and wait
 * (clock_steady_ns).  Event times are those of the wall clock at that moment,
 * so that they compare with the logs of others.  When somebody sets the wall
 * clock, event times jump with it, the order of events does not change, and a
 * note in the capture tells the step.
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

/* Measures the offset at the start. */
void wall_start(struct wall *wall);

/* Compares both clocks; call it at least every WALL_LOOK_NS. */
void wall_look(struct wall *wall);

/*
 * The offset, in ns, to add to a steady time.  Times must be asked for in their
 * order.  *ret_step_ns: by how much the wall clock was set since the last
 * question; 0: it only drifted.
 */
int64_t wall_offset(struct wall *wall, uint64_t steady_ns,
		    int64_t *ret_step_ns);

#endif
