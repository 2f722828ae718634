/* SPDX-License-Identifier: Apache-2.0 */
/* The steady clock (clock_steady_ns), told by the time stamp counter.  A clock
 * is one thread's; tsc_now is anybody's. */
#ifndef SPOOR_CAPTURE_INJECT_TSC_CLOCK_H
#define SPOOR_CAPTURE_INJECT_TSC_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Anchors: both clocks, looked at together. */
struct tsc_clock {
	uint64_t tsc0, ns0; /* the first anchor: the slope */
	uint64_t tsc, ns;   /* the last */
	double ns_per_tick;
	bool has_jumped; /* in the last interval between two anchors */
};

/* The counter, in ticks. */
static inline uint64_t tsc_now(void)
{
	return __builtin_ia32_rdtsc();
}

/* Takes the first anchor. */
void tsc_clock_begin(struct tsc_clock *clock);
/* Takes the second, at least 5 ms after the first: waits for that.  From then
 * on the clock tells times. */
void tsc_clock_start(struct tsc_clock *clock);

/* The steady time in ns at a count. */
uint64_t tsc_clock_ns(const struct tsc_clock *clock, uint64_t tsc);

/*
 * Takes a further anchor, if 200 ms have passed since the last: to be called
 * often.  False: the counter has jumped, and counts of before say nothing.
 */
bool tsc_clock_follow(struct tsc_clock *clock);

#endif
