/* SPDX-License-Identifier: Apache-2.0 */
/* Threads and events of the script vectors; see script.h. */
#include "tests/vectors/script.h"

#include <stdlib.h>
#include <string.h>

enum { TICK_NS = 10000000 };

static const uint64_t start_ns = 1566230400000000000u;

void script_init(struct script *s, struct vector_run *run)
{
	*s = (struct script){ .run = run, .state = state_new(),
			      .converter = converter_new(),
			      .ts_ns = start_ns };
}

static void finish_event(struct script *s)
{
	if (s->has_event)
		state_finish(s->state, &s->about);
	s->has_event = false;
	arena_reset(&s->scratch);
}

void script_done(struct script *s)
{
	finish_event(s);
	state_free(s->state);
	converter_free(s->converter);
	arena_free(&s->arena);
	arena_free(&s->scratch);
}

static void put_meta(struct script *s, struct meta meta)
{
	state_meta(s->state, &meta);
}

#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }

/* What init_thread and thread have in common. */
static struct meta_thread some_thread(int64_t tid, int64_t pid, int64_t ptid)
{
	return (struct meta_thread){
		.tid = tid, .pid = pid, .ptid = ptid, .vpgid = tid,
		.vtid = tid, .vpid = pid, .exe = TEXT("/sbin/init"),
		.exepath = TEXT("/sbin/init"), .cwd = TEXT("/root/"),
		.root = TEXT("/"), .fdlimit = 0x100000,
		.loginuid = 0xffffffff, .exe_writable = true,
		.cap_permitted = 0x1ffffffffff,
		.cap_effective = 0x1ffffffffff, .vmsize_kb = 10000,
		.vmrss_kb = 100, .pfmajor = 222, .pfminor = 22,
	};
}

enum verdict script_init_thread(struct script *s, const json_t *step)
{
	struct meta meta = { .kind = META_THREAD,
			     .thread = some_thread(1, 1, 0) };

	(void)step;
	meta.thread.comm = (struct bytes)TEXT("init");
	meta.thread.args = (struct bytes)TEXT(
		"context\0ls\0--format\0{{json .}}\0");
	meta.thread.env = (struct bytes)TEXT(
		"TEST_ENV_PARENT_LINEAGE=secret\0HOME=/home/user/parent\0");
	meta.thread.clone_ns = start_ns;
	put_meta(s, meta);
	put_meta(s, (struct meta){ .kind = META_FD,
				   .fd = { .tid = 1, .fd = 0,
					   .type = SCAP_FD_FILE_V2, .ino = 5,
					   .open_flags = PPM_O_RDONLY,
					   .name = TEXT("/dev/null") } });
	return VECTOR_PASS;
}

static int64_t number(const json_t *step, const char *key)
{
	return json_integer_value(json_object_get(step, key));
}

enum verdict script_thread(struct script *s, const json_t *step)
{
	struct meta meta = {
		.kind = META_THREAD,
		.thread = some_thread(number(step, "tid"), number(step, "pid"),
				      number(step, "ptid"))
	};
	const json_t *comm = json_object_get(step, "comm");

	meta.thread.comm.data = (const uint8_t *)json_string_value(comm);
	meta.thread.comm.len = json_string_length(comm);
	meta.thread.clone_ns = start_ns;
	put_meta(s, meta);
	return VECTOR_PASS;
}

enum verdict script_start(struct script *s, const json_t *step)
{
	(void)step;
	put_meta(s, (struct meta){ .kind = META_EVENTS });
	return VECTOR_PASS;
}

static struct bytes from_hex(struct script *s, const char *hex)
{
	size_t len = strlen(hex) / 2;
	uint8_t *out = (uint8_t *)arena_bytes(&s->scratch, len + 1);

	for (size_t i = 0; i < len; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		out[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return (struct bytes){ out, len };
}

static struct bytes from_number(struct script *s, const json_t *value,
				enum param_type type)
{
	uint64_t n = (uint64_t)json_integer_value(value);
	unsigned len = param_type_len(type);
	uint8_t *out = (uint8_t *)arena_bytes(&s->scratch, sizeof(n));

	memcpy(out, &n, sizeof(n));
	return (struct bytes){ out, len ? len : sizeof(n) };
}

/* Does it have characters, all of them below U+0100, that are not ASCII? */
static bool is_latin1(const char *text)
{
	bool high = false;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c >= 0xc4)
			return false;
		high |= *c >= 0x80;
	}
	return high;
}

/*
 * JSON cannot hold bytes that are not UTF-8: such texts have one character
 * per byte.
 */
static size_t to_bytes(char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0xc0 && i + 1 < len)
			c = (unsigned char)((c << 6) |
					    (text[++i] & 0x3f));
		text[n++] = (char)c;
	}
	text[n] = '\0';
	return n;
}

static struct bytes from_text(struct script *s, const json_t *value)
{
	size_t len = json_string_length(value);
	char *text = arena_copy(&s->scratch, json_string_value(value), len);

	if (is_latin1(text))
		len = to_bytes(text, len);
	return (struct bytes){ (const uint8_t *)text, len + 1 };
}

/* A parameter as the table of its event has it. */
static struct bytes param_bytes(struct script *s, const json_t *param,
				enum param_type type)
{
	const json_t *value = json_object_get(param, "value");
	const json_t *hex = json_object_get(value, "hex");

	if (json_is_true(json_object_get(param, "empty")))
		return (struct bytes){ NULL, 0 };
	if (hex)
		return from_hex(s, json_string_value(hex));
	if (json_is_string(value))
		return from_text(s, value);
	if (json_is_integer(value))
		return from_number(s, value, type);
	return (struct bytes){ NULL, 0 };
}

enum verdict script_event(struct script *s, const json_t *step)
{
	const json_t *params = json_object_get(step, "params");
	struct error err = { 0 };
	struct event event = { .ts_ns = s->ts_ns, .tid = number(step, "tid"),
			       .code = (uint16_t)number(step, "code"),
			       .cpu = 1 };
	uint64_t unpaired = 0;
	int result;

	if (event.code >= EVENT_KIND_COUNT)
		return vector_fail(s->run, "unknown code %u", event.code);
	finish_event(s);
	s->ts_ns += TICK_NS;
	event.ts_ns = s->ts_ns;
	event.count = (uint32_t)json_array_size(params);
	for (uint32_t i = 0; i < event.count && i < EVENT_PARAMS_MAX; i++)
		event.params[i] = param_bytes(
			s, json_array_get(params, i),
			i < event_kind(&event)->nparams
				? event_kind(&event)->params[i].type
				: PT_NONE);
	result = converter_apply(s->converter, &event, &unpaired, &err);
	if (result < 0)
		return vector_fail(s->run, "conversion: %s", err.text);
	if (!result)
		return VECTOR_PASS;
	event.num = ++s->num;
	s->previous_ts_ns = s->event.ts_ns;
	s->event = event;
	if (!s->first_ts_ns)
		s->first_ts_ns = event.ts_ns;
	state_apply(s->state, &s->event, &s->about);
	s->has_event = true;
	return VECTOR_PASS;
}
