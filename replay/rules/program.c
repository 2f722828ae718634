/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nodes: shared by equal parts, simplified, evaluated at most once per event.
 */
#include "replay/rules/program.h"

#include <stdlib.h>
#include <string.h>

enum { COMMON_MAX = 64 };

/* Recursive through factor(), for common parts of conditions. */
static struct node *node_join(struct program *program, enum node_kind kind,
			      struct node **kids, uint32_t count);

static struct node *new_node(struct program *program, enum node_kind kind)
{
	struct node *node = arena_alloc(&program->arena, sizeof(*node));

	node->kind = (uint8_t)kind;
	node->truth = kind == NODE_TRUE ? 1 : 0;
	node->id = program->node_count++;
	return node;
}

void program_init(struct program *program, const struct field_set *fields)
{
	*program = (struct program){ .fields = fields };
	program->never = new_node(program, NODE_FALSE);
	program->always = new_node(program, NODE_TRUE);
}

void program_done(struct program *program)
{
	map_free(&program->interned);
	arena_free(&program->arena);
}

/*
 * Estimates cost and truth of a node from its kids, as if they were
 * independent: later kids count only as often as they are evaluated.
 */
static void estimate(struct node *node)
{
	float reached = 1;

	node->cost = 0;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *kid = node->kids[i];

		node->cost += reached * kid->cost;
		reached *= node->kind == NODE_OR ? 1 - kid->truth : kid->truth;
	}
	node->truth = node->kind == NODE_AND ? reached : 1 - reached;
}

/* The node with these kids: new, or an existing equal one. */
static struct node *find_or_make(struct program *program, enum node_kind kind,
				 struct node *const *kids, uint32_t count)
{
	struct buffer key = { 0 };
	struct node *node;

	buffer_u8(&key, (uint8_t)(0x80 + kind));
	for (uint32_t i = 0; i < count; i++)
		buffer_u32(&key, kids[i]->id);
	node = program_find(program, &key);
	if (!node) {
		node = new_node(program, kind);
		node->count = count;
		node->kids = arena_alloc(&program->arena,
					 count * sizeof(*node->kids));
		memcpy(node->kids, kids, count * sizeof(*node->kids));
		estimate(node);
		program_keep(program, &key, node);
	}
	buffer_free(&key);
	return node;
}

static struct node *node_not(struct program *program, struct node *kid)
{
	if (kid->kind == NODE_NOT)
		return kid->kids[0];
	if (kid->kind == NODE_TRUE)
		return program->never;
	if (kid->kind == NODE_FALSE)
		return program->always;
	return find_or_make(program, NODE_NOT, &kid, 1);
}

/*
 * Orders kids: cheap and decisive ones first.  Kids have no side effects, so
 * any order is valid.
 */
static int order(const struct node *a, const struct node *b, float a_decides,
		 float b_decides)
{
	float left = a->cost * b_decides, right = b->cost * a_decides;

	if (left < right || left > right)
		return left < right ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static int order_and(const void *left, const void *right)
{
	const struct node *a = *(struct node *const *)left;
	const struct node *b = *(struct node *const *)right;

	return order(a, b, 1 - a->truth, 1 - b->truth);
}

static int order_or(const void *left, const void *right)
{
	const struct node *a = *(struct node *const *)left;
	const struct node *b = *(struct node *const *)right;

	return order(a, b, a->truth, b->truth);
}

static bool is_identity(const struct node *node, enum node_kind kind)
{
	return node->kind == (kind == NODE_AND ? NODE_TRUE : NODE_FALSE);
}

static bool is_zero(const struct node *node, enum node_kind kind)
{
	return node->kind == (kind == NODE_AND ? NODE_FALSE : NODE_TRUE);
}

/* The conjuncts of a node: the node itself if it is not an AND. */
static struct node *const *parts_of(struct node *const *node,
				    uint32_t *ret_count)
{
	bool is_and = (*node)->kind == NODE_AND;

	*ret_count = is_and ? (*node)->count : 1;
	return is_and ? (*node)->kids : node;
}

static bool has_part(struct node *const *node, const struct node *part)
{
	uint32_t count;
	struct node *const *parts = parts_of(node, &count);

	for (uint32_t i = 0; i < count; i++)
		if (parts[i] == part)
			return true;
	return false;
}

/* The conjuncts that all nodes have in common; returns their number. */
static uint32_t common_parts(struct node *const *nodes, uint32_t count,
			     struct node **ret_parts)
{
	uint32_t n, kept;
	struct node *const *parts = parts_of(nodes, &n);

	memcpy(ret_parts, parts, n * sizeof(*ret_parts));
	for (uint32_t i = 1; i < count && n; i++) {
		kept = 0;
		for (uint32_t k = 0; k < n; k++)
			if (has_part(&nodes[i], ret_parts[k]))
				ret_parts[kept++] = ret_parts[k];
		n = kept;
	}
	return n;
}

static struct node *without_parts(struct program *program, struct node *node,
				  struct node *const *parts, uint32_t count)
{
	uint32_t n, kept = 0;
	struct node *const *all = parts_of(&node, &n);
	struct node **left = mem_alloc(n * sizeof(*left));
	struct node *result;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = 0;

		while (k < count && parts[k] != all[i])
			k++;
		if (k == count)
			left[kept++] = all[i];
	}
	result = node_join(program, NODE_AND, left, kept);
	free(left);
	return result;
}

