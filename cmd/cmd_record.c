/* SPDX-License-Identifier: Apache-2.0 */
/* spoor record: what a command or running processes do, into a capture. */
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
#include "capture/syscalls.h"
#include "cmd/cmd.h"
#include "cmd/live_rules.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/recorded.h"

/* clang-format off */
enum { SNAPLEN_MAX = 65000, LOOK_EVERY = 64 };
/* clang-format on */

/* Of zstd: 3, its default, takes half as long again for 1 % less. */
enum { LEVEL = 1 };

static volatile sig_atomic_t stop_signal;
static volatile pid_t command_pid; /* who gets signals sent to us; or 0 */

struct recording {
	const char *alerts_path, *interface, *packet_filter;
	char *const *argv; /* of the subcommand */
	struct buffer origin;
	struct word_list rule_files;
	pid_t *pids;
	uint64_t snaplen;
	struct live_options live_options;
	struct output_options output_options;
	bool syscalls[SYSCALL_MAX];
	struct live *live;
	struct output *output;
	struct ruleset *rules;
	struct live_rules *live_rules;
	struct packets *packets;
	FILE *alerts;
	uint64_t events;
	uint64_t events_max, seconds_max, stop_at_ns; /* 0: no end */
	uint64_t sync_s;
	struct buffer left_out; /* a sentence; "": nothing was */
	const char *left_out_text;
};

/* Calls that readers would look for: named if they are left out. */
static const char *const looked_for[] = {
	"execve", "connect",  "accept",	 "accept4",  "bind",   "listen",
	"sendto", "recvfrom", "sendmsg", "recvmsg",  "open",   "openat",
	"read",	  "write",    "unlink",	 "unlinkat", "rename", "renameat2",
	"chmod",  "fchmodat", "setuid",	 "ptrace",   "mount",
};

/* The capture says which calls it does not have. */
static void leave_out(struct recording *r, const char *list)
{
	struct buffer *b = &r->left_out;
	const char *comma = "";

	b->len = 0;
	buffer_printf(b, "not recorded: ");
	for (size_t i = 0; i < sizeof(looked_for) / sizeof(char *); i++) {
		int nr = syscall_find(looked_for[i]);

		if (nr < 0 || r->syscalls[nr])
			continue;
		buffer_printf(b, "%s%s", comma, looked_for[i]);
		comma = ", ";
	}
	buffer_printf(b, "%sall calls but %s (--syscalls)",
		      *comma ? " and " : "", list);
	buffer_u8(b, '\0');
	r->left_out_text = (char *)b->data;
	r->output_options.writer.left_out = &r->left_out_text;
	r->output_options.writer.left_out_count = 1;
}

/* A terminal's signals reach the command without us. */
static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)context;
	stop_signal = sig;
	if (command_pid > 0 && info->si_code <= 0)
		kill(command_pid, sig);
}

static int take_syscalls(const struct option_use *use)
{
	struct recording *r = use->to;
	char *list = mem_strdup(use->value), *save;
	int result = EXIT_OK;

	for (char *name = strtok_r(list, ",", &save); name && !result;
	     name = strtok_r(NULL, ",", &save)) {
		int nr = syscall_find(name);

		if (nr < 0)
			result = cmd_usage_error("record",
						 "no system call "
						 "'%s'",
						 name);
		else
			r->syscalls[nr] = true;
	}
	r->live_options.capture.syscalls = r->syscalls;
	if (!result)
		leave_out(r, use->value);
	free(list);
	return result;
}

static int add_pid(struct recording *r, const char *name, const char *text)
{
	struct capture_options *capture = &r->live_options.capture;
	uint64_t pid = 0;

	if (cmd_number("record", name, text, INT32_MAX, &pid))
		return EXIT_ERROR;
	r->pids = mem_realloc(r->pids,
			      (capture->pid_count + 1) * sizeof(*r->pids));
	r->pids[capture->pid_count++] = (pid_t)pid;
	capture->pids = r->pids;
	return EXIT_OK;
}

static int take_pid(const struct option_use *use)
{
	return add_pid(use->to, use->name, use->value);
}

/* A second word that options or "--" follow is the filter. */
static int take_packets(const struct option_use *use)
{
	struct recording *r = use->to;
	char **rest = use->rest;

	r->interface = use->value;
	if (rest[0] && rest[0][0] != '-' && rest[1] && rest[1][0] == '-') {
		r->packet_filter = rest[0];
		optind++;
	}
	return EXIT_OK;
}

