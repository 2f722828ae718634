/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections: one flow for each that a process uses, however many descriptors
 * stand for its socket.  A datagram socket has a flow for each peer, and one of
 * its own if it waits for datagrams of anyone.  Ends and roles come from the
 * calls: who connects is the client, who accepts the server, and of datagrams
 * who sends first is the client.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/flows.h"

/* An event and the socket that it uses. */
struct use {
	struct load *load;
	const struct field_context *context;
	const struct event *event;
	const struct fd *fd;
	struct flow **list;
	enum direction direction;
	uint64_t key;	   /* of the socket in its process */
	struct flow *main; /* the flow with that key; NULL: none yet */
	struct ends_told told;
	int64_t res;
};

static bool is_ip(uint8_t family)
{
	return family == PPM_AF_INET || family == PPM_AF_INET6;
}

static bool is_datagram(const struct fd *fd)
{
	return fd->is_datagram || fd->l4proto == SCAP_L4_UDP ||
	       fd->l4proto == SCAP_L4_ICMP || fd->l4proto == SCAP_L4_RAW;
}

static bool is_connect(const struct event *e)
{
	return e->code == PPME_SOCKET_CONNECT_X;
}

static struct bytes print_ip(uint8_t family, const uint8_t *ip,
			     char out[ADDRESS_LEN])
{
	return bytes_of(inet_ntop(family == PPM_AF_INET6 ? AF_INET6 : AF_INET,
				  ip, out, ADDRESS_LEN));
}

static void set_own(struct flow *flow, const struct sock_tuple *t)
{
	if (!is_ip(t->family))
		return;
	memcpy(flow->ends.sip, t->sip, 16);
	flow->ends.sport = t->sport;
	flow->record.local_address = print_ip(t->family, t->sip, flow->local);
	flow->record.local_port = t->sport;
}

static void set_peer(struct flow *flow, const struct sock_tuple *t)
{
	if (!is_ip(t->family))
		return;
	memcpy(flow->ends.dip, t->dip, 16);
	flow->ends.dport = t->dport;
	flow->record.remote_address = print_ip(t->family, t->dip, flow->remote);
	flow->record.remote_port = t->dport;
}

static void set_path(struct flow *flow, struct bytes path)
{
	if (!path.len)
		return;
	text_set(&flow->name, path.data, path.len);
	flow->record.path = (struct bytes){ (const uint8_t *)flow->name.data,
					    flow->name.len };
}

static void set_ends(const struct use *u, struct flow *flow)
{
	const struct ends_told *told = &u->told;
	uint8_t family = told->ends.family;

	if (told->has_own)
		set_own(flow, &told->ends);
	if (told->has_peer)
		set_peer(flow, &told->ends);
	if (family)
		flow->ends.family = family;
	if (is_ip(family))
		flow->record.family =
			bytes_of(family == PPM_AF_INET ? "ipv4" : "ipv6");
	if (family == PPM_AF_UNIX && (told->has_own || told->has_peer))
		set_path(flow, told->ends.path);
}

/* What the descriptor is known for, before the event says more. */
static void describe(const struct use *u, struct flow *flow)
{
	const struct fd *fd = u->fd;

	if (fd->type == SCAP_FD_UNIX_SOCK) {
		flow->record.family = bytes_of("unix");
		set_path(flow, ends_unix_path(fd));
		return;
	}
	flow->record.family =
		bytes_of(fd->type == SCAP_FD_IPV6_SOCK ||
					 fd->type == SCAP_FD_IPV6_SERVSOCK
				 ? "ipv6"
				 : "ipv4");
	flow->record.protocol = bytes_of(ends_protocol(fd));
}

static struct flow *begin(const struct use *u, uint64_t key)
{
	struct flow *flow =
		flow_new(u->load, u->context, u->list, key, TABLE_CONNECTIONS);

	describe(u, flow);
	return flow;
}

static const char *role_of(const struct fd *fd)
{
	if (fd->type == SCAP_FD_IPV4_SERVSOCK ||
	    fd->type == SCAP_FD_IPV6_SERVSOCK)
		return "listener";
	return fd->role == FD_ROLE_CLIENT   ? "client"
	       : fd->role == FD_ROLE_SERVER ? "server"
					    : NULL;
}

/* Has the socket no answer to its connect yet? */
static bool is_pending(int64_t res)
{
	return res == -EINPROGRESS || res == -EALREADY || res == -EINTR;
}

/* Is it a try of its own, or the outcome of the one before? */
static bool is_new_attempt(const struct use *u, const struct flow *flow)
{
	if (!flow->record.role.data || u->res == -EISCONN)
		return false;
	if (!is_pending(flow->record.res))
		return true;
	return u->told.has_peer &&
	       (u->told.ends.dport != flow->ends.dport ||
		memcmp(u->told.ends.dip, flow->ends.dip, 16) != 0);
}