/*
 * Factors out common conjuncts: (a and b) or (a and c) is a and (b or c), so
 * that rules share a, and are dismissed by it together.  NULL: no common
 * conjuncts.
 */
static struct node *factor(struct program *program, struct node *const *kids,
			   uint32_t count)
{
	struct node **parts, **rests, *result = NULL;
	uint32_t n = kids[0]->count + 1;

	if (n > COMMON_MAX)
		return NULL; /* expensive, for little gain */
	parts = mem_alloc((n + 1) * sizeof(*parts));
	rests = mem_alloc(count * sizeof(*rests));
	n = common_parts(kids, count, parts);
	if (n) {
		for (uint32_t i = 0; i < count; i++)
			rests[i] = without_parts(program, kids[i], parts, n);
		parts[n] = node_join(program, NODE_OR, rests, count);
		result = node_join(program, NODE_AND, parts, n + 1);
	}
	free(rests);
	free(parts);
	return result;
}

/* A node over at least two ordered, different kids. */
static struct node *join(struct program *program, enum node_kind kind,
			 struct node *const *kids, uint32_t count)
{
	struct node *result = NULL;

	if (kind == NODE_OR)
		result = factor(program, kids, count);
	return result ? result : find_or_make(program, kind, kids, count);
}

/*
 * Sorts kids by order of evaluation and removes duplicates; returns their
 * number.
 */
static uint32_t put_in_order(struct node **kids, uint32_t count,
			     enum node_kind kind)
{
	uint32_t kept = 0;

	if (count > 1)
		qsort(kids, count, sizeof(*kids),
		      kind == NODE_AND ? order_and : order_or);
	for (uint32_t i = 0; i < count; i++)
		if (!kept || kids[kept - 1] != kids[i])
			kids[kept++] = kids[i];
	return kept;
}

static struct node *node_join(struct program *program, enum node_kind kind,
			      struct node **kids, uint32_t count)
{
	struct node *zero = kind == NODE_AND ? program->never : program->always;
	struct node *result;
	size_t capacity = 0;
	struct node **flat = NULL;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		bool is_same = kids[i]->kind == (uint8_t)kind;
		uint32_t more = is_same ? kids[i]->count : 1;

		if (is_zero(kids[i], kind)) {
			free(flat);
			return zero;
		}
		if (is_identity(kids[i], kind))
			continue;
		flat = mem_grow(flat, &capacity, kept + more, sizeof(*flat));
		memcpy(flat + kept, is_same ? kids[i]->kids : &kids[i],
		       more * sizeof(*flat));
		kept += more;
	}
	kept = put_in_order(flat, kept, kind);
	if (!kept || !flat)
		result = kind == NODE_AND ? program->always : program->never;
	else
		result = kept == 1 ? flat[0] : join(program, kind, flat, kept);
	free(flat);
	return result;
}

/* The estimated probability that a check is true; flags: one half. */
static float check_truth(const struct check *check)
{
	if (check->left->type == PT_BOOL)
		return 0.5F;
	return (float)check->op->truth / 100;
}

/* The node of a check: new, or an existing equal one. */
static int compile_check(struct node **ret_node, struct program *program,
			 const struct ast *ast, struct error *err)
{
	struct buffer key = { 0 };
	struct check *check;
	struct node *node;

	ast_key(&key, ast);
	node = program_find(program, &key);
	if (!node) {
		if (check_compile(&check, program, ast, err)) {
			buffer_free(&key);
			return -1;
		}
		node = new_node(program, NODE_CHECK);
		node->check = check;
		node->cost = (float)(check->left->cost + check->op->cost +
				     (check->right ? check->right->cost : 0));
		node->truth = check_truth(check);
		program_keep(program, &key, node);
	}
	buffer_free(&key);
	*ret_node = node;
	return 0;
}

