/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the files of a recording, one after the other; see output.h. */
#include "flow/output.h"

#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file/syncer.h"
#include "flow/dialect.h"
#include "flow/tracker.h"

enum {
	NAME_LEN = 4096,
	SET_BACK_NS = 1000000000 /* less is disorder between CPUs */
};

struct output {
	struct event_sink sink;
	struct output_options options;
	struct writer *writer;
	struct tracker *tracker; /* the state; NULL: not needed */
	struct dialect *dialect; /* NULL: all is shown */
	const char *engine, *origin;
	char **names;	 /* names of kept files, by number */
	uint64_t number; /* number of the current file */
	/* Of the current file; first_ns 0: no events.  Times of time_of(). */
	uint64_t events, first_ns, last_ns, keyframe_at;
	uint64_t former_len, former_lost, lost;
	uint64_t facts;	  /* of the file: events of its start state */
	uint64_t shown;	  /* events of the file, but those of a start state */
	uint64_t put;	  /* events, of all files, but those */
	uint64_t initial; /* of them, that readers do not show */
	uint64_t on_disk; /* the same, of the files that were ended */
	const struct evidence *gaps; /* to carry; or NULL */
	struct syncer *syncer;
	struct buffer image;
};

static bool is_rotated(const struct rotation *r)
{
	return r->len || r->seconds || r->events;
}

static bool has_time_format(const struct output_options *o)
{
	return o->rotation.seconds && strchr(o->path, '%');
}

/* Digits of the greatest number, so that names sort in order; 0: unlimited. */
static int digits_of(uint64_t files)
{
	int digits = 0;

	for (uint64_t last = files ? files - 1 : 0; last; last /= 10)
		digits++;
	return files && !digits ? 1 : digits;
}

/* The format comes from the user, as intended. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static bool put_time(char *to, size_t len, const char *format, uint64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm local;

	return strftime(to, len, format, localtime_r(&when, &local)) > 0;
}
#pragma GCC diagnostic pop

/* Names a file as sysdig and tcpdump do; with -W numbers start over. */
static int make_name(const struct output *o, uint64_t seconds, char *name,
		     struct error *err)
{
	const struct rotation *r = &o->options.rotation;
	const char *path = o->options.path;
	char base[NAME_LEN - 32];
	bool has_time = has_time_format(&o->options);
	uint64_t number = r->files ? o->number % r->files : o->number;

	if (strlen(path) >= sizeof(base) ||
	    (has_time && !put_time(base, sizeof(base), path, seconds)))
		return error_set(err, ENAMETOOLONG, "%s: the name is too long",
				 path);
	if (!has_time)
		memcpy(base, path, strlen(path) + 1);
	snprintf(name, NAME_LEN, "%s", base);
	if (!is_rotated(r))
		return 0;
	/*
	 * Files must not overwrite each other if the time format is too
	 * coarse.
	 */
	if (has_time && !r->len && !r->events &&
	    (!o->number || access(name, F_OK)))
		return 0;
	snprintf(name, NAME_LEN, "%s%0*" PRIu64, base, digits_of(r->files),
		 number);
	return 0;
}

static int refuse(const char *pattern, struct error *err)
{
	glob_t found;
	int code = 0;

	if (!glob(pattern, 0, NULL, &found) && found.gl_pathc)
		code = error_set(err, EEXIST,
				 "%s: exists already; --force overwrites it",
				 found.gl_pathv[0]);
	globfree(&found);
	return code;
}

/*
 * Refuses numbered files of an earlier recording, which would be mixed with
 * the new ones.
 */
static int refuse_former(const struct output *o, struct error *err)
{
	char pattern[NAME_LEN], beside[NAME_LEN];

	if (!is_rotated(&o->options.rotation) || o->options.writer.force ||
	    has_time_format(&o->options))
		return 0;
	snprintf(pattern, sizeof(pattern), "%s[0-9]*", o->options.path);
	if (refuse(pattern, err))
		return -1;
	if (!o->options.beside)
		return 0;
	o->options.beside(pattern, beside, sizeof(beside));
	return refuse(beside, err);
}

static void remove_file(const struct output *o, const char *path)
{
	char beside[NAME_LEN];

	unlink(path);
	if (!o->options.beside)
		return;
	o->options.beside(path, beside, sizeof(beside));
	unlink(beside);
}

/* The slot of the next file's name; removes the oldest file. */
static char **slot_of(struct output *o)
{
	uint64_t files = o->options.rotation.files;

	return &o->names[files ? o->number % files : 0];
}

