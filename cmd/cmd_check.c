/* SPDX-License-Identifier: Apache-2.0 */
/* spoor check: reports the issues of rules files, and lists their rules. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/rule_options.h"
#include "cmd/suggest.h"
#include "core/arena.h"
#include "core/text.h"
#include "replay/rules/rules.h"

void cmd_print_issue(const char *command, const struct rule_issue *issue,
		     FILE *out)
{
	bool has_name = issue->item_name && *issue->item_name;
	struct nearest meant = suggest_name(issue->message);

	if (command)
		fprintf(out, "spoor %s: ", command);
	cmd_say(out, "%s:%u:%u: %s: %s: %s%s%s%s%s%s%s", issue->file,
		issue->line, issue->column,
		issue->is_error ? "error" : "warning", issue->code,
		issue->message, has_name ? " (" : "",
		has_name ? issue->item_name : "", has_name ? ")" : "",
		*meant.name ? "; did you mean " : "", meant.name,
		*meant.name ? "?" : "");
	if (!issue->is_error || !issue->snippet)
		return;
	cmd_say_lines(out, issue->snippet, strlen(issue->snippet));
	fputc('\n', out);
}

int cmd_load_rules(const char *command, struct ruleset *set,
		   const struct word_list *files)
{
	for (unsigned i = 0; i < files->count; i++) {
		const struct rule_issue *issues;
		struct error err, missing;
		unsigned n;
		bool failed = ruleset_load(set, files->items[i], &err);

		/* Without its plugin, all else in a file may be unknown. */
		if (ruleset_check_plugins(set, &missing))
			return cmd_fail(command, &missing);
		if (!failed)
			continue;
		issues = ruleset_issues(set, &n);
		for (unsigned k = 0; k < n; k++)
			if (issues[k].is_error) {
				cmd_print_issue(command, &issues[k], stderr);
				return EXIT_ERROR;
			}
		return cmd_fail(command, &err);
	}
	return EXIT_OK;
}

static void put_member(struct buffer *out, const char *key, const char *text)
{
	buffer_printf(out, "\"%s\":", key);
	text_put_json(out, text ? text : "", text ? strlen(text) : 0);
}

static void put_location(struct buffer *out, const struct rule_issue *issue)
{
	buffer_u8(out, '{');
	put_member(out, "item_name", issue->item_name);
	buffer_u8(out, ',');
	put_member(out, "item_type", issue->item_type);
	buffer_printf(out, ",\"position\":{\"column\":%u,\"line\":%u,",
		      issue->column, issue->line);
	put_member(out, "name", issue->file);
	buffer_printf(out, "}}");
}

static void put_issue(struct buffer *out, const struct rule_issue *issue)
{
	buffer_u8(out, '{');
	put_member(out, "code", issue->code);
	buffer_printf(out, ",\"context\":{\"locations\":[");
	put_location(out, issue);
	buffer_printf(out, "],");
	put_member(out, "snippet", issue->snippet);
	buffer_printf(out, "},");
	put_member(out, "message", issue->message);
	buffer_u8(out, '}');
}

static void put_issues(struct buffer *out, const struct rule_issue *issues,
		       unsigned count, bool errors)
{
	bool is_first = true;

	buffer_printf(out, ",\"%s\":[", errors ? "errors" : "warnings");
	for (unsigned i = 0; i < count; i++) {
		if (issues[i].is_error != errors)
			continue;
		if (!is_first)
			buffer_u8(out, ',');
		is_first = false;
		put_issue(out, &issues[i]);
	}
	buffer_u8(out, ']');
}

struct check {
	struct ruleset *set;
	struct word_list files;
	bool json, list, table, verbose;
	const char *rule;  /* -l: list only this rule */
	struct buffer out; /* results so far, as JSON */
};

/* Appends the result for one file: the issues from number `first' on. */
static void put_result(struct check *c, const char *path, bool ok,
		       unsigned from)
{
	unsigned n;
	const struct rule_issue *issues = ruleset_issues(c->set, &n) + from;

	if (c->json) {
		buffer_printf(&c->out, "%s{", c->out.len ? "," : "");
		put_member(&c->out, "name", path);
		put_issues(&c->out, issues, n - from, true);
		buffer_printf(&c->out, ",\"successful\":%s",
			      ok ? "true" : "false");
		put_issues(&c->out, issues, n - from, false);
		buffer_u8(&c->out, '}');
		return;
	}
	for (unsigned i = 0; i < n - from; i++)
		cmd_print_issue(NULL, &issues[i],
				c->list || c->table ? stderr : stdout);
	if (!c->list && !c->table)
		cmd_say(stdout, "%s: %s%s", path, ok ? "Ok" : "Invalid",
			ok && n > from ? ", with warnings" : "");
}

/* Loads one more rules file, and reports its issues. */
static int check_file(struct check *c, const char *path)
{
	unsigned before, after;
	struct error err;
	bool ok, is_reported; /* by an issue */

	ruleset_issues(c->set, &before);
	ok = !ruleset_load(c->set, path, &err);
	ruleset_issues(c->set, &after);
	is_reported = !ok && after > before;
	/* Without its plugin, all else in a file may be unknown. */
	if (ruleset_check_plugins(c->set, &err))
		ok = is_reported = false;
	put_result(c, path, ok, before);
	if (!ok && !is_reported)
		cmd_fail("check", &err);
	return ok ? EXIT_OK : EXIT_ERROR;
}

