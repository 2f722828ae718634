/* SPDX-License-Identifier: Apache-2.0 */
/* spoor test: compares the alerts of captures with the expected ones. */
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/cmd.h"
#include "cmd/rule_options.h"
#include "core/file/file.h"
#include "core/text.h"
#include "flow/flow.h"
#include "replay/replay.h"
#include "replay/rules/yaml_tree.h"

enum report { REPORT_TEXT, REPORT_TAP, REPORT_JUNIT };

struct runner {
	bool as_tap, as_junit;
	enum report report;
	struct buffer out; /* JUnit needs the counts first */
	unsigned passed, failed;
	bool error;
};

/* An expected alert, and what was found. */
struct expectation {
	const char *rule, *contains;
	int64_t want; /* -1: at least one */
	uint64_t count;
	bool contained;
};

struct test {
	const char *name, *capture;
	bool only;
	struct expectation *expected;
	unsigned count;
	struct rule_options rules;
	struct replay *replay;
	struct buffer line;
	char other[256]; /* the name of an unexpected rule */
	struct arena arena;
};

static const char *text_at(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *node = yaml_get(map, key);

	return node && node->kind == YAML_SCALAR ? node->text.data : NULL;
}

/* Counts an alert for the expectations of its rule. */
static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct test *t = user;
	const struct alert alert = { rule, context,
				     replay_hostname(t->replay) };
	bool found = false;

	t->line.len = 0;
	alert_form_find("text")->write(&t->line, &alert, &t->rules.alerts);
	for (unsigned i = 0; i < t->count; i++) {
		struct expectation *e = &t->expected[i];

		if (strcmp(e->rule, rule->name))
			continue;
		found = true;
		e->count++;
		e->contained |= !e->contains ||
				memmem(t->line.data, t->line.len, e->contains,
				       strlen(e->contains));
	}
	if (!found)
		snprintf(t->other, sizeof(t->other), "%s", rule->name);
}

/* A path relative to the test file. */
static const char *beside(struct test *t, const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');

	if (!slash || *name == '/')
		return arena_strdup(&t->arena, name);
	return arena_printf(&t->arena, "%.*s/%s", (int)(slash - file), file,
			    name);
}

static int bad_test(const char *file, const struct yaml_node *node,
		    const char *what, struct error *err)
{
	return error_set(err, ERROR_SYNTAX, "%s:%u:%u: %s", file, node->line,
			 node->column, what);
}

static int read_expected(struct test *t, const char *file,
			 const struct yaml_node *list, struct error *err)
{
	t->expected = arena_alloc(&t->arena,
				  (list->count + 1) * sizeof(*t->expected));
	for (uint32_t i = 0; i < list->count; i++) {
		const struct yaml_node *node = list->items[i];
		struct expectation *e = &t->expected[t->count++];
		const char *count;
		char *end = NULL;

		e->rule = node->kind == YAML_MAP ? text_at(node, "rule") : NULL;
		if (!e->rule)
			return bad_test(file, node,
					"an expected alert needs "
					"the name of its rule",
					err);
		count = text_at(node, "count");
		e->contains = text_at(node, "contains");
		e->want = count ? strtoll(count, &end, 10) : -1;
		if (count && (*end || end == count || e->want < 0))
			return bad_test(file, node, "count is not a number",
					err);
	}
	return 0;
}

static int read_rules(struct test *t, const char *file,
		      const struct yaml_node *list, struct error *err)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct yaml_node *node = list->items[i];

		if (node->kind != YAML_SCALAR)
			return bad_test(file, node, "rules are names of files",
					err);
		word_list_add(&t->rules.files,
			      beside(t, file, node->text.data));
	}
	return 0;
}

/* Reads one test of a test file. */
static int read_test(struct test *t, const char *file,
		     const struct yaml_node *node, struct error *err)
{
	const struct yaml_node *rules = yaml_get(node, "rules");
	const struct yaml_node *expect = yaml_get(node, "expect");
	const char *capture = text_at(node, "capture");
	const char *only = text_at(node, "only");

	t->name = text_at(node, "test");
	if (!t->name || !capture || !rules || !expect ||
	    rules->kind != YAML_SEQUENCE || expect->kind != YAML_SEQUENCE)
		return bad_test(file, node,
				"a test needs test, capture, "
				"rules (a list) and expect (a list)",
				err);
	t->capture = beside(t, file, capture);
	t->only = only && !strcmp(only, "true");
	if (read_rules(t, file, rules, err))
		return -1;
	return read_expected(t, file, expect, err);
}

