/* SPDX-License-Identifier: Apache-2.0 */
/* The sides of checks: fields and transformers. */
#include "replay/rules/program.h"

#include <string.h>

/* Rough costs of reading a field, for ordering checks. */
/* clang-format off */
enum { COST_STATELESS = 1, COST_FIELD = 3, COST_ANCESTORS = 12,
       COST_TRANSFORMER = 8 };
/* clang-format on */

/* Gives a list that is written in a condition or format: always of texts. */
static bool give_texts(struct value *v, struct value *items, uint32_t count,
		       struct arena *arena)
{
	for (uint32_t i = 0; i < count; i++) {
		struct text t;

		if (items[i].type == PT_CHARBUF && !items[i].is_list)
			continue;
		t = value_text(&items[i], PF_DEC, arena);
		give_text(&items[i], t.data, t.len);
	}
	return give_list(v, PT_CHARBUF, items, count);
}

/* Reads the arguments, then applies the transformer, to each item of a list. */
static bool read_transformed(struct program *program, struct source *source)
{
	struct arena *scratch = program->context->scratch;
	struct value *args =
		arena_alloc(scratch, (source->use.count + 1) * sizeof(*args));

	for (uint32_t i = 0; i < source->use.count; i++) {
		if (!source_get(program, source->args[i]))
			return false;
		args[i] = source->args[i]->value;
	}
	if (source->use.transformer)
		return transformer_run(&source->use, args, scratch,
				       &source->value);
	return give_texts(&source->value, args, source->use.count, scratch);
}

bool source_read(struct program *program, struct source *source)
{
	source->generation = program->generation;
	if (source->is_constant)
		return source->present;
	if (source->ref)
		source->present = field_get(program->context, source->ref,
					    &source->value);
	else
		source->present = read_transformed(program, source);
	/* Checks were compiled for values of this form. */
	source->present =
		source->present &&
		value_fits(&source->value, (enum param_type)source->type);
	return source->present;
}

/* Compiles a field as a source. */
static int compile_field(struct source *source, struct program *program,
			 const struct ast *ast, struct error *err)
{
	const struct field_name name = { ast->text, ast->arg.data };
	struct field_ref *ref;
	uint32_t flags;

	if (field_bind(program->fields, &name, &program->arena, &ref, err)) {
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
	source->cost = flags & FIELD_STATELESS ? COST_STATELESS
		       : flags & FIELD_ANY     ? COST_ANCESTORS
					       : COST_FIELD;
	return 0;
}

static int compile_args(struct source *source, struct program *program,
			const struct ast *ast, struct error *err)
{
	source->args = arena_alloc(&program->arena,
				   (ast->count + 1) * sizeof(*source->args));
	source->use.count = ast->count;
	source->cost = COST_TRANSFORMER;
	for (uint32_t i = 0; i < ast->count; i++) {
		if (source_compile(&source->args[i], program, ast->kids[i],
				   err))
			return -1;
		source->cost += source->args[i]->cost;
	}
	return 0;
}

/* Compiles a transformer with its arguments as a source. */
static int compile_transformer(struct source *source, struct program *program,
			       const struct ast *ast, struct error *err)
{
	struct value_type type = { 0 };
	struct value_type *types;
	bool refused = false;

	if (!strcmp(ast->text.data, "val"))
		return compile_field(source, program, ast->kids[0], err);
	source->use.transformer = transformer_find(ast->text.data);
	source->use.key = ast->arg.data;
	if (compile_args(source, program, ast, err))
		return -1;
	types = arena_alloc(&program->arena, (ast->count + 1) * sizeof(*types));
	for (uint32_t i = 0; i < ast->count; i++) {
		types[i] = (struct value_type){ source->args[i]->type,
						source->args[i]->is_list };
		refused |= source->args[i]->no_transformer;
	}
	program->place = ast->place;
	if (refused)
		return error_set(
			err, ERROR_SYNTAX,
			"transformer '%s' cannot be used with this field",
			ast->text.data);
	if (transformer_check(&source->use, types, &type, err))
		return -1;
	source->type = type.type;
	source->is_list = type.is_list;
	return 0;
}

/* Compiles a text or number argument of a transformer. */
static int compile_constant(struct source *source, const struct ast *ast)
{
	source->is_constant = true;
	source->present = true;
	source->type = PT_CHARBUF;
	give_text(&source->value, ast->text.data, ast->text.len);
	return 0;
}

static int compile_list(struct source *source, struct program *program,
			const struct ast *ast, struct error *err)
{
	source->type = PT_CHARBUF;
	source->is_list = true;
	return compile_args(source, program, ast, err);
}

static int compile_kind(struct source *source, struct program *program,
			const struct ast *ast, struct error *err)
{
	switch (ast->kind) {
	case AST_FIELD:
		return compile_field(source, program, ast, err);
	case AST_VALUE:
		return compile_constant(source, ast);
	case AST_ARG_LIST:
		return compile_list(source, program, ast, err);
	default:
		return compile_transformer(source, program, ast, err);
	}
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
		failed = compile_kind(source, program, ast, err);
		if (!failed) {
			program_keep(program, &key, source);
			source->next = program->sources;
			program->sources = source;
		}
	}
	buffer_free(&key);
	if (!failed)
		*ret_source = source;
	return failed;
}
