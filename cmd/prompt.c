/* SPDX-License-Identifier: Apache-2.0 */
/* The prompt of spoor query, with line editing and history by libedit. */
#include <errno.h>
#include <histedit.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cmd/ask.h"
#include "cmd/cmd.h"

enum { HISTORY_LEN = 1000, WORD_MAX = 64, WORDS_MAX = 32 };

struct prompt {
	struct asking *asking;
	EditLine *edit;
	History *history;
	char history_path[4096];
	struct buffer sql; /* lines of an incomplete statement */
	bool has_timer, ended, failed;
};

static char *prompt_text(EditLine *edit)
{
	static char first[] = "spoor> ", more[] = "   ...> ";
	struct prompt *p;

	el_get(edit, EL_CLIENTDATA, &p);
	return p->sql.len ? more : first;
}

/* Matching names: their common prefix, and a list. */
struct matches {
	char common[WORD_MAX];
	unsigned count;
	struct buffer list;
};

static void add_match(struct matches *m, const char *name)
{
	size_t n = 0;

	if (!m->count++)
		snprintf(m->common, sizeof(m->common), "%s", name);
	while (m->common[n] && m->common[n] == name[n])
		n++;
	m->common[n] = '\0';
	buffer_printf(&m->list, "%s  ", name);
}

static void match_questions(struct matches *m, const char *word)
{
	struct arena arena = { 0 };
	struct question q;

	for (unsigned i = 0; question_at(i, &arena, &q); i++)
		if (!strncmp(q.name, word, strlen(word)))
			add_match(m, q.name);
	arena_free(&arena);
}

/* A name, and the word to complete. */
struct completion {
	struct matches *matches;
	const char *word;
};

static void match_name(void *user, const char *name)
{
	const struct completion *c = user;

	if (!strncmp(name, c->word, strlen(c->word)))
		add_match(c->matches, name);
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Tab: completes the word before the cursor, or lists the possibilities. */
static unsigned char complete(EditLine *edit, int key)
{
	const LineInfo *line = el_line(edit);
	const char *start = line->cursor;
	struct matches m = { .count = 0 };
	unsigned char result = CC_ERROR;
	char word[WORD_MAX];
	struct prompt *p;
	size_t len;

	(void)key;
	el_get(edit, EL_CLIENTDATA, &p);
	while (start > line->buffer && is_word_char(start[-1]))
		start--;
	len = (size_t)(line->cursor - start);
	if (!len || len >= sizeof(word))
		return CC_ERROR;
	snprintf(word, sizeof(word), "%.*s", (int)len, start);
	if (start == line->buffer && !p->sql.len)
		match_questions(&m, word);
	ask_names(p->asking, NAMES_TABLES | NAMES_COLUMNS, match_name,
		  &(struct completion){ .matches = &m, .word = word });
	if (m.count && strlen(m.common) > len) {
		el_insertstr(edit, m.common + len);
		result = CC_REFRESH;
	} else if (m.count > 1) {
		putchar('\n');
		cmd_say(stdout, "%.*s", (int)m.list.len, (char *)m.list.data);
		result = CC_REDISPLAY;
	}
	if (m.count == 1)
		el_insertstr(edit, " ");
	buffer_free(&m.list);
	return result;
}

/* Determines the history file: in $XDG_STATE_HOME, or the home folder. */
static void find_history(struct prompt *p)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state)
		snprintf(p->history_path, sizeof(p->history_path),
			 "%s/spoor_history", state);
	else if (home && *home)
		snprintf(p->history_path, sizeof(p->history_path),
			 "%s/.spoor_history", home);
}

/* Prepares line editing, history and completion. */
static void start(struct prompt *p)
{
	HistEvent event;

	p->edit = el_init("spoor", stdin, stdout, stderr);
	p->history = history_init();
	history(p->history, &event, H_SETSIZE, HISTORY_LEN);
	history(p->history, &event, H_SETUNIQUE, 1);
	find_history(p);
	if (*p->history_path)
		history(p->history, &event, H_LOAD, p->history_path);
	el_set(p->edit, EL_CLIENTDATA, p);
	el_set(p->edit, EL_PROMPT, prompt_text);
	el_set(p->edit, EL_EDITOR, "emacs");
	el_set(p->edit, EL_SIGNAL, 1);
	el_set(p->edit, EL_HIST, history, p->history);
	el_set(p->edit, EL_ADDFN, "complete", "complete a name", complete);
	el_set(p->edit, EL_BIND, "^I", "complete", NULL);
	el_source(p->edit, NULL);
}

