/* SPDX-License-Identifier: Apache-2.0 */
/* Rule options; see rule_options.h. */
#include "cmd/rule_options.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/append_output.h"
#include "cmd/cmd.h"
#include "core/arena.h"
#include "replay/replay.h"

static int set_priority(struct rule_options *o, const char *command,
			const char *name)
{
	int priority = priority_find(name);

	if (priority < 0)
		return option_refuse(command, "priority", name, PRIORITY_WORDS);
	o->min_priority = (enum priority)priority;
	return EXIT_OK;
}

static int take_priority(const struct option_use *use)
{
	return set_priority(use->to, use->command->name, use->value);
}

/* The boolean setting of a name in falco.yaml. */
static bool *find_switch(struct rule_options *o, const char *key, size_t len)
{
	const struct {
		const char *key;
		bool *value;
	} switches[] = {
		{ "json_output", &o->json },
		{ "time_format_iso_8601", &o->alerts.iso_time },
		{ "json_include_message_property", &o->alerts.message },
		{ "json_include_output_property", &o->alerts.output },
		{ "json_include_output_fields_property", &o->alerts.fields },
		{ "json_include_tags_property", &o->alerts.tags },
		{ "buffered_outputs", &o->buffered },
		{ "buffer_format_base64", &o->base64 },
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if (strlen(switches[i].key) == len &&
		    !memcmp(switches[i].key, key, len))
			return switches[i].value;
	return NULL;
}

static bool is_key(const char *setting, size_t len, const char *key)
{
	return strlen(key) == len && !memcmp(setting, key, len);
}

/* -o KEY=VALUE: a setting of falco.yaml. */
static int take_setting(const struct option_use *use)
{
	struct rule_options *o = use->to;
	const char *setting = use->value;
	size_t len = strcspn(setting, "=");
	const char *value = setting[len] ? setting + len + 1 : "";
	bool *flag = find_switch(o, setting, len);
	bool is_true = !strcmp(value, "true"),
	     is_false = !strcmp(value, "false");
	struct error err;

	if (flag && (is_true || is_false)) {
		*flag = is_true;
		return EXIT_OK;
	}
	if (is_key(setting, len, "priority"))
		return set_priority(o, use->command->name, value);
	if (is_key(setting, len, "rule_matching") &&
	    (!strcmp(value, "all") || !strcmp(value, "first"))) {
		o->all_matches = *value == 'a';
		return EXIT_OK;
	}
	if (is_key(setting, len, "append_output") ||
	    is_key(setting, len, "append_output[]"))
		return append_output_read(&o->additions, value, &o->arena, &err)
			       ? cmd_fail(use->command->name, &err)
			       : EXIT_OK;
	return cmd_usage_error(use->command->name, "-o %s: %s", setting,
			       flag ? "the value is neither true nor false"
				    : "there is no such setting");
}

static int take_form(const struct option_use *use)
{
	struct rule_options *o = use->to;
	bool is_list = !strcmp(use->value, "list");

	for (const struct alert_form *f = alert_forms; is_list && f->name; f++)
		printf("%-11s %s\n", f->name, f->help);
	if (is_list)
		return OPTIONS_DONE;
	o->form = alert_form_find(use->value);
	if (o->form)
		return EXIT_OK;
	return cmd_usage_error(use->command->name,
			       "--form: there is no form '%s': see --form list",
			       use->value);
}

/* Falco's -p: a short name of a common text, or the text itself. */
static int take_output(const struct option_use *use)
{
	struct rule_options *o = use->to;
#define CONTAINER                               \
 "container_id=%container.id "                  \
 "container_image=%container.image.repository " \
 "container_image_tag=%container.image.tag "    \
 "container_name=%container.name"
#define KUBERNETES " k8s_ns=%k8s.ns.name k8s_pod_name=%k8s.pod.name"
	static const struct {
		const char *name, *text;
	} names[] = { { "c", CONTAINER },
		      { "container", CONTAINER },
		      { "k", CONTAINER KUBERNETES },
		      { "kubernetes", CONTAINER KUBERNETES } };

	if (!o->print)
		o->print = append_output_add(&o->additions, &o->arena);
	o->print->text = use->value;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(use->value, names[i].name))
			o->print->text = names[i].text;
	return EXIT_OK;
}

const struct alert_form *rule_options_form(const struct rule_options *o)
{
	return o->form ? o->form : alert_form_find(o->json ? "json" : "text");
}

void rule_options_apply(const struct rule_options *o,
			struct replay_options *ret_options)
{
	ret_options->base64 = o->base64;
	ret_options->hostname = getenv("FALCO_HOSTNAME");
}

