/* SPDX-License-Identifier: Apache-2.0 */
/* Warnings about valid conditions and outputs that are probably mistakes. */
#include "replay/rules/load.h"

#include <string.h>

/* clang-format off */
static const char *const deprecated_fields[] = {
	"evt.dir", "evt.latency", "evt.latency.s", "evt.latency.ns",
	"evt.latency.human", "evt.wait_latency", NULL
};
/* clang-format on */

static bool is_text(struct text text, const char *word)
{
	return text.len == strlen(word) && !memcmp(text.data, word, text.len);
}

/* Is the field one of a plugin whose absent value was once "<NA>"? */
static bool is_na_field(const struct ast *ast)
{
	return ast->kind == AST_FIELD &&
	       ((ast->text.len > 3 && !memcmp(ast->text.data, "ka.", 3)) ||
		(ast->text.len > 5 && !memcmp(ast->text.data, "jevt.", 5)));
}

static bool holds_na(const struct ast *ast)
{
	if (ast->kind == AST_VALUE)
		return is_text(ast->text, "<NA>");
	for (uint32_t i = 0; i < ast->count; i++)
		if (ast->kind == AST_LIST && holds_na(ast->kids[i]))
			return true;
	return false;
}

static void warn_of_field(const struct ast *ast, warning_fn *warn, void *user)
{
	struct warning_use use = { "LOAD_DEPRECATED_ITEM", NULL, ast->place };

	for (int i = 0; deprecated_fields[i]; i++)
		if (is_text(ast->text, deprecated_fields[i])) {
			use.text = deprecated_fields[i];
			warn(user, &use);
		}
}

void warn_of_condition(const struct ast *ast, warning_fn *warn, void *user)
{
	struct warning_use unsafe = { "LOAD_UNSAFE_NA_CHECK", NULL,
				      ast->place };

	if (ast->kind == AST_CHECK && ast->count > 1 &&
	    is_na_field(ast->kids[0]) && holds_na(ast->kids[1]))
		warn(user, &unsafe);
	if (ast->kind == AST_FIELD)
		warn_of_field(ast, warn, user);
	for (uint32_t i = 0; i < ast->count; i++)
		warn_of_condition(ast->kids[i], warn, user);
}

void warn_of_output(const char *output, warning_fn *warn, void *user)
{
	for (int i = 0; deprecated_fields[i]; i++) {
		struct warning_use use = { "LOAD_DEPRECATED_ITEM",
					   deprecated_fields[i],
					   { 0, 1, 1 } };

		if (strstr(output, deprecated_fields[i]))
			warn(user, &use);
	}
}
