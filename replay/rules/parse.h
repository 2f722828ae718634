/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared inside the parser: operands.c parses the sides of a check, parse.c
 * the rest.
 */
#ifndef SPOOR_REPLAY_RULES_PARSE_H
#define SPOOR_REPLAY_RULES_PARSE_H

#include "replay/rules/lex.h"

struct parser {
	struct lexer lexer;
	unsigned depth, max_depth;
	struct error *err;
};

/* An array of nodes that grows while a level is parsed. */
struct kids {
	struct ast **items;
	size_t count, capacity;
};

#define TRANSFORMERS                                \
 "'val', 'tolower', 'toupper', 'b64', 'basename', " \
 "'len', 'join', 'concat', 'getopt'"

/* A parser at the start of source; err receives its first error. */
struct parser parser_of(const struct ast_source *source, struct error *err);

/* Sets the error.  Returns -1. */
int parse_fail(struct parser *p, const char *text);

/*
 * Enters a nesting level; the caller leaves it by p->depth--.  -1 at the
 * limit.
 */
int parse_push(struct parser *p);

/* Appends a node; memory is in the parser's arena. */
void kids_add(struct kids *kids, struct ast *ast, struct parser *p);

/* A node with these kids. */
struct ast *parse_node(struct parser *p, enum ast_kind kind,
		       struct ast_place place, const struct kids *kids);

/* A node without kids, whose text is the last token. */
struct ast *parse_leaf(struct parser *p, enum ast_kind kind,
		       struct ast_place place);

/*
 * The parsers return 1 and a node, 0 if there is none at this position, -1 on
 * error.
 */
int parse_field(struct parser *p, struct ast **ret_ast);
int parse_transformer(struct parser *p, struct ast **ret_ast);
int parse_right_operand(struct parser *p, struct ast **ret_ast);
int parse_string(struct parser *p, struct ast **ret_ast);
int parse_list_or_name(struct parser *p, struct ast **ret_ast);

#endif
