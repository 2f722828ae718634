/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks: an operator, its left side, and constants or another field on the
 * right; their type rules and their evaluation.
 */
#include "replay/rules/program.h"

#include <stdlib.h>
#include <string.h>

#include "replay/rules/codes.h"
#include "replay/rules/find.h"

static bool eval_exists(struct program *program, const struct check *check)
{
	return source_get(program, check->left);
}

/*
 * Compares a constant with a value, or with any item of a list of sides or
 * ancestors.
 */
static bool compare_any(const struct check *check, const struct value *value,
			const struct value *constant)
{
	if (!value->is_list)
		return check->compare(value, constant);
	for (uint32_t i = 0; i < value->len; i++)
		if (check->compare(&value->items[i], constant) != check->is_all)
			return !check->is_all;
	return check->is_all && value->len;
}

static bool eval_compare(struct program *program, const struct check *check)
{
	return source_get(program, check->left) &&
	       compare_any(check, &check->left->value, check->constants);
}

/* startswith: the first 8 bytes decide in most cases. */
static bool eval_startswith(struct program *program, const struct check *check)
{
	const struct value *value = &check->left->value;

	if (!source_get(program, check->left))
		return false;
	if (value->is_list || value->len < 8)
		return compare_any(check, value, check->constants);
	if ((load_u64(value->text) & check->head_mask) != check->head)
		return false;
	return check->constants->len <= 8 ||
	       check->compare(value, check->constants);
}

/* Evaluates an operator with a modifier: oneof, anyof, allof. */
static bool eval_modifier(struct program *program, const struct check *check)
{
	uint32_t hits = 0;

	if (!source_get(program, check->left))
		return false;
	for (uint32_t i = 0; i < check->count; i++) {
		hits += compare_any(check, &check->left->value,
				    &check->constants[i]);
		if (hits && check->modifier == MODIFIER_ANY)
			return true;
	}
	return hits &&
	       hits == (check->modifier == MODIFIER_ONE ? 1 : check->count);
}

static bool has_text(const struct check *check, const struct value *value)
{
	return text_set_has(&check->set, value->text, value->len);
}

