/* SPDX-License-Identifier: Apache-2.0 */
/* spoor query: runs SQL and ready questions. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/ask.h"
#include "cmd/cmd.h"
#include "cmd/rule_options.h"
#include "core/bytes.h"

/* The command line. */
struct line {
	struct asking asking;
	struct query_options options;
	struct given_list given;
	struct word_list files, rules;
	uint64_t timeout_ms;
	struct arena arena;
	bool has_question;
	struct question question;
	const char *sql;
};

static int take_list(const struct option_use *use)
{
	(void)use;
	ask_list(stdout);
	return OPTIONS_DONE;
}

static int take_mode(const struct option_use *use)
{
	struct line *l = use->to;

	l->asking.form = row_form_find(use->value);
	if (l->asking.form)
		return EXIT_OK;
	return option_refuse("query", use->name, use->value, use->row->words);
}

/* --csv and similar, as in sqlite3. */
static int take_form(const struct option_use *use)
{
	struct line *l = use->to;

	l->asking.form = row_form_find(use->row->name);
	return EXIT_OK;
}

static int take_width(const struct option_use *use)
{
	struct line *l = use->to;
	uint64_t columns = 0;

	if (cmd_number("query", use->name, use->value, UINT16_MAX, &columns))
		return EXIT_ERROR;
	l->asking.rows.width = (unsigned)columns;
	return EXIT_OK;
}

