/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collects the definitions of a rules file: lists and macros; rules in
 * collect_rule.c.
 */
#include "replay/rules/load.h"

#include <string.h>

/* clang-format off */
static const char *const list_keys[] = {
	"list", "items", "append", "override", NULL
};
/* clang-format on */
/* clang-format off */
static const char *const macro_keys[] = {
	"macro", "condition", "append", "override", NULL
};
/* clang-format on */
static const char *const items_name[] = { "items", NULL };
static const char *const condition_name[] = { "condition", NULL };

struct list_def *loader_list(const struct loader *loader, const char *name)
{
	struct list_def *def =
		map_get(&loader->list_names, hash_bytes(name, strlen(name)));

	while (def && strcmp(def->name, name))
		def = def->next;
	return def;
}

struct macro_def *loader_macro(const struct loader *loader, const char *name)
{
	struct macro_def *def =
		map_get(&loader->macro_names, hash_bytes(name, strlen(name)));

	while (def && strcmp(def->name, name))
		def = def->next;
	return def;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Is the name a bare word of the condition language? */
static bool is_bare_word(const char *name)
{
	for (const char *p = name; *p; p++)
		if (is_space(*p) || strchr("()\"'=,", *p))
			return false;
	return *name;
}

static bool is_identifier(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len = strlen(name);

	return len && strchr(letters, *name) &&
	       strspn(name, "0123456789_abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len;
}

/* Appends the items of a YAML list item to a list definition. */
static int read_items(const struct entry *entry, struct list_def *def)
{
	const struct yaml_node *items = yaml_get(entry->node, "items");
	struct loader *loader = entry->loader;

	if (!items)
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE",
				  &entry->place,
				  "Item has no mapping for key 'items'");
	if (items->kind != YAML_SEQUENCE)
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE",
				  &entry->place, "Value is not a sequence");
	for (uint32_t i = 0; i < items->count; i++) {
		if (items->items[i]->kind != YAML_SCALAR)
			return load_error(loader, "LOAD_ERR_YAML_VALIDATE",
					  &entry->place,
					  "sequence value is not scalar");
		def->items = array_room(&loader->arena, def->items, def->count,
					sizeof(*def->items));
		def->items[def->count++] = items->items[i]->text;
	}
	return 0;
}

static struct list_def *new_list(struct loader *loader, const char *name)
{
	struct list_def *def = arena_alloc(&loader->arena, sizeof(*def));

	def->name = name;
	def->index = loader->next_index;
	def->next = map_put(&loader->list_names, hash_bytes(name, strlen(name)),
			    def);
	loader->lists = array_room(&loader->arena, loader->lists,
				   loader->list_count, sizeof(*loader->lists));
	loader->lists[loader->list_count++] = def;
	return def;
}

/* Defines a list, or appends to one. */
static int collect_list(struct loader *loader, const struct yaml_node *node)
{
	struct overrides overrides = { .names = items_name,
				       .appendable = 1,
				       .replaceable = 1 };
	struct entry entry = { loader, node,
			       place_of(loader, node, "list", "") };
	struct list_def read = { 0 };
	struct list_def *def;
	const char *name = entry_text(&entry, "list");

	if (!name)
		return -1;
	entry.place.item_name = name;
	entry_warn_keys(&entry, list_keys);
	if (!is_bare_word(name))
		load_warning(loader, "LOAD_INVALID_LIST_NAME", &entry.place,
			     "List has an invalid name. List names should "
			     "match a regular expression: "
			     "([^()\"'[:space:]=,]+)");
	def = loader_list(loader, name);
	if (entry_overrides(&entry, &overrides))
		return -1;
	if (def && (overrides.has_append || overrides.appends)) {
		read.items = def->items;
		read.count = def->count;
	}
	if (read_items(&entry, &read))
		return -1;
	if (!def && (overrides.has_append || overrides.appends))
		return load_error(loader, "LOAD_ERR_VALIDATE", &entry.place,
				  "List uses 'append' or 'override.items: "
				  "append' but no list by that name already "
				  "exists");
	if (!def)
		def = new_list(loader, name);
	def->items = read.items;
	def->count = read.count;
	def->place = entry.place;
	def->visibility = loader->next_index++;
	return 0;
}

static struct macro_def *new_macro(struct loader *loader, const char *name)
{
	struct macro_def *def = arena_alloc(&loader->arena, sizeof(*def));

