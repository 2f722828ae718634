/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recursive-descent parser of conditions.  The grammar and its peculiarities
 * are in doc/rule-language.md; error texts are Falco's.
 */
#include "replay/rules/parse.h"

#include <string.h>

/*
 * Operators in the order in which they are tried; a word must be followed by a
 * blank.
 */
static const char *const number_operators[] = { "<=", "<", ">=", ">", NULL };
static const char *const text_symbols[] = { "==", "=", "!=", NULL };
/* clang-format off */
static const char *const text_words[] = {
	"glob", "iglob", "contains", "icontains", "bcontains", "startswith",
	"bstartswith", "endswith", "regex", NULL
};
/* clang-format on */
/* clang-format off */
static const char *const list_operators[] = {
	"intersects", "in", "pmatch", NULL
};
/* clang-format on */
static const char *const modifiers[] = { "oneof", "anyof", "allof", NULL };
#define OPERATORS                                                   \
 "'exists', '<=', '<', '>=', '>', '==', '=', '!=', "                \
 "'glob', 'iglob', 'contains', 'icontains', 'bcontains', "          \
 "'startswith', 'bstartswith', 'endswith', 'regex', 'intersects', " \
 "'in', 'pmatch'"

static int parse_number_side(struct parser *p, struct ast **ret_ast)
{
	int got = parse_right_operand(p, ret_ast);
	struct ast_place place = p->lexer.at;

	if (got)
		return got;
	if (!lex_number(&p->lexer))
		return parse_fail(p,
				  "expected a number value or a field with a "
				  "valid transformer: " TRANSFORMERS);
	*ret_ast = parse_leaf(p, AST_VALUE, place);
	return 1;
}

static int parse_text_side(struct parser *p, struct ast **ret_ast)
{
	int got = parse_right_operand(p, ret_ast);

	if (!got)
		got = parse_string(p, ret_ast);
	if (!got)
		return parse_fail(p,
				  "expected a string value or a field with a "
				  "valid transformer: " TRANSFORMERS);
	return got;
}

static int parse_list_side(struct parser *p, struct ast **ret_ast)
{
	int got;

	lex_blank(&p->lexer);
	if (lex_peek(&p->lexer) != '(') {
		got = parse_right_operand(p, ret_ast);
		if (got)
			return got;
	}
	got = parse_list_or_name(p, ret_ast);
	if (!got)
		return parse_fail(p,
				  "expected a list, an identifier, or a field "
				  "with a valid transformer: " TRANSFORMERS);
	return got;
}

static bool is_keyword(struct text word)
{
	static const char *const keywords[] = { "and", "or", "not" };

	for (int i = 0; i < 3; i++)
		if (word.len == strlen(keywords[i]) &&
		    !memcmp(word.data, keywords[i], word.len))
			return true;
	return false;
}

/*
 * The modifier of a text operator, or NULL: it needs a blank before and after
 * it, then a list; otherwise the word is the right side.
 */
static const char *parse_modifier(struct parser *p)
{
	struct lexer before = p->lexer;
	bool had_blank = lex_blank(&p->lexer);
	struct lexer *lexer = &p->lexer;

	for (const char *const *m = modifiers; had_blank && *m; m++) {
		struct lexer after;

		if (!lex_word(lexer, *m))
			continue;
		lex_blank(lexer);
		after = *lexer;
		if (lex_peek(&after) == '(' ||
		    (lex_name(&after) && !is_keyword(after.token)))
			return *m;
		break;
	}
	p->lexer = before;
	return NULL;
}

static const char *parse_one_of(struct lexer *lexer, const char *const *tokens,
				bool are_words)
{
	for (; *tokens; tokens++)
		if (are_words ? lex_word(lexer, *tokens)
			      : lex_literal(lexer, *tokens))
			return *tokens;
	return NULL;
}

/* The right side of a text operator, with its modifier if it has one. */
static int parse_text_condition(struct parser *p, const char **operator,
				struct ast ** ret_ast)
{
	const char *modifier = parse_modifier(p);
	int got;

	if (!modifier)
		return parse_text_side(p, ret_ast);
	*operator= arena_printf(p->lexer.arena, "%s %s", *operator, modifier);
	got = parse_list_or_name(p, ret_ast);
	return got ? got : parse_fail(p, "expected a list or an identifier");
}

/* Operator and right side; 1 or -1. */
static int parse_right(struct parser *p, const char **ret_operator,
		       struct ast **ret_ast)
{
	struct lexer *lexer = &p->lexer;

	*ret_operator = parse_one_of(lexer, number_operators, false);
	if (*ret_operator)
		return parse_number_side(p, ret_ast);
	*ret_operator = parse_one_of(lexer, text_symbols, false);
	if (!*ret_operator)
		*ret_operator = parse_one_of(lexer, text_words, true);
	if (*ret_operator)
		return parse_text_condition(p, ret_operator, ret_ast);
	*ret_operator = parse_one_of(lexer, list_operators, false);
	if (*ret_operator)
		return parse_list_side(p, ret_ast);
	return parse_fail(p,
			  "expected a valid check operator: one of " OPERATORS);
}

static int parse_condition(struct parser *p, struct ast *left,
			   struct ast **ret_ast)
{
	const char *operator= "exists";
	struct kids kids = { 0 };
	struct ast *right = NULL;
	struct ast *check;

	kids_add(&kids, left, p);
	lex_blank(&p->lexer);
	if (!lex_literal(&p->lexer, operator)) {
		if (parse_right(p, &operator, & right) < 0)
			return -1;
		kids_add(&kids, right, p);
	}
	check = parse_node(p, AST_CHECK, left->place, &kids);
	check->text = (struct text){ operator,(uint32_t) strlen(operator) };
	*ret_ast = check;
	return 0;
}

