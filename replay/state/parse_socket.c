/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets: the ends and roles that follow from socket, bind, connect, accept
 * and transfers.  state.md 4.1, 4.3 and 4.5.
 */
#include <stdio.h>
#include <string.h>

#include "replay/state/internal.h"
#include "replay/state/sockets.h"

/* clang-format off */
enum { TYPE_STREAM = 1, TYPE_DGRAM = 2, TYPE_RAW = 3, PROTO_ICMP = 1,
       PROTO_TCP = 6, PROTO_UDP = 17, PROTO_RAW = 255, ERR_INPROGRESS = 115 };
/* clang-format on */

/* An open_id that is an inode's number: others count from 1. */
#define FD_ID_OF_INODE (UINT64_C(1) << 63)

static bool is_inet_socket(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV4_SOCK || fd->type == SCAP_FD_IPV6_SOCK;
}

static bool is_server_socket(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV4_SERVSOCK ||
	       fd->type == SCAP_FD_IPV6_SERVSOCK;
}

/* Prints an end with the service name of its port. */
static size_t print_resolved(char *out, size_t len, const struct fd *fd,
			     const uint8_t ip[16], uint16_t port)
{
	bool is_ipv6 = fd->type == SCAP_FD_IPV6_SOCK ||
		       fd->type == SCAP_FD_IPV6_SERVSOCK;
	size_t n = sock_end_print(out, len,
				  is_ipv6 ? PPM_AF_INET6 : PPM_AF_INET, ip, 0) -
		   1;

	return n + port_name(out + n, len - n, port, fd->l4proto);
}

/* The name of an IP socket, from its ends. */
static void set_name(const struct state *state, struct fd *fd)
{
	struct sock_tuple t = { .sport = fd->sport, .dport = fd->dport };
	char text[SOCK_TEXT_MAX];
	size_t n;

	t.family = fd->type == SCAP_FD_IPV6_SOCK ||
				   fd->type == SCAP_FD_IPV6_SERVSOCK
			   ? PPM_AF_INET6
			   : PPM_AF_INET;
	memcpy(t.sip, fd->sip, 16);
	memcpy(t.dip, fd->dip, 16);
	if (state->resolves_ports) {
		n = print_resolved(text, sizeof(text), fd, fd->sip, fd->sport);
		if (!is_server_socket(fd)) {
			memcpy(text + n, "->", 3);
			n += 2;
			n += print_resolved(text + n, sizeof(text) - n, fd,
					    fd->dip, fd->dport);
		}
	} else if (is_server_socket(fd)) {
		n = sock_end_print(text, sizeof(text), t.family, fd->sip,
				   fd->sport);
	} else {
		n = sock_tuple_print(text, sizeof(text), &t);
	}
	text_set(&fd->name, text, n);
}

static void swap_ends(struct fd *fd)
{
	uint8_t ip[16];
	uint16_t port = fd->sport;

	memcpy(ip, fd->sip, 16);
	memcpy(fd->sip, fd->dip, 16);
	memcpy(fd->dip, ip, 16);
	fd->sport = fd->dport;
	fd->dport = port;
}

static uint8_t type_of(const struct sock_tuple *t)
{
	return t->family == PPM_AF_INET6 ? SCAP_FD_IPV6_SOCK
					 : SCAP_FD_IPV4_SOCK;
}

/* Does the descriptor have these ends already, in either order? */
static bool same_ends(const struct fd *fd, const struct sock_tuple *t)
{
	if (fd->type != type_of(t))
		return false;
	if (fd->sport == t->sport && fd->dport == t->dport &&
	    !memcmp(fd->sip, t->sip, 16) && !memcmp(fd->dip, t->dip, 16))
		return true;
	return fd->sport == t->dport && fd->dport == t->sport &&
	       !memcmp(fd->sip, t->dip, 16) && !memcmp(fd->dip, t->sip, 16);
}

/* Is the destination of a tuple this address? */
static bool ends_at(const struct sock_tuple *t, const struct sock_tuple *addr)
{
	if (t->family != addr->family)
		return false;
	if (t->family == PPM_AF_UNIX)
		return t->path.len == addr->path.len &&
		       !memcmp(t->path.data, addr->path.data, t->path.len);
	return t->dport == addr->sport && !memcmp(t->dip, addr->sip, 16);
}