/* Appends a rule with its compiled condition as JSON. */
static void put_rule(struct buffer *out, const struct rule *rule)
{
	buffer_printf(out, "{\"details\":{");
	put_member(out, "condition_compiled", rule->condition);
	buffer_u8(out, ',');
	put_member(out, "output_compiled", rule->output);
	buffer_printf(out, "},\"info\":{");
	put_member(out, "condition", rule->text);
	buffer_u8(out, ',');
	put_member(out, "description", rule->desc);
	buffer_printf(out, ",\"enabled\":%s,",
		      rule->enabled ? "true" : "false");
	put_member(out, "name", rule->name);
	buffer_u8(out, ',');
	put_member(out, "output", rule->output);
	buffer_u8(out, ',');
	put_member(out, "priority", priority_name(rule->priority));
	buffer_u8(out, ',');
	put_member(out, "source", rule->source);
	buffer_printf(out, ",\"tags\":[");
	for (size_t i = 0; rule->tags[i]; i++) {
		if (i)
			buffer_u8(out, ',');
		text_put_json(out, rule->tags[i], strlen(rule->tags[i]));
	}
	buffer_printf(out, "]}}");
}

/* Prints all rules as JSON, like falco -L. */
static void print_list(struct check *c)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(c->set, &n);

	printf("{\"rules\":[");
	for (unsigned i = 0; i < n; i++) {
		c->out.len = 0;
		put_rule(&c->out, rules[i]);
		printf("%s%.*s", i ? ",\n" : "", (int)c->out.len,
		       (char *)c->out.data);
	}
	puts("]}");
}

enum { NAME_WIDTH = 50 };

/* Prints a rule as one line; descriptions may have several. */
static void put_rule_line(const struct rule *rule)
{
	struct buffer line = { 0 };

	buffer_printf(&line, "%-*s %s\n", NAME_WIDTH, rule->name,
		      rule->desc ? rule->desc : "");
	cmd_say_lines(stdout, (char *)line.data, line.len);
	buffer_free(&line);
}

/* Prints names and descriptions in two columns, like falco -L. */
static int print_table(const struct check *c)
{
	unsigned n, shown = 0;
	struct rule *const *rules = ruleset_rules(c->set, &n);

	for (unsigned i = 0; i < n; i++) {
		if (c->rule && strcmp(rules[i]->name, c->rule) != 0)
			continue;
		if (!shown++)
			printf("%-*s %s\n%-*s %s\n", NAME_WIDTH, "Rule",
			       "Description", NAME_WIDTH, "----",
			       "-----------");
		put_rule_line(rules[i]);
	}
	if (c->rule && !shown)
		return cmd_usage_error("check", "there is no rule '%s'",
				       c->rule);
	return EXIT_OK;
}

/* EXIT_OK or EXIT_ERROR. */
static int check_files(struct check *c)
{
	struct ruleset_options options = { .min_priority = PRIORITY_DEBUG };
	int result = EXIT_OK;

	if (!c->files.count)
		return cmd_usage_error("check", "no rules files are named");
	c->set = ruleset_new(&options);
	for (unsigned i = 0; i < c->files.count && result == EXIT_OK; i++)
		result = check_file(c, c->files.items[i]);
	if (c->table && result == EXIT_OK)
		result = print_table(c);
	else if (c->json)
		printf("{\"falco_load_results\":[%.*s]}\n", (int)c->out.len,
		       (char *)c->out.data);
	else if (c->list && result == EXIT_OK)
		print_list(c);
	return result;
}

static int take_rule(const struct option_use *use)
{
	struct check *c = use->to;

	c->rule = use->value;
	c->table = true;
	return EXIT_OK;
}

static int take_setting(const struct option_use *use)
{
	struct check *c = use->to;

	c->json |= !strcmp(use->value, "json_output=true");
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct check, member)
static const struct option_row option_rows[] = {
	{ .letters = "Vr",
	  .name = "validate",
	  .argument = "FILE",
	  .take = option_word,
	  AT(files),
	  .help = "a rules file (the option may be omitted)" },
	{ .letters = "j",
	  .name = "json",
	  .take = option_flag,
	  AT(json),
	  .help = "print the result as JSON, like falco -V (also -o "
		  "json_output=true)" },
	{ .letters = "o", .argument = "SETTING", .take = take_setting },
	{ .letters = "L",
	  .take = option_flag,
	  AT(table),
	  .help = "list the rules with their descriptions" },
	{ .letters = "l",
	  .argument = "RULE",
	  .take = take_rule,
	  .help = "describe one rule" },
	{ .name = "list",
	  .take = option_flag,
	  AT(list),
	  .help = "print the rules with their compiled conditions as JSON, "
		  "like falco -L (also -L --json)" },
	/* No effect: warnings are always printed. */
	{ .letters = "v", .take = option_flag, AT(verbose) },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	struct check c = { .set = NULL };
	int result = options_parse(&command_check, &c, argc, argv);

	while (optind < argc)
		word_list_add(&c.files, argv[optind++]);
	if (c.table && c.json) {
		c.list = true;
		c.table = c.json = false;
	}
	if (result == EXIT_OK)
		result = check_files(&c);
	ruleset_free(c.set);
	buffer_free(&c.out);
	free(c.files.items);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_check = {
	.name = "check",
	.help = "validate rules files",
	.run = run,
	.usage = "spoor check [options] RULES...\n",
	.about = "Validates rules files, loaded in the order given.\n",
	.options = option_groups,
	.notes = "Exit code: 0 if the rules are valid, 1 if not.\n",
	.has_falco_names = true,
};