#define AT(member)	.at = offsetof(struct recording, member)
#define CAPTURE(member) AT(live_options.capture.member)
static const struct option_row option_rows[] = {
	{ .letters = "p",
	  .name = "pid",
	  .argument = "PID",
	  .take = take_pid,
	  .help = "attach to a process, all its threads; may be repeated.  "
		  "Children it has already: name them" },
	{ .name = "container",
	  .argument = "ID",
	  .take = option_text,
	  CAPTURE(container),
	  .help = "attach to all processes of a container: its id (12 digits "
		  "do) or name as in /proc/PID/cgroup, or one of its "
		  "processes.  Who enters it later from outside (docker exec) "
		  "is not seen" },
	{ .letters = "n",
	  .name = "count",
	  .argument = "COUNT",
	  .take = option_number,
	  AT(events_max),
	  .help = "end the recording after so many events" },
	{ .letters = "M",
	  .name = "seconds",
	  .argument = "SECONDS",
	  .take = option_number,
	  AT(seconds_max),
	  .help = "end it after so long; a command goes on unrecorded",
	  .max = UINT32_MAX },
	{ .name = "engine",
	  .argument = "NAME",
	  .take = option_text,
	  AT(live_options.engine),
	  .help = "how to record: auto, inject, ptrace",
	  .fallback = "auto",
	  .words = "auto,inject,ptrace" },
	{ .letters = "s",
	  .name = "snaplen",
	  .argument = "N",
	  .take = option_number,
	  AT(snaplen),
	  .help = "bytes of I/O data per call",
	  .fallback = "80",
	  .max = SNAPLEN_MAX },
	{ .name = "syscalls",
	  .argument = "LIST",
	  .take = take_syscalls,
	  .help = "record only these, separated by commas" },
	{ .name = "seccomp",
	  .take = option_flag,
	  CAPTURE(seccomp),
	  .help = "let the calls that --syscalls leaves out run at full "
		  "speed, stopped by nothing.  But if spoor is killed, the "
		  "recorded calls fail in the command (ENOSYS)" },
	{ .name = "inodes",
	  .argument = "WHICH",
	  .take = option_choice,
	  CAPTURE(inodes),
	  .help = "files whose inode is told as they are opened: written "
		  "(those opened to be written or made), all (an open takes "
		  "longer), or none",
	  .fallback = "written",
	  .words = "written,all,none" },
	{ .name = "on-overflow",
	  .argument = "WHAT",
	  .take = option_choice,
	  CAPTURE(overflow),
	  .help = "where recording is slower than the command: block (it "
		  "waits), or drop (events are lost, and counted)",
	  .fallback = "block",
	  .words = "block,drop" },
	{ .name = "sync",
	  .argument = "SECONDS",
	  .take = option_number,
	  AT(sync_s),
	  .help = "what is recorded is on the disk (fdatasync) at least so "
		  "often, and when a file is complete; 0: when the system "
		  "likes",
	  .fallback = "5",
	  .max = UINT32_MAX },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(rule_files),
	  .help = "alert live by a Falco rules file; may be repeated" },
	{ .name = "alerts",
	  .argument = "FILE",
	  .take = option_text,
	  AT(alerts_path),
	  .help = "the alerts as JSON lines, too" },
	{ .name = "packets",
	  .argument = "IFACE ['FILTER']",
	  .take = take_packets,
	  .help = "record its packets beside, NAME.pcapng.zst; only those "
		  "that match (pcap-filter(7))" },
	{ .take = NULL },
};
#undef CAPTURE
#undef AT

static const struct option_group option_groups[] = {
	{ output_rows, offsetof(struct recording, output_options) },
	{ option_rows, 0 },
	{ NULL, 0 },
};

/* EXIT_OK, EXIT_ERROR, or OPTIONS_DONE. */
static int parse(struct recording *r, int argc, char **argv)
{
	struct capture_options *capture = &r->live_options.capture;
	int result = options_parse(&command_record, r, argc, argv);
	r->argv = argv;

	if (result)
		return result;
	capture->snaplen = (uint32_t)r->snaplen;
	/* -p PID PID...: further numbers are processes too. */
	while (capture->pid_count && optind < argc)
		if (add_pid(r, "-p", argv[optind++]))
			return EXIT_ERROR;
	if (optind < argc)
		capture->command = argv + optind;
	if (output_settle(&r->output_options, "record"))
		return EXIT_ERROR;
	if (r->interface && !strcmp(r->output_options.path, "-"))
		return cmd_usage_error("record", "--packets goes beside a file,"
						 " not beside standard output");
	if (!capture->command + !capture->pid_count + !capture->container != 2)
		return cmd_usage_error("record",
				       "record one of: -- COMMAND, -p PID, "
				       "--container ID");
	return EXIT_OK;
}

static int put_meta(void *user, const struct meta *meta, struct error *err)
{
	struct recording *r = user;

	if (r->live_rules)
		live_rules_meta(r->live_rules, meta);
	return output_meta(r->output, meta, err);
}