static void set_maker(struct flow *flow, const char *role, const char *maker)
{
	flow->record.role = bytes_of(role);
	flow->record.made_by = bytes_of(maker);
}

/* What stands for a connection's own end and the other one. */
static uint64_t hash_ends(const struct sock_tuple *t)
{
	uint8_t ends[2 * (16 + sizeof(uint16_t))];

	memcpy(ends, t->sip, 16);
	memcpy(ends + 16, t->dip, 16);
	memcpy(ends + 32, &t->sport, 2);
	memcpy(ends + 34, &t->dport, 2);
	return hash_bytes(ends, sizeof(ends));
}

/* For who gets the socket by a message: its events do not tell. */
static void note_role(const struct use *u, const char *role)
{
	if (u->told.has_own && u->told.has_peer && is_ip(u->told.ends.family))
		peers_set_role(load_peers(u->load), hash_ends(&u->told.ends),
			       role);
}

static struct flow *connect_stream(const struct use *u)
{
	struct flow *flow = u->main;

	/* AF_UNSPEC: the connection is no more. */
	if (flow && (!u->told.has_peer || is_new_attempt(u, flow))) {
		flow_end(u->load, flow, NO_NUMBER);
		flow = NULL;
	}
	if (!u->told.has_peer || (!flow && u->res == -EISCONN))
		return NULL;
	if (!flow)
		flow = begin(u, u->key);
	set_maker(flow, "client", "connect");
	set_ends(u, flow);
	note_role(u, "client");
	return flow;
}

/* A socket that another process made, or that was there before. */
static struct flow *find_stream(const struct use *u)
{
	struct sock_tuple known = { 0 };
	const char *role = NULL;
	struct flow *flow;

	if (u->direction == GOES_NOWHERE || u->res < 0)
		return NULL;
	flow = begin(u, u->key);
	if (ends_known(u->fd, true, &known))
		set_own(flow, &known);
	if (ends_known(u->fd, false, &known)) {
		set_peer(flow, &known);
		role = peers_role(load_peers(u->load), hash_ends(&known), NULL);
	}
	set_maker(flow, role ? role : role_of(u->fd),
		  u->fd->flags & FD_FROM_PROC ? "start" : NULL);
	flow->ends.family = known.family;
	return flow;
}

static struct flow *listen_stream(const struct use *u)
{
	struct flow *flow = u->main ? u->main : begin(u, u->key);
	struct sock_tuple known = { 0 };

	if (!flow->record.local_address.data && ends_known(u->fd, true, &known))
		set_own(flow, &known);
	set_maker(flow, "listener", "listen");
	return flow;
}

static struct flow *stream_flow(const struct use *u)
{
	struct flow *flow = u->main;

	switch (u->event->code) {
	case PPME_SOCKET_CONNECT_X:
		return connect_stream(u);
	case PPME_SOCKET_LISTEN_X:
		return u->res < 0 ? flow : listen_stream(u);
	case PPME_SOCKET_BIND_X:
		if (u->res < 0)
			return flow;
		flow = flow ? flow : begin(u, u->key);
		set_maker(flow, NULL, "bind");
		set_ends(u, flow);
		return flow;
	case PPME_SOCKET_ACCEPT_5_X:
	case PPME_SOCKET_ACCEPT4_6_X:
		if (u->res < 0)
			return NULL;
		flow = begin(u, u->key);
		set_maker(flow, "server", "accept");
		set_ends(u, flow);
		note_role(u, "server");
		return flow;
	default:
		if (!flow)
			flow = find_stream(u);
		if (flow && u->told.has_peer && u->res >= 0 &&
		    !flow->record.remote_address.data) {
			if (!flow->record.role.data)
				set_maker(flow, role_of(u->fd), "connect");
			set_ends(u, flow);
		}
		return flow;
	}
}

static uint64_t hash_peer(uint64_t socket, const struct sock_tuple *t)
{
	uint8_t peer[16 + sizeof(uint16_t)];

	if (t->family == PPM_AF_UNIX)
		return socket ^ hash_bytes(t->path.data, t->path.len);
	memcpy(peer, t->dip, 16);
	memcpy(peer + 16, &t->dport, sizeof(t->dport));
	return socket ^ hash_bytes(peer, sizeof(peer));
}

/* The flow with the peer that was told. */
static struct flow *peer_flow(const struct use *u)
{
	const struct sock_tuple *t = &u->told.ends;
	uint64_t key = hash_peer(u->key, t);
	struct flow *flow = flow_find(u->load, key);

