/* SPDX-License-Identifier: Apache-2.0 */
/* A single condition, compiled. */
#include "replay/rules/program.h"

#include <stdlib.h>
#include <string.h>

struct filter {
	struct program program;
	struct node *root;
};

static int compile(struct filter *filter, const char *text, struct error *err)
{
	struct ast_source source = { .text = text,
				     .len = strlen(text),
				     .max_depth = AST_DEPTH_FILTER,
				     .arena = &filter->program.arena };
	struct program *program = &filter->program;
	struct ast *ast;

	if (ast_parse(&ast, &source, err))
		return error_context(err, "filter error at %u:%u",
				     source.place.line, source.place.column);
	if (program_compile(&filter->root, program, ast, err))
		return error_context(err, "filter error at %u:%u",
				     program->place.line,
				     program->place.column);
	return 0;
}

int filter_compile(struct filter **ret_filter, const char *text,
		   const struct field_set *set, struct error *err)
{
	struct filter *filter = mem_zalloc(sizeof(*filter));

	program_init(&filter->program, set);
	if (compile(filter, text, err)) {
		filter_free(filter);
		return -1;
	}
	*ret_filter = filter;
	return 0;
}

bool filter_match(struct filter *filter, const struct field_context *context)
{
	program_begin(&filter->program, context);
	return node_eval(&filter->program, filter->root);
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	program_done(&filter->program);
	free(filter);
}
