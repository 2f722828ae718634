/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of some files, compiled together and indexed by event code: for
 * each code the rules that can match it, specialised to it, in the order of
 * their definition.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/rules/codes.h"
#include "replay/rules/load.h"
#include "replay/rules/program.h"

enum { FILE_MAX = 64 * 1024 * 1024, CODES_WARN = 100 };

/* A rule where its event code is known. */
struct entry_at {
	struct rule *rule;
	struct node *node;
};

struct entries_at {
	struct entry_at *items;
	size_t count, capacity;
};

/* A compiled rule, while the index is made. */
struct compiled {
	struct rule *rule;
	struct node *node;
	struct code_set codes;
};

struct ruleset {
	struct ruleset_options options;
	struct loader loader;
	struct program program;
	bool has_program;
	struct arena arena;      /* of the compiled rules */
	struct rule **rules;
	uint32_t rule_count;
	struct entries_at index[EVENT_KIND_COUNT];
};

static const char *const priority_names[PRIORITY_COUNT] = {
	"Emergency", "Alert", "Critical", "Error",
	"Warning", "Notice", "Informational", "Debug",
};

/* The plugins that a capture of system calls needs; ours are built in. */
static const struct plugin_version plugins[] = {
	{ "container", { 1, 0, 0 } },
	{ NULL, { 0, 0, 0 } },
};

const char *priority_name(enum priority priority)
{
	return priority_names[priority];
}

int priority_find(const char *name)
{
	for (int i = 0; i < PRIORITY_COUNT; i++)
		if (!strcasecmp(priority_names[i], name))
			return i;
	return strcasecmp(name, "info") ? -1 : PRIORITY_INFORMATIONAL;
}

struct ruleset *ruleset_new(const struct ruleset_options *options)
{
	struct ruleset *set = mem_zalloc(sizeof(*set));

	set->options = *options;
	if (!set->options.fields)
		set->options.fields = &fields_syscall;
	set->loader.fields = set->options.fields;
	set->loader.plugins = plugins;
	return set;
}

/* Forgets what was compiled; the definitions stay. */
static void drop_compiled(struct ruleset *set)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++) {
		free(set->index[i].items);
		set->index[i] = (struct entries_at){ 0 };
	}
	if (set->has_program)
		program_done(&set->program);
	set->has_program = false;
	arena_free(&set->arena);
	set->rules = NULL;
	set->rule_count = 0;
}

void ruleset_free(struct ruleset *set)
{
	if (!set)
		return;
	drop_compiled(set);
	map_free(&set->loader.list_names);
	map_free(&set->loader.macro_names);
	map_free(&set->loader.rule_names);
	arena_free(&set->loader.arena);
	free(set);
}

/* The output without surrounding blanks and the old %container.info. */
static const char *clean_output(struct ruleset *set,
				const struct rule_def *def)
{
	static const char old[] = "%container.info";
	const char *hit = strstr(def->output, old);

	if (!hit)
		return arena_printf(&set->arena, "*%s", def->output);
	load_warning(&set->loader, "LOAD_DEPRECATED_ITEM",
		     &def->output_place,
		     "%%container.info is deprecated and was removed");
	return arena_printf(&set->arena, "*%.*s%s",
			    (int)(hit - def->output), def->output,
			    hit + strlen(old));
}

/* Is it an error that skip-if-unknown-filter forgives? */
static bool is_unknown_filter(const char *text)
{
	static const char *const parts[] = { "nonexistent field",
					     "invalid formatting token",
					     "unknown event type",
					     "unknown filter:" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strstr(text, parts[i]))
			return true;
	return false;
}

/* Records why a rule does not compile: 0 it is skipped, -1 an error. */
static int refuse(struct ruleset *set, const struct rule_def *def,
		  const char *code, struct ast_place at,
		  const struct error *err)
{
	bool forgiven = def->skips_unknown && is_unknown_filter(err->text);
	struct condition_issue issue = {
		.is_error = !forgiven,
		.code = forgiven ? "LOAD_UNKNOWN_FILTER" : code,
		.message = err->text, .condition = def->condition, .at = at,
	};

	load_condition_issue(&set->loader, &def->condition_place, &issue);
	return forgiven ? 0 : -1;
}

static const char *printed(struct ruleset *set, const struct ast *ast)
{
	struct buffer b = { 0 };
	const char *text;

	ast_print(&b, ast);
	text = arena_copy(&set->arena, b.data, b.len);
	buffer_free(&b);
	return text;
}

