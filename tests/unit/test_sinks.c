/* SPDX-License-Identifier: Apache-2.0 */
/* Sinks of flow/: what passes a selection, rules beside a recording. */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"
#include "flow/live_rules.h"
#include "flow/selection.h"
#include "tests/unit/suites.h"

/* Counts what it gets; fails at that item. */
struct taker {
	struct event_sink sink;
	unsigned metas, events, finishes, fail_at;
};

static const struct meta machine = { .kind = META_MACHINE };

static int take(struct event_sink *sink, const struct item *item,
		struct error *err)
{
	struct taker *t = (struct taker *)sink;

	if (item->kind == ITEM_META)
		t->metas++;
	else
		t->events++;
	return t->fail_at && t->metas + t->events == t->fail_at
		       ? error_set(err, ENOSPC, "full")
		       : SINK_OK;
}

static int finish(struct event_sink *sink, struct error *err)
{
	(void)err;
	((struct taker *)sink)->finishes++;
	return 0;
}

/* A call that ended at that time; hidden: its flags. */
static int put(struct event_sink *sink, uint16_t code, uint32_t flags,
	       struct error *err)
{
	const struct item item = {
		.kind = ITEM_EVENT,
		.event = { .code = code, .tid = 7, .ts_ns = 5, .flags = flags }
	};

	return sink_put(sink, &item, err);
}

static int put_machine(struct event_sink *sink, struct error *err)
{
	const struct item item = { .kind = ITEM_META, .meta = &machine };

	return sink_put(sink, &item, err);
}

static void test_a_selection_passes_what_matches_and_what_is_hidden(void)
{
	struct taker t = { .sink = { .put = take, .finish = finish } };
	struct selection s;
	struct filter *filter;
	struct error err;

	CU_ASSERT_FATAL(!filter_compile(&filter, "evt.type=close",
					&fields_syscall, &err));
	selection_open(&s, &t.sink, filter);
	CU_ASSERT_EQUAL(put_machine(&s.sink, &err), SINK_OK);
	CU_ASSERT_EQUAL(put(&s.sink, PPME_SYSCALL_CLOSE_X, 0, &err), SINK_OK);
	CU_ASSERT_EQUAL(put(&s.sink, PPME_SYSCALL_READ_X, 0, &err), SINK_OK);
	CU_ASSERT_TRUE(t.metas == 1 && t.events == 1 && s.events == 1);
	CU_ASSERT_EQUAL(
		put(&s.sink, PPME_SYSCALL_READ_X, EVENT_STATE_ONLY, &err),
		SINK_OK);
	CU_ASSERT_TRUE(t.events == 2 && s.events == 1);
	CU_ASSERT_EQUAL(sink_finish(&s.sink, &err), 0);
	CU_ASSERT_EQUAL(t.finishes, 1);
	selection_close(&s);
	filter_free(filter);
}

static void test_a_selection_says_what_its_sink_says(void)
{
	struct taker t = { .sink = { .put = take }, .fail_at = 2 };
	struct error err = { .code = 0 };
	struct selection s;

	selection_open(&s, &t.sink, NULL);
	CU_ASSERT_EQUAL(put(&s.sink, PPME_SYSCALL_READ_X, 0, &err), SINK_OK);
	CU_ASSERT_EQUAL(put(&s.sink, PPME_SYSCALL_READ_X, 0, &err),
			SINK_FAILED);
	CU_ASSERT_EQUAL(err.code, ENOSPC);
	/* What is not for it cannot fail. */
	t.fail_at = 0;
	CU_ASSERT_EQUAL(put_machine(&s.sink, &err), SINK_OK);
	selection_close(&s);
}

/* Two rules, of which close matches one and read the other. */
static struct ruleset *load_rules(void)
{
	static const char text[] =
		"- {rule: r, desc: d, condition: evt.type=close, "
		"output: closed, priority: INFO}\n"
		"- {rule: s, desc: d, condition: evt.type=read, "
		"output: read, priority: INFO, enabled: false}\n";
	const struct ruleset_options options = { .min_priority =
							 PRIORITY_DEBUG };
	struct ruleset *set = ruleset_new(&options);
	struct error err;

	CU_ASSERT_FATAL(
		!ruleset_load_text(set, "rules", text, strlen(text), &err));
	return set;
}

static void test_live_rules_have_seen_all_when_finished(void)
{
	struct ruleset *set = load_rules();
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct live_rules *live = live_rules_new(set, out, NULL);
	struct event_sink *sink = live_rules_sink(live);
	struct error err;

	CU_ASSERT_EQUAL(put_machine(sink, &err), SINK_OK);
	for (int i = 0; i < 1000; i++)
		CU_ASSERT_EQUAL(
			put(sink,
			    i % 2 ? PPME_SYSCALL_CLOSE_X : PPME_SYSCALL_READ_X,
			    0, &err),
			SINK_OK);
	CU_ASSERT_EQUAL(sink_finish(sink, &err), 0);
	CU_ASSERT_EQUAL(live_rules_alerts(live), 500);
	CU_ASSERT_EQUAL(live_rules_skipped(live), 0);
	live_rules_free(live);
	fclose(out);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "closed"));
	free(text);
	ruleset_free(set);
}

static void test_live_rules_without_an_event(void)
{
	struct ruleset *set = load_rules();
	struct live_rules *live = live_rules_new(set, NULL, NULL);
	struct error err;

	CU_ASSERT_EQUAL(put_machine(live_rules_sink(live), &err), SINK_OK);
	CU_ASSERT_EQUAL(sink_finish(live_rules_sink(live), &err), 0);
	CU_ASSERT_EQUAL(live_rules_alerts(live), 0);
	live_rules_free(live);
	ruleset_free(set);
}

static void test_a_copy_of_rules_has_the_same_rules_on(void)
{
	struct ruleset *set = load_rules(), *copy;
	struct rule *const *rules;
	unsigned count;

	ruleset_enable(set, "r", false, false);
	ruleset_enable(set, "s", false, true);
	copy = ruleset_copy(set);
	rules = ruleset_rules(copy, &count);
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_TRUE(!rules[0]->enabled && rules[1]->enabled);
	ruleset_free(copy);
	ruleset_free(set);
}

CU_TestInfo tests_sinks[] = {
	{ "a selection passes what matches and what is hidden",
	  test_a_selection_passes_what_matches_and_what_is_hidden },
	{ "a selection says what its sink says",
	  test_a_selection_says_what_its_sink_says },
	{ "live rules have seen all when finished",
	  test_live_rules_have_seen_all_when_finished },
	{ "live rules without an event", test_live_rules_without_an_event },
	{ "a copy of rules has the same rules on",
	  test_a_copy_of_rules_has_the_same_rules_on },
	CU_TEST_INFO_NULL,
};