	if (flow)
		return flow;
	flow = begin(u, key);
	set_maker(flow,
		  peers_role(load_peers(u->load), hash_peer(u->fd->open_id, t),
			     u->direction == GOES_IN ? "server" : "client"),
		  is_connect(u->event) ? "connect" : NULL);
	if (!u->told.has_own && u->main->record.local_address.data)
		set_own(flow, &u->main->ends);
	set_ends(u, flow);
	flow->socket = u->main;
	flow->next_peer = u->main->peers;
	u->main->peers = flow;
	return flow;
}

static struct flow *connect_datagram(const struct use *u)
{
	struct flow *flow;

	u->main->connected = NULL;
	if (!u->told.has_peer)
		return NULL;
	flow = peer_flow(u);
	if (u->res >= 0)
		u->main->connected = flow;
	return flow;
}

/* Who sent what was received, where the call was not told. */
static struct flow *sender_flow(struct use *u)
{
	struct flow *main = u->main;

	u->told.ends = main->ends;
	if (main->record.local_address.data &&
	    peers_received(load_peers(u->load), &u->told.ends, false, u->res)) {
		u->told.has_own = u->told.has_peer = true;
		return peer_flow(u);
	}
	/* It spoke with nobody else. */
	if (main->is_hidden && main->peers && !main->peers->next_peer)
		return main->peers;
	main->is_hidden = false;
	return main;
}

/* The peer that was known before there was a flow: of a socket that another
 * process made, or that was there at the start. */
static struct flow *known_peer_flow(struct use *u)
{
	if (u->main->peers || !ends_known(u->fd, false, &u->told.ends))
		return NULL;
	u->told.has_own = ends_known(u->fd, true, &u->told.ends);
	u->told.has_peer = true;
	u->main->connected = peer_flow(u);
	return u->main->connected;
}

static void note_datagram(struct use *u)
{
	struct peers *all = load_peers(u->load);

	if (!is_ip(u->told.ends.family))
		return;
	if (u->direction == GOES_OUT)
		peers_sent(all, &u->told.ends, u->res);
	else
		peers_received(all, &u->told.ends, true, u->res);
}

/* Bytes that came or went. */
static struct flow *datagram_io(struct use *u)
{
	struct flow *connected = u->main->connected, *flow;
	bool is_unix = u->fd->type == SCAP_FD_UNIX_SOCK;

	if (u->res < 0)
		return connected ? connected : u->main->peers;
	if (u->told.has_own && u->main->is_hidden)
		set_own(u->main, &u->told.ends);
	if (!u->told.has_peer && connected && !is_unix) {
		u->told.ends = connected->ends;
		u->told.has_peer = u->told.has_own = true;
	}
	if (is_unix) {
		if (connected)
			return connected;
		/* The path in what came is that of this socket. */
		u->told.has_peer &=
			u->direction == GOES_OUT && u->told.ends.path.len > 0;
	}
	if (u->told.has_peer) {
		note_datagram(u);
		return peer_flow(u);
	}
	flow = known_peer_flow(u);
	return flow || u->direction == GOES_OUT ? flow : sender_flow(u);
}

static struct flow *datagram_flow(struct use *u)
{
	bool is_bind = u->event->code == PPME_SOCKET_BIND_X;

	if (u->direction == GOES_NOWHERE && !is_bind && !is_connect(u->event))
		return u->main ? u->main->connected : NULL;
	if (is_bind && u->res < 0)
		return NULL;
	if (!u->main) {
		u->main = begin(u, u->key);
		u->main->is_hidden = true;
	}
	if (is_connect(u->event))
		return connect_datagram(u);
	if (!is_bind)
		return datagram_io(u);
	u->main->is_hidden = false;
	set_maker(u->main, "listener", "bind");
	set_ends(u, u->main);
	return u->main;
}

/* Does the errno of a send or receive tell that nobody is there? */
static bool is_failed_connect(int64_t res)
{
	switch (-res) {
	case ECONNREFUSED:
	case ETIMEDOUT:
	case EHOSTUNREACH:
	case ENETUNREACH:
	case ENETDOWN:
	case EHOSTDOWN:
	case EACCES:
	case EPERM:
		return true;
	default:
		return false;
	}
}

/* getsockopt(SO_ERROR): 0 or minus an errno; 1: it is another call. */
static int64_t socket_error(const struct event *e)
{
	struct bytes value = event_param(e, 4);

	if (e->code != PPME_SOCKET_GETSOCKOPT_X || event_int(e, 0, -1) ||
	    event_int(e, 2, 0) != PPM_SOCKOPT_LEVEL_SOL_SOCKET ||
	    event_int(e, 3, 0) != PPM_SOCKOPT_SO_ERROR || value.len < 9 ||
	    value.data[0] != PPM_SOCKOPT_IDX_ERRNO)
		return 1;
	return (int64_t)load_u64(value.data + 1);
}

