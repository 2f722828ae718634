/* SPDX-License-Identifier: Apache-2.0 */
/* spoor replay: evaluates captures against rules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/replay_stats.h"
#include "cmd/rule_diff.h"
#include "core/file/file.h"
#include "core/text.h"
#include "flow/parallel.h"
#include "replay/replay.h"
#include "replay/rules/explain.h"

struct replay_run {
	struct rule_options rules;
	struct captures captures;
	struct word_list named; /* -e */
	uint64_t seconds;	/* -M; 0: no limit */
	int fail_on;
	uint64_t threads;
	bool stats;
	const char *explain, *diff_old, *diff_new;
	struct profile *profile;
	struct explanation *explanation;
	const struct alert_form *form;
	struct ruleset *set;
	struct replay_options options; /* of the current pass */
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
	r->form->write(&r->line, &alert, &r->rules.alerts);
	fwrite(r->line.data, 1, r->line.len, stdout);
}

static int take_fail_on(const struct option_use *use)
{
	struct replay_run *r = use->to;

	r->fail_on = priority_find(use->value);
	return r->fail_on >= 0 ? EXIT_OK
			       : option_refuse("replay", use->name, use->value,
					       PRIORITY_WORDS);
}

/* -U: write each alert at once. */
static int take_unbuffered(const struct option_use *use)
{
	struct replay_run *r = use->to;

	r->rules.buffered = false;
	return EXIT_OK;
}

