/* SPDX-License-Identifier: Apache-2.0 */
/* Counts events by second and class, as they pass. */
#include "core/event/ppm_constants.h"
#include "db/load.h"

/* clang-format off */
enum class { PROCESS, FILE_READ, FILE_WRITE, FILE_OTHER, NET_IN, NET_OUT,
	     NET_OTHER, OTHER };

static const char *const names[CLASS_COUNT] = {
	[PROCESS] = "process", [FILE_READ] = "file read",
	[FILE_WRITE] = "file write", [FILE_OTHER] = "file",
	[NET_IN] = "net in", [NET_OUT] = "net out", [NET_OTHER] = "net",
	[OTHER] = "other",
};
/* clang-format on */

static bool is_net(const struct event_context *about)
{
	const struct fd *fd = about->fd;

	if (!fd)
		return (event_kind(about->event)->category & 0xff) == EC_NET;
	return (fd->type >= SCAP_FD_IPV4_SOCK &&
		fd->type <= SCAP_FD_IPV6_SERVSOCK) ||
	       fd->type == SCAP_FD_UNIX_SOCK || fd->type == SCAP_FD_NETLINK;
}

static enum class class_of(const struct event_context *about) {
	const struct event_kind *kind = event_kind(about->event);

	if (kind->flags & EF_READS_FROM_FD) return is_net(about) ? NET_IN
								 : FILE_READ;
	if (kind->flags & EF_WRITES_TO_FD) return is_net(about) ? NET_OUT
								: FILE_WRITE;
	switch (kind->category & 0xff){
		case EC_PROCESS : case EC_SIGNAL : return PROCESS;
		case EC_FILE : return FILE_OTHER;
		case EC_NET : return NET_OTHER;
		default : return is_net(about) ? NET_OTHER : OTHER;
	}
}

void timeline_flush(struct load *l)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		struct timeline_record *r = &l->second.classes[i];

		if (!r->events)
			continue;
		r->second = l->second.second;
		r->class = bytes_of(names[i]);
		rows_put_object(l, TABLE_TIMELINE, r);
		*r = (struct timeline_record){ 0 };
	}
}

void timeline_event(struct load *l, const struct field_context *c)
{
	const struct event *e = c->about.event;
	int64_t second = (int64_t)(e->ts_ns / 1000000000);
	struct timeline_record *r;
	enum class class;
	int64_t res;

	if (second != l->second.second)
		timeline_flush(l);
	l->second.second = second;
	class = class_of(&c->about);
	r = &l->second.classes[class];
	r->events++;
	if (!event_result(e, &res))
		return;
	r->failed += res < 0;
	if (res > 0 && event_direction(e) != GOES_NOWHERE)
		r->bytes += res;
}