static void end(struct prompt *p)
{
	HistEvent event;
	mode_t mask = umask(077);

	if (*p->history_path)
		history(p->history, &event, H_SAVE, p->history_path);
	umask(mask);
	history_end(p->history);
	el_end(p->edit);
	buffer_free(&p->sql);
}

/* Splits a line at blanks, except in quotes. */
static unsigned split(char *line, char *words[WORDS_MAX])
{
	unsigned count = 0;

	for (;;) {
		char quote;

		line += strspn(line, " \t\n");
		if (!*line || count == WORDS_MAX)
			return count;
		quote = *line == '\'' || *line == '"' ? *line++ : '\0';
		words[count++] = line;
		line += quote ? strcspn(line, (char[]){ quote, '\0' })
			      : strcspn(line, " \t\n;");
		if (!*line)
			return count;
		*line++ = '\0';
	}
}

/* A command of the prompt. */
struct dot_command {
	const char *name, *argument, *help; /* help NULL: another name */
	int (*run)(struct prompt *p, const char *argument);
};

static int show_tables(struct prompt *p, const char *argument)
{
	(void)argument;
	return ask_sql(p->asking, "SELECT name, type FROM sqlite_schema WHERE "
				  "type IN ('table', 'view') AND name NOT "
				  "GLOB '*_search_*' ORDER BY 1");
}

static int show_schema(struct prompt *p, const char *name)
{
	static const char sql[] =
		"SELECT sql || ';' AS sql FROM sqlite_schema "
		"WHERE sql IS NOT NULL AND (@name = '' OR name = @name)";
	struct query_value value = { .name = "name", .text = name };
	struct query_values values = { .items = &value, .count = 1 };
	struct asking plain = *p->asking;

	plain.form = row_form_find("line");
	plain.values = values;
	return ask_sql(&plain, sql);
}

static int show_questions(struct prompt *p, const char *argument)
{
	(void)p;
	(void)argument;
	ask_list(stdout);
	return EXIT_OK;
}

static int set_mode(struct prompt *p, const char *name)
{
	const struct row_form *form = row_form_find(name);

	if (!form)
		return cmd_usage_error("query", "unknown output format '%s'",
				       name);
	p->asking->form = form;
	return EXIT_OK;
}

static int set_timer(struct prompt *p, const char *argument)
{
	p->has_timer = strcmp(argument, "off") != 0;
	return EXIT_OK;
}

static int end_prompt(struct prompt *p, const char *argument)
{
	(void)argument;
	p->ended = true;
	return EXIT_OK;
}

static int show_help(struct prompt *p, const char *argument);

static const struct dot_command dot_commands[] = {
	{ "tables", "", "list tables and views", show_tables },
	{ "schema", "[NAME]", "print the SQL that creates them", show_schema },
	{ "questions", "", "list the ready questions", show_questions },
	{ "mode", "FORM", "table, csv, json, jsonl, line, markdown", set_mode },
	{ "timer", "on|off", "print the run time of queries", set_timer },
	{ "help", "", "print this help", show_help },
	{ "quit", "", "end (also Ctrl-D); Ctrl-C stops a running query",
	  end_prompt },
	{ "exit", "", NULL, end_prompt },
	{ "q", "", NULL, end_prompt },
	{ NULL, NULL, NULL, NULL },
};

static int show_help(struct prompt *p, const char *argument)
{
	(void)p;
	(void)argument;
	puts("End SQL with a semicolon; run a ready question by its name.");
	for (const struct dot_command *c = dot_commands; c->name; c++)
		if (c->help)
			printf("  .%-9s %-8s %s\n", c->name, c->argument,
			       c->help);
	return EXIT_OK;
}