static struct bytes text_bytes(const struct text *text)
{
	return (struct bytes){ (const uint8_t *)text->data, text->len };
}

/* Sets both ends from a tuple, and the type by its family. */
static void take_tuple(struct fd *fd, const struct sock_tuple *t)
{
	fd->type = type_of(t);
	memcpy(fd->sip, t->sip, 16);
	memcpy(fd->dip, t->dip, 16);
	fd->sport = t->sport;
	fd->dport = t->dport;
}

static void take_unix(struct fd *fd, const struct sock_tuple *t)
{
	char text[SOCK_TEXT_MAX + 128];
	size_t n = sock_tuple_print(text, sizeof(text), t);

	fd->type = SCAP_FD_UNIX_SOCK;
	fd->unix_source = t->unix_source;
	fd->unix_dest = t->unix_dest;
	text_set(&fd->name, text, n);
}

static uint8_t l4proto_of(int64_t type, int64_t proto)
{
	bool raw = (type & 0xff) == TYPE_RAW;

	switch (proto) {
	case PROTO_TCP:
		return raw ? SCAP_L4_RAW : SCAP_L4_TCP;
	case PROTO_UDP:
		return raw ? SCAP_L4_RAW : SCAP_L4_UDP;
	case PROTO_ICMP:
		return raw ? SCAP_L4_RAW : SCAP_L4_ICMP;
	case PROTO_RAW:
		return SCAP_L4_RAW;
	case 0:
		if ((type & 0xff) == TYPE_STREAM)
			return SCAP_L4_TCP;
		return (type & 0xff) == TYPE_DGRAM ? SCAP_L4_UDP
						   : SCAP_L4_UNKNOWN;
	default:
		return SCAP_L4_UNKNOWN;
	}
}

static uint8_t type_of_domain(int64_t domain)
{
	switch (domain) {
	case PPM_AF_UNIX:
		return SCAP_FD_UNIX_SOCK;
	case PPM_AF_INET:
		return SCAP_FD_IPV4_SOCK;
	case PPM_AF_INET6:
		return SCAP_FD_IPV6_SOCK;
	case PPM_AF_NETLINK:
		return SCAP_FD_NETLINK;
	default:
		return SCAP_FD_UNKNOWN;
	}
}

static bool is_datagram(int64_t type)
{
	return (type & 0xf) == TYPE_DGRAM || (type & 0xf) == TYPE_RAW;
}

static void parse_socket(struct state *state, struct event_context *c)
{
	int64_t num = event_int(c->event, 0, -1);
	struct fd *fd;

	if (num < 0)
		return;
	fd = fd_add(state, c->thread, num,
		    type_of_domain(event_int(c->event, 1, 0)));
	if (fd && is_inet_socket(fd))
		fd->l4proto = l4proto_of(event_int(c->event, 2, 0),
					 event_int(c->event, 3, 0));
	if (fd)
		fd->is_datagram = is_datagram(event_int(c->event, 2, 0));
	if (fd && (event_int(c->event, 4, 0) & PPM_O_CLOEXEC))
		fd->openflags |= PPM_O_CLOEXEC;
	c->fd = fd;
	c->fd_num = num;
}

/* Sets the local address; a bound port makes a server. */
static void parse_bind(struct state *state, struct event_context *c)
{
	struct sock_tuple t;
	char text[SOCK_TEXT_MAX];
	struct fd *fd;

	if (!c->fd || event_int(c->event, 0, -1) < 0 ||
	    !sock_addr_decode(event_param(c->event, 1), &t))
		return;
	fd = fd_writable(state, c->thread, c->fd_num);
	c->fd = fd;
	if (!fd)
		return;
	if (t.family == PPM_AF_UNIX) {
		text_set(&fd->name, t.path.data, t.path.len);
		return;
	}
	if (t.sport > 0) {
		fd->type = t.family == PPM_AF_INET6 ? SCAP_FD_IPV6_SERVSOCK
						    : SCAP_FD_IPV4_SERVSOCK;
		memcpy(fd->sip, t.sip, 16);
		fd->sport = t.sport;
		fd->role = FD_ROLE_SERVER;
	}
	text_set(&fd->name, text,
		 sock_end_print(text, sizeof(text), t.family, t.sip, t.sport));
}

