/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a file of cases, and the statements there are; see cases.h. */
#include "tests/vectors/cases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS_MAX = 60 }; /* of one file */

/* What stands behind a statement. */
enum shape {
	SHAPE_REST,  /* NAME TEXT */
	SHAPE_WANT,  /* NAME => TEXT */
	SHAPE_BOTH,  /* NAME TEXT => TEXT */
	SHAPE_SET_UP /* NAME TEXT, and it checks nothing */
};

struct statement {
	const char *name;
	enum shape shape;
	case_fn *run;
};

/* clang-format off */
static const struct statement statements[] = {
	{ "thread", SHAPE_SET_UP, case_thread },
	{ "fd", SHAPE_SET_UP, case_fd },
	{ "user", SHAPE_SET_UP, case_user },
	{ "group", SHAPE_SET_UP, case_group },
	{ "machine", SHAPE_SET_UP, case_machine },
	{ "interface", SHAPE_SET_UP, case_interface },
	{ "event", SHAPE_SET_UP, case_event },
	{ "matching", SHAPE_SET_UP, case_all_alerts },
	{ "hidden", SHAPE_REST, case_hidden },
	{ "true", SHAPE_REST, case_true },
	{ "false", SHAPE_REST, case_false },
	{ "refused", SHAPE_BOTH, case_refused },
	{ "prints", SHAPE_BOTH, case_prints },
	{ "silent", SHAPE_REST, case_silent },
	{ "badformat", SHAPE_BOTH, case_bad_format },
	{ "json", SHAPE_BOTH, case_json },
	{ "absent", SHAPE_REST, case_absent },
	{ "canonical", SHAPE_BOTH, case_canonical },
	{ "unparsed", SHAPE_BOTH, case_unparsed },
	{ "types", SHAPE_BOTH, case_types },
	{ "doubted", SHAPE_REST, case_doubted },
	{ "undoubted", SHAPE_REST, case_undoubted },
	{ "escaped", SHAPE_BOTH, case_escaped },
	{ "loads", SHAPE_REST, case_loads },
	{ "rejected", SHAPE_WANT, case_rejected },
	{ "warned", SHAPE_WANT, case_warned },
	{ "alerts", SHAPE_WANT, case_alerts },
	{ "output", SHAPE_WANT, case_output },
	{ "priority", SHAPE_BOTH, case_priority },
	{ "condition", SHAPE_BOTH, case_condition },
	{ "format", SHAPE_BOTH, case_rule_output },
	{ "tags", SHAPE_BOTH, case_tags },
	{ "enabled", SHAPE_WANT, case_enabled },
	{ "enable", SHAPE_BOTH, case_enable },
	{ "disable", SHAPE_BOTH, case_disable },
	{ NULL, SHAPE_REST, NULL },
};
/* clang-format on */

int case_fail(struct cases *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(c->why, sizeof(c->why), format, args);
	va_end(args);
	return -1;
}

int case_same(struct cases *c, const char *got, const char *want)
{
	return strcmp(got, want) ? case_fail(c, "'%s'", got) : 0;
}

static void case_begin(struct cases *c, bool all_matches)
{
	struct ruleset_options rules = { .min_priority = PRIORITY_DEBUG,
					 .all_matches = all_matches };
	struct replay_options options = { .rules = NULL };

	*c = (struct cases){ .ts_ns = 1700000000000000000u };
	c->rules = ruleset_new(&rules);
	c->replay = replay_new(&options);
	c->converter = converter_new();
}

static void case_end(struct cases *c)
{
	replay_step_done(c->replay);
	replay_free(c->replay);
	converter_free(c->converter);
	ruleset_free(c->rules);
	buffer_free(&c->yaml);
	arena_free(&c->arena);
}

/* "matching all": before any rule of the case. */
int case_all_alerts(struct cases *c, char *rest, const char *want)
{
	(void)want;
	case_end(c);
	case_begin(c, !strcmp(rest, "all"));
	return 0;
}

