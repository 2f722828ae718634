/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What moved: a flow for each open file that a process reads or writes, and
 * for each of its connections (connections.c).  A flow ends when its file is
 * closed and when its process ends or runs another program; then it is a row of
 * connections or file_io.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/flows.h"

enum { FLOWS_MAX = 65536 };

struct flows {
	struct map map;
	struct peers *peers;
};

struct flows *flows_new(void)
{
	struct flows *flows = mem_zalloc(sizeof(*flows));

	flows->peers = peers_new();
	return flows;
}

struct peers *load_peers(const struct load *l)
{
	return l->flows->peers;
}

static void free_flow(struct flow *flow)
{
	text_release(&flow->name);
	free(flow->line);
	free(flow);
}

static void forget(struct flows *all, struct flow *flow)
{
	connections_forget(flow);
	map_remove(&all->map, flow->key);
	*flow->of = flow->next;
	if (flow->next)
		flow->next->of = flow->of;
	free_flow(flow);
}

void flows_free(struct flows *flows)
{
	struct map_slot *slot;
	size_t at = 0;

	if (!flows)
		return;
	while ((slot = map_next(&flows->map, &at)))
		free_flow(slot->value);
	map_free(&flows->map);
	peers_free(flows->peers);
	free(flows);
}

static void put_row(struct load *l, const struct flow *flow)
{
	if (!flow->is_hidden)
		rows_put_object(l, flow->table, &flow->record);
}

void flow_end(struct load *l, struct flow *flow, int64_t closed_ns)
{
	flow->record.closed_ns = closed_ns;
	put_row(l, flow);
	forget(l->flows, flow);
}

void flows_end(struct load *l, struct flow **list, int64_t closed_ns)
{
	for (struct flow *flow = *list, *next; flow; flow = next) {
		next = flow->next;
		flow_end(l, flow, closed_ns);
	}
}

void flows_sync(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->flows->map, &at)))
		put_row(l, slot->value);
}

/* Too many are open: they are begun anew when they are used again. */
static void end_all(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->flows->map, &at))) {
		flow_end(l, slot->value, NO_NUMBER);
		at = 0;
	}
}

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

struct flow *flow_find(const struct load *l, uint64_t key)
{
	return map_get(&l->flows->map, key);
}

struct flow *flow_new(struct load *l, const struct field_context *c,
		      struct flow **list, uint64_t key, enum table_id table)
{
	struct flow *flow;

	if (l->flows->map.count >= FLOWS_MAX)
		end_all(l);
	flow = mem_zalloc(sizeof(*flow));
	flow->table = table;
	flow->key = key;
	flow->name = text_empty;
	flow->record = (struct flow_record){
		.flow_id = load_next_id(l, table),
		.process_id = l->process_id,
		.fd = c->about.fd_num,
		.res = NO_NUMBER,
		.local_port = NO_NUMBER,
		.remote_port = NO_NUMBER,
		.first_ns = (int64_t)c->about.event->ts_ns,
		.last_ns = (int64_t)c->about.event->ts_ns,
		.closed_ns = NO_NUMBER,
	};
	flow->next = *list;
	flow->of = list;
	if (*list)
		(*list)->of = &flow->next;
	*list = flow;
	map_put(&l->flows->map, key, flow);
	return flow;
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

enum direction event_direction(const struct event *event)
{
	const struct event_kind *kind = event_kind(event);

	/* Of calls with two fds (sendfile) the event's is that written to. */
	if (kind->flags & EF_WRITES_TO_FD ||
	    (kind->category & 0xff) == EC_IO_WRITE)
		return GOES_OUT;
	return kind->flags & EF_READS_FROM_FD ? GOES_IN : GOES_NOWHERE;
}

void flow_count(struct flow *flow, const struct event *e)
{
	struct flow_record *r = &flow->record;
	int64_t res;

	r->last_ns = (int64_t)e->ts_ns;
	if (!event_result(e, &res) || res < 0)
		return;
	if (event_direction(e) == GOES_IN) {
		r->calls_in++;
		r->bytes_in += res;
	} else if (event_direction(e) == GOES_OUT) {
		r->calls_out++;
		r->bytes_out += res;
	}
}

static void file_event(struct load *l, const struct field_context *c,
		       struct flow **list, bool is_io)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	uint64_t key = key_of(list, c->about.fd_num);
	struct flow *flow = map_get(&l->flows->map, key);

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

void flows_map(struct load *l, const struct move *part, struct flow **list)
{
	const struct event_context *about = &part->context.about;
	struct flow *flow;

	flows_event(l, &part->context, list);
	if (!list || !about->fd || !is_file(about->fd))
		return;
	flow = map_get(&l->flows->map, key_of(list, about->fd_num));
	if (!flow)
		return;
	/* It was begun as by a call that moves nothing. */
	if (event_direction(&part->event) == GOES_IN)
		flow->record.calls_in--;
	else
		flow->record.calls_out--;
	flow->record.mapped += part->mapped;
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
