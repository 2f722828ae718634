/* SPDX-License-Identifier: Apache-2.0 */
/* spoor replay and spoor check: captures against rules, and rules alone. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "core/file/file.h"
#include "replay/alerts/alerts.h"
#include "replay/replay.h"

static const char replay_help[] =
	"usage: spoor replay FILE... -r RULES... [options]\n\n"
	"Evaluates captures (\"-\": standard input) against Falco rules files\n"
	"and prints the alerts, as Falco does.\n\n"
	"  -r FILE              a rules file; may be repeated\n"
	"  --json               alerts as JSON, one object a line\n"
	"  --iso                times as ISO 8601 in UTC\n"
	"  --fail-on PRIORITY   exit code 2 if an alert is at least that severe\n"
	"  --priority PRIORITY  only rules at least that severe\n"
	"  -t TAG, -T TAG       only, or no, rules with that tag\n"
	"  -D PATTERN           switch rules off by name ('*' matches any text)\n"
	"  --all-matches        every rule that matches an event, not the first\n"
	"  --stats              what it cost, and the hits of each rule\n"
	"  -h, --help           this text\n\n"
	"Exit code: 0; 1 after an error; 2 alerts found with --fail-on.\n";

enum { OPT_JSON = 256, OPT_ISO, OPT_FAIL_ON, OPT_PRIORITY, OPT_ALL,
       OPT_STATS };

struct replay_run {
	const char **files, **rule_files, **tags_on, **tags_off, **names_off;
	unsigned file_count, rule_count, on_count, off_count, name_count;
	int fail_on, min_priority;
	bool json, all_matches, stats;
	struct alert_options alert_options;
	const struct alert_form *form;
	struct ruleset *set;
	struct replay *replay;
	struct buffer line;
	uint64_t events, alerts;
	bool failed_on;
};

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct replay_run *r = user;
	struct alert alert = { rule, context, replay_hostname(r->replay) };

	r->alerts++;
	if (r->fail_on >= 0 && rule->priority <= (enum priority)r->fail_on)
		r->failed_on = true;
	r->line.len = 0;
	r->form->write(&r->line, &alert, &r->alert_options);
	fwrite(r->line.data, 1, r->line.len, stdout);
}

static int parse_priority(const char *name)
{
	int priority = priority_find(name);

	if (priority < 0)
		cmd_usage_error("replay", "'%s' is no priority: emergency, "
				"alert, critical, error, warning, notice, "
				"informational or debug", name);
	return priority;
}

/* EXIT_OK, EXIT_ERROR, or -1 after --help. */
static int parse_options(struct replay_run *r, int argc, char **argv)
{
	static const struct option options[] = {
		{ "rules", required_argument, NULL, 'r' },
		{ "json", no_argument, NULL, OPT_JSON },
		{ "iso", no_argument, NULL, OPT_ISO },
		{ "fail-on", required_argument, NULL, OPT_FAIL_ON },
		{ "priority", required_argument, NULL, OPT_PRIORITY },
		{ "all-matches", no_argument, NULL, OPT_ALL },
		{ "stats", no_argument, NULL, OPT_STATS },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "r:t:T:D:h", options, NULL)) != -1)
		switch (c) {
		case 'r':
			r->rule_files[r->rule_count++] = optarg;
			break;
		case 't':
			r->tags_on[r->on_count++] = optarg;
			break;
		case 'T':
			r->tags_off[r->off_count++] = optarg;
			break;
		case 'D':
			r->names_off[r->name_count++] = optarg;
			break;
		case OPT_JSON:
			r->json = true;
			break;
		case OPT_ISO:
			r->alert_options.iso_time = true;
			break;
		case OPT_FAIL_ON:
			r->fail_on = parse_priority(optarg);
			if (r->fail_on < 0)
				return EXIT_ERROR;
			break;
		case OPT_PRIORITY:
			r->min_priority = parse_priority(optarg);
			if (r->min_priority < 0)
				return EXIT_ERROR;
			break;
		case OPT_ALL:
			r->all_matches = true;
			break;
		case OPT_STATS:
			r->stats = true;
			break;
		case 'h':
			fputs(replay_help, stdout);
			return -1;
		default:
			return cmd_usage_error("replay", "bad option");
		}
	for (; optind < argc; optind++)
		r->files[r->file_count++] = argv[optind];
	if (!r->rule_count || !r->file_count)
		return cmd_usage_error("replay", r->rule_count
						 ? "no capture is named"
						 : "no rules are named (-r)");
	return EXIT_OK;
}

static void print_issue(const struct rule_issue *issue, FILE *out)
{
	fprintf(out, "%s:%u:%u: %s: %s: %s%s%s%s\n", issue->file, issue->line,
		issue->column, issue->is_error ? "error" : "warning",
		issue->code, issue->message,
		issue->item_name && *issue->item_name ? " (" : "",
		issue->item_name ? issue->item_name : "",
		issue->item_name && *issue->item_name ? ")" : "");
	if (issue->is_error && issue->snippet)
		fprintf(out, "%s\n", issue->snippet);
}

int cmd_load_rules(const char *command, struct ruleset *set,
		   const char *const *files, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct error err;
		const struct rule_issue *issues;
		unsigned n;

		if (!ruleset_load(set, files[i], &err))
			continue;
		issues = ruleset_issues(set, &n);
		for (unsigned k = 0; k < n; k++)
			if (issues[k].is_error)
				print_issue(&issues[k], stderr);
		return cmd_fail(command, &err);
	}
	return EXIT_OK;
}