static int parse_or(struct parser *p, struct ast **ret_ast);

/* The expression after a "(", and its ")". */
static int parse_group(struct parser *p, struct ast **ret_ast)
{
	if (parse_push(p))
		return -1;
	lex_blank(&p->lexer);
	if (parse_or(p, ret_ast))
		return -1;
	lex_blank(&p->lexer);
	if (!lex_literal(&p->lexer, ")"))
		return parse_fail(p, "expected a ')' token");
	p->depth--;
	return 0;
}

/* A check: left side, operator, right side. */
static int parse_check(struct parser *p, struct ast **ret_ast)
{
	struct ast_place place;
	struct ast *left;
	int got;

	lex_blank(&p->lexer);
	place = p->lexer.at;
	if (lex_literal(&p->lexer, "("))
		return parse_group(p, ret_ast);
	got = parse_field(p, &left);
	if (!got)
		got = parse_transformer(p, &left);
	if (got < 0)
		return -1;
	if (got)
		return parse_condition(p, left, ret_ast);
	if (!lex_name(&p->lexer))
		return parse_fail(p,
				  "expected a '(' token, a field check, or an "
				  "identifier");
	*ret_ast = parse_leaf(p, AST_NAME, place);
	return 0;
}

/* "not" and its operand, a group, a check or a macro. */
static int parse_not(struct parser *p, struct ast **ret_ast)
{
	bool is_not = false;
	struct ast_place place;
	struct kids kids = { 0 };
	struct ast *kid = NULL;
	int failed;

	lex_blank(&p->lexer);
	place = p->lexer.at;
	while (lex_not(&p->lexer))
		is_not = !is_not;
	if (lex_literal(&p->lexer, "not(")) {
		is_not = !is_not;
		failed = parse_group(p, &kid);
	} else {
		failed = parse_check(p, &kid);
	}
	if (failed)
		return -1;
	*ret_ast = kid;
	if (is_not) {
		kids_add(&kids, kid, p);
		*ret_ast = parse_node(p, AST_NOT, place, &kids);
	}
	return 0;
}

typedef int parse_fn(struct parser *p, struct ast **ret_ast);

/* Operands of one level, separated by `word'. */
static int parse_level(struct parser *p, const char *word, parse_fn *operand,
		       struct ast **ret_ast)
{
	struct ast_place place = p->lexer.at;
	struct kids kids = { 0 };
	struct ast *kid = NULL;

	if (operand(p, &kid))
		return -1;
	kids_add(&kids, kid, p);
	lex_blank(&p->lexer);
	while (lex_literal(&p->lexer, word)) {
		bool is_group = !lex_blank(&p->lexer);

		if (is_group && !lex_literal(&p->lexer, "("))
			return error_set(p->err, ERROR_SYNTAX,
					 "expected "
					 "blank or '(' after '%s'",
					 word);
		if (is_group ? parse_group(p, &kid) : operand(p, &kid))
			return -1;
		kids_add(&kids, kid, p);
		lex_blank(&p->lexer);
	}
	*ret_ast = kids.count == 1
			   ? kid
			   : parse_node(p, *word == 'a' ? AST_AND : AST_OR,
					place, &kids);
	return 0;
}

static int parse_and(struct parser *p, struct ast **ret_ast)
{
	return parse_level(p, "and", parse_not, ret_ast);
}

static int parse_or(struct parser *p, struct ast **ret_ast)
{
	return parse_level(p, "or", parse_and, ret_ast);
}

/* Offsets and lengths are 32 bits wide. */
enum { CONDITION_LEN_MAX = 64 << 20 };

int ast_parse(struct ast **ret_ast, struct ast_source *source,
	      struct error *err)
{
	struct parser p = parser_of(source, err);
	struct ast *ast = NULL;
	int failed;

	source->place = p.lexer.at;
	if (!source->len)
		return parse_fail(&p, "filter input string is empty");
	if (source->len > CONDITION_LEN_MAX)
		return parse_fail(&p, "filter input string is too long");
	failed = parse_or(&p, &ast);
	source->place = p.lexer.at;
	if (!failed && p.lexer.at.offset != source->len)
		return error_set(err, ERROR_SYNTAX,
				 "unexpected token after "
				 "'%.*s', expecting 'or', 'and'",
				 (int)(p.lexer.token.len < 100
					       ? p.lexer.token.len
					       : 100),
				 p.lexer.token.data);
	if (!failed)
		*ret_ast = ast;
	return failed;
}

static bool is_in(const char *const *tokens, const char *text, size_t len)
{
	for (; *tokens; tokens++)
		if (strlen(*tokens) == len && !memcmp(*tokens, text, len))
			return true;
	return false;
}

static bool is_text_operator(const char *text, size_t len)
{
	return is_in(text_symbols, text, len) || is_in(text_words, text, len);
}

/* The length of the operator before a modifier; 0: it has none. */
static size_t modified_len(const char *text)
{
	const char *blank = strchr(text, ' ');

	if (!blank || !is_in(modifiers, blank + 1, strlen(blank + 1)))
		return 0;
	return (size_t)(blank - text);
}

bool ast_is_operator(const char *text)
{
	size_t modified = modified_len(text);
	size_t len = strlen(text);

	if (modified)
		return is_text_operator(text, modified);
	return is_text_operator(text, len) || !strcmp(text, "exists") ||
	       is_in(number_operators, text, len) ||
	       is_in(list_operators, text, len);
}

bool ast_is_list_operator(const char *text)
{
	return modified_len(text) || is_in(list_operators, text, strlen(text));
}