static int compile_junction(struct node **ret_node, struct program *program,
			    const struct ast *ast, struct error *err)
{
	struct node **kids = mem_alloc(ast->count * sizeof(*kids));
	int failed = 0;

	for (uint32_t i = 0; i < ast->count && !failed; i++)
		failed = program_compile(&kids[i], program, ast->kids[i], err);
	if (!failed)
		*ret_node = node_join(program,
				      ast->kind == AST_AND ? NODE_AND : NODE_OR,
				      kids, ast->count);
	free(kids);
	return failed;
}

int program_compile(struct node **ret_node, struct program *program,
		    const struct ast *ast, struct error *err)
{
	struct node *kid = NULL;

	if (ast->kind == AST_AND || ast->kind == AST_OR)
		return compile_junction(ret_node, program, ast, err);
	if (ast->kind == AST_CHECK)
		return compile_check(ret_node, program, ast, err);
	if (ast->kind != AST_NOT) {
		program->place = ast->place;
		return error_set(err, ERROR_SYNTAX,
				 "filter error: unexpected "
				 "identifier '%.*s'",
				 (int)ast->text.len, ast->text.data);
	}
	if (program_compile(&kid, program, ast->kids[0], err) || !kid)
		return -1;
	*ret_node = node_not(program, kid);
	return 0;
}

static bool eval_kids(struct program *program, const struct node *node,
		      bool stop)
{
	for (uint32_t i = 0; i < node->count; i++)
		if (node_eval(program, node->kids[i]) == stop)
			return stop;
	return !stop;
}

bool node_eval(struct program *program, struct node *node)
{
	bool result;

	if (node->generation == program->generation)
		return node->result;
	if (node->kind == NODE_CHECK)
		result = node->check->eval(program, node->check);
	else if (node->kind == NODE_AND)
		result = eval_kids(program, node, false);
	else if (node->kind == NODE_OR)
		result = eval_kids(program, node, true);
	else if (node->kind == NODE_NOT)
		result = !node_eval(program, node->kids[0]);
	else
		return node->kind == NODE_TRUE;
	node->result = result;
	node->generation = program->generation;
	return result;
}

/*
 * The value of a field that is the same for all events of a code; false: it
 * varies.
 */
static bool value_of_code(const struct source *source, unsigned code,
			  struct value *ret_value)
{
	const char *name = source->ref ? source->ref->field->name : "";
	const char *text;

	if (!strcmp(name, "evt.dir"))
		text = code & 1 ? "<" : ">";
	else if (!strcmp(name, "evt.type") && code != PPME_GENERIC_E &&
		 code != PPME_GENERIC_X && code != PPME_ASYNCEVENT_E &&
		 code != PPME_ASYNCEVENT_X)
		text = event_kinds[code].name;
	else
		return false;
	return give_string(ret_value, text);
}

/* Is the check a comparison of evt.num with a constant result? */
static bool is_number_fact(const struct check *check)
{
	const struct field_ref *ref = check->left->ref;

	if (!ref || strcmp(ref->field->name, "evt.num") != 0 || !check->count)
		return false;
	for (uint32_t i = 0; i < check->count; i++)
		if (check->constants[i].u64)
			return false;
	return true;
}

static struct node *check_for_code(struct program *program, struct node *node,
				   unsigned code)
{
	struct source *left = node->check->left;
	struct value value;
	bool result;

	give_number(&value, PT_UINT64, 1);
	if (node->check->right || (!value_of_code(left, code, &value) &&
				   !is_number_fact(node->check)))
		return node;
	program->generation++;
	left->generation = program->generation;
	left->present = true;
	left->value = value;
	result = node->check->eval(program, node->check);
	program->generation++;
	return result ? program->always : program->never;
}

static struct node *junction_for_code(struct program *program,
				      const struct node *node, unsigned code,
				      struct node **cache)
{
	struct node **kids = mem_alloc(node->count * sizeof(*kids));
	struct node *result;

	for (uint32_t i = 0; i < node->count; i++)
		kids[i] = node_for_code(program, node->kids[i], code, cache);
	result = node_join(program, node->kind, kids, node->count);
	free(kids);
	return result;
}

struct node *node_for_code(struct program *program, struct node *node,
			   unsigned code, struct node **cache)
{
	struct node *result = node;

	if (cache[node->id])
		return cache[node->id];
	if (node->kind == NODE_CHECK)
		result = check_for_code(program, node, code);
	else if (node->kind == NODE_NOT)
		result = node_not(program, node_for_code(program, node->kids[0],
							 code, cache));
	else if (node->count)
		result = junction_for_code(program, node, code, cache);
	cache[node->id] = result;
	return result;
}