/* Opens the next file under its name. */
static int open_file(struct output *o, uint64_t seconds, struct error *err)
{
	char **slot = slot_of(o);
	char name[NAME_LEN];

	if (make_name(o, seconds, name, err))
		return -1;
	if (o->options.rotation.files && *slot)
		remove_file(o, *slot);
	free(*slot);
	*slot = mem_strdup(name);
	o->options.writer.series.number = o->number;
	o->options.writer.series.before = o->put;
	if (o->options.rotation.files && o->number >= o->options.rotation.files)
		o->options.writer.series.oldest =
			o->number + 1 - o->options.rotation.files;
	if (writer_open(&o->writer, name, &o->options.writer, err))
		return -1;
	writer_set_engine(o->writer, o->engine);
	o->events = o->shown = o->first_ns = o->last_ns = o->facts = 0;
	o->keyframe_at = KEYFRAME_EVERY;
	return o->origin ? writer_set_origin(o->writer, o->origin, err) : 0;
}

const char *output_path(const struct output *o)
{
	return *slot_of((struct output *)(uintptr_t)o);
}

int output_set_origin(struct output *o, const char *json, struct error *err)
{
	o->origin = json;
	return writer_set_origin(o->writer, json, err);
}

void output_set_engine(struct output *o, const char *engine)
{
	o->engine = engine;
	writer_set_engine(o->writer, engine);
}

static int put_meta(struct output *o, const struct item *item,
		    struct error *err)
{
	if (o->tracker)
		tracker_put(o->tracker, item);
	return sink_put(writer_sink(o->writer), item, err);
}

/*
 * The time by which files are rotated.  Events have wall clock times, which
 * can be set, so a recording uses a monotonic clock, the coarse one because
 * this is called for each event.  A copy has only event times.
 */
