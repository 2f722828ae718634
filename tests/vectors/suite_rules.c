/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of the condition language: parsing, printing, escapes. */
#include <string.h>

#include "replay/rules/ast.h"
#include "tests/vectors/suites.h"

/* The text of a vector's input; {repeat, count} is that text many times. */
static struct text input_text(const json_t *vector, struct arena *arena)
{
	const json_t *input = json_object_get(vector, "input");
	const char *unit = json_string_value(json_object_get(input, "repeat"));
	size_t count, len;
	char *text;

	if (!unit)
		return (struct text){ json_string_value(input),
				      (uint32_t)json_string_length(input) };
	count = (size_t)json_integer_value(json_object_get(input, "count"));
	len = strlen(unit);
	text = arena_bytes(arena, count * len + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, unit, len);
	text[count * len] = '\0';
	return (struct text){ text, (uint32_t)(count * len) };
}

static int parse(struct ast **ret_ast, struct text text, struct arena *arena,
		 struct error *err)
{
	struct ast_source source = { .text = text.data,
				     .len = text.len,
				     .max_depth = AST_DEPTH_FILTER,
				     .arena = arena };

	return ast_parse(ret_ast, &source, err);
}

static const json_t *expected(const json_t *vector, const char *key)
{
	return json_object_get(json_object_get(vector, "expected"), key);
}

enum verdict suite_parse(struct vector_run *run, const json_t *vector)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct ast *ast;
	const char *error = json_string_value(expected(vector, "error"));
	bool ok = !parse(&ast, input_text(vector, &arena), &arena, &err);
	enum verdict verdict = VECTOR_PASS;

	if (ok != json_is_true(expected(vector, "ok")))
		verdict = vector_fail(run, ok ? "parses" : "%s", err.text);
	else if (error && !strstr(err.text, error))
		verdict = vector_fail(run, "error '%s'", err.text);
	arena_free(&arena);
	return verdict;
}

enum verdict suite_ast_print(struct vector_run *run, const json_t *vector)
{
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	struct error err = { 0 };
	struct ast *ast;
	enum verdict verdict = VECTOR_PASS;

	if (parse(&ast, input_text(vector, &arena), &arena, &err)) {
		verdict = vector_fail(run, "%s", err.text);
	} else {
		ast_print(&out, ast);
		buffer_u8(&out, 0);
		if (strcmp((char *)out.data,
			   json_string_value(expected(vector, "output"))))
			verdict = vector_fail(run, "printed %s", out.data);
	}
	buffer_free(&out);
	arena_free(&arena);
	return verdict;
}

enum verdict suite_ast_print_roundtrip(struct vector_run *run,
				       const json_t *vector)
{
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	struct error err = { 0 };
	struct ast *first, *second;
	enum verdict verdict = VECTOR_PASS;

	if (parse(&first, input_text(vector, &arena), &arena, &err)) {
		verdict = vector_fail(run, "%s", err.text);
	} else {
		struct text text;

		ast_print(&out, first);
		text = (struct text){ (char *)out.data, (uint32_t)out.len };
		if (parse(&second, text, &arena, &err))
			verdict = vector_fail(run, "'%.*s': %s", (int)text.len,
					      text.data, err.text);
		else if (!ast_equal(first, second))
			verdict = vector_fail(run, "another tree: %.*s",
					      (int)text.len, text.data);
	}
	buffer_free(&out);
	arena_free(&arena);
	return verdict;
}

enum verdict suite_escape_str(struct vector_run *run, const json_t *vector)
{
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	enum verdict verdict = VECTOR_PASS;

	text_escape(&out, input_text(vector, &arena));
	buffer_u8(&out, 0);
	if (strcmp((char *)out.data,
		   json_string_value(expected(vector, "output"))))
		verdict = vector_fail(run, "got %s", out.data);
	buffer_free(&out);
	arena_free(&arena);
	return verdict;
}

enum verdict suite_escape_roundtrip(struct vector_run *run,
				    const json_t *vector)
{
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	struct text text = input_text(vector, &arena);
	struct text back = text;
	struct error err = { 0 };
	enum verdict verdict = VECTOR_PASS;

	text_escape(&out, text);
	if (out.len && out.data[0] == '"' &&
	    text_unescape(&back,
			  (struct text){ (char *)out.data, (uint32_t)out.len },
			  &arena, &err))
		verdict = vector_fail(run, "%s", err.text);
	else if (back.len != text.len || memcmp(back.data, text.data, text.len))
		verdict = vector_fail(run, "came back as %.*s", (int)back.len,
				      back.data);
	buffer_free(&out);
	arena_free(&arena);
	return verdict;
}
