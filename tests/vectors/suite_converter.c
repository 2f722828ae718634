/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of the upgrade of old events: steps on one table of enter events. */
#include <stdio.h>
#include <string.h>

#include "core/event/convert.h"
#include "tests/vectors/params.h"
#include "tests/vectors/suites.h"

struct conversion {
	struct vector_run *run;
	struct converter *converter;
	struct arena arena;
};

static const char *text_of(const json_t *step, const char *key)
{
	return json_string_value(json_object_get(step, key));
}

static bool is_stored(struct conversion *c, const json_t *want, int64_t tid)
{
	const struct event *stored = converter_stored(c->converter, tid);

	if (json_is_boolean(want))
		return json_is_true(want) == (stored != NULL);
	return true;
}

static enum verdict check_out(struct conversion *c, const struct event *event,
			      const json_t *step)
{
	const json_t *out = json_object_get(step, "out");
	char why[256];

	if (out && !vector_event_equals(event, out, why, sizeof(why)))
		return vector_fail(c->run, "%s", why);
	return VECTOR_PASS;
}

/* Names of enum convert_result. */
static const char *const results[] = { "drop", "unchanged", "done", "again",
				       "error" };

static enum verdict convert_once(struct conversion *c, struct event *event,
				 const json_t *step)
{
	const char *want = text_of(step, "result");
	struct error err = { 0 };
	uint64_t unpaired = 0;
	enum convert_result got =
		converter_step(c->converter, event, &unpaired, &err);

	if (want && strcmp(want, results[got]))
		return vector_fail(c->run, "%s: %s %s",
				   event_kind(event)->symbol, results[got],
				   err.text);
	if (!is_stored(c, json_object_get(step, "stored"), event->tid))
		return vector_fail(c->run, "%s: wrong in the store",
				   event_kind(event)->symbol);
	return check_out(c, event, step);
}

static enum verdict convert(struct conversion *c, struct event *event,
			    const json_t *step)
{
	struct error err = { 0 };
	uint64_t unpaired = 0;

	if (converter_apply(c->converter, event, &unpaired, &err) < 0)
		return vector_fail(c->run, "%s", err.text);
	return check_out(c, event, step);
}

/* Names of enum convert_class, and another one for some. */
/* clang-format off */
static const char *const classes[][2] = {
	{ "drop", "drop" }, { "pass", "unchanged" }, { "convert", "again" },
	{ "error", "error" }
};
/* clang-format on */

static enum verdict classify(struct conversion *c, struct event *event,
			     const json_t *step)
{
	const char *want = text_of(step, "result");
	enum convert_class got = converter_classify(event);

	if (strcmp(want, classes[got][0]) && strcmp(want, classes[got][1]))
		return vector_fail(c->run, "%s is %s",
				   event_kind(event)->symbol, classes[got][0]);
	return VECTOR_PASS;
}

static enum verdict stored(struct conversion *c, struct event *event,
			   const json_t *step)
{
	const struct event *entry = converter_stored(c->converter, event->tid);
	char why[256];
	bool same = entry &&
		    vector_event_equals(entry, json_object_get(step, "event"),
					why, sizeof(why));

	if (same != json_is_true(json_object_get(step, "result")))
		return vector_fail(c->run, "%s in the store",
				   same ? "is" : "is not");
	return VECTOR_PASS;
}

static const struct {
	const char *op, *event;
	enum verdict (*run)(struct conversion *c, struct event *event,
			    const json_t *step);
} steps[] = {
	{ "convert_once", "in", convert_once },
	{ "convert", "in", convert },
	{ "classify", "in", classify },
	{ "stored", "event", stored },
	{ NULL, NULL, NULL },
};

static enum verdict run_step(struct conversion *c, const json_t *step)
{
	const char *op = text_of(step, "op");
	struct event event;

	for (size_t i = 0; op && steps[i].op; i++) {
		if (strcmp(steps[i].op, op))
			continue;
		if (vector_event(&event, json_object_get(step, steps[i].event),
				 &c->arena))
			return vector_fail(c->run, "no such event code");
		return steps[i].run(c, &event, step);
	}
	vector_fail(c->run, "no step %s", op ? op : "?");
	return VECTOR_SKIP;
}

enum verdict suite_converter(struct vector_run *run, const json_t *vector)
{
	struct conversion c = { .run = run, .converter = converter_new() };
	enum verdict verdict = VECTOR_PASS;
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(vector, "input"), i, step)
	{
		verdict = run_step(&c, step);
		if (verdict != VECTOR_PASS)
			break;
	}
	converter_free(c.converter);
	arena_free(&c.arena);
	return verdict;
}
