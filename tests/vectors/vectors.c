/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vectors FOLDER [SUITE]: runs the field's own test vectors against spoor.
 * vectors --cases FILE...: runs the cases of tests/rules.
 * Prints a line per failure and per skipped vector, then the count.  A suite
 * runs in a process of its own: one that crashes costs that vector alone.
 */
#include "tests/vectors/vectors.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/vectors/cases.h"
#include "tests/vectors/suites.h"

enum { SECONDS_MAX = 300 }; /* of one vector */

/* One line per suite; suites without a row are reported as skipped. */
/* clang-format off */
static const struct vector_suite suites[] = {
	{ "compile", suite_compile },
	{ "run_mock", suite_run_mock },
	{ "rule_name_wildcard", suite_rule_name_wildcard },
	{ "capture_converted_events", suite_capture_converted_events },
	{ "parse", suite_parse },
	{ "ast_print", suite_ast_print },
	{ "ast_print_roundtrip", suite_ast_print_roundtrip },
	{ "escape_str", suite_escape_str },
	{ "escape_roundtrip", suite_escape_roundtrip },
	{ "concat_path", suite_concat_path },
	{ "container_id", suite_container_id },
	{ "container_mount_key", suite_container_mount_key },
	{ "event_script", suite_event_script },
	{ "converter", suite_converter },
	{ "capture_blocks", suite_capture_blocks },
	{ "capture_raw_events", suite_capture_raw_events },
	{ "capture_event", suite_capture_event },
	{ "capture_event_present", suite_capture_event_present },
	{ "capture_malformed", suite_capture_malformed },
	{ "capture_machine", suite_capture_machine },
	{ "capture_interfaces", suite_capture_interfaces },
	{ "capture_users", suite_capture_users },
	{ "capture_threads", suite_capture_threads },
	{ "capture_fds", suite_capture_fds },
	{ "format", suite_format },
	{ "transform", suite_transform },
	{ "transform_types", suite_transform_types },
	{ "evttype_index_set", suite_evttype_index_set },
	{ "evttype_index_equiv", suite_evttype_index_equiv },
	{ "evttype_index_error", suite_evttype_index_error },
	{ "unsafe_na_warning", suite_unsafe_na_warning },
	{ "pmatch_set", suite_pmatch_set },
	{ "rule_load", suite_rule_load },
	{ "plugin_requirements", suite_plugin_requirements },
	{ "falco_regression", suite_falco_regression },
	{ "capture_fields", suite_capture_fields },
	{ NULL, NULL },
};
/* clang-format on */

/* What the process of a suite has done so far; its parent sees it, too. */
struct progress {
	unsigned passed, failed, skipped;
	unsigned lines; /* of the file: vectors done, or begun */
	char id[64];	/* of the one that was begun last */
};

enum verdict vector_fail(struct vector_run *run, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(run->why, sizeof(run->why), format, args);
	va_end(args);
	return VECTOR_FAIL;
}

const char *vector_path(const struct vector_run *run, const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", run->folder, name);
	return path;
}

/*
 * jansson's integers are signed: writes numbers above INT64_MAX as the signed
 * number of the same bits, in place (it is never longer).
 */
static void wrap_big_integers(char *line)
{
	bool in_string = false;

	for (char *p = line; *p; p++) {
		size_t digits = strspn(p, "0123456789");
		char text[32];

		if (*p == '\\' && in_string && p[1])
			p++;
		else if (*p == '"')
			in_string = !in_string;
		else if (!in_string && digits >= 19 && digits <= 20 &&
			 (p == line || p[-1] != '-')) {
			snprintf(text, sizeof(text), "%-*lld", (int)digits,
				 (long long)strtoull(p, NULL, 10));
			memcpy(p, text, digits);
			p += digits - 1;
		} else if (!in_string && digits)
			p += digits - 1;
	}
}

/* Vectors that no correct program can pass, and why. */
static const struct {
	const char *id, *why;
} broken[] = {
	{ "event_script-0103",
	  "expects the name of user 5, which the vector never adds" },
	{ NULL, NULL },
};

static const char *why_broken(const json_t *vector)
{
	const char *id = json_string_value(json_object_get(vector, "id"));

	for (size_t i = 0; id && broken[i].id; i++)
		if (!strcmp(broken[i].id, id))
			return broken[i].why;
	return NULL;
}

static vector_fn *find_suite(const char *name)
{
	for (const struct vector_suite *s = suites; s->name; s++)
		if (!strcmp(s->name, name))
			return s->run;
	return NULL;
}

/* The capture that it needs is not there, as all others are not: see main. */
static bool lacks_capture(const struct vector_run *run, const json_t *vector)
{
	const json_t *input = json_object_get(vector, "input");

	return run->no_captures && (json_object_get(input, "capture") ||
				    json_object_get(input, "trace_file"));
}

