/* SPDX-License-Identifier: Apache-2.0 */
/* The steady clock, told by the time stamp counter: records have counts, as
 * reading a clock would cost a traced call more. */
#include "capture/inject/tsc_clock.h"
#include "core/clock.h"

enum {
	ANCHOR_NS = 200000000, /* between anchors */
	ANCHOR_TRIES = 16,
	START_NS = 5000000
};

#define SLOPE_CHANGE \
 0.02 /* between intervals: more is not the clock being slewed */

/* Reads both clocks at one time: takes the closest of some tries, as we may be
 * preempted between them. */
static void anchor(uint64_t *ret_tsc, uint64_t *ret_ns)
{
	uint64_t best = UINT64_MAX;

	*ret_tsc = *ret_ns = 0;
	for (int i = 0; i < ANCHOR_TRIES; i++) {
		uint64_t before = tsc_now();
		uint64_t ns = clock_steady_ns();
		uint64_t ticks = tsc_now() - before;

		if (ticks >= best)
			continue;
		best = ticks;
		*ret_ns = ns;
		*ret_tsc = before + ticks / 2;
	}
}

void tsc_clock_begin(struct tsc_clock *clock)
{
	anchor(&clock->tsc0, &clock->ns0);
}

void tsc_clock_start(struct tsc_clock *clock)
{
	do
		anchor(&clock->tsc, &clock->ns);
	while (clock->ns - clock->ns0 < START_NS);
	clock->ns_per_tick = (double)(clock->ns - clock->ns0) /
			     (double)(clock->tsc - clock->tsc0);
}

uint64_t tsc_clock_ns(const struct tsc_clock *clock, uint64_t tsc)
{
	double ticks = (double)(int64_t)(tsc - clock->tsc);

	return clock->ns + (uint64_t)(int64_t)(ticks * clock->ns_per_tick);
}

/*
 * The steady clock may be slewed: follows its mean speed since the last anchor.
 * A counter that jumped, or runs at another speed (a virtual machine that was
 * moved or suspended), is followed from where it is now.
 */
bool tsc_clock_follow(struct tsc_clock *clock)
{
	uint64_t was_tsc = clock->tsc;
	uint64_t was_ns = clock->ns;
	uint64_t tsc = tsc_now();
	double slope;
	bool is_off;

	if (tsc_clock_ns(clock, tsc) - was_ns < ANCHOR_NS)
		return true;
	anchor(&clock->tsc, &clock->ns);
	slope = (double)(clock->ns - was_ns) /
		(double)(int64_t)(clock->tsc - was_tsc);
	is_off = slope > clock->ns_per_tick * (1 + SLOPE_CHANGE) ||
		 slope < clock->ns_per_tick * (1 - SLOPE_CHANGE);
	/* A jump is in one interval only; another speed is in the next one,
	 * too. */
	if (!is_off || (clock->has_jumped && slope > 0))
		clock->ns_per_tick = slope;
	clock->has_jumped = is_off && !clock->has_jumped;
	return !clock->has_jumped;
}
