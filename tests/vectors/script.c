/* SPDX-License-Identifier: Apache-2.0 */
/* Threads and events of the script vectors; see script.h. */
#include "tests/vectors/script.h"

#include <stdlib.h>
#include <string.h>

#include "tests/vectors/params.h"

enum { TICK_NS = 10000000 };

static const uint64_t start_ns = 1566230400000000000u;

void script_init(struct script *s, struct vector_run *run)
{
	*s = (struct script){ .run = run,
			      .state = state_new(),
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

/* clang-format off */
#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }
/* clang-format on */

/* What init_thread and thread have in common. */
static struct meta_thread some_thread(int64_t tid, int64_t pid, int64_t ptid)
{
	return (struct meta_thread){
		.tid = tid,
		.pid = pid,
		.ptid = ptid,
		.vpgid = tid,
		.vtid = tid,
		.vpid = pid,
		.exe = TEXT("/sbin/init"),
		.exepath = TEXT("/sbin/init"),
		.cwd = TEXT("/root/"),
		.root = TEXT("/"),
		.fdlimit = 0x100000,
		.loginuid = 0xffffffff,
		.exe_writable = true,
		.cap_permitted = 0x1ffffffffff,
		.cap_effective = 0x1ffffffffff,
		.vmsize_kb = 10000,
		.vmrss_kb = 100,
		.pfmajor = 222,
		.pfminor = 22,
	};
}

enum verdict script_init_thread(struct script *s, const json_t *step)
{
	struct meta meta = { .kind = META_THREAD,
			     .thread = some_thread(1, 1, 0) };

	(void)step;
	meta.thread.comm = (struct bytes)TEXT("init");
	meta.thread.args =
		(struct bytes)TEXT("context\0ls\0--format\0{{json .}}\0");
	meta.thread.env = (struct bytes)TEXT(
		"TEST_ENV_PARENT_LINEAGE=secret\0HOME=/home/user/parent\0");
	meta.thread.clone_ns = start_ns;
	put_meta(s, meta);
	put_meta(s, (struct meta){ .kind = META_FD,
				   .fd = { .tid = 1,
					   .fd = 0,
					   .type = SCAP_FD_FILE_V2,
					   .ino = 5,
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
	struct meta meta = { .kind = META_THREAD,
			     .thread = some_thread(number(step, "tid"),
						   number(step, "pid"),
						   number(step, "ptid")) };
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

enum verdict script_event(struct script *s, const json_t *step)
{
	const json_t *params = json_object_get(step, "params");
	struct error err = { 0 };
	struct event event = { .ts_ns = s->ts_ns,
			       .tid = number(step, "tid"),
			       .code = (uint16_t)number(step, "code"),
			       .cpu = 1 };
	uint64_t unpaired = 0;
	int result;

	if (event.code >= EVENT_KIND_COUNT)
		return vector_fail(s->run, "unknown code %u", event.code);
	finish_event(s);
	s->ts_ns += TICK_NS;
	event.ts_ns = s->ts_ns;
	vector_params(&event, params, &s->scratch);
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
