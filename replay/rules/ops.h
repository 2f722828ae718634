/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operators and types: which operator accepts which class of types, how two
 * values are compared, and how a constant is parsed.  The table in ops.c is
 * the only place that lists operators.
 */
#ifndef SPOOR_REPLAY_RULES_OPS_H
#define SPOOR_REPLAY_RULES_OPS_H

#include "replay/rules/rules.h"

/* clang-format off */
enum type_class {
	CLASS_OTHER, CLASS_SIGNED, CLASS_UNSIGNED, CLASS_DOUBLE, CLASS_BOOL,
	CLASS_TEXT, CLASS_BYTES, CLASS_IP, CLASS_NET, CLASS_COUNT
};

/* clang-format on */

/* How an operator uses its right side. */
enum op_kind {
	OP_EXISTS,     /* no right side */
	OP_COMPARE,    /* one constant, or several with a modifier */
	OP_IN,	       /* a set of constants; for a list: all items are in it */
	OP_INTERSECTS, /* for a list: any item is in the set */
	OP_PMATCH,
	OP_REGEX
};

/* Does the relation hold between left and right? */
typedef bool compare_fn(const struct value *left, const struct value *right);

struct op {
	const char *token;
	enum op_kind kind;
	bool is_hex; /* its constants are hexadecimal */
	bool takes_list;
	/*
	 * For ordering checks: estimated cost of a test (1: cheap), and how
	 * many of 100 tests are true.
	 */
	uint8_t cost, truth;
	/* By class; NULL: not for this class. */
	compare_fn *compare[CLASS_COUNT];
	const char *help;
};

/* The operator of a token of len bytes, without modifier; NULL: unknown. */
const struct op *op_find(const char *token, size_t len);

/* The class of a type. */
enum type_class type_class_of(enum param_type type);

/*
 * Parses a constant of a type; texts and bytes are copied to the arena.  A net
 * becomes its address followed by its mask, each value->len bytes.  0 or -1.
 */
int constant_parse(struct value *ret_value, enum param_type type,
		   struct text text, struct arena *arena, struct error *err);

/* Parses an even number of hexadecimal digits into bytes.  0 or -1. */
int constant_parse_hex(struct value *ret_value, struct text text,
		       struct arena *arena, struct error *err);

#endif
