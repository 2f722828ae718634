/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of whole runs: captures against rules files through the program
 * itself (spoor beside this runner), as the peer's own regression tests do.
 * Those were recorded when rules saw enter events too: where a rule matched
 * both halves, half of the alerts is right.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "tests/vectors/load_issues.h"
#include "tests/vectors/suites.h"

enum { ARGS_MAX = 64 };

struct program_run {
	struct vector_run *run;
	const json_t *input, *expected;
	const char *args[ARGS_MAX];
	unsigned count;
	struct arena arena;
	int exit_code;
	struct buffer out, err; /* with a NUL at their end */
};

static void add(struct program_run *p, const char *arg)
{
	if (p->count < ARGS_MAX - 1)
		p->args[p->count++] = arg;
}

static void add_path(struct program_run *p, const char *name)
{
	add(p, arena_printf(&p->arena, "%s/%s", p->run->folder, name));
}

static const json_t *expected(const struct program_run *p, const char *key)
{
	return json_object_get(p->expected, key);
}

static bool is_set(const struct program_run *p, const char *key)
{
	return json_is_true(expected(p, key));
}

/* The program: where this runner is, unless a vector's path is absolute. */
static const char *program_path(struct arena *arena)
{
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	while (len > 0 && self[len - 1] != '/')
		len--;
	return arena_printf(arena, "%.*sspoor", (int)(len > 0 ? len : 0), self);
}

static void read_all(FILE *in, struct buffer *out)
{
	size_t got;

	rewind(in);
	while ((got = fread(buffer_reserve(out, 65536), 1, 65536, in)))
		out->len += got;
	buffer_u8(out, 0);
	fclose(in);
}

/* Runs it with its output in files: no pipe can fill up. */
static void execute(struct program_run *p)
{
	FILE *out = tmpfile(), *err = tmpfile();
	const char *path = program_path(&p->arena);
	int status = 0;
	pid_t pid;

	p->args[p->count] = NULL;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(fileno(out), STDOUT_FILENO);
		dup2(fileno(err), STDERR_FILENO);
		setenv("TZ", "UTC", 1);
		setenv("FALCO_HOSTNAME", "test-falco-hostname", 1);
		execv(path, (char *const *)p->args);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	p->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	read_all(out, &p->out);
	read_all(err, &p->err);
}

static void add_rules(struct program_run *p, const char *flag)
{
	const json_t *files = json_object_get(p->input, "rules_files");
	const json_t *file;
	size_t i;

	if (!json_array_size(files)) {
		if (flag)
			add(p, flag);
		add_path(p, "../rules/history/falco-0.33.0.falco_rules.yaml");
	}
	json_array_foreach(files, i, file)
	{
		if (flag)
			add(p, flag);
		add_path(p, json_string_value(file));
	}
}

static void add_each(struct program_run *p, const char *key, const char *flag)
{
	const json_t *item;
	size_t i;

	json_array_foreach(expected(p, key), i, item)
	{
		add(p, flag);
		add(p, json_string_value(item));
	}
}

static void run_replay(struct program_run *p, bool json)
{
	static const char *const settings[] = {
		"json_include_tags_property", "json_include_output_property",
		"json_include_output_fields_property",
		"json_include_message_property"
	};

	add(p, "spoor");
	add(p, "replay");
	add_path(p, json_string_value(json_object_get(p->input, "trace_file")));
	add_rules(p, "-r");
	add_each(p, "disable_tags", "-T");
	add_each(p, "run_tags", "-t");
	add_each(p, "disabled_rules", "-D");
	if (expected(p, "priority")) {
		add(p, "--priority");
		add(p, json_string_value(expected(p, "priority")));
	}
	if (is_set(p, "time_iso_8601"))
		add(p, "--iso");
	if (json)
		add(p, "--json");
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (json_is_false(expected(p, settings[i]))) {
			add(p, "-o");
			add(p,
			    arena_printf(&p->arena, "%s=false", settings[i]));
		}
	execute(p);
}

/* Calls per line of the JSON output. */
typedef void alert_fn(void *user, const json_t *alert);

static void each_alert(const struct program_run *p, alert_fn *fn, void *user)
{
	char *text = strdup((char *)p->out.data);
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		json_t *alert = json_loads(line, 0, NULL);

		fn(user, alert);
		json_decref(alert);
	}
	free(text);
}

struct tally {
	const char *key, *value; /* of the alerts to count */
	int64_t total, count;
};

static void tally_alert(void *user, const json_t *alert)
{
	struct tally *t = user;
	const char *got =
		t->key ? json_string_value(json_object_get(alert, t->key))
		       : NULL;

	t->total++;
	if (got && t->value)
		t->count += !strcasecmp(got, t->value) ||
			    (!strcasecmp(t->value, "INFO") &&
			     !strcasecmp(got, "Informational"));
}

