/* SPDX-License-Identifier: Apache-2.0 */
/* spoor print: events of captures as lines, in sysdig's shape. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/suggest.h"
#include "core/file/file.h"
#include "core/text.h"
#include "replay/replay.h"

static const char default_format[] =
	"*%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) "
	"%evt.dir %evt.type %evt.info";
static const char container_format[] =
	"*%evt.num %evt.outputtime %evt.cpu %container.name (%container.id) "
	"%proc.name (%thread.tid:%thread.vtid) %evt.dir %evt.type %evt.info";

/* What -t makes of %evt.outputtime; sysdig's letters. */
static const struct {
	char letter;
	const char *fields;
} times[] = {
	{ 'h', "%evt.time" },
	{ 'a', "%evt.rawtime.s.%evt.rawtime.ns" },
	{ 'r', "%evt.reltime.s.%evt.reltime.ns" },
	{ 'D', "%evt.deltatime.s.%evt.deltatime.ns" },
};

enum dump { DUMP_NONE, DUMP_HEX = 1, DUMP_TEXT = 2, DUMP_LINES = 4 };

struct print {
	const char *format_text;
	const char *filter_text;
	struct captures captures;
	uint64_t limit;
	const char *time_fields;  /* NULL: as they are */
	unsigned dump;		  /* enum dump, bits */
	struct field_ref *buffer; /* evt.buffer */
	struct arena names;
	bool json;
	bool raw;
	struct format *format;
	struct filter *filter;
	uint64_t printed;
	uint64_t printed_ts_ns; /* of the last line */
	bool done;
};

static void put_json(struct print *p, const struct field_context *c)
{
	struct buffer out = { 0 };
	struct format_item *items;
	bool complete;
	unsigned n = format_items(p->format, c, true, &items, &complete);

	buffer_u8(&out, '{');
	for (unsigned i = 0; i < n; i++) {
		const struct field_ref *ref = items[i].ref;

		if (i)
			buffer_u8(&out, ',');
		text_put_json(&out, ref->text, strlen(ref->text));
		buffer_u8(&out, ':');
		value_json(&out, ref, &items[i].value, items[i].is_present);
	}
	buffer_printf(&out, "}\n");
	fwrite(out.data, 1, out.len, stdout);
	buffer_free(&out);
}

static void put_hex(const uint8_t *data, size_t len, bool with_text)
{
	char text[17] = "";

	for (size_t i = 0; i < 16; i++) {
		if (i < len)
			printf("%02x%s", data[i], i % 2 ? " " : "");
		else if (with_text)
			fputs(i % 2 ? "   " : "  ", stdout);
		if (i < len)
			text[i] = '.';
		if (i < len && data[i] >= 32 && data[i] < 127)
			text[i] = (char)data[i];
	}
	if (with_text)
		printf(" %s", text);
	putchar('\n');
}

/* The data of the event below its line, as tcpdump shows packets. */
static void put_data(const struct print *p, const struct field_context *c)
{
	struct value v;
	struct text t;

	if (!field_get(c, p->buffer, &v))
		return;
	t = (struct text){ v.text, v.len };
	if (p->dump == DUMP_LINES) {
		for (uint32_t i = 0; i < t.len; i++)
			putchar((t.data[i] >= 32 && t.data[i] < 127) ||
						t.data[i] == '\n'
					? t.data[i]
					: '.');
		putchar('\n');
		return;
	}
	for (uint32_t i = 0; i < t.len; i += 16) {
		printf("        0x%04x:  ", i);
		put_hex((const uint8_t *)t.data + i, t.len - i,
			p->dump & DUMP_TEXT);
	}
}

