/* SPDX-License-Identifier: Apache-2.0 */
/* The options of spoor record; see record.h. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output_options.h"
#include "cmd/record.h"
#include "cmd/suggest.h"
#include "core/arena.h"

enum { SNAPLEN_MAX = 65000 };

/* Important calls, which are named if they are excluded. */
static const char *const looked_for[] = {
	"execve", "connect",  "accept",	 "accept4",  "bind",   "listen",
	"sendto", "recvfrom", "sendmsg", "recvmsg",  "open",   "openat",
	"read",	  "write",    "unlink",	 "unlinkat", "rename", "renameat2",
	"chmod",  "fchmodat", "setuid",	 "ptrace",   "mount",
};

/* By names of event types, as filters and SQL have them. */
static const char *calls_of(struct recording *r)
{
	struct buffer *b = &r->calls;

	b->len = 0;
	for (int nr = 0; nr < SYSCALL_MAX; nr++) {
		const struct syscall_row *row = syscall_row(RAW_X86_64, nr);

		if (r->syscalls[nr])
			buffer_printf(b, "%s%s", b->len ? " " : "",
				      row->event == PPME_GENERIC_X
					      ? row->name
					      : event_kinds[row->event].name);
	}
	/* New processes are told of whatever is asked for. */
	buffer_printf(b, " clone clone3 fork vfork");
	buffer_u8(b, '\0');
	return (char *)b->data;
}

/* Makes the sentence about excluded calls, which the capture stores. */
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
	r->left_out_text = (struct left_out){ (char *)b->data, calls_of(r) };
	r->output_options.writer.left_out = &r->left_out_text;
	r->output_options.writer.left_out_count = 1;
}

static int refuse_syscall(const char *name)
{
	struct nearest n = suggest_syscall(name);

	return cmd_usage_error("record", "unknown system call '%s'%s%s%s", name,
			       *n.name ? "; did you mean " : "", n.name,
			       *n.name ? "?" : "");
}

/* --syscalls: a list of names. */
static int take_syscalls(const struct option_use *use)
{
	struct recording *r = use->to;
	char *list = mem_strdup(use->value), *save;
	int result = EXIT_OK;

	for (char *name = strtok_r(list, ",", &save); name && !result;
	     name = strtok_r(NULL, ",", &save)) {
		int nr = syscall_find(name);

		if (nr < 0)
			result = refuse_syscall(name);
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

/* A second word that is followed by an option or "--" is the filter. */
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
	  .help = "attach to all threads of a process; may be repeated.  "
		  "Child processes that exist already are not included: name "
		  "them, too" },
	{ .name = "container",
	  .argument = "ID",
	  .take = option_text,
	  CAPTURE(container),
	  .help = "attach to all processes of a container, given by its id "
		  "(the first 12 digits are enough), its name as in "
		  "/proc/PID/cgroup, or the PID of one of its processes.  "
		  "Processes that enter the container from outside later "
		  "(docker exec) are not recorded" },
	{ .letters = "n",
	  .name = "count",
	  .argument = "COUNT",
	  .take = option_number,
	  AT(events_max),
	  .help = "stop recording after COUNT events" },
	{ .letters = "M",
	  .name = "seconds",
	  .argument = "SECONDS",
	  .take = option_number,
	  AT(seconds_max),
	  .help = "stop recording after SECONDS; the command continues "
		  "unrecorded",
	  .max = UINT32_MAX },
	{ .name = "engine",
	  .argument = "NAME",
	  .take = option_known,
	  AT(live_options.engine),
	  .help = "capture engine: auto, inject or ptrace",
	  .fallback = "auto",
	  .words = "auto,inject,ptrace" },
	{ .letters = "s",
	  .name = "snaplen",
	  .argument = "N",
	  .take = option_number,
	  AT(snaplen),
	  .help = "bytes of I/O data to keep per call",
	  .fallback = "80",
	  .max = SNAPLEN_MAX },
	{ .name = "syscalls",
	  .argument = "LIST",
	  .take = take_syscalls,
	  .help = "record only these system calls, separated by commas" },
	{ .name = "seccomp",
	  .take = option_flag,
	  CAPTURE(seccomp),
	  .help = "let calls that --syscalls excludes run at full speed, "
		  "without a stop.  Caution: in processes that outlive the "
		  "recording (or spoor), the recorded calls then fail with "
		  "ENOSYS" },
	{ .name = "inodes",
	  .argument = "WHICH",
	  .take = option_choice,
	  CAPTURE(inodes),
	  .help = "record the inode of opened files: written (files opened "
		  "for writing or created), all (slows down each open), or "
		  "none",
	  .fallback = "written",
	  .words = "written,all,none" },
	{ .name = "on-overflow",
	  .argument = "WHAT",
	  .take = option_choice,
	  CAPTURE(overflow),
	  .help = "what to do when events come faster than they can be "
		  "written: block (the command waits) or drop (events are "
		  "lost and counted)",
	  .fallback = "block",
	  .words = "block,drop" },
	{ .name = "sync",
	  .argument = "SECONDS",
	  .take = option_number,
	  AT(sync_s),
	  .help = "flush recorded data to disk (fdatasync) at least this "
		  "often, and whenever a file is complete; 0 leaves it to the "
		  "kernel",
	  .fallback = "5",
	  .max = UINT32_MAX },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(rule_files),
	  .help = "evaluate a Falco rules file while recording and print its "
		  "alerts; may be repeated" },
	{ .name = "alerts",
	  .argument = "FILE",
	  .take = option_text,
	  AT(alerts_path),
	  .help = "also write the alerts to FILE as JSON lines" },
	{ .name = "packets",
	  .argument = "IFACE ['FILTER']",
	  .take = take_packets,
	  .help = "also record the packets of a network interface to "
		  "NAME.pcapng.zst (one for each capture file, with the same "
		  "number); FILTER selects packets (pcap-filter(7))" },
	{ .take = NULL },
};
#undef CAPTURE
#undef AT

const struct option_group record_options[] = {
	{ output_rows, offsetof(struct recording, output_options) },
	{ option_rows, 0 },
	{ NULL, 0 },
};

/* EXIT_OK, EXIT_ERROR, or OPTIONS_DONE. */
int record_parse(struct recording *r, int argc, char **argv)
{
	struct capture_options *capture = &r->live_options.capture;
	int result = options_parse(&command_record, r, argc, argv);
	r->argv = argv;

	if (result)
		return result;
	capture->snaplen = (uint32_t)r->snaplen;
	/* -p PID PID...: further numbers are PIDs, too. */
	while (capture->pid_count && optind < argc)
		if (add_pid(r, "-p", argv[optind++]))
			return EXIT_ERROR;
	if (optind < argc)
		capture->command = argv + optind;
	if (output_settle(&r->output_options, "record"))
		return EXIT_ERROR;
	if (r->interface && !strcmp(r->output_options.path, "-"))
		return cmd_usage_error("record", "--packets needs a capture "
						 "file, not standard output");
	if (!capture->command + !capture->pid_count + !capture->container != 2)
		return cmd_usage_error("record",
				       "name exactly one of: -- COMMAND, -p "
				       "PID, --container ID");
	return EXIT_OK;
}
