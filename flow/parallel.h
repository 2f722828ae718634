/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replay on several cores: captures in parts that begin at keyframes, each
 * with a state and rules of its own, and series of rotated files as a whole.
 * The output is the same as from one core, in the same order.
 */
#ifndef SPOOR_FLOW_PARALLEL_H
#define SPOOR_FLOW_PARALLEL_H

#include <stdio.h>

#include "core/file/file.h"
#include "replay/alerts/alerts.h"
#include "replay/replay.h"

struct parallel_options {
	const char *const *files; /* files of a series one after the other */
	unsigned count, threads;
	/* Of each replay; its rules, alert, event and user are not used. */
	struct replay_options replay;
	const struct alert_form *form;
	const struct alert_options *alerts;
	int fail_on; /* enum priority, or -1 */
	FILE *out;   /* gets all alerts, in order */
	/*
	 * A capture has ended: what is missing from it, and the code and error
	 * of its source.  Called by the caller's thread, in order; nonzero: it
	 * counts as failed.
	 */
	int (*ended)(const struct evidence *evidence, int code,
		     const struct error *err);
};

struct parallel_result {
	uint64_t events, alerts;
	bool failed_on; /* an alert at least that severe came */
	bool failed;	/* what ended() said of any capture */
};

/* The rules of the set are evaluated by copies of it; its hits are raised. */
void parallel_replay(const struct parallel_options *options,
		     struct ruleset *set, struct parallel_result *ret_result);

#endif
