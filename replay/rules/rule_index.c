/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of each event code as a tree of shared checks, built at the first
 * event of that code.
 */
#include "replay/rules/ruleset.h"

#include <stdlib.h>
#include <string.h>

/* State of building the tree of one code. */
struct builder {
	struct ruleset *set;
	struct node **conditions; /* by rule; NULL: not for this code */
	uint32_t *uses;		  /* by node id: number of rules that need it */
};

struct conjunct {
	struct node *node;
	uint32_t uses;
};

static struct node *const *conjuncts_of(struct node *const *node,
					uint32_t *ret_count)
{
	*ret_count = (*node)->kind == NODE_TRUE ? 0 : 1;
	if ((*node)->kind != NODE_AND)
		return node;
	*ret_count = (*node)->count;
	return (*node)->kids;
}

/* The expected cost of dismissing one rule by this conjunct. */
static float price(const struct conjunct *c)
{
	return c->node->cost / ((float)c->uses * (1 - c->node->truth) + 1e-6F);
}

/* Orders conjuncts: those that dismiss most rules at least cost first. */
static int order_conjuncts(const void *left, const void *right)
{
	const struct conjunct *a = left, *b = right;
	float x = price(a), y = price(b);

	if (x < y || x > y)
		return x < y ? -1 : 1;
	return (a->node->id > b->node->id) - (a->node->id < b->node->id);
}

static struct branch *new_branch(struct ruleset *set, struct node *guard,
				 uint32_t rule)
{
	struct branch *branch = arena_alloc(&set->index_arena, sizeof(*branch));

	branch->guard = guard;
	branch->first_rule = rule;
	return branch;
}

/* The branch below with this guard; a new one is appended. */
static struct branch *branch_below(struct ruleset *set, struct branch *parent,
				   struct node *guard, uint32_t rule)
{
	struct branch **link = &parent->kids;

	for (; *link; link = &(*link)->next)
		if ((*link)->guard == guard)
			return *link;
	*link = new_branch(set, guard, rule);
	return *link;
}

/* Inserts a rule below the branches of its checks. */
static void insert_rule(struct builder *b, struct branch *root, uint32_t rule)
{
	struct ruleset *set = b->set;
	uint32_t count;
	struct node *const *nodes = conjuncts_of(&b->conditions[rule], &count);
	struct conjunct *list = mem_alloc((count + 1) * sizeof(*list));
	struct branch *at = root;

	for (uint32_t i = 0; i < count; i++)
		list[i] = (struct conjunct){ nodes[i], b->uses[nodes[i]->id] };
	qsort(list, count, sizeof(*list), order_conjuncts);
	for (uint32_t i = 0; i < count; i++)
		at = branch_below(set, at, list[i].node, rule);
	free(list);
	at->rules = array_room(&set->index_arena, at->rules, at->rule_count,
			       sizeof(*at->rules));
	at->rules[at->rule_count++] = rule;
}

/* Specialises the conditions for the code; false: no rule is left. */
static bool specialise(struct builder *b, unsigned code)
{
	struct ruleset *set = b->set;
	struct node **cache =
		mem_zalloc(set->program.node_count * sizeof(struct node *));
	bool has_rules = false;

	for (uint32_t i = 0; i < set->count; i++) {
		const struct compiled_rule *rule = &set->compiled[i];
		struct node *node;

		if (!rule->rule.enabled || rule->is_dropped ||
		    !code_set_has(&rule->codes, code))
			continue;
		node = node_for_code(&set->program, rule->root, code, cache);
		if (node->kind == NODE_FALSE)
			continue;
		b->conditions[i] = node;
		has_rules = true;
	}
	free(cache);
	return has_rules;
}

static void count_uses(struct builder *b)
{
	b->uses = mem_zalloc(b->set->program.node_count * sizeof(*b->uses));
	for (uint32_t i = 0; i < b->set->count; i++) {
		uint32_t count;
		struct node *const *nodes;

		if (!b->conditions[i])
			continue;
		nodes = conjuncts_of(&b->conditions[i], &count);
		for (uint32_t k = 0; k < count; k++)
			b->uses[nodes[k]->id]++;
	}
}

void rule_index_build(struct ruleset *set, unsigned code)
{
	struct code_index *index = &set->index[code];
	struct builder b = { .set = set };

	index->is_built = true;
	index->root = NULL;
	b.conditions = mem_zalloc((set->count + 1) * sizeof(*b.conditions));
	if (specialise(&b, code)) {
		index->root = new_branch(set, NULL, 0);
		count_uses(&b);
		for (uint32_t i = 0; i < set->count; i++)
			if (b.conditions[i])
				insert_rule(&b, index->root, i);
		free(b.uses);
	}
	free(b.conditions);
}

void rule_index_clear(struct ruleset *set)
{
	memset(set->index, 0, sizeof(set->index));
	arena_reset(&set->index_arena);
}
