/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A YAML file as a tree that knows its lines and columns.  Aliases share
 * nodes, so a "billion laughs" file stays as small as it is written.
 */
#ifndef SPOOR_REPLAY_RULES_YAML_TREE_H
#define SPOOR_REPLAY_RULES_YAML_TREE_H

#include "replay/rules/rules.h"

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_SEQUENCE, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	unsigned line, column; /* from 1 */
	struct text text;      /* of a scalar, also of a null */
	uint32_t count;	       /* items; of a map: keys and values */
	uint32_t capacity;
	struct yaml_node **items; /* map: key, value, key, value ... */
};

/*
 * Reads all documents into a sequence; the arena owns the tree.  On failure
 * *ret_node is untouched but ret_place has the line and column.
 */
int yaml_read(struct yaml_node **ret_node, struct bytes text,
	      struct arena *arena, struct yaml_node *ret_place,
	      struct error *err);

/* The value of a key, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

#endif