static int64_t count_alerts(const struct program_run *p, const char *key,
			    const char *value)
{
	struct tally t = { key, value, 0, 0 };

	each_alert(p, tally_alert, &t);
	return key ? t.count : t.total;
}

static enum verdict check_level(struct program_run *p, const char *level)
{
	if (count_alerts(p, "priority", level))
		return VECTOR_PASS;
	return vector_fail(p->run, "no alert of level %s", level);
}

static enum verdict check_detection(struct program_run *p)
{
	const json_t *levels = expected(p, "detect_level");
	bool want = json_is_true(expected(p, "detect"));
	int64_t total = count_alerts(p, NULL, NULL);
	const json_t *level;
	size_t i;

	if (!expected(p, "detect"))
		return VECTOR_PASS;
	if ((total > 0) != want)
		return vector_fail(p->run, "%lld alerts; %.200s",
				   (long long)total, p->err.data);
	if (!want || !levels)
		return VECTOR_PASS;
	if (json_is_string(levels))
		return check_level(p, json_string_value(levels));
	json_array_foreach(
		levels, i,
		level) if (check_level(p, json_string_value(level)) !=
			   VECTOR_PASS) return VECTOR_FAIL;
	return VECTOR_PASS;
}

static enum verdict check_counts(struct program_run *p, json_t *counts)
{
	const char *rule;
	const json_t *count;

	json_object_foreach(counts, rule, count)
	{
		int64_t want = json_integer_value(count);
		int64_t got = count_alerts(p, "rule", rule);

		if (got != want && 2 * got != want)
			return vector_fail(
				p->run, "%lld alerts of %s, not %lld",
				(long long)got, rule, (long long)want);
	}
	return VECTOR_PASS;
}

static enum verdict check_all_counts(struct program_run *p)
{
	json_t *counts;
	size_t i;

	json_array_foreach(expected(p, "detect_counts"), i,
			   counts) if (check_counts(p, counts) !=
				       VECTOR_PASS) return VECTOR_FAIL;
	return VECTOR_PASS;
}

/* -1: not a pattern; else whether it is found. */
static int search(const char *pattern, const char *text)
{
	int code;
	PCRE2_SIZE offset;
	pcre2_code *re =
		pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
			      PCRE2_MULTILINE, &code, &offset, NULL);
	pcre2_match_data *match;

	if (!re)
		return -1;
	match = pcre2_match_data_create_from_pattern(re, NULL);
	code = pcre2_match(re, (PCRE2_SPTR)text, strlen(text), 0, 0, match,
			   NULL);
	pcre2_match_data_free(match);
	pcre2_code_free(re);
	return code >= 0;
}

/* The peer says "Runtime error: TEXT. Exiting."; ours is a sentence. */
static const char *plain_sentence(struct arena *arena, const char *pattern)
{
	const char *colon = strstr(pattern, "error: ");
	const char *start = colon ? colon + strlen("error: ") : pattern;
	const char *end = strstr(start, ". Exiting");

	return end ? arena_printf(arena, "%.*s", (int)(end - start), start)
		   : start;
}

static enum verdict check_text(struct program_run *p, const char *key,
			       const struct buffer *text, bool want)
{
	const json_t *patterns = expected(p, key);
	size_t n = json_is_string(patterns) ? 1 : json_array_size(patterns);

	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_is_string(patterns)
					     ? patterns
					     : json_array_get(patterns, i);
		const char *pattern =
			plain_sentence(&p->arena, json_string_value(item));

		if (search(pattern, (char *)text->data) != want)
			return vector_fail(p->run, "%s: %s; %.300s", key,
					   pattern, text->data);
	}
	return VECTOR_PASS;
}

/* Is the line one of the wanted; of JSON: is the object? */
static bool is_wanted(const char *line, const char *wanted, bool is_json)
{
	char *text = strdup(wanted), *save = NULL;
	json_t *ours = is_json ? json_loads(line, 0, NULL) : NULL;
	bool found = false;

	for (char *want = strtok_r(text, "\n", &save); want && !found;
	     want = strtok_r(NULL, "\n", &save)) {
		json_t *theirs = is_json ? json_loads(want, 0, NULL) : NULL;

		found = is_json ? json_equal(ours, theirs)
				: !strcmp(line, want);
		json_decref(theirs);
	}
	json_decref(ours);
	free(text);
	return found;
}

/* Is every alert of ours among the lines, and at least every second one? */
static enum verdict check_lines(struct program_run *p, const char *name)
{
	const char *path = arena_printf(&p->arena, "%s/rule-files/%s",
					p->run->folder, name);
	FILE *in = fopen(path, "r");
	struct buffer want = { 0 };
	unsigned ours = 0, theirs = 0;
	char *text, *save = NULL;
	enum verdict verdict = VECTOR_PASS;

