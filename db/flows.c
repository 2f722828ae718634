/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flows: one for each open file that a process reads or writes, and for each of
 * its connections.  A flow ends when its file is closed, and when its process
 * ends or runs another program; then it is a row of connections or file_io.
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

/* Those of the same socket no longer point to it. */
static void leave_socket(struct flow *flow)
{
	struct flow **at = flow->socket ? &flow->socket->peers : NULL;

	while (at && *at != flow)
		at = &(*at)->next_peer;
	if (at)
		*at = flow->next_peer;
	if (flow->socket && flow->socket->connected == flow)
		flow->socket->connected = NULL;
	for (struct flow *peer = flow->peers; peer; peer = peer->next_peer)
		peer->socket = NULL;
}

static void forget(struct flows *all, struct flow *flow)
{
	leave_socket(flow);
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
