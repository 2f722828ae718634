/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replay on several cores: parts of captures that begin at keyframes, each
 * with its own state and rules, and whole series of rotated files.  The output
 * equals that of one core, in the same order.
 */
#ifndef SPOOR_FLOW_PARALLEL_H
#define SPOOR_FLOW_PARALLEL_H

#include <stdio.h>

#include "core/file/file.h"
#include "replay/alerts/alerts.h"
#include "replay/replay.h"

struct parallel_options {
	const char *const *files; /* the files of a series are adjacent */
	unsigned count, threads;
	/* For each replay; rules, alert, event and user are ignored. */
	struct replay_options replay;
	const struct alert_form *form;
	const struct alert_options *alerts;
	int fail_on; /* enum priority, or -1 */
	FILE *out;   /* receives all alerts, in order */
	/*
	 * Called at the end of a capture with what is missing from it, and the
	 * code and error of its source; by the caller's thread, in order.
	 * Nonzero: the capture counts as failed.
	 */
	int (*ended)(const struct evidence *evidence, int code,
		     const struct error *err);
};

struct parallel_result {
	uint64_t events, alerts;
	bool failed_on; /* an alert of at least priority fail_on */
	bool failed;	/* ended() returned nonzero for a capture */
};

/*
 * Evaluates copies of the set's rules; adds their matches to the set's
 * counters.
 */
void parallel_replay(const struct parallel_options *options,
		     struct ruleset *set, struct parallel_result *ret_result);

#endif