/* Replays the capture of a test against its rules. */
static int replay_test(struct test *t, struct ruleset *set, struct error *err)
{
	const struct replay_options options = { .rules = set,
						.alert = on_alert,
						.user = t };
	struct pump pump = { .source = NULL };
	struct reader *reader;
	int code;

	if (reader_open(&reader, t->capture, NULL, err))
		return -1;
	t->replay = replay_new(&options);
	pump.source = reader_source(reader);
	pump.sinks[0] = replay_sink(t->replay);
	code = pump_run(&pump, err);
	replay_free(t->replay);
	if (code >= 0 && cmd_evidence("test", reader_evidence(reader)))
		code = error_set(err, ERROR_FORMAT,
				 "its capture cannot be read completely");
	reader_close(reader);
	return code;
}

/* Appends why the test fails; nothing if it passes. */
static void check_expectations(const struct test *t, struct buffer *why)
{
	for (unsigned i = 0; i < t->count; i++) {
		const struct expectation *e = &t->expected[i];

		if (e->want >= 0 && e->count != (uint64_t)e->want)
			buffer_printf(why,
				      "%s: %" PRIu64 " alerts, not %" PRId64
				      "; ",
				      e->rule, e->count, e->want);
		else if (e->want < 0 && !e->count)
			buffer_printf(why, "%s: no alert; ", e->rule);
		else if (e->count && e->contains && !e->contained)
			buffer_printf(why, "%s: no alert contains '%s'; ",
				      e->rule, e->contains);
	}
	if (t->only && *t->other)
		buffer_printf(why, "%s: gives an alert; ", t->other);
	if (why->len)
		why->len -= 2;
	buffer_u8(why, 0);
}

/* Appends text for XML, which cannot contain controls or invalid UTF-8. */
static void put_xml(struct buffer *out, const char *text)
{
	static const char special[] = "<>&\"'";
	static const char *const names[] = { "&lt;", "&gt;", "&amp;", "&quot;",
					     "&apos;" };
	struct buffer shown = { 0 };

	text_put(&shown, text, strlen(text));
	for (size_t i = 0; i < shown.len; i++) {
		const char *hit = strchr(special, shown.data[i]);

		if (hit)
			buffer_printf(out, "%s", names[hit - special]);
		else
			buffer_u8(out, shown.data[i]);
	}
	buffer_free(&shown);
}

/* Reports a test; why "": it passed. */
static void report(struct runner *r, const char *file, const char *name,
		   const char *why)
{
	unsigned number = r->passed + r->failed + 1;
	bool ok = !*why;

	r->passed += ok;
	r->failed += !ok;
	if (r->report == REPORT_TEXT) {
		cmd_say(stdout, "%s %s%s%s", ok ? "PASS" : "FAIL", name,
			ok ? "" : ": ", why);
	} else if (r->report == REPORT_TAP) {
		cmd_say(stdout, "%s %u - %s", ok ? "ok" : "not ok", number,
			name);
		if (!ok)
			cmd_say(stdout, "# %s", why);
	} else {
		buffer_printf(&r->out, "  <testcase classname=\"");
		put_xml(&r->out, file);
		buffer_printf(&r->out, "\" name=\"");
		put_xml(&r->out, name);
		buffer_printf(&r->out,
			      ok ? "\"/>\n" : "\">\n    <failure message=\"");
		if (ok)
			return;
		put_xml(&r->out, why);
		buffer_printf(&r->out, "\"/>\n  </testcase>\n");
	}
}

/* Runs one test, and reports it. */
static void run_test(struct runner *r, const char *file,
		     const struct yaml_node *node)
{
	struct test t = { .rules = RULE_OPTIONS_INIT };
	struct ruleset *set = NULL;
	struct buffer why = { 0 };
	struct error err;

	if (read_test(&t, file, node, &err)) {
		cmd_fail("test", &err);
		r->error = true;
	} else {
		set = rule_options_load(&t.rules, "test");
		if (!set)
			report(r, file, t.name, "its rules do not load");
		else if (replay_test(&t, set, &err) < 0) {
			report(r, file, t.name, err.text);
			r->error = true;
		} else {
			check_expectations(&t, &why);
			report(r, file, t.name, (char *)why.data);
		}
	}
	ruleset_free(set);
	rule_options_free(&t.rules);
	buffer_free(&why);
	buffer_free(&t.line);
	arena_free(&t.arena);
}

static int read_text(const char *path, struct buffer *out, struct error *err)
{
	FILE *in = fopen(path, "rb");
	size_t got;

	if (!in)
		return error_errno(err, "%s", path);
	while ((got = fread(buffer_reserve(out, 65536), 1, 65536, in)))
		out->len += got;
	fclose(in);
	return 0;
}

