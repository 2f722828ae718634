/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors about conditions as a whole: the event types they can match, checks
 * that are warned of, and the prefix sets of pmatch.
 */
#include <string.h>

#include "replay/rules/codes.h"
#include "replay/rules/load.h"
#include "replay/rules/pmatch.h"
#include "tests/vectors/suites.h"

static const json_t *expected(const json_t *vector, const char *key)
{
	return json_object_get(json_object_get(vector, "expected"), key);
}

static int parse(struct ast **ret_ast, const char *text, struct arena *arena,
		 struct error *err)
{
	struct ast_source source = { .text = text,
				     .len = strlen(text),
				     .max_depth = AST_DEPTH_FILTER,
				     .arena = arena };

	return ast_parse(ret_ast, &source, err);
}

static int codes_of(struct code_set *ret_set, const char *text,
		    struct error *err)
{
	struct arena arena = { 0 };
	struct ast *ast;
	int failed = parse(&ast, text, &arena, err) ||
		     codes_of_condition(ret_set, ast, err);

	arena_free(&arena);
	return failed ? -1 : 0;
}

/* Names of sets in the vectors: some codes, or all but some. */
static const struct {
	const char *name, *types[2];
	bool is_complement;
} named_sets[] = {
	{ "no_events", { NULL, NULL }, false },
	{ "all_events", { NULL, NULL }, true },
	{ "openat_only", { "openat", NULL }, false },
	{ "close_only", { "close", NULL }, false },
	{ "openat_close_only", { "openat", "close" }, false },
	{ "not_openat", { "openat", NULL }, true },
	{ "not_close", { "close", NULL }, true },
	{ "not_openat_close", { "openat", "close" }, true },
};

enum { NAMED_SETS = sizeof(named_sets) / sizeof(named_sets[0]) };

static int named_set(const char *name, struct code_set *ret_set)
{
	struct code_set set[2] = { { { 0 } }, { { 0 } } };
	int i = 0;

	while (i < NAMED_SETS && strcmp(named_sets[i].name, name))
		i++;
	if (i == NAMED_SETS)
		return -1;
	for (int k = 0; k < 2; k++)
		if (named_sets[i].types[k])
			set[k] = codes_of_name(named_sets[i].types[k]);
	*ret_set = (struct code_set){ { 0 } };
	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		if ((code_set_has(&set[0], code) ||
		     code_set_has(&set[1], code)) !=
		    named_sets[i].is_complement)
			code_set_add(ret_set, code);
	return 0;
}

enum verdict suite_evttype_index_set(struct vector_run *run,
				     const json_t *vector)
{
	const char *text = json_string_value(json_object_get(vector, "input"));
	const char *name = json_string_value(expected(vector, "set"));
	struct code_set want, got;
	struct error err = { 0 };

	if (named_set(name, &want)) {
		vector_fail(run, "no set %s", name);
		return VECTOR_SKIP;
	}
	if (codes_of(&got, text, &err))
		return vector_fail(run, "'%s': %s", text, err.text);
	if (memcmp(&got, &want, sizeof(got)))
		return vector_fail(run, "'%s' can match %u types, not %u", text,
				   code_set_count(&got), code_set_count(&want));
	return VECTOR_PASS;
}

enum verdict suite_evttype_index_equiv(struct vector_run *run,
				       const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	const char *a = json_string_value(json_object_get(input, "a"));
	const char *b = json_string_value(json_object_get(input, "b"));
	struct code_set sets[2];
	struct error err = { 0 };

	if (codes_of(&sets[0], a, &err) || codes_of(&sets[1], b, &err))
		return vector_fail(run, "%s", err.text);
	if (!memcmp(&sets[0], &sets[1], sizeof(sets[0])) !=
	    json_is_true(expected(vector, "same_event_set")))
		return vector_fail(run, "'%s' and '%s'", a, b);
	return VECTOR_PASS;
}

enum verdict suite_evttype_index_error(struct vector_run *run,
				       const json_t *vector)
{
	const char *text = json_string_value(json_object_get(vector, "input"));
	struct code_set set;
	struct error err = { 0 };
	bool failed = codes_of(&set, text, &err);

	if (failed != json_is_true(expected(vector, "error")))
		return vector_fail(run, "'%s' is %s%s", text,
				   failed ? "refused: " : "taken", err.text);
	return VECTOR_PASS;
}

static void note_warning(void *user, const struct warning_use *use)
{
	(void)use;
	*(bool *)user = true;
}

enum verdict suite_unsafe_na_warning(struct vector_run *run,
				     const json_t *vector)
{
	const char *text = json_string_value(json_object_get(vector, "input"));
	struct arena arena = { 0 };
	struct error err = { 0 };
	bool warned = false;
	struct ast *ast;
	int failed = parse(&ast, text, &arena, &err);

	if (!failed)
		warn_of_condition(ast, note_warning, &warned);
	arena_free(&arena);
	if (failed)
		return vector_fail(run, "%s", err.text);
	if (warned != json_is_true(expected(vector, "warning")))
		return vector_fail(run, "'%s' is %swarned of", text,
				   warned ? "" : "not ");
	return VECTOR_PASS;
}

static struct text text_of(const json_t *json)
{
	return (struct text){ json_string_value(json),
			      (uint32_t)json_string_length(json) };
}

enum verdict suite_pmatch_set(struct vector_run *run, const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	struct path_node root = { .count = 0 };
	struct arena arena = { 0 };
	const json_t *path;
	bool match;
	size_t i;

	json_array_foreach(json_object_get(input, "paths"), i, path)
		paths_add(&root, text_of(path), &arena);
	paths_sort(&root);
	match = paths_match(&root, text_of(json_object_get(input, "path")));
	arena_free(&arena);
	if (match != json_is_true(expected(vector, "match")))
		return vector_fail(run, match ? "matches" : "does not match");
	return VECTOR_PASS;
}
