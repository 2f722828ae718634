/* SPDX-License-Identifier: Apache-2.0 */
/* The program: a table of subcommands, one file each. */
#include "cmd/cmd.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

/* clang-format off */
const struct command commands[] = {
	{ "record", cmd_record, "what a command or process does" },
	{ "info", cmd_info, "what a capture holds" },
	{ "print", cmd_print, "events of a capture as lines" },
	{ "convert", cmd_convert, "a capture into another, whole or filtered" },
	{ "replay", cmd_replay, "captures against Falco rules" },
	{ "index", cmd_index, "keyframes for a capture: replay on all cores" },
	{ "test", cmd_test, "captures against the alerts they must give" },
	{ "check", cmd_check, "validate rules files" },
	{ "load", cmd_load, "captures into a SQLite database" },
	{ "query", cmd_query, "SQL and ready questions to a database" },
	{ "report", cmd_report, "an incident as one HTML page" },
	{ "export", cmd_export, "JSON lines, CSV, ECS or OCSF for other tools" },
	{ "fields", cmd_fields, "the fields of rules, filters and formats" },
	{ NULL, NULL, NULL },
};
/* clang-format on */

int cmd_fail(const char *name, const struct error *err)
{
	fprintf(stderr, "spoor %s: %s\n", name, err->text);
	return EXIT_ERROR;
}

int cmd_usage_error(const char *name, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "spoor %s: ", name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nTry 'spoor %s --help'.\n", name);
	return EXIT_ERROR;
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
			command, "%s wants a number from 0 to %llu, not '%s'",
			option, (unsigned long long)max, text);
	*ret_number = n;
	return EXIT_OK;
}

static void usage(FILE *out)
{
	fputs("usage: spoor COMMAND [ARGUMENTS]\n\n"
	      "Records what a container does, replays it against rules, "
	      "and answers questions.\n\n",
	      out);
	for (const struct command *c = commands; c->name; c++)
		fprintf(out, "  %-9s %s\n", c->name, c->help);
	fputs("\n'spoor COMMAND --help' tells more.\n", out);
}

static void version(void)
{
	puts("spoor " SPOOR_VERSION);
	printf("zstd %s, SQLite %s, %s\n", ZSTD_versionString(),
	       sqlite3_libversion(), pcap_lib_version());
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return EXIT_ERROR;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		usage(stdout);
		return EXIT_OK;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		version();
		return EXIT_OK;
	}
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(argv[1], c->name))
			return c->run(argc - 1, argv + 1);
	fprintf(stderr, "spoor: no command '%s'. Try 'spoor --help'.\n",
		argv[1]);
	return EXIT_ERROR;
}
