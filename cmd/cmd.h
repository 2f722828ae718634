/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Subcommands: the only place that parses options, speaks on stderr and knows
 * all folders.  Each is a row of the table in main.c.
 */
#ifndef SPOOR_CMD_CMD_H
#define SPOOR_CMD_CMD_H

#include <stdint.h>
#include <stdio.h>

#include "core/error.h"

/* Exit codes that all commands share. */
enum { EXIT_OK = 0, EXIT_ERROR = 1, EXIT_ALERTS = 2 };

struct command {
	const char *name;
	/* argv[0] is the subcommand; returns the exit code. */
	int (*run)(int argc, char **argv);
	const char *help; /* one line */
};

/* Ends with a NULL name. */
extern const struct command commands[];

struct ruleset;
struct rule_issue;

int cmd_check(int argc, char **argv);
int cmd_convert(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_fields(int argc, char **argv);
int cmd_index(int argc, char **argv);
int cmd_info(int argc, char **argv);
int cmd_load(int argc, char **argv);
int cmd_print(int argc, char **argv);
int cmd_query(int argc, char **argv);
int cmd_record(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_test(int argc, char **argv);

/* One line (an error's snippet follows it). */
void cmd_print_issue(const struct rule_issue *issue, FILE *out);

/* Loads rules files; prints what is wrong with them.  EXIT_OK or EXIT_ERROR. */
int cmd_load_rules(const char *command, struct ruleset *set,
		   const char *const *files, unsigned count);

/*
 * The number that an option was given, at most max; else EXIT_ERROR, said
 * with the option's name.
 */
int cmd_number(const char *command, const char *option, const char *text,
	       uint64_t max, uint64_t *ret_number);

struct parts;

/* Events that the recorder lost; -1: it does not say. */
int cmd_lost_events(const struct parts *parts, uint64_t *ret_lost);

/* Says so on stderr, if there were any. */
void cmd_warn_of_lost(const char *command, const char *path);

/* Prints "spoor NAME: text" and returns EXIT_ERROR. */
int cmd_fail(const char *name, const struct error *err);

/* The same for an option error, pointing to --help. */
int cmd_usage_error(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