/* Is the number in the set? */
static bool has_number(const struct check *check, const struct value *value)
{
	uint32_t low = 0, high = check->count;

	while (low < high) {
		uint32_t middle = (low + high) / 2;
		uint64_t number = check->constants[middle].u64;

		if (number == value->u64)
			return true;
		if (number < value->u64)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool has_other(const struct check *check, const struct value *value)
{
	for (uint32_t i = 0; i < check->count; i++)
		if (check->compare(value, &check->constants[i]))
			return true;
	return false;
}

typedef bool has_fn(const struct check *check, const struct value *value);

/* in, intersects: is the value in the set; for a list: all items, or any? */
static inline bool eval_in(struct program *program, const struct check *check,
			   has_fn *has)
{
	const struct value *value = &check->left->value;

	if (!source_get(program, check->left))
		return false;
	if (!value->is_list)
		return has(check, value);
	for (uint32_t i = 0; i < value->len; i++)
		if (has(check, &value->items[i]) != check->is_all)
			return !check->is_all;
	return check->is_all;
}

static bool eval_in_text(struct program *program, const struct check *check)
{
	return eval_in(program, check, has_text);
}

static bool eval_in_number(struct program *program, const struct check *check)
{
	return eval_in(program, check, has_number);
}

static bool eval_in_other(struct program *program, const struct check *check)
{
	return eval_in(program, check, has_other);
}

static bool has_path(const struct check *check, const struct value *value)
{
	return paths_match(check->paths,
			   (struct text){ value->text, value->len });
}

static bool eval_pmatch(struct program *program, const struct check *check)
{
	return eval_in(program, check, has_path);
}

/* Does the value match the patterns?  Without modifier there is one pattern. */
static bool has_regex(const struct check *check, const struct value *value)
{
	uint32_t hits = 0;

	for (uint32_t i = 0; i < check->count; i++)
		hits += regex_match(check->regexes[i],
				    (struct text){ value->text, value->len });
	if (check->modifier == MODIFIER_ONE)
		return hits == 1;
	return hits &&
	       (check->modifier != MODIFIER_ALL || hits == check->count);
}

static bool eval_regex(struct program *program, const struct check *check)
{
	return eval_in(program, check, has_regex);
}

/* Compares one left item with the right field, which may be a list for `in'. */
static bool has_right(const struct check *check, const struct value *value)
{
	const struct value *right = &check->right->value;

	if (!right->is_list)
		return check->compare(value, right);
	for (uint32_t i = 0; i < right->len; i++)
		if (check->compare(value, &right->items[i]))
			return true;
	return false;
}

static bool eval_fields(struct program *program, const struct check *check)
{
	return source_get(program, check->right) &&
	       eval_in(program, check, has_right);
}

/* State of compiling a check. */
struct compile {
	struct program *program;
	const struct ast *ast;
	struct check *check;
	struct error *err;
};

static int fail_at(struct compile *c, const struct ast *ast)
{
	c->program->place = ast->place;
	return -1;
}

/* Separates operator and modifier. */
static int split_operator(struct compile *c)
{
	static const char *const names[] = { "oneof", "anyof", "allof" };
	const char *text = c->ast->text.data;
	const char *blank = strchr(text, ' ');
	size_t len = blank ? (size_t)(blank - text) : c->ast->text.len;

	c->check->op = op_find(text, len);
	for (int i = 0; blank && i < 3; i++)
		if (!strcmp(names[i], blank + 1))
			c->check->modifier = MODIFIER_ONE + (unsigned)i;
	if (c->check->op)
		return 0;
	error_set(c->err, ERROR_SYNTAX, "filter error: unknown operator '%s'",
		  text);
	return fail_at(c, c->ast);
}

static int check_within(struct compile *c)
{
	struct check *check = c->check;

	if (*check->op->token == '=') {
		check->compare = op_find("<=", 2)->compare[CLASS_UNSIGNED];
		return 0;
	}
	error_set(c->err, ERROR_SYNTAX,
		  "filter error: %s supports only '=' comparison operator",
		  check->left->ref->field->name);
	return fail_at(c, c->ast);
}

/* Checks that the operator supports the left side's type. */
static int check_operator(struct compile *c)
{
	const struct op *op = c->check->op;
	const struct source *left = c->check->left;
	enum type_class class = type_class_of(left->type);

	if (left->ref && (left->ref->field->flags & FIELD_WITHIN))
		return check_within(c);
	c->check->compare = op->compare[class];
	c->check->is_all = (!strcmp(op->token, "!=") && left->is_two_sided) ||
			   (op->kind == OP_IN && left->is_list);
	if (op->kind == OP_EXISTS ||
	    (c->check->compare && (!left->is_list || op->takes_list)))
		return 0;
	error_set(c->err, ERROR_SYNTAX,
		  "filter error: operator '%s' is not "
		  "supported for type '%s%s'",
		  op->token, left->is_list ? "list of " : "",
		  param_type_name(left->type));
	return fail_at(c, c->ast);
}

static void warn(struct compile *c, const char *text, const struct ast *at)
{
	if (c->program->warn)
		c->program->warn(c->program->warn_user, text, at->place);
}

/* Warns of a constant that looks like a field. */
static void warn_of_field(struct compile *c, const struct ast *value)
{
	struct arena arena = { 0 };
	struct ast_source source = { .text = value->text.data,
				     .len = value->text.len,
				     .max_depth = 10,
				     .arena = &arena };
	struct bytes name = { (const uint8_t *)value->text.data,
			      value->text.len };
	struct ast *operand;
	struct field_ref *ref;
	const char *kind;
	size_t used;

	if (!c->program->warn || !memchr(name.data, '.', name.len) ||
	    name.len > 255)
		return;
	if (!ast_parse_operand(&operand, &source, &used, NULL) &&
	    used == name.len) {
		kind = operand->kind == AST_TRANSFORM ? "transformer"
		       : field_bind(c->program->fields,
				    &(struct field_name){ operand->text,
							  operand->arg.data },
				    &arena, &ref, NULL)
			       ? NULL
			       : "field";
		if (kind)
			warn(c,
			     arena_printf(&arena,
					  "'%s' may be a valid %s "
					  "misinterpreted as a string "
					  "value",
					  value->text.data, kind),
			     value);
	}
	arena_free(&arena);
}

/* Is the name a possible value of evt.type: event, syscall, or async event? */
static bool is_event_name(const char *name)
{
	const struct code_set codes = codes_of_name(name);

	/* "container" is an event of Falco's container plugin. */
	return code_set_count(&codes) || !strcmp(name, "container");
}

/* Parses one constant for the type of the left side. */
static int parse_constant(struct compile *c, const struct ast *ast,
			  struct value *ret_value)
{
	const struct source *left = c->check->left;
	struct arena *arena = &c->program->arena;

	if (c->check->op->is_hex) {
		if (constant_parse_hex(ret_value, ast->text, arena, c->err))
			return fail_at(c, ast);
		return 0;
	}
	if (constant_parse(ret_value, left->type, ast->text, arena, c->err))
		return fail_at(c, ast);
	if (left->ref && !strcmp(left->ref->field->name, "evt.type") &&
	    !is_event_name(ast->text.data)) {
		error_set(c->err, ERROR_SYNTAX, "unknown event type %s",
			  ast->text.data);
		return fail_at(c, ast);
	}
	if (type_class_of(left->type) == CLASS_TEXT) {
		ret_value->pivot = find_pivot(ret_value->text, ret_value->len);
		warn_of_field(c, ast);
	}
	return 0;
}

static int parse_constants(struct compile *c, const struct ast *right)
{
	struct check *check = c->check;
	struct ast *const *asts = right->kids;
	struct ast *single = (struct ast *)right;

	check->count = right->count;
	if (right->kind == AST_VALUE) {
		asts = &single;
		check->count = 1;
	}
	check->constants = arena_alloc(
		&c->program->arena, check->count * sizeof(*check->constants));
	for (uint32_t i = 0; i < check->count; i++)
		if (parse_constant(c, asts[i], &check->constants[i]))
			return -1;
	return 0;
}

static int order_numbers(const void *left, const void *right)
{
	const struct value *a = left, *b = right;

	return (a->u64 > b->u64) - (a->u64 < b->u64);
}

/* Builds the set of `in' and `intersects'. */
static void prepare_in(struct compile *c, enum type_class class)
{
	struct check *check = c->check;

	if (class == CLASS_TEXT || class == CLASS_BYTES) {
		text_set_build(&check->set, check->constants, check->count,
			       &c->program->arena);
		check->eval = eval_in_text;
	} else if (class == CLASS_SIGNED || class == CLASS_UNSIGNED ||
		   class == CLASS_BOOL) {
		if (check->count)
			qsort(check->constants, check->count,
			      sizeof(*check->constants), order_numbers);
		check->eval = eval_in_number;
	} else {
		/* Falco uses only the first net if both sides are compared. */
		if (class == CLASS_NET && check->left->is_two_sided &&
		    check->count)
			check->count = 1;
		check->eval = eval_in_other;
	}
}

static void prepare_paths(struct compile *c)
{
	struct check *check = c->check;

	check->paths = arena_alloc(&c->program->arena, sizeof(*check->paths));
	for (uint32_t i = 0; i < check->count; i++)
		paths_add(check->paths,
			  (struct text){ check->constants[i].text,
					 check->constants[i].len },
			  &c->program->arena);
	paths_sort(check->paths);
	check->eval = eval_pmatch;
}

/*
 * Is the pattern plain text, except ^ first, $ last and .* .+ .? at the ends?
 */
static bool is_plain_regex(struct text text)
{
	static const char special[] = "\\.[]{}()*+?|^$";
	const char *at = text.data, *end = text.data + text.len;

	if (at < end && *at == '^')
		at++;
	if (end - at >= 2 && at[0] == '.' && strchr("*+?", at[1]))
		at += 2;
	if (at < end && end[-1] == '$')
		end--;
	if (end - at >= 2 && end[-2] == '.' && strchr("*+?", end[-1]) &&
	    (end - at < 3 || end[-3] != '\\'))
		end -= 2;
	for (; at < end; at++)
		if (strchr(special, *at))
			return false;
	return true;
}

/* Compiles the patterns, and warns of those without special characters. */
static int prepare_regex(struct compile *c, const struct ast *right)
{
	struct check *check = c->check;
	struct arena *arena = &c->program->arena;

	check->regexes =
		arena_alloc(arena, check->count * sizeof(*check->regexes));
	for (uint32_t i = 0; i < check->count; i++)
		if (regex_compile(&check->regexes[i],
				  (struct text){ check->constants[i].text,
						 check->constants[i].len },
				  arena, c->err))
			return fail_at(c, right);
	if (right->kind == AST_VALUE && is_plain_regex(right->text))
		warn(c,
		     "'regex' used with a pattern that has no special "
		     "character: use 'contains', 'startswith' or 'endswith' "
		     "instead",
		     right);
	check->eval = eval_regex;
	return 0;
}

static void prepare_compare(struct compile *c)
{
	struct check *check = c->check;
	const struct value *constant = check->constants;
	uint8_t head[8] = { 0 };
	uint8_t mask[8] = { 0 };
	size_t len = constant->len < 8 ? constant->len : 8;

	check->eval = eval_compare;
	if (strcmp(check->op->token, "startswith") != 0)
		return;
	memcpy(head, constant->text, len);
	memset(mask, 0xff, len);
	check->head = load_u64(head);
	check->head_mask = load_u64(mask);
	check->eval = eval_startswith;
}

/* Compiles the constants of the right side. */
static int compile_constants(struct compile *c, const struct ast *right)
{
	struct check *check = c->check;

	if (parse_constants(c, right))
		return -1;
	if (check->op->kind == OP_REGEX)
		return prepare_regex(c, right);
	if (check->modifier) {
		check->eval = eval_modifier;
		return 0;
	}
	if (check->op->kind == OP_PMATCH)
		prepare_paths(c);
	else if (check->op->kind == OP_COMPARE)
		prepare_compare(c);
	else
		prepare_in(c, type_class_of(check->left->type));
	return 0;
}

static int bad_fields(struct compile *c, const char *why)
{
	error_set(c->err, ERROR_SYNTAX,
		  "filter error: the right-hand side "
		  "field %s",
		  why);
	return fail_at(c, c->ast->kids[1]);
}

/* Compiles a comparison of two fields: same type, and few operators. */
static int compile_fields(struct compile *c, const struct ast *right)
{
	struct check *check = c->check;
	bool is_set =
		check->op->kind == OP_IN || check->op->kind == OP_INTERSECTS;

	if (source_compile(&check->right, c->program, right, c->err))
		return -1;
	if (check->left->no_right_side || check->right->no_right_side ||
	    type_class_of(check->left->type) == CLASS_NET)
		return bad_fields(c, "cannot be compared with another one");
	if (check->op->kind == OP_PMATCH || check->op->kind == OP_REGEX)
		return bad_fields(c, "is not supported by this operator");
	if (check->left->type != check->right->type ||
	    (check->left->is_list != check->right->is_list && !is_set))
		return bad_fields(c, "has incompatible type with the left "
				     "one");
	check->eval = eval_fields;
	return 0;
}

int check_compile(struct check **ret_check, struct program *program,
		  const struct ast *ast, struct error *err)
{
	struct check *check = arena_alloc(&program->arena, sizeof(*check));
	struct compile c = { program, ast, check, err };
	const struct ast *right = ast->count > 1 ? ast->kids[1] : NULL;
	int failed;

	if (source_compile(&check->left, program, ast->kids[0], err) ||
	    split_operator(&c) || check_operator(&c))
		return -1;
	if (!right) {
		check->eval = eval_exists;
		failed = 0;
	} else if (right->kind == AST_TRANSFORM) {
		failed = compile_fields(&c, right);
	} else {
		failed = compile_constants(&c, right);
	}
	if (!failed)
		*ret_check = check;
	return failed;
}
