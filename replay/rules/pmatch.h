/* SPDX-License-Identifier: Apache-2.0 */
/* The prefix tree of pmatch: is a path one of these or below one? */
#ifndef SPOOR_REPLAY_RULES_PMATCH_H
#define SPOOR_REPLAY_RULES_PMATCH_H

#include "replay/rules/rules.h"

struct path_node {
	struct text part;
	bool is_end; /* a path of the set ends here: all below match */
	bool is_glob;
	uint32_t count; /* kids: plain parts sorted, then globs */
	uint32_t capacity;
	struct path_node **kids;
};

/* Adds a path; empty parts do not count, so "/" is the root itself. */
void paths_add(struct path_node *root, struct text path, struct arena *arena);

/* Call when all are added, before the first paths_match. */
void paths_sort(struct path_node *root);

bool paths_match(const struct path_node *root, struct text path);

#endif
