/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiled conditions: a graph of nodes in which equal parts of all rules
 * share one node, which is evaluated at most once per event.
 */
#ifndef SPOOR_REPLAY_RULES_PROGRAM_H
#define SPOOR_REPLAY_RULES_PROGRAM_H

#include "core/map.h"
#include "replay/fields/transform.h"
#include "replay/rules/ast.h"
#include "replay/rules/ops.h"
#include "replay/rules/pmatch.h"
#include "replay/rules/regex.h"
#include "replay/rules/text_set.h"

struct program;
struct transformer;

/*
 * One side of a check: a field or a transformer, read at most once per event.
 */
struct source {
	struct source *next; /* next source of the program */
	uint64_t generation; /* generation of the event that value belongs to */
	bool present;
	bool is_list;		   /* its declared type is a list */
	uint8_t type;		   /* enum param_type, after transformers */
	bool is_any, is_two_sided; /* see FIELD_ANY, FIELD_TWO_SIDED */
	struct value value;
	const struct field_ref *ref; /* NULL: not a plain field */
	struct transformer_use use;  /* without transformer: a list */
	struct source **args;	     /* of the transformer, or items */
	bool is_constant;	     /* value never changes */
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
	bool is_all; /* != on two sides: must hold for both */
	uint32_t count;
	struct value *constants;
	struct text_set set;	  /* in, of text */
	struct path_node *paths;  /* pmatch */
	uint64_t head, head_mask; /* startswith: first 8 bytes or less */
	struct regex **regexes;	  /* one per constant */
};

/* clang-format off */
enum node_kind { NODE_FALSE, NODE_TRUE, NODE_CHECK, NODE_NOT, NODE_AND,
		 NODE_OR };

/* clang-format on */

struct node {
	/* generation of the event that result belongs to */
	uint64_t generation;
	uint8_t kind;
	bool result;
	uint32_t id;
	uint32_t count;
	float cost;  /* expected cost of evaluation; 1: a cheap check */
	float truth; /* expected probability that it is true: 0 to 1 */
	struct node **kids;
	struct check *check;
};

/* Receives warnings of the compiler: text and position in the condition. */
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
	struct ast_place place; /* position of an error */
	program_warn_fn *warn;
	void *warn_user;
};

/* Prepares an empty program; fields is borrowed.  Release with program_done. */
void program_init(struct program *program, const struct field_set *fields);

/* Frees all memory of the program. */
void program_done(struct program *program);

/*
 * Compiles a condition without macros; the program owns the node.  0 or -1;
 * then program->place is the position.
 */
int program_compile(struct node **ret_node, struct program *program,
		    const struct ast *ast, struct error *err);

/* Begins a new event: invalidates all values and results. */
static inline void program_begin(struct program *program,
				 const struct field_context *context)
{
	program->generation++;
	program->context = context;
}

/* Evaluates a node at the current event. */
bool node_eval(struct program *program, struct node *node);

/*
 * Specialises a node for events of one code: checks of the event type are
 * decided.  cache: one entry per node id, initially NULL.
 */
struct node *node_for_code(struct program *program, struct node *node,
			   unsigned code, struct node **cache);

/* interned.c: objects by key, so that equal ones are made only once. */
void *program_find(struct program *program, const struct buffer *key);

/* Stores an object under a key, so that equal objects are made only once. */
void program_keep(struct program *program, const struct buffer *key,
		  void *object);

/*
 * source.c: compiles a field or transformer; the program owns the source.  0
 * or -1.
 */
int source_compile(struct source **ret_source, struct program *program,
		   const struct ast *ast, struct error *err);

/* Reads the value at the current event.  false: absent. */
bool source_read(struct program *program, struct source *source);

/* Like source_read, but at most once per event. */
static inline bool source_get(struct program *program, struct source *source)
{
	if (source->generation == program->generation)
		return source->present;
	return source_read(program, source);
}

/* check.c: compiles a check; the program owns it.  0 or -1. */
int check_compile(struct check **ret_check, struct program *program,
		  const struct ast *ast, struct error *err);

#endif
