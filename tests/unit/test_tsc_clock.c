/* SPDX-License-Identifier: Apache-2.0 */
/* The clock by the time stamp counter: follows slewing, notes a jump. */
#include <CUnit/CUnit.h>

#include "capture/inject/tsc_clock.h"
#include "core/clock.h"
#include "tests/unit/suites.h"

static const uint64_t ms_ns = 1000000;

static struct tsc_clock started(void)
{
	struct tsc_clock clock = { 0 };

	tsc_clock_begin(&clock);
	tsc_clock_start(&clock);
	return clock;
}

/* Puts the last anchor back, as if since then that much time had passed. */
static void put_back(struct tsc_clock *clock, uint64_t by_counter_ns,
		     uint64_t by_clock_ns)
{
	clock->tsc -= (uint64_t)((double)by_counter_ns / clock->ns_per_tick);
	clock->ns -= by_clock_ns;
}

static void test_tells_the_steady_time(void)
{
	struct tsc_clock clock = started();
	uint64_t before = clock_steady_ns();
	uint64_t told = tsc_clock_ns(&clock, tsc_now());
	uint64_t after = clock_steady_ns();

	CU_ASSERT(told + ms_ns > before);
	CU_ASSERT(told < after + ms_ns);
}

static void test_follows_small_changes_of_speed(void)
{
	struct tsc_clock clock = started();
	double speed = clock.ns_per_tick;

	put_back(&clock, 500 * ms_ns, 505 * ms_ns);
	CU_ASSERT_TRUE(tsc_clock_follow(&clock));
	CU_ASSERT(clock.ns_per_tick > speed * 1.001);
	CU_ASSERT(clock.ns_per_tick < speed * 1.011);
}

static void test_notes_a_jump_and_keeps_its_speed(void)
{
	struct tsc_clock clock = started();
	double speed = clock.ns_per_tick;

	put_back(&clock, 500 * ms_ns, 5000 * ms_ns);
	CU_ASSERT_FALSE(tsc_clock_follow(&clock));
	CU_ASSERT(clock.ns_per_tick == speed);
	put_back(&clock, 500 * ms_ns, 500 * ms_ns);
	CU_ASSERT_TRUE(tsc_clock_follow(&clock));
}

static void test_takes_over_another_speed_that_stays(void)
{
	struct tsc_clock clock = started();
	double speed = clock.ns_per_tick;

	put_back(&clock, 500 * ms_ns, 1000 * ms_ns);
	CU_ASSERT_FALSE(tsc_clock_follow(&clock));
	put_back(&clock, 500 * ms_ns, 1000 * ms_ns);
	CU_ASSERT_TRUE(tsc_clock_follow(&clock));
	CU_ASSERT(clock.ns_per_tick > speed * 1.1);
	CU_ASSERT(clock.ns_per_tick < speed * 2.1);
}

static void test_looks_only_now_and_then(void)
{
	struct tsc_clock clock = started();
	uint64_t tsc = clock.tsc;

	CU_ASSERT_TRUE(tsc_clock_follow(&clock));
	CU_ASSERT_EQUAL(clock.tsc, tsc);
}

CU_TestInfo tests_tsc_clock[] = {
	{ "tells the steady time", test_tells_the_steady_time },
	{ "follows small changes of speed",
	  test_follows_small_changes_of_speed },
	{ "notes a jump, and keeps its speed",
	  test_notes_a_jump_and_keeps_its_speed },
	{ "takes over another speed that stays",
	  test_takes_over_another_speed_that_stays },
	{ "looks only now and then", test_looks_only_now_and_then },
	CU_TEST_INFO_NULL,
};