static const struct statement *find_statement(const char *name)
{
	const struct statement *s = statements;

	while (s->name && strcmp(s->name, name))
		s++;
	return s->name ? s : NULL;
}

/* Takes the text behind the last => off; NULL: there is none. */
static char *take_want(char *text)
{
	char *want = NULL;

	for (char *p = text; (p = strstr(p, "=>")); p += 2)
		if ((p == text || p[-1] == ' ') && (!p[2] || p[2] == ' '))
			want = p;
	if (!want)
		return NULL;
	*want = '\0';
	while (want > text && want[-1] == ' ')
		*--want = '\0';
	want += strlen(want) + 1;
	while (*want != '>')
		want++;
	want++;
	return want + (*want == ' ');
}

/* 1: a check passed, 0: nothing was checked, -1: it failed. */
static int run_statement(struct cases *c, char *line)
{
	char *rest = line;
	const struct statement *s = find_statement(strsep(&rest, " \t"));
	char *want = NULL;

	if (!s)
		return case_fail(c, "there is no such statement");
	case_load(c);
	if (c->is_rejected && s->run != case_rejected && s->run != case_warned)
		return case_fail(c, "rules are rejected: %s", c->load_err.text);
	rest = rest ? rest + strspn(rest, " \t") : line + strlen(line);
	if (s->shape == SHAPE_WANT || s->shape == SHAPE_BOTH) {
		want = take_want(rest);
		if (!want)
			return case_fail(c, "wants a => and what is expected");
	}
	if (s->run(c, rest, want))
		return -1;
	return s->shape != SHAPE_SET_UP;
}

/* Is it a line that only belongs to the case: its name, a rule, a remark? */
static bool take_plain(struct cases *c, const char *line)
{
	if (line[0] == '=' && line[1] == '=') {
		case_end(c);
		case_begin(c, false);
		return true;
	}
	if (*line != '|')
		return !*line || *line == '#';
	line += line[1] == ' ' ? 2 : 1;
	buffer_put(&c->yaml, line, strlen(line));
	buffer_u8(&c->yaml, '\n');
	return true;
}

/* Prints a line a check; returns the number of failures. */
static int run_lines(FILE *in, const char *path)
{
	struct cases c;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;
	int failed = 0;

	case_begin(&c, false);
	for (unsigned n = 1; (len = getline(&line, &capacity, in)) > 0; n++) {
		char *text = line + strspn(line, " \t");
		char *shown;
		int result;

		line[len - (line[len - 1] == '\n')] = '\0';
		if (take_plain(&c, text))
			continue;
		shown = mem_strdup(text);
		result = run_statement(&c, text);
		if (result > 0)
			printf("PASS %s:%u %s\n", path, n, shown);
		else if (result < 0)
			printf("FAIL %s:%u %s: %s\n", path, n, shown, c.why);
		failed += result < 0;
		free(shown);
	}
	free(line);
	case_end(&c);
	return failed;
}

/* In a process of its own: a crash costs the rest of one file. */
static bool run_file(const char *path)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		FILE *in = fopen(path, "r");
		int failed = 1;

		alarm(SECONDS_MAX);
		setvbuf(stdout, NULL, _IOLBF, 0);
		if (in)
			failed = run_lines(in, path);
		else
			printf("FAIL %s: cannot be opened\n", path);
		if (in)
			fclose(in);
		exit(failed != 0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return false;
	if (WIFSIGNALED(status) || WEXITSTATUS(status) > 1)
		printf("FAIL %s: ended by status %#x\n", path,
		       (unsigned)status);
	return !status;
}

bool cases_run(char **paths, int count)
{
	bool all_passed = true;

	setenv("TZ", "UTC0", 1);
	for (int i = 0; i < count; i++)
		all_passed &= run_file(paths[i]);
	return all_passed;
}
