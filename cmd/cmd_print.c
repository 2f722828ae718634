/* SPDX-License-Identifier: Apache-2.0 */
/* spoor print: prints events of captures in sysdig's format. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/suggest.h"
#include "flow/printer.h"

static const char default_format[] =
	"*%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) "
	"%evt.dir %evt.type %evt.info";
static const char container_format[] =
	"*%evt.num %evt.outputtime %evt.cpu %container.name (%container.id) "
	"%proc.name (%thread.tid:%thread.vtid) %evt.dir %evt.type %evt.info";

/* The meaning of -t for %evt.outputtime, with sysdig's letters. */
static const struct {
	char letter;
	const char *fields;
} times[] = {
	{ 'h', "%evt.time" },
	{ 'a', "%evt.rawtime.s.%evt.rawtime.ns" },
	{ 'r', "%evt.reltime.s.%evt.reltime.ns" },
	{ 'D', "%evt.deltatime.s.%evt.deltatime.ns" },
};

struct print {
	const char *format_text;
	const char *filter_text;
	const char *time_fields; /* NULL: unchanged */
	struct captures captures;
	struct arena names;
	struct printer printer;
};

static struct event_sink *begin_capture(void *user, const char *path)
{
	struct print *p = user;

	(void)path;
	return printer_begin(&p->printer);
}

static void end_capture(void *user, const struct capture_source *source,
			enum pump_end why)
{
	struct print *p = user;

	(void)source;
	(void)why;
	printer_end(&p->printer);
}

static int add_file(struct print *p, const char *word)
{
	return captures_take(&p->captures, "print", (char *const *)&word, 1);
}

/*
 * Takes the words that are files, up to the first other one, which begins the
 * filter.
 */
static int take_words(struct print *p, int argc, char **argv,
		      struct buffer *filter)
{
	int i = optind;

	for (; i < argc; i++) {
		if (strcmp(argv[i], "-") != 0 && access(argv[i], F_OK) &&
		    (p->captures.files.count || strpbrk(argv[i], " =<>!")))
			break;
		if (add_file(p, argv[i]))
			return EXIT_ERROR;
	}
	for (; i < argc; i++)
		buffer_printf(filter, "%s%s", filter->len ? " " : "", argv[i]);
	buffer_u8(filter, '\0');
	p->filter_text = (const char *)filter->data;
	if (!p->captures.files.count)
		return cmd_usage_error("print", "no capture is named");
	return EXIT_OK;
}

static int take_file(const struct option_use *use)
{
	return add_file(use->to, use->value);
}

static int take_time(const struct option_use *use)
{
	struct print *p = use->to;

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (use->value[0] == times[i].letter && !use->value[1])
			p->time_fields = times[i].fields;
	return p->time_fields ? EXIT_OK
			      : option_refuse("print", use->name, use->value,
					      use->row->words);
}

static int take_format(const struct option_use *use)
{
	struct print *p = use->to;

	p->format_text =
		strcmp(use->value, "c") && strcmp(use->value, "container")
			? use->value
			: container_format;
	return EXIT_OK;
}

/* -x, -X and -A: the letter selects the parts that are shown. */
static int take_dump(const struct option_use *use)
{
	struct print *p = use->to;

	if (*use->row->letters == 'A')
		p->printer.options.dump = DUMP_LINES;
	else
		p->printer.options.dump |= *use->row->letters == 'x'
						   ? DUMP_HEX
						   : DUMP_HEX | DUMP_TEXT;
	return EXIT_OK;
}

