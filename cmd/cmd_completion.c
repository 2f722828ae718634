/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spoor completion: scripts for bash and zsh, from the option rows of all
 * commands.
 */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/bytes.h"

/* Is the option's value a file, according to its name in --help? */
static bool is_file(const struct option_row *row)
{
	return !strcmp(row->argument, "FILE") ||
	       !strcmp(row->argument, "RULES") ||
	       !strcmp(row->argument, "DATABASE");
}

/*
 * The words that a command accepts besides files, one per line; the caller
 * frees it.
 */
static struct buffer command_words(const struct command *c)
{
	struct buffer b = { 0 };

	if (c->put_words)
		c->put_words(&b);
	buffer_u8(&b, '\0');
	return b;
}

/* Prints all names of an option. */
static void put_names(const struct option_row *row, const char *between)
{
	const char *before = "";

	for (const char *k = row->letters; k && *k; k++, before = between)
		printf("%s-%c", before, *k);
	if (row->name)
		printf("%s--%s", before, row->name);
}

/* Prints a comma-separated list, separated by blanks. */
static void put_list(const char *words)
{
	for (; *words; words++)
		putchar(*words == ',' ? ' ' : *words);
}

static void put_bash_value(const struct option_row *row)
{
	fputs("\t\t", stdout);
	put_names(row, "|");
	fputs(") ", stdout);
	if (row->words) {
		fputs("kind=value words='", stdout);
		put_list(row->words);
		fputs("' ;;\n", stdout);
	} else {
		puts(is_file(row) ? "kind=file ;;" : "kind=none ;;");
	}
}

static void put_bash_command(const struct command *c)
{
	const struct option_row *row;
	struct buffer words = command_words(c);

	printf("\t%s)\n\t\toptions='", c->name);
	for (unsigned i = 0; (row = options_row(c, i)); i++) {
		if (!row->help)
			continue;
		put_names(row, " ");
		putchar(' ');
	}
	printf("'\n\t\twords='%s'\n\t\tcase $prev in\n", (char *)words.data);
	for (unsigned i = 0; (row = options_row(c, i)); i++)
		if (row->argument && *row->argument != '[')
			put_bash_value(row);
	if (c->ends_at_word)
		puts("\t\t--) kind=program ;;");
	puts("\t\tesac ;;");
	buffer_free(&words);
}

static const char bash_head[] =
	"# bash completion of spoor; made by `spoor completion bash'\n"
	"_spoor()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal options='' words='' kind=word\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\t# bash makes three words of --mode=csv.\n"
	"\tif [ \"$cur\" = = ]; then\n"
	"\t\tcur=''\n"
	"\telif [ \"$prev\" = = ]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD-2]}\n"
	"\tfi\n"
	"\tcase $COMP_CWORD:${COMP_WORDS[1]} in\n"
	"\t1:*) kind=value words='--help --version ";
static const char bash_tail[] =
	"\tesac\n"
	"\tcase $kind:$cur in\n"
	"\tnone:*) return ;;\n"
	"\tvalue:*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
	"\tfile:*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
	"\tprogram:*) COMPREPLY=($(compgen -c -- \"$cur\")) ;;\n"
	"\t*:-*) COMPREPLY=($(compgen -W \"$options $words\" -- \"$cur\")) ;;\n"
	"\t*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")\n"
	"\t\t$(compgen -f -- \"$cur\")) ;;\n"
	"\tesac\n"
	"}\n"
	"complete -o filenames -F _spoor spoor\n";

static void put_bash(void)
{
	fputs(bash_head, stdout);
	for (unsigned i = 0; commands[i]; i++)
		printf("%s%s", i ? " " : "", commands[i]->name);
	puts("' ;;\n\tesac\n\t[ \"$COMP_CWORD\" = 1 ] || "
	     "case ${COMP_WORDS[1]} in");
	for (unsigned i = 0; commands[i]; i++)
		put_bash_command(commands[i]);
	fputs(bash_tail, stdout);
}

/* Prints the first part of a sentence, escaped for zsh's '[...]'. */
static void put_zsh_help(const char *text)
{
	size_t len = strcspn(text, ";:([");
	const char *end = strstr(text, ".  ");

	if (end && (size_t)(end - text) < len)
		len = (size_t)(end - text);
	while (len && text[len - 1] == ' ')
		len--;
	putchar('[');
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\'')
			fputs("'\\''", stdout);
		else
			putchar(text[i]);
	putchar(']');
}

