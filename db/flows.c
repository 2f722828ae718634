/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What moved: one flow for each socket of a process with the two ends it has,
 * and for each open file that it reads or writes.  A flow ends when its fd is
 * closed or becomes another thing, and when the process does; then it is a
 * row of connections or file_io.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"

/* clang-format off */
enum { FLOWS_MAX = 65536, ADDRESS_LEN = 64, LINE_LEN = 120 };
/* clang-format on */

struct flow {
	struct flow_record record;
	enum table_id table;
	struct text name; /* fd.name */
	char local[ADDRESS_LEN], remote[ADDRESS_LEN];
	char *line; /* the first one; NULL: none yet */
	uint64_t key;
	struct flow *next, **of; /* the flows of its process */
};

struct flows {
	struct map map;
};

struct flows *flows_new(void)
{
	return mem_zalloc(sizeof(struct flows));
}

static void free_flow(struct flow *flow)
{
	text_release(&flow->name);
	free(flow->line);
	free(flow);
}

static void forget(struct flows *all, struct flow *flow)
{
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
	free(flows);
}

static void end(struct load *l, struct flow *flow, int64_t closed_ns)
{
	flow->record.closed_ns = closed_ns;
	rows_put_object(l, flow->table, &flow->record);
	forget(l->flows, flow);
}

void flows_end(struct load *l, struct flow **list, int64_t closed_ns)
{
	for (struct flow *flow = *list, *next; flow; flow = next) {
		next = flow->next;
		end(l, flow, closed_ns);
	}
}

void flows_sync(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->flows->map, &at))) {
		const struct flow *flow = slot->value;

		rows_put_object(l, flow->table, &flow->record);
	}
}

/* Too many are open: they are begun anew when they are used again. */
static void end_all(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->flows->map, &at))) {
		end(l, slot->value, NO_NUMBER);
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

static struct bytes keep(struct bytes text, char out[ADDRESS_LEN])
{
	if (!text.data || text.len >= ADDRESS_LEN)
		return (struct bytes){ NULL, 0 };
	memcpy(out, text.data, text.len);
	return (struct bytes){ (const uint8_t *)out, text.len };
}

/* Names of families and protocols are constants. */
static struct bytes constant(const struct field_context *c,
			     const struct field_ref *ref)
{
	struct value v;
	const char *text;
	uint32_t len;

	if (!field_get(c, ref, &v) || !value_bytes(&v, &text, &len) || !len ||
	    *text == '<')
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ (const uint8_t *)text, len };
}

static struct bytes role_of(const struct event_context *about)
{
	const struct fd *fd = about->fd;

	if (about->event->code == PPME_SOCKET_CONNECT_X)
		return bytes_of("client");
	if (fd->type == SCAP_FD_IPV4_SERVSOCK ||
	    fd->type == SCAP_FD_IPV6_SERVSOCK)
		return bytes_of("listener");
	return bytes_of(fd->role == FD_ROLE_CLIENT   ? "client"
			: fd->role == FD_ROLE_SERVER ? "server"
						     : NULL);
}

static void describe_socket(struct load *l, const struct field_context *c,
			    struct flow *flow)
{
	struct flow_record *r = &flow->record;
	struct ends ends;

	ends_of(c, &ends);
	r->role = role_of(&c->about);
	r->family = constant(c, l->refs[FAMILY]);
	r->protocol = constant(c, l->refs[PROTOCOL]);
	r->local_address = keep(ends.local, flow->local);
	r->remote_address = keep(ends.remote, flow->remote);
	r->local_port = ends.local_port;
	r->remote_port = ends.remote_port;
	if (c->about.fd->type == SCAP_FD_UNIX_SOCK)
		r->path = (struct bytes){ (const uint8_t *)flow->name.data,
					  flow->name.len };
}

static struct flow *begin(struct load *l, const struct field_context *c,
			  struct flow **list, uint64_t key)
{
	const struct fd *fd = c->about.fd;
	struct flow *flow;

