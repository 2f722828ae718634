/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options about rules that several commands share: which files, which rules
 * of them, how alerts look.  Named as in Falco where it has them.
 */
#ifndef SPOOR_CMD_RULE_OPTIONS_H
#define SPOOR_CMD_RULE_OPTIONS_H

#include "cmd/options.h"
#include "replay/alerts/alerts.h"

struct rule_options {
	struct word_list files; /* -r; a directory: all in it */
	struct word_list tags_on, tags_off, names_off; /* -t -T -D */
	enum priority min_priority;
	bool all_matches, json;
	bool buffered; /* alerts need not be written as they come */
	struct output_addition *additions; /* -p, -o append_output */
	struct output_addition *print;	   /* of them, that of -p */
	struct arena arena;		   /* of the additions */
	bool base64;	 /* data in outputs, in place of dots */
	bool all_events; /* Falco's -A: nothing changes */
	bool verbose;	 /* what is odd in rules files, on stderr */
	struct alert_options alerts;
};

/* clang-format off */
#define RULE_OPTIONS_INIT { .min_priority = PRIORITY_DEBUG, .buffered = true, \
	.alerts = ALERT_OPTIONS_INIT }
/* clang-format on */

/* For --priority and --fail-on. */
#define PRIORITY_WORDS                            \
 "emergency,alert,critical,error,warning,notice," \
 "informational,debug"

/* The options that set a struct rule_options. */
extern const struct option_row rule_option_rows[];

struct replay_options;

/* What a replay is told of these options; the host's name by FALCO_HOSTNAME. */
void rule_options_apply(const struct rule_options *options,
			struct replay_options *ret_options);

/*
 * A ruleset with all files loaded and rules switched; NULL after an error,
 * which is reported with all issues.
 */
struct ruleset *rule_options_load(const struct rule_options *options,
				  const char *command);

/* With -v, what is odd in the files loaded, on stderr. */
void rule_options_warn(const struct rule_options *options,
		       const struct ruleset *set, const char *command);

void rule_options_free(struct rule_options *options);

#endif