#define AT(member) .at = offsetof(struct print, member)
static const struct option_row option_rows[] = {
	{ .letters = "r",
	  .name = "read",
	  .argument = "FILE",
	  .take = take_file,
	  .help = "a capture to read (the option may be omitted)" },
	{ .letters = "p",
	  .name = "print",
	  .argument = "FORMAT",
	  .take = take_format,
	  .help = "output format: text with %fields (see spoor fields).  "
		  "Events that lack one of the fields are skipped, unless "
		  "FORMAT begins with *.  c: the default format with the "
		  "container" },
	{ .letters = "n",
	  .name = "numevents",
	  .argument = "COUNT",
	  .take = option_number,
	  AT(printer.options.limit),
	  .help = "stop after COUNT lines" },
	{ .letters = "t",
	  .name = "timetype",
	  .argument = "TYPE",
	  .take = take_time,
	  .help = "format of %evt.outputtime: h time of day, a seconds since "
		  "the epoch, r seconds since the first event, D seconds "
		  "since the previous event",
	  .words = "h,a,r,D" },
	{ .letters = "x",
	  .name = "print-hex",
	  .take = take_dump,
	  .help = "print the data of each event below it, in hexadecimal" },
	{ .letters = "X",
	  .name = "print-hex-ascii",
	  .take = take_dump,
	  .help = "print the data of each event below it, in hexadecimal and "
		  "ASCII" },
	{ .letters = "A",
	  .name = "print-ascii",
	  .take = take_dump,
	  .help = "print the data of each event below it, as text" },
	{ .letters = "j",
	  .name = "json",
	  .take = option_flag,
	  AT(printer.options.json),
	  .help = "print one JSON object per line, with one member per field" },
	{ .name = "raw",
	  .take = option_flag,
	  AT(printer.options.raw),
	  .help = "print values unescaped.  By default control characters, "
		  "characters that hide or reorder text, and invalid UTF-8 "
		  "are shown as \\n, \\x1b, \\u202e; unescaped they can "
		  "control the terminal or imitate further lines" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

/* The format with %evt.outputtime replaced according to -t. */
static const char *timed_format(struct print *p)
{
	static const char name[] = "%evt.outputtime";
	const char *at = strstr(p->format_text, name);

	if (!at || !p->time_fields)
		return p->format_text;
	return arena_printf(&p->names, "%.*s%s%s", (int)(at - p->format_text),
			    p->format_text, p->time_fields, at + strlen(name));
}

/* Compiles the filter and the format of the command line. */
static int compile(struct print *p, struct error *err)
{
	struct printer_options *o = &p->printer.options;

	if (format_compile(&o->format, timed_format(p), &fields_syscall, err))
		return error_context(err, "format");
	if (*p->filter_text &&
	    filter_compile(&o->filter, p->filter_text, &fields_syscall, err))
		return error_context(err, "filter");
	return 0;
}

/* Compiles filter and format, and prints the captures. */
static int print(struct print *p)
{
	struct printer_options *o = &p->printer.options;
	const struct pass pass = { .command = "print",
				   .begin = begin_capture,
				   .end = end_capture,
				   .user = p };
	struct field_ref *buffer;
	struct error err;
	int result;

	if (compile(p, &err)) {
		suggest_in_error(&err);
		return cmd_fail("print", &err);
	}
	if (field_find(&fields_syscall, "evt.buffer", &p->names, &buffer, &err))
		return cmd_fail("print", &err);
	o->buffer = buffer;
	o->out = stdout;
	result = captures_pass(&p->captures.files, &pass);
	filter_free(o->filter);
	format_free(o->format);
	return result;
}

static int run(int argc, char **argv)
{
	struct print p = { .format_text = default_format };
	struct buffer filter = { 0 };
	static char output[1 << 16];
	int result;

	setvbuf(stdout, output, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF,
		sizeof(output));
	result = options_parse(&command_print, &p, argc, argv);
	if (result == EXIT_OK)
		result = take_words(&p, argc, argv, &filter);
	if (result == EXIT_OK)
		result = print(&p);
	if (result < 0)
		result = EXIT_OK;
	buffer_free(&filter);
	captures_free(&p.captures);
	arena_free(&p.names);
	return result;
}

const struct command command_print = {
	.name = "print",
	.help = "print the events of a capture",
	.run = run,
	.usage = "spoor print [options] FILE... [FILTER]\n",
	.about = "Prints the events of captures (\"-\": standard input; a "
		 "folder: all captures\n"
		 "in it) that match FILTER, with the filter language and "
		 "output format of\n"
		 "sysdig.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE,
};
