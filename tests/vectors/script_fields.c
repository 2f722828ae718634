/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of script vectors that read fields and run filters. */
#include <string.h>

#include "replay/rules/rules.h"
#include "tests/vectors/script.h"

static struct field_context context_of(struct script *s)
{
	return (struct field_context){
		.state = s->state,
		.about = s->about,
		.scratch = &s->scratch,
		.hostname = "",
		.first_ts_ns = s->first_ts_ns,
		.previous_ts_ns = s->previous_ts_ns,
	};
}

static const char *string(const json_t *step, const char *key)
{
	return json_string_value(json_object_get(step, key));
}

/* Reads a field of the current event: 1 present, 0 absent, -1 no such. */
static int read_field(struct script *s, const char *name, struct text *ret_text)
{
	struct field_context context = context_of(s);
	struct field_ref *ref;
	struct error err = { 0 };
	struct value value = { 0 };

	if (field_find(&fields_syscall, name, &s->arena, &ref, &err)) {
		vector_fail(s->run, "%s", err.text);
		return -1;
	}
	if (!s->has_event || !field_get_output(&context, ref, &value))
		return 0;
	*ret_text = value_text(&value, (enum print_format)ref->field->format,
			       &s->scratch);
	return 1;
}

/*
 * Is it the wanted text, or its characters as bytes?  The vectors' JSON holds
 * bytes that are no UTF-8 as one character each.
 */
static bool is_wanted(struct text got, const char *want)
{
	const unsigned char *w = (const unsigned char *)want;
	size_t i = 0;

	if (!strcmp(got.data, want))
		return true;
	for (; *w && i < got.len; i++) {
		unsigned c = *w++;

		if (c >= 0xc2 && c <= 0xc3 && *w)
			c = (c & 3) << 6 | (*w++ & 0x3f);
		if ((unsigned char)got.data[i] != c)
			return false;
	}
	return !*w && i == got.len;
}

enum verdict script_field(struct script *s, const json_t *step)
{
	const char *name = string(step, "field");
	const char *want = string(step, "equals");
	struct text got = { "<NA>", 4 };

	if (read_field(s, name, &got) < 0)
		return VECTOR_FAIL;
	if (!is_wanted(got, want))
		return vector_fail(s->run, "%s is '%s', not '%s'", name,
				   got.data, want);
	return VECTOR_PASS;
}

enum verdict script_has_value(struct script *s, const json_t *step)
{
	const char *name = string(step, "expr");
	bool want = json_is_true(json_object_get(step, "result"));
	struct text got = { "", 0 };
	int present = read_field(s, name, &got);

	if (present < 0)
		return VECTOR_FAIL;
	if ((present == 1) != want)
		return vector_fail(s->run, "%s is %s '%s'", name,
				   present ? "there:" : "absent", got.data);
	return VECTOR_PASS;
}

enum verdict script_filter(struct script *s, const json_t *step)
{
	const json_t *want = json_object_get(step, "result");
	const char *text = string(step, "expr");
	struct field_context context = context_of(s);
	struct filter *filter;
	struct error err = { 0 };
	bool got;

	if (filter_compile(&filter, text, &fields_syscall, &err))
		return json_is_string(want)
			       ? VECTOR_PASS
			       : vector_fail(s->run, "%s: %s", text, err.text);
	got = s->has_event && filter_match(filter, &context);
	filter_free(filter);
	if (json_is_string(want))
		return vector_fail(s->run, "%s: compiles", text);
	if (got != json_is_true(want))
		return vector_fail(s->run, "%s: %s", text,
				   got ? "true" : "false");
	return VECTOR_PASS;
}
