/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random metadata and events through state_meta, state_apply, state_finish:
 * reaches all of replay/state/ (threads, fds, sockets, paths, containers,
 * users, emission).  Few tids and fds, so that events meet each other; numbers
 * are of the right width mostly, texts and lengths are the fuzzer's.
 */
#include <stdlib.h>

#include "core/event/ppm_constants.h"
#include "replay/state/state.h"
#include "tests/fuzz/any_event.h"

static void one_event(struct state *state, struct cursor *c, uint64_t ts)
{
	int64_t numbers[EVENT_PARAMS_MAX];
	struct event event = { .num = 1, .ts_ns = ts };
	struct event_context context;

	event.code = cursor_u16(c) % EVENT_KIND_COUNT;
	event.tid = small_number(c);
	fill_params(c, &event, numbers);
	if (!(event.code & 1) && cursor_u8(c) < 128)
		event.flags = EVENT_PARSER_ONLY;
	state_apply(state, &event, &context);
	if (context.thread) {
		thread_cwd(state, context.thread);
		thread_parent(state, context.thread);
		thread_fd_count(state, context.thread);
	}
	state_finish(state, &context);
}

static struct bytes some_text(struct cursor *c)
{
	size_t len = cursor_u8(c) % 32;

	return cursor_take(c, len < cursor_left(c) ? len : 0);
}

static void one_meta(struct state *state, struct cursor *c)
{
	struct meta meta = { .kind = cursor_u8(c) % (META_EVENTS + 1) };

	if (meta.kind == META_THREAD) {
		meta.thread = meta_thread_unknown();
		meta.thread.tid = small_number(c);
		meta.thread.pid = small_number(c);
		meta.thread.ptid = small_number(c);
		meta.thread.comm = some_text(c);
		meta.thread.args = some_text(c);
		meta.thread.cwd = some_text(c);
		meta.thread.cgroups = some_text(c);
	} else if (meta.kind == META_FD) {
		meta.fd.tid = small_number(c);
		meta.fd.fd = small_number(c);
		meta.fd.type = cursor_u8(c);
		meta.fd.l4proto = cursor_u8(c);
		meta.fd.sport = cursor_u16(c);
		meta.fd.name = some_text(c);
	} else if (meta.kind == META_USER) {
		meta.user.uid = cursor_u8(c);
		meta.user.name = some_text(c);
	} else if (meta.kind == META_GROUP) {
		meta.group.gid = cursor_u8(c);
		meta.group.name = some_text(c);
	} else if (meta.kind == META_INTERFACE) {
		meta.interface.is_ipv6 = cursor_u8(c) & 1;
		meta.interface.name = some_text(c);
	}
	state_meta(state, &meta);
}

static int take(void *user, const struct item *item, struct error *err)
{
	struct event_context context;

	(void)err;
	if (item->kind == ITEM_META) {
		state_meta(user, item->meta);
		return 0;
	}
	state_apply(user, &item->event, &context);
	state_finish(user, &context);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor c = cursor_of(data, size);
	struct state *state = state_new();
	struct state *copy = state_new();
	struct cursor again;
	uint64_t ts = 1;

	while (cursor_left(&c) > 4) {
		ts += (uint64_t)cursor_u8(&c) << 24;
		if (cursor_u8(&c) < 32)
			one_meta(state, &c);
		else
			one_event(state, &c, ts);
	}
	/* What was given away must be sound too. */
	state_emit(state, take, copy, NULL);
	again = cursor_of(data, size);
	while (cursor_left(&again) > 4)
		one_event(copy, &again, ts += 1000);
	state_free(copy);
	state_free(state);
	return 0;
}
