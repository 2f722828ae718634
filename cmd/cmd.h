/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Subcommands: the only folder that parses options and prints to stderr; it
 * may use all other folders.  Each command is a row of the table in
 * commands.c.
 */
#ifndef SPOOR_CMD_CMD_H
#define SPOOR_CMD_CMD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/error.h"

/* Exit codes that all commands share. */
enum { EXIT_OK = 0, EXIT_ERROR = 1, EXIT_ALERTS = 2 };

struct buffer;
struct option_group;

struct command {
	const char *name, *help; /* help: one line */
	/* argv[0] is the subcommand; returns the exit code. */
	int (*run)(int argc, char **argv);
	/* --help: lines of usage, what it does, the options, further notes. */
	const char *usage, *about;
	const struct option_group *options; /* ends with NULL rows; options.h */
	const char *notes;
	void (*more_help)(FILE *out);
	/* For completion: words that it takes besides files, one a line. */
	void (*put_words)(struct buffer *out);
	bool ends_at_word;    /* what follows the first word is no option */
	bool has_falco_names; /* names of Falco's options are explained */
	/* Takes the unknown long option argv[optind - 1]; NULL: refused. */
	int (*take_unknown)(void *to, char **argv);
};

/* Ends with NULL. */
extern const struct command *const commands[];

extern const struct command command_check, command_completion, command_convert,
	command_export, command_fields, command_index, command_info,
	command_load, command_print, command_query, command_record,
	command_replay, command_report, command_test;

struct ruleset;
struct rule_issue;
struct word_list;

/* One line (an error's snippet follows it); command NULL: not named. */
void cmd_print_issue(const char *command, const struct rule_issue *issue,
		     FILE *out);

/* Loads rules files; prints what is wrong with them.  EXIT_OK or EXIT_ERROR. */
int cmd_load_rules(const char *command, struct ruleset *set,
		   const struct word_list *files);

struct evidence;

/* For --help of all commands that read captures. */
#define CMD_EXIT_CODE                                                         \
 "Exit code: 0 on success; 1 after an error, or if a capture is damaged,\n"   \
 "truncated, or lacks files of its recording (what is readable was used).\n"  \
 "A capture that is still being recorded, or whose recorder was killed, is\n" \
 "no error.  One line on stderr says what is known to be missing.\n"

/*
 * Says on stderr, in one line, what is known to be missing: the exit code,
 * EXIT_ERROR if something is damaged or not here.
 */
int cmd_evidence(const char *command, const struct evidence *evidence);

/* The same after reading, which ended with that code (of next()). */
int cmd_read_end(const char *command, const struct evidence *evidence, int code,
		 const struct error *err);

/*
 * Prints a line (format without its newline).  Whatever stands in it, it
 * steers no terminal and stays one line: core/text.h.
 */
void cmd_say(FILE *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same on stderr, with "spoor NAME: " before it. */
void cmd_note(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Prints text that has lines of its own. */
void cmd_say_lines(FILE *out, const char *text, size_t len);

/* Prints "spoor NAME: text" and returns EXIT_ERROR. */
int cmd_fail(const char *name, const struct error *err);

/* The same of an output, silent where nobody reads standard output on. */
int cmd_fail_output(const char *name, const char *path,
		    const struct error *err);

/* The same for an option error, pointing to --help. */
int cmd_usage_error(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