/* NAME=VALUE */
static int take_param(const struct option_use *use)
{
	struct line *l = use->to;
	const char *equals = strchr(use->value, '=');
	struct query_value v = { 0 };
	char *end;

	if (!equals)
		return cmd_usage_error("query", "--param needs NAME=VALUE");
	v.name = arena_copy(&l->arena, use->value,
			    (size_t)(equals - use->value));
	v.number = strtoll(equals + 1, &end, 10);
	if (*end || end == equals + 1)
		v.text = equals + 1;
	query_values_set(&l->asking.values, &v);
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct line, member)
static const struct option_row option_rows[] = {
	{ .letters = "l",
	  .name = "list",
	  .take = take_list,
	  .help = "list the ready questions" },
	{ .name = "sql",
	  .take = option_flag,
	  AT(asking.shows_sql),
	  .help = "print the SQL of a question instead of running it" },
	{ .letters = "m",
	  .name = "mode",
	  .argument = "FORM",
	  .take = take_mode,
	  .help = "output format: table, csv, json, jsonl, line or markdown; "
		  "also --csv etc., as in sqlite3",
	  .words = "table,csv,json,jsonl,line,markdown" },
	{ .name = "format",
	  .argument = "FORM",
	  .take = take_mode }, /* the former name of --mode */
	{ .name = "table", .take = take_form },
	{ .name = "csv", .take = take_form },
	{ .name = "json", .take = take_form },
	{ .name = "jsonl", .take = take_form },
	{ .name = "line", .take = take_form },
	{ .name = "markdown", .take = take_form },
	{ .name = "param",
	  .argument = "N=V",
	  .take = take_param,
	  .help = "value of the SQL parameter @N (a number, or text)" },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(rules),
	  .help = "a Falco rules file to evaluate on captures, for the "
		  "alerts; may be repeated" },
	{ .letters = "w",
	  .name = "width",
	  .argument = "COLUMNS",
	  .take = take_width,
	  .help = "cut the lines of tables at COLUMNS; 0: do not cut "
		  "(default: the width of the terminal; no cut if the output "
		  "is not a terminal)" },
	{ .name = "max-rows",
	  .argument = "N",
	  .take = option_number,
	  AT(asking.rows.row_limit),
	  .help = "stop after N rows" },
	{ .name = "timeout",
	  .argument = "MS",
	  .take = option_number,
	  AT(timeout_ms),
	  .help = "give up after MS milliseconds (up to a second later while "
		  "SQLite is in a single long step)",
	  .max = UINT32_MAX },
	{ .name = "allow-files",
	  .take = option_flag,
	  AT(options.any_file),
	  .help = "allow capture('FILE') in SQL to open captures that are not "
		  "on the command line" },
	{ .name = "stats",
	  .take = option_flag,
	  AT(asking.shows_stats),
	  .help = "print how much of the captures was read" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

/* --NAME VALUE or --NAME=VALUE: a parameter of a question. */
static int take_given(void *to, char **argv)
{
	struct line *l = to;
	const char *word = argv[optind - 1];
	const char *equals = strchr(word, '=');
	struct given given = { .value = argv[optind] };

	if (equals)
		given.value = equals + 1;
	else if (given.value)
		optind++;
	else
		return options_refuse(&command_query, word);
	given.name = arena_copy(&l->arena, word + 2,
				equals ? (size_t)(equals - word - 2)
				       : strlen(word + 2));
	l->given.items = mem_grow(l->given.items, &l->given.capacity,
				  l->given.count + 1, sizeof(given));
	l->given.items[l->given.count++] = given;
	return EXIT_OK;
}

/* Reports a word that is neither a file nor a question. */
static int neither(const char *word)
{
	struct nearest n = ask_nearest(word);

	if (*n.name)
		return cmd_usage_error("query",
				       "there is no question '%s'; did you "
				       "mean %s?",
				       word, n.name);
	return cmd_usage_error("query",
			       "%s: no such file, nor a question (spoor query "
			       "--list has them)",
			       word);
}

/*
 * Takes a word: a file, the name of a question, a prompt command (.tables), or
 * SQL, which contains blanks.
 */
static int take_word(struct line *l, const char *word)
{
	bool is_file = !access(word, F_OK);

	if (is_file && strchr(word, '.')) {
		word_list_add(&l->files, word);
	} else if (!l->has_question && !l->sql &&
		   question_find(word, &l->arena, &l->question)) {
		l->has_question = true;
	} else if (is_file) {
		word_list_add(&l->files, word);
	} else if (*word != '.' && !strpbrk(word, " \t\n;(*")) {
		return neither(word);
	} else if (l->sql || l->has_question) {
		return cmd_usage_error("query", "one question at a time");
	} else {
		l->sql = word;
	}
	return EXIT_OK;
}

/* Runs the lines of standard input, as at the prompt. */
static int ask_input(struct asking *a)
{
	enum { CHUNK = 65536, INPUT_MAX = 1 << 20 };
	struct buffer sql = { 0 };
	size_t n;
	int result;

	do {
		n = fread(buffer_reserve(&sql, CHUNK), 1, CHUNK, stdin);
		sql.len += n;
	} while (n && sql.len <= INPUT_MAX);
	buffer_u8(&sql, '\0');
	if (sql.len > INPUT_MAX)
		result = cmd_usage_error("query", "the SQL is too long");
	else
		result = ask_lines(a, (char *)sql.data);
	buffer_free(&sql);
	return result;
}

static int ask(struct line *l)
{
	if (l->has_question)
		return ask_question(&l->asking, &l->question, &l->given);
	if (l->sql && *l->sql == '.')
		return ask_lines(&l->asking,
				 arena_printf(&l->arena, "%s", l->sql));
	if (l->sql)
		return ask_sql(&l->asking, l->sql);
	if (isatty(STDIN_FILENO))
		return ask_prompt(&l->asking);
	return ask_input(&l->asking);
}

/* Ends the program: a query has nothing to clean up. */
static void on_overdue(unsigned timeout_ms)
{
	cmd_note("query", "the query took longer than %u ms", timeout_ms);
	if (!ftrylockfile(stdout))
		fflush(stdout);
	_exit(EXIT_ERROR);
}

/* Opens the files, and runs the question, the SQL, or standard input. */
static int open_and_ask(struct line *l)
{
	struct ruleset_options rules = { .min_priority = PRIORITY_DEBUG };
	struct ruleset *set = NULL;
	struct error err;
	int result = EXIT_OK;

	if (l->rules.count) {
		set = ruleset_new(&rules);
		result = cmd_load_rules("query", set, &l->rules);
	}
	l->options.rules = set;
	l->options.timeout_ms = (unsigned)l->timeout_ms;
	l->options.overdue = on_overdue;
	if (!result && query_open(&l->asking.query, l->files.items,
				  l->files.count, &l->options, &err))
		result = cmd_fail("query", &err);
	if (!result) {
		result = ask(l);
		if (cmd_evidence("query", query_evidence(l->asking.query)) &&
		    !result)
			result = EXIT_ERROR;
	}
	query_close(l->asking.query);
	ruleset_free(set);
	return result;
}

/*
 * Determines the terminal's width; the environment variable COLUMNS takes
 * precedence.
 */
static void look_at_terminal(struct rows_options *rows)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;

	rows->out = stdout;
	rows->is_terminal = isatty(STDOUT_FILENO);
	if (!rows->is_terminal)
		return;
	if (columns && atoi(columns) > 0)
		rows->width = (unsigned)atoi(columns);
	else if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		rows->width = size.ws_col;
}