	def->name = name;
	def->index = loader->next_index;
	def->next = map_put(&loader->macro_names,
			    hash_bytes(name, strlen(name)), def);
	loader->macros =
		array_room(&loader->arena, loader->macros, loader->macro_count,
			   sizeof(*loader->macros));
	loader->macros[loader->macro_count++] = def;
	return def;
}

static int define_macro(const struct entry *entry, const char *condition,
			bool is_append)
{
	struct loader *loader = entry->loader;
	const char *name = entry->place.item_name;
	struct macro_def *def = loader_macro(loader, name);
	const struct yaml_node *value = yaml_get(entry->node, "condition");

	if (!def && is_append)
		return load_error(loader, "LOAD_ERR_VALIDATE", &entry->place,
				  "Macro uses 'append' or "
				  "'override.condition: append' but no macro "
				  "by that name already exists");
	if (!def)
		def = new_macro(loader, name);
	if (is_append) {
		def->condition = arena_printf(&loader->arena, "%s %s",
					      def->condition, condition);
	} else {
		def->condition = condition;
		def->place = entry->place;
		def->condition_place = place_of(loader, value, "macro", name);
	}
	def->visibility = loader->next_index++;
	return 0;
}

/* Defines a macro, or appends to one. */
static int collect_macro(struct loader *loader, const struct yaml_node *node)
{
	struct overrides overrides = { .names = condition_name,
				       .appendable = 1,
				       .replaceable = 1 };
	struct entry entry = { loader, node,
			       place_of(loader, node, "macro", "") };
	const char *name = entry_text(&entry, "macro");
	const char *condition;

	if (!name)
		return -1;
	entry.place.item_name = name;
	entry_warn_keys(&entry, macro_keys);
	if (!is_identifier(name))
		load_warning(loader, "LOAD_INVALID_MACRO_NAME", &entry.place,
			     "Macro has an invalid name. Macro names should "
			     "match a regular expression: "
			     "([a-zA-Z]+[a-zA-Z0-9_]*)");
	condition = entry_text(&entry, "condition");
	if (!condition || entry_overrides(&entry, &overrides))
		return -1;
	return define_macro(&entry, condition,
			    overrides.has_append || overrides.appends);
}

/* Kinds of items, in the order in which their keys are tried. */
static const struct {
	const char *key;
	int (*collect)(struct loader *loader, const struct yaml_node *node);
} kinds[] = {
	{ "required_engine_version", collect_engine_version },
	{ "required_plugin_versions", collect_plugin_versions },
	{ "list", collect_list },
	{ "macro", collect_macro },
	{ "rule", collect_rule },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static int collect_item(struct loader *loader, const struct yaml_node *node)
{
	struct load_place place =
		place_of(loader, node, "rules content item", "");

	if (node->kind != YAML_MAP)
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE", &place,
				  "Unexpected element type. Each element "
				  "should be a yaml associative array.");
	for (int i = 0; i < KINDS; i++)
		if (yaml_get(node, kinds[i].key))
			return kinds[i].collect(loader, node);
	load_warning(loader, "LOAD_UNKNOWN_ITEM", &place,
		     "Unknown top level item");
	return 0;
}

static int collect_document(struct loader *loader,
			    const struct yaml_node *document)
{
	struct load_place place =
		place_of(loader, document, "rules content", "");

	if (document->kind == YAML_NULL)
		return 0;
	if (document->kind != YAML_SEQUENCE)
		return load_error(
			loader, "LOAD_ERR_YAML_VALIDATE", &place,
			document->kind == YAML_MAP
				? "Rules content is not yaml array of "
				  "objects"
				: "Rules content is not yaml");
	for (uint32_t i = 0; i < document->count; i++)
		if (document->items[i]->kind != YAML_NULL &&
		    collect_item(loader, document->items[i]))
			return -1;
	return 0;
}

int collect_file(struct loader *loader)
{
	struct yaml_node place = { 0 };
	struct yaml_node *documents = NULL;
	struct error err = { 0 };

	if (yaml_read(&documents, loader->content, &loader->arena, &place,
		      &err)) {
		struct load_place at =
			place_of(loader, &place, "rules content", "");

		return load_error(loader, "LOAD_ERR_YAML_PARSE", &at, "%s",
				  err.text);
	}
	for (uint32_t i = 0; i < documents->count; i++)
		if (collect_document(loader, documents->items[i]))
			return -1;
	return 0;
}