static enum verdict run_line(struct vector_run *run, vector_fn *suite,
			     const json_t *vector)
{
	run->why[0] = '\0';
	if (why_broken(vector)) {
		vector_fail(run, "%s", why_broken(vector));
		return VECTOR_SKIP;
	}
	if (!suite) {
		vector_fail(run, "no such suite in this runner");
		return VECTOR_SKIP;
	}
	if (lacks_capture(run, vector))
		return VECTOR_SKIP;
	return suite(run, vector);
}

/* Counts a verdict, and prints what it is about (why "": said already). */
static void count(struct progress *progress, enum verdict verdict,
		  const char *suite, const char *why)
{
	if (verdict == VECTOR_PASS) {
		progress->passed++;
		return;
	}
	if (verdict == VECTOR_FAIL)
		progress->failed++;
	else
		progress->skipped++;
	if (*why)
		printf("%s %s %s: %s\n",
		       verdict == VECTOR_FAIL ? "FAIL" : "SKIP", suite,
		       progress->id, why);
}

static void run_text(struct vector_run *run, char *line, const char *suite,
		     struct progress *progress)
{
	json_error_t error;
	json_t *vector;
	const char *id;

	wrap_big_integers(line);
	vector = json_loads(line, JSON_ALLOW_NUL, &error);
	id = json_string_value(json_object_get(vector, "id"));
	snprintf(progress->id, sizeof(progress->id), "%s", id ? id : "?");
	alarm(SECONDS_MAX);
	if (vector)
		count(progress, run_line(run, find_suite(suite), vector), suite,
		      run->why);
	else
		count(progress, VECTOR_FAIL, suite, error.text);
	json_decref(vector);
}

/* The vectors of a file that are still to be run. */
static void run_lines(struct vector_run *run, FILE *in, const char *suite,
		      struct progress *progress)
{
	unsigned done = progress->lines;
	char *line = NULL;
	size_t capacity = 0;

	for (unsigned i = 0; getline(&line, &capacity, in) > 0; i++) {
		if (i < done)
			continue;
		progress->lines++;
		run_text(run, line, suite, progress);
	}
	free(line);
}

/* In another process; false: it ended before the file did. */
static bool run_rest(struct vector_run *run, const char *path,
		     const char *suite, struct progress *progress)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		FILE *in = fopen(path, "r");

		setvbuf(stdout, NULL, _IOLBF, 0);
		if (in)
			run_lines(run, in, suite, progress);
		else
			count(progress, VECTOR_FAIL, suite, "cannot be opened");
		if (in)
			fclose(in);
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !status)
		return true;
	snprintf(run->why, sizeof(run->why), "ended by signal %d, code %d",
		 WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		 WIFEXITED(status) ? WEXITSTATUS(status) : 0);
	count(progress, VECTOR_FAIL, suite, run->why);
	return false;
}

static void run_file(struct vector_run *run, const char *path,
		     const char *suite, struct progress *progress)
{
	unsigned before;

	progress->lines = 0;
	strcpy(progress->id, "-");
	do
		before = progress->lines;
	while (!run_rest(run, path, suite, progress) &&
	       progress->lines > before);
}

static int is_vectors(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".jsonl");
}

/* Runs all suites of a folder, or that of one name; -1: no such folder. */
static int run_folder(struct vector_run *run, const char *folder,
		      const char *only, struct progress *progress)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_vectors, alphasort);

	if (n < 0)
		return -1;
	for (int i = 0; i < n; i++) {
		char path[8192];
		char *name = entries[i]->d_name;

		snprintf(path, sizeof(path), "%s/%s", folder, name);
		*strrchr(name, '.') = '\0';
		if (!only || !strcmp(only, name))
			run_file(run, path, name, progress);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int main(int argc, char **argv)
{
	struct vector_run run = { .folder = argv[1] };
	const char *only = argc > 2 ? argv[2] : NULL;
	struct progress *progress =
		mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char given[4096];

	if (argc > 1 && !strcmp(argv[1], "--cases"))
		return !cases_run(argv + 2, argc - 2);
	if (argc < 2 || progress == MAP_FAILED) {
		fputs("usage: vectors FOLDER [SUITE]\n"
		      "       vectors --cases FILE...\n",
		      stderr);
		return 1;
	}
	run.no_captures = access(vector_path(&run, "captures"), R_OK) != 0;
	if (run.no_captures)
		printf("SKIP vectors of captures: there is no %s\n",
		       vector_path(&run, "captures"));
	snprintf(given, sizeof(given), "%s/given", argv[1]);
	if (run_folder(&run, given, only, progress) &&
	    run_folder(&run, argv[1], only, progress)) {
		fprintf(stderr, "vectors: %s: no such folder\n", argv[1]);
		return 1;
	}
	printf("%u passed, %u failed, %u skipped\n", progress->passed,
	       progress->failed, progress->skipped);
	return progress->failed != 0;
}
