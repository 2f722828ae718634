/* SPDX-License-Identifier: Apache-2.0 */
/* The options about the captures that a command writes. */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

/* In millions of bytes, or with a letter behind in units of 1024. */
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
		return cmd_usage_error(use->command->name, "%s 0: at least 1",
				       use->name);
	return EXIT_OK;
}

static int take_count(const struct option_use *use)
{
	if (option_number(use))
		return EXIT_ERROR;
	if (!*(uint64_t *)option_member(use))
		return cmd_usage_error(use->command->name, "%s 0: at least 1",
				       use->name);
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct output_options, member)
#define AT(member) .at = offsetof(struct output_options, member)
const struct option_row output_rows[] = {
	{ .letters = "ow",
	  .name = "output",
	  .argument = "FILE",
	  .take = option_text,
	  AT(path),
	  .help = "the capture to write" },
	{ .name = "write", .argument = "FILE", .take = option_text, AT(path) },
	{ .name = "force",
	  .take = option_flag,
	  AT(writer.force),
	  .help = "overwrite FILE" },
	{ .name = "compat",
	  .argument = "NAME",
	  .take = option_choice,
	  AT(writer.compat),
	  .help = "current, or sysdig-0.29: what Debian's sysdig can read",
	  .fallback = "current",
	  .words = "current,sysdig-0.29" },
	{ .letters = "C",
	  .name = "file-size",
	  .argument = "SIZE",
	  .take = take_len,
	  AT(rotation.len),
	  .help = "begin another file after so many millions of bytes (with "
		  "K, M or G behind: units of 1024)" },
	{ .letters = "G",
	  .name = "seconds-per-file",
	  .argument = "SECONDS",
	  .take = take_count,
	  AT(rotation.seconds),
	  .help = "begin another file after so long; FILE may have a time "
		  "format then, as %H%M (strftime(3))",
	  .max = UINT32_MAX },
	{ .letters = "e",
	  .name = "events-per-file",
	  .argument = "COUNT",
	  .take = take_count,
	  AT(rotation.events),
	  .help = "begin another file after so many events.  Each file is a "
		  "capture of its own, with the state at its start, and has a "
		  "number behind its name, FILE0, FILE1 ...; together they "
		  "are read as one: spoor replay FILE*",
	  .max = UINT32_MAX },
	{ .letters = "W",
	  .name = "files",
	  .argument = "COUNT",
	  .take = take_count,
	  AT(rotation.files),
	  .help = "keep the last so many files",
	  .max = UINT32_MAX },
	{ .take = NULL },
};
