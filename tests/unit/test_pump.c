/* SPDX-License-Identifier: Apache-2.0 */
/* The pump, between a source of an array and sinks that count. */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <string.h>

#include "flow/flow.h"
#include "tests/unit/suites.h"

/* Gives what its codes say, then the end; events are numbered from 1. */
struct array {
	struct event_source source;
	const int *codes; /* enum source_code; ends with SOURCE_END */
	uint64_t given;
};

/* Counts what it gets; at item number `at' it returns `code'. */
struct counter {
	struct event_sink sink;
	uint64_t at, last;
	int code, idle_code, finish_code;
	unsigned items, idles, finishes;
};

/* Counts its calls; says no at one of them. */
struct looker {
	unsigned calls, no_at;
};

/* Raises a flag at item number `at', as a signal does. */
struct raiser {
	struct event_sink sink;
	uint64_t at;
	volatile sig_atomic_t flag;
};

static const int five[] = { 1, 1, 1, 1, 1, SOURCE_END };

static int array_next(struct event_source *source, struct item *ret_item,
		      struct error *err)
{
	struct array *a = (struct array *)source;
	int code = *a->codes;

	if (code == SOURCE_END)
		return code;
	a->codes++;
	if (code == SOURCE_FAILED)
		return error_set(err, EIO, "the array broke");
	if (code == SOURCE_ITEM)
		ret_item->event = (struct event){ .num = ++a->given };
	return code;
}

static int counter_put(struct event_sink *sink, const struct item *item,
		       struct error *err)
{
	struct counter *c = (struct counter *)sink;

	c->items++;
	c->last = item->event.num;
	if (c->last != c->at)
		return SINK_OK;
	return c->code < 0 ? error_set(err, ENOSPC, "sink %u", c->items)
			   : c->code;
}

static int counter_idle(struct event_sink *sink, struct error *err)
{
	struct counter *c = (struct counter *)sink;

	c->idles++;
	return c->idle_code ? error_set(err, c->idle_code, "idle") : 0;
}

static int counter_finish(struct event_sink *sink, struct error *err)
{
	struct counter *c = (struct counter *)sink;

	c->finishes++;
	return c->finish_code ? error_set(err, c->finish_code, "finish") : 0;
}

static int raiser_put(struct event_sink *sink, const struct item *item,
		      struct error *err)
{
	struct raiser *r = (struct raiser *)sink;

	(void)err;
	r->flag = item->event.num == r->at;
	return SINK_OK;
}

static bool look(void *user)
{
	struct looker *l = user;

	return ++l->calls != l->no_at;
}

static struct array array_of(const int *codes)
{
	return (struct array){ .source = { array_next }, .codes = codes };
}

/* At item number `at' it returns `code'; 0: never. */
static struct counter counter_of(uint64_t at, int code)
{
	return (struct counter){ .sink = { counter_put, counter_idle,
					   counter_finish },
				 .at = at,
				 .code = code };
}

static void test_each_sink_gets_each_item(void)
{
	struct array a = array_of(five);
	struct counter x = counter_of(0, 0), y = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink, &y.sink } };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_TRUE(x.items == 5 && y.items == 5);
	CU_ASSERT_TRUE(x.last == 5 && !x.finishes && !x.idles);
	CU_ASSERT_EQUAL(pump_finish(&pump, &err), 0);
	CU_ASSERT_TRUE(x.finishes == 1 && y.finishes == 1);
}

static void test_sinks_may_leave_out_what_they_do_not_need(void)
{
	static const int codes[] = { 1, SOURCE_IDLE, SOURCE_END };
	struct array a = array_of(codes);
	struct counter x = { .sink = { .put = counter_put } };
	struct pump pump = { .source = &a.source, .sinks = { &x.sink } };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_EQUAL(x.items, 1);
	CU_ASSERT_EQUAL(pump_finish(&pump, &err), 0);
}

static void test_what_came_before_an_error_of_the_source_is_kept(void)
{
	static const int codes[] = { 1, 1, SOURCE_FAILED, 1, SOURCE_END };
	struct array a = array_of(codes);
	struct counter x = counter_of(0, 0);
	struct pump pump = { .source = &a.source, .sinks = { &x.sink } };
	struct error err = { .code = 0 };

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_SOURCE_FAILED);
	CU_ASSERT_TRUE(x.items == 2 && !x.finishes);
	CU_ASSERT_TRUE(err.code == EIO && !strcmp(err.text, "the array broke"));
}

static void test_a_sink_fails(void)
{
	struct array a = array_of(five);
	struct counter x = counter_of(3, SINK_FAILED);
	struct pump pump = { .source = &a.source, .sinks = { &x.sink } };
	struct error err = { .code = 0 };

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_SINK_FAILED);
	CU_ASSERT_TRUE(x.items == 3 && a.given == 3);
	CU_ASSERT_EQUAL(err.code, ENOSPC);
}

static void test_others_get_the_item_at_which_one_fails(void)
{
	struct array a = array_of(five);
	struct counter x = counter_of(0, 0), y = counter_of(2, SINK_FAILED),
		       z = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink, &y.sink, &z.sink } };
	struct error err = { .code = 0 };

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_SINK_FAILED);
	CU_ASSERT_TRUE(x.items == 2 && y.items == 2 && z.items == 2);
	CU_ASSERT_EQUAL(strcmp(err.text, "sink 2"), 0);
}

