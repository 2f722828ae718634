/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing by getopt_long(3) from rows; see options.h. */
#include "cmd/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/falco_options.h"
#include "core/arena.h"
#include "core/nearest.h"

/* getopt_long returns LONG + i for row i, or one of its letters. */
enum { ROWS_MAX = 64, LONG = 256 };

static int take_help(const struct option_use *use)
{
	options_help(use->command, stdout);
	return OPTIONS_DONE;
}

static const struct option_row common_rows[] = {
	{ .letters = "h",
	  .name = "help",
	  .take = take_help,
	  .help = "print this help" },
	{ .take = NULL },
};

/* Row number i; *ret_at: the offset of its group's struct. */
static const struct option_row *find_row(const struct command *c, unsigned i,
					 size_t *ret_at)
{
	const struct option_group *g = c->options;

	for (; g && g->rows; g++)
		for (const struct option_row *r = g->rows; r->take; r++)
			if (!i--) {
				*ret_at = g->at;
				return r;
			}
	*ret_at = 0;
	return i < 1 ? &common_rows[i] : NULL;
}

const struct option_row *options_row(const struct command *command, unsigned i)
{
	size_t at;

	return find_row(command, i, &at);
}

/* The rows in the form that getopt_long requires. */
struct tables {
	struct option longs[ROWS_MAX + 1];
	char letters[4 * ROWS_MAX];
};

/* required_argument etc., which is also the number of colons after a letter. */
static int value_of(const struct option_row *row)
{
	if (!row->argument)
		return no_argument;
	return *row->argument == '[' ? optional_argument : required_argument;
}

/*
 * Makes the tables.  "+": options end at the first word; ":": a missing value
 * has its own code.
 */
static void make_tables(const struct command *c, struct tables *t)
{
	const struct option_row *row;
	struct option *l = t->longs;
	char *to = t->letters;

	if (c->ends_at_word)
		*to++ = '+';
	*to++ = ':';
	for (unsigned i = 0; i < ROWS_MAX && (row = options_row(c, i)); i++) {
		int has_value = value_of(row);

		for (const char *k = row->letters; k && *k; k++) {
			*to++ = *k;
			for (int n = 0; n < has_value; n++)
				*to++ = ':';
		}
		if (row->name)
			*l++ = (struct option){ row->name, has_value, NULL,
						LONG + (int)i };
	}
	*to = '\0';
	*l = (struct option){ NULL, 0, NULL, 0 };
}

void *option_member(const struct option_use *use)
{
	return (char *)use->to + use->row->at;
}

int option_flag(const struct option_use *use)
{
	*(bool *)option_member(use) = true;
	return EXIT_OK;
}

int option_text(const struct option_use *use)
{
	*(const char **)option_member(use) = use->value;
	return EXIT_OK;
}

int cmd_number(const char *command, const char *option, const char *text,
	       uint64_t max, uint64_t *ret_number)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || n > max)
		return cmd_usage_error(
			command, "%s must be a number from 0 to %llu, not '%s'",
			option, (unsigned long long)max, text);
	*ret_number = n;
	return EXIT_OK;
}

int option_number(const struct option_use *use)
{
	return cmd_number(use->command->name, use->name, use->value,
			  use->row->max ? use->row->max : UINT64_MAX,
			  option_member(use));
}

void word_list_add(struct word_list *list, const char *word)
{
	list->items = mem_realloc(list->items,
				  (list->count + 1) * sizeof(*list->items));
	list->items[list->count++] = word;
}

int option_word(const struct option_use *use)
{
	word_list_add(option_member(use), use->value);
	return EXIT_OK;
}

int option_refuse(const char *command, const char *option, const char *value,
		  const char *words)
{
	struct nearest n = { .word = value };

	nearest_offer_list(&n, words);
	return cmd_usage_error(
		command, "%s %s: must be one of %s%s%s%s", option, value, words,
		*n.name ? "; did you mean " : "", n.name, *n.name ? "?" : "");
}

/* The place of the value in the row's words, or -1. */
static int place_of(const struct option_use *use)
{
	const char *word = use->row->words;
	size_t len;

	for (int at = 0; *word; word += len + (word[len] == ','), at++) {
		len = strcspn(word, ",");
		if (strlen(use->value) == len && !memcmp(word, use->value, len))
			return at;
	}
	option_refuse(use->command->name, use->name, use->value,
		      use->row->words);
	return -1;
}