/*
 * How the connect ended, which the call itself does not tell of a socket
 * that does not block: SO_ERROR or the first transfer does.
 */
static void note_outcome(const struct use *u, struct flow *flow)
{
	struct flow_record *r = &flow->record;
	int64_t error = socket_error(u->event);

	if (is_connect(u->event)) {
		r->res = u->res == -EISCONN ? 0 : u->res;
		flow->is_unsettled = is_pending(r->res) || is_datagram(u->fd);
	} else if (!flow->is_unsettled) {
		return;
	} else if (error <= 0) {
		r->res = error;
	} else if (u->direction != GOES_NOWHERE && u->res >= 0) {
		r->res = 0;
		flow->is_unsettled =
			is_datagram(u->fd) && u->direction == GOES_OUT;
	} else if (u->direction != GOES_NOWHERE && is_failed_connect(u->res)) {
		r->res = u->res;
		flow->is_unsettled = false;
	}
}

/* What the client sends first, up to the end of its line. */
static void take_line(const struct use *u, struct flow *flow)
{
	struct flow_record *r = &flow->record;
	const struct load *l = u->load;
	bool is_server, is_in = u->direction == GOES_IN;
	const char *text;
	uint32_t len, n = 0;
	struct value v;

	if (flow->line || (r->calls_in != 1 && r->calls_out != 1))
		return;
	is_server = r->role.len == 6 && !memcmp(r->role.data, "server", 6);
	if (u->direction == GOES_NOWHERE || is_in != is_server ||
	    (is_in ? r->calls_in : r->calls_out) != 1 ||
	    !field_get(u->context, l->refs[DATA], &v) ||
	    !value_bytes(&v, &text, &len))
		return;
	flow->line = mem_zalloc(LINE_LEN);
	for (; n < len && n < LINE_LEN; n++) {
		if (text[n] == '\n' || text[n] == '\r')
			break;
		flow->line[n] = text[n] >= ' ' && text[n] < 127 ? text[n] : '.';
	}
	r->first_line = (struct bytes){ (const uint8_t *)flow->line, n };
}

/* Does another descriptor of the process stand for the same socket? */
static bool has_copy(const struct use *u)
{
	const struct fd *fd;
	size_t at = 0;

	if (!(u->fd->flags & (FD_DUPLICATED | FD_FROM_PROC)))
		return false;
	while ((fd = thread_fd_next(u->context->about.thread, &at)))
		if (fd->open_id == u->fd->open_id && fd->num != u->fd->num)
			return true;
	return false;
}

static void close_socket(const struct use *u)
{
	int64_t now = (int64_t)u->event->ts_ns;

	if (!u->main || has_copy(u))
		return;
	while (u->main->peers)
		flow_end(u->load, u->main->peers, now);
	flow_end(u->load, u->main, now);
}

static void use_begin(struct use *u, struct load *l,
		      const struct field_context *c, struct flow **list)
{
	*u = (struct use){ .load = l,
			   .context = c,
			   .event = c->about.event,
			   .fd = c->about.fd,
			   .list = list };
	u->key = (uint64_t)(uintptr_t)list * 31 ^
		 u->fd->open_id * UINT64_C(0x9e3779b97f4a7c15);
	u->main = flow_find(l, u->key);
}

void connections_event(struct load *l, const struct field_context *c,
		       struct flow **list)
{
	const struct event *e = c->about.event;
	struct flow *flow;
	struct use u;

	use_begin(&u, l, c, list);
	if (event_kind(e)->flags & EF_DESTROYS_FD) {
		close_socket(&u);
		return;
	}
	u.direction = event_direction(e);
	if (!event_result(e, &u.res))
		u.res = 0;
	ends_tell(c, &u.told);
	flow = is_datagram(u.fd) ? datagram_flow(&u) : stream_flow(&u);
	if (!flow)
		return;
	note_outcome(&u, flow);
	flow_count(flow, e);
	take_line(&u, flow);
	l->connection_id = flow->record.flow_id;
}

void connections_begin(struct load *l, const struct field_context *c,
		       struct flow **list)
{
	struct sock_tuple own = { 0 };
	struct flow *flow;
	struct use u;

	if (c->about.fd->type != SCAP_FD_IPV4_SERVSOCK &&
	    c->about.fd->type != SCAP_FD_IPV6_SERVSOCK)
		return;
	use_begin(&u, l, c, list);
	if (u.main)
		return;
	flow = begin(&u, u.key);
	set_maker(flow, "listener", "start");
	if (ends_known(u.fd, true, &own))
		set_own(flow, &own);
	flow->ends.family = own.family;
}