/*
 * The destination of a connect.  The tuple comes from the kernel, unless it
 * only repeats what the exit event read from the program's memory: then the
 * enter event's address is used, because the program may have changed its
 * memory meanwhile.
 */
static bool connect_tuple(const struct event_context *c, struct sock_tuple *t)
{
	struct sock_tuple left;
	struct sock_tuple entered;
	const struct enter_event *enter = c->thread->enter;
	bool has_left = sock_addr_decode(event_param(c->event, 3), &left);
	bool has_entered = enter && enter->code == PPME_SOCKET_CONNECT_E &&
			   sock_addr_decode(text_bytes(&enter->name), &entered);
	bool has_tuple = sock_tuple_decode(event_param(c->event, 1), t);

	if (has_tuple && !(has_left && has_entered && ends_at(t, &left) &&
			   entered.family == t->family))
		return true;
	if (!has_tuple && !has_left && !has_entered)
		return false;
	if (!has_entered)
		entered = left;
	if (!has_tuple)
		*t = (struct sock_tuple){ .family = entered.family };
	memcpy(t->dip, entered.sip, 16);
	t->dport = entered.sport;
	t->path = entered.path;
	return true;
}

/* Sets the ends of a connection that succeeded or is in progress. */
static void parse_connect(struct state *state, struct event_context *c)
{
	int64_t res = event_int(c->event, 0, -1);
	struct sock_tuple t;
	struct fd *fd;
	bool changed;

	if (!c->fd || (res < 0 && res != -ERR_INPROGRESS))
		return;
	fd = fd_writable(state, c->thread, c->fd_num);
	c->fd = fd;
	if (!fd)
		return;
	/* As Falco does for a connect in progress. */
	fd->flags |= FD_CONNECTED;
	if (!connect_tuple(c, &t))
		return;
	if (t.family == PPM_AF_UNIX) {
		if (fd->type != SCAP_FD_UNIX_SOCK)
			return;
		take_unix(fd, &t);
	} else {
		changed = !same_ends(fd, &t);
		if (changed)
			take_tuple(fd, &t);
		if (changed && fd->role == FD_ROLE_SERVER &&
		    fd->l4proto == SCAP_L4_UDP)
			swap_ends(fd);
		set_name(state, fd);
	}
	/*
	 * The end of a stream that connects is the client, even if it was
	 * bound.
	 */
	if (fd->role == FD_ROLE_NONE || fd->l4proto == SCAP_L4_TCP)
		fd->role = FD_ROLE_CLIENT;
}

static void parse_accept(struct state *state, struct event_context *c)
{
	int64_t num = event_int(c->event, 0, -1);
	struct sock_tuple t;
	struct fd *fd;

	if (num < 0)
		return;
	c->fd_num = num;
	if (!sock_tuple_decode(event_param(c->event, 1), &t))
		return;
	fd = fd_add(state, c->thread, num, SCAP_FD_UNKNOWN);
	c->fd = fd;
	if (!fd)
		return;
	if (t.family == PPM_AF_UNIX) {
		take_unix(fd, &t);
	} else {
		take_tuple(fd, &t);
		fd->l4proto = SCAP_L4_TCP;
		set_name(state, fd);
	}
	fd->role = FD_ROLE_SERVER;
	fd->flags |= FD_CONNECTED;
	if (c->event->code == PPME_SOCKET_ACCEPT4_6_X &&
	    (event_int(c->event, 5, 0) & PPM_O_CLOEXEC))
		fd->openflags |= PPM_O_CLOEXEC;
}

static void parse_socketpair(struct state *state, struct event_context *c)
{
	int64_t nums[2] = { event_int(c->event, 1, -1),
			    event_int(c->event, 2, -1) };

	if (event_int(c->event, 0, -1) < 0 || nums[0] == nums[1])
		return;
	/* The event's descriptor is the first one. */
	for (int i = 1; i >= 0; i--) {
		struct fd *fd =
			fd_add(state, c->thread, nums[i], SCAP_FD_UNIX_SOCK);

		if (!fd)
			continue;
		fd->unix_source = (uint64_t)event_int(c->event, 3, 0);
		fd->unix_dest = (uint64_t)event_int(c->event, 4, 0);
		c->fd = fd;
		c->fd_num = nums[i];
	}
}