static struct rule *make_rule(struct ruleset *set, const struct rule_def *def,
			      const char *output, const struct ast *ast)
{
	struct rule *rule = arena_alloc(&set->arena, sizeof(*rule));
	const char **tags = arena_alloc(&set->arena,
					(def->tag_count + 1) * sizeof(*tags));

	for (uint32_t i = 0; i < def->tag_count; i++)
		tags[i] = def->tags[i];
	*rule = (struct rule){ .name = def->name, .desc = def->desc,
			       .source = def->source,
			       .condition = printed(set, ast),
			       .output = output + 1,
			       .priority = def->priority, .tags = tags,
			       .enabled = def->is_enabled };
	return rule;
}

static void warn_of_codes(struct ruleset *set, const struct rule_def *def,
			  const struct code_set *codes)
{
	if (def->warns_types && code_set_count(codes) > CODES_WARN)
		load_warning(&set->loader, "LOAD_NO_EVTTYPE", &def->place,
			     "Rule matches too many evt.type values. This has "
			     "a significant performance penalty.");
}

/* 1 compiled, 0 skipped, -1. */
static int compile_rule(struct ruleset *set, const struct rule_def *def,
			struct compiled *ret_compiled)
{
	const char *output = clean_output(set, def);
	struct buffer text = { 0 };
	struct format *format = NULL;
	struct ast *ast = NULL;
	struct error err = { 0 };
	int code;

	if (format_compile(&format, output, set->options.fields, &set->arena,
			   &err))
		return refuse(set, def, "LOAD_ERR_COMPILE_OUTPUT",
			      (struct ast_place){ 0, 1, 1 }, &err);
	code = exceptions_expand(&set->loader, def, &text);
	buffer_u8(&text, '\0');
	if (!code)
		code = resolve_condition(&set->loader, (char *)text.data,
					 &def->condition_place, &ast);
	buffer_free(&text);
	if (code)
		return -1;
	if (codes_of_condition(&ret_compiled->codes, ast, &err) ||
	    program_compile(&ret_compiled->node, &set->program, ast, &err))
		return refuse(set, def, "LOAD_ERR_COMPILE_CONDITION",
			      set->program.place, &err);
	ret_compiled->rule = make_rule(set, def, output, ast);
	ret_compiled->rule->format = format;
	warn_of_codes(set, def, &ret_compiled->codes);
	code_set_add(&ret_compiled->codes, PPME_ASYNCEVENT_E);
	return 1;
}

static void add_entry(struct entries_at *at, struct rule *rule,
		      struct node *node)
{
	at->items = mem_grow(at->items, &at->capacity, at->count + 1,
			     sizeof(*at->items));
	at->items[at->count++] = (struct entry_at){ rule, node };
}

/* What is known of a rule's condition once the event code is. */
static void index_rules(struct ruleset *set, const struct compiled *compiled,
			uint32_t count)
{
	struct node **cache;

	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++) {
		cache = mem_zalloc((set->program.node_count + 1) * 2 *
				   sizeof(*cache));
		for (uint32_t i = 0; i < count; i++) {
			struct node *node;

			if (!code_set_has(&compiled[i].codes, code))
				continue;
			node = node_for_code(&set->program, compiled[i].node,
					     code, cache);
			if (node != set->program.never)
				add_entry(&set->index[code],
					  compiled[i].rule, node);
		}
		free(cache);
	}
}

static void warn_unused(struct ruleset *set)
{
	struct loader *l = &set->loader;

	for (uint32_t i = 0; i < l->macro_count; i++)
		if (!l->macros[i]->is_used)
			load_warning(l, "LOAD_UNUSED_MACRO",
				     &l->macros[i]->place,
				     "Macro not referred to by any other "
				     "rule/macro");
	for (uint32_t i = 0; i < l->list_count; i++)
		if (!l->lists[i]->is_used)
			load_warning(l, "LOAD_UNUSED_LIST", &l->lists[i]->place,
				     "List not referred to by any other "
				     "rule/macro/list");
}

