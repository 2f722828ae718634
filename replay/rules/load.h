/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loading of rules files, between YAML and compiled rules: what the files
 * define (collect.c, collect_rule.c, exceptions.c), how conditions become
 * trees (resolve.c), and the issues found (issues.c).
 */
#ifndef SPOOR_REPLAY_RULES_LOAD_H
#define SPOOR_REPLAY_RULES_LOAD_H

#include "core/map.h"
#include "replay/rules/ast.h"
#include "replay/rules/yaml_tree.h"

/* A position in a rules file, and the item that contains it. */
struct load_place {
	const char *file;
	const char *item_type, *item_name;
	unsigned line, column;
};

struct list_def {
	struct list_def *next; /* next with the same hash */
	const char *name;
	uint32_t index, visibility;
	bool is_used;
	struct load_place place;
	uint32_t count;
	struct text *items;
	/* items with inner lists expanded by one level */
	uint32_t expanded_count;
	struct text *expanded;
};

struct macro_def {
	struct macro_def *next;
	const char *name;
	uint32_t index, visibility;
	bool is_used;
	struct load_place place, condition_place;
	const char *condition;
	struct ast *ast;
	bool is_resolved; /* ast has no macros left */
	bool is_open;	  /* being resolved: finding it again is a loop */
};

/* A scalar or a list: exceptions may use either. */
struct exception_entry {
	bool is_given, is_list;
	const char *item;
	uint32_t count;
	struct exception_entry *items;
};

struct exception_def {
	const char *name;
	struct load_place place;
	struct exception_entry fields, comps;
	uint32_t count;
	struct exception_entry *values;
};

/* clang-format off */
enum rule_key {
	KEY_CONDITION = 1, KEY_OUTPUT = 2, KEY_DESC = 4, KEY_PRIORITY = 8,
	KEY_TAGS = 16, KEY_EXCEPTIONS = 32, KEY_ENABLED = 64,
	KEY_WARN_TYPES = 128, KEY_SKIP_UNKNOWN = 256, KEY_CAPTURE = 512,
	KEY_CAPTURE_DURATION = 1024, KEY_SOURCE = 2048
};

/* clang-format on */

struct rule_def {
	struct rule_def *next;
	const char *name;
	uint32_t index;
	struct load_place place, condition_place, output_place;
	unsigned given; /* bits of enum rule_key: the members that are set */
	const char *source, *condition, *output, *desc;
	enum priority priority;
	bool is_enabled, warns_types, skips_unknown, has_unknown_source;
	bool captures;
	uint32_t capture_duration;
	uint32_t tag_count;
	const char **tags; /* sorted */
	uint32_t exception_count;
	struct exception_def *exceptions;
};

struct loader {
	struct arena arena;
	const struct field_set *fields;
	const struct plugin_version *plugins; /* ends with a NULL name */
	struct map list_names, macro_names, rule_names;
	struct list_def **lists;
	struct macro_def **macros;
	struct rule_def **rules;
	uint32_t list_count, macro_count, rule_count;
	uint32_t next_index;
	const char *unmet_requirement; /* its text; NULL: none */
	uint32_t issue_count;
	struct rule_issue *issues;
	/* The file being loaded. */
	const char *file;
	struct bytes content;
};

/*
 * Grows an arena array of `count' items, if necessary, by one item; returns
 * the array, which may have moved.
 */
void *array_room(struct arena *arena, void *items, uint32_t count, size_t size);

/* issues.c */
/* Records an error; the same issue is recorded only once.  Returns -1. */
int load_error(struct loader *loader, const char *code,
	       const struct load_place *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Records a warning; the same issue is recorded only once. */
void load_warning(struct loader *loader, const char *code,
		  const struct load_place *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* An issue at a position in a condition; the snippet is made from it. */
struct condition_issue {
	bool is_error;
	const char *code, *message;
	const char *condition;
	struct ast_place at;
};

/* Records an issue in a condition. */
void load_condition_issue(struct loader *loader, const struct load_place *place,
			  const struct condition_issue *about);

/*
 * collect.c: collects the definitions of the current file.  -1: an error was
 * recorded.
 */
int collect_file(struct loader *loader);

/* The list of a name, or NULL. */
struct list_def *loader_list(const struct loader *loader, const char *name);

/* The macro of a name, or NULL. */
struct macro_def *loader_macro(const struct loader *loader, const char *name);

/* The position of a YAML node, in an item of this type and name. */
struct load_place place_of(const struct loader *loader,
			   const struct yaml_node *node, const char *type,
			   const char *name);

/* An item of a rules file, for reading its scalars. */
struct entry {
	struct loader *loader;
	const struct yaml_node *node;
	struct load_place place;
};

/* The text of a required key; NULL: an error was recorded. */
const char *entry_text(const struct entry *entry, const char *key);

/*
 * The text of an optional key; *ret_text is unchanged if the key is absent.
 * -1: an error was recorded.
 */
int entry_optional_text(const struct entry *entry, const char *key,
			const char **ret_text);

/* Like entry_optional_text, for a boolean. */
int entry_optional_bool(const struct entry *entry, const char *key,
			bool *ret_value);

/* Warns of keys that are not in `known', which ends with NULL. */
void entry_warn_keys(const struct entry *entry, const char *const *known);

/*
 * The keys `append' and `override' of an item, as masks: bit i stands for
 * names[i].
 */
struct overrides {
	const char *const *names; /* ends with NULL; bit i */
	unsigned appendable, replaceable;
	bool has_append; /* append: true */
	unsigned appends, replaces;
};

/* Fills in has_append, appends and replaces.  -1: an error was recorded. */
int entry_overrides(const struct entry *entry, struct overrides *overrides);

/* collect_rule.c: collects one rule item.  -1: an error was recorded. */
int collect_rule(struct loader *loader, const struct yaml_node *node);

/*
 * requirements.c: checks required_engine_version.  -1: an error was recorded.
 */
int collect_engine_version(struct loader *loader, const struct yaml_node *node);

/* Checks required_plugin_versions.  -1: an error was recorded. */
int collect_plugin_versions(struct loader *loader,
			    const struct yaml_node *node);

/*
 * exceptions.c: reads the exceptions of a rule item.  -1: an error was
 * recorded.
 */
int exceptions_read(const struct entry *entry, bool is_append,
		    struct rule_def *rule);

/* Checks one exception, and adds defaults.  -1: an error was recorded. */
int exception_check(struct loader *loader, struct exception_def *exception,
		    bool has_source);

/*
 * Appends the exceptions of a rule as condition text.  -1: an error was
 * recorded.
 */
int exceptions_expand(struct loader *loader, const struct rule_def *rule,
		      struct buffer *out);

/*
 * resolve.c: expands the lists that lists contain.  -1: an error was recorded.
 */
int resolve_lists(struct loader *loader);

/*
 * Parses all macros and resolves the macros in them.  -1: an error was
 * recorded.
 */
int resolve_macros(struct loader *loader);

/*
 * Parses a condition and resolves its lists and macros.  -1: an error was
 * recorded.
 */
int resolve_condition(struct loader *loader, const char *text,
		      const struct load_place *place, struct ast **ret_ast);

/* warnings.c: warns of deprecated fields and unsafe comparisons. */
struct warning_use {
	const char *code;
	const char *text;
	struct ast_place at;
};

typedef void warning_fn(void *user, const struct warning_use *warning);

/* Calls warn for each problem in a condition. */
void warn_of_condition(const struct ast *ast, warning_fn *warn, void *user);

/* Calls warn for each problem in an output. */
void warn_of_output(const char *output, warning_fn *warn, void *user);

#endif