/* Does the file contain tests?  Folders may also contain rules. */
static bool is_tests(const struct yaml_node *documents)
{
	const struct yaml_node *list =
		documents->count ? documents->items[0] : NULL;

	return list && list->kind == YAML_SEQUENCE && list->count &&
	       list->items[0]->kind == YAML_MAP &&
	       yaml_get(list->items[0], "test");
}

/* Runs the tests of a file. */
static void run_file(struct runner *r, const char *path, bool must_be_tests)
{
	struct yaml_node place = { .line = 0 };
	struct buffer text = { 0 };
	struct arena arena = { 0 };
	struct yaml_node *tree;
	struct error err;
	int failed = read_text(path, &text, &err);

	if (!failed && yaml_read(&tree, (struct bytes){ text.data, text.len },
				 &arena, &place, &err))
		failed = error_context(&err, "%s:%u:%u", path, place.line,
				       place.column);
	if (!failed && !is_tests(tree) && must_be_tests)
		failed = error_set(&err, ERROR_SYNTAX, "%s: holds no tests",
				   path);
	if (failed) {
		cmd_fail("test", &err);
		r->error = true;
	} else if (is_tests(tree)) {
		const struct yaml_node *list = tree->items[0];

		for (uint32_t i = 0; i < list->count; i++)
			run_test(r, path, list->items[i]);
	}
	buffer_free(&text);
	arena_free(&arena);
}

static int is_yaml(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* Runs the tests of a file, or of all files in a folder. */
static void run_path(struct runner *r, const char *path)
{
	struct dirent **entries;
	struct arena arena = { 0 };
	struct stat st;
	int n;

	if (stat(path, &st) || !S_ISDIR(st.st_mode)) {
		run_file(r, path, true);
		return;
	}
	n = scandir(path, &entries, is_yaml, alphasort);
	for (int i = 0; i < n; i++) {
		run_file(
			r,
			arena_printf(&arena, "%s/%s", path, entries[i]->d_name),
			false);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	arena_free(&arena);
}

static void finish(struct runner *r)
{
	unsigned all = r->passed + r->failed;

	if (r->report == REPORT_TAP)
		printf("1..%u\n", all);
	else if (r->report == REPORT_JUNIT)
		printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		       "<testsuite name=\"spoor\" tests=\"%u\" "
		       "failures=\"%u\">\n%.*s</testsuite>\n",
		       all, r->failed, (int)r->out.len, (char *)r->out.data);
	else
		printf("%u passed, %u failed\n", r->passed, r->failed);
	if (!all)
		r->error |= cmd_usage_error("test", "no tests were found");
}

#define AT(member) .at = offsetof(struct runner, member)
static const struct option_row option_rows[] = {
	{ .name = "tap",
	  .take = option_flag,
	  AT(as_tap),
	  .help = "print Test Anything Protocol" },
	{ .name = "junit",
	  .take = option_flag,
	  AT(as_junit),
	  .help = "print JUnit XML" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	struct runner r = { .report = REPORT_TEXT };
	int result = options_parse(&command_test, &r, argc, argv);

	if (result)
		return result < 0 ? EXIT_OK : result;
	r.report = r.as_junit ? REPORT_JUNIT
		   : r.as_tap ? REPORT_TAP
			      : REPORT_TEXT;
	if (optind >= argc)
		return cmd_usage_error("test", "no tests are named");
	for (; optind < argc; optind++)
		run_path(&r, argv[optind]);
	finish(&r);
	buffer_free(&r.out);
	return r.error ? EXIT_ERROR : r.failed ? EXIT_ALERTS : EXIT_OK;
}

const struct command command_test = {
	.name = "test",
	.help = "run captures as tests of rules",
	.run = run,
	.usage = "spoor test [--tap | --junit] PATH...\n",
	.about = "Replays captures against rules and compares the alerts with "
		 "the expected\n"
		 "ones.  PATH is a test file, or a folder: then all *.yaml in "
		 "it that contain\n"
		 "tests.  A test file is a list of\n\n"
		 "  - test: shell in a container       a name\n"
		 "    capture: shell.scap.zst          path, relative to the "
		 "test file\n"
		 "    rules: [falco_rules.yaml]        paths, relative to the "
		 "test file\n"
		 "    expect:\n"
		 "      - rule: Terminal shell in container\n"
		 "        count: 2                     exactly 2; default: at "
		 "least one\n"
		 "        contains: shell=bash         in the output of one "
		 "of them\n"
		 "      - rule: Clear Log Activities\n"
		 "        count: 0\n"
		 "    only: true                       no other rule may "
		 "alert\n",
	.options = option_groups,
	.notes = "Exit code: 0 if all tests pass; 1 after an error, or if a "
		 "capture is damaged,\n"
		 "truncated, or lacks files of its recording; 2 if a test "
		 "fails.\n",
};
