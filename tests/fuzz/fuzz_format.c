/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An output format: compiled and printed as text and as JSON of an event that
 * the first byte chooses, with dots or in base64.  Reaches formats,
 * transformers and, through the dictionary of all fields, every getter.
 *
 * fuzz-options: -max_len=1024 -dict=build/fuzz/fields.dict
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/rules/rules.h"

#define TEXT(t)                   \
 {                                \
  (const uint8_t *)(t), sizeof(t) \
 }

/* Events of all sorts; numbers are eight bytes whatever their type. */
static const uint8_t three[8] = { 3 },
		     failed[8] = { 0xfe, 255, 255, 255, 255, 255, 255, 255 };
static const uint8_t least[8] = { 0, 0, 0, 0, 0, 0, 0, 0x80 };
static const uint8_t tuple[] = { 2, 127, 0, 0, 1, 5, 0, 127, 0, 0, 1, 80, 0 };

#define NUMBER \
 {             \
  three, 8     \
 }

static const struct event events[] = {
	{ .code = PPME_SYSCALL_GETCWD_X,
	  .count = 2,
	  .params = { { failed, 8 }, TEXT("/test/dir") } },
	{ .code = PPME_SYSCALL_READ_X,
	  .count = 4,
	  .params = { NUMBER,
		      TEXT("GET /\1\xff\xc3\xa9\r\n"),
		      NUMBER,
		      { three, 4 } } },
	{ .code = PPME_SYSCALL_OPEN_X,
	  .count = 6,
	  .params = { NUMBER,
		      TEXT("../etc//passwd"),
		      { three, 4 },
		      { three, 4 },
		      { three, 4 },
		      NUMBER } },
	{ .code = PPME_SOCKET_CONNECT_X,
	  .count = 4,
	  .params = { { failed, 8 }, { tuple, 13 }, NUMBER, { tuple, 7 } } },
	{ .code = PPME_SYSCALL_RENAMEAT2_X,
	  .count = 6,
	  .params = { { failed, 0 },
		      NUMBER,
		      TEXT("a"),
		      NUMBER,
		      TEXT("/b"),
		      { three, 4 } } },
	{ .code = PPME_SYSCALL_LSEEK_X,
	  .count = 2,
	  .params = { { least, 8 }, { least, 8 } } },
	{ .code = PPME_PROCEXIT_1_E, .count = 0 },
};

enum { EVENTS = sizeof(events) / sizeof(events[0]) };

static void put_thread(struct state *state)
{
	struct meta meta = { .kind = META_THREAD };

	meta.thread.tid = meta.thread.pid = 1;
	meta.thread.comm = (struct bytes)TEXT("sh");
	meta.thread.exe = (struct bytes)TEXT("/bin/sh");
	meta.thread.args = (struct bytes)TEXT("-c\0ls -l");
	meta.thread.env = (struct bytes)TEXT("HOME=/root\0A=");
	meta.thread.cwd = (struct bytes)TEXT("/root/");
	meta.thread.cgroups = (struct bytes)TEXT("cpu=/docker/a");
	state_meta(state, &meta);
	state_meta(state, &(struct meta){ .kind = META_FD,
					  .fd = { .tid = 1,
						  .fd = 3,
						  .type = SCAP_FD_FILE_V2,
						  .name = TEXT("/x") } });
	state_meta(state, &(struct meta){ .kind = META_EVENTS });
}

static void print(const struct format *format,
		  const struct field_context *context)
{
	struct format_item *items;
	struct buffer json = { 0 };
	struct text out;
	bool complete;
	unsigned n;

	format_text(format, context, &out);
	n = format_items(format, context, true, &items, &complete);
	for (unsigned i = 0; i < n; i++)
		value_json(&json, items[i].ref, &items[i].value,
			   items[i].is_present);
	buffer_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena scratch = { 0 };
	struct field_context context = { .scratch = &scratch, .hostname = "h" };
	struct format *format;
	struct event event;
	struct error err;
	struct state *state;
	char *text;

	if (!len)
		return 0;
	text = calloc(1, len);
	memcpy(text, data + 1, len - 1);
	event = events[data[0] % EVENTS];
	event.num = event.tid = 1;
	event.ts_ns = 1600000000000000000;
	context.base64 = data[0] & 0x80;
	if (!format_compile(&format, text, &fields_syscall, &err)) {
		state = state_new();
		put_thread(state);
		context.state = state;
		state_apply(state, &event, &context.about);
		print(format, &context);
		state_finish(state, &context.about);
		state_free(state);
		format_free(format);
	}
	arena_free(&scratch);
	free(text);
	return 0;
}
