/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of whole captures: their blocks and their events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file/file.h"
#include "core/file/input.h"
#include "core/file/layout.h"
#include "tests/vectors/params.h"
#include "tests/vectors/suites.h"

static const char *capture_path(struct vector_run *run, const json_t *vector)
{
	return vector_path(
		run, json_string_value(json_object_get(
			     json_object_get(vector, "input"), "capture")));
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* Block types are few: a list will do. */
struct block_count {
	uint32_t type;
	int64_t count;
};

enum { BLOCK_TYPES_MAX = 64 };

static void count_block(struct block_count *counts, uint32_t type)
{
	size_t i = 0;

	while (i < BLOCK_TYPES_MAX - 1 && counts[i].count &&
	       counts[i].type != type)
		i++;
	counts[i].type = type;
	counts[i].count++;
}

/* Counts the blocks of a capture; -1 if it is damaged. */
static int count_blocks(struct input *input, struct block_count *counts,
			uint16_t *ret_version, struct error *err)
{
	for (;;) {
		uint32_t type, len;

		if (input_need(input, BLOCK_OVERHEAD, err) < 0)
			return -1;
		if (input_avail(input) < BLOCK_OVERHEAD)
			return 0;
		type = load_u32(input_data(input));
		len = load_u32(input_data(input) + 4);
		if (len < BLOCK_OVERHEAD || input_need(input, len, err) < 0 ||
		    input_avail(input) < len)
			return -1;
		if (type == BLOCK_SECTION) {
			ret_version[0] = load_u16(input_data(input) + 12);
			ret_version[1] = load_u16(input_data(input) + 14);
		}
		count_block(counts, type);
		input_skip(input, len);
	}
}

static enum verdict compare_counts(struct vector_run *run,
				   const struct block_count *counts,
				   const json_t *want)
{
	size_t kinds = 0;
	char key[16];

	for (; counts[kinds].count; kinds++) {
		snprintf(key, sizeof(key), "0x%x", counts[kinds].type);
		if (number(want, key) != counts[kinds].count)
			return vector_fail(run, "%lld blocks of type %s",
					   (long long)counts[kinds].count, key);
	}
	return kinds == json_object_size(want)
		       ? VECTOR_PASS
		       : vector_fail(run, "%zu types of blocks", kinds);
}

enum verdict suite_capture_blocks(struct vector_run *run, const json_t *vector)
{
	const json_t *expected = json_object_get(vector, "expected");
	const json_t *want = json_object_get(expected, "version");
	const char *text =
		json_string_value(json_object_get(expected, "compression"));
	const char *compression =
		text && !strcmp(text, "none") ? "plain" : text;
	struct block_count counts[BLOCK_TYPES_MAX] = { 0 };
	uint16_t version[2] = { 0 };
	enum verdict verdict = VECTOR_PASS;
	struct input *input;
	struct error err = { 0 };

	if (input_open(&input, capture_path(run, vector), NULL, &err))
		return vector_fail(run, "%s", err.text);
	if (count_blocks(input, counts, version, &err))
		verdict = vector_fail(run, "damaged: %s", err.text);
	else if (compression && strcmp(compression, input_compression(input)))
		verdict = vector_fail(run, "is %s", input_compression(input));
	else if (version[0] != json_integer_value(json_array_get(want, 0)) ||
		 version[1] != json_integer_value(json_array_get(want, 1)))
		verdict = vector_fail(run, "version %u.%u", version[0],
				      version[1]);
	else
		verdict = compare_counts(
			run, counts, json_object_get(expected, "block_counts"));
	input_close(input);
	return verdict;
}

/* Calls fn for each event; it returns false to stop. */
typedef bool event_fn(void *user, const struct event *event);

static int each_event(struct vector_run *run, const json_t *vector, bool raw,
		      event_fn *fn, void *user)
{
	const struct reader_options options = { .raw = raw };
	static struct item item;
	struct reader *reader;
	struct error err;
	int code;

	if (reader_open(&reader, capture_path(run, vector), &options, &err)) {
		vector_fail(run, "%s", err.text);
		return -1;
	}
	do
		code = source_next(reader_source(reader), &item, &err);
	while (code > 0 && (item.kind != ITEM_EVENT || fn(user, &item.event)));
	reader_close(reader);
	if (code < 0)
		vector_fail(run, "%s", err.text);
	return code < 0 ? -1 : 0;
}

struct converted {
	long long seen, shown;
};

static bool count_converted(void *user, const struct event *event)
{
	struct converted *c = user;

	c->seen++;
	c->shown += !(event->flags & EVENT_PARSER_ONLY);
	return true;
}

enum verdict suite_capture_converted_events(struct vector_run *run,
					    const json_t *vector)
{
	const json_t *expected = json_object_get(vector, "expected");
	struct converted c = { 0 };

	if (each_event(run, vector, false, count_converted, &c))
		return VECTOR_FAIL;
	if (c.seen == number(expected, "num_events_reaching_parser") &&
	    c.shown == number(expected, "num_events_reaching_rules"))
		return VECTOR_PASS;
	return vector_fail(run, "%lld events (%lld shown)", c.seen, c.shown);
}

struct raw_events {
	int64_t by_code[EVENT_KIND_COUNT];
	int64_t count;
	uint64_t first_ns, last_ns, latest_ns;
	bool is_monotonic;
};

static bool count_raw(void *user, const struct event *event)
{
	struct raw_events *r = user;

	if (!r->count++)
		r->first_ns = event->ts_ns;
	if (event->ts_ns < r->latest_ns)
		r->is_monotonic = false;
	else
		r->latest_ns = event->ts_ns;
	r->last_ns = event->ts_ns;
	r->by_code[event->code]++;
	return true;
}

static enum verdict compare_raw(struct vector_run *run,
				const struct raw_events *r, const json_t *want)
{
	const json_t *by_type = json_object_get(want, "count_by_type");
	const json_t *count;
	const char *symbol;
	int64_t sum = 0;

	if (r->count != number(want, "num_events"))
		return vector_fail(run, "%lld events", (long long)r->count);
	if (r->first_ns != (uint64_t)number(want, "first_ts") ||
	    r->last_ns != (uint64_t)number(want, "last_ts"))
		return vector_fail(run, "from %llu to %llu",
				   (unsigned long long)r->first_ns,
				   (unsigned long long)r->last_ns);
	if (r->is_monotonic != json_is_true(json_object_get(want, "monotonic")))
		return vector_fail(run, "monotonic: %d", r->is_monotonic);
	json_object_foreach((json_t *)by_type, symbol, count)
	{
		int code = event_code_find(symbol);

		if (code < 0 || r->by_code[code] != json_integer_value(count))
			return vector_fail(
				run, "%lld of %s",
				code < 0 ? -1ll : (long long)r->by_code[code],
				symbol);
		sum += r->by_code[code];
	}
	return sum == r->count ? VECTOR_PASS
			       : vector_fail(run, "%lld events of other types",
					     (long long)(r->count - sum));
}

enum verdict suite_capture_raw_events(struct vector_run *run,
				      const json_t *vector)
{
	struct raw_events *r = calloc(1, sizeof(*r));
	enum verdict verdict = VECTOR_FAIL;

	r->is_monotonic = true;
	if (!each_event(run, vector, true, count_raw, r))
		verdict = compare_raw(run, r,
				      json_object_get(vector, "expected"));
	free(r);
	return verdict;
}

struct wanted_event {
	const json_t *want;
	uint64_t num; /* 0: any event may be it */
	bool found;
	char why[512];
};

static bool is_wanted(void *user, const struct event *event)
{
	struct wanted_event *w = user;

	if (w->num && event->num < w->num)
		return true;
	w->found = vector_event_equals(event, w->want, w->why, sizeof(w->why));
	return !w->found && !w->num;
}

enum verdict suite_capture_event(struct vector_run *run, const json_t *vector)
{
	struct wanted_event w = {
		.want = json_object_get(vector, "expected"),
		.num = (uint64_t)number(json_object_get(vector, "input"),
					"number_after_conversion"),
	};

	if (each_event(run, vector, false, is_wanted, &w))
		return VECTOR_FAIL;
	return w.found ? VECTOR_PASS : vector_fail(run, "%s", w.why);
}

enum verdict suite_capture_event_present(struct vector_run *run,
					 const json_t *vector)
{
	return suite_capture_event(run, vector);
}

/* Opens; its first event is damaged, and the error says so. */
enum verdict suite_capture_malformed(struct vector_run *run,
				     const json_t *vector)
{
	const json_t *expected = json_object_get(vector, "expected");
	const char *message = json_string_value(
		json_object_get(expected, "peer_message_contains"));
	static struct item item;
	struct reader *reader;
	struct error err = { 0 };
	int code;

	if (reader_open(&reader, capture_path(run, vector), NULL, &err))
		return vector_fail(run, "does not open: %s", err.text);
	do
		code = source_next(reader_source(reader), &item, &err);
	while (code > 0 && item.kind != ITEM_EVENT);
	reader_close(reader);
	if (code >= 0)
		return vector_fail(run, "its first event is accepted");
	if (message && !strstr(err.text, message))
		return vector_fail(run, "'%s'", err.text);
	return VECTOR_PASS;
}
