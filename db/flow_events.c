/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which flow an event is about: of files here, of sockets in connections.c.
 */
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/flows.h"

static bool is_socket(const struct fd *fd)
{
	return (fd->type >= SCAP_FD_IPV4_SOCK &&
		fd->type <= SCAP_FD_IPV6_SERVSOCK) ||
	       fd->type == SCAP_FD_UNIX_SOCK;
}

static bool is_file(const struct fd *fd)
{
	return fd->type == SCAP_FD_FILE || fd->type == SCAP_FD_FILE_V2 ||
	       fd->type == SCAP_FD_MEMFD;
}

static struct flow *begin_file(struct load *l, const struct field_context *c,
			       struct flow **list, uint64_t key)
{
	struct flow *flow = flow_new(l, c, list, key, TABLE_FILE_IO);

	text_share(&flow->name, &c->about.fd->name);
	flow->record.path = (struct bytes){ (const uint8_t *)flow->name.data,
					    flow->name.len };
	return flow;
}

static bool is_same(const struct flow *flow, const struct fd *fd, int64_t num)
{
	return flow->record.fd == num &&
	       (flow->name.data == fd->name.data ||
		(flow->name.len == fd->name.len &&
		 !memcmp(flow->name.data, fd->name.data, fd->name.len)));
}

/* A list's address, which no other process has, and the fd. */
static uint64_t key_of(struct flow *const *list, int64_t fd)
{
	return ((uint64_t)(uintptr_t)list << 16) ^ (uint64_t)fd;
}

static void file_event(struct load *l, const struct field_context *c,
		       struct flow **list, bool is_io)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	uint64_t key = key_of(list, c->about.fd_num);
	struct flow *flow = flow_find(l, key);

	if (flow && !is_same(flow, fd, c->about.fd_num)) {
		flow_end(l, flow, NO_NUMBER);
		flow = NULL;
	}
	if (event_kind(e)->flags & EF_DESTROYS_FD) {
		if (flow)
			flow_end(l, flow, (int64_t)e->ts_ns);
		return;
	}
	if (!flow && is_io && is_file(fd))
		flow = begin_file(l, c, list, key);
	if (flow)
		flow_count(flow, e);
}

void flows_event(struct load *l, const struct field_context *c,
		 struct flow **list)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	bool is_io = event_direction(e) != GOES_NOWHERE;
	bool is_net = (event_kind(e)->category & 0xff) == EC_NET;

	l->connection_id = NO_NUMBER;
	if (!fd || !list ||
	    !(is_io || is_net || event_kind(e)->flags & EF_DESTROYS_FD))
		return;
	if (is_socket(fd))
		connections_event(l, c, list);
	else
		file_event(l, c, list, is_io);
}

/*
 * Files that the loader maps for each program, and those of its language: their
 * rows would outnumber all others and say nothing.
 */
static bool is_of_loader(const struct text *path)
{
	static const char *const folders[] = { "/usr/lib", "/lib", "/etc/ld.so",
					       "/usr/share/locale/" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (!strncmp(path->data, folders[i], strlen(folders[i])))
			return true;
	return false;
}

void flows_map(struct load *l, const struct move *part, struct flow **list)
{
	const struct event_context *about = &part->context.about;
	const struct fd *fd = about->fd;
	struct flow *flow;

	if (!list || !fd || !is_file(fd))
		return;
	flow = flow_find(l, key_of(list, about->fd_num));
	if (!flow && is_of_loader(&fd->name))
		return;
	flows_event(l, &part->context, list);
	flow = flow_find(l, key_of(list, about->fd_num));
	if (!flow)
		return;
	/* It was begun as by a call that moves nothing. */
	if (event_direction(&part->event) == GOES_IN)
		flow->record.calls_in--;
	else
		flow->record.calls_out--;
	if (part->mapped > 0 && part->mapped < INT64_MAX - flow->record.mapped)
		flow->record.mapped += part->mapped;
}

/* One process's; its descriptors are those of the state as it was. */
static void begin_process(struct load *l, struct field_context *c,
			  const struct thread *leader)
{
	struct flow **list = who_flows(l, leader);
	size_t at = 0;

	while ((c->about.fd = thread_fd_next(leader, &at))) {
		c->about.fd_num = c->about.fd->num;
		if (is_socket(c->about.fd))
			connections_begin(l, c, list);
	}
}

void flows_begin(struct load *l, const struct field_context *c)
{
	const struct state *state = replay_state(l->replay);
	struct field_context context = *c;
	struct thread *t;
	size_t at = 0;

	l->is_beginning = false;
	while ((t = state_thread_next(state, &at)))
		if (thread_main(state, t) == t)
			begin_process(l, &context, t);
}
