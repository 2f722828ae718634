/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replay on several cores: captures in parts that begin at keyframes, each
 * with a state and rules of its own, and series of rotated files as a whole.
 * The output is the same as from one core, in the same order.
 */
#ifndef SPOOR_CMD_PARALLEL_H
#define SPOOR_CMD_PARALLEL_H

#include "cmd/rule_options.h"
#include "core/error.h"

struct parallel_options {
	const struct rule_options *rules;
	const struct word_list *files;
	unsigned threads;
	int fail_on; /* enum priority, or -1 */
};

struct parallel_result {
	uint64_t events, alerts;
	bool failed_on; /* an alert at least that severe came */
	bool failed;	/* a capture could not be read to its end */
};

/*
 * Prints all alerts on stdout.  set: for the names and number of rules; its
 * hits are raised.
 */
void parallel_replay(const struct parallel_options *options,
		     struct ruleset *set, struct parallel_result *ret_result);

#endif
