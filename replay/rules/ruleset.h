/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside the ruleset: ruleset.c, compile_rule.c, rule_index.c. */
#ifndef SPOOR_REPLAY_RULES_RULESET_H
#define SPOOR_REPLAY_RULES_RULESET_H

#include "replay/rules/codes.h"
#include "replay/rules/load.h"
#include "replay/rules/program.h"

struct compiled_rule {
	struct rule rule;
	struct ast *ast;
	struct node *root;
	struct code_set codes;
	bool is_dropped; /* less severe than min_priority */
};

/*
 * The conditions of one event code as a tree: rules that need the same check
 * are below it, so that a false check dismisses all of them.
 */
struct branch {
	struct node *guard;
	struct branch *next, *kids;
	uint32_t first_rule; /* lowest rule in this subtree */
	uint32_t rule_count;
	uint32_t *rules; /* rules whose condition is complete here */
};

struct code_index {
	bool is_built;
	struct branch *root; /* NULL: no rule for this code */
};

/* A rule file as it was read. */
struct rule_text {
	const char *name;
	struct bytes content;
	struct rule_text *next;
};

struct ruleset {
	struct ruleset_options options;
	struct rule_text *texts, **last_text; /* for copies */
	struct loader loader;
	struct program program;
	uint32_t count;
	struct compiled_rule *compiled;
	struct rule **rules;
	struct arena index_arena;
	struct code_index index[EVENT_KIND_COUNT];
	uint32_t *matched; /* rules that match the current event */
	uint32_t matched_count;
	uint32_t best; /* the first matching rule */
};

/*
 * compile_rule.c: compiles a rule.  1: compiled, 0: skipped, -1: an error was
 * recorded.
 */
int rule_compile(struct ruleset *set, const struct rule_def *def,
		 struct compiled_rule *ret_rule);

/* rule_index.c: builds the index of one event code. */
void rule_index_build(struct ruleset *set, unsigned code);

/* Discards the index, after rules changed. */
void rule_index_clear(struct ruleset *set);

#endif
