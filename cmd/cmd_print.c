/* SPDX-License-Identifier: Apache-2.0 */
/* spoor print: events of captures as lines, in sysdig's shape. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "core/file/file.h"
#include "replay/replay.h"

static const char help[] =
	"usage: spoor print [options] FILE... [FILTER]\n\n"
	"Prints the events of captures (\"-\": standard input), those that\n"
	"FILTER matches, in sysdig's language and shape.\n\n"
	"  -r FILE        a capture to read (as a word: the same)\n"
	"  -p FORMAT      what to print: text with %fields (spoor fields)\n"
	"  -n COUNT       stop after so many lines\n"
	"  --json         one JSON object a line, one member a field\n"
	"  -h, --help     this text\n\n"
	"Exit code: 0, or 1 after an error (what was readable is printed).\n";

static const char default_format[] =
	"*%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) "
	"%evt.dir %evt.type %evt.info";

struct print {
	const char *format_text;
	const char *filter_text;
	const char **files;
	unsigned file_count;
	unsigned long long limit;
	bool json;
	bool terminal;
	struct format *format;
	struct filter *filter;
	unsigned long long printed;
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
	p->printed_ts_ns = c.about.event->ts_ns;
	p->printed++;
	p->done = p->limit && p->printed >= p->limit;
}

static int print_file(struct print *p, const char *path)
{
	struct replay_options options = { .event = on_event, .user = p };
	struct replay *replay;
	struct reader *reader;
	struct item item;
	struct error err;
	int code = 0;

	if (reader_open(&reader, path, NULL, &err))
		return cmd_fail("print", &err);
	replay = replay_new(&options);
	while (!p->done &&
	       (code = source_next(reader_source(reader), &item, &err)) > 0)
		replay_put(replay, &item, &err);
	replay_free(replay);
	reader_close(reader);
	if (!p->done)
		cmd_warn_of_lost("print", path);
	if (!p->done && code < 0) {
		fflush(stdout);
		return cmd_fail("print", &err);
	}
	return EXIT_OK;
}

/* Words that are files, up to the first that is none: then the filter. */
static int take_words(struct print *p, int argc, char **argv,
		      struct buffer *filter)
{
	int i = optind;

	for (; i < argc; i++) {
		if (strcmp(argv[i], "-") != 0 && access(argv[i], F_OK) &&
		    (p->file_count || strpbrk(argv[i], " =<>!")))
			break;
		p->files[p->file_count++] = argv[i];
	}
	for (; i < argc; i++)
		buffer_printf(filter, "%s%s", filter->len ? " " : "", argv[i]);
	buffer_u8(filter, '\0');
	p->filter_text = (const char *)filter->data;
	if (!p->file_count)
		return cmd_usage_error("print", "no capture is named");
	return EXIT_OK;
}

static int parse_options(struct print *p, int argc, char **argv)
{
	static const struct option options[] = {
		{ "read", required_argument, NULL, 'r' },
		{ "print", required_argument, NULL, 'p' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "r:p:n:jh", options, NULL)) != -1)
		switch (c) {
		case 'r':
			p->files[p->file_count++] = optarg;
			break;
		case 'p':
			p->format_text = optarg;
			break;
		case 'n':
			p->limit = strtoull(optarg, NULL, 10);
			break;
		case 'j':
			p->json = true;
			break;
		case 'h':
			fputs(help, stdout);
			return -1;
		default:
			return cmd_usage_error("print", "bad option");
		}
	return EXIT_OK;
}

static int run(struct print *p)
{
	struct error err;
	int result = EXIT_OK;

	if (format_compile(&p->format, p->format_text, &fields_syscall, &err)) {
		error_context(&err, "format");
		return cmd_fail("print", &err);
	}
	if (*p->filter_text &&
	    filter_compile(&p->filter, p->filter_text, &fields_syscall, &err)) {
		error_context(&err, "filter");
		return cmd_fail("print", &err);
	}
	for (unsigned i = 0; i < p->file_count && !p->done; i++)
		if (print_file(p, p->files[i]))
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
	int result;

	setvbuf(stdout, output, p.terminal ? _IOLBF : _IOFBF, sizeof(output));
	p.files = mem_zalloc((size_t)(argc + 1) * sizeof(*p.files));
	result = parse_options(&p, argc, argv);
	if (result == EXIT_OK)
		result = take_words(&p, argc, argv, &filter);
	if (result == EXIT_OK)
		result = run(&p);
	if (result < 0)
		result = EXIT_OK;
	if (fflush(stdout) && errno != EPIPE)
		result = EXIT_ERROR;
	buffer_free(&filter);
	free(p.files);
	return result;
}
