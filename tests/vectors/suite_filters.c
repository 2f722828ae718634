/* SPDX-License-Identifier: Apache-2.0 */
/* Filters that must compile or be refused; rule names. */
#include <string.h>

#include "replay/rules/rules.h"
#include "tests/vectors/suites.h"

/* The fields that the vectors' own mock has: which is the text. */
static const char *const mock_texts[] = { "1", "0", "hello \"quoted\"",
					  "hello 'quoted'" };

static bool get_mock(const struct field_context *context,
		     const struct field_ref *ref, struct value *v)
{
	const char *text = mock_texts[ref->field->which];

	(void)context;
	return give_bytes(v, (enum param_type)ref->type, text, strlen(text));
}

/* clang-format off */
static const struct field fields_mock[] = {
	{ .name = "c.true", .type = PT_CHARBUF, .get = get_mock, .which = 0 },
	{ .name = "c.false", .type = PT_CHARBUF, .get = get_mock,
	  .which = 1 },
	{ .name = "c.doublequote", .type = PT_CHARBUF, .get = get_mock,
	  .which = 2 },
	{ .name = "c.singlequote", .type = PT_CHARBUF, .get = get_mock,
	  .which = 3 },
	{ .name = "c.buffer", .type = PT_BYTEBUF, .get = get_mock,
	  .which = 0 },
	{ .name = NULL },
};
/* clang-format on */

/* The mock's fields before those of system calls. */
static const struct field_set *mock_set(void)
{
	static const struct field *tables[32] = { fields_mock };
	static const struct field_set set = { tables };

	for (size_t i = 0; i < 30 && fields_syscall.tables[i]; i++)
		tables[i + 1] = fields_syscall.tables[i];
	return &set;
}

enum verdict suite_run_mock(struct vector_run *run, const json_t *vector)
{
	const char *text = json_string_value(json_object_get(vector, "input"));
	bool want = json_is_true(
		json_object_get(json_object_get(vector, "expected"), "result"));
	struct event event = { .code = PPME_GENERIC_X };
	struct arena scratch = { 0 };
	struct field_context context = {
		.about = { .event = &event, .fd_num = -1 }, .scratch = &scratch
	};
	struct filter *filter;
	struct error err;
	bool got;

	if (filter_compile(&filter, text, mock_set(), &err))
		return vector_fail(run, "'%s': %s", text, err.text);
	got = filter_match(filter, &context);
	filter_free(filter);
	arena_free(&scratch);
	return got == want ? VECTOR_PASS
			   : vector_fail(run, "'%s' is %s", text,
					 got ? "true" : "false");
}

enum verdict suite_compile(struct vector_run *run, const json_t *vector)
{
	const char *text = json_string_value(json_object_get(vector, "input"));
	bool want = json_is_true(
		json_object_get(json_object_get(vector, "expected"), "ok"));
	struct filter *filter = NULL;
	struct error err = { 0 };
	bool ok = text && !filter_compile(&filter, text, mock_set(), &err);

	filter_free(filter);
	if (ok == want)
		return VECTOR_PASS;
	return vector_fail(run, "'%s' %s%s", text ? text : "?",
			   ok ? "compiles" : "is refused: ", err.text);
}

enum verdict suite_rule_name_wildcard(struct vector_run *run,
				      const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	const char *pattern =
		json_string_value(json_object_get(input, "pattern"));
	const char *name = json_string_value(json_object_get(input, "name"));
	bool want = json_is_true(
		json_object_get(json_object_get(vector, "expected"), "match"));

	if (wildcard_match(pattern, name) == want)
		return VECTOR_PASS;
	return vector_fail(run, "'%s' and '%s'", pattern, name);
}