static uint64_t time_of(const struct output *o, const struct event *event)
{
	struct timespec ts;

	if (o->options.is_copy)
		return event->ts_ns;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/*
 * Is it time for the next file?  Also if the clock was set back: the elapsed
 * time is unknown then.
 */
static bool is_time(const struct output *o, const struct event *event)
{
	uint64_t now_ns = time_of(o, event);

	return now_ns >= o->first_ns +
				 o->options.rotation.seconds * 1000000000u ||
	       now_ns + SET_BACK_NS < o->last_ns;
}

/* Does this event belong in the next file? */
static bool is_full(const struct output *o, const struct event *event)
{
	const struct rotation *r = &o->options.rotation;

	if (!o->events)
		return false;
	return (r->len && writer_len(o->writer) >= r->len) ||
	       (r->events && o->shown >= r->events) ||
	       (r->seconds && is_time(o, event));
}

/* Events on disk, without those of the start state. */
static uint64_t events_of_file(const struct output *o)
{
	uint64_t events = o->writer ? writer_events_on_disk(o->writer) : 0;

	return events > o->facts ? events - o->facts : 0;
}

/* Ends the current file, with its end record. */
static int end_file(struct output *o, bool is_followed, struct error *err)
{
	const struct writer_end end = {
		.drops = o->lost == GAP_UNKNOWN ? GAP_UNKNOWN
						: o->lost - o->former_lost,
		.facts = o->facts,
		.is_followed = is_followed,
		.gaps = is_followed ? NULL : o->gaps
	};

	writer_set_end(o->writer, &end);
	o->former_lost = o->lost;
	if (sink_finish(writer_sink(o->writer), err))
		return -1;
	o->former_len += writer_len(o->writer);
	o->put += writer_events(o->writer) - o->facts;
	o->on_disk += events_of_file(o);
	writer_close(o->writer);
	o->writer = NULL;
	return 0;
}

/* Writes an item of the start state; containers are events. */
static int put_state(void *user, const struct item *item, struct error *err)
{
	const struct frame_subject hidden = { .is_hidden = true };
	struct output *o = user;

	if (item->kind == ITEM_EVENT) {
		writer_note(o->writer, &item->event, &hidden);
		o->events++;
		o->facts++;
	}
	return sink_put(writer_sink(o->writer), item, err);
}

/* Ends the file and begins the next one at the time of an event. */
static int rotate(struct output *o, const struct event *event,
		  struct error *err)
{
	const struct meta section = { .kind = META_SECTION };
	const struct item item = { .kind = ITEM_META, .meta = &section };

	o->lost = o->options.lost ? o->options.lost(o->options.user)
				  : GAP_UNKNOWN;
	if (end_file(o, true, err))
		return -1;
	o->number++;
	/* Later files replace only our own. */
	o->options.writer.force = true;
	if (open_file(o, event->ts_ns / 1000000000u, err) ||
	    put_state(o, &item, err))
		return -1;
	if (tracker_restart(o->tracker, event->ts_ns, put_state, o, err))
		return -1;
	if (o->options.next_file)
		o->options.next_file(o->options.user);
	return 0;
}

/*
 * Renames the first file of a copy, once the time of its first event is known.
 */
static int rename_first(struct output *o, const struct event *event,
			struct error *err)
{
	char **slot = slot_of(o);
	char name[NAME_LEN];

	if (make_name(o, event->ts_ns / 1000000000u, name, err))
		return -1;
	if (!o->options.writer.force && !access(name, F_OK))
		return error_set(err, EEXIST,
				 "%s: exists already; --force overwrites it",
				 name);
	writer_rename(o->writer, name);
	free(*slot);
	*slot = mem_strdup(name);
	return 0;
}

/* Writes an event, and a keyframe after it if one is due. */
static int put_event(struct output *o, const struct item *item,
		     struct error *err)
{
	bool is_current = o->options.writer.compat == WRITER_CURRENT;
	struct resume_point point;

	if (o->options.is_copy && !o->first_ns && !o->number &&
	    has_time_format(&o->options) && rename_first(o, &item->event, err))
		return -1;
	if (o->tracker)
		writer_note(o->writer, &item->event,
			    tracker_put(o->tracker, item));
	if (sink_put(writer_sink(o->writer), item, err))
		return -1;
	if (!item->event.flags)
		dialect_note(o->dialect, &item->event);
	if (event_is_hidden(&item->event))
		o->initial++;
	else
		o->shown++;
	o->events++;
	if (!o->first_ns)
		o->first_ns = time_of(o, &item->event);
	if (o->options.is_copy)
		o->last_ns = item->event.ts_ns;
	if (!o->tracker || !is_current || o->events < o->keyframe_at)
		return 0;
	o->keyframe_at += KEYFRAME_EVERY;
	tracker_keyframe(o->tracker, o->events, &o->image, &point);
	return writer_keyframe(o->writer, &point, &o->image, err);
}

static int output_put(struct event_sink *sink, const struct item *item,
		      struct error *err)
{
	struct output *o = (struct output *)sink;

	if (item->kind == ITEM_META)
		return put_meta(o, item, err);
	if (is_full(o, &item->event) && rotate(o, &item->event, err))
		return -1;
	return put_event(o, item, err);
}

static int output_idle(struct event_sink *sink, struct error *err)
{
	struct output *o = (struct output *)sink;

	return sink_idle(writer_sink(o->writer), err);
}

static int output_finish(struct event_sink *sink, struct error *err)
{
	struct output *o = (struct output *)sink;

	if (o->options.lost)
		o->lost = o->options.lost(o->options.user);
	return o->writer ? end_file(o, false, err) : 0;
}

struct event_sink *output_sink(struct output *o)
{
	return &o->sink;
}

int output_open(struct output **ret_output,
		const struct output_options *options, struct error *err)
{
	struct output *o = mem_zalloc(sizeof(*o));
	uint64_t slots = options->rotation.files ? options->rotation.files : 1;
	bool rotated = is_rotated(&options->rotation);

	if (options->rotation.files && !rotated) {
		free(o);
		return error_set(err, EINVAL, "-W needs -C, -G or -e");
	}
	o->sink = (struct event_sink){ output_put, output_idle, output_finish };
	o->options = *options;
	o->options.writer.whole = options->is_copy;
	o->names = mem_zalloc(slots * sizeof(*o->names));
	o->options.writer.series = series_new();
	o->options.writer.series.is_rotated = rotated;
	if (refuse_former(o, err) || open_file(o, (uint64_t)time(NULL), err)) {
		output_close(o);
		return -1;
	}
	/* Old dialects exclude events, which keyframes would count. */
	if (rotated || options->writer.compat == WRITER_CURRENT)
		o->tracker = tracker_new();
	o->dialect = dialect_new(options->writer.compat);
	*ret_output = o;
	return 0;
}

void output_sync(struct output *o, unsigned every_s)
{
	o->syncer = syncer_new(every_s);
	o->options.writer.syncer = o->syncer;
	writer_sync(o->writer, o->syncer);
}

void output_carry(struct output *o, const struct evidence *evidence)
{
	o->gaps = evidence;
	/* Lost events are among the inherited gaps. */
	o->lost = evidence_lost(evidence) == GAP_UNKNOWN ? GAP_UNKNOWN : 0;
	o->former_lost = 0;
}

const struct dialect *output_dialect(const struct output *o)
{
	return o->dialect;
}

void output_discard(struct output *o)
{
	if (o->writer)
		writer_discard(o->writer);
	o->writer = NULL;
}

bool output_is_stream(const struct output *o)
{
	return o->writer && writer_is_stream(o->writer);
}

uint64_t output_len(const struct output *o)
{
	return o->former_len + (o->writer ? writer_len(o->writer) : 0);
}

uint64_t output_events(const struct output *o)
{
	uint64_t events = o->on_disk + events_of_file(o);

	return events > o->initial ? events - o->initial : 0;
}

uint64_t output_files(const struct output *o)
{
	return o->number + 1;
}

void output_close(struct output *o)
{
	uint64_t slots;

	if (!o)
		return;
	slots = o->options.rotation.files ? o->options.rotation.files : 1;
	for (uint64_t i = 0; i < slots; i++)
		free(o->names[i]);
	free(o->names);
	writer_close(o->writer);
	syncer_free(o->syncer);
	tracker_free(o->tracker);
	dialect_free(o->dialect);
	buffer_free(&o->image);
	free(o);
}