/* --diff OLD NEW: NEW is the next word. */
static int take_diff(const struct option_use *use)
{
	struct replay_run *r = use->to;

	r->diff_old = use->value;
	if (!use->rest[0] || *use->rest[0] == '-')
		return cmd_usage_error("replay", "--diff needs two rules "
						 "files");
	r->diff_new = use->rest[0];
	optind++;
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct replay_run, member)
static const struct option_row option_rows[] = {
	{ .letters = "e",
	  .argument = "FILE",
	  .take = option_word,
	  AT(named),
	  .help = "a capture to replay (the option may be omitted)" },
	{ .letters = "M",
	  .argument = "SECONDS",
	  .take = option_number,
	  AT(seconds),
	  .help = "evaluate only the first SECONDS of each capture",
	  .max = UINT32_MAX },
	{ .letters = "U",
	  .name = "unbuffered",
	  .take = take_unbuffered,
	  .help = "write each alert at once (default: only on a terminal)" },
	{ .letters = "j",
	  .argument = "N",
	  .take = option_number,
	  AT(threads),
	  .help = "use N cores (0: all).  Captures with keyframes are split; "
		  "the output does not change.  The files of one rotated "
		  "recording are evaluated by one core, because state carries "
		  "over from file to file",
	  .fallback = "1",
	  .max = 1024 },
	{ .name = "fail-on",
	  .argument = "PRIORITY",
	  .take = take_fail_on,
	  .help = "exit with code 2 if any alert has at least this priority",
	  .words = PRIORITY_WORDS },
	{ .name = "explain",
	  .argument = "RULE[@EVENT]",
	  .take = option_text,
	  AT(explain),
	  .help = "explain why a rule matches or not: print its condition "
		  "with the values at event number EVENT (evt.num), or at the "
		  "events that match or come closest; with --json as one "
		  "object" },
	{ .name = "diff",
	  .argument = "OLD NEW",
	  .take = take_diff,
	  .help = "compare the alerts of OLD and NEW rules: lost (-), gained "
		  "(+) and changed (< >).  Rules given by -r are loaded "
		  "before both.  Exits with code 2 if there are differences.  "
		  "With --json: one object per difference, and one with "
		  "totals at the end" },
	{ .name = "stats",
	  .take = option_flag,
	  AT(stats),
	  .help = "print events per second, the cost of each rule and field "
		  "(measuring it slows down the replay), and the number of "
		  "matches of every rule; on stderr, or with --json as one "
		  "object" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = {
	{ rule_option_rows, offsetof(struct replay_run, rules) },
	{ option_rows, 0 },
	{ NULL, 0 },
};

/* Collects the captures of -e and the remaining words. */
static int take_captures(struct replay_run *r, char **words, int count)
{
	if (r->named.count &&
	    captures_take(&r->captures, "replay", (char *const *)r->named.items,
			  (int)r->named.count))
		return EXIT_ERROR;
	return captures_take(&r->captures, "replay", words, count);
}

/* EXIT_OK, EXIT_ERROR, or OPTIONS_DONE. */
static int parse(struct replay_run *r, int argc, char **argv)
{
	int result = options_parse(&command_replay, r, argc, argv);

	if (result != EXIT_OK)
		return result;
	if (!r->threads)
		r->threads = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
	if (take_captures(r, argv + optind, argc - optind))
		return EXIT_ERROR;
	if (!r->rules.files.count && !r->diff_old)
		return cmd_usage_error("replay", "no rules are named (-r)");
	return EXIT_OK;
}

static void on_explained(void *user, const struct field_context *context)
{
	struct replay_run *r = user;

	explain_event(r->explanation, context);
}

/* Parses RULE or RULE@EVENT; rule names may contain an '@'. */
static int start_explanation(struct replay_run *r)
{
	const char *at = strrchr(r->explain, '@');
	char *name = mem_strdup(r->explain);
	uint64_t event = 0;
	struct error err;
	int failed;

	if (at && at[1] && strspn(at + 1, "0123456789") == strlen(at + 1)) {
		name[at - r->explain] = '\0';
		event = strtoull(at + 1, NULL, 10);
	}
	failed = explain_new(&r->explanation, r->set, name, event, &err);
	free(name);
	if (failed)
		return cmd_fail("replay", &err);
	if (r->rules.json)
		explain_as_json(r->explanation);
	return EXIT_OK;
}

static struct event_sink *begin_capture(void *user, const char *path)
{
	struct replay_run *r = user;

	(void)path;
	r->replay = replay_new(&r->options);
	return replay_sink(r->replay);
}

static void end_capture(void *user, const struct capture_source *source,
			enum pump_end why)
{
	struct replay_run *r = user;

	(void)why;
	r->events += reader_stats(source->reader)->events;
	replay_free(r->replay);
	fflush(stdout);
}

/* Replays all captures, one after the other, with these options. */
static int replay_files(struct replay_run *r,
			const struct replay_options *options)
{
	const struct pass pass = { .command = "replay",
				   .seconds = r->seconds,
				   .is_silent = r->profile,
				   .begin = begin_capture,
				   .end = end_capture,
				   .user = r };

	r->options = *options;
	return captures_pass(&r->captures.files, &pass);
}

static int evaluate(struct replay_run *r)
{
	struct replay_options options = { .rules = r->set,
					  .alert = on_alert,
					  .user = r };

	rule_options_apply(&r->rules, &options);
	return replay_files(r, &options);
}

static void print_explanation(struct replay_run *r)
{
	struct buffer out = { 0 };

	explain_print(r->explanation, &out);
	cmd_say_lines(stdout, (char *)out.data, out.len);
	explain_free(r->explanation);
	buffer_free(&out);
}

static int explain(struct replay_run *r)
{
	const struct replay_options options = { .event = on_explained,
						.user = r };
	int result;

	if (start_explanation(r))
		return EXIT_ERROR;
	result = replay_files(r, &options);
	print_explanation(r);
	return result;
}

static int end_parallel(const struct evidence *evidence, int code,
			const struct error *err)
{
	return cmd_read_end("replay", evidence, code, err);
}

/* Replays parts of the captures on several cores. */
static int replay_parallel(struct replay_run *r)
{
	struct parallel_options options = { .files = r->captures.files.items,
					    .count = r->captures.files.count,
					    .threads = (unsigned)r->threads,
					    .form = r->form,
					    .alerts = &r->rules.alerts,
					    .fail_on = r->fail_on,
					    .out = stdout,
					    .ended = end_parallel };
	struct parallel_result result;

	rule_options_apply(&r->rules, &options.replay);
	parallel_replay(&options, r->set, &result);
	r->events = result.events;
	r->alerts = result.alerts;
	r->failed_on = result.failed_on;
	return result.failed ? EXIT_ERROR : EXIT_OK;
}

static void on_profiled(void *user, const struct field_context *context)
{
	struct replay_run *r = user;

	profile_event(r->profile, context);
}

/* A second pass over the captures, which only measures. */
static void measure(struct replay_run *r, const struct replay_stats *stats)
{
	const struct replay_options options = { .event = on_profiled,
						.user = r };

	r->profile = profile_new(r->set);
	replay_files(r, &options);
	replay_stats_costs(stats, r->profile);
	profile_free(r->profile);
}

/*
 * Are the captures one series?  Then one core reads it, and alerts are written
 * at once.
 */
static bool is_one_series(const struct replay_run *r)
{
	const struct word_list *files = &r->captures.files;

	return files->count > 1 &&
	       series_len(files->items, files->count) == files->count;
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int replay(struct replay_run *r)
{
	struct replay_stats stats;
	int result = EXIT_OK;
	double began;

	if (r->diff_old)
		return rule_diff(&r->rules, r->diff_old, r->diff_new,
				 &r->captures.files);
	r->form = rule_options_form(&r->rules);
	r->set = rule_options_load(&r->rules, "replay");
	if (!r->set)
		return EXIT_ERROR;
	rule_options_warn(&r->rules, r->set, "replay");
	if (r->explain)
		return explain(r);
	began = now_s();
	if (r->threads > 1 && !r->seconds && !is_one_series(r))
		result = replay_parallel(r);
	else
		result = evaluate(r);
	stats = (struct replay_stats){ .events = r->events,
				       .alerts = r->alerts,
				       .seconds = now_s() - began,
				       .is_full = r->stats,
				       .as_json = r->rules.json };
	replay_stats_say(&stats, r->set);
	if (r->stats)
		measure(r, &stats);
	return result ? result : r->failed_on ? EXIT_ALERTS : EXIT_OK;
}

static int run(int argc, char **argv)
{
	static char output[1 << 16];
	struct replay_run r = { .rules = RULE_OPTIONS_INIT, .fail_on = -1 };
	int result;

	result = parse(&r, argc, argv);
	if (result == EXIT_OK)
		setvbuf(stdout, output,
			r.rules.buffered && !isatty(STDOUT_FILENO) ? _IOFBF
								   : _IOLBF,
			sizeof(output));
	if (result == EXIT_OK)
		result = replay(&r);
	ruleset_free(r.set);
	buffer_free(&r.line);
	rule_options_free(&r.rules);
	captures_free(&r.captures);
	free(r.named.items);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_replay = {
	.name = "replay",
	.help = "evaluate captures against Falco rules",
	.run = run,
	.usage = "spoor replay FILE... -r RULES... [options]\n"
		 "       spoor replay --diff OLD_RULES NEW_RULES FILE... "
		 "[options]\n",
	.about = "Evaluates captures (\"-\": standard input; a folder: all "
		 "captures in it)\n"
		 "against Falco rules files and prints alerts as Falco "
		 "does.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE
	"2 (unless 1 applies): alerts with --fail-on, or differences with "
	"--diff.\n",
	.has_falco_names = true,
};