#define AT(member) .at = offsetof(struct rule_options, member)
const struct option_row rule_option_rows[] = {
	{ .letters = "r",
	  .name = "rules",
	  .argument = "FILE",
	  .take = option_word,
	  AT(files),
	  .help = "a rules file, or a folder of rules files; may be repeated" },
	{ .name = "json",
	  .take = option_flag,
	  AT(json),
	  .help = "print alerts as JSON, one object per line" },
	{ .name = "form",
	  .argument = "NAME",
	  .take = take_form,
	  .help = "print alerts in the form of this name; list: which forms "
		  "there are" },
	{ .name = "iso",
	  .take = option_flag,
	  AT(alerts.iso_time),
	  .help = "print times as ISO 8601 in UTC" },
	{ .name = "priority",
	  .argument = "PRIORITY",
	  .take = take_priority,
	  .help = "only rules of at least this priority",
	  .words = PRIORITY_WORDS },
	{ .letters = "t",
	  .argument = "TAG",
	  .take = option_word,
	  AT(tags_on),
	  .help = "enable only rules with this tag; may be repeated" },
	{ .letters = "T",
	  .argument = "TAG",
	  .take = option_word,
	  AT(tags_off),
	  .help = "disable rules with this tag; may be repeated" },
	{ .letters = "D",
	  .argument = "TEXT",
	  .take = option_word,
	  AT(names_off),
	  .help = "disable rules whose name contains TEXT.  If TEXT contains "
		  "'*' (any text), the pattern must match the whole name" },
	{ .name = "all-matches",
	  .take = option_flag,
	  AT(all_matches),
	  .help = "alert for every rule that matches an event, not only the "
		  "first" },
	{ .letters = "p",
	  .name = "print",
	  .argument = "TEXT",
	  .take = take_output,
	  .help = "append TEXT to each output (also --append-output); c: the "
		  "container fields, k: also the Kubernetes fields" },
	{ .name = "append-output", .argument = "TEXT", .take = take_output },
	{ .letters = "b",
	  .name = "print-base64",
	  .take = option_flag,
	  AT(base64),
	  .help = "print binary data as base64 (default: dots)" },
	{ .letters = "v",
	  .take = option_flag,
	  AT(verbose),
	  .help = "print warnings about the rules files on stderr" },
	/* Falco: evaluate ignored events, too; spoor ignores none. */
	{ .letters = "A", .take = option_flag, AT(all_events) },
	{ .letters = "o",
	  .argument = "KEY=VALUE",
	  .take = take_setting,
	  .help = "override a setting of falco.yaml: json_output, "
		  "time_format_iso_8601, priority, rule_matching, "
		  "buffered_outputs, buffer_format_base64, "
		  "json_include_NAME_property (NAME: message, output, "
		  "output_fields, tags), append_output[]={...} (an entry with "
		  "match, extra_output, extra_fields, suggested_output)" },
	{ .take = NULL },
};
#undef AT

static int load_file(struct ruleset *set, const char *command, const char *path)
{
	const struct word_list one = { &path, 1 };

	return cmd_load_rules(command, set, &one);
}

static int is_rules_name(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot &&
	       (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* Loads all rules files of a folder, sorted by name. */
static int load_folder(struct ruleset *set, const char *command,
		       const char *path)
{
	struct dirent **entries;
	int failed = 0;
	int n = scandir(path, &entries, is_rules_name, alphasort);
	struct arena arena = { 0 };

	for (int i = 0; i < n; i++) {
		if (!failed)
			failed = load_file(set, command,
					   arena_printf(&arena, "%s/%s", path,
							entries[i]->d_name));
		free(entries[i]);
	}
	arena_free(&arena);
	if (n >= 0)
		free(entries);
	if (n <= 0)
		failed = cmd_usage_error(command,
					 "%s: no rules files "
					 "(*.yaml) in this folder",
					 path);
	return failed;
}

static int load_path(struct ruleset *set, const char *command, const char *path)
{
	struct stat st;

	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return load_folder(set, command, path);
	return load_file(set, command, path);
}

/* -D: disables rules by a part of their name, as in Falco. */
static void switch_off(struct ruleset *set, const char *text)
{
	struct arena arena = { 0 };

	ruleset_enable(set,
		       strchr(text, '*') ? text
					 : arena_printf(&arena, "*%s*", text),
		       false, false);
	arena_free(&arena);
}

/* Enables and disables rules according to -t, -T and -D. */
static void select_rules(const struct rule_options *o, struct ruleset *set)
{
	if (o->tags_on.count)
		ruleset_enable(set, "*", false, false);
	for (unsigned i = 0; i < o->tags_on.count; i++)
		ruleset_enable(set, o->tags_on.items[i], true, true);
	for (unsigned i = 0; i < o->tags_off.count; i++)
		ruleset_enable(set, o->tags_off.items[i], true, false);
	for (unsigned i = 0; i < o->names_off.count; i++)
		switch_off(set, o->names_off.items[i]);
}

void rule_options_warn(const struct rule_options *o, const struct ruleset *set,
		       const char *command)
{
	unsigned n;
	const struct rule_issue *issues = ruleset_issues(set, &n);

	for (unsigned i = 0; i < n && o->verbose; i++)
		cmd_print_issue(command, &issues[i], stderr);
}

struct ruleset *rule_options_load(const struct rule_options *o,
				  const char *command)
{
	struct ruleset_options options = {
		.min_priority = o->min_priority,
		.all_matches = o->all_matches,
		.additions = o->additions,
	};
	struct ruleset *set;
	int failed = 0;

	if (o->tags_on.count && (o->tags_off.count || o->names_off.count)) {
		cmd_usage_error(command, "You can not specify both disabled "
					 "(-D/-T) and enabled (-t) rules");
		return NULL;
	}
	set = ruleset_new(&options);
	for (unsigned i = 0; i < o->files.count && !failed; i++)
		failed = load_path(set, command, o->files.items[i]);
	if (failed) {
		ruleset_free(set);
		return NULL;
	}
	select_rules(o, set);
	return set;
}

void rule_options_free(struct rule_options *o)
{
	arena_free(&o->arena);
	free(o->files.items);
	free(o->tags_on.items);
	free(o->tags_off.items);
	free(o->names_off.items);
}
