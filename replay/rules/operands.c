/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parses the sides of a check: fields, transformers with their arguments,
 * strings, lists.
 */
#include "replay/rules/parse.h"

#include <string.h>

/* clang-format off */
static const char *const transformers[] = {
	"tolower", "toupper", "b64", "basename", "len", "join", "concat",
	"getopt", NULL
};
/* clang-format on */

int parse_fail(struct parser *p, const char *text)
{
	return error_set(p->err, ERROR_SYNTAX, "%s", text);
}

void kids_add(struct kids *kids, struct ast *ast, struct parser *p)
{
	if (kids->count == kids->capacity) {
		size_t capacity = kids->capacity ? kids->capacity * 2 : 4;
		struct ast **items =
			arena_alloc(p->lexer.arena, capacity * sizeof(*items));

		if (kids->count)
			memcpy(items, kids->items,
			       kids->count * sizeof(*items));
		kids->items = items;
		kids->capacity = capacity;
	}
	kids->items[kids->count++] = ast;
}

static struct ast *node(struct parser *p, enum ast_kind kind,
			struct ast_place place)
{
	struct ast *ast = arena_alloc(p->lexer.arena, sizeof(*ast));

	ast->kind = kind;
	ast->place = place;
	return ast;
}

struct ast *parse_node(struct parser *p, enum ast_kind kind,
		       struct ast_place place, const struct kids *kids)
{
	struct ast *ast = node(p, kind, place);

	ast->kids = kids->items;
	ast->count = (uint32_t)kids->count;
	ast_measure(ast);
	return ast;
}

static struct text keep(struct parser *p, struct text text)
{
	text.data = arena_copy(p->lexer.arena, text.data, text.len);
	return text;
}

struct ast *parse_leaf(struct parser *p, enum ast_kind kind,
		       struct ast_place place)
{
	struct ast *ast = node(p, kind, place);

	ast->text = keep(p, p->lexer.token);
	ast_measure(ast);
	return ast;
}

int parse_push(struct parser *p)
{
	if (++p->depth <= p->max_depth)
		return 0;
	return error_set(p->err, ERROR_SYNTAX, "exceeded max depth limit of %u",
			 p->max_depth);
}

/* "[" argument "]", after a field or a transformer. */
static int parse_arg(struct parser *p, struct ast *ast)
{
	int quoted;

	if (!lex_literal(&p->lexer, "["))
		return 0;
	quoted = lex_quoted(&p->lexer, p->err);
	if (quoted < 0)
		return -1;
	if (!quoted && !lex_field_arg(&p->lexer))
		return parse_fail(p,
				  "expected a valid field argument: a quoted "
				  "string or a bare string");
	ast->arg = keep(p, p->lexer.token);
	if (!lex_literal(&p->lexer, "]"))
		return parse_fail(p, "expected a ']' token");
	return 0;
}

/* 1: a field, 0: none here, -1: an error. */
int parse_field(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;

	if (!lex_field_name(&p->lexer))
		return 0;
	*ret_ast = parse_leaf(p, AST_FIELD, place);
	return parse_arg(p, *ret_ast) ? -1 : 1;
}

const char *ast_find_transformer(const char *text, size_t len)
{
	for (const char *const *t = transformers; *t; t++) {
		size_t name_len = strlen(*t);

		if (len > name_len && !memcmp(text, *t, name_len) &&
		    text[name_len] == '(')
			return *t;
	}
	return NULL;
}

/* A number or a quoted string; 1, 0, -1. */
static int parse_literal(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;
	int quoted;

	if (!lex_number(&p->lexer)) {
		quoted = lex_quoted(&p->lexer, p->err);
		if (quoted <= 0)
			return quoted;
	}
	*ret_ast = parse_leaf(p, AST_VALUE, place);
	return 1;
}

/* An element of a transformer's list, or a simple argument. */
static int parse_simple_argument(struct parser *p, struct ast **ret_ast)
{
	int got = parse_literal(p, ret_ast);

	if (!got)
		got = parse_transformer(p, ret_ast);
	if (!got)
		got = parse_field(p, ret_ast);
	return got;
}

/* The list argument of a transformer, after its "(". */
static int parse_argument_list(struct parser *p, struct ast_place place,
			       struct ast **ret_ast)
{
	struct kids kids = { 0 };

	lex_blank(&p->lexer);
	while (!lex_literal(&p->lexer, ")")) {
		struct ast *kid;
		int got;

		if (kids.count && !lex_literal(&p->lexer, ","))
			return parse_fail(p, "expected ')'");
		lex_blank(&p->lexer);
		got = parse_simple_argument(p, &kid);
		if (got < 0)
			return -1;
		if (!got)
			return parse_fail(
				p, "expected transformer list argument: "
				   "field, transformer, quoted string, or "
				   "number");
		kids_add(&kids, kid, p);
		lex_blank(&p->lexer);
	}
	*ret_ast = parse_node(p, AST_ARG_LIST, place, &kids);
	return 1;
}

