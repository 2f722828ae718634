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
	/* --help: usage lines, description, options, notes. */
	const char *usage, *about;
	const struct option_group *options; /* ends with NULL rows; options.h */
	const char *notes;
	void (*more_help)(FILE *out);
	/* For completion: words it accepts besides files, one per line. */
	void (*put_words)(struct buffer *out);
	bool ends_at_word;    /* options end at the first word */
	bool has_falco_names; /* explain Falco's options */
	/* Takes the unknown long option argv[optind - 1]; NULL: refused. */
	int (*take_unknown)(void *to, char **argv);
};

/* Ends with NULL. */
extern const struct command *const commands[];

extern const struct command command_check, command_completion, command_convert,
	command_engines, command_export, command_fields, command_index,
	command_info, command_load, command_print, command_query,
	command_record, command_replay, command_report, command_test;

struct ruleset;
struct rule_issue;
struct word_list;

/* Prints an issue as one line, then an error's snippet; command may be NULL. */
void cmd_print_issue(const char *command, const struct rule_issue *issue,
		     FILE *out);

/* Loads rules files and reports their errors.  EXIT_OK or EXIT_ERROR. */
int cmd_load_rules(const char *command, struct ruleset *set,
		   const struct word_list *files);

struct evidence;

/* Notes for --help of commands that read captures. */
#define CMD_EXIT_CODE                                                         \
 "Exit code: 0 on success; 1 after an error, or if a capture is damaged,\n"   \
 "truncated, or lacks files of its recording (what is readable was used).\n"  \
 "A capture that is still being recorded, or whose recorder was killed, is\n" \
 "no error.  One line on stderr says what is known to be missing.\n"

/*
 * Reports on stderr, in one line, what is known to be missing.  EXIT_ERROR if
 * something is damaged or a file is missing, else EXIT_OK.
 */
int cmd_evidence(const char *command, const struct evidence *evidence);

/*
 * Like cmd_evidence, after reading ended with `code' of next(); reports err if
 * that is -1.
 */
int cmd_read_end(const char *command, const struct evidence *evidence, int code,
		 const struct error *err);

/*
 * Prints a line (format without its newline).  Whatever the arguments contain,
 * the output is one line and cannot control a terminal: core/text.h.
 */
void cmd_say(FILE *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Like cmd_say, to stderr, with "spoor NAME: " in front. */
void cmd_note(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Prints text of several lines, escaped. */
void cmd_say_lines(FILE *out, const char *text, size_t len);

/* Prints "spoor NAME: text" and returns EXIT_ERROR. */
int cmd_fail(const char *name, const struct error *err);

/*
 * Like cmd_fail, for an error of the output `path'; silent if the reader of
 * standard output has closed it.
 */
int cmd_fail_output(const char *name, const char *path,
		    const struct error *err);

/* Like cmd_fail, for an option error; refers to --help. */
int cmd_usage_error(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
