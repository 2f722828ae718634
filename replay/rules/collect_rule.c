/* SPDX-License-Identifier: Apache-2.0 */
/* Collects rules of a rules file: definitions, appends, overrides, enabling. */
#include "replay/rules/load.h"

#include <stdlib.h>
#include <string.h>

static const char VALIDATE[] = "LOAD_ERR_VALIDATE";
static const char YAML_VALIDATE[] = "LOAD_ERR_YAML_VALIDATE";

/* In the order of enum rule_key. */
/* clang-format off */
static const char *const key_names[] = {
	"condition", "output", "desc", "priority", "tags", "exceptions",
	"enabled", "warn_evttypes", "skip-if-unknown-filter", "capture",
	"capture_duration", NULL
};
/* clang-format on */

enum {
	APPENDABLE = KEY_CONDITION | KEY_OUTPUT | KEY_DESC | KEY_TAGS |
		     KEY_EXCEPTIONS,
	REPLACEABLE = KEY_SOURCE - 1,
	REQUIRED = KEY_CONDITION | KEY_OUTPUT | KEY_DESC | KEY_PRIORITY
};

/* clang-format off */
static const char *const rule_keys[] = {
	"rule", "condition", "output", "desc", "priority", "tags",
	"exceptions", "enabled", "warn_evttypes", "skip-if-unknown-filter",
	"capture", "capture_duration", "source", "append", "override", NULL
};
/* clang-format on */

static struct rule_def *loader_rule(const struct loader *loader,
				    const char *name)
{
	struct rule_def *def =
		map_get(&loader->rule_names, hash_bytes(name, strlen(name)));

	while (def && strcmp(def->name, name))
		def = def->next;
	return def;
}

