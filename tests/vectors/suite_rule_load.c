/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of rule files: what loads, what is said of it, what comes out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/rules/rules.h"
#include "tests/vectors/suites.h"

struct load_test {
	struct vector_run *run;
	struct ruleset *set;
	const json_t *vector;
};

typedef enum verdict step_fn(struct load_test *t, const json_t *step);

static const char *text_of(const json_t *step, const char *key)
{
	return json_string_value(json_object_get(step, key));
}

/* The sources the peers' tests know have no fields here: any will do. */
static enum verdict step_load(struct load_test *t, const json_t *step)
{
	const char *yaml = text_of(step, "yaml");
	struct error err = { 0 };
	bool ok = !ruleset_load_text(t->set, text_of(step, "name"), yaml,
				     strlen(yaml), &err);

	if (ok != json_is_true(json_object_get(step, "ok")))
		return vector_fail(t->run, ok ? "loads" : "%s", err.text);
	return VECTOR_PASS;
}

static enum verdict check_issue(struct load_test *t, const json_t *step,
				bool is_error)
{
	bool want = json_is_true(json_object_get(step, "present"));
	const char *text = text_of(step, "text");
	bool found = false;
	unsigned n;
	const struct rule_issue *issues = ruleset_issues(t->set, &n);
	char line[2048] = "";

	for (unsigned i = 0; i < n && !found; i++) {
		snprintf(line, sizeof(line), "%s %s %s", issues[i].code,
			 issues[i].message,
			 issues[i].snippet ? issues[i].snippet : "");
		found = issues[i].is_error == is_error && strstr(line, text);
	}
	if (found == want)
		return VECTOR_PASS;
	return vector_fail(t->run, "'%s' is %s; last: %s", text,
			   found ? "said" : "not said", line);
}

static enum verdict step_error_contains(struct load_test *t, const json_t *step)
{
	return check_issue(t, step, true);
}

static enum verdict step_warning_contains(struct load_test *t,
					  const json_t *step)
{
	return check_issue(t, step, false);
}

static enum verdict step_has_warnings(struct load_test *t, const json_t *step)
{
	bool want = json_is_true(json_object_get(step, "value"));
	unsigned n, warnings = 0;
	const struct rule_issue *issues = ruleset_issues(t->set, &n);

	for (unsigned i = 0; i < n; i++)
		warnings += !issues[i].is_error;
	if ((warnings > 0) == want)
		return VECTOR_PASS;
	return vector_fail(t->run, "%u warnings: %s", warnings,
			   warnings ? issues[0].message : "");
}

static struct rule *find_rule(struct load_test *t, const char *name)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(t->set, &n);

	for (unsigned i = 0; i < n; i++)
		if (!strcmp(rules[i]->name, name))
			return rules[i];
	return NULL;
}

static enum verdict step_compiled_condition(struct load_test *t,
					    const json_t *step)
{
	const char *want = text_of(step, "equals");
	const struct rule *rule = find_rule(t, text_of(step, "rule"));

	if (!rule)
		return vector_fail(t->run, "no such rule");
	if (strcmp(rule->condition, want))
		return vector_fail(t->run, "'%s'", rule->condition);
	return VECTOR_PASS;
}

static enum verdict step_compiled_output(struct load_test *t,
					 const json_t *step)
{
	const char *want = text_of(step, "equals");
	const struct rule *rule = find_rule(t, text_of(step, "rule"));
	size_t len = rule ? strlen(rule->output) : 0;

	if (!rule)
		return vector_fail(t->run, "no such rule");
	if (!strcmp(rule->output, want))
		return VECTOR_PASS;
	if (strncmp(rule->output, want, len) || want[len] != ' ')
		return vector_fail(t->run, "'%s'", rule->output);
	vector_fail(t->run, "does not say what is appended to the output");
	return VECTOR_SKIP;
}

static enum verdict step_num_enabled(struct load_test *t, const json_t *step)
{
	json_int_t want = json_integer_value(json_object_get(step, "equals"));
	unsigned n, enabled = 0;
	struct rule *const *rules = ruleset_rules(t->set, &n);

	for (unsigned i = 0; i < n; i++)
		enabled += rules[i]->enabled;
	if (enabled == want)
		return VECTOR_PASS;
	return vector_fail(t->run, "%u rules are on", enabled);
}

