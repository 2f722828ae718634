/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule options of several commands: which files, which of their rules, the
 * format of alerts.  Named as in Falco.
 */
#ifndef SPOOR_CMD_RULE_OPTIONS_H
#define SPOOR_CMD_RULE_OPTIONS_H

#include "cmd/options.h"
#include "replay/alerts/alerts.h"

struct rule_options {
	struct word_list files; /* -r; a folder: all rules files in it */
	struct word_list tags_on, tags_off, names_off; /* -t -T -D */
	enum priority min_priority;
	bool all_matches, json;
	bool buffered; /* alerts may be written with a delay */
	struct output_addition *additions; /* -p, -o append_output */
	struct output_addition *print;	   /* the addition of -p */
	struct arena arena;		   /* holds the additions */
	bool base64;	 /* binary data as base64 (else dots) */
	bool all_events; /* Falco's -A: no effect */
	bool verbose;	 /* print warnings about rules files */
	struct alert_options alerts;
	const struct alert_form *form; /* NULL: not named */
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

/*
 * Sets the replay options that these options imply; host name from
 * FALCO_HOSTNAME.
 */
void rule_options_apply(const struct rule_options *options,
			struct replay_options *ret_options);

/*
 * A ruleset with all files loaded and rules enabled or disabled; NULL after an
 * error, which is reported with all issues.  Free with ruleset_free.
 */
struct ruleset *rule_options_load(const struct rule_options *options,
				  const char *command);

/* With -v, prints the warnings of the loaded files on stderr. */
void rule_options_warn(const struct rule_options *options,
		       const struct ruleset *set, const char *command);

/* The form in which alerts are printed: as --form names it, or --json. */
const struct alert_form *rule_options_form(const struct rule_options *options);

/* Frees the lists. */
void rule_options_free(struct rule_options *options);

#endif