static void on_event(void *user, const struct field_context *context)
{
	struct print *p = user;
	struct field_context c;
	struct text t;

	if (p->done || (p->filter && !filter_match(p->filter, context)))
		return;
	/* evt.deltatime is since the line before, not since what is hidden. */
	c = *context;
	c.previous_ts_ns = p->printed ? p->printed_ts_ns : c.about.event->ts_ns;
	if (p->json)
		put_json(p, &c);
	else if (!(p->raw ? format_text : format_line)(p->format, &c, &t))
		return;
	else if (fwrite(t.data, 1, t.len, stdout) == t.len)
		putchar('\n');
	if (p->dump && !p->json)
		put_data(p, &c);
	p->printed_ts_ns = c.about.event->ts_ns;
	p->printed++;
	p->done = (p->limit && p->printed >= p->limit) || ferror(stdout);
}

/* File *i, and those that go on where it ends: *i becomes the last of them. */
static int print_files(struct print *p, unsigned *i)
{
	const struct word_list *files = &p->captures.files;
	const struct reader_options after = captures_after(files, *i);
	struct replay_options options = { .event = on_event, .user = p };
	struct replay *replay;
	struct reader *reader;
	struct item item;
	struct error err;
	int result = EXIT_OK;
	int code = 0;

	if (reader_open(&reader, files->items[*i], &after, &err))
		return cmd_fail("print", &err);
	replay = replay_new(&options);
	while (!p->done &&
	       (code = source_next(reader_source(reader), &item, &err)) > 0)
		replay_put(replay, &item, &err);
	replay_free(replay);
	*i += (unsigned)reader_stats(reader)->files - 1;
	if (!p->done && reader_evidence(reader)->count)
		fflush(stdout);
	if (!p->done)
		result = cmd_read_end("print", reader_evidence(reader), code,
				      &err);
	reader_close(reader);
	return result;
}

static int add_file(struct print *p, const char *word)
{
	return captures_take(&p->captures, "print", (char *const *)&word, 1);
}

/* Words that are files, up to the first that is none: then the filter. */
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
	return p->time_fields
		       ? EXIT_OK
		       : cmd_usage_error("print", "-t must be h, a, r or D");
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

/* -x, -X and -A: the letter says which parts are shown. */
static int take_dump(const struct option_use *use)
{
	struct print *p = use->to;

	if (*use->row->letters == 'A')
		p->dump = DUMP_LINES;
	else
		p->dump |= *use->row->letters == 'x' ? DUMP_HEX
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
	  AT(limit),
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
	  AT(json),
	  .help = "print one JSON object per line, with one member per field" },
	{ .name = "raw",
	  .take = option_flag,
	  AT(raw),
	  .help = "print values unescaped.  By default control characters, "
		  "characters that hide or reorder text, and invalid UTF-8 "
		  "are shown as \\n, \\x1b, \\u202e; unescaped they can "
		  "control the terminal or imitate further lines" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

/* The format with -t's fields for %evt.outputtime. */
static const char *timed_format(struct print *p)
{
	static const char name[] = "%evt.outputtime";
	const char *at = strstr(p->format_text, name);

	if (!at || !p->time_fields)
		return p->format_text;
	return arena_printf(&p->names, "%.*s%s%s", (int)(at - p->format_text),
			    p->format_text, p->time_fields, at + strlen(name));
}

static int print(struct print *p)
{
	struct error err;
	int result = EXIT_OK;

	if (format_compile(&p->format, timed_format(p), &fields_syscall,
			   &err)) {
		error_context(&err, "format");
		suggest_in_error(&err);
		return cmd_fail("print", &err);
	}
	if (*p->filter_text &&
	    filter_compile(&p->filter, p->filter_text, &fields_syscall, &err)) {
		error_context(&err, "filter");
		suggest_in_error(&err);
		return cmd_fail("print", &err);
	}
	if (field_find(&fields_syscall, "evt.buffer", strlen("evt.buffer"),
		       &p->names, &p->buffer, &err))
		return cmd_fail("print", &err);
	for (unsigned i = 0; i < p->captures.files.count && !p->done; i++)
		if (print_files(p, &i))
			result = EXIT_ERROR;
	filter_free(p->filter);
	format_free(p->format);
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
