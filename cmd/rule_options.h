/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options about rules that several commands share: which files, which rules
 * of them, how alerts look.  Named as in Falco where it has them.
 */
#ifndef SPOOR_CMD_RULE_OPTIONS_H
#define SPOOR_CMD_RULE_OPTIONS_H

#include <getopt.h>

#include "replay/alerts/alerts.h"

/* A growing list of texts (borrowed). */
struct word_list {
	const char **items;
	unsigned count;
};

struct rule_options {
	struct word_list files; /* -r; a directory: all in it */
	struct word_list tags_on, tags_off, names_off; /* -t -T -D */
	enum priority min_priority;
	bool all_matches, json;
	bool buffered;		   /* alerts need not be written as they come */
	const char *append_output; /* text for the end of each output */
	bool base64;		   /* data in outputs, in place of dots */
	bool verbose;		   /* what is odd in rules files, on stderr */
	struct alert_options alerts;
};

/* clang-format off */
#define RULE_OPTIONS_INIT { .min_priority = PRIORITY_DEBUG, .buffered = true, \
	.alerts = ALERT_OPTIONS_INIT }
/* clang-format on */

/* For getopt_long: the letters, and rows for the table of long options. */
#define RULE_OPTION_LETTERS "r:t:T:D:o:p:bvA"
/* clang-format off */
enum { OPT_RULES_JSON = 1000, OPT_RULES_ISO, OPT_RULES_PRIORITY,
       OPT_RULES_ALL, OPT_RULES_APPEND };
#define RULE_OPTION_ROWS \
	{ "print-base64", no_argument, NULL, 'b' }, \
	{ "rules", required_argument, NULL, 'r' }, \
	{ "print", required_argument, NULL, 'p' }, \
	{ "json", no_argument, NULL, OPT_RULES_JSON }, \
	{ "iso", no_argument, NULL, OPT_RULES_ISO }, \
	{ "priority", required_argument, NULL, OPT_RULES_PRIORITY }, \
	{ "all-matches", no_argument, NULL, OPT_RULES_ALL }, \
	{ "append-output", required_argument, NULL, OPT_RULES_APPEND }
/* clang-format on */

/* The lines of --help about them. */
extern const char rule_options_help[];

/* 1: taken, 0: not one of ours, -1: a bad value (already reported). */
int rule_options_take(struct rule_options *options, const char *command,
		      int letter, const char *value);

void word_list_add(struct word_list *list, const char *word);

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
