/* SPDX-License-Identifier: Apache-2.0 */
/* A set of rules: loaded file by file, enabled and disabled, evaluated. */
#include "replay/rules/ruleset.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest rules file that is loaded. */
enum { FILE_LEN_MAX = 64 << 20 };

/* Plugins whose fields are built in. */
/* clang-format off */
static const struct plugin_version own_plugins[] = {
	{ "container", { 0, 999, 0 } },
	{ NULL, { 0, 0, 0 } },
};
/* clang-format on */

struct ruleset *ruleset_new(const struct ruleset_options *options)
{
	struct ruleset *set = mem_zalloc(sizeof(*set));

	set->options = *options;
	if (!set->options.fields)
		set->options.fields = &fields_syscall;
	set->loader.fields = set->options.fields;
	set->loader.plugins = options->plugins ? options->plugins : own_plugins;
	set->last_text = &set->texts;
	program_init(&set->program, set->options.fields);
	return set;
}

void ruleset_free(struct ruleset *set)
{
	if (!set)
		return;
	program_done(&set->program);
	map_free(&set->loader.list_names);
	map_free(&set->loader.macro_names);
	map_free(&set->loader.rule_names);
	arena_free(&set->loader.arena);
	arena_free(&set->index_arena);
	free(set);
}

static void warn_of_unused(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->macro_count; i++)
		if (!loader->macros[i]->is_used)
			load_warning(loader, "LOAD_UNUSED_MACRO",
				     &loader->macros[i]->place,
				     "Macro not referred to by any other "
				     "rule/macro");
	for (uint32_t i = 0; i < loader->list_count; i++)
		if (!loader->lists[i]->is_used)
			load_warning(loader, "LOAD_UNUSED_LIST",
				     &loader->lists[i]->place,
				     "List not referred to by any other "
				     "rule/macro");
}

/* Recompiles everything defined so far. */
static int compile_all(struct ruleset *set)
{
	struct loader *loader = &set->loader;
	struct arena *arena = &loader->arena;

	rule_index_clear(set);
	set->count = 0;
	program_done(&set->program);
	program_init(&set->program, set->options.fields);
	if (resolve_lists(loader) || resolve_macros(loader))
		return -1;
	set->compiled = arena_alloc(arena, (loader->rule_count + 1) *
						   sizeof(*set->compiled));
	set->rules = arena_alloc(arena, (loader->rule_count + 1) *
						sizeof(*set->rules));
	set->matched = arena_alloc(arena, (loader->rule_count + 1) *
						  sizeof(*set->matched));
	for (uint32_t i = 0; i < loader->rule_count; i++) {
		struct compiled_rule *rule = &set->compiled[set->count];
		int got = loader->rules[i]->has_unknown_source
				  ? 0
				  : rule_compile(set, loader->rules[i], rule);

		if (got < 0)
			return -1;
		if (got)
			set->rules[set->count++] = &rule->rule;
	}
	warn_of_unused(loader);
	return 0;
}

static int first_error(const struct loader *loader, uint32_t from,
		       struct error *err)
{
	for (uint32_t i = from; i < loader->issue_count; i++) {
		const struct rule_issue *issue = &loader->issues[i];

		if (issue->is_error)
			return error_set(err, ERROR_SYNTAX, "%s:%u:%u: %s: %s",
					 issue->file, issue->line,
					 issue->column, issue->code,
					 issue->message);
	}
	return error_set(err, ERROR_SYNTAX, "%s: not loaded", loader->file);
}

/* Loads the definitions of a text, and recompiles everything. */
static int load_content(struct ruleset *set, const char *name,
			struct bytes content)
{
	struct loader *loader = &set->loader;
	int failed;

	loader->file = name;
	loader->content = content;
	failed = collect_file(loader) || compile_all(set) ? -1 : 0;
	loader->content = (struct bytes){ NULL, 0 };
	return failed;
}

int ruleset_load_text(struct ruleset *set, const char *name, const char *text,
		      size_t len, struct error *err)
{
	struct arena *arena = &set->loader.arena;
	uint32_t from = set->loader.issue_count;
	struct rule_text *kept = arena_alloc(arena, sizeof(*kept));

	kept->name = arena_strdup(arena, name);
	kept->content =
		(struct bytes){ (const uint8_t *)arena_copy(arena, text, len),
				len };
	*set->last_text = kept;
	set->last_text = &kept->next;
	return load_content(set, kept->name, kept->content)
		       ? first_error(&set->loader, from, err)
		       : 0;
}

