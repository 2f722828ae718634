/* SPDX-License-Identifier: Apache-2.0 */
/* A recording in progress: its options and open resources. */
#ifndef SPOOR_CMD_RECORD_H
#define SPOOR_CMD_RECORD_H

#include "capture/capture.h"
#include "capture/record/syscalls.h"
#include "cmd/options.h"
#include "core/bytes.h"
#include "core/newfile.h"
#include "flow/live_source.h"
#include "flow/output.h"

struct recording {
	const char *alerts_path, *interface, *packet_filter;
	char *const *argv; /* arguments of the subcommand */
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
	struct live_source source;
	struct pump pump;
	struct packets *packets;
	struct newfile alerts;
	uint64_t events_max, seconds_max, stop_at_ns; /* 0: no end */
	uint64_t sync_s;
	/* when its end was noticed; 0: still running */
	uint64_t command_end_ns;
	bool is_end_reported;
	struct buffer left_out; /* a sentence; "": nothing was */
	struct buffer calls;	/* names of the events that are recorded */
	struct left_out left_out_text;
};

/* The options of spoor record, which set a struct recording. */
extern const struct option_group record_options[];

/* Parses the command line.  EXIT_OK, EXIT_ERROR (reported), or OPTIONS_DONE. */
int record_parse(struct recording *recording, int argc, char **argv);

#endif
