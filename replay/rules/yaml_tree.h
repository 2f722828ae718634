/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A YAML file as a tree with line and column numbers.  Aliases share nodes, so
 * that a "billion laughs" file does not grow.
 */
#ifndef SPOOR_REPLAY_RULES_YAML_TREE_H
#define SPOOR_REPLAY_RULES_YAML_TREE_H

#include "replay/rules/rules.h"

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_SEQUENCE, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	unsigned line, column; /* from 1 */
	struct text text;      /* scalars, also null */
	uint32_t count;	       /* items; in a map: keys and values */
	uint32_t capacity;
	struct yaml_node **items; /* map: key, value, key, value ... */
};

/*
 * Parses all documents into a sequence; the arena owns the tree.  0, or -1:
 * *ret_node is unchanged and ret_place has line and column.
 */
int yaml_read(struct yaml_node **ret_node, struct bytes text,
	      struct arena *arena, struct yaml_node *ret_place,
	      struct error *err);

/* The value of a key in a map, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

#endif
