/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options of a command as rows.  Parsing, defaults, --help (and with it
 * the man pages) and shell completion are all derived from the row.
 */
#ifndef SPOOR_CMD_OPTIONS_H
#define SPOOR_CMD_OPTIONS_H

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cmd/cmd.h"

struct buffer;
struct option_row;

/* A use of an option. */
struct option_use {
	const struct command *command;
	const struct option_row *row;
	const char *name;  /* as typed: "-o" or "--output" */
	const char *value; /* NULL: no value */
	void *to;	   /* the struct whose members the rows' group sets */
	char **rest;	   /* the following words; optind++ consumes one */
};

/* Processes an option: EXIT_OK, EXIT_ERROR (reported), or OPTIONS_DONE. */
typedef int option_taker(const struct option_use *use);

struct option_row {
	const char *letters;  /* each is a name, as in "ow"; NULL: none */
	const char *name;     /* the long name; NULL: none */
	const char *argument; /* its value in --help; NULL: takes none, "[...]":
				 may be left out (--name=VALUE) */
	option_taker *take;
	size_t at;	      /* offset of the member that it sets */
	const char *help;     /* NULL: accepted, but not in --help */
	const char *fallback; /* the default value; NULL: none */
	const char *words;    /* allowed values: "block,drop" */
	uint64_t max;	      /* of a number; 0: UINT64_MAX */
};

/*
 * Rows (the last has no take), and the offset in the command's struct of the
 * struct that they set.
 */
struct option_group {
	const struct option_row *rows;
	size_t at;
};

/* A growing list of texts (borrowed). */
struct word_list {
	const char **items;
	unsigned count;
};

/* Appends a word, borrowed. */
void word_list_add(struct word_list *list, const char *word);

/*
 * The number that an option was given, at most max; else EXIT_ERROR, said
 * with the option's name.
 */
int cmd_number(const char *command, const char *option, const char *text,
	       uint64_t max, uint64_t *ret_number);

/* Set a bool, a const char *, a uint64_t; append to a struct word_list. */
option_taker option_flag, option_text, option_number, option_word;

/* Sets an enum (of unsigned's size) to the value's index in row->words. */
option_taker option_choice;

/* Sets a const char * to the value, which must be one of row->words. */
option_taker option_known;

/*
 * Reports that a value is not one of the words "a,b,c", and the most similar
 * word.  Returns EXIT_ERROR.
 */
int option_refuse(const char *command, const char *option, const char *value,
		  const char *words);

/* The address of the member that the row sets. */
void *option_member(const struct option_use *use);

/* An option such as --help completed the command. */
enum { OPTIONS_DONE = -1 };

/*
 * Sets the defaults, then parses the options of argv into the command's
 * struct; words remain in argv from optind on.  EXIT_OK, EXIT_ERROR
 * (reported), or OPTIONS_DONE after --help.
 */
int options_parse(const struct command *command, void *to, int argc,
		  char **argv);

/* Reports an unknown option, and the most similar one.  Returns EXIT_ERROR. */
int options_refuse(const struct command *command, const char *name);

/*
 * Row number i of a command, in the order of --help; NULL: there are no more.
 */
const struct option_row *options_row(const struct command *command, unsigned i);

/*
 * Appends a text, wrapped at words between a column and 79, and a newline;
 * used: columns that the current line has.
 */
void options_wrap(struct buffer *out, const char *text, size_t used,
		  size_t column);

/* Prints --help. */
void options_help(const struct command *command, FILE *out);

#endif
