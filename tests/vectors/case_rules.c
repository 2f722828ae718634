/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files of cases: how they load, and which alerts they give. */
#include <stdio.h>
#include <string.h>

#include "tests/vectors/cases.h"

void case_load(struct cases *c)
{
	if (!c->yaml.len)
		return;
	c->load_err = (struct error){ 0 };
	c->is_rejected = ruleset_load_text(c->rules, "rules.yaml",
					   (const char *)c->yaml.data,
					   c->yaml.len, &c->load_err) != 0;
	c->yaml.len = 0;
}

/* The last file was taken, without a word. */
int case_loads(struct cases *c, char *rest, const char *want)
{
	unsigned count;
	const struct rule_issue *issues = ruleset_issues(c->rules, &count);

	(void)rest;
	(void)want;
	if (count == c->issues_seen)
		return 0;
	return case_fail(c, "%s: %s", issues[c->issues_seen].code,
			 issues[c->issues_seen].message);
}

/* The next issue that no line spoke of: its code and a part of its text. */
static int check_issue(struct cases *c, const char *text, bool is_error)
{
	unsigned count;
	const struct rule_issue *issues = ruleset_issues(c->rules, &count);
	const struct rule_issue *issue = &issues[c->issues_seen];
	char line[1024];

	if (c->issues_seen == count)
		return case_fail(c, "nothing is said");
	snprintf(line, sizeof(line), "%s %u:%u %s %s: %s", issue->code,
		 issue->line, issue->column,
		 issue->item_type ? issue->item_type : "-",
		 issue->item_name ? issue->item_name : "-", issue->message);
	if (issue->is_error != is_error || !strstr(line, text))
		return case_fail(c, "%s %s",
				 issue->is_error ? "error" : "warning", line);
	c->issues_seen++;
	return 0;
}

int case_rejected(struct cases *c, char *rest, const char *want)
{
	(void)rest;
	if (!c->is_rejected)
		return case_fail(c, "is taken");
	c->is_rejected = false;
	return check_issue(c, want, true);
}

int case_warned(struct cases *c, char *rest, const char *want)
{
	(void)rest;
	return check_issue(c, want, false);
}

static struct rule *find_rule(struct cases *c, const char *name)
{
	unsigned count;
	struct rule *const *rules = ruleset_rules(c->rules, &count);

	for (unsigned i = 0; i < count; i++)
		if (!strcmp(rules[i]->name, name))
			return rules[i];
	case_fail(c, "there is no rule %s", name);
	return NULL;
}

struct alerts {
	struct buffer names;
	struct rule *first;
};

static void note_alert(void *user, struct rule *rule,
		       const struct field_context *context)
{
	struct alerts *alerts = user;

	(void)context;
	if (!alerts->first)
		alerts->first = rule;
	buffer_printf(&alerts->names, "%s%s", alerts->names.len ? ", " : "",
		      rule->name);
}

/* The rules that match the event; free alerts->names. */
static int evaluate(struct cases *c, struct alerts *alerts)
{
	*alerts = (struct alerts){ .first = NULL };
	if (!c->context)
		return case_fail(c, "there is no event");
	ruleset_eval(c->rules, c->context, note_alert, alerts);
	buffer_u8(&alerts->names, 0);
	return 0;
}

int case_alerts(struct cases *c, char *rest, const char *want)
{
	struct alerts alerts;
	int result;

	(void)rest;
	if (evaluate(c, &alerts))
		return -1;
	result = case_same(c, (const char *)alerts.names.data, want);
	buffer_free(&alerts.names);
	return result;
}

int case_output(struct cases *c, char *rest, const char *want)
{
	struct alerts alerts;
	struct text text = { "", 0 };

	(void)rest;
	if (evaluate(c, &alerts))
		return -1;
	buffer_free(&alerts.names);
	if (!alerts.first)
		return case_fail(c, "there is no alert");
	format_text(alerts.first->format, c->context, &text);
	return case_same(c, arena_copy(&c->arena, text.data, text.len), want);
}

int case_priority(struct cases *c, char *rest, const char *want)
{
	const struct rule *rule = find_rule(c, rest);

	return rule ? case_same(c, priority_name(rule->priority), want) : -1;
}

int case_condition(struct cases *c, char *rest, const char *want)
{
	const struct rule *rule = find_rule(c, rest);

	return rule ? case_same(c, rule->condition, want) : -1;
}

int case_rule_output(struct cases *c, char *rest, const char *want)
{
	const struct rule *rule = find_rule(c, rest);

	return rule ? case_same(c, rule->output, want) : -1;
}

int case_tags(struct cases *c, char *rest, const char *want)
{
	const struct rule *rule = find_rule(c, rest);
	struct buffer out = { 0 };
	int result;

	if (!rule)
		return -1;
	for (const char *const *tag = rule->tags; tag && *tag; tag++)
		buffer_printf(&out, "%s%s", out.len ? ", " : "", *tag);
	buffer_u8(&out, 0);
	result = case_same(c, (const char *)out.data, want);
	buffer_free(&out);
	return result;
}

/* The rules that are switched on, in their order. */
int case_enabled(struct cases *c, char *rest, const char *want)
{
	unsigned count;
	struct rule *const *rules = ruleset_rules(c->rules, &count);
	struct buffer out = { 0 };
	int result;

	(void)rest;
	for (unsigned i = 0; i < count; i++)
		if (rules[i]->enabled)
			buffer_printf(&out, "%s%s", out.len ? ", " : "",
				      rules[i]->name);
	buffer_u8(&out, 0);
	result = case_same(c, (const char *)out.data, want);
	buffer_free(&out);
	return result;
}

/* "tag NAME" or a pattern of names; how many it changed is checked. */
static int switch_rules(struct cases *c, const char *pattern, const char *want,
			bool on)
{
	bool is_tag = !strncmp(pattern, "tag ", 4);
	char got[16];

	snprintf(got, sizeof(got), "%u",
		 ruleset_enable(c->rules, pattern + (is_tag ? 4 : 0), is_tag,
				on));
	return case_same(c, got, want);
}

int case_enable(struct cases *c, char *rest, const char *want)
{
	return switch_rules(c, rest, want, true);
}

int case_disable(struct cases *c, char *rest, const char *want)
{
	return switch_rules(c, rest, want, false);
}
