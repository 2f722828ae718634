/* SPDX-License-Identifier: Apache-2.0 */
/* spoor info: summarizes a capture. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/info.h"
#include "cmd/options.h"
#include "cmd/shell_word.h"
#include "core/bytes.h"
#include "core/file/origin.h"
#include "core/file/parts.h"

static void iso_time(char *out, size_t len, uint64_t ns)
{
	time_t seconds = (time_t)(ns / 1000000000);
	struct tm tm;
	size_t n;

	gmtime_r(&seconds, &tm);
	n = strftime(out, len, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, len - n, ".%09uZ", (unsigned)(ns % 1000000000));
}

/* Words of an array as a shell takes them, from one on. */
static void put_words(struct buffer *b, const json_t *words, size_t from)
{
	for (size_t i = from; i < json_array_size(words); i++) {
		const char *word = json_string_value(json_array_get(words, i));

		shell_word(b, word ? word : "");
	}
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* " 4711 nginx (5 threads, container 3f2a9c81b7de)" */
static void put_process(struct buffer *b, const json_t *p)
{
	const char *container = text_of(p, "container");
	long long pid = json_integer_value(json_object_get(p, "pid"));
	long long threads = json_integer_value(json_object_get(p, "threads"));

	buffer_printf(b, " %lld %s (%lld thread%s%s%s)", pid,
		      text_of(p, "name"), threads, threads == 1 ? "" : "s",
		      *container ? ", container " : "", container);
}

static void print_line(const char *name, struct buffer *text)
{
	cmd_say(stdout, "%-11s%.*s", name, (int)text->len, (char *)text->data);
	text->len = 0;
}

/* Prints what was recorded, and by which command line. */
static void print_origin(const json_t *origin)
{
	const json_t *processes = json_object_get(origin, "processes");
	const char *container = text_of(origin, "container");
	struct buffer b = { 0 };

	if (!origin)
		return;
	if (processes)
		buffer_printf(&b, " %zu running process%s%s%s",
			      json_array_size(processes),
			      json_array_size(processes) == 1 ? "" : "es",
			      *container ? " of container " : "", container);
	else
		put_words(&b, json_object_get(origin, "command"), 0);
	print_line("Recorded:", &b);
	for (size_t i = 0; i < json_array_size(processes); i++) {
		put_process(&b, json_array_get(processes, i));
		print_line("", &b);
	}
	buffer_printf(&b, " spoor");
	put_words(&b, json_object_get(origin, "arguments"), 0);
	print_line("By:", &b);
	buffer_free(&b);
}

static void print_frames(const struct info *info)
{
	if (*info->engine)
		cmd_say(stdout, "Engine:     %s", info->engine);
	if (info->frames)
		printf("Frames:     %zu, %zu keyframes\n", info->frames,
		       info->keyframes);
}

/* Prints what is missing, one line per gap. */
static void print_state(const struct evidence *e)
{
	uint64_t lost = evidence_lost(e);

	printf("State:      %s\n", evidence_status(e));
	for (size_t i = 0; i < e->count; i++) {
		struct evidence one = { .gaps = &e->gaps[i], .count = 1 };
		struct buffer text = { 0 };

		evidence_text(&text, &one);
		cmd_say(stdout, "%s  %.*s",
			i ? "          " : "Missing:  ", (int)text.len,
			(const char *)text.data);
		buffer_free(&text);
	}
	if (lost == GAP_UNKNOWN)
		printf("Lost:       unknown: the capture does not say\n");
	else
		printf("Lost:       %" PRIu64 " events, as the recorder says\n",
		       lost);
	if (!e->checksums || !strcmp(e->checksums, "none"))
		printf("Checksums:  none: changed bytes may go unnoticed\n");
	else
		printf("Checksums:  %s\n", e->checksums);
}

static void print_boxes(const struct info *info)
{
	for (unsigned i = 0; i < info->counts->box_count; i++) {
		const struct box *box = &info->counts->boxes[i];

		bool has_name = *box->name || *box->image;

		cmd_say(stdout, "%s  %-13s %10" PRIu64 " events%s%s%s%s%s",
			i ? "          " : "Containers", box->id, box->events,
			has_name ? "  " : "", box->name, has_name ? " (" : "",
			box->image, has_name ? ")" : "");
	}
	if (info->counts->more_boxes)
		printf("            and more\n");
}

/* Prints the summary as text. */
static void print_text(const struct info *info, const struct file_stats *s)
{
	uint64_t events = s->events;
	char first[64];
	char last[64];

	iso_time(first, sizeof(first), info->counts->first_ns);
	iso_time(last, sizeof(last), info->counts->last_ns);
	printf("File:       %s", info->path);
	if (s->files > 1)
		printf(" and %" PRIu64 " more of its recording", s->files - 1);
	putchar('\n');
	if (events)
		printf("Span:       %s to %s (%.3f s)\n", first, last,
		       (double)(info->counts->last_ns -
				info->counts->first_ns) /
			       1e9);
	printf("Events:     %" PRIu64 " in %" PRIu64 " blocks", events,
	       s->event_blocks);
	if (s->skipped)
		printf(", %" PRIu64 " of unknown types", s->skipped);
	printf("\nSize:       %" PRIu64 " bytes, %" PRIu64 " decompressed",
	       s->file_len, s->scap_len);
	if (events && s->file_len)
		printf(" (%.1f and %.1f per event)",
		       (double)s->file_len / (double)events,
		       (double)s->scap_len / (double)events);
	printf("\nAt start:   %" PRIu64 " processes, %" PRIu64
	       " threads, %" PRIu64 " descriptors\n",
	       info->counts->processes, info->counts->threads,
	       info->counts->fds);
	printf("Meanwhile:  %" PRIu64 " programs started, %" PRIu64
	       " threads ended\n",
	       info->counts->started, info->counts->ended);
	if (*info->counts->host)
		cmd_say(stdout, "Machine:    %s, %u processors",
			info->counts->host, info->counts->cpus);
	print_origin(info->origin);
	print_frames(info);
	print_state(info->evidence);
	print_boxes(info);
	printf("Events by type:\n");
	for (unsigned i = 0; i < info->counts->tally_count; i++)
		cmd_say(stdout, "  %10" PRIu64 "  %s",
			info->counts->tallies[i].count,
			info->counts->tallies[i].name);
}

static void read_health(struct info *info, struct bytes text)
{
	const char *engine;

	if (!text.len)
		return;
	json_decref(info->health);
	info->health = json_loadb((const char *)text.data, text.len, 0, NULL);
	engine = json_string_value(json_object_get(info->health, "engine"));
	snprintf(info->engine, sizeof(info->engine), "%s",
		 engine ? engine : "");
}

static void read_origin(struct info *info)
{
	struct buffer text = { 0 };

	if (origin_read(info->path, &text))
		info->origin = json_loadb((const char *)text.data, text.len - 1,
					  0, NULL);
	buffer_free(&text);
}

/* Adds the frames of a file. */
static void count_frames(struct info *info, const char *path)
{
	struct parts *parts;
	size_t frames;

	if (!strcmp(path, "-") || parts_open(&parts, path, NULL))
		return;
	parts_frames(parts, &frames);
	info->frames += frames;
	info->keyframes += parts_keyframes(parts);
	read_health(info, parts_health(parts));
	parts_close(parts);
}

/* A pass over captures, and what is counted of the one at hand. */
struct info_pass {
	bool as_json;
	const char *path;
	struct counters *counters;
};

static struct event_sink *begin_capture(void *user, const char *path)
{
	struct info_pass *p = user;

	p->path = path;
	p->counters = counters_new();
	return &p->counters->sink;
}

/* For an unreadable capture only the error is printed, except as JSON. */
static void end_capture(void *user, const struct capture_source *source,
			enum pump_end why)
{
	const struct info_pass *p = user;
	const struct file_stats *stats = reader_stats(source->reader);
	struct info info = { .path = p->path,
			     .counts = p->counters,
			     .evidence = reader_evidence(source->reader) };

	sink_finish(&p->counters->sink, NULL);
	for (unsigned i = 0; i < stats->files; i++)
		count_frames(&info, source->files[i]);
	read_origin(&info);
	if (p->as_json)
		info_print_json(&info, stats);
	else if (why == PUMP_ENDED || stats->event_blocks)
		print_text(&info, stats);
	fflush(stdout);
	json_decref(info.health);
	json_decref(info.origin);
	counters_free(p->counters);
}

static const struct option_row option_rows[] = {
	{ .letters = "j",
	  .name = "json",
	  .take = option_flag,
	  .at = offsetof(struct info_pass, as_json),
	  .help = "print JSON" },
	{ .take = NULL },
};

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	struct info_pass info = { .as_json = false };
	const struct pass pass = { .command = "info",
				   .begin = begin_capture,
				   .end = end_capture,
				   .user = &info };
	struct captures captures = { 0 };
	int result = options_parse(&command_info, &info, argc, argv);

	if (!result)
		result = captures_take(&captures, "info", argv + optind,
				       argc - optind);
	if (!result)
		result = captures_pass(&captures.files, &pass);
	captures_free(&captures);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_info = {
	.name = "info",
	.help = "summarize a capture",
	.run = run,
	.usage = "spoor info [--json] FILE...\n",
	.about = "Summarizes captures: time span, sizes, the machine, "
		 "processes, containers,\n"
		 "lost events, and events by type.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE,
};