static void test_the_first_error_of_several_is_told(void)
{
	struct array a = array_of(five);
	struct counter x = counter_of(1, SINK_ENOUGH),
		       y = counter_of(1, SINK_FAILED),
		       z = counter_of(1, SINK_FAILED);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink, &y.sink, &z.sink } };
	struct error err = { .code = 0 };

	z.items = 6;
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_SINK_FAILED);
	CU_ASSERT_EQUAL(strcmp(err.text, "sink 1"), 0);
	y.finish_code = EIO;
	z.finish_code = ENOSPC;
	CU_ASSERT_EQUAL(pump_finish(&pump, &err), -1);
	CU_ASSERT_TRUE(x.finishes && y.finishes && z.finishes);
	CU_ASSERT_EQUAL(err.code, EIO);
}

static void test_one_that_has_enough_stops_it_for_all(void)
{
	struct array a = array_of(five);
	struct counter x = counter_of(4, SINK_ENOUGH), y = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink, &y.sink } };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_TRUE(x.items == 4 && y.items == 4 && a.given == 4);
	/* It goes on where it stopped. */
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_TRUE(x.items == 5 && y.items == 5);
}

static void test_the_flag_stops_before_the_next_item(void)
{
	volatile sig_atomic_t stop = 1;
	struct array a = array_of(five);
	struct counter x = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink },
			     .stop = &stop };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_TRUE(!x.items && !a.given);
	stop = 0;
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_EQUAL(x.items, 5);
}

static void test_a_look_every_few_items(void)
{
	struct looker l = { .no_at = 2 };
	struct array a = array_of(five);
	struct counter x = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink },
			     .look = look,
			     .user = &l,
			     .look_every = 2 };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_TRUE(x.items == 4 && l.calls == 2);
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_TRUE(x.items == 5 && l.calls == 2);
}

/* With a flag, there is a check after each item, but no look. */
static void test_a_look_beside_a_flag(void)
{
	volatile sig_atomic_t stop = 0;
	struct looker l = { .no_at = 2 };
	struct array a = array_of(five);
	struct counter x = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink },
			     .stop = &stop,
			     .look = look,
			     .user = &l,
			     .look_every = 2 };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_TRUE(x.items == 4 && l.calls == 2);
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_TRUE(x.items == 5 && l.calls == 2);
}

/* Raises its flag at an item: no other comes. */
static void test_a_flag_that_is_raised_by_a_sink(void)
{
	struct array a = array_of(five);
	struct raiser r = { .sink = { .put = raiser_put }, .at = 3 };
	struct pump pump = { .source = &a.source,
			     .sinks = { &r.sink },
			     .stop = &r.flag };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_EQUAL(a.given, 3);
}

static void test_an_idle_source(void)
{
	static const int codes[] = { SOURCE_IDLE, 1, SOURCE_IDLE,
				     SOURCE_IDLE, 1, SOURCE_END };
	struct looker l = { .no_at = 3 };
	struct array a = array_of(codes);
	struct counter x = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink },
			     .look = look,
			     .user = &l };
	struct error err;

	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_STOPPED);
	CU_ASSERT_TRUE(x.items == 1 && x.idles == 3 && l.calls == 3);
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_ENDED);
	CU_ASSERT_EQUAL(x.items, 2);
}

static void test_a_sink_fails_while_the_source_is_idle(void)
{
	static const int codes[] = { SOURCE_IDLE, 1, SOURCE_END };
	struct array a = array_of(codes);
	struct counter x = counter_of(0, 0), y = counter_of(0, 0);
	struct pump pump = { .source = &a.source,
			     .sinks = { &x.sink, &y.sink } };
	struct error err = { .code = 0 };

	x.idle_code = ENOSPC;
	CU_ASSERT_EQUAL(pump_run(&pump, &err), PUMP_SINK_FAILED);
	CU_ASSERT_TRUE(!x.items && y.idles == 1 && err.code == ENOSPC);
}

CU_TestInfo tests_pump[] = {
	{ "each sink gets each item", test_each_sink_gets_each_item },
	{ "sinks may leave out what they do not need",
	  test_sinks_may_leave_out_what_they_do_not_need },
	{ "what came before an error of the source is kept",
	  test_what_came_before_an_error_of_the_source_is_kept },
	{ "a sink fails", test_a_sink_fails },
	{ "others get the item at which one fails",
	  test_others_get_the_item_at_which_one_fails },
	{ "the first error of several is told",
	  test_the_first_error_of_several_is_told },
	{ "one that has enough stops it for all",
	  test_one_that_has_enough_stops_it_for_all },
	{ "the flag stops before the next item",
	  test_the_flag_stops_before_the_next_item },
	{ "a look every few items", test_a_look_every_few_items },
	{ "a look beside a flag", test_a_look_beside_a_flag },
	{ "a flag that is raised by a sink",
	  test_a_flag_that_is_raised_by_a_sink },
	{ "an idle source", test_an_idle_source },
	{ "a sink fails while the source is idle",
	  test_a_sink_fails_while_the_source_is_idle },
	CU_TEST_INFO_NULL,
};
