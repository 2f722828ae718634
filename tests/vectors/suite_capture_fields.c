/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of field values at events of whole captures. */
#include <string.h>

#include "core/file/file.h"
#include "replay/replay.h"
#include "tests/vectors/suites.h"

struct field_test {
	struct vector_run *run;
	const json_t *expected;
	struct filter *filter;
	struct arena arena; /* field references */
	bool had_first, failed;
	size_t next; /* of the successive events */
	uint64_t selected;
};

static bool is_listed(const json_t *names, const char *name)
{
	const json_t *item;
	size_t i;

	json_array_foreach(names, i, item) if (!strcmp(json_string_value(item),
						       name)) return true;
	return false;
}

static void fail(struct field_test *t, const char *field, const char *got)
{
	if (!t->failed)
		vector_fail(t->run, "event %llu: %s is '%s'",
			    (unsigned long long)t->selected, field, got);
	t->failed = true;
}

/* Is the field one of the texts? */
static void check_field(struct field_test *t, const struct field_context *c,
			const char *name, const json_t *texts)
{
	struct text got = { "<NA>", 4 };
	struct field_ref *ref;
	struct value v;
	struct error err;

	if (field_find(&fields_syscall, name, &t->arena, &ref, &err)) {
		fail(t, name, err.text);
		return;
	}
	if (field_get_output(c, ref, &v))
		got = value_text(&v, (enum print_format)ref->field->format,
				 c->scratch);
	if (!is_listed(texts, got.data))
		fail(t, name, got.data);
}

static void check_fields(struct field_test *t, const struct field_context *c,
			 const json_t *fields)
{
	const char *name;
	json_t *texts;

	json_object_foreach((json_t *)fields, name, texts)
		check_field(t, c, name, texts);
}

static void check_filters(struct field_test *t, const struct field_context *c,
			  const json_t *filters)
{
	const json_t *text;
	size_t i;

	json_array_foreach(filters, i, text)
	{
		struct filter *filter;
		struct error err;

		if (filter_compile(&filter, json_string_value(text),
				   &fields_syscall, &err)) {
			fail(t, json_string_value(text), err.text);
			continue;
		}
		if (!filter_match(filter, c))
			fail(t, json_string_value(text), "false");
		filter_free(filter);
	}
}

/* From the first event of some types on, an expectation holds. */
static void check_from_first(struct field_test *t,
			     const struct field_context *c)
{
	const json_t *from =
		json_object_get(t->expected, "from_first_event_of_type");
	const char *type = event_kind(c->about.event)->name;

	if (!from)
		return;
	t->had_first |= is_listed(json_object_get(from, "types"), type);
	if (!t->had_first)
		return;
	check_fields(t, c, json_object_get(from, "fields"));
	check_filters(t, c, json_object_get(t->expected, "filters_true"));
	check_filters(t, c, json_object_get(from, "filters_true"));
}

/* The n-th event of some types has the n-th of the texts. */
static void check_successive(struct field_test *t,
			     const struct field_context *c)
{
	const json_t *types =
		json_object_get(t->expected, "successive_events_of_types");
	const char *name;
	json_t *texts;

	if (!is_listed(types, event_kind(c->about.event)->name))
		return;
	json_object_foreach((json_t *)t->expected, name,
			    texts) if (strchr(name, '.') &&
				       t->next < json_array_size(texts))
		check_field(t, c, name, json_array_get(texts, t->next));
	t->next++;
}

static void on_event(void *user, const struct field_context *c)
{
	struct field_test *t = user;

	if (!filter_match(t->filter, c))
		return;
	t->selected++;
	check_fields(t, c,
		     json_object_get(t->expected, "every_selected_event"));
	check_from_first(t, c);
	check_successive(t, c);
}

static int replay_capture(struct field_test *t, const char *path,
			  struct error *err)
{
	struct replay_options options = { .event = on_event, .user = t };
	static struct item item;
	struct replay *replay;
	struct reader *reader;
	int code;

	if (reader_open(&reader, path, NULL, err))
		return -1;
	replay = replay_new(&options);
	/* The peers' tests resolve ports. */
	state_resolve_ports(replay_state(replay), true);
	while ((code = source_next(reader_source(reader), &item, err)) > 0)
		replay_put(replay, &item, err);
	replay_free(replay);
	reader_close(reader);
	return code;
}

enum verdict suite_capture_fields(struct vector_run *run, const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	struct field_test t = { .run = run,
				.expected =
					json_object_get(vector, "expected") };
	const char *path = vector_path(
		run, json_string_value(json_object_get(input, "capture")));
	struct error err = { 0 };
	int code;

	if (filter_compile(&t.filter,
			   json_string_value(json_object_get(input, "filter")),
			   &fields_syscall, &err))
		return vector_fail(run, "%s", err.text);
	code = replay_capture(&t, path, &err);
	filter_free(t.filter);
	arena_free(&t.arena);
	if (code)
		return vector_fail(run, "%s", err.text);
	if (t.failed)
		return VECTOR_FAIL;
	return t.selected ? VECTOR_PASS
			  : vector_fail(run, "no event is selected");
}
