/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiled conditions: a graph of nodes in which equal parts of all rules are
 * one node, read and evaluated at most once per event.
 */
#ifndef SPOOR_REPLAY_RULES_PROGRAM_H
#define SPOOR_REPLAY_RULES_PROGRAM_H

#include "core/map.h"
#include "replay/rules/ast.h"
#include "replay/rules/ops.h"
#include "replay/rules/pmatch.h"
#include "replay/rules/regex.h"
#include "replay/rules/text_set.h"

struct program;
struct transformer;

/* One side of a check: a field or a transformer, read once per event. */
struct source {
	struct source *next; /* of the program */
	uint64_t generation; /* of the event that value is of */
	bool present;
	bool is_list;		   /* of its declared type */
	uint8_t type;		   /* enum param_type, after transformers */
	bool is_any, is_two_sided; /* see FIELD_ANY, FIELD_TWO_SIDED */
	struct value value;
	const struct field_ref *ref; /* NULL: not a plain field */
	const struct transformer *transformer;
	struct source **args; /* of the transformer */
	uint32_t arg_count;
	const char *arg;  /* in brackets behind it; NULL none */
	bool is_constant; /* value is set for good */
	bool no_right_side, no_transformer;
	unsigned cost;
};

enum modifier { MODIFIER_NONE, MODIFIER_ONE, MODIFIER_ANY, MODIFIER_ALL };

struct check {
	bool (*eval)(struct program *program, const struct check *check);
	struct source *left;
	struct source *right; /* NULL: constants */
	const struct op *op;
	compare_fn *compare;
	enum modifier modifier;
	bool is_all; /* != on two sides: both must differ */
	uint32_t count;
	struct value *constants;
	struct text_set set;	  /* in, of text */
	struct path_node *paths;  /* pmatch */
	uint64_t head, head_mask; /* startswith: up to 8 bytes of it */
	struct regex **regexes;	  /* one per constant */
};

/* clang-format off */
enum node_kind { NODE_FALSE, NODE_TRUE, NODE_CHECK, NODE_NOT, NODE_AND,
		 NODE_OR };
/* clang-format on */

struct node {
	uint64_t generation; /* of the event that result is of */
	uint8_t kind;
	bool result;
	uint32_t id;
	uint32_t count;
	float cost;  /* of evaluating it, as expected; 1: a cheap check */
	float truth; /* how often it is true, as expected: 0 to 1 */
	struct node **kids;
	struct check *check;
};

/* Warnings of compiling: the text and its place in the condition. */
typedef void program_warn_fn(void *user, const char *text,
			     struct ast_place place);

struct program {
	struct arena arena;
	const struct field_set *fields;
	uint64_t generation;
	const struct field_context *context; /* while evaluating */
	struct map interned; /* hash of key -> struct interned */
	uint32_t node_count;
	struct source *sources; /* all of them */
	struct node *always, *never;
	/* While compiling: */
	struct ast_place place; /* of an error */
	program_warn_fn *warn;
	void *warn_user;
};

void program_init(struct program *program, const struct field_set *fields);
void program_done(struct program *program);

/* Compiles a condition without macros; on failure program->place is set. */
int program_compile(struct node **ret_node, struct program *program,
		    const struct ast *ast, struct error *err);

/* A new event: nothing is known of it. */
static inline void program_begin(struct program *program,
				 const struct field_context *context)
{
	program->generation++;
	program->context = context;
}

bool node_eval(struct program *program, struct node *node);

/*
 * The node as it is for events of one code: checks of the type are decided.
 * cache: one entry per node id, NULL at first.
 */
struct node *node_for_code(struct program *program, struct node *node,
			   unsigned code, struct node **cache);

/* interned.c: an object kept under its key, so that equal ones are made once. */
void *program_find(struct program *program, const struct buffer *key);
void program_keep(struct program *program, const struct buffer *key,
		  void *object);

/* source.c */
int source_compile(struct source **ret_source, struct program *program,
		   const struct ast *ast, struct error *err);
bool source_read(struct program *program, struct source *source);

static inline bool source_get(struct program *program, struct source *source)
{
	if (source->generation == program->generation)
		return source->present;
	return source_read(program, source);
}

/* check.c */
int check_compile(struct check **ret_check, struct program *program,
		  const struct ast *ast, struct error *err);

#endif
