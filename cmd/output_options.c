/* SPDX-License-Identifier: Apache-2.0 */
/* The options for the captures that a command writes. */
#include "cmd/output_options.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "core/bytes.h"

/* A size in millions of bytes, or with a suffix in units of 1024. */
static int take_len(const struct option_use *use)
{
	static const char letters[] = "KMG";
	size_t len = strlen(use->value);
	const char *at =
		len ? strchr(letters, use->value[len - 1] & ~32) : NULL;
	uint64_t unit = 1000000, *to = option_member(use);
	char digits[24];

	if (at && *at) {
		unit = 1024ull << 10 * (at - letters);
		len--;
	}
	snprintf(digits, sizeof(digits), "%.*s", (int)len, use->value);
	if (cmd_number(use->command->name, use->name, digits, INT64_MAX / unit,
		       to))
		return EXIT_ERROR;
	*to *= unit;
	if (!*to)
		return cmd_usage_error(use->command->name,
				       "%s must be at least 1", use->name);
	return EXIT_OK;
}

static int take_count(const struct option_use *use)
{
	if (option_number(use))
		return EXIT_ERROR;
	if (!*(uint64_t *)option_member(use))
		return cmd_usage_error(use->command->name,
				       "%s must be at least 1", use->name);
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct output_options, member)
const struct option_row output_rows[] = {
	{ .letters = "ow",
	  .name = "output",
	  .argument = "FILE",
	  .take = option_text,
	  AT(path),
	  .help = "capture file to write: NAME.scap.zst, or NAME.scap for an "
		  "uncompressed capture without index and loss statistics; - "
		  "writes to standard output, uncompressed" },
	{ .name = "write", .argument = "FILE", .take = option_text, AT(path) },
	{ .letters = "z",
	  .name = "compress",
	  .take = option_flag,
	  AT(is_compressed),
	  .help = "compress standard output (for files, the name decides)" },
	{ .name = "force",
	  .take = option_flag,
	  AT(writer.force),
	  .help = "overwrite FILE if it exists" },
	{ .name = "compat",
	  .argument = "NAME",
	  .take = option_choice,
	  AT(writer.compat),
	  .help = "dialect to write: current, or sysdig-0.29 for Debian's "
		  "sysdig (the types and numbers of events that it cannot "
		  "show are printed)",
	  .fallback = "current",
	  .words = "current,sysdig-0.29" },
	{ .letters = "C",
	  .name = "file-size",
	  .argument = "SIZE",
	  .take = take_len,
	  AT(rotation.len),
	  .help = "start a new file every SIZE million bytes (with suffix K, "
		  "M or G: units of 1024)" },
	{ .letters = "G",
	  .name = "seconds-per-file",
	  .argument = "SECONDS",
	  .take = take_count,
	  AT(rotation.seconds),
	  .help = "start a new file every SECONDS.  record measures by a "
		  "clock that changes of the system time do not affect; "
		  "convert goes by the event times, and also starts a new "
		  "file where they go backwards.  FILE may contain a time "
		  "format such as %H%M (strftime(3))",
	  .max = UINT32_MAX },
	{ .letters = "e",
	  .name = "events-per-file",
	  .argument = "COUNT",
	  .take = take_count,
	  AT(rotation.events),
	  .help = "start a new file every COUNT events.  Each file is a "
		  "complete capture that begins with the current state, and "
		  "has a number at the end of its name: FILE0, FILE1 ...; "
		  "read them as one with: spoor replay FILE*",
	  .max = UINT32_MAX },
	{ .letters = "W",
	  .name = "files",
	  .argument = "COUNT",
	  .take = take_count,
	  AT(rotation.files),
	  .help = "keep only the last COUNT files",
	  .max = UINT32_MAX },
	{ .take = NULL },
};
#undef AT

/* Does the name end so, ignoring the digits of rotated files? */
static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	while (len && name[len - 1] >= '0' && name[len - 1] <= '9')
		len--;
	return len >= end_len && !memcmp(name + len - end_len, end, end_len);
}

/* Refuses names of formats that are not written. */
static int check_name(const char *name, const char *command)
{
	static const char *const others[] = { ".gz",  ".xz",   ".bz2",	 ".lz4",
					      ".zip", ".pcap", ".pcapng" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (ends_with(name, others[i]))
			return cmd_usage_error(command,
					       "%s: captures are written as "
					       ".scap.zst or (uncompressed) "
					       "as .scap, not as %s",
					       name, others[i]);
	return EXIT_OK;
}

static int check_stdout(const struct output_options *o, const char *command)
{
	if (isatty(STDOUT_FILENO))
		return cmd_usage_error(command, "standard output is a "
						"terminal: name a file, or "
						"use a pipe");
	if (o->rotation.len || o->rotation.seconds || o->rotation.events)
		return cmd_usage_error(command, "-C, -G and -e need a file, "
						"not standard output");
	return EXIT_OK;
}

int output_settle(struct output_options *o, const char *command)
{
	bool is_plain;

	if (!o->path)
		return cmd_usage_error(command, "no output file is named: use "
						"-o FILE");
	if (!strcmp(o->path, "-")) {
		o->writer.plain = !o->is_compressed;
		return check_stdout(o, command);
	}
	is_plain = ends_with(o->path, ".scap");
	if (is_plain && o->is_compressed)
		return cmd_usage_error(command,
				       "-z: captures named %s are not "
				       "compressed; use %s.zst",
				       o->path, o->path);
	o->writer.plain = is_plain;
	return check_name(o->path, command);
}

int output_take_stdout(struct output_options *o, struct error *err)
{
	if (strcmp(o->path, "-") != 0)
		return 0;
	fflush(stdout);
	o->writer.fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (o->writer.fd < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return error_errno(err, "standard output");
	o->path = "standard output";
	return 0;
}

uint64_t output_report_missing(const struct output *o, const char *command)
{
	const struct dialect *d = output_dialect(o);
	struct buffer text = { 0 };

	for (int i = 0; i < WRITER_FATES; i++) {
		text.len = 0;
		if (dialect_text(d, (enum writer_fate)i, &text))
			cmd_note(command, "%.*s", (int)text.len,
				 (char *)text.data);
	}
	buffer_free(&text);
	return dialect_missing(d);
}