static int read_file(const char *path, struct buffer *out, struct error *err)
{
	FILE *in = fopen(path, "rb");
	size_t got;

	if (!in)
		return error_errno(err, "%s", path);
	do {
		got = fread(buffer_reserve(out, 65536), 1, 65536, in);
		out->len += got;
	} while (got && out->len <= FILE_LEN_MAX);
	if (ferror(in)) {
		error_errno(err, "%s", path);
		fclose(in);
		return -1;
	}
	fclose(in);
	if (out->len > FILE_LEN_MAX)
		return error_set(err, EFBIG, "%s: larger than %d MiB", path,
				 FILE_LEN_MAX >> 20);
	return 0;
}

int ruleset_load(struct ruleset *set, const char *path, struct error *err)
{
	struct buffer text = { 0 };
	int failed = read_file(path, &text, err);

	if (failed) {
		struct load_place place = { arena_strdup(&set->loader.arena,
							 path),
					    "rules content", "", 0, 0 };

		load_error(&set->loader, "LOAD_ERR_FILE_READ", &place, "%s",
			   err ? err->text : "cannot be read");
	} else {
		failed = ruleset_load_text(set, path, (char *)text.data,
					   text.len, err);
	}
	buffer_free(&text);
	return failed;
}

int ruleset_check_plugins(const struct ruleset *set, struct error *err)
{
	if (!set->loader.unmet_requirement)
		return 0;
	return error_set(err, ENOENT, "%s", set->loader.unmet_requirement);
}

const struct rule_issue *ruleset_issues(const struct ruleset *set,
					unsigned *ret_count)
{
	*ret_count = set->loader.issue_count;
	return set->loader.issues;
}

static bool has_tag(const struct rule *rule, const char *tag)
{
	for (const char *const *t = rule->tags; *t; t++)
		if (!strcmp(*t, tag))
			return true;
	return false;
}

unsigned ruleset_enable(struct ruleset *set, const char *pattern, bool is_tag,
			bool enable)
{
	unsigned changed = 0;

	for (uint32_t i = 0; i < set->count; i++) {
		struct rule *rule = set->rules[i];

		if (rule->enabled == enable ||
		    !(is_tag ? has_tag(rule, pattern)
			     : wildcard_match(pattern, rule->name)))
			continue;
		rule->enabled = enable;
		changed++;
	}
	if (changed)
		rule_index_clear(set);
	return changed;
}

struct rule *const *ruleset_rules(const struct ruleset *set,
				  unsigned *ret_count)
{
	*ret_count = set->count;
	return set->rules;
}

static void note_match(struct ruleset *set, uint32_t rule)
{
	set->matched[set->matched_count++] = rule;
	if (rule < set->best)
		set->best = rule;
}

/* Collects the rules below a branch whose checks are true. */
static void walk(struct ruleset *set, const struct branch *branch)
{
	bool all = set->options.all_matches;

	for (uint32_t i = 0; i < branch->rule_count; i++)
		note_match(set, branch->rules[i]);
	for (branch = branch->kids; branch; branch = branch->next)
		if ((all || branch->first_rule < set->best) &&
		    node_eval(&set->program, branch->guard))
			walk(set, branch);
}

static int order_rules(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

static unsigned report(struct ruleset *set, const struct field_context *context,
		       ruleset_match_fn *match, void *user)
{
	if (!set->matched_count)
		return 0;
	if (!set->options.all_matches) {
		set->matched[0] = set->best;
		set->matched_count = 1;
	}
	qsort(set->matched, set->matched_count, sizeof(*set->matched),
	      order_rules);
	for (uint32_t i = 0; i < set->matched_count; i++) {
		struct rule *rule = set->rules[set->matched[i]];

		rule->hits++;
		if (match)
			match(user, rule, context);
	}
	return set->matched_count;
}

unsigned ruleset_eval(struct ruleset *set, const struct field_context *context,
		      ruleset_match_fn *match, void *user)
{
	unsigned code = context->about.event->code;

	if (!set->index[code].is_built)
		rule_index_build(set, code);
	if (!set->index[code].root)
		return 0;
	program_begin(&set->program, context);
	set->matched_count = 0;
	set->best = UINT32_MAX;
	walk(set, set->index[code].root);
	return report(set, context, match, user);
}

/* The copy loads what the set loaded, with the same errors. */
struct ruleset *ruleset_copy(const struct ruleset *set)
{
	struct ruleset *copy = ruleset_new(&set->options);

	for (const struct rule_text *t = set->texts; t; t = t->next)
		load_content(copy, t->name, t->content);
	for (uint32_t i = 0; i < copy->count && i < set->count; i++)
		copy->rules[i]->enabled = set->rules[i]->enabled;
	return copy;
}
