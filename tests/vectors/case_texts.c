/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions and texts by themselves, without an event; see cases.h. */
#include <string.h>

#include "replay/rules/codes.h"
#include "replay/rules/load.h"
#include "tests/vectors/cases.h"

static int parse(struct cases *c, const char *text, struct ast **ret_ast,
		 struct error *err)
{
	struct ast_source source = { .text = text,
				     .len = strlen(text),
				     .max_depth = AST_DEPTH_FILTER,
				     .arena = &c->arena };

	return ast_parse(ret_ast, &source, err);
}

static const char *printed(struct cases *c, const struct ast *ast)
{
	struct buffer out = { 0 };
	const char *text;

	ast_print(&out, ast);
	text = arena_copy(&c->arena, out.data, out.len);
	buffer_free(&out);
	return text;
}

const char *case_printed(struct cases *c, const char *text)
{
	struct ast *ast;
	struct error err = { 0 };

	return parse(c, text, &ast, &err) ? arena_strdup(&c->arena, err.text)
					  : printed(c, ast);
}

/* Printed so, and what is printed reads as the same tree. */
int case_canonical(struct cases *c, char *rest, const char *want)
{
	const char *text = case_printed(c, rest);

	return case_same(c, text, want) ||
			       case_same(c, case_printed(c, text), want)
		       ? -1
		       : 0;
}

int case_unparsed(struct cases *c, char *rest, const char *want)
{
	struct ast *ast;
	struct error err = { 0 };

	if (!parse(c, rest, &ast, &err))
		return case_fail(c, "parses");
	return strstr(err.text, want) ? 0 : case_fail(c, "%s", err.text);
}

/* Names of events, or those but which all are: "not open close". */
static struct code_set wanted_codes(struct cases *c, const char *want)
{
	struct code_set named = { { 0 } };
	struct code_set set = { { 0 } };
	bool is_complement = !strncmp(want, "not ", 4);
	char *rest = arena_strdup(&c->arena, want + (is_complement ? 4 : 0));
	char *name;

	if (!strcmp(want, "all") || !strcmp(want, "none")) {
		is_complement = want[0] == 'a';
		rest = NULL;
	}
	while ((name = strsep(&rest, " "))) {
		struct code_set one = codes_of_name(name);

		for (int i = 0; i < CODE_WORDS; i++)
			named.bits[i] |= one.bits[i];
	}
	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		if (code_set_has(&named, code) != is_complement)
			code_set_add(&set, code);
	return set;
}

int case_types(struct cases *c, char *rest, const char *want)
{
	struct ast *ast;
	struct code_set got, wanted = wanted_codes(c, want);
	struct error err = { 0 };

	if (parse(c, rest, &ast, &err) || codes_of_condition(&got, ast, &err))
		return strcmp(want, "error") ? case_fail(c, "%s", err.text) : 0;
	if (memcmp(&got, &wanted, sizeof(got)))
		return case_fail(c, "%u types, not %u", code_set_count(&got),
				 code_set_count(&wanted));
	return 0;
}

static void note_warning(void *user, const struct warning_use *use)
{
	(void)use;
	*(bool *)user = true;
}

static int check_doubt(struct cases *c, const char *text, bool want)
{
	struct ast *ast;
	struct error err = { 0 };
	bool got = false;

	if (parse(c, text, &ast, &err))
		return case_fail(c, "%s", err.text);
	warn_of_condition(ast, note_warning, &got);
	return got == want ? 0
			   : case_fail(c, "is %swarned of", got ? "" : "not ");
}

/* A comparison with <NA>, which is never true, is warned of. */
int case_doubted(struct cases *c, char *rest, const char *want)
{
	(void)want;
	return check_doubt(c, rest, true);
}

int case_undoubted(struct cases *c, char *rest, const char *want)
{
	(void)want;
	return check_doubt(c, rest, false);
}

/* As a string of a condition, and back. */
int case_escaped(struct cases *c, char *rest, const char *want)
{
	struct text text = { rest,
			     (uint32_t)case_unescape(rest, strlen(rest)) };
	struct text again;
	struct buffer out = { 0 };
	struct text quoted;
	struct error err = { 0 };

	text_escape(&out, text);
	quoted = (struct text){ arena_copy(&c->arena, out.data, out.len),
				(uint32_t)out.len };
	buffer_free(&out);
	if (case_same(c, quoted.data, want))
		return -1;
	if (*quoted.data != '"')
		return case_same(c, quoted.data, rest);
	if (text_unescape(&again, quoted, &c->arena, &err))
		return case_fail(c, "%s", err.text);
	return case_same(c, again.data, rest);
}