static int command(struct prompt *p, char *words[], unsigned count)
{
	struct nearest n = { .word = words[0] + 1 };

	for (const struct dot_command *c = dot_commands; c->name; c++) {
		if (!strcmp(c->name, n.word))
			return c->run(p, count > 1 ? words[1] : "");
		nearest_offer(&n, c->name);
	}
	cmd_note("query", "there is no command %s%s%s%s (.help lists them)",
		 words[0], *n.name ? "; did you mean ." : "", n.name,
		 *n.name ? "?" : "");
	return EXIT_ERROR;
}

/*
 * Suggests a question for a single word that is not SQL but similar to its
 * name.
 */
static bool misspelled(struct prompt *p, const char *word)
{
	struct nearest n = ask_nearest(word);

	if (!*n.name)
		return false;
	cmd_note("query", "there is no question '%s'; did you mean %s?", word,
		 n.name);
	p->failed = true;
	return true;
}

/* Runs "name --param value ..."; false: not a ready question. */
static bool question(struct prompt *p, char *words[], unsigned count)
{
	struct given given[WORDS_MAX];
	struct given_list list = { .items = given };
	struct arena arena = { 0 };
	struct question q;
	bool found = question_find(words[0], &arena, &q);

	if (!found && (count == 1 || !strncmp(words[1], "--", 2)))
		return misspelled(p, words[0]);

	for (unsigned i = 1; found && i < count; i++) {
		if (!strcmp(words[i], "--help")) {
			ask_help(&q, stdout);
			arena_free(&arena);
			return true;
		}
		if (strncmp(words[i], "--", 2) || i + 1 == count) {
			fprintf(stderr,
				"spoor query: parameters have the form --NAME "
				"VALUE\n");
			p->failed = true;
			arena_free(&arena);
			return true;
		}
		list.items[list.count].name = words[i] + 2;
		list.items[list.count++].value = words[++i];
	}
	if (found && ask_question(p->asking, &q, &list))
		p->failed = true;
	arena_free(&arena);
	return found;
}

/* Adds a line to the current statement; runs it when it is complete. */
static void take_sql(struct prompt *p, const char *line)
{
	buffer_put(&p->sql, line, strlen(line) + 1);
	if (sqlite3_complete((char *)p->sql.data)) {
		p->failed |= ask_sql(p->asking, (char *)p->sql.data);
		p->sql.len = 0;
	} else {
		p->sql.len--; /* the NUL */
	}
}

static uint64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000;
}

/* Processes a line: a dot command, a question, or SQL. */
static void take_line(struct prompt *p, const char *line)
{
	char *copy = mem_strdup(line);
	uint64_t began = now_us();
	char *words[WORDS_MAX];
	unsigned count = split(copy, words);

	if (count && !p->sql.len && *words[0] == '.')
		p->failed |= command(p, words, count) != EXIT_OK;
	else if (count && (p->sql.len || !question(p, words, count)))
		take_sql(p, line);
	if (p->has_timer && count && !p->sql.len)
		printf("%.3f s\n", (double)(now_us() - began) / 1e6);
	free(copy);
}

int ask_prompt(struct asking *a)
{
	struct prompt p = { .asking = a };
	HistEvent event;

	start(&p);
	puts("Tables, questions, help: .tables .questions .help");
	while (!p.ended) {
		int len;
		const char *line = el_gets(p.edit, &len);

		if (!line && errno == EINTR) {
			p.sql.len = 0;
			el_reset(p.edit);
			putchar('\n');
			continue;
		}
		if (!line || len <= 0)
			break;
		if (len > 1)
			history(p.history, &event, H_ENTER, line);
		take_line(&p, line);
	}
	end(&p);
	return EXIT_OK;
}

int ask_lines(struct asking *a, char *text)
{
	struct prompt p = { .asking = a };
	char *save;

	for (char *line = strtok_r(text, "\n", &save); line && !p.ended;
	     line = strtok_r(NULL, "\n", &save)) {
		take_line(&p, line);
		if (p.sql.len)
			buffer_u8(&p.sql, '\n');
	}
	if (p.sql.len && !p.ended) {
		buffer_u8(&p.sql, '\0');
		p.failed |= ask_sql(a, (char *)p.sql.data);
	}
	buffer_free(&p.sql);
	return p.failed ? EXIT_ERROR : EXIT_OK;
}
