/* SPDX-License-Identifier: Apache-2.0 */
/* Prefix trees over the parts of paths. */
#include "replay/rules/pmatch.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* The longest path component that a glob is matched with. */
enum { PART_LEN_MAX = 4095 };

/* Removes the next non-empty component from the path; len 0 at its end. */
static struct text next_part(struct text *path)
{
	struct text part;

	while (path->len && *path->data == '/') {
		path->data++;
		path->len--;
	}
	part = (struct text){ path->data, 0 };
	while (part.len < path->len && part.data[part.len] != '/')
		part.len++;
	path->data += part.len;
	path->len -= part.len;
	return part;
}

static int order_text(struct text a, struct text b)
{
	int order;

	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	order = memcmp(a.data, b.data, a.len);
	return order;
}

static int order_nodes(const void *left, const void *right)
{
	const struct path_node *a = *(struct path_node *const *)left;
	const struct path_node *b = *(struct path_node *const *)right;

	if (a->is_glob != b->is_glob)
		return a->is_glob ? 1 : -1;
	return order_text(a->part, b->part);
}

static struct path_node *add_kid(struct path_node *node, struct text part,
				 struct arena *arena)
{
	struct path_node *kid = arena_alloc(arena, sizeof(*kid));

	if (node->count == node->capacity) {
		uint32_t capacity = node->capacity ? node->capacity * 2 : 4;
		struct path_node **kids =
			arena_alloc(arena, capacity * sizeof(*kids));

		if (node->count)
			memcpy(kids, node->kids, node->count * sizeof(*kids));
		node->kids = kids;
		node->capacity = capacity;
	}
	kid->part.data = arena_copy(arena, part.data, part.len);
	kid->part.len = part.len;
	kid->is_glob = strpbrk(kid->part.data, "?*[");
	node->kids[node->count++] = kid;
	return kid;
}

static struct path_node *find_added(const struct path_node *node,
				    struct text part)
{
	for (uint32_t i = 0; i < node->count; i++)
		if (!order_text(node->kids[i]->part, part))
			return node->kids[i];
	return NULL;
}

void paths_add(struct path_node *root, struct text path, struct arena *arena)
{
	struct path_node *node = root;
	struct text part = next_part(&path);

	for (; part.len && !node->is_end; part = next_part(&path)) {
		struct path_node *kid = find_added(node, part);

		node = kid ? kid : add_kid(node, part, arena);
	}
	/* A path covers all longer ones below it. */
	node->is_end = true;
	node->count = 0;
}

void paths_sort(struct path_node *root)
{
	if (root->count)
		qsort(root->kids, root->count, sizeof(*root->kids),
		      order_nodes);
	for (uint32_t i = 0; i < root->count; i++)
		paths_sort(root->kids[i]);
}

static const struct path_node *find_plain(const struct path_node *node,
					  struct text part)
{
	uint32_t low = 0, high = node->count;

	while (high > 0 && node->kids[high - 1]->is_glob)
		high--;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		int order = order_text(node->kids[middle]->part, part);

		if (!order)
			return node->kids[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool glob_fits(const struct path_node *node, struct text part)
{
	char name[PART_LEN_MAX + 1];

	if (!node->is_glob || part.len > PART_LEN_MAX)
		return false;
	memcpy(name, part.data, part.len);
	name[part.len] = '\0';
	return !fnmatch(node->part.data, name, 0);
}

/* Does the rest of the path match below this node? */
static bool match_below(const struct path_node *node, struct text path)
{
	const struct path_node *kid;
	struct text part;

	if (node->is_end)
		return true;
	part = next_part(&path);
	if (!part.len)
		return false;
	kid = find_plain(node, part);
	if (kid && match_below(kid, path))
		return true;
	for (uint32_t i = node->count; i > 0; i--) {
		kid = node->kids[i - 1];
		if (!kid->is_glob)
			break;
		if (glob_fits(kid, part) && match_below(kid, path))
			return true;
	}
	return false;
}

/* A path of only slashes matches everything, as in Falco. */
bool paths_match(const struct path_node *root, struct text path)
{
	struct text rest = path;

	if (path.len && !next_part(&rest).len && root->count)
		return true;
	return match_below(root, path);
}
