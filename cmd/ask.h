/* SPDX-License-Identifier: Apache-2.0 */
/* Asking and answering, on the command line and at the prompt. */
#ifndef SPOOR_CMD_ASK_H
#define SPOOR_CMD_ASK_H

#include "core/nearest.h"
#include "query/query.h"

/* What is asked, and how answers are to look. */
struct asking {
	struct query *query;
	const struct row_form *form;
	struct rows_options rows;
	struct query_values values; /* of --param */
	bool shows_sql;		    /* instead of running it */
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

/* Runs statements, prints their rows; what is wrong goes to stderr. */
int ask_sql(struct asking *asking, const char *sql);

/*
 * Runs a ready question; after the rows comes what is missing from them.
 * EXIT_ERROR also for parameters that it does not have.
 */
int ask_question(struct asking *asking, const struct question *question,
		 const struct given_list *given);

/* The ready question whose name is closest to a word. */
struct nearest ask_nearest(const char *word);

/* Calls take() for each table and view, or each of their columns, or both. */
enum { NAMES_TABLES = 1, NAMES_COLUMNS = 2 };
void ask_names(struct asking *asking, int which,
	       void (*take)(void *user, const char *name), void *user);

/* What --list and --help print. */
void ask_list(FILE *out);
void ask_help(const struct question *question, FILE *out);

/* Reads SQL, questions and dot commands from a terminal until its end. */
int ask_prompt(struct asking *asking);
/* The same from text, which is changed; what fails does not end it. */
int ask_lines(struct asking *asking, char *text);

#endif