int option_choice(const struct option_use *use)
{
	int at = place_of(use);

	if (at < 0)
		return EXIT_ERROR;
	memcpy(option_member(use), &at, sizeof(at));
	return EXIT_OK;
}

int option_known(const struct option_use *use)
{
	return place_of(use) < 0 ? EXIT_ERROR : option_text(use);
}

/* The long option closest to a name; "": none. */
static struct nearest meant(const struct command *c, const char *name)
{
	struct nearest n = { .word = name + strspn(name, "-") };
	const struct option_row *row;

	for (unsigned i = 0; strlen(n.word) > 1 && (row = options_row(c, i));
	     i++)
		if (row->name)
			nearest_offer(&n, row->name);
	return n;
}

int options_refuse(const struct command *c, const char *name)
{
	struct nearest n = meant(c, name);

	return cmd_usage_error(c->name, "there is no option %s%s%s%s", name,
			       *n.name ? "; did you mean --" : "", n.name,
			       *n.name ? "?" : "");
}

/* Refuses an unknown letter; for "-json", suggests "--json". */
static int refuse_letter(const struct command *c, const char *name, char **argv)
{
	const char *word = argv[optind];

	/* getopt_long has moved to the next word after the last letter */
	if (!word || *word != '-' || !strchr(word, name[1]))
		word = argv[optind - 1];
	return options_refuse(c, *meant(c, word).name ? word : name);
}

/* Reports an invalid option or a missing value. */
static int refuse(const struct command *c, int answer, char **argv)
{
	bool is_letter = optopt > 0 && optopt < LONG;
	const char *word = argv[optind - 1], *why;
	char name[NEAREST_LEN];

	if (is_letter)
		snprintf(name, sizeof(name), "-%c", optopt);
	else
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="),
			 word);
	if (answer == ':')
		return cmd_usage_error(c->name, "%s needs a value", name);
	if (optopt >= LONG)
		return cmd_usage_error(c->name, "%s takes no value", name);
	why = c->has_falco_names ? falco_option(name) : NULL;
	if (why)
		return cmd_usage_error(c->name, "Falco's %s %s", name, why);
	return is_letter ? refuse_letter(c, name, argv)
			 : options_refuse(c, name);
}

/* The row for a result of getopt_long. */
static const struct option_row *row_of(const struct command *c, int answer,
				       size_t *ret_at)
{
	const struct option_row *row;

	if (answer >= LONG)
		return find_row(c, (unsigned)(answer - LONG), ret_at);
	for (unsigned i = 0; (row = find_row(c, i, ret_at)); i++)
		if (row->letters && strchr(row->letters, answer))
			return row;
	return NULL;
}

/* Processes one option as its row says. */
static int take(const struct command *c, void *to, int answer, char **argv)
{
	char name[NEAREST_LEN];
	size_t at;
	const struct option_row *row = row_of(c, answer, &at);
	const struct option_use use = {
		.command = c,
		.row = row,
		.name = name,
		.value = optarg,
		.to = (char *)to + at,
		.rest = argv + optind,
	};

	if (answer >= LONG)
		snprintf(name, sizeof(name), "--%s", row->name);
	else
		snprintf(name, sizeof(name), "-%c", answer);
	return row->take(&use);
}

/* Sets the default values of all rows. */
static void take_fallbacks(const struct command *c, void *to)
{
	const struct option_row *row;
	size_t at;

	for (unsigned i = 0; (row = find_row(c, i, &at)); i++) {
		const struct option_use use = { .command = c,
						.row = row,
						.name = row->name,
						.value = row->fallback,
						.to = (char *)to + at };

		if (row->fallback)
			row->take(&use);
	}
}

int options_parse(const struct command *c, void *to, int argc, char **argv)
{
	struct tables tables = { 0 };
	int answer, result;

	make_tables(c, &tables);
	take_fallbacks(c, to);
	opterr = 0;
	while ((answer = getopt_long(argc, argv, tables.letters, tables.longs,
				     NULL)) != -1) {
		if (answer != '?' && answer != ':')
			result = take(c, to, answer, argv);
		else if (c->take_unknown && answer == '?' && !optopt)
			result = c->take_unknown(to, argv);
		else
			result = refuse(c, answer, argv);
		if (result != EXIT_OK)
			return result;
	}
	return EXIT_OK;
}