/* Sets new ends of a datagram socket, or of a socket with unknown ends. */
static void update_ends(struct state *state, struct event_context *c,
			const struct sock_tuple *t, bool incoming)
{
	struct fd *fd = fd_writable(state, c->thread, c->fd_num);

	c->fd = fd;
	if (!fd || same_ends(fd, t))
		return;
	take_tuple(fd, t);
	if (fd->l4proto == SCAP_L4_UNKNOWN)
		fd->l4proto = SCAP_L4_UDP;
	fd_patch_ends(state, fd);
	/* Usually a server receives first, and a client sends first. */
	if (fd->role == FD_ROLE_NONE)
		fd->role = incoming ? FD_ROLE_SERVER : FD_ROLE_CLIENT;
	if (fd->role == (incoming ? FD_ROLE_CLIENT : FD_ROLE_SERVER))
		swap_ends(fd);
	set_name(state, fd);
}

static bool is_tcp(const struct fd *fd)
{
	return fd->l4proto == SCAP_L4_TCP &&
	       (is_inet_socket(fd) || is_server_socket(fd));
}

void fd_set_connected(struct state *state, struct event_context *c)
{
	if (!c->fd || !is_inet_socket(c->fd) || (c->fd->flags & FD_CONNECTED))
		return;
	c->fd = fd_writable(state, c->thread, c->fd_num);
	if (c->fd)
		c->fd->flags |= FD_CONNECTED;
}

static void update_unix(struct state *state, struct event_context *c,
			const struct sock_tuple *t)
{
	struct fd *fd = c->fd;

	if (fd->type == SCAP_FD_UNIX_SOCK && fd->name.len == t->path.len &&
	    !memcmp(fd->name.data, t->path.data, t->path.len) &&
	    fd->unix_source == t->unix_source && fd->unix_dest == t->unix_dest)
		return;
	fd = fd_writable(state, c->thread, c->fd_num);
	c->fd = fd;
	if (!fd)
		return;
	fd->type = SCAP_FD_UNIX_SOCK;
	fd->unix_source = t->unix_source;
	fd->unix_dest = t->unix_dest;
	text_set(&fd->name, t->path.data, t->path.len);
}

static void transfer(struct state *state, struct event_context *c,
		     unsigned tuple_param, bool incoming)
{
	struct bytes param = event_param(c->event, tuple_param);
	struct sock_tuple t;

	if (event_int(c->event, 0, -1) < 0)
		return;
	fd_set_connected(state, c);
	if ((c->fd && is_tcp(c->fd) && c->fd->name.len) ||
	    !sock_tuple_decode(param, &t))
		return;
	if (!c->fd) {
		if (incoming || t.family == PPM_AF_UNIX || c->fd_num < 0 ||
		    c->event->code == PPME_SOCKET_SENDMMSG_X)
			return;
		c->fd = fd_add(state, c->thread, c->fd_num,
			       t.family == PPM_AF_INET6 ? SCAP_FD_IPV6_SOCK
							: SCAP_FD_IPV4_SOCK);
		if (!c->fd)
			return;
		c->fd->l4proto = SCAP_L4_UDP;
		c->fd->is_datagram = true;
		c->fd->flags |= FD_CONNECTED;
	}
	if (t.family == PPM_AF_UNIX)
		update_unix(state, c, &t);
	else
		update_ends(state, c, &t, incoming);
}

static void parse_send(struct state *state, struct event_context *c)
{
	transfer(state, c, 4, false);
}

static void parse_recv(struct state *state, struct event_context *c)
{
	transfer(state, c, 4, true);
}

static void parse_recvfrom(struct state *state, struct event_context *c)
{
	transfer(state, c, 2, true);
}

static void parse_recvmsg(struct state *state, struct event_context *c)
{
	transfer(state, c, 3, true);
}

