/* SPDX-License-Identifier: Apache-2.0 */
/* spoor query: which words are files, a question, or SQL. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/ask.h"
#include "cmd/cmd.h"
#include "cmd/rule_options.h"
#include "core/bytes.h"

static const char query_help[] =
	"usage: spoor query DATABASE|CAPTURE... 'SELECT ...' [OPTIONS]\n"
	"       spoor query NAME DATABASE|CAPTURE... [--PARAMETER VALUE...]\n"
	"       spoor query DATABASE|CAPTURE...\n\n"
	"Asks a database that spoor load made, or captures and folders of them\n"
	"where they lie: SQL, or a ready question by name.  Both have the same\n"
	"tables and columns (doc/database.md).  Without a question SQL is read\n"
	"from standard input; at a terminal there is a prompt.  SQL is that of\n"
	"SQLite, and has REGEXP with Perl's patterns.\n\n"
	"  --list           ready questions\n"
	"  NAME --help      what a question takes\n"
	"  --sql            print a question's SQL instead of running it\n"
	"  -m, --mode FORM  table, csv, json, jsonl, line or markdown; also,\n"
	"                   as sqlite3 has it, --csv ...\n"
	"  --param N=V      a value for @N of SQL (a number, or text)\n"
	"  -r RULES         rules for the alerts of captures; may be repeated\n"
	"  --max-rows N     stop after so many rows\n"
	"  --timeout MS     give up after so many milliseconds\n"
	"  --stats          say how much of the captures was read\n"
	"  -h, --help       this text\n\n"
	"Nothing that a question says can change a file.  Exit codes: 0, also\n"
	"for no rows; 1 an error, or a damaged capture, of which the answer has\n"
	"what comes before the damage; 130 stopped by Ctrl-C.\n";

/* What the command line says. */
struct line {
	struct asking asking;
	struct query_options options;
	struct given_list given;
	const char **files, **rules;
	unsigned file_count, rule_count;
	struct arena arena;
	bool has_question, wants_help;
	struct question question;
	const char *sql;
};

/* An option: what it does with its value. */
struct query_option {
	const char *name, *letter;
	bool has_value;
	int (*take)(struct line *line, const char *value);
};

static int take_help(struct line *l, const char *value)
{
	(void)value;
	l->wants_help = true;
	return EXIT_OK;
}

static int take_sql(struct line *l, const char *value)
{
	(void)value;
	l->asking.shows_sql = true;
	return EXIT_OK;
}

static int take_stats(struct line *l, const char *value)
{
	(void)value;
	l->asking.shows_stats = true;
	return EXIT_OK;
}

static int take_mode(struct line *l, const char *value)
{
	l->asking.form = row_form_find(value);
	if (l->asking.form)
		return EXIT_OK;
	return cmd_usage_error("query", "there is no form '%s'", value);
}

static int take_rules(struct line *l, const char *value)
{
	l->rules[l->rule_count++] = value;
	return EXIT_OK;
}

static int number(const char *name, const char *value, uint64_t *ret_number)
{
	char *end;

	*ret_number = strtoull(value, &end, 10);
	if (*value >= '0' && *value <= '9' && !*end)
		return EXIT_OK;
	return cmd_usage_error("query", "%s: '%s' is no number", name, value);
}

static int take_timeout(struct line *l, const char *value)
{
	uint64_t ms;

	if (number("--timeout", value, &ms))
		return EXIT_ERROR;
	l->options.timeout_ms = ms < UINT32_MAX ? (unsigned)ms : UINT32_MAX;
	return EXIT_OK;
}

static int take_max_rows(struct line *l, const char *value)
{
	return number("--max-rows", value, &l->asking.rows.row_limit);
}

/* NAME=VALUE */
static int take_param(struct line *l, const char *value)
{
	const char *equals = strchr(value, '=');
	struct query_value v = { 0 };
	char *end;

	if (!equals)
		return cmd_usage_error("query", "--param NAME=VALUE is wanted");
	v.name = arena_copy(&l->arena, value, (size_t)(equals - value));
	v.number = strtoll(equals + 1, &end, 10);
	if (*end || end == equals + 1)
		v.text = equals + 1;
	query_values_set(&l->asking.values, &v);
	return EXIT_OK;
}

/* clang-format off */
static const struct query_option query_options[] = {
	{ "--help", "-h", false, take_help },
	{ "--sql", NULL, false, take_sql },
	{ "--stats", NULL, false, take_stats },
	{ "--mode", "-m", true, take_mode },
	{ "--format", NULL, true, take_mode }, /* its name of old */
	{ "--rules", "-r", true, take_rules },
	{ "--timeout", NULL, true, take_timeout },
	{ "--max-rows", NULL, true, take_max_rows },
	{ "--param", NULL, true, take_param },
	{ NULL, NULL, false, NULL },
};
/* clang-format on */

/* Splits "--name=value"; value NULL: the next word is it. */
static const char *split_option(struct line *l, const char *word,
				const char **ret_value)
{
	const char *equals = strchr(word, '=');

	*ret_value = equals ? equals + 1 : NULL;
	return equals ? arena_copy(&l->arena, word, (size_t)(equals - word))
		      : word;
}

