/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of append_output: match, extra_output, extra_fields ... */
#include "cmd/append_output.h"

#include <string.h>

#include "replay/rules/yaml_tree.h"

static int invalid(struct error *err, const char *key, const char *what)
{
	return error_set(err, ERROR_SYNTAX, "append_output: %s %s", key, what);
}

/* Reads the text of a key; NULL if the key is absent. */
static int read_text(const struct yaml_node *map, const char *key,
		     const char **ret_text, struct error *err)
{
	const struct yaml_node *node = yaml_get(map, key);

	*ret_text = NULL;
	if (!node)
		return 0;
	if (node->kind != YAML_SCALAR)
		return invalid(err, key, "must be a text");
	*ret_text = node->text.data;
	return 0;
}

/* Reads the tags of a match, as a list that ends with NULL. */
static int read_tags(const struct yaml_node *match,
		     struct output_addition *addition, struct arena *arena,
		     struct error *err)
{
	const struct yaml_node *node = yaml_get(match, "tags");
	const char **tags;

	if (!node)
		return 0;
	if (node->kind != YAML_SEQUENCE)
		return invalid(err, "tags", "must be a list");
	tags = arena_alloc(arena, (node->count + 1) * sizeof(*tags));
	for (uint32_t i = 0; i < node->count; i++) {
		if (node->items[i]->kind != YAML_SCALAR)
			return invalid(err, "tags", "must be a list of texts");
		tags[i] = node->items[i]->text.data;
	}
	addition->tags = tags;
	return 0;
}

/* "proc.name", or { name: "a format" }. */
static int read_member(const struct yaml_node *node,
		       struct output_member *member, struct error *err)
{
	if (node->kind == YAML_SCALAR) {
		member->name = node->text.data;
		return 0;
	}
	if (node->kind != YAML_MAP || node->count != 2 ||
	    node->items[0]->kind != YAML_SCALAR ||
	    node->items[1]->kind != YAML_SCALAR)
		return invalid(err, "extra_fields",
			       "must be a list of fields and formats");
	member->name = node->items[0]->text.data;
	member->format = node->items[1]->text.data;
	return 0;
}

static int read_members(const struct yaml_node *entry,
			struct output_addition *addition, struct arena *arena,
			struct error *err)
{
	const struct yaml_node *node = yaml_get(entry, "extra_fields");
	struct output_member *members;

	if (!node)
		return 0;
	if (node->kind != YAML_SEQUENCE)
		return invalid(err, "extra_fields", "must be a list");
	members = arena_alloc(arena, (node->count + 1) * sizeof(*members));
	for (uint32_t i = 0; i < node->count; i++)
		if (read_member(node->items[i], &members[i], err))
			return -1;
	addition->members = members;
	return 0;
}

/* Checks that all keys are known, so that a typo is an error. */
static int check_keys(const struct yaml_node *map, const char *const *known,
		      struct error *err)
{
	for (uint32_t i = 0; i + 1 < map->count; i += 2) {
		const char *key = map->items[i]->text.data;
		const char *const *k = known;

		while (*k && (!key || strcmp(*k, key) != 0))
			k++;
		if (!*k)
			return invalid(err, key ? key : "?",
				       "is not a valid "
				       "key");
	}
	return 0;
}

/* Reads one entry and appends its addition. */
static int read_entry(struct output_addition **list,
		      const struct yaml_node *entry, struct arena *arena,
		      struct error *err)
{
	static const char *const entry_keys[] = { "match", "extra_output",
						  "extra_fields",
						  "suggested_output", NULL };
	static const char *const match_keys[] = { "rule", "source", "tags",
						  NULL };
	static const struct yaml_node empty = { .kind = YAML_MAP };
	struct output_addition *addition = append_output_add(list, arena);
	const struct yaml_node *match = yaml_get(entry, "match");
	const char *suggested;

	if (!match)
		match = &empty;
	if (entry->kind != YAML_MAP || match->kind != YAML_MAP)
		return error_set(err, ERROR_SYNTAX,
				 "append_output: an entry must be a mapping");
	if (check_keys(entry, entry_keys, err) ||
	    check_keys(match, match_keys, err) ||
	    read_text(match, "rule", &addition->rule, err) ||
	    read_text(match, "source", &addition->source, err) ||
	    read_tags(match, addition, arena, err) ||
	    read_text(entry, "extra_output", &addition->text, err) ||
	    read_text(entry, "suggested_output", &suggested, err) ||
	    read_members(entry, addition, arena, err))
		return -1;
	addition->is_suggested = suggested && !strcmp(suggested, "true");
	return 0;
}

int append_output_read(struct output_addition **list, const char *yaml,
		       struct arena *arena, struct error *err)
{
	struct bytes text = { (const uint8_t *)yaml, strlen(yaml) };
	struct yaml_node place;
	struct yaml_node *root;

	if (yaml_read(&root, text, arena, &place, err))
		return error_context(err, "append_output");
	if (root->count == 1 && root->items[0]->kind == YAML_SEQUENCE)
		root = root->items[0];
	for (uint32_t i = 0; i < root->count; i++)
		if (read_entry(list, root->items[i], arena, err))
			return -1;
	return 0;
}

struct output_addition *append_output_add(struct output_addition **list,
					  struct arena *arena)
{
	while (*list)
		list = &(*list)->next;
	*list = arena_alloc(arena, sizeof(**list));
	return *list;
}