/* clang-format off */
const struct parser_row parsers_socket[] = {
	{ PPME_SOCKET_SOCKET_X, parse_socket },
	{ PPME_SOCKET_BIND_X, parse_bind },
	{ PPME_SOCKET_CONNECT_X, parse_connect },
	{ PPME_SOCKET_ACCEPT_5_X, parse_accept },
	{ PPME_SOCKET_ACCEPT4_6_X, parse_accept },
	{ PPME_SOCKET_SOCKETPAIR_X, parse_socketpair },
	{ PPME_SOCKET_SEND_X, parse_send },
	{ PPME_SOCKET_SENDTO_X, parse_send },
	{ PPME_SOCKET_SENDMSG_X, parse_send },
	{ PPME_SOCKET_SENDMMSG_X, parse_send },
	{ PPME_SOCKET_RECV_X, parse_recv },
	{ PPME_SOCKET_RECVMMSG_X, parse_recv },
	{ PPME_SOCKET_RECVFROM_X, parse_recvfrom },
	{ PPME_SOCKET_RECVMSG_X, parse_recvmsg },
	{ 0, NULL },
};
/* clang-format on */

/* Fills an entry of the start state; sockets get their names. */
void fd_from_meta(struct state *state, struct fd *fd,
		  const struct meta_fd *meta)
{
	struct sock_tuple t = { .family = PPM_AF_INET6 };

	fd->ino = meta->ino;
	/* Copies of a socket have the same inode; those of files may not be. */
	if (meta->ino && (is_inet_socket(fd) || is_server_socket(fd) ||
			  fd->type == SCAP_FD_UNIX_SOCK))
		fd->open_id = meta->ino | FD_ID_OF_INODE;
	fd->l4proto = meta->l4proto;
	fd->is_datagram =
		meta->l4proto == SCAP_L4_UDP || meta->l4proto == SCAP_L4_RAW;
	fd->openflags = meta->open_flags;
	fd->dev = meta->dev;
	fd->flags = FD_FROM_PROC;
	text_set(&fd->name, meta->name.data, meta->name.len);
	if (meta->type == SCAP_FD_FILE_V2)
		fd->type = SCAP_FD_FILE_V2;
	fd->unix_source = meta->unix_source;
	fd->unix_dest = meta->unix_dest;
	if (fd->type == SCAP_FD_UNIX_SOCK)
		fd->role = meta->name.len ? FD_ROLE_SERVER : FD_ROLE_CLIENT;
	if (!is_inet_socket(fd) && !is_server_socket(fd))
		return;
	memcpy(fd->sip, meta->sip, 16);
	memcpy(fd->dip, meta->dip, 16);
	fd->sport = meta->sport;
	fd->dport = meta->dport;
	if (fd->type == SCAP_FD_IPV6_SOCK) {
		memcpy(t.sip, fd->sip, 16);
		memcpy(t.dip, fd->dip, 16);
		sock_tuple_unmap(&t, true);
		memcpy(fd->sip, t.sip, 16);
		memcpy(fd->dip, t.dip, 16);
		if (t.family == PPM_AF_INET)
			fd->type = SCAP_FD_IPV4_SOCK;
	}
	if (is_server_socket(fd)) {
		fd->role = FD_ROLE_SERVER;
		state->server_ports[fd->sport] = true;
	} else if (fd->l4proto == SCAP_L4_TCP) {
		fd->flags |= FD_CONNECTED;
	}
	set_name(state, fd);
}

static void decide_role(struct state *state, struct fd *fd)
{
	if (!state->server_ports[fd->sport]) {
		fd->role = FD_ROLE_CLIENT;
		return;
	}
	swap_ends(fd);
	fd->role = FD_ROLE_SERVER;
	set_name(state, fd);
}

void sockets_after_scan(struct state *state)
{
	struct thread *thread;
	size_t at = 0;

	while ((thread = state_thread_next(state, &at))) {
		struct fd *fd;
		size_t fd_at = 0;

		if (!thread_is_main(thread))
			continue;
		while ((fd = thread_fd_next(thread, &fd_at)))
			if (fd->type == SCAP_FD_IPV4_SOCK)
				decide_role(state, fd);
	}
}
