/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of output formats and of transformers. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "replay/fields/transform.h"
#include "replay/rules/rules.h"
#include "tests/vectors/params.h"
#include "tests/vectors/script.h"
#include "tests/vectors/suites.h"

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void run_steps(struct script *s, const json_t *steps)
{
	const json_t *step;
	size_t i;

	json_array_foreach(steps, i, step) script_event(s, step);
}

/* The event that all formats are printed of. */
static enum verdict feed_getcwd(struct script *s, const json_t *input)
{
	const json_t *tid = json_object_get(input, "tid");
	json_t *event =
		json_pack("{s:I, s:i, s:[{s:I}, {s:s}]}", "tid",
			  tid ? json_integer_value(tid) : 1, "code",
			  event_code_find("PPME_SYSCALL_GETCWD_X"), "params",
			  "value", (json_int_t)-1, "value", "/test/dir");
	enum verdict verdict = script_event(s, event);

	json_decref(event);
	return verdict;
}

/* The fields with their values as one JSON object; null if there is none. */
static void put_items(struct buffer *out, const struct format_item *items,
		      unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct field_ref *ref = items[i].ref;

		buffer_u8(out, i ? ',' : '{');
		text_put_json(out, ref->text, strlen(ref->text));
		buffer_u8(out, ':');
		value_json(out, ref, &items[i].value, items[i].is_present);
	}
	buffer_printf(out, count ? "}" : "null");
}

/* Is there an item of that name and text? */
static enum verdict check_token(struct vector_run *run,
				const struct field_context *context,
				const struct format_item *item,
				const char *want)
{
	struct text got = { "<NA>", 4 };

	if (item->is_present)
		got = value_text(&item->value,
				 (enum print_format)item->ref->field->format,
				 context->scratch);
	if (want && strcmp(want, got.data))
		return vector_fail(run, "token %s is '%s'", item->ref->text,
				   got.data);
	return VECTOR_PASS;
}

static const struct format_item *find_item(const struct format_item *items,
					   unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (!strcmp(items[i].ref->text, name))
			return &items[i];
	return NULL;
}

struct formatted {
	struct vector_run *run;
	const json_t *input, *expected;
	const struct format *format;
	const struct field_context *context;
};

static enum verdict check_items(const struct formatted *f,
				const struct format_item *items, unsigned count)
{
	const json_t *number = json_object_get(f->expected, "num_tokens");
	json_t *tokens = json_object_get(f->expected, "tokens");
	enum verdict verdict = VECTOR_PASS;
	const char *name;
	json_t *want;

	if (number && json_integer_value(number) != count)
		return vector_fail(f->run, "%u tokens", count);
	json_object_foreach(tokens, name, want)
	{
		const struct format_item *item = find_item(items, count, name);

		if (!item)
			return vector_fail(f->run, "no token %s", name);
		if (verdict == VECTOR_PASS)
			verdict = check_token(f->run, f->context, item,
					      json_string_value(want));
	}
	return verdict;
}

static enum verdict check_output(const struct formatted *f)
{
	const char *want = text_of(f->expected, "output");
	const char *as = text_of(f->input, "as");
	bool is_json = as && !strcmp(as, "json");
	const json_t *want_ok = json_object_get(f->expected, "ok");
	struct format_item *items;
	struct text text = { "", 0 };
	struct buffer json = { 0 };
	bool complete;
	bool ok = format_text(f->format, f->context, &text);
	unsigned n =
		format_items(f->format, f->context,
			     !json_is_false(json_object_get(
				     f->input, "include_transformed_tokens")),
			     &items, &complete);
	enum verdict verdict = check_items(f, items, n);

	put_items(&json, items, n);
	buffer_u8(&json, 0);
	if (verdict != VECTOR_PASS)
		;
	else if ((want_ok && ok != json_is_true(want_ok)) || ok != complete)
		verdict = vector_fail(f->run, "ok is %d, %d", ok, complete);
	else if (want && strcmp(want, is_json ? (char *)json.data : text.data))
		verdict = vector_fail(f->run, "'%s'",
				      is_json ? (char *)json.data : text.data);
	buffer_free(&json);
	return verdict;
}

static enum verdict print_and_check(struct script *s, const json_t *vector,
				    const struct format *format)
{
	struct field_context context = {
		.state = s->state,
		.about = s->about,
		.scratch = &s->scratch,
		.hostname = "",
		.first_ts_ns = s->first_ts_ns,
		.previous_ts_ns = s->previous_ts_ns,
	};
	struct formatted f = { s->run, json_object_get(vector, "input"),
			       json_object_get(vector, "expected"), format,
			       &context };

	return check_output(&f);
}

enum verdict suite_format(struct vector_run *run, const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	const json_t *want =
		json_object_get(json_object_get(vector, "expected"), "error");
	struct format *format = NULL;
	struct error err = { 0 };
	bool failed = format_compile(&format, text_of(input, "format"),
				     &fields_syscall, &err);
	enum verdict verdict = VECTOR_PASS;
	struct script s;

	if (failed != json_is_true(want))
		verdict =
			vector_fail(run, failed ? "%s" : "compiles", err.text);
	if (failed || want) {
		format_free(format);
		return verdict;
	}
	script_init(&s, run);
	script_init_thread(&s, NULL);
	script_start(&s, NULL);
	run_steps(&s, json_object_get(input, "setup_events"));
	verdict = feed_getcwd(&s, input);
	if (verdict == VECTOR_PASS)
		verdict = print_and_check(&s, vector, format);
	script_done(&s);
	format_free(format);
	return verdict;
}

static int type_of(const char *name)
{
	for (int type = 0; type < PT_COUNT; type++)
		if (!strcmp(param_type_name((enum param_type)type), name))
			return type;
	return -1;
}

