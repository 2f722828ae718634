/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the parser: operands.c has the sides of a check, parse.c the rest. */
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

struct parser parser_of(const struct ast_source *source, struct error *err);

/* Sets the error; -1. */
int parse_fail(struct parser *p, const char *text);

/* One level deeper; fails at the limit.  The caller goes back up. */
int parse_push(struct parser *p);

void kids_add(struct kids *kids, struct ast *ast, struct parser *p);

/* A node with these kids; a node whose text is the last token. */
struct ast *parse_node(struct parser *p, enum ast_kind kind,
		       struct ast_place place, const struct kids *kids);
struct ast *parse_leaf(struct parser *p, enum ast_kind kind,
		       struct ast_place place);

/* All: 1 and the node, 0 there is none here, -1 an error. */
int parse_field(struct parser *p, struct ast **ret_ast);
int parse_transformer(struct parser *p, struct ast **ret_ast);
int parse_right_operand(struct parser *p, struct ast **ret_ast);
int parse_string(struct parser *p, struct ast **ret_ast);
int parse_list_or_name(struct parser *p, struct ast **ret_ast);

#endif
