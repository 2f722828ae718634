/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Falco's condition language and rules files.  Third stage of replay: a filter
 * is one compiled condition; a ruleset is all rules of some files, indexed by
 * event code so that most events are dismissed without evaluating a rule.
 * Language: doc/rule-language.md.
 */
#ifndef SPOOR_REPLAY_RULES_RULES_H
#define SPOOR_REPLAY_RULES_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "replay/fields/fields.h"

/* One condition, as `spoor print FILE FILTER' takes it. */
struct filter;

/*
 * Compiles a filter; free with filter_free.  0 or -1; the error has line and
 * column.
 */
int filter_compile(struct filter **ret_filter, const char *text,
		   const struct field_set *set, struct error *err);

/* Does the filter match at this event? */
bool filter_match(struct filter *filter, const struct field_context *context);

/* Accepts NULL. */
void filter_free(struct filter *filter);

/*
 * Output formats: "%proc.name opened %fd.name", with widths ("%10proc.name")
 * and transformers.  A compiled format prints many events, as text or JSON.
 */
struct format;

/*
 * Compiles a format; free with format_free (a rule's format belongs to its
 * ruleset).  0 or -1.
 */
int format_compile(struct format **ret_format, const char *text,
		   const struct field_set *set, struct error *err);

/* Accepts NULL. */
void format_free(struct format *format);

/*
 * Prints an event; the text is in the context's scratch arena.  Absent values
 * print as <NA> if the format begins with '*'; otherwise the text ends before
 * the first one and false is returned (sysdig then prints nothing).
 */
bool format_text(const struct format *format,
		 const struct field_context *context, struct text *ret_text);

/* Like format_text, as a line for people: values are escaped (core/text.h). */
bool format_line(const struct format *format,
		 const struct field_context *context, struct text *ret_text);

/* A field of a format, or a transformer over fields. */
struct format_item {
	const struct field_ref *ref; /* text: its name */
	bool is_transformed, is_present;
	struct value value;
};

/*
 * All fields of the format with their values, and the transformed ones if
 * `transformed', each once, sorted by name; in the scratch arena.  Returns
 * their number; *ret_complete is what format_text returns.
 */
unsigned format_items(const struct format *format,
		      const struct field_context *context, bool transformed,
		      struct format_item **ret_items, bool *ret_complete);

/* The fields a format uses, in order of use. */
const struct field_ref *const *format_fields(const struct format *format,
					     unsigned *ret_count);

/* clang-format off */
enum priority {
	PRIORITY_EMERGENCY, PRIORITY_ALERT, PRIORITY_CRITICAL, PRIORITY_ERROR,
	PRIORITY_WARNING, PRIORITY_NOTICE, PRIORITY_INFORMATIONAL,
	PRIORITY_DEBUG, PRIORITY_COUNT
};

/* clang-format on */

/* The name of a priority: "Warning". */
const char *priority_name(enum priority priority);

/* The priority of a name, ignoring case ("info", too); -1: unknown. */
int priority_find(const char *name);

/* An additional member of output_fields: see struct output_addition. */
struct rule_member {
	const char *name;
	const struct format *format;
	bool is_field; /* the value is that of a field, not a text */
};

/* A loaded rule; strings live as long as the ruleset. */
struct rule {
	const char *name;
	const char *desc;
	const char *source;    /* "syscall" */
	const char *condition; /* compiled, canonical */
	const char *text;      /* the condition as written, including appends */
	const char *output;    /* format text, without the prefix */
	const struct format *format; /* compiled "*" + output */
	/* additional members of output_fields */
	const struct rule_member *members;
	uint32_t member_count;
	enum priority priority;
	const char *const *tags; /* sorted; ends with NULL */
	bool enabled;
	/* requests a capture of the following events */
	bool capture;
	uint32_t capture_duration; /* ms */
	uint64_t hits;
};

/* A warning or an error of loading, with the place it is about. */
struct rule_issue {
	bool is_error;
	const char *code; /* LOAD_ERR_YAML_PARSE, LOAD_UNUSED_MACRO ... */
	const char *message;
	const char *file;
	const char *item_type; /* "rule", "macro", ...; may be NULL */
	const char *item_name; /* may be NULL */
	unsigned line, column; /* from 1; 0 unknown */
	const char *snippet;   /* the offending text; may be NULL */
};

struct ruleset;

/* A plugin that rule files may require. */
struct plugin_version {
	const char *name;
	unsigned version[3];
};

/* A member of output_fields: a field, or a text by a format. */
struct output_member {
	const char *name;
	const char *format; /* NULL: name is a field */
};

/* An addition to outputs: an entry of append_output in falco.yaml. */
struct output_addition {
	/* only rules of this name, source; NULL: any */
	const char *rule, *source;
	const char *const *tags; /* only rules with all these tags; or NULL */
	const char *text;	 /* appended to the output; or NULL */
	bool is_suggested;	 /* add the fields of FIELD_SUGGESTED */
	const struct output_member *members; /* end with a NULL name; or NULL */
	struct output_addition *next;
};

struct ruleset_options {
	const struct field_set *fields; /* NULL: fields_syscall */
	enum priority min_priority;	/* drop less severe rules */
	bool all_matches; /* report every matching rule, not only the first */
	/* Borrowed for the life of the ruleset; or NULL. */
	const struct output_addition *additions;
	/*
	 * Available plugins; ends with a NULL name.  NULL: those whose fields
	 * are built in.
	 */
	const struct plugin_version *plugins;
};

/* An empty ruleset; options are copied.  Free with ruleset_free. */
struct ruleset *ruleset_new(const struct ruleset_options *options);

/* Accepts NULL. */
void ruleset_free(struct ruleset *set);

/*
 * Loads one more rules file.  -1: the file was rejected; its issues say why,
 * and err has the first one.
 */
int ruleset_load(struct ruleset *set, const char *path, struct error *err);

/* Like ruleset_load, for text in memory; name is for issues. */
int ruleset_load_text(struct ruleset *set, const char *name, const char *text,
		      size_t len, struct error *err);

/*
 * A ruleset of the same rules, switched on and off as they are, to be
 * evaluated by another thread; without hits and issues.  It borrows texts: the
 * set outlives it.  May be called by several threads while nobody loads into
 * the set or switches its rules.
 */
struct ruleset *ruleset_copy(const struct ruleset *set);

/*
 * Checks that all plugins that the files require are available.  -1: err names
 * the missing one.
 */
int ruleset_check_plugins(const struct ruleset *set, struct error *err);

/* The issues of all files so far, in order; owned by the ruleset. */
const struct rule_issue *ruleset_issues(const struct ruleset *set,
					unsigned *ret_count);

/*
 * Enables or disables rules after loading: pattern is a rule name with '*'
 * wildcards, or if is_tag a tag.  Returns how many rules changed.
 */
unsigned ruleset_enable(struct ruleset *set, const char *pattern, bool is_tag,
			bool enable);

/* All rules in the order of definition; owned by the ruleset. */
struct rule *const *ruleset_rules(const struct ruleset *set,
				  unsigned *ret_count);

/* Called for each match; the arguments are valid during the call. */
typedef void ruleset_match_fn(void *user, struct rule *rule,
			      const struct field_context *context);

/* Evaluates the rules at one event; returns the number of matches. */
unsigned ruleset_eval(struct ruleset *set, const struct field_context *context,
		      ruleset_match_fn *match, void *user);

/* Does the name match the pattern, in which '*' stands for any text? */
bool wildcard_match(const char *pattern, const char *name);

#endif
