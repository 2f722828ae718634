/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of a condition, between parser and compiler.  Nodes live in an
 * arena and are never changed after parsing, so macros share theirs.
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

/* Where in the condition: offset from 0, line and column from 1. */
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
	/* Of the whole tree; nodes under two parents count twice. */
	uint32_t size, depth;
};

/* A parser's input and, on failure, the place of the error. */
struct ast_source {
	const char *text;
	size_t len;
	unsigned max_depth;
	struct arena *arena;
	struct ast_place place;
};

/* Nesting that a filter and a rule may have. */
enum { AST_DEPTH_FILTER = 100, AST_DEPTH_RULE = 1000 };

/* Parses a condition; the error text has no place, source->place has. */
int ast_parse(struct ast **ret_ast, struct ast_source *source,
	      struct error *err);

/* Parses one field or transformer at the start of source; *ret_len: used. */
int ast_parse_operand(struct ast **ret_ast, struct ast_source *source,
		      size_t *ret_len, struct error *err);

/* A copy of the node alone, with room for as many kids. */
struct ast *ast_copy(const struct ast *ast, struct arena *arena);

/* Sets size and depth from the kids'. */
void ast_measure(struct ast *ast);

/* Appends the canonical text, as in compiled conditions. */
void ast_print(struct buffer *out, const struct ast *ast);

/* Appends bytes that are equal for equal trees and for no others. */
void ast_key(struct buffer *out, const struct ast *ast);
bool ast_equal(const struct ast *a, const struct ast *b);

/* Appends text, in quotes and with escapes if a bare word cannot hold it. */
void text_escape(struct buffer *out, struct text text);

/*
 * Decodes the escapes of a quoted string; quoted includes its delimiters.
 * The value, NUL-terminated, is in the arena.
 */
int text_unescape(struct text *ret_text, struct text quoted,
		  struct arena *arena, struct error *err);

/* Is it one of the comparison operators, modifiers included ("= oneof")? */
bool ast_is_operator(const char *text);

/* Names of operators that take a list ("in"), modifiers included. */
bool ast_is_list_operator(const char *text);

/* The name up to the parenthesis of a transformer, or NULL. */
const char *ast_find_transformer(const char *text, size_t len);

#endif