static struct value value_of(const json_t *json, enum param_type type,
			     struct arena *arena)
{
	const json_t *hex = json_object_get(json, "hex");
	struct value v;

	if (hex) {
		struct bytes bytes = vector_hex(arena, json_string_value(hex));

		give_bytes(&v, type, bytes.data, bytes.len);
	} else if (json_is_string(json)) {
		give_bytes(&v, type, json_string_value(json),
			   json_string_length(json));
	} else {
		give_number(&v, type, (uint64_t)json_integer_value(json));
	}
	return v;
}

static bool value_equals(const struct value *a, const struct value *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == PT_BYTEBUF || type_is_text((enum param_type)a->type))
		return a->len == b->len && !memcmp(a->text, b->text, a->len);
	return a->s64 == b->s64;
}

struct transformation {
	struct transformer_use use;
	struct arena arena;
	int want_type;
	const json_t *want;
};

/* The transformer that a vector names, of one argument. */
static struct transformer_use use_of(const json_t *input)
{
	return (struct transformer_use){ .transformer = transformer_find(
						 text_of(input, "transformer")),
					 .count = 1 };
}

/* Transforms one value, or the list; compares with want[at] on. */
static bool transforms(struct transformation *t, const struct value *arg,
		       size_t at)
{
	struct value got, want;
	uint32_t n;

	if (!transformer_run(&t->use, arg, &t->arena, &got))
		return false;
	n = got.is_list ? got.len : 1;
	for (uint32_t i = 0; i < n; i++) {
		want = value_of(json_array_get(t->want, at + i),
				(enum param_type)t->want_type, &t->arena);
		if (!value_equals(got.is_list ? &got.items[i] : &got, &want))
			return false;
	}
	return true;
}

static bool transforms_all(struct transformation *t, const json_t *input)
{
	const json_t *values = json_object_get(input, "values");
	int type = type_of(text_of(input, "type"));
	size_t n = json_array_size(values);
	struct value *items = arena_alloc(&t->arena, (n + 1) * sizeof(*items));
	struct value list;

	for (size_t i = 0; i < n; i++)
		items[i] = value_of(json_array_get(values, i),
				    (enum param_type)type, &t->arena);
	give_list(&list, (enum param_type)type, items, (uint32_t)n);
	if (json_is_true(json_object_get(input, "is_list")))
		return transforms(t, &list, 0);
	for (size_t i = 0; i < n; i++)
		if (!transforms(t, &items[i], i))
			return false;
	return true;
}

enum verdict suite_transform(struct vector_run *run, const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	const json_t *expected = json_object_get(vector, "expected");
	struct transformation t = {
		.use = use_of(input),
		.want = json_object_get(expected, "values"),
	};
	struct value_type type = { (uint8_t)type_of(text_of(input, "type")),
				   json_is_true(
					   json_object_get(input, "is_list")) };
	const char *want_type = text_of(expected, "type");
	enum verdict verdict = VECTOR_PASS;
	struct value_type got = { 0 };
	struct error err = { 0 };
	bool want_error = json_is_true(json_object_get(expected, "error"));

	if (!t.use.transformer)
		return vector_fail(run, "no such transformer");
	if (transformer_check(&t.use, &type, &got, &err))
		return want_error ? VECTOR_PASS
				  : vector_fail(run, "%s", err.text);
	t.want_type = want_type ? type_of(want_type) : type.type;
	if (want_type && got.type != t.want_type)
		return vector_fail(run, "gives %s",
				   param_type_name((enum param_type)got.type));
	if (transforms_all(&t, input) == want_error)
		verdict = vector_fail(run, "gives another value");
	arena_free(&t.arena);
	return verdict;
}

static bool is_listed(const json_t *names, const char *name)
{
	const json_t *item;
	size_t i;

	json_array_foreach(names, i, item) if (!strcmp(json_string_value(item),
						       name)) return true;
	return false;
}

/* Are exactly the types that the vector names taken? */
static enum verdict check_types(struct vector_run *run,
				const struct transformer_use *use,
				const json_t *names, bool is_list)
{
	for (int type = PT_INT8; type < PT_COUNT; type++) {
		const char *name = param_type_name((enum param_type)type);
		struct value_type arg = { (uint8_t)type, is_list };
		struct value_type got;
		struct error err;
		bool ok = !transformer_check(use, &arg, &got, &err);

		if (ok != (is_listed(names, name) || is_listed(names, "any")))
			return vector_fail(run, "%s%s is %s", name,
					   is_list ? " list" : "",
					   ok ? "taken" : "refused");
	}
	return VECTOR_PASS;
}

enum verdict suite_transform_types(struct vector_run *run, const json_t *vector)
{
	const json_t *expected = json_object_get(vector, "expected");
	const json_t *scalars = json_object_get(expected, "scalar_types");
	const json_t *lists = json_object_get(expected, "list_types");
	const struct transformer_use use =
		use_of(json_object_get(vector, "input"));
	enum verdict verdict;
	json_t *any;

	if (!use.transformer)
		return vector_fail(run, "no such transformer");
	verdict = check_types(run, &use, scalars, false);
	if (verdict != VECTOR_PASS)
		return verdict;
	if (json_is_array(lists))
		return check_types(run, &use, lists, true);
	if (!strcmp(json_string_value(lists), "same as scalar"))
		return check_types(run, &use, scalars, true);
	if (!strstr(json_string_value(lists), "any") &&
	    !strstr(json_string_value(lists), "all")) {
		vector_fail(run, "list types: %s", json_string_value(lists));
		return VECTOR_SKIP;
	}
	any = json_pack("[s]", "any");
	verdict = check_types(run, &use, any, true);
	json_decref(any);
	return verdict;
}
