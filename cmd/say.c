/* SPDX-License-Identifier: Apache-2.0 */
/* Lines for people, by the policy of core/text.h. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/text.h"

/* The format is a constant of the caller, which the compiler checked. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void say(FILE *out, const char *command, const char *format,
		va_list args)
{
	struct buffer line = { 0 };
	char *text = NULL;
	int len = vasprintf(&text, format, args);

	if (len < 0)
		return;
	if (command)
		buffer_printf(&line, "spoor %s: ", command);
	text_put(&line, text, (size_t)len);
	buffer_u8(&line, '\n');
	fwrite(line.data, 1, line.len, out);
	buffer_free(&line);
	free(text);
}
#pragma GCC diagnostic pop

void cmd_say(FILE *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(out, NULL, format, args);
	va_end(args);
}

void cmd_note(const char *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(stderr, command, format, args);
	va_end(args);
}

void cmd_say_lines(FILE *out, const char *text, size_t len)
{
	struct buffer lines = { 0 };

	text_put_lines(&lines, text, len);
	fwrite(lines.data, 1, lines.len, out);
	buffer_free(&lines);
}

int cmd_fail(const char *name, const struct error *err)
{
	cmd_note(name, "%s", err->text);
	return EXIT_ERROR;
}

int cmd_fail_output(const char *name, const char *path, const struct error *err)
{
	static const char *const names[] = { "-", "/dev/stdout",
					     "standard output" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (err->code == EPIPE && !strcmp(path, names[i]))
			return EXIT_ERROR;
	return cmd_fail(name, err);
}

int cmd_usage_error(const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(stderr, name, format, args);
	va_end(args);
	fprintf(stderr, "Try 'spoor %s --help'.\n", name);
	return EXIT_ERROR;
}