	if (l->flows->map.count >= FLOWS_MAX)
		end_all(l);
	flow = mem_zalloc(sizeof(*flow));
	flow->table = is_socket(fd) ? TABLE_CONNECTIONS : TABLE_FILE_IO;
	flow->key = key;
	flow->name = text_empty;
	text_share(&flow->name, &fd->name);
	flow->record = (struct flow_record){
		.flow_id = load_next_id(l, flow->table),
		.process_id = l->process_id,
		.fd = c->about.fd_num,
		.res = NO_NUMBER,
		.first_ns = (int64_t)c->about.event->ts_ns,
		.closed_ns = NO_NUMBER,
		.path = { (const uint8_t *)flow->name.data, flow->name.len },
	};
	if (flow->table == TABLE_CONNECTIONS) {
		flow->record.path.data = NULL;
		describe_socket(l, c, flow);
	}
	flow->next = *list;
	flow->of = list;
	if (*list)
		(*list)->of = &flow->next;
	*list = flow;
	map_put(&l->flows->map, key, flow);
	return flow;
}

static bool is_same(const struct flow *flow, const struct fd *fd, int64_t num)
{
	return flow->record.fd == num &&
	       (flow->name.data == fd->name.data ||
		(flow->name.len == fd->name.len &&
		 !memcmp(flow->name.data, fd->name.data, fd->name.len)));
}

/* Does a socket become one of the table's by this call? */
static bool makes_connection(const struct event *e, bool is_io)
{
	return is_io || e->code == PPME_SOCKET_CONNECT_X ||
	       e->code == PPME_SOCKET_BIND_X ||
	       e->code == PPME_SOCKET_LISTEN_X ||
	       e->code == PPME_SOCKET_ACCEPT_5_X ||
	       e->code == PPME_SOCKET_ACCEPT4_6_X;
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

static void count(struct flow_record *r, const struct event *e)
{
	int64_t res;

	r->last_ns = (int64_t)e->ts_ns;
	if (!event_result(e, &res))
		return;
	if (e->code == PPME_SOCKET_CONNECT_X)
		r->res = res;
	if (res < 0)
		return;
	if (event_direction(e) == GOES_IN) {
		r->calls_in++;
		r->bytes_in += res;
	} else if (event_direction(e) == GOES_OUT) {
		r->calls_out++;
		r->bytes_out += res;
	}
}

/* What the client sends first, up to the end of its line. */
static void take_line(struct load *l, const struct field_context *c,
		      struct flow *flow)
{
	struct flow_record *r = &flow->record;
	bool is_server, is_in;
	const char *text;
	uint32_t len, n = 0;
	struct value v;

	if (flow->line || (r->calls_in != 1 && r->calls_out != 1))
		return;
	is_in = event_direction(c->about.event) == GOES_IN;
	is_server = r->role.len == 6 && !memcmp(r->role.data, "server", 6);
	if (is_in != is_server || (is_in ? r->calls_in : r->calls_out) != 1 ||
	    !field_get(c, l->refs[DATA], &v) || !value_bytes(&v, &text, &len))
		return;
	flow->line = mem_zalloc(LINE_LEN);
	for (; n < len && n < LINE_LEN; n++) {
		if (text[n] == '\n' || text[n] == '\r')
			break;
		flow->line[n] = text[n] >= ' ' && text[n] < 127 ? text[n] : '.';
	}
	r->first_line = (struct bytes){ (const uint8_t *)flow->line, n };
}

void flows_event(struct load *l, const struct field_context *c,
		 struct flow **list)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	uint16_t flags = event_kind(e)->flags;
	bool is_io = event_direction(e) != GOES_NOWHERE;
	bool is_net = (event_kind(e)->category & 0xff) == EC_NET;
	struct flow *flow;
	uint64_t key;

	l->connection_id = NO_NUMBER;
	if (!fd || !list || !(is_io || is_net || flags & EF_DESTROYS_FD))
		return;
	key = key_of(list, c->about.fd_num);
	flow = map_get(&l->flows->map, key);
	if (flow && !is_same(flow, fd, c->about.fd_num)) {
		end(l, flow, NO_NUMBER);
		flow = NULL;
	}
	if (flags & EF_DESTROYS_FD) {
		if (flow)
			end(l, flow, (int64_t)e->ts_ns);
		return;
	}
	if (!flow && ((is_socket(fd) && makes_connection(e, is_io)) ||
		      (is_io && is_file(fd))))
		flow = begin(l, c, list, key);
	if (!flow)
		return;
	count(&flow->record, e);
	if (flow->table == TABLE_CONNECTIONS) {
		take_line(l, c, flow);
		l->connection_id = flow->record.flow_id;
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
