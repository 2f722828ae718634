/* SPDX-License-Identifier: Apache-2.0 */
/* Runs queries and prints answers, for the command line and the prompt. */
#ifndef SPOOR_CMD_ASK_H
#define SPOOR_CMD_ASK_H

#include "core/nearest.h"
#include "query/query.h"

/* A query, and how to print its answer. */
struct asking {
	struct query *query;
	const struct row_form *form;
	struct rows_options rows;
	struct query_values values; /* values of --param */
	bool shows_sql;		    /* print the SQL instead of running it */
	bool shows_stats;
};

/* `--name value' of a ready question. */
struct given {
	const char *name, *value;
};

struct given_list {
	struct given *items;
	size_t count, capacity;
};

/* Runs statements and prints their rows; errors are reported.  An exit code. */
int ask_sql(struct asking *asking, const char *sql);

/*
 * Runs a ready question and prints its rows, then what is missing from them.
 * An exit code; EXIT_ERROR also for unknown parameters.
 */
int ask_question(struct asking *asking, const struct question *question,
		 const struct given_list *given);

/* The ready question with the name closest to a word. */
struct nearest ask_nearest(const char *word);

/* Calls take() for each table and view, each of their columns, or both. */
enum { NAMES_TABLES = 1, NAMES_COLUMNS = 2 };
void ask_names(struct asking *asking, int which,
	       void (*take)(void *user, const char *name), void *user);

/* Prints the ready questions, as --list. */
void ask_list(FILE *out);

/* Prints a question's parameters, as --help. */
void ask_help(const struct question *question, FILE *out);

/*
 * Reads SQL, questions and dot commands from the terminal until its end.  An
 * exit code.
 */
int ask_prompt(struct asking *asking);

/* Like ask_prompt, from text, which is modified; errors do not end it. */
int ask_lines(struct asking *asking, char *text);

#endif