	if (!in)
		return vector_fail(p->run, "%s cannot be read", path);
	read_all(in, &want);
	theirs = 1;
	for (size_t i = 0; i + 2 < want.len; i++)
		theirs += want.data[i] == '\n';
	text = strdup((char *)p->out.data);
	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save), ours++)
		if (!is_wanted(line, (char *)want.data, strstr(name, ".json")))
			verdict = vector_fail(p->run, "not wanted: %s", line);
	if (verdict == VECTOR_PASS && ours != theirs && 2 * ours != theirs)
		verdict = vector_fail(p->run, "%u lines, not %u", ours, theirs);
	free(text);
	buffer_free(&want);
	return verdict;
}

static enum verdict check_output(struct program_run *p)
{
	const json_t *files = expected(p, "output_strictly_contains");
	const json_t *name;
	const char *where;
	json_t *entry;
	size_t i;

	json_array_foreach(files, i, entry)
		json_object_foreach(entry, where, name)
	{
		if (check_lines(p, json_string_value(name)) != VECTOR_PASS)
			return VECTOR_FAIL;
	}
	return VECTOR_PASS;
}

static enum verdict check_rules(struct program_run *p)
{
	enum verdict verdict;
	const char *report;

	add(p, "spoor");
	add(p, "check");
	add(p, "--json");
	add_rules(p, NULL);
	execute(p);
	report = (const char *)p->out.data;
	verdict = check_issues(p->run, report, "errors",
			       expected(p, "validate_errors"));
	if (verdict == VECTOR_PASS)
		verdict = check_issues(p->run, report, "warnings",
				       expected(p, "validate_warnings"));
	return verdict;
}

/* A folder of rules that came as the text of its listing. */
static bool is_listing(const struct program_run *p, const json_t *file)
{
	FILE *in = fopen(vector_path(p->run, json_string_value(file)), "r");
	char start[6] = "";
	size_t got = in ? fread(start, 1, 5, in) : 0;

	if (in)
		fclose(in);
	return got == 5 && !strcmp(start, "tree ");
}

/* Settings of the peer that have no counterpart here. */
static const char *why_not(const struct program_run *p)
{
	const char *conf = json_string_value(expected(p, "conf_file"));

	if (is_listing(p, json_array_get(
				  json_object_get(p->input, "rules_files"), 0)))
		return "its folder of rules is a file with the listing";
	if (conf && strstr(conf, "drops_"))
		return "simulated drops of the peer's own driver";
	if (!json_array_size(json_object_get(p->input, "rules_files")) &&
	    access(vector_path(p->run, "../rules/history/"
				       "falco-0.33.0.falco_rules.yaml"),
		   R_OK))
		return "the default rules of 0.33.0 are not there";
	return NULL;
}

static enum verdict check_exit(struct program_run *p)
{
	const json_t *want = expected(p, "exit_status");

	if (json_is_integer(want) && json_integer_value(want) != p->exit_code)
		return vector_fail(p->run, "exit code %d; %.200s", p->exit_code,
				   p->err.data);
	return VECTOR_PASS;
}

/* All that is expected of a run; stops at the first that fails. */
static enum verdict check_run(struct program_run *p)
{
	enum verdict verdict;

	run_replay(p, true);
	verdict = check_detection(p);
	if (verdict == VECTOR_PASS)
		verdict = check_all_counts(p);
	if (verdict != VECTOR_PASS)
		return verdict;
	if (!is_set(p, "json_output")) {
		p->count = 0;
		p->out.len = p->err.len = 0;
		run_replay(p, false);
	}
	verdict = check_exit(p);
	if (verdict == VECTOR_PASS)
		verdict = check_text(p, "stdout_contains", &p->out, true);
	if (verdict == VECTOR_PASS)
		verdict = check_text(p, "stdout_not_contains", &p->out, false);
	if (verdict == VECTOR_PASS)
		verdict = check_text(p, "stderr_contains", &p->err, true);
	if (verdict == VECTOR_PASS)
		verdict = check_output(p);
	return verdict;
}

enum verdict suite_falco_regression(struct vector_run *run,
				    const json_t *vector)
{
	struct program_run p = { .run = run,
				 .input = json_object_get(vector, "input"),
				 .expected =
					 json_object_get(vector, "expected") };
	enum verdict verdict = VECTOR_SKIP;
	const char *why = why_not(&p);

	if (why)
		vector_fail(run, "%s", why);
	else if (expected(&p, "validate_errors") ||
		 expected(&p, "validate_warnings"))
		verdict = check_rules(&p);
	else
		verdict = check_run(&p);
	buffer_free(&p.out);
	buffer_free(&p.err);
	arena_free(&p.arena);
	return verdict;
}
