/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of the wall clock, seen by looking at two clocks; see wall.h. */
#include "capture/wall.h"

#include <stdbool.h>
#include <time.h>

enum {
	TRIES = 4,
	DRIFT_NS = 500000 /* less is slewing, and our own delay */
};

static int64_t now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* Measures the offset: takes the closest of some looks, as we may be preempted
 * between the clocks. */
static int64_t measure(uint64_t *ret_steady_ns)
{
	int64_t best = INT64_MAX;
	int64_t offset = 0;

	for (int i = 0; i < TRIES; i++) {
		int64_t before = now(CLOCK_BOOTTIME);
		int64_t wall = now(CLOCK_REALTIME);
		int64_t took = now(CLOCK_BOOTTIME) - before;

		if (took >= best)
			continue;
		best = took;
		offset = wall - before - took / 2;
		*ret_steady_ns = (uint64_t)before;
	}
	return offset;
}

static bool is_step(int64_t by_ns)
{
	return by_ns > DRIFT_NS || by_ns < -DRIFT_NS;
}

void wall_start(struct wall *wall)
{
	wall->offset_ns = wall->next_ns = measure(&wall->looked_ns);
	wall->since_ns = UINT64_MAX;
}

void wall_look(struct wall *wall)
{
	uint64_t before_ns = wall->looked_ns;
	int64_t offset = measure(&wall->looked_ns);
	int64_t by_ns = offset - wall->next_ns;

	/* The clock was set after the last look.  Of two steps without a record
	 * between them, the first moment and the sum are kept. */
	if (is_step(by_ns) && wall->since_ns == UINT64_MAX)
		wall->since_ns = before_ns;
	else if (!is_step(by_ns) && wall->since_ns == UINT64_MAX)
		wall->offset_ns = offset;
	wall->next_ns = offset;
}

int64_t wall_offset(struct wall *wall, uint64_t steady_ns, int64_t *ret_step_ns)
{
	*ret_step_ns = 0;
	if (steady_ns >= wall->since_ns) {
		*ret_step_ns = wall->next_ns - wall->offset_ns;
		wall->offset_ns = wall->next_ns;
		wall->since_ns = UINT64_MAX;
	}
	return wall->offset_ns;
}
