/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The syntax tree of a condition, between parser and compiler.  Nodes live in
 * an arena and never change after parsing, so that conditions share the trees
 * of their macros.
 */
#ifndef SPOOR_REPLAY_RULES_AST_H
#define SPOOR_REPLAY_RULES_AST_H

#include "replay/rules/rules.h"

/* clang-format off */
enum ast_kind {
	AST_AND, AST_OR,  /* kids, two or more */
	AST_NOT,          /* one kid */
	AST_NAME,         /* a macro: text */
	AST_CHECK,        /* text: operator; kids: left and perhaps right */
	AST_FIELD,        /* text: name; arg */
	AST_TRANSFORM,    /* text: name; kids: arguments; arg */
	AST_VALUE,        /* text, unescaped */
	AST_LIST,         /* kids: values */
	AST_ARG_LIST      /* the list argument of a transformer */
};

/* clang-format on */

/* A position in the condition: offset from 0, line and column from 1. */
struct ast_place {
	uint32_t offset, line, column;
};

struct ast {
	enum ast_kind kind;
	struct text text;
	struct text arg; /* data NULL: none */
	struct ast_place place;
	uint32_t count;
	struct ast **kids;
	/* Of the whole tree; a node with two parents counts twice. */
	uint32_t size, depth;
};

/* A parser's input; on failure, place is the position of the error. */
struct ast_source {
	const char *text;
	size_t len;
	unsigned max_depth;
	struct arena *arena;
	struct ast_place place;
};

/* Greatest nesting depth of a filter and of a rule. */
enum { AST_DEPTH_FILTER = 100, AST_DEPTH_RULE = 1000 };

/*
 * Parses a condition into source->arena.  0 or -1; the position of an error is
 * in source->place, not in the error text.
 */
int ast_parse(struct ast **ret_ast, struct ast_source *source,
	      struct error *err);

/*
 * Parses one field or transformer at the start of source; *ret_len: its
 * length.  Errors as in ast_parse.
 */
int ast_parse_operand(struct ast **ret_ast, struct ast_source *source,
		      size_t *ret_len, struct error *err);

/* Copies one node, with uninitialised kids of the same number. */
struct ast *ast_copy(const struct ast *ast, struct arena *arena);

/* Sets the size and depth of a node from those of its kids. */
void ast_measure(struct ast *ast);

/* Appends the canonical text of a tree, as in compiled conditions. */
void ast_print(struct buffer *out, const struct ast *ast);

/* Appends a key that is equal exactly for equal trees. */
void ast_key(struct buffer *out, const struct ast *ast);

/* Are two trees equal? */
bool ast_equal(const struct ast *a, const struct ast *b);

/* Appends text as a bare word, or quoted and escaped if necessary. */
void text_escape(struct buffer *out, struct text text);

/*
 * Decodes a quoted string including its delimiters.  The value,
 * NUL-terminated, is in the arena.  0 or -1.
 */
int text_unescape(struct text *ret_text, struct text quoted,
		  struct arena *arena, struct error *err);

/* Is text a comparison operator, with or without modifier ("= oneof")? */
bool ast_is_operator(const char *text);

/* Is text an operator that takes a list ("in"), with or without modifier? */
bool ast_is_list_operator(const char *text);

/* The name of the transformer call at the start of text, or NULL. */
const char *ast_find_transformer(const char *text, size_t len);

#endif
