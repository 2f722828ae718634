/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loading of rule files, between YAML and compiled rules: what the files
 * define (collect.c, collect_rule.c, exceptions.c), how conditions become
 * trees (resolve.c), and the issues found on the way (issues.c).
 */
#ifndef SPOOR_REPLAY_RULES_LOAD_H
#define SPOOR_REPLAY_RULES_LOAD_H

#include "core/map.h"
#include "replay/rules/ast.h"
#include "replay/rules/yaml_tree.h"

/* A place in a rule file, and the item it belongs to. */
struct load_place {
	const char *file;
	const char *item_type, *item_name;
	unsigned line, column;
};

struct list_def {
	struct list_def *next; /* of the same hash */
	const char *name;
	uint32_t index, visibility;
	bool is_used;
	struct load_place place;
	uint32_t count;
	struct text *items;
	uint32_t expanded_count; /* inner lists expanded one level */
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
	bool is_resolved; /* ast holds no macro any more */
	bool is_open;	  /* being resolved: meeting it again is a loop */
};

/* A scalar or a list, as exceptions are written with either. */
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
	unsigned given; /* enum rule_key: which of these are set */
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
	const char *unmet_requirement; /* what it says; NULL: none */
	uint32_t issue_count;
	struct rule_issue *issues;
	/* The file being loaded. */
	const char *file;
	struct bytes content;
};

/* Room for one more item in an arena array of count items. */
void *array_room(struct arena *arena, void *items, uint32_t count, size_t size);

/* issues.c */
/* Records an error (-1) or a warning; the same one is recorded once. */
int load_error(struct loader *loader, const char *code,
	       const struct load_place *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void load_warning(struct loader *loader, const char *code,
		  const struct load_place *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The same, about a place in a condition, which gives the snippet. */
struct condition_issue {
	bool is_error;
	const char *code, *message;
	const char *condition;
	struct ast_place at;
};

void load_condition_issue(struct loader *loader, const struct load_place *place,
			  const struct condition_issue *about);

/* collect.c: takes the definitions of a file.  -1: an error is recorded. */
int collect_file(struct loader *loader);
struct list_def *loader_list(const struct loader *loader, const char *name);
struct macro_def *loader_macro(const struct loader *loader, const char *name);
struct load_place place_of(const struct loader *loader,
			   const struct yaml_node *node, const char *type,
			   const char *name);

/* Scalars of an item: the text, or NULL with an error recorded. */
struct entry {
	struct loader *loader;
	const struct yaml_node *node;
	struct load_place place;
};

const char *entry_text(const struct entry *entry, const char *key);
/* Optional ones: 0 and *ret_value untouched if absent; -1. */
int entry_optional_text(const struct entry *entry, const char *key,
			const char **ret_text);
int entry_optional_bool(const struct entry *entry, const char *key,
			bool *ret_value);
void entry_warn_keys(const struct entry *entry, const char *const *known);

/*
 * Reads `append' and `override': masks of the keys (names: as in the mask's
 * bits, appendable and replaceable).
 */
struct overrides {
	const char *const *names; /* ends with NULL; bit i */
	unsigned appendable, replaceable;
	bool has_append; /* append: true */
	unsigned appends, replaces;
};

int entry_overrides(const struct entry *entry, struct overrides *overrides);

/* collect_rule.c */
int collect_rule(struct loader *loader, const struct yaml_node *node);

/* requirements.c */
int collect_engine_version(struct loader *loader, const struct yaml_node *node);
int collect_plugin_versions(struct loader *loader,
			    const struct yaml_node *node);

/* exceptions.c: reads them; checks one; makes the condition's text. */
int exceptions_read(const struct entry *entry, bool is_append,
		    struct rule_def *rule);
int exception_check(struct loader *loader, struct exception_def *exception,
		    bool has_source);
int exceptions_expand(struct loader *loader, const struct rule_def *rule,
		      struct buffer *out);

/* resolve.c: lists and macros; condition text to a tree without macros. */
int resolve_lists(struct loader *loader);
int resolve_macros(struct loader *loader);
int resolve_condition(struct loader *loader, const char *text,
		      const struct load_place *place, struct ast **ret_ast);

/* warnings.c: about deprecated fields and unsafe comparisons. */
struct warning_use {
	const char *code;
	const char *text;
	struct ast_place at;
};

typedef void warning_fn(void *user, const struct warning_use *warning);

void warn_of_condition(const struct ast *ast, warning_fn *warn, void *user);
void warn_of_output(const char *output, warning_fn *warn, void *user);

#endif
