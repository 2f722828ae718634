/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the keys of one item of a rules file, with Falco's messages. */
#include "replay/rules/load.h"

#include <string.h>

static const char invalid[] = "LOAD_ERR_YAML_VALIDATE";

struct load_place place_of(const struct loader *loader,
			   const struct yaml_node *node, const char *type,
			   const char *name)
{
	return (struct load_place){ .file = loader->file,
				    .item_type = type,
				    .item_name = name,
				    .line = node->line,
				    .column = node->column };
}

/* The position of a node in the item. */
static struct load_place at_node(const struct entry *entry,
				 const struct yaml_node *node)
{
	struct load_place place = entry->place;

	place.line = node->line;
	place.column = node->column;
	return place;
}

/* Checks that a node is a scalar with text. */
static int check_scalar(const struct entry *entry,
			const struct yaml_node *value, const char *key)
{
	struct load_place place = at_node(entry, value);

	if (value->kind == YAML_NULL)
		return load_error(entry->loader, invalid, &entry->place,
				  "Mapping for key '%s' is empty", key);
	if (value->kind != YAML_SCALAR)
		return load_error(entry->loader, invalid, &place,
				  "Value is not a scalar value");
	if (!value->text.len)
		return load_error(entry->loader, invalid, &place,
				  "Value must be non-empty");
	return 0;
}

int entry_optional_text(const struct entry *entry, const char *key,
			const char **ret_text)
{
	const struct yaml_node *value = yaml_get(entry->node, key);

	if (!value)
		return 0;
	if (check_scalar(entry, value, key))
		return -1;
	*ret_text = value->text.data;
	return 0;
}

const char *entry_text(const struct entry *entry, const char *key)
{
	const char *text = NULL;

	if (!yaml_get(entry->node, key)) {
		load_error(entry->loader, invalid, &entry->place,
			   "Item has no mapping for key '%s'", key);
		return NULL;
	}
	if (entry_optional_text(entry, key, &text))
		return NULL;
	return text;
}

/* Words for booleans, each valid in lower, upper and capitalised form. */
static const struct {
	const char *word;
	bool value;
} bool_words[] = {
	{ "y", true },	  { "n", false },     { "yes", true }, { "no", false },
	{ "true", true }, { "false", false }, { "on", true },  { "off", false },
};

enum { BOOL_WORDS = sizeof(bool_words) / sizeof(bool_words[0]) };

int entry_optional_bool(const struct entry *entry, const char *key,
			bool *ret_value)
{
	const char *text = NULL;
	struct load_place place;

	if (entry_optional_text(entry, key, &text))
		return -1;
	if (!text)
		return 0;
	for (int i = 0; i < BOOL_WORDS; i++)
		if (!strcasecmp(bool_words[i].word, text)) {
			*ret_value = bool_words[i].value;
			return 0;
		}
	place = at_node(entry, yaml_get(entry->node, key));
	return load_error(entry->loader, invalid, &place,
			  "Can't decode YAML scalar value");
}

void entry_warn_keys(const struct entry *entry, const char *const *known)
{
	const struct yaml_node *map = entry->node;

	for (uint32_t i = 0; i + 1 < map->count; i += 2) {
		const struct yaml_node *key = map->items[i];
		const char *const *k = known;
		struct load_place place = at_node(entry, key);

		while (*k && key->text.data && strcmp(*k, key->text.data))
			k++;
		if (!*k)
			load_warning(entry->loader, "LOAD_UNKNOWN_KEY", &place,
				     "Unknown key '%s'",
				     key->text.data ? key->text.data : "");
	}
}

static unsigned bit_of(const char *const *names, const char *name)
{
	for (unsigned i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return 1u << i;
	return 0;
}

static int bad_operation(const struct entry *entry,
			 const struct overrides *overrides, const char *key,
			 const struct yaml_node *value)
{
	unsigned bit = bit_of(overrides->names, key);
	struct load_place place = at_node(entry, value);

	return load_error(entry->loader, invalid, &place,
			  "Invalid override "
			  "operation for key '%s': '%s'. Allowed values are: "
			  "%s%s",
			  key, value->text.data ? value->text.data : "",
			  overrides->appendable & bit ? "append " : "",
			  overrides->replaceable & bit ? "replace " : "");
}

/* Reads one key of `override' into the masks. */
static int read_override(const struct entry *entry, struct overrides *overrides,
			 const struct yaml_node *key_node,
			 const struct yaml_node *value)
{
	const char *key = key_node->text.data ? key_node->text.data : "";
	const char *operation = value->text.data ? value->text.data : "";
	unsigned bit = bit_of(overrides->names, key);
	struct load_place place = at_node(entry, key_node);

	if (!strcmp(operation, "append")) {
		if (!(overrides->appendable & bit))
			return load_error(entry->loader, invalid, &place,
					  "Key '%s' cannot be appended to, "
					  "use 'replace' instead",
					  key);
		overrides->appends |= bit;
		return 0;
	}
	if (strcmp(operation, "replace"))
		return bad_operation(entry, overrides, key, value);
	if (!(overrides->replaceable & bit))
		return load_error(entry->loader, invalid, &place,
				  "Key '%s' cannot be replaced", key);
	overrides->replaces |= bit;
	return 0;
}

int entry_overrides(const struct entry *entry, struct overrides *overrides)
{
	const struct yaml_node *map = yaml_get(entry->node, "override");

	if (entry_optional_bool(entry, "append", &overrides->has_append))
		return -1;
	if (overrides->has_append)
		load_warning(entry->loader, "LOAD_DEPRECATED_ITEM",
			     &entry->place,
			     "'append' key is deprecated. Add "
			     "an 'append' entry (e.g. 'condition: append') "
			     "under 'override' instead.");
	for (uint32_t i = 0; map && map->kind == YAML_MAP && i + 1 < map->count;
	     i += 2)
		if (read_override(entry, overrides, map->items[i],
				  map->items[i + 1]))
			return -1;
	if (overrides->has_append &&
	    (overrides->appends || overrides->replaces))
		return load_error(entry->loader, invalid, &entry->place,
				  "Keys 'override' and 'append: true' cannot "
				  "be used together. Add an 'append' entry "
				  "(e.g. 'condition: append') under "
				  "'override' instead.");
	return 0;
}