static int order_tags(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_tag(struct loader *loader, struct rule_def *rule,
		    const char *tag)
{
	for (uint32_t i = 0; i < rule->tag_count; i++)
		if (!strcmp(rule->tags[i], tag))
			return;
	rule->tags = array_room(&loader->arena, rule->tags, rule->tag_count,
				sizeof(*rule->tags));
	rule->tags[rule->tag_count++] = tag;
	qsort(rule->tags, rule->tag_count, sizeof(*rule->tags), order_tags);
}

static int read_tags(const struct entry *entry, struct rule_def *rule)
{
	const struct yaml_node *tags = yaml_get(entry->node, "tags");

	if (!tags)
		return 0;
	if (tags->kind != YAML_SEQUENCE)
		return load_error(entry->loader, YAML_VALIDATE, &entry->place,
				  "Value is not a sequence");
	for (uint32_t i = 0; i < tags->count; i++) {
		if (tags->items[i]->kind != YAML_SCALAR)
			return load_error(entry->loader, YAML_VALIDATE,
					  &entry->place,
					  "sequence value is not scalar");
		add_tag(entry->loader, rule, tags->items[i]->text.data);
	}
	return 0;
}

static int read_priority(const struct entry *entry, struct rule_def *rule)
{
	const char *text = entry_text(entry, "priority");
	int priority;

	if (!text)
		return -1;
	priority = priority_find(text);
	if (priority < 0)
		return load_error(entry->loader, YAML_VALIDATE, &entry->place,
				  "Invalid priority");
	rule->priority = (enum priority)priority;
	return 0;
}

static int read_duration(const struct entry *entry, struct rule_def *rule)
{
	const char *text = NULL;

	if (entry_optional_text(entry, "capture_duration", &text))
		return -1;
	if (!text)
		return 0;
	if (strspn(text, "0123456789") != strlen(text))
		return load_error(entry->loader, YAML_VALIDATE, &entry->place,
				  "Can't decode YAML scalar value");
	rule->capture_duration = (uint32_t)strtoul(text, NULL, 10);
	return 0;
}

static int read_texts(const struct entry *entry, unsigned keys,
		      struct rule_def *rule)
{
	const char **const texts[] = { &rule->condition, &rule->output,
				       &rule->desc };

	for (unsigned i = 0; i < 3; i++) {
		if (!(keys & 1u << i))
			continue;
		*texts[i] = entry_text(entry, key_names[i]);
		if (!*texts[i])
			return -1;
	}
	return 0;
}

/* Reads the keys in a mask into rule. */
static int read_keys(const struct entry *entry, unsigned keys, bool is_append,
		     struct rule_def *rule)
{
	if (read_texts(entry, keys, rule) ||
	    (keys & KEY_PRIORITY && read_priority(entry, rule)) ||
	    (keys & KEY_TAGS && read_tags(entry, rule)) ||
	    (keys & KEY_EXCEPTIONS &&
	     exceptions_read(entry, is_append, rule)) ||
	    (keys & KEY_ENABLED &&
	     entry_optional_bool(entry, "enabled", &rule->is_enabled)) ||
	    (keys & KEY_WARN_TYPES &&
	     entry_optional_bool(entry, "warn_evttypes", &rule->warns_types)) ||
	    (keys & KEY_SKIP_UNKNOWN &&
	     entry_optional_bool(entry, "skip-if-unknown-filter",
				 &rule->skips_unknown)) ||
	    (keys & KEY_CAPTURE &&
	     entry_optional_bool(entry, "capture", &rule->captures)) ||
	    (keys & KEY_CAPTURE_DURATION && read_duration(entry, rule)))
		return -1;
	rule->given = keys;
	return 0;
}

static const char *join(struct loader *loader, const char *a, const char *b)
{
	return arena_printf(&loader->arena, "%s %s", a, b);
}

static struct exception_def *find_exception(const struct rule_def *rule,
					    const char *name)
{
	for (uint32_t i = 0; i < rule->exception_count; i++)
		if (!strcmp(rule->exceptions[i].name, name))
			return &rule->exceptions[i];
	return NULL;
}

/* Adds a new exception to an earlier rule. */
static int add_exception(struct loader *loader, struct rule_def *rule,
			 struct exception_def *exception)
{
	if (!exception->fields.is_given)
		return load_error(loader, VALIDATE, &exception->place,
				  "Rule exception must have fields property "
				  "with a list of fields");
	if (!exception->count)
		return load_error(loader, VALIDATE, &exception->place,
				  "Rule exception must have values property "
				  "with a list of values");
	if (exception_check(loader, exception, !rule->has_unknown_source))
		return -1;
	rule->exceptions =
		array_room(&loader->arena, rule->exceptions,
			   rule->exception_count, sizeof(*rule->exceptions));
	rule->exceptions[rule->exception_count++] = *exception;
	return 0;
}

/* Appends values to an exception of the rule. */
static int add_values(struct loader *loader, struct exception_def *old,
		      const struct exception_def *more)
{
	struct exception_entry *values;

	if (more->fields.is_given)
		return load_error(loader, VALIDATE, &more->place,
				  "Can not "
				  "append exception fields to existing "
				  "exception, only values");
	if (more->comps.is_given)
		return load_error(loader, VALIDATE, &more->place,
				  "Can not "
				  "append exception comps to existing "
				  "exception, only values");
	values = arena_alloc(&loader->arena,
			     (old->count + more->count) * sizeof(*values));
	for (uint32_t i = 0; i < old->count; i++)
		values[i] = old->values[i];
	for (uint32_t i = 0; i < more->count; i++)
		values[old->count + i] = more->values[i];
	old->values = values;
	old->count += more->count;
	return 0;
}

static int append_exceptions(struct loader *loader, struct rule_def *rule,
			     struct rule_def *more)
{
	for (uint32_t i = 0; i < more->exception_count; i++) {
		struct exception_def *exception = &more->exceptions[i];
		struct exception_def *old =
			find_exception(rule, exception->name);

		if (old ? add_values(loader, old, exception)
			: add_exception(loader, rule, exception))
			return -1;
	}
	return 0;
}

/* Checks that an item does not change the rule's source. */
static int check_source(struct loader *loader, const struct rule_def *rule,
			const struct rule_def *more)
{
	if (!more->source || !strcmp(more->source, rule->source))
		return 0;
	return load_error(loader, VALIDATE, &more->place,
			  "Rule has "
			  "been re-defined with a different source");
}

/* Appends what `more' defines to the rule of the same name. */
static int append_rule(struct loader *loader, struct rule_def *more)
{
	struct rule_def *rule = loader_rule(loader, more->name);

	if (!rule)
		return load_error(loader, VALIDATE, &more->place,
				  "Rule uses "
				  "'append' or 'override.<key>: append' but "
				  "no rule by that name already exists");
	if (!more->given)
		return load_error(loader, VALIDATE, &more->place,
				  "Appended "
				  "rule must have exceptions or condition "
				  "property");
	if (check_source(loader, rule, more))
		return -1;
	if (more->given & KEY_CONDITION)
		rule->condition =
			join(loader, rule->condition, more->condition);
	if (more->given & KEY_OUTPUT)
		rule->output = join(loader, rule->output, more->output);
	if (more->given & KEY_DESC)
		rule->desc = join(loader, rule->desc, more->desc);
	for (uint32_t i = 0; i < more->tag_count; i++)
		add_tag(loader, rule, more->tags[i]);
	loader->next_index++;
	return append_exceptions(loader, rule, more);
}

static int check_exceptions(struct loader *loader, struct rule_def *rule,
			    bool has_source)
{
	for (uint32_t i = 0; i < rule->exception_count; i++) {
		struct exception_def *exception = &rule->exceptions[i];

		if (!exception->fields.is_given)
			return load_error(loader, VALIDATE, &exception->place,
					  "Rule exception item must have "
					  "fields property with a list of "
					  "fields");
		if (exception_check(loader, exception, has_source))
			return -1;
	}
	return 0;
}

/* Replaces the members in a mask by those of `more'. */
static void replace_keys(struct rule_def *rule, const struct rule_def *with)
{
	if (with->given & KEY_CONDITION) {
		rule->condition = with->condition;
		rule->condition_place = with->condition_place;
	}
	if (with->given & KEY_OUTPUT) {
		rule->output = with->output;
		rule->output_place = with->output_place;
	}
	if (with->given & KEY_DESC)
		rule->desc = with->desc;
	if (with->given & KEY_PRIORITY)
		rule->priority = with->priority;
	if (with->given & KEY_TAGS) {
		rule->tags = with->tags;
		rule->tag_count = with->tag_count;
	}
	if (with->given & KEY_EXCEPTIONS) {
		rule->exceptions = with->exceptions;
		rule->exception_count = with->exception_count;
	}
	if (with->given & KEY_ENABLED)
		rule->is_enabled = with->is_enabled;
	if (with->given & KEY_WARN_TYPES)
		rule->warns_types = with->warns_types;
	if (with->given & KEY_SKIP_UNKNOWN)
		rule->skips_unknown = with->skips_unknown;
	if (with->given & KEY_CAPTURE)
		rule->captures = with->captures;
	if (with->given & KEY_CAPTURE_DURATION)
		rule->capture_duration = with->capture_duration;
}

static int replace_rule(struct loader *loader, struct rule_def *with)
{
	struct rule_def *rule = loader_rule(loader, with->name);

	if (!rule)
		return load_error(loader, VALIDATE, &with->place,
				  "An "
				  "'override.<key>: replace' to a rule was "
				  "requested but no rule by that name already "
				  "exists");
	if (check_source(loader, rule, with) ||
	    check_exceptions(loader, with, !rule->has_unknown_source))
		return -1;
	replace_keys(rule, with);
	loader->next_index++;
	return 0;
}

/* The mask of keys that the item has. */
static unsigned defined_keys(const struct yaml_node *node)
{
	unsigned keys = 0;

	for (unsigned i = 0; key_names[i]; i++)
		if (yaml_get(node, key_names[i]))
			keys |= 1u << i;
	return keys;
}

static const char *first_key(unsigned keys)
{
	return key_names[__builtin_ctz(keys)];
}

static struct rule_def start_rule(const struct entry *entry)
{
	struct rule_def rule = { .name = entry->place.item_name,
				 .place = entry->place,
				 .condition_place = entry->place,
				 .output_place = entry->place,
				 .is_enabled = true,
				 .warns_types = true };
	const struct yaml_node *condition = yaml_get(entry->node, "condition");
	const struct yaml_node *output = yaml_get(entry->node, "output");

	if (condition)
		rule.condition_place =
			place_of(entry->loader, condition, "rule", rule.name);
	if (output)
		rule.output_place =
			place_of(entry->loader, output, "rule", rule.name);
	return rule;
}

static int missing_key(const struct entry *entry, const char *operation,
		       unsigned keys)
{
	const char *key = first_key(keys);

	return load_error(entry->loader, YAML_VALIDATE, &entry->place,
			  "An %s override for '%s' was specified but '%s' is "
			  "not defined",
			  operation, key, key);
}

/* The source of an item; NULL: none, or an empty one. */
static const char *source_of(const struct entry *entry)
{
	const struct yaml_node *source = yaml_get(entry->node, "source");

	return source && source->kind == YAML_SCALAR && source->text.len
		       ? source->text.data
		       : NULL;
}

/* Reads what overrides define; a source matters only with a condition. */
static int read_override(const struct entry *entry, unsigned keys,
			 bool is_append, struct rule_def *rule)
{
	*rule = start_rule(entry);
	if (keys & KEY_CONDITION)
		rule->source = source_of(entry);
	return read_keys(entry, keys, is_append, rule);
}

/*
 * Applies overrides: appends first, then replaces.  Every key must have an
 * override.
 */
static int override_rule(const struct entry *entry,
			 const struct overrides *overrides)
{
	unsigned defined = defined_keys(entry->node);
	unsigned named = overrides->appends | overrides->replaces;
	struct rule_def rule;

	if (overrides->appends & ~defined)
		return missing_key(entry, "append",
				   overrides->appends & ~defined);
	if (overrides->appends &&
	    (read_override(entry, overrides->appends, true, &rule) ||
	     append_rule(entry->loader, &rule)))
		return -1;
	if (overrides->replaces & ~defined)
		return missing_key(entry, "replace",
				   overrides->replaces & ~defined);
	if (overrides->replaces &&
	    (read_override(entry, overrides->replaces, false, &rule) ||
	     replace_rule(entry->loader, &rule)))
		return -1;
	if (defined & ~named)
		return load_error(entry->loader, YAML_VALIDATE, &entry->place,
				  "Unexpected key '%s': no corresponding "
				  "entry under 'override' is defined.",
				  first_key(defined & ~named));
	return 0;
}

/* Appends by the old form, `append: true'. */
static int append_old_style(const struct entry *entry)
{
	struct rule_def rule = start_rule(entry);

	rule.source = source_of(entry);
	if (read_keys(entry,
		      defined_keys(entry->node) &
			      (KEY_CONDITION | KEY_EXCEPTIONS),
		      true, &rule))
		return -1;
	return append_rule(entry->loader, &rule);
}

/*
 * Enables or disables an earlier rule by the old form, a standalone `enabled'.
 */
static int switch_rule(const struct entry *entry)
{
	struct rule_def *rule =
		loader_rule(entry->loader, entry->place.item_name);
	bool is_enabled = true;

	if (!entry_text(entry, "enabled") ||
	    entry_optional_bool(entry, "enabled", &is_enabled))
		return -1;
	load_warning(entry->loader, "LOAD_DEPRECATED_ITEM", &entry->place,
		     "The standalone 'enabled' key usage is deprecated. The "
		     "correct approach requires also a 'replace' entry under "
		     "the 'override' key (i.e. 'enabled: replace').");
	if (!rule)
		return load_error(entry->loader, VALIDATE, &entry->place,
				  "Rule has 'enabled' key but no rule by that "
				  "name already exists");
	rule->is_enabled = is_enabled;
	return 0;
}

static const char *trim(struct loader *loader, const char *text)
{
	size_t len;

	text += strspn(text, " \t\r\n\f\v");
	len = strlen(text);
	while (len && strchr(" \t\r\n\f\v", text[len - 1]))
		len--;
	return arena_copy(&loader->arena, text, len);
}

static void keep_rule(struct loader *loader, struct rule_def *rule)
{
	struct rule_def *old = loader_rule(loader, rule->name);

	if (old) {
		rule->index = old->index;
		rule->next = old->next;
		*old = *rule;
		loader->next_index++;
		return;
	}
	old = arena_alloc(&loader->arena, sizeof(*old));
	*old = *rule;
	old->index = loader->next_index++;
	old->next = map_put(&loader->rule_names,
			    hash_bytes(rule->name, strlen(rule->name)), old);
	loader->rules = array_room(&loader->arena, loader->rules,
				   loader->rule_count, sizeof(*loader->rules));
	loader->rules[loader->rule_count++] = old;
}

/* Defines a rule, replacing an earlier one of the same name. */
static int define_rule(const struct entry *entry)
{
	struct loader *loader = entry->loader;
	unsigned defined = defined_keys(entry->node);
	struct rule_def rule = start_rule(entry);
	const struct rule_def *old = loader_rule(loader, rule.name);

	rule.source = "syscall";
	if (read_keys(entry, defined | REQUIRED, false, &rule) ||
	    entry_optional_text(entry, "source", &rule.source))
		return -1;
	rule.output = trim(loader, rule.output);
	if (old && check_source(loader, old, &rule))
		return -1;
	rule.has_unknown_source = strcmp(rule.source, "syscall");
	if (rule.has_unknown_source)
		load_warning(loader, "LOAD_UNKNOWN_SOURCE", &entry->place,
			     "Unknown source %s, skipping", rule.source);
	if (check_exceptions(loader, &rule, !rule.has_unknown_source))
		return -1;
	keep_rule(loader, &rule);
	return 0;
}

int collect_rule(struct loader *loader, const struct yaml_node *node)
{
	struct overrides overrides = { .names = key_names,
				       .appendable = APPENDABLE,
				       .replaceable = REPLACEABLE };
	struct entry entry = { loader, node,
			       place_of(loader, node, "rule", "") };
	const char *name = entry_text(&entry, "rule");

	if (!name)
		return -1;
	entry.place.item_name = name;
	entry_warn_keys(&entry, rule_keys);
	if (entry_overrides(&entry, &overrides))
		return -1;
	if (overrides.appends || overrides.replaces)
		return override_rule(&entry, &overrides);
	if (overrides.has_append)
		return append_old_style(&entry);
	if (!(defined_keys(node) & REQUIRED))
		return switch_rule(&entry);
	return define_rule(&entry);
}
