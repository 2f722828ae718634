/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks the state of a capture; see tracker.h. */
#include "flow/tracker.h"

#include <stdlib.h>
#include <string.h>

/* What the subject of an event depends on. */
struct origin {
	const struct thread *thread; /* NULL: it has none */
	const struct container *container;
	int64_t pid;
	bool is_fake;
};

struct tracker {
	struct replay *replay;
	struct arena arena;
	struct field_ref *pid, *container;
	struct frame_subject subject; /* of the last visible event */
	struct origin origin;
	bool is_shown; /* the current event */
	char container_id[256];
};

/* Has the event the same subject as the previous one?  Most have. */
static bool is_as_before(struct tracker *t, const struct thread *thread)
{
	struct origin before = t->origin;

	t->origin = (struct origin){ .thread = thread };
	if (!thread)
		return false;
	t->origin.container = thread->container;
	t->origin.pid = thread->pid;
	t->origin.is_fake = thread->is_fake;
	return thread == before.thread &&
	       thread->container == before.container &&
	       thread->pid == before.pid && thread->is_fake == before.is_fake;
}

/* Copies the text from the state, where it may not outlive the event. */
static void on_event(void *user, const struct field_context *context)
{
	struct tracker *t = user;
	struct value v;

	t->is_shown = true;
	t->subject.is_as_before = is_as_before(t, context->about.thread);
	if (t->subject.is_as_before)
		return;
	t->subject = (struct frame_subject){ .is_hidden = false };
	t->subject.has_pid = field_get(context, t->pid, &v);
	if (t->subject.has_pid)
		t->subject.pid = v.s64;
	if (!field_get(context, t->container, &v) ||
	    v.len >= sizeof(t->container_id))
		return;
	memcpy(t->container_id, v.text, v.len);
	t->container_id[v.len] = '\0';
	t->subject.container_id = t->container_id;
}

static struct field_ref *find_field(struct tracker *t, const char *name)
{
	struct field_ref *ref = NULL;

	field_find(&fields_syscall, name, &t->arena, &ref, NULL);
	return ref;
}

static struct replay *new_replay(struct tracker *t)
{
	const struct replay_options options = { .event = on_event, .user = t };

	return replay_new(&options);
}

struct tracker *tracker_new(void)
{
	struct tracker *t = mem_zalloc(sizeof(*t));

	t->replay = new_replay(t);
	t->pid = find_field(t, "proc.pid");
	t->container = find_field(t, "container.id");
	return t;
}

const struct frame_subject *tracker_put(struct tracker *t,
					const struct item *item)
{
	static const struct frame_subject hidden = { .is_hidden = true };

	t->is_shown = false;
	replay_put(t->replay, item, NULL);
	return t->is_shown ? &t->subject : &hidden;
}

static int pack(void *user, const struct item *item, struct error *err)
{
	(void)err;
	keyframe_pack(user, item);
	return 0;
}

void tracker_keyframe(struct tracker *t, uint64_t events, struct buffer *image,
		      struct resume_point *ret_point)
{
	struct error err;

	image->len = 0;
	state_emit(replay_state(t->replay), pack, image, &err);
	ret_point->events = events;
	replay_position(t->replay, &ret_point->first_ts_ns,
			&ret_point->previous_ts_ns);
}

bool tracker_can_keyframe(const struct tracker *t)
{
	return !state_has_times(replay_state(t->replay));
}

/* The targets of a state: a file, and the state that its reader will have. */
struct restart {
	struct replay *replay;
	uint64_t ts_ns;
	state_put_fn *put;
	void *user;
};

/*
 * Writes an item; files contain less state than keyframes, and the rest is
 * dropped.
 */
static int restart_with(void *user, const struct item *item, struct error *err)
{
	struct restart *r = user;
	struct item copy = *item;
	struct meta meta;

	if (item->kind == ITEM_EVENT) {
		copy.event.ts_ns = r->ts_ns;
	} else {
		meta = *item->meta;
		if (meta.kind == META_THREAD && meta.thread.is_fake)
			return 0;
		if (meta.kind == META_FD &&
		    !state_thread(replay_state(r->replay), meta.fd.tid))
			return 0;
		if (meta.kind == META_THREAD)
			meta.thread.is_exact = false;
		if (meta.kind == META_FD)
			meta.fd.is_exact = false;
		copy.meta = &meta;
	}
	replay_put(r->replay, &copy, NULL);
	return r->put(r->user, &copy, err);
}

int tracker_restart(struct tracker *t, uint64_t ts_ns, state_put_fn *put,
		    void *user, struct error *err)
{
	struct restart r = { new_replay(t), ts_ns, put, user };
	int result = state_emit(replay_state(t->replay), restart_with, &r, err);

	replay_free(t->replay);
	t->replay = r.replay;
	t->origin = (struct origin){ 0 };
	return result;
}

void tracker_free(struct tracker *t)
{
	if (!t)
		return;
	replay_free(t->replay);
	arena_free(&t->arena);
	free(t);
}
