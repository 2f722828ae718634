/* SPDX-License-Identifier: Apache-2.0 */
/* Counts events by second and class during the load. */
#include "core/event/ppm_constants.h"
#include "db/load.h"

/* clang-format off */
enum class { PROCESS, FILE_READ, FILE_WRITE, FILE_OTHER, NET_IN, NET_OUT,
	     NET_OTHER, LOCAL_IN, LOCAL_OUT, OTHER };

static const char *const names[CLASS_COUNT] = {
	[PROCESS] = "process", [FILE_READ] = "file read",
	[FILE_WRITE] = "file write", [FILE_OTHER] = "file",
	[NET_IN] = "net in", [NET_OUT] = "net out", [NET_OTHER] = "net",
	[LOCAL_IN] = "local in", [LOCAL_OUT] = "local out",
	[OTHER] = "other",
};

/* By what bytes go through: files, the network, or between processes. */
static const enum class by_medium[][2] = {
	{ FILE_READ, FILE_WRITE }, { NET_IN, NET_OUT }, { LOCAL_IN, LOCAL_OUT },
	{ OTHER, OTHER },
};
/* clang-format on */

enum medium { MEDIUM_FILE, MEDIUM_NET, MEDIUM_LOCAL, MEDIUM_UNKNOWN };

static enum medium medium_of(const struct event_context *about)
{
	const struct fd *fd = about->fd;

	if (!fd)
		return (event_kind(about->event)->category & 0xff) == EC_NET
			       ? MEDIUM_NET
			       : MEDIUM_UNKNOWN;
	if (fd->type >= SCAP_FD_IPV4_SOCK && fd->type <= SCAP_FD_IPV6_SERVSOCK)
		return MEDIUM_NET;
	return fd->type == SCAP_FD_FILE || fd->type == SCAP_FD_FILE_V2 ||
			       fd->type == SCAP_FD_MEMFD ||
			       fd->type == SCAP_FD_DIRECTORY
		       ? MEDIUM_FILE
		       : MEDIUM_LOCAL;
}

static enum class class_of(const struct event_context *about) {
	const struct event_kind *kind = event_kind(about->event);

	if (kind->flags &
	    EF_READS_FROM_FD) return by_medium[medium_of(about)][0];
	if (kind->flags &
	    EF_WRITES_TO_FD) return by_medium[medium_of(about)][1];
	switch (kind->category & 0xff){
		case EC_PROCESS : case EC_SIGNAL : return PROCESS;
		case EC_FILE : return FILE_OTHER;
		case EC_NET : return NET_OTHER;
		default : return medium_of(about) == MEDIUM_NET ? NET_OTHER
								: OTHER;
	}
}

void timeline_flush(struct load *l)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		struct timeline_record *r = &l->second.classes[i];

		if (!r->events && !r->bytes)
			continue;
		r->second = l->second.second;
		r->class = bytes_of(names[i]);
		rows_put_object(l, TABLE_TIMELINE, r);
		*r = (struct timeline_record){ 0 };
	}
}

/* The bytes of a call with two ends are those of each of its parts. */
static void count_parts(struct load *l, const struct moves *moves)
{
	for (unsigned i = 0; i < moves->count; i++) {
		const struct move *part = &moves->parts[i];

		l->second.classes[class_of(&part->context.about)].bytes +=
			part->bytes;
	}
}

void timeline_event(struct load *l, const struct field_context *c,
		    const struct moves *moves)
{
	const struct event *e = c->about.event;
	int64_t second = (int64_t)(e->ts_ns / 1000000000);
	const struct event_context *about = &c->about;
	struct timeline_record *r;
	int64_t res;

	if (second != l->second.second)
		timeline_flush(l);
	l->second.second = second;
	/* A call with two parts counts once: as its write, if it has one. */
	if (moves && moves->count && !moves->parts[0].mapped)
		about = &moves->parts[moves->count - 1].context.about;
	r = &l->second.classes[class_of(about)];
	r->events++;
	if (moves)
		count_parts(l, moves);
	if (!event_result(e, &res))
		return;
	r->failed += res < 0;
	if (!moves && res > 0 && event_direction(e) != GOES_NOWHERE)
		r->bytes += res;
}
