/* SPDX-License-Identifier: Apache-2.0 */
/* spoor record: records a command, running processes or a container. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/capture.h"
#include "capture/packets.h"
#include "capture/record/syscalls.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output_options.h"
#include "cmd/record.h"
#include "cmd/record_packets.h"
#include "cmd/record_signals.h"
#include "cmd/recorded.h"
#include "flow/live_rules.h"

enum {
	LOOK_EVERY = 64,     /* events */
	SOON_NS = 1000000000 /* processes that end sooner are not mentioned */
};

/* zstd's level: 3, its default, takes half as long again for 1 % less. */
enum { LEVEL = 1 };

/* Loads the rules and starts to evaluate them. */
static int start_rules(struct recording *r, struct error *err)
{
	struct ruleset_options options = { .min_priority = PRIORITY_DEBUG };
	FILE *alerts = NULL;

	if (!r->rule_files.count)
		return 0;
	r->rules = ruleset_new(&options);
	if (cmd_load_rules("record", r->rules, &r->rule_files))
		return error_set(err, ERROR_SYNTAX,
				 "the rules cannot be "
				 "loaded");
	if (r->alerts_path) {
		if (newfile_open(&r->alerts, r->alerts_path, NEWFILE_APPENDS,
				 err))
			return -1;
		alerts = newfile_stdio(&r->alerts);
	}
	r->live_rules = live_rules_new(r->rules, stderr, alerts);
	return 0;
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* Prints what is being recorded, and stores it in the capture. */
static int say_what(struct recording *r, struct error *err)
{
	const struct capture_options *capture = &r->live_options.capture;
	struct recorded recorded = { .items = NULL };

	if (!capture->command) {
		recorded_look(&recorded, r->live);
		recorded_print(&recorded, stderr);
	}
	recorded_json(&recorded, capture, live_engine(r->live), r->argv,
		      &r->origin);
	recorded_free(&recorded);
	return output_set_origin(r->output, (char *)r->origin.data, err);
}

static uint64_t lost_events(void *user)
{
	const struct recording *r = user;
	struct capture_stats stats;

	live_stats(r->live, &stats);
	return stats.dropped;
}

static void next_file(void *user)
{
	record_packets_next(user);
}

/* Opens everything that a recording needs. */
static int open_all(struct recording *r, struct error *err)
{
	if (r->interface)
		r->output_options.beside = record_packets_name;
	r->output_options.lost = lost_events;
	r->output_options.next_file = next_file;
	r->output_options.user = r;
	if (start_rules(r, err) ||
	    output_take_stdout(&r->output_options, err) ||
	    output_open(&r->output, &r->output_options, err))
		return -1;
	if (record_packets_start(r, err) ||
	    live_open(&r->live, &r->live_options, err)) {
		packets_discard(r->packets);
		r->packets = NULL;
		output_discard(r->output);
		return -1;
	}
	return 0;
}

/* Reports once that the command has ended while other processes continue. */
static void report_command_end(struct recording *r)
{
	unsigned count;

	if (!r->command_end_ns) {
		if (record_command_has_ended())
			r->command_end_ns = now_ns();
		return;
	}
	if (now_ns() < r->command_end_ns + SOON_NS)
		return;
	r->is_end_reported = true;
	count = recorded_count();
	if (count)
		cmd_note("record",
			 "the command has ended, %u of its processes %s on: "
			 "Ctrl-C or kill %d ends the recording",
			 count, count == 1 ? "goes" : "go", (int)getpid());
}

/* Called periodically by the pump: false ends the recording. */
static bool look(void *user)
{
	struct recording *r = user;

	if (r->live_options.capture.command && !r->is_end_reported)
		report_command_end(r);
	return !r->stop_at_ns || now_ns() < r->stop_at_ns;
}

/* Connects the engine to the files and the live rules. */
static void connect_ends(struct recording *r)
{
	r->source = live_source_of(r->live, r->events_max);
	r->pump = (struct pump){ .source = &r->source.source,
				 .sinks = { output_sink(r->output) },
				 .stop = record_signals_flag(),
				 .look = look,
				 .user = r,
				 .look_every = LOOK_EVERY };
	if (r->live_rules)
		r->pump.sinks[1] = live_rules_sink(r->live_rules);
}

static int start(struct recording *r, struct error *err)
{
	if (open_all(r, err))
		return -1;
	output_set_engine(r->output, live_engine(r->live));
	if (r->sync_s)
		output_sync(r->output, (unsigned)r->sync_s);
	record_signals_pass(live_command(r->live));
	if (say_what(r, err))
		return -1;
	if (r->seconds_max)
		r->stop_at_ns = now_ns() + r->seconds_max * 1000000000u;
	if (access("/proc/self/status", R_OK))
		fputs("spoor record: /proc is not mounted: names, files and "
		      "users of processes remain unknown\n",
		      stderr);
	connect_ends(r);
	return live_source_state(&r->source, &r->pump, err);
}

static void print_alert_counts(const struct live_rules *live)
{
	uint64_t skipped = live_rules_skipped(live);

	fprintf(stderr, "spoor record: %llu live alerts\n",
		(unsigned long long)live_rules_alerts(live));
	if (skipped)
		fprintf(stderr,
			"spoor record: %llu events were not evaluated live; "
			"run spoor replay\n",
			(unsigned long long)skipped);
}

/* Prints the totals of the recording. */
static void summary(const struct recording *r)
{
	uint64_t events = output_events(r->output); /* in the file */
	struct capture_stats stats;

	live_stats(r->live, &stats);
	fprintf(stderr,
		"spoor record: %llu events, %llu bytes (%.1f per event), "
		"%llu drops, %llu unreadable, engine %s\n",
		(unsigned long long)events,
		(unsigned long long)output_len(r->output),
		events ? (double)output_len(r->output) / (double)events : 0,
		(unsigned long long)stats.dropped,
		(unsigned long long)stats.unreadable, live_why(r->live));
	output_report_missing(r->output, "record");
	if (output_files(r->output) > 1)
		cmd_note("record", "in %llu files, the last is %s",
			 (unsigned long long)output_files(r->output),
			 output_path(r->output));
	if (r->live_rules)
		print_alert_counts(r->live_rules);
}

/* The exit code that a shell would return. */
static int exit_code(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* The exit code of the command, which may continue after the recording. */
static int command_code(pid_t command, int status)
{
	while (status < 0 &&
	       (waitpid(command, &status, 0) >= 0 || errno == EINTR))
		;
	return status < 0 ? EXIT_OK : exit_code(status);
}

/* Ends the command before it ran, after an error. */
static void give_up(struct recording *r)
{
	if (r->live && live_command(r->live) > 0)
		kill(live_command(r->live), SIGKILL);
	live_close(r->live);
	r->live = NULL;
}

/* Records until the end, and completes the files. */
static int record(struct recording *r)
{
	struct error err;
	int result = EXIT_OK;
	pid_t command;
	int status;
	int code;

	if (start(r, &err)) {
		give_up(r);
		return cmd_fail("record", &err);
	}
	if (pump_run(&r->pump, &err) < 0)
		result = cmd_fail("record", &err);
	if (pump_finish(&r->pump, &err))
		result = cmd_fail("record", &err);
	if (record_packets_stop(r))
		result = EXIT_ERROR;
	if (r->alerts.fd >= 0 && newfile_finish(&r->alerts, &err))
		result = cmd_fail("record", &err);
	summary(r);
	command = live_command(r->live);
	status = live_close(r->live);
	if (r->live_options.capture.command) {
		code = command_code(command, status);
		result = result == EXIT_OK ? code : result;
	}
	return result;
}

static int run(int argc, char **argv)
{
	struct recording *r = mem_zalloc(sizeof(*r));
	int result;

	r->output_options.writer.level = LEVEL;
	r->alerts.fd = -1;
	result = record_parse(r, argc, argv);
	if (result == EXIT_OK) {
		record_signals_set();
		result = record(r);
	}
	output_close(r->output);
	live_rules_free(r->live_rules);
	ruleset_free(r->rules);
	newfile_close(&r->alerts);
	buffer_free(&r->origin);
	free(r->rule_files.items);
	free(r->pids);
	free(r);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_record = {
	.name = "record",
	.help = "record what a command, process or container does",
	.run = run,
	.usage =
		"spoor record -o FILE.scap.zst [options] -- COMMAND...\n"
		"       spoor record -o FILE.scap.zst [options] -p PID...\n"
		"       spoor record -o FILE.scap.zst [options] --container ID\n",
	.about = "Records every system call of a command, of running "
		 "processes, or of all\n"
		 "processes of a container, and of every process that they "
		 "start.\n",
	.options = record_options,
	.notes = "Exit code: that of the command (128 + N if signal N killed "
		 "it), or 1 after an\n"
		 "error.  Signals sent to spoor are forwarded to the command.  "
		 "Once the command\n"
		 "has ended, or if there is none, Ctrl-C (INT, TERM, HUP) "
		 "stops the recording\n"
		 "and the remaining processes continue; a second Ctrl-C ends "
		 "spoor immediately.\n",
	.ends_at_word = true,
};