static void put_zsh_value(const struct option_row *row)
{
	if (!row->argument || *row->argument == '[')
		return;
	printf(":%.*s:", (int)strcspn(row->argument, " [="), row->argument);
	if (row->words) {
		putchar('(');
		put_list(row->words);
		putchar(')');
	} else {
		fputs(is_file(row) ? "_files" : " ", stdout);
	}
}

/* Prints a name with the way its value follows: -o+ and --output=. */
static void put_zsh_option(const struct option_row *row, char letter)
{
	bool has_value = row->argument && *row->argument != '[';

	if (letter)
		printf("\t\t\t'*-%c%s", letter, has_value ? "+" : "");
	else
		printf("\t\t\t'*--%s%s", row->name, has_value ? "=" : "");
	put_zsh_help(row->help);
	put_zsh_value(row);
	fputs("' \\\n", stdout);
}

/* Prints the words that are options (--since), or the others. */
static void put_zsh_some(const char *words, bool options)
{
	for (size_t len; *words; words += len + 1) {
		len = strcspn(words, "\n");
		if ((*words == '-') != options)
			continue;
		printf(options ? "\t\t\t'*%.*s=:value: ' \\\n" : " %.*s",
		       (int)len, words);
	}
}

static void put_zsh_words(const struct command *c)
{
	struct buffer words = command_words(c);

	if (!words.data[0]) {
		puts(c->ends_at_word ? "\t\t\t'*:: :_normal' ;;"
				     : "\t\t\t'*: :_files' ;;");
	} else {
		put_zsh_some((char *)words.data, true);
		fputs("\t\t\t'*: :{compadd --", stdout);
		put_zsh_some((char *)words.data, false);
		puts("; _files}' ;;");
	}
	buffer_free(&words);
}

static void put_zsh_command(const struct command *c)
{
	const struct option_row *row;

	printf("\t%s)\n\t\t_arguments -s \\\n", c->name);
	for (unsigned i = 0; (row = options_row(c, i)); i++) {
		if (!row->help)
			continue;
		for (const char *k = row->letters; k && *k; k++)
			put_zsh_option(row, *k);
		if (row->name)
			put_zsh_option(row, '\0');
	}
	put_zsh_words(c);
}

static void put_zsh(void)
{
	puts("#compdef spoor\n"
	     "# zsh completion of spoor; made by `spoor completion zsh'\n"
	     "_spoor()\n{\n\tlocal -a commands\n\tlocal name\n\tcommands=(");
	for (unsigned i = 0; commands[i]; i++)
		printf("\t\t'%s:%s'\n", commands[i]->name, commands[i]->help);
	puts("\t)\n\tif (( CURRENT == 2 )); then\n"
	     "\t\t_describe command commands\n\t\treturn\n\tfi\n"
	     "\tname=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n"
	     "\tcase $name in");
	for (unsigned i = 0; commands[i]; i++)
		put_zsh_command(commands[i]);
	puts("\tesac\n}\n"
	     "if [ \"$funcstack[1]\" = _spoor ]; then\n\t_spoor \"$@\"\nelse\n"
	     "\tcompdef _spoor spoor\nfi");
}

static void put_words(struct buffer *out)
{
	buffer_printf(out, "bash\nzsh\n");
}

static int run(int argc, char **argv)
{
	bool ignored;
	int result = options_parse(&command_completion, &ignored, argc, argv);
	const char *shell = optind < argc ? argv[optind] : "";

	if (result)
		return result < 0 ? EXIT_OK : result;
	if (!strcmp(shell, "bash"))
		put_bash();
	else if (!strcmp(shell, "zsh"))
		put_zsh();
	else
		return cmd_usage_error("completion", "name a shell: bash or "
						     "zsh");
	return EXIT_OK;
}

const struct command command_completion = {
	.name = "completion",
	.help = "print a shell completion script",
	.run = run,
	.usage = "spoor completion bash|zsh\n",
	.about = "Prints a completion script for commands, options and their "
		 "values.\n"
		 "`make install' installs the scripts for both shells.  To "
		 "try it:\n\n"
		 "    eval \"$(spoor completion bash)\"\n",
	.put_words = put_words,
};
