/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operators and types: which operator takes which class of type, how two
 * values compare, and how a constant is read.  The table in ops.c is the only
 * place that lists operators.
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
	OP_EXISTS,     /* has none */
	OP_COMPARE,    /* one constant, or several with a modifier */
	OP_IN,	       /* a set of constants; of a list: all are in it */
	OP_INTERSECTS, /* of a list: any is in it */
	OP_PMATCH,
	OP_REGEX
};

/* Does left stand in this relation to right? */
typedef bool compare_fn(const struct value *left, const struct value *right);

struct op {
	const char *token;
	enum op_kind kind;
	bool is_hex; /* its constants are hex digits */
	bool takes_list;
	/* For the order of checks: what one test costs (1: cheap), and of 100
	 * about how many hold. */
	uint8_t cost, truth;
	/* By class; NULL: not for this class. */
	compare_fn *compare[CLASS_COUNT];
	const char *help;
};

/* NULL: none; len: of the token alone, without a modifier. */
const struct op *op_find(const char *token, size_t len);

enum type_class type_class_of(enum param_type type);

/*
 * Reads a constant of a type; text and bytes are copied to the arena.  A net
 * becomes its address and then its mask, each value->len bytes.
 */
int constant_parse(struct value *ret_value, enum param_type type,
		   struct text text, struct arena *arena, struct error *err);

/* Reads an even number of hex digits. */
int constant_parse_hex(struct value *ret_value, struct text text,
		       struct arena *arena, struct error *err);

#endif
