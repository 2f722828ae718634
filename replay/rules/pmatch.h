/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The prefix tree of pmatch: is a path equal to, or below, a path of the set?
 */
#ifndef SPOOR_REPLAY_RULES_PMATCH_H
#define SPOOR_REPLAY_RULES_PMATCH_H

#include "replay/rules/rules.h"

struct path_node {
	struct text part;
	bool is_end; /* a path of the set ends here: all paths below match */
	bool is_glob;
	uint32_t count; /* kids: sorted plain parts, then globs */
	uint32_t capacity;
	struct path_node **kids;
};

/* Adds a path; empty parts are ignored, so that "/" is the root itself. */
void paths_add(struct path_node *root, struct text path, struct arena *arena);

/* To be called after the last paths_add, before the first paths_match. */
void paths_sort(struct path_node *root);

/* Is the path equal to, or below, a path of the tree? */
bool paths_match(const struct path_node *root, struct text path);

#endif