/* `spoor query NAME --help': prints the question's parameters. */
static bool help_of_question(struct line *l, char **argv)
{
	struct question q;
	bool wants_help = false, found = false;

	for (; *argv; argv++) {
		wants_help |= !strcmp(*argv, "--help") || !strcmp(*argv, "-h");
		if (!found)
			found = question_find(*argv, &l->arena, &q);
	}
	if (found && wants_help)
		ask_help(&q, stdout);
	return found && wants_help;
}

/* Accepts sqlite3's -csv for --csv. */
static void double_dashes(struct line *l, char **argv)
{
	for (; *argv && strcmp(*argv, "--"); argv++)
		if (**argv == '-' && row_form_find(*argv + 1))
			*argv = arena_printf(&l->arena, "-%s", *argv);
}

/* Checks that unknown options belong to a question. */
static int check_given(struct line *l, char **words)
{
	struct question q;

	for (; *words; words++)
		if (question_find(*words, &l->arena, &q))
			return EXIT_OK;
	if (!l->given.count)
		return EXIT_OK;
	return options_refuse(
		&command_query,
		arena_printf(&l->arena, "--%s", l->given.items[0].name));
}

static int query(struct line *l, int argc, char **argv)
{
	int result;

	if (help_of_question(l, argv + 1))
		return EXIT_OK;
	double_dashes(l, argv + 1);
	result = options_parse(&command_query, l, argc, argv);
	if (!result)
		result = check_given(l, argv + optind);
	for (; !result && optind < argc; optind++)
		result = take_word(l, argv[optind]);
	if (result)
		return result;
	if (l->has_question && l->asking.shows_sql)
		return ask(l);
	if (!l->files.count)
		return cmd_usage_error("query", "no database or capture is "
						"named");
	return open_and_ask(l);
}

/* Appends ready questions and their parameters, for completion. */
static void put_words(struct buffer *out)
{
	struct arena arena = { 0 };
	struct question q;
	char option[64];

	for (unsigned i = 0; question_at(i, &arena, &q); i++) {
		buffer_printf(out, "%s\n", q.name);
		for (unsigned p = 0; p < q.param_count; p++) {
			snprintf(option, sizeof(option), "--%s\n",
				 q.params[p].name);
			if (!memmem(out->data, out->len, option,
				    strlen(option)))
				buffer_printf(out, "%s", option);
		}
	}
	arena_free(&arena);
}

static int run(int argc, char **argv)
{
	struct line l = { .asking.form = row_form_default() };
	int result;

	look_at_terminal(&l.asking.rows);
	result = query(&l, argc, argv);
	arena_free(&l.arena);
	free(l.asking.values.items);
	free(l.given.items);
	free(l.files.items);
	free(l.rules.items);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_query = {
	.name = "query",
	.help = "query a database or captures by SQL or a ready question",
	.run = run,
	.usage = "spoor query DATABASE|CAPTURE... 'SELECT ...' [OPTIONS]\n"
		 "       spoor query NAME DATABASE|CAPTURE... [--PARAMETER "
		 "VALUE...]\n"
		 "       spoor query DATABASE|CAPTURE...\n",
	.about = "Queries a database made by spoor load, or captures and "
		 "folders of captures\n"
		 "directly, by SQL or by the name of a ready question.  "
		 "Databases and captures\n"
		 "have the same tables and columns (doc/database.md).  "
		 "Without SQL or NAME, SQL\n"
		 "is read from standard input; on a terminal there is a "
		 "prompt.  The SQL is that\n"
		 "of SQLite, plus REGEXP with Perl syntax.  `spoor query NAME "
		 "--help' describes\n"
		 "a question and its parameters.\n",
	.options = option_groups,
	.notes = "No query can change a file.  An empty result is not an "
		 "error.\n\n" CMD_EXIT_CODE
		 "130: stopped by Ctrl-C.  The exit code for a database does "
		 "not tell whether its\n"
		 "captures were complete: see the table gaps, and spoor query "
		 "trust.\n",
	.put_words = put_words,
	.take_unknown = take_given,
};