/* NAME.scap.zst -> NAME.pcapng.zst */
static void packets_path(const char *path, char *out, size_t len)
{
	const char *end = strstr(path, ".scap");

	snprintf(out, len, "%.*s.pcapng.zst",
		 (int)(end ? (size_t)(end - path) : strlen(path)), path);
}

static int start_packets(struct recording *r, struct error *err)
{
	char path[4096];
	struct packets_options options = {
		.interface = r->interface,
		.filter = r->packet_filter,
		.path = path,
		.force = r->output_options.writer.force
	};

	if (!r->interface)
		return 0;
	packets_path(output_path(r->output), path, sizeof(path));
	return packets_start(&r->packets, &options, err);
}

static int start_rules(struct recording *r, struct error *err)
{
	struct ruleset_options options = { .min_priority = PRIORITY_DEBUG };

	if (!r->rule_files.count)
		return 0;
	r->rules = ruleset_new(&options);
	if (cmd_load_rules("record", r->rules, &r->rule_files))
		return error_set(err, ERROR_SYNTAX, "the rules do not load");
	if (r->alerts_path) {
		r->alerts = fopen(r->alerts_path, "we");
		if (!r->alerts)
			return error_errno(err, "%s", r->alerts_path);
	}
	r->live_rules = live_rules_new(r->rules, stderr, r->alerts);
	return 0;
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* On stderr, and in the capture. */
static int say_what(struct recording *r, struct error *err)
{
	const struct capture_options *capture = &r->live_options.capture;
	struct recorded recorded = { .items = NULL };

	if (!capture->command) {
		recorded_look(&recorded, r->live);
		recorded_say(&recorded, stderr);
	}
	recorded_json(&recorded, capture, live_engine(r->live), r->argv,
		      &r->origin);
	recorded_free(&recorded);
	return output_set_origin(r->output, (char *)r->origin.data, err);
}

static int start(struct recording *r, struct error *err)
{
	if (start_rules(r, err) ||
	    output_take_stdout(&r->output_options, err) ||
	    output_open(&r->output, &r->output_options, err))
		return -1;
	if (start_packets(r, err) ||
	    live_open(&r->live, &r->live_options, err)) {
		output_discard(r->output);
		return -1;
	}
	output_set_engine(r->output, live_engine(r->live));
	if (r->sync_s)
		output_sync(r->output, (unsigned)r->sync_s);
	command_pid = live_command(r->live);
	if (say_what(r, err))
		return -1;
	if (r->seconds_max)
		r->stop_at_ns = now_ns() + r->seconds_max * 1000000000u;
	if (access("/proc/self/status", R_OK))
		fputs("spoor record: /proc is not mounted here: names, files "
		      "and users of processes stay unknown\n",
		      stderr);
	if (live_snapshot(r->live, put_meta, r, err))
		return -1;
	if (r->live_rules)
		live_rules_start(r->live_rules);
	return 0;
}

/* With a command, signals are its own affair; it ends the recording. */
static bool must_stop(const struct recording *r)
{
	if (r->events_max && r->events >= r->events_max)
		return true;
	return stop_signal && !r->live_options.capture.command;
}

/* Looked at now and then: whenever no event came for a while, and so often. */
static bool is_over(const struct recording *r)
{
	return r->stop_at_ns && now_ns() >= r->stop_at_ns;
}

static uint64_t lost_events(const struct recording *r)
{
	struct capture_stats stats;

	live_stats(r->live, &stats);
	return stats.dropped;
}

static int put_event(struct recording *r, const struct item *item,
		     struct error *err)
{
	if (output_is_full(r->output, &item->event) &&
	    output_rotate(r->output, &item->event, lost_events(r), err))
		return -1;
	return output_event(r->output, item, err);
}

static int pump(struct recording *r, struct error *err)
{
	static struct item item;
	bool done = false;

	while (!done && !must_stop(r)) {
		int code = live_next(r->live, 250, &item, &done, err);

		if (code < 0)
			return -1;
		if ((code == 0 || r->events % LOOK_EVERY == 0) && is_over(r))
			break;
		if (code == 0) {
			if (output_tick(r->output, err))
				return -1;
			continue;
		}
		r->events += !event_is_hidden(&item.event);
		if (put_event(r, &item, err))
			return -1;
		if (r->live_rules)
			live_rules_put(r->live_rules, &item.event);
	}
	return 0;
}

static void summary(const struct recording *r, uint64_t alerts,
		    uint64_t skipped)
{
	struct capture_stats stats;

	live_stats(r->live, &stats);
	fprintf(stderr,
		"spoor record: %llu events, %llu bytes (%.1f a piece), "
		"%llu drops, %llu unreadable, engine %s\n",
		(unsigned long long)r->events,
		(unsigned long long)output_len(r->output),
		r->events ? (double)output_len(r->output) / (double)r->events
			  : 0,
		(unsigned long long)stats.dropped,
		(unsigned long long)stats.unreadable, live_why(r->live));
	output_tell_missing(r->output, "record");
	if (output_files(r->output) > 1)
		fprintf(stderr, "spoor record: in %llu files, the last is %s\n",
			(unsigned long long)output_files(r->output),
			output_path(r->output));
	if (r->live_rules)
		fprintf(stderr, "spoor record: %llu live alerts\n",
			(unsigned long long)alerts);
	if (skipped)
		fprintf(stderr,
			"spoor record: %llu events were not evaluated live; "
			"run spoor replay\n",
			(unsigned long long)skipped);
}

static int stop_packets(struct recording *r)
{
	struct packets_stats stats = { 0 };
	struct error err;

	if (!r->packets)
		return EXIT_OK;
	packets_stats(r->packets, &stats);
	if (packets_stop(r->packets, &err))
		return cmd_fail("record", &err);
	fprintf(stderr, "spoor record: %llu packets, %llu dropped\n",
		(unsigned long long)stats.packets,
		(unsigned long long)stats.dropped);
	return EXIT_OK;
}

/* The exit code a shell would give. */
static int exit_code(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* Of the command: it may go on after the recording. */
static int command_code(int status)
{
	while (status < 0 &&
	       (waitpid(command_pid, &status, 0) >= 0 || errno == EINTR))
		;
	return status < 0 ? EXIT_OK : exit_code(status);
}

/* Before the command ran: it never will. */
static void give_up(struct recording *r)
{
	if (command_pid > 0)
		kill(command_pid, SIGKILL);
	live_close(r->live);
}

static int record(struct recording *r)
{
	struct error err;
	uint64_t alerts = 0;
	uint64_t skipped = 0;
	int result = EXIT_OK;
	int status;
	int code;

	if (start(r, &err)) {
		give_up(r);
		return cmd_fail("record", &err);
	}
	if (pump(r, &err))
		result = cmd_fail("record", &err);
	if (r->live_rules)
		skipped = live_rules_stop(r->live_rules, &alerts);
	output_set_lost(r->output, lost_events(r));
	if (output_finish(r->output, &err))
		result = cmd_fail("record", &err);
	if (stop_packets(r))
		result = EXIT_ERROR;
	summary(r, alerts, skipped);
	status = live_close(r->live);
	if (r->live_options.capture.command) {
		code = command_code(status);
		result = result == EXIT_OK ? code : result;
	}
	return result;
}

static void on_pipe(int sig, siginfo_t *info, void *context)
{
	(void)sig; /* write() says EPIPE */
	(void)info;
	(void)context;
}

/*
 * Handlers only: exec gives the command the defaults again, and what was
 * ignored (nohup, a job in the background) stays ignored for both.
 */
static void set_signals(void)
{
	static const int signals[] = { SIGINT,	SIGTERM, SIGHUP, SIGQUIT,
				       SIGUSR1, SIGUSR2, SIGPIPE };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction action = { .sa_sigaction =
						    signals[i] == SIGPIPE
							    ? on_pipe
							    : on_signal,
					    .sa_flags = SA_SIGINFO };
		struct sigaction before;

		if (!sigaction(signals[i], NULL, &before) &&
		    before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

static int run(int argc, char **argv)
{
	struct recording *r = mem_zalloc(sizeof(*r));
	int result;

	r->output_options.writer.level = LEVEL;
	result = parse(r, argc, argv);
	if (result == EXIT_OK) {
		set_signals();
		result = record(r);
	}
	output_close(r->output);
	ruleset_free(r->rules);
	if (r->alerts)
		fclose(r->alerts);
	buffer_free(&r->origin);
	free(r->rule_files.items);
	free(r->pids);
	free(r);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_record = {
	.name = "record",
	.help = "what a command or process does",
	.run = run,
	.usage =
		"spoor record -o FILE.scap.zst [options] -- COMMAND...\n"
		"       spoor record -o FILE.scap.zst [options] -p PID...\n"
		"       spoor record -o FILE.scap.zst [options] --container ID\n",
	.about = "Records every system call of a command, of running "
		 "processes, or of all\n"
		 "processes of a container, and of all that they start from "
		 "then on.\n",
	.options = option_groups,
	.notes = "Exit code: that of the command (128 + signal if one ended "
		 "it); 1 after\n"
		 "an error.  Ctrl-C ends the recording of attached processes, "
		 "which go on;\n"
		 "signals sent to spoor are passed on to the command.\n",
	.ends_at_word = true,
};
