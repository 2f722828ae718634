/* SPDX-License-Identifier: Apache-2.0 */
/* The sides of checks: fields and transformers over them. */
#include "replay/rules/program.h"

#include <errno.h>
#include <string.h>

/* Rough costs of reading a field, for the order of checks. */
enum { COST_STATELESS = 1, COST_FIELD = 3, COST_ANCESTORS = 12,
       COST_TRANSFORMER = 8 };

bool source_read(struct program *program, struct source *source)
{
	source->generation = program->generation;
	source->present = field_get(program->context, source->ref,
				    &source->value);
	return source->present;
}

static int compile_field(struct source *source, struct program *program,
			 const struct ast *ast, struct error *err)
{
	struct bytes name = { (const uint8_t *)ast->text.data, ast->text.len };
	struct field_ref *ref;
	uint32_t flags;

	if (field_bind(program->fields, name, ast->arg.data, &program->arena,
		       &ref, err)) {
		program->place = ast->place;
		return -1;
	}
	flags = ref->field->flags;
	source->ref = ref;
	source->type = ref->type;
	source->is_list = ref->is_list;
	source->is_any = flags & FIELD_ANY;
	source->is_two_sided = flags & FIELD_TWO_SIDED;
	source->no_right_side = flags & FIELD_NO_RHS;
	source->no_transformer = flags & FIELD_NO_TRANSFORMER;
	source->cost = flags & FIELD_STATELESS ? COST_STATELESS :
		flags & FIELD_ANY ? COST_ANCESTORS : COST_FIELD;
	return 0;
}

static int compile_transformer(struct source *source, struct program *program,
			       const struct ast *ast, struct error *err)
{
	if (!strcmp(ast->text.data, "val"))
		return compile_field(source, program, ast->kids[0], err);
	program->place = ast->place;
	return error_set(err, ENOTSUP, "transformer '%s'", ast->text.data);
}

int source_compile(struct source **ret_source, struct program *program,
		   const struct ast *ast, struct error *err)
{
	struct buffer key = { 0 };
	struct source *source;
	int failed = 0;

	buffer_u8(&key, 0x7f);
	ast_key(&key, ast);
	source = program_find(program, &key);
	if (!source) {
		source = arena_alloc(&program->arena, sizeof(*source));
		failed = ast->kind == AST_FIELD ?
			compile_field(source, program, ast, err) :
			compile_transformer(source, program, ast, err);
		if (!failed)
			program_keep(program, &key, source);
	}
	buffer_free(&key);
	if (!failed)
		*ret_source = source;
	return failed;
}