/* Takes an option, and its value; *at is the last word that was used. */
static int take_option(struct line *l, char **argv, int argc, int *at)
{
	const struct query_option *o = query_options;
	const char *value, *name = split_option(l, argv[*at], &value);
	struct given given;

	/* As sqlite3 has it: -csv, --json. */
	if (!value && row_form_find(name + strspn(name, "-")))
		return take_mode(l, name + strspn(name, "-"));
	while (o->name && strcmp(o->name, name) &&
	       (!o->letter || strcmp(o->letter, name)))
		o++;
	if (!o->name && strncmp(name, "--", 2))
		return cmd_usage_error("query", "there is no option %s", name);
	if (!value && (!o->name || o->has_value)) {
		if (++*at == argc)
			return cmd_usage_error("query", "%s wants a value",
					       name);
		value = argv[*at];
	}
	if (o->name)
		return o->take(l, value);
	given = (struct given){ name + 2, value };
	l->given.items = mem_grow(l->given.items, &l->given.capacity,
				  l->given.count + 1, sizeof(given));
	l->given.items[l->given.count++] = given;
	return EXIT_OK;
}

/* A file, the name of a question, or SQL, which has blanks in it. */
static int take_word(struct line *l, const char *word)
{
	if (!access(word, F_OK) && strchr(word, '.')) {
		l->files[l->file_count++] = word;
	} else if (!l->has_question && !l->sql &&
		   question_find(word, &l->arena, &l->question)) {
		l->has_question = true;
	} else if (!strpbrk(word, " \t\n;(*")) {
		l->files[l->file_count++] = word;
	} else if (l->sql || l->has_question) {
		return cmd_usage_error("query", "one question at a time");
	} else {
		l->sql = word;
	}
	return EXIT_OK;
}

static int take_line(struct line *l, int argc, char **argv)
{
	bool is_end = false;

	for (int i = 1; i < argc; i++) {
		bool is_option = argv[i][0] == '-' && argv[i][1] && !is_end;

		if (is_option && !strcmp(argv[i], "--"))
			is_end = true;
		else if (is_option ? take_option(l, argv, argc, &i)
				   : take_word(l, argv[i]))
			return EXIT_ERROR;
	}
	return EXIT_OK;
}

/* All of standard input: as at the prompt if it begins with a dot, or SQL. */
static int ask_input(struct asking *a)
{
	enum { CHUNK = 65536, INPUT_MAX = 1 << 20 };
	struct buffer sql = { 0 };
	const char *text;
	size_t n;
	int result;

	do {
		n = fread(buffer_reserve(&sql, CHUNK), 1, CHUNK, stdin);
		sql.len += n;
	} while (n && sql.len <= INPUT_MAX);
	buffer_u8(&sql, '\0');
	text = (char *)sql.data;
	if (sql.len > INPUT_MAX)
		result = cmd_usage_error("query", "that is too much SQL");
	else if (text[strspn(text, " \t\r\n")] == '.')
		result = ask_lines(a, (char *)sql.data);
	else
		result = ask_sql(a, text);
	buffer_free(&sql);
	return result;
}

static int ask(struct line *l)
{
	if (l->has_question)
		return ask_question(&l->asking, &l->question, &l->given);
	if (l->given.count)
		return cmd_usage_error("query", "there is no option --%s",
				       l->given.items[0].name);
	if (l->sql)
		return ask_sql(&l->asking, l->sql);
	if (isatty(STDIN_FILENO))
		return ask_prompt(&l->asking);
	return ask_input(&l->asking);
}

static int open_and_ask(struct line *l)
{
	struct ruleset_options rules = { .min_priority = PRIORITY_DEBUG };
	struct ruleset *set = NULL;
	struct error err;
	int result = EXIT_OK;

	if (l->rule_count) {
		set = ruleset_new(&rules);
		result = cmd_load_rules("query", set, l->rules, l->rule_count);
	}
	l->options.rules = set;
	if (!result && query_open(&l->asking.query, l->files, l->file_count,
				  &l->options, &err))
		result = cmd_fail("query", &err);
	if (!result)
		result = ask(l);
	query_close(l->asking.query);
	ruleset_free(set);
	return result;
}

static void look_at_terminal(struct rows_options *rows)
{
	struct winsize size;

	rows->out = stdout;
	rows->is_terminal = isatty(STDOUT_FILENO);
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		rows->width = size.ws_col;
}

static int run(struct line *l, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--list") || !strcmp(argv[i], "-l")) {
			ask_list(stdout);
			return EXIT_OK;
		}
	if (take_line(l, argc, argv))
		return EXIT_ERROR;
	if (l->wants_help) {
		if (l->has_question)
			ask_help(&l->question, stdout);
		else
			fputs(query_help, stdout);
		return EXIT_OK;
	}
	if (l->has_question && l->asking.shows_sql)
		return ask(l);
	if (!l->file_count)
		return cmd_usage_error("query", "which database or capture?");
	return open_and_ask(l);
}

int cmd_query(int argc, char **argv)
{
	size_t size = (size_t)(argc + 1) * sizeof(char *);
	struct line l = { .asking.form = row_form_default(),
			  .files = mem_zalloc(size),
			  .rules = mem_zalloc(size) };
	int result;

	look_at_terminal(&l.asking.rows);
	result = run(&l, argc, argv);
	arena_free(&l.arena);
	free(l.asking.values.items);
	free(l.given.items);
	free(l.files);
	free(l.rules);
	return result;
}
