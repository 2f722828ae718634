/* SPDX-License-Identifier: Apache-2.0 */
/* spoor print: events of captures as lines, in sysdig's shape. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "core/file/file.h"
#include "replay/replay.h"

static const char help[] =
	"usage: spoor print [options] FILE... [FILTER]\n\n"
	"Prints the events of captures (\"-\": standard input; a folder: all\n"
	"captures in it), those that FILTER matches, in sysdig's language and\n"
	"shape.\n\n"
	"  -r FILE        a capture to read (as a word: the same)\n"
	"  -p FORMAT      what to print: text with %fields (spoor fields); lines\n"
	"                 whose fields are not all there are left out unless it\n"
	"                 begins with *; c: with the container\n"
	"  -n COUNT       stop after so many lines\n"
	"  -t TYPE        how %evt.outputtime is shown: h time of day, a seconds\n"
	"                 since the epoch, r since the first event, D since the\n"
	"                 event before\n"
	"  -x, -X, -A     below each line its data: hexadecimal, with text, text\n"
	"  -j, --json     one JSON object a line, one member a field\n"
	"  -h, --help     this text\n\n"
	"Exit code: 0, or 1 after an error (what was readable is printed).\n";

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
	bool terminal;
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
		buffer_json(&out, ref->text, strlen(ref->text));
		buffer_u8(&out, ':');
		value_json(&out, ref, &items[i].value, items[i].is_present);
	}
	buffer_printf(&out, "}\n");
	fwrite(out.data, 1, out.len, stdout);
	buffer_free(&out);
}

/* What programs chose never steers the terminal. */
static void put_line(const struct print *p, struct text t)
{
	for (uint32_t i = 0; i < t.len; i++) {
		unsigned char ch = (unsigned char)t.data[i];

		if (p->terminal && (ch < 32 || ch == 127) && ch != '\t')
			putchar('.');
		else
			putchar(ch);
	}
	putchar('\n');
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
	else if (format_text(p->format, &c, &t))
		put_line(p, t);
	else
		return;
	if (p->dump && !p->json)
		put_data(p, &c);
	p->printed_ts_ns = c.about.event->ts_ns;
	p->printed++;
	p->done = p->limit && p->printed >= p->limit;
}

/* File *i, and those that go on where it ends: *i becomes the last of them. */
static int print_files(struct print *p, unsigned *i)
{
	const struct word_list *files = &p->captures.files;
	const struct reader_options after = captures_after(files, *i);
	unsigned first = *i;
	struct replay_options options = { .event = on_event, .user = p };
	struct replay *replay;
	struct reader *reader;
	struct item item;
	struct error err;
	int code = 0;

	if (reader_open(&reader, files->items[first], &after, &err))
		return cmd_fail("print", &err);
	replay = replay_new(&options);
	while (!p->done &&
	       (code = source_next(reader_source(reader), &item, &err)) > 0)
		replay_put(replay, &item, &err);
	replay_free(replay);
	*i += (unsigned)reader_stats(reader)->files - 1;
	reader_close(reader);
	for (unsigned f = first; !p->done && f <= *i; f++)
		cmd_warn_of_lost("print", files->items[f]);
	if (!p->done && code < 0) {
		fflush(stdout);
		return cmd_fail("print", &err);
	}
	return EXIT_OK;
}

static int take_file(struct print *p, char *word)
{
	return captures_take(&p->captures, "print", &word, 1);
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
		if (take_file(p, argv[i]))
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

static int take_time(struct print *p, const char *type)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (type[0] == times[i].letter && !type[1])
			p->time_fields = times[i].fields;
	return p->time_fields
		       ? EXIT_OK
		       : cmd_usage_error("print", "-t wants h, a, r or D");
}

static int take_format(struct print *p, const char *format)
{
	p->format_text = strcmp(format, "c") && strcmp(format, "container")
				 ? format
				 : container_format;
	return EXIT_OK;
}

/* EXIT_OK, EXIT_ERROR, or -1 after --help. */
static int take_option(struct print *p, int c)
{
	switch (c) {
	case 'r':
		return take_file(p, optarg);
	case 'p':
		return take_format(p, optarg);
	case 'n':
		return cmd_number("print", "-n", optarg, UINT64_MAX, &p->limit);
	case 't':
		return take_time(p, optarg);
	case 'x':
		p->dump |= DUMP_HEX;
		return EXIT_OK;
	case 'X':
		p->dump |= DUMP_HEX | DUMP_TEXT;
		return EXIT_OK;
	case 'A':
		p->dump = DUMP_LINES;
		return EXIT_OK;
	case 'j':
		p->json = true;
		return EXIT_OK;
	case 'h':
		fputs(help, stdout);
		return -1;
	default:
		return cmd_usage_error("print", "bad option");
	}
}

static int parse_options(struct print *p, int argc, char **argv)
{
	static const struct option options[] = {
		{ "read", required_argument, NULL, 'r' },
		{ "print", required_argument, NULL, 'p' },
		{ "numevents", required_argument, NULL, 'n' },
		{ "timetype", required_argument, NULL, 't' },
		{ "print-hex", no_argument, NULL, 'x' },
		{ "print-hex-ascii", no_argument, NULL, 'X' },
		{ "print-ascii", no_argument, NULL, 'A' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int result = EXIT_OK;
	int c;

	while (result == EXIT_OK &&
	       (c = getopt_long(argc, argv, "r:p:n:t:xXAjh", options, NULL)) !=
		       -1)
		result = take_option(p, c);
	return result;
}

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

static int run(struct print *p)
{
	struct error err;
	int result = EXIT_OK;

	if (format_compile(&p->format, timed_format(p), &fields_syscall,
			   &err)) {
		error_context(&err, "format");
		return cmd_fail("print", &err);
	}
	if (*p->filter_text &&
	    filter_compile(&p->filter, p->filter_text, &fields_syscall, &err)) {
		error_context(&err, "filter");
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

int cmd_print(int argc, char **argv)
{
	struct print p = { .format_text = default_format,
			   .terminal = isatty(STDOUT_FILENO) };
	struct buffer filter = { 0 };
	static char output[1 << 16];
	struct error err;
	int result;

	setvbuf(stdout, output, p.terminal ? _IOLBF : _IOFBF, sizeof(output));
	result = parse_options(&p, argc, argv);
	if (result == EXIT_OK)
		result = take_words(&p, argc, argv, &filter);
	if (result == EXIT_OK)
		result = run(&p);
	if (result < 0)
		result = EXIT_OK;
	if (fflush(stdout) && errno != EPIPE) {
		error_errno(&err, "standard output");
		result = cmd_fail("print", &err);
	}
	buffer_free(&filter);
	captures_free(&p.captures);
	arena_free(&p.names);
	return result;
}
