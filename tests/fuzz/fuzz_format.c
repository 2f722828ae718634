/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An output format: compiled and printed as text and as JSON of an event that
 * the first four bytes choose, with dots or in base64.  Reaches formats,
 * transformers and, through the dictionary of all fields, every getter.
 *
 * fuzz-options: -max_len=1024 -dict=build/fuzz/fields.dict
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/rules/rules.h"
#include "tests/fuzz/any_event.h"

#define TEXT(t)                   \
 {                                \
  (const uint8_t *)(t), sizeof(t) \
 }

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
	struct event event = { .num = 1,
			       .tid = 1,
			       .ts_ns = 1600000000000000000 };
	int64_t numbers[EVENT_PARAMS_MAX];
	uint8_t noise[1024];
	struct format *format;
	struct error err;
	struct state *state;
	char *text;

	if (len < ANY_EVENT_HEAD)
		return 0;
	text = calloc(1, len);
	memcpy(text, data + ANY_EVENT_HEAD, len - ANY_EVENT_HEAD);
	event_of_head(data, &event, noise, numbers);
	context.base64 = data[2] & 0x80;
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
