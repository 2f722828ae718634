/* SPDX-License-Identifier: Apache-2.0 */
/* spoor index, and what makes keyframes and the index while recording. */
#include "cmd/keyframes.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/file/parts.h"

/* What the subject of an event follows from. */
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
	struct frame_subject subject; /* of the last event that was shown */
	struct origin origin;
	bool is_shown; /* the event at hand */
	char container_id[256];
};

/* Most events are of who made the one before. */
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

/* The text moves out of the state, where it may not outlive the event. */
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

	field_find(&fields_syscall, name, strlen(name), &t->arena, &ref, NULL);
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

/* Where a state goes: into a file, and the state that its reader will have. */
struct restart {
	struct replay *replay;
	uint64_t ts_ns;
	state_put_fn *put;
	void *user;
};

/* Files hold less than keyframes: what they do not is left out. */
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

/* What is to be added to a file. */
struct indexer {
	struct tracker *tracker;
	struct reader *reader;
	struct parts *parts;
	bool wants_keyframes, wants_index;
	uint64_t every, next;
	struct frame_index *index;
	size_t frame; /* being read */
	struct buffer image, frames;
	uint32_t *lens;
	size_t count, capacity;
	unsigned keyframes;
};

static void add_len(struct indexer *x, size_t before)
{
	x->lens =
		mem_grow(x->lens, &x->capacity, x->count + 1, sizeof(*x->lens));
	x->lens[x->count++] = (uint32_t)(x->frames.len - before);
}

static void add_keyframe(struct indexer *x, uint64_t offset)
{
	uint64_t events = reader_stats(x->reader)->numbered;
	struct keyframe_head head = { .resume_at = offset };
	size_t before = x->frames.len;

	if (state_has_times(replay_state(x->tracker->replay)))
		return; /* a keyframe would not hold them */
	tracker_keyframe(x->tracker, events, &x->image, &head.at);
	keyframe_write(&x->frames, &head, &x->image);
	add_len(x, before);
	x->keyframes++;
	x->next = events + x->every;
}

/*
 * All before the offset was read.  Where the end of a frame went unseen (its
 * last block was no event), what was noted is of two, and of no use.
 */
static void end_frame(struct indexer *x, uint64_t offset)
{
	size_t count, at = x->frame;
	const struct frame *frames = parts_frames(x->parts, &count);

	while (at < count && frames[at].offset < offset)
		at++;
	if (at == x->frame + 1)
		frame_index_end_frame(x->index, frames[x->frame].offset);
	else if (at > x->frame)
		frame_index_drop_frame(x->index);
	x->frame = at;
}

static int read_all(struct indexer *x, struct error *err)
{
	static struct item item;
	const struct frame_subject *subject;
	uint64_t offset;
	int code;

	while ((code = source_next(reader_source(x->reader), &item, err)) > 0) {
		subject = tracker_put(x->tracker, &item);
		if (item.kind == ITEM_EVENT)
			frame_index_note(x->index, &item.event, subject);
		if (!reader_at_frame(x->reader, &offset))
			continue;
		end_frame(x, offset);
		if (x->wants_keyframes &&
		    reader_stats(x->reader)->numbered >= x->next)
			add_keyframe(x, offset);
	}
	return code;
}

static void add_index(struct indexer *x)
{
	size_t before = x->frames.len;

	end_frame(x, parts_file_len(x->parts));
	frame_index_write(x->index, &x->frames);
	if (x->frames.len > before)
		add_len(x, before);
}

static bool has_index(const struct parts *parts)
{
	size_t count;
	const struct frame *frames = parts_frames(parts, &count);

	for (size_t i = 0; i < count; i++)
		if (frames[i].summary)
			return true;
	return false;
}

/* Old dialects are upgraded by what went before: no frame stands alone. */
static int append(struct indexer *x, const char *path, struct error *err)
{
	uint64_t offset;

	if (!reader_at_frame(x->reader, &offset)) {
		cmd_say(stdout,
			"%s: no place for an index: it is not in zstd "
			"frames, or of an old dialect; spoor convert -o "
			"NEW.scap.zst makes one that has it",
			path);
		return 0;
	}
	if (x->wants_index)
		add_index(x);
	if (!x->count) {
		cmd_say(stdout, "%s: has an index", path);
		return 0;
	}
	if (capture_append(path, &x->frames, x->lens, (unsigned)x->count, err))
		return -1;
	cmd_say(stdout, "%s: %u keyframes%s added, %zu bytes", path,
		x->keyframes, x->wants_index ? " and the index of frames" : "",
		x->frames.len);
	return 0;
}

/* A damaged file stays as it is: an index would tell of what is not there. */
static int add_all(struct indexer *x, const char *path)
{
	struct error err;
	int code = read_all(x, &err);

	if (cmd_read_end("index", reader_evidence(x->reader), code, &err))
		return EXIT_ERROR;
	return append(x, path, &err) ? cmd_fail("index", &err) : EXIT_OK;
}

static int index_file(const char *path, uint64_t every)
{
	const struct reader_options alone = { .alone = true };
	struct indexer x = { .every = every, .next = every };
	struct error err;
	int result = EXIT_OK;

	if (parts_open(&x.parts, path, &err))
		return cmd_fail("index", &err);
	x.wants_keyframes = parts_count(x.parts) == 1;
	x.wants_index = !has_index(x.parts);
	if (!x.wants_keyframes && !x.wants_index) {
		cmd_say(stdout, "%s: has keyframes and an index", path);
		parts_close(x.parts);
		return EXIT_OK;
	}
	x.tracker = tracker_new();
	x.index = frame_index_new();
	if (reader_open(&x.reader, path, &alone, &err))
		result = cmd_fail("index", &err);
	else
		result = add_all(&x, path);
	tracker_free(x.tracker);
	frame_index_free(x.index);
	reader_close(x.reader);
	parts_close(x.parts);
	buffer_free(&x.image);
	buffer_free(&x.frames);
	free(x.lens);
	return result;
}

#define TEXT_OF(value) #value
#define TEXT(value)    TEXT_OF(value) /* of what a macro stands for */
static const struct option_row option_rows[] = {
	{ .name = "every",
	  .argument = "EVENTS",
	  .take = option_number,
	  .help = "between two keyframes",
	  .fallback = TEXT(KEYFRAME_EVERY) },
	{ .take = NULL },
};
#undef TEXT
#undef TEXT_OF

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	uint64_t every = 0;
	int result = options_parse(&command_index, &every, argc, argv);

	if (result)
		return result < 0 ? EXIT_OK : result;
	if (optind >= argc || !every)
		return cmd_usage_error("index",
				       every ? "no capture is named"
					     : "--every must be at least 1");
	for (; optind < argc; optind++)
		if (index_file(argv[optind], every))
			result = EXIT_ERROR;
	return result;
}

const struct command command_index = {
	.name = "index",
	.help = "keyframes for a capture: replay on all cores",
	.run = run,
	.usage = "spoor index [--every EVENTS] FILE...\n",
	.about = "Adds to captures (.scap.zst) what recording writes already:\n"
		 "keyframes, the whole state every so many events, so that "
		 "they can be\n"
		 "read from the middle and replayed on several cores (spoor "
		 "replay -j N);\n"
		 "and the index of their frames, so that spoor query reads "
		 "only those\n"
		 "that a question is about.  Other tools do not see them, the "
		 "events\n"
		 "stay as they are.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE
	"Files that are damaged or unfinished get no index.\n",
};
