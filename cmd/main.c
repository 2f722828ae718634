/* SPDX-License-Identifier: Apache-2.0 */
/* The program: finds the subcommand in the table of commands.c. */
#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "core/nearest.h"

static void usage(FILE *out)
{
	fputs("Records what a container does, replays the recording against "
	      "rules, and\n"
	      "answers questions about it.\n\n",
	      out);
	for (unsigned i = 0; commands[i]; i++)
		fprintf(out, "  %-11s %s\n", commands[i]->name,
			commands[i]->help);
	fputs("\n"
	      "See 'spoor COMMAND --help' for the options of a command.\n",
	      out);
}

static void version(void)
{
	puts("spoor " SPOOR_VERSION);
	printf("zstd %s, SQLite %s, %s\n", ZSTD_versionString(),
	       sqlite3_libversion(), pcap_lib_version());
}

static int no_command(const char *word)
{
	struct nearest n = { .word = word };

	for (unsigned i = 0; commands[i]; i++)
		nearest_offer(&n, commands[i]->name);
	cmd_say(stderr, "spoor: no command '%s'%s%s%s Try 'spoor --help'.",
		word, *n.name ? "; did you mean " : ".", n.name,
		*n.name ? "?" : "");
	return EXIT_ERROR;
}

/*
 * Opens closed standard files, so that no file opened here takes their place;
 * they are still closed for a recorded command.
 */
static void hold_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null",
			     (fd ? O_RDONLY : O_WRONLY) | O_CLOEXEC);
}

/*
 * Compressed captures are mapped: if another program truncates one while it is
 * read, its bytes are gone, and SIGBUS is turned into an error message.
 */
static void on_cut_file(int sig)
{
	static const char text[] =
		"spoor: a file was cut while it was read: it cannot be read on\n";

	(void)sig;
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	_exit(EXIT_ERROR);
}

static void expect_cut_files(void)
{
	const struct sigaction action = { .sa_handler = on_cut_file };
	struct sigaction before;

	/* Ignored signals stay ignored: a recorded command inherits them. */
	if (!sigaction(SIGBUS, NULL, &before) && before.sa_handler != SIG_IGN)
		sigaction(SIGBUS, &action, NULL);
}

/* Has the reader of standard output closed it?  (SIGPIPE may be ignored.) */
static bool has_no_reader(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) == 1 && out.revents & POLLERR;
}

/* Flushes standard output; a command whose output was lost has failed. */
static int end_output(const char *command, int result)
{
	struct error err;
	int failed = fflush(stdout);

	if (!failed && !ferror(stdout))
		return result;
	if (failed)
		error_errno(&err, "standard output");
	else
		error_set(&err, EIO, "standard output: cannot be written");
	if (!has_no_reader())
		cmd_fail(command, &err);
	return EXIT_ERROR;
}

static int run(int argc, char **argv)
{
	const char *word = argv[1];

	if (!strcmp(word, "--help") || !strcmp(word, "-h") ||
	    !strcmp(word, "help")) {
		usage(stdout);
		return EXIT_OK;
	}
	if (!strcmp(word, "--version") || !strcmp(word, "-V")) {
		version();
		return EXIT_OK;
	}
	for (unsigned i = 0; commands[i]; i++)
		if (!strcmp(word, commands[i]->name))
			return commands[i]->run(argc - 1, argv + 1);
	return no_command(word);
}

int main(int argc, char **argv)
{
	hold_standard_files();
	expect_cut_files();
	if (argc < 2) {
		usage(stderr);
		return EXIT_ERROR;
	}
	return end_output(argv[1], run(argc, argv));
}