static int parse_argument(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;
	int got;

	if (lex_literal(&p->lexer, "("))
		return parse_argument_list(p, place, ret_ast);
	got = parse_simple_argument(p, ret_ast);
	if (!got)
		return parse_fail(p,
				  "expected field transformer argument: field, "
				  "transformer, quoted string, number, or "
				  "transformer list");
	return got;
}

/* The arguments and the closing parenthesis. */
static int parse_arguments(struct parser *p, struct kids *kids)
{
	do {
		struct ast *kid = NULL;

		lex_blank(&p->lexer);
		if (parse_argument(p, &kid) < 0)
			return -1;
		kids_add(kids, kid, p);
		lex_blank(&p->lexer);
	} while (lex_literal(&p->lexer, ","));
	if (!lex_literal(&p->lexer, ")"))
		return parse_fail(p, "expected a ')' token closing the "
				     "transformer");
	return 0;
}

/* 1: a transformer, 0: none here, -1: an error. */
int parse_transformer(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;
	struct lexer *lexer = &p->lexer;
	const char *name = ast_find_transformer(lexer->text + place.offset,
						lexer->len - place.offset);
	struct kids kids = { 0 };
	struct ast *ast;

	if (!name)
		return 0;
	if (parse_push(p))
		return -1;
	lex_take(lexer, strlen(name) + 1);
	if (parse_arguments(p, &kids))
		return -1;
	ast = parse_node(p, AST_TRANSFORM, place, &kids);
	ast->text = (struct text){ name, (uint32_t)strlen(name) };
	if (parse_arg(p, ast))
		return -1;
	p->depth--;
	*ret_ast = ast;
	return 1;
}

/* val(FIELD), only on the right side; 1, 0, -1. */
static int parse_val(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;
	struct kids kids = { 0 };
	struct ast *field;
	int got;

	if (!lex_literal(&p->lexer, "val("))
		return 0;
	lex_blank(&p->lexer);
	got = parse_field(p, &field);
	if (got < 0)
		return -1;
	if (!got)
		return parse_fail(p,
				  "expected a field within 'val' transformer");
	lex_blank(&p->lexer);
	if (!lex_literal(&p->lexer, ")"))
		return parse_fail(p, "expected a ')' token closing the "
				     "transformer");
	kids_add(&kids, field, p);
	*ret_ast = parse_node(p, AST_TRANSFORM, place, &kids);
	(*ret_ast)->text = (struct text){ "val", 3 };
	return 1;
}

int parse_right_operand(struct parser *p, struct ast **ret_ast)
{
	int got;

	lex_blank(&p->lexer);
	got = parse_val(p, ret_ast);
	return got ? got : parse_transformer(p, ret_ast);
}

/* A quoted or bare string; 1, 0, -1. */
int parse_string(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place;
	int got;

	lex_blank(&p->lexer);
	place = p->lexer.at;
	got = lex_quoted(&p->lexer, p->err);
	if (!got)
		got = lex_bare(&p->lexer);
	if (got > 0)
		*ret_ast = parse_leaf(p, AST_VALUE, place);
	return got;
}

/* The strings of a list and its ")", after the "(". */
static int parse_list(struct parser *p, struct ast_place place,
		      struct ast **ret_ast)
{
	struct kids kids = { 0 };
	struct ast *kid;
	int got = parse_string(p, &kid);

	while (got > 0) {
		kids_add(&kids, kid, p);
		lex_blank(&p->lexer);
		if (!lex_literal(&p->lexer, ","))
			break;
		got = parse_string(p, &kid);
		if (!got)
			return parse_fail(p, "expected a string value");
	}
	if (got < 0)
		return -1;
	if (!lex_literal(&p->lexer, ")"))
		return parse_fail(p, "expected a ')' token");
	*ret_ast = parse_node(p, AST_LIST, place, &kids);
	return 1;
}

/* A list, or the name of one; 1, 0, -1. */
int parse_list_or_name(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place;

	lex_blank(&p->lexer);
	place = p->lexer.at;
	if (lex_literal(&p->lexer, "("))
		return parse_list(p, place, ret_ast);
	if (!lex_name(&p->lexer))
		return 0;
	*ret_ast = parse_leaf(p, AST_VALUE, place);
	return 1;
}

struct parser parser_of(const struct ast_source *source, struct error *err)
{
	return (struct parser){ .lexer = { .text = source->text,
					   .len = source->len,
					   .at = { 0, 1, 1 },
					   .token = { "", 0 },
					   .arena = source->arena },
				.max_depth = source->max_depth,
				.err = err };
}

int ast_parse_operand(struct ast **ret_ast, struct ast_source *source,
		      size_t *ret_len, struct error *err)
{
	struct parser p = parser_of(source, err);
	int got = parse_field(&p, ret_ast);

	if (!got)
		got = parse_transformer(&p, ret_ast);
	source->place = p.lexer.at;
	*ret_len = p.lexer.at.offset;
	if (!got)
		return parse_fail(&p, "expected a field or a transformer");
	return got < 0 ? -1 : 0;
}