/* Members of the peers' description of a rule. */
static json_t *describe(const struct rule *rule, const char *member)
{
	const char *const texts[][2] = {
		{ "info.name", rule->name },
		{ "info.condition", rule->text },
		{ "info.output", rule->output },
		{ "info.description", rule->desc },
		{ "info.source", rule->source },
		{ "info.priority", priority_name(rule->priority) },
		{ "details.condition_compiled", rule->condition },
		{ "details.output_compiled", rule->output },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!strcmp(texts[i][0], member))
			return json_string(texts[i][1]);
	if (!strcmp(member, "info.enabled"))
		return json_boolean(rule->enabled);
	if (!strcmp(member, "info.capture"))
		return json_boolean(rule->capture);
	if (!strcmp(member, "info.capture_duration"))
		return json_integer(rule->capture_duration);
	return NULL;
}

static enum verdict step_describe(struct load_test *t, const json_t *step)
{
	const char *path = text_of(step, "path");
	unsigned index, n;
	struct rule *const *rules = ruleset_rules(t->set, &n);
	enum verdict verdict = VECTOR_PASS;
	char member[64];
	json_t *got;
	char *text;

	if (sscanf(path, "rules[%u].%63s", &index, member) != 2 || index >= n ||
	    !(got = describe(rules[index], member)))
		return vector_fail(t->run, "no %s", path);
	text = json_dumps(got, JSON_ENCODE_ANY);
	if (!json_equal(got, json_object_get(step, "equals")))
		verdict = vector_fail(t->run, "%s is %s", path, text);
	free(text);
	json_decref(got);
	return verdict;
}

static const struct {
	const char *op;
	step_fn *run;
} steps[] = {
	{ "load", step_load },
	{ "error_contains", step_error_contains },
	{ "warning_contains", step_warning_contains },
	{ "has_warnings", step_has_warnings },
	{ "compiled_condition", step_compiled_condition },
	{ "compiled_output", step_compiled_output },
	{ "num_enabled_rules", step_num_enabled },
	{ "describe", step_describe },
	{ NULL, NULL },
};

static enum verdict run_step(struct load_test *t, const json_t *step)
{
	const char *op = text_of(step, "op");

	for (size_t i = 0; op && steps[i].op; i++)
		if (!strcmp(steps[i].op, op))
			return steps[i].run(t, step);
	vector_fail(t->run, "no step %s", op ? op : "?");
	return VECTOR_SKIP;
}

enum verdict suite_rule_load(struct vector_run *run, const json_t *vector)
{
	const struct ruleset_options options = { .min_priority =
							 PRIORITY_DEBUG };
	struct load_test t = { run, ruleset_new(&options), vector };
	enum verdict verdict = VECTOR_PASS;
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(vector, "input"), i, step)
	{
		verdict = run_step(&t, step);
		if (verdict != VECTOR_PASS)
			break;
	}
	ruleset_free(t.set);
	return verdict;
}

enum { PLUGINS_MAX = 8 };

/* "{{'name', '1.2.3'}, ...}"; text is cut up and must stay. */
static void parse_plugins(char *text, struct plugin_version *ret_plugins)
{
	unsigned count = 0;
	char *name;

	while (count < PLUGINS_MAX - 1 && (name = strchr(text, '\''))) {
		struct plugin_version *plugin = &ret_plugins[count++];
		char *end = strchr(++name, '\'');
		char *version = end ? strchr(end + 1, '\'') : NULL;

		if (!version)
			break;
		*end = '\0';
		plugin->name = name;
		sscanf(version + 1, "%u.%u.%u", &plugin->version[0],
		       &plugin->version[1], &plugin->version[2]);
		text = strchr(version + 1, '\'') + 1;
	}
}

enum verdict suite_plugin_requirements(struct vector_run *run,
				       const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");
	const char *yaml = text_of(input, "requirements");
	char *loaded = strdup(text_of(input, "loaded_plugins"));
	struct plugin_version plugins[PLUGINS_MAX] = { 0 };
	struct ruleset_options options = { .plugins = plugins };
	struct error err = { 0 };
	struct ruleset *set;
	bool ok;

	parse_plugins(loaded, plugins);
	set = ruleset_new(&options);
	ok = !ruleset_load_text(set, "rules.yaml", yaml, strlen(yaml), &err) &&
	     !ruleset_check_plugins(set, &err);
	ruleset_free(set);
	free(loaded);
	if (ok == json_is_true(json_object_get(
			  json_object_get(vector, "expected"), "ok")))
		return VECTOR_PASS;
	return vector_fail(run, ok ? "satisfied" : "%s", err.text);
}
