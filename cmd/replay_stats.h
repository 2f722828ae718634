/* SPDX-License-Identifier: Apache-2.0 */
/* What spoor replay says on stderr when all is read. */
#ifndef SPOOR_CMD_REPLAY_STATS_H
#define SPOOR_CMD_REPLAY_STATS_H

#include "replay/rules/profile.h"

struct replay_stats {
	uint64_t events, alerts;
	double seconds; /* that the replay took */
	bool is_full;	/* --stats: the time, and rules without a hit */
	bool as_json;	/* of --stats; without, it is text all the same */
};

/*
 * Prints the counts, and the hits of each rule.  With is_full and as_json the
 * object stays open until replay_stats_costs.
 */
void replay_stats_say(const struct replay_stats *stats,
		      const struct ruleset *set);

/* Of --stats: prints what each rule and field costs. */
void replay_stats_costs(const struct replay_stats *stats,
			struct profile *profile);

#endif