static void select_rules(struct replay_run *r)
{
	if (r->on_count)
		ruleset_enable(r->set, "*", false, false);
	for (unsigned i = 0; i < r->on_count; i++)
		ruleset_enable(r->set, r->tags_on[i], true, true);
	for (unsigned i = 0; i < r->off_count; i++)
		ruleset_enable(r->set, r->tags_off[i], true, false);
	for (unsigned i = 0; i < r->name_count; i++)
		ruleset_enable(r->set, r->names_off[i], false, false);
}

static int replay_file(struct replay_run *r, const char *path)
{
	struct replay_options options = { .rules = r->set, .alert = on_alert,
					  .user = r };
	struct reader *reader;
	struct item item;
	struct error err;
	int code;

	if (reader_open(&reader, path, NULL, &err))
		return cmd_fail("replay", &err);
	r->replay = replay_new(&options);
	while ((code = source_next(reader_source(reader), &item, &err)) > 0)
		replay_put(r->replay, &item, &err);
	r->events += reader_stats(reader)->events;
	replay_free(r->replay);
	reader_close(reader);
	fflush(stdout);
	return code < 0 ? cmd_fail("replay", &err) : EXIT_OK;
}

static int by_hits(const void *a, const void *b)
{
	const struct rule *const *x = a;
	const struct rule *const *y = b;

	return (*x)->hits < (*y)->hits ? 1 : (*x)->hits > (*y)->hits ? -1 : 0;
}

static void summary(const struct replay_run *r, double seconds)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(r->set, &n);
	struct rule **sorted = mem_zalloc((n + 1) * sizeof(*sorted));

	for (unsigned i = 0; i < n; i++)
		sorted[i] = rules[i];
	qsort(sorted, n, sizeof(*sorted), by_hits);
	fprintf(stderr, "Events: %llu\nAlerts: %llu\n",
		(unsigned long long)r->events, (unsigned long long)r->alerts);
	if (r->stats && seconds > 0)
		fprintf(stderr, "Time: %.3f s, %.2f M events/s\n", seconds,
			(double)r->events / seconds / 1e6);
	for (unsigned i = 0; i < n && (r->stats || sorted[i]->hits); i++)
		fprintf(stderr, "  %8llu  %-13s %s\n",
			(unsigned long long)sorted[i]->hits,
			priority_name(sorted[i]->priority), sorted[i]->name);
	free(sorted);
}

static int run(struct replay_run *r)
{
	struct ruleset_options options = {
		.min_priority = (enum priority)r->min_priority,
		.all_matches = r->all_matches,
	};
	struct timespec begin;
	struct timespec end;
	int result;

	r->form = alert_form_find(r->json ? "json" : "text");
	r->set = ruleset_new(&options);
	result = cmd_load_rules("replay", r->set, r->rule_files,
				r->rule_count);
	if (result)
		return result;
	select_rules(r);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (unsigned i = 0; i < r->file_count; i++)
		if (replay_file(r, r->files[i]))
			result = EXIT_ERROR;
	clock_gettime(CLOCK_MONOTONIC, &end);
	summary(r, (double)(end.tv_sec - begin.tv_sec) +
			   (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
	return result ? result : r->failed_on ? EXIT_ALERTS : EXIT_OK;
}

int cmd_replay(int argc, char **argv)
{
	static char output[1 << 16];
	const char **words = mem_zalloc(5 * (size_t)(argc + 1) *
					sizeof(*words));
	struct replay_run r = { .files = words,
				.rule_files = words + (argc + 1),
				.tags_on = words + 2 * (argc + 1),
				.tags_off = words + 3 * (argc + 1),
				.names_off = words + 4 * (argc + 1),
				.fail_on = -1,
				.min_priority = PRIORITY_DEBUG };
	int result;

	setvbuf(stdout, output, _IOFBF, sizeof(output));
	result = parse_options(&r, argc, argv);
	if (result == EXIT_OK)
		result = run(&r);
	ruleset_free(r.set);
	buffer_free(&r.line);
	free(words);
	return result < 0 ? EXIT_OK : result;
}

int cmd_check(int argc, char **argv)
{
	struct ruleset_options options = { .min_priority = PRIORITY_DEBUG };
	struct ruleset *set = ruleset_new(&options);
	int result = EXIT_OK;

	if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		puts("usage: spoor check RULES...\n\n"
		     "Validates rules files, loaded in this order.  Exit code: "
		     "0 valid, 1 not.");
		ruleset_free(set);
		return argc < 2 ? EXIT_ERROR : EXIT_OK;
	}
	for (int i = 1; i < argc && !result; i++) {
		const struct rule_issue *issues;
		unsigned before, n;
		struct error err;

		ruleset_issues(set, &before);
		result = ruleset_load(set, argv[i], &err) ? EXIT_ERROR
							  : EXIT_OK;
		issues = ruleset_issues(set, &n);
		for (unsigned k = before; k < n; k++)
			print_issue(&issues[k], stdout);
		printf("%s: %s%s\n", argv[i], result ? "Invalid" : "Ok",
		       !result && n > before ? ", with warnings" : "");
		if (result && n == before)
			cmd_fail("check", &err);
	}
	ruleset_free(set);
	return result;
}
