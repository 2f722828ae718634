/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements of rules files: versions of the engine and of plugins. */
#include "replay/rules/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The version of Falco's engine whose rules files spoor accepts. */
static const unsigned engine_version[3] = { 0, 63, 0 };

/* Parses "x.y.z", with an optional suffix -... or +... of semantic versions. */
static bool parse_version(const char *text, unsigned ret_version[3])
{
	int used = 0;

	if (sscanf(text, "%9u.%9u.%9u%n", &ret_version[0], &ret_version[1],
		   &ret_version[2], &used) != 3)
		return false;
	return strspn(text, "0123456789.") >= (size_t)used &&
	       (!text[used] || text[used] == '-' || text[used] == '+');
}

/* Same major version, and not older than needed. */
static bool is_compatible(const unsigned have[3], const unsigned need[3])
{
	if (have[0] != need[0])
		return false;
	if (have[1] != need[1])
		return have[1] > need[1];
	return have[2] >= need[2];
}

int collect_engine_version(struct loader *loader, const struct yaml_node *node)
{
	static const char key[] = "required_engine_version";
	struct entry entry = { loader, node, place_of(loader, node, key, "") };
	const char *text = entry_text(&entry, key);
	unsigned need[3] = { 0, 0, 0 };

	if (!text)
		return -1;
	if (strspn(text, "0123456789") == strlen(text))
		need[1] = (unsigned)strtoul(text, NULL, 10);
	else if (!parse_version(text, need))
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE",
				  &entry.place,
				  "Unable to parse engine "
				  "version '%s' as a semver string. Expected "
				  "\"x.y.z\" semver format.",
				  text);
	if (!is_compatible(engine_version, need))
		return load_error(loader, "LOAD_ERR_VALIDATE", &entry.place,
				  "Rules require engine version %u.%u.%u, but "
				  "engine version is %u.%u.%u",
				  need[0], need[1], need[2], engine_version[0],
				  engine_version[1], engine_version[2]);
	return 0;
}

/* A required plugin and its alternatives. */
struct requirement {
	const char *text; /* "name (>= version), name (>= version)" */
	const char *why;  /* message for a plugin that is too old, or NULL */
	bool is_met;
	uint32_t count;
	const char **names;
};

/* Checks a requirement: the first alternative that is available decides. */
static void check_requirement(struct loader *loader,
			      struct requirement *requirement, const char *name,
			      const char *version, const unsigned need[3])
{
	const struct plugin_version *plugin = loader->plugins;

	while (plugin && plugin->name && strcmp(plugin->name, name) != 0)
		plugin++;
	if (!plugin || !plugin->name || requirement->is_met || requirement->why)
		return;
	requirement->is_met = is_compatible(plugin->version, need);
	if (!requirement->is_met)
		requirement->why = arena_printf(
			&loader->arena,
			"Plugin '%s' version '%u.%u.%u' is not compatible with "
			"required plugin version '%s'",
			name, plugin->version[0], plugin->version[1],
			plugin->version[2], version);
}

/* Reads one plugin or alternative: name and version. */
static int read_alternative(struct entry *entry,
			    struct requirement *requirement)
{
	struct loader *loader = entry->loader;
	const char *name, *version;
	unsigned need[3];

	if (entry->node->kind != YAML_MAP)
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE",
				  &entry->place,
				  "Plugin version must be a mapping");
	name = entry_text(entry, "name");
	version = name ? entry_text(entry, "version") : NULL;
	if (!version)
		return -1;
	entry->place.item_name = name;
	if (!parse_version(version, need))
		return load_error(loader, "LOAD_ERR_VALIDATE", &entry->place,
				  "Invalid required version '%s' for plugin "
				  "'%s'",
				  version, name);
	for (uint32_t i = 0; i < requirement->count; i++)
		if (!strcmp(requirement->names[i], name))
			return load_error(loader, "LOAD_ERR_VALIDATE",
					  &entry->place,
					  "Defined multiple "
					  "alternative version requirements "
					  "for plugin '%s'",
					  name);
	requirement->names =
		array_room(&loader->arena, requirement->names,
			   requirement->count, sizeof(*requirement->names));
	requirement->names[requirement->count++] = name;
	requirement->text =
		arena_printf(&loader->arena, "%s%s%s (>= %s)",
			     requirement->text ? requirement->text : "",
			     requirement->text ? ", " : "", name, version);
	check_requirement(loader, requirement, name, version, need);
	return 0;
}

static int read_alternatives(const struct entry *entry,
			     struct requirement *requirement)
{
	const struct yaml_node *list = yaml_get(entry->node, "alternatives");

	if (!list)
		return 0;
	if (list->kind != YAML_SEQUENCE)
		return load_error(entry->loader, "LOAD_ERR_YAML_VALIDATE",
				  &entry->place,
				  "Value of plugin version "
				  "alternatives must be a sequence");
	for (uint32_t i = 0; i < list->count; i++) {
		struct entry one = {
			entry->loader, list->items[i],
			place_of(entry->loader, list->items[i],
				 "required plugin versions alternative", "")
		};

		if (read_alternative(&one, requirement))
			return -1;
	}
	return 0;
}

int collect_plugin_versions(struct loader *loader, const struct yaml_node *node)
{
	const struct yaml_node *list =
		yaml_get(node, "required_plugin_versions");
	struct load_place place =
		place_of(loader, list, "required plugin versions", "");

	if (list->kind != YAML_SEQUENCE)
		return load_error(loader, "LOAD_ERR_YAML_VALIDATE", &place,
				  "Value of required_plugin_versions must be "
				  "a sequence");
	for (uint32_t i = 0; i < list->count; i++) {
		struct requirement requirement = { 0 };
		struct entry entry = {
			loader, list->items[i],
			place_of(loader, list->items[i],
				 "required plugin versions entry", "")
		};

		if (read_alternative(&entry, &requirement) ||
		    read_alternatives(&entry, &requirement))
			return -1;
		if (requirement.is_met || loader->unmet_requirement)
			continue;
		loader->unmet_requirement =
			requirement.why
				? requirement.why
				: arena_printf(&loader->arena,
					       "Plugin requirement not "
					       "satisfied, must load one of: "
					       "%s",
					       requirement.text);
	}
	return 0;
}