static int compile_all(struct ruleset *set)
{
	struct loader *l = &set->loader;
	struct compiled *compiled = mem_zalloc((l->rule_count + 1) *
					       sizeof(*compiled));
	uint32_t n = 0;
	int result = resolve_lists(l) || resolve_macros(l) ? -1 : 0;

	program_init(&set->program, set->options.fields);
	set->has_program = true;
	set->rules = arena_alloc(&set->arena, (l->rule_count + 1) *
						      sizeof(*set->rules));
	for (uint32_t i = 0; i < l->rule_count && !result; i++) {
		const struct rule_def *def = l->rules[i];
		int code;

		if (def->has_unknown_source)
			continue;
		code = compile_rule(set, def, &compiled[n]);
		if (code < 0)
			result = -1;
		if (code <= 0 || def->priority > set->options.min_priority)
			continue;
		set->rules[set->rule_count++] = compiled[n++].rule;
	}
	if (!result) {
		index_rules(set, compiled, n);
		warn_unused(set);
	}
	free(compiled);
	return result;
}

/* The first error since an issue count, as the caller's error. */
static int first_error(const struct ruleset *set, uint32_t since,
		       struct error *err)
{
	for (uint32_t i = since; i < set->loader.issue_count; i++) {
		const struct rule_issue *issue = &set->loader.issues[i];

		if (issue->is_error)
			return error_set(err, ERROR_SYNTAX,
					 "%s:%u:%u: %s: %s", issue->file,
					 issue->line, issue->column,
					 issue->code, issue->message);
	}
	return error_set(err, ERROR_SYNTAX, "%s: not loaded",
			 set->loader.file);
}

int ruleset_load_text(struct ruleset *set, const char *name, const char *text,
		      size_t len, struct error *err)
{
	struct loader *l = &set->loader;
	uint32_t since = l->issue_count;

	l->file = arena_strdup(&l->arena, name);
	l->content = (struct bytes){
		(const uint8_t *)arena_copy(&l->arena, text, len), len
	};
	drop_compiled(set);
	if (collect_file(l) || compile_all(set))
		return first_error(set, since, err);
	return 0;
}

int ruleset_load(struct ruleset *set, const char *path, struct error *err)
{
	FILE *in = fopen(path, "re");
	struct buffer b = { 0 };
	size_t n;
	int result;

	if (!in)
		return error_errno(err, "%s: cannot be read", path);
	do {
		n = fread(buffer_reserve(&b, 65536), 1, 65536, in);
		b.len += n;
	} while (n && b.len < FILE_MAX);
	if (ferror(in)) {
		error_errno(err, "%s: cannot be read", path);
		result = -1;
	} else {
		result = ruleset_load_text(set, path, (char *)b.data, b.len,
					   err);
	}
	fclose(in);
	buffer_free(&b);
	return result;
}

const struct rule_issue *ruleset_issues(const struct ruleset *set,
					unsigned *ret_count)
{
	*ret_count = set->loader.issue_count;
	return set->loader.issues;
}

static bool has_tag(const struct rule *rule, const char *tag)
{
	for (size_t i = 0; rule->tags[i]; i++)
		if (!strcmp(rule->tags[i], tag))
			return true;
	return false;
}

unsigned ruleset_enable(struct ruleset *set, const char *pattern, bool is_tag,
			bool enable)
{
	unsigned changed = 0;

	for (uint32_t i = 0; i < set->rule_count; i++) {
		struct rule *rule = set->rules[i];
		bool hit = is_tag ? has_tag(rule, pattern)
				  : !fnmatch(pattern, rule->name, 0);

		changed += hit && rule->enabled != enable;
		if (hit)
			rule->enabled = enable;
	}
	return changed;
}

struct rule *const *ruleset_rules(const struct ruleset *set,
				  unsigned *ret_count)
{
	*ret_count = set->rule_count;
	return set->rules;
}

unsigned ruleset_eval(struct ruleset *set, const struct field_context *context,
		      ruleset_match_fn *match, void *user)
{
	const struct entries_at *at = &set->index[context->about.event->code];
	unsigned matches = 0;

	if (!at->count)
		return 0;
	program_begin(&set->program, context);
	for (size_t i = 0; i < at->count; i++) {
		struct entry_at *entry = &at->items[i];

		if (!entry->rule->enabled ||
		    !node_eval(&set->program, entry->node))
			continue;
		entry->rule->hits++;
		matches++;
		if (match)
			match(user, entry->rule, context);
		if (!set->options.all_matches)
			break;
	}
	return matches;
}

bool ruleset_wants(const struct ruleset *set, unsigned event_code)
{
	return set->index[event_code].count != 0;
}
