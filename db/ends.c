/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ends of an event's socket, as its process sees them: local and remote.
 * What the event itself says comes first: the state has of a datagram socket
 * one peer only, and of a connect that failed none.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"

static bool is_any(const uint8_t ip[16])
{
	static const uint8_t any[16];

	return !memcmp(ip, any, sizeof(any));
}

static bool is_ip(uint8_t family)
{
	return family == PPM_AF_INET || family == PPM_AF_INET6;
}

/* The first parameter of the type; empty: there is none, or nothing in it. */
static struct bytes param_of(const struct event *e, enum param_type type)
{
	const struct event_kind *kind = event_kind(e);

	for (unsigned i = 0; i < kind->nparams; i++)
		if (kind->params[i].type == type)
			return event_param(e, i);
	return (struct bytes){ NULL, 0 };
}

static void swap_ends(struct sock_tuple *t)
{
	struct sock_tuple was = *t;

	memcpy(t->sip, was.dip, sizeof(t->sip));
	memcpy(t->dip, was.sip, sizeof(t->dip));
	t->sport = was.dport;
	t->dport = was.sport;
}

bool ends_known(const struct fd *fd, bool own, struct sock_tuple *t)
{
	const uint8_t *ip;
	uint16_t port;

	if (!sock_end_of(fd, own, &ip, &port))
		return false;
	memcpy(own ? t->sip : t->dip, ip, 16);
	*(own ? &t->sport : &t->dport) = port;
	t->family = fd->type == SCAP_FD_IPV6_SOCK ||
				    fd->type == SCAP_FD_IPV6_SERVSOCK
			    ? PPM_AF_INET6
			    : PPM_AF_INET;
	return true;
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

/* "Any address" stands for the one that the state found for this peer. */
static void find_own_address(const struct fd *fd, struct sock_tuple *t)
{
	if (!is_any(t->sip) || !is_ip(t->family))
		return;
	if (fd->sport == t->sport && fd->dport == t->dport &&
	    !memcmp(fd->dip, t->dip, 16))
		memcpy(t->sip, fd->sip, 16);
	else if (fd->dport == t->sport && fd->sport == t->dport &&
		 !memcmp(fd->sip, t->dip, 16))
		memcpy(t->sip, fd->dip, 16);
}

/* Both ends; a connect that failed has none of its own, but what it tried. */
static bool event_ends(const struct event *e, struct sock_tuple *t)
{
	int64_t res = event_int(e, 0, -1);

	return (e->code != PPME_SOCKET_CONNECT_X || res >= 0 ||
		res == -EINPROGRESS) &&
	       sock_tuple_decode(param_of(e, PT_SOCKTUPLE), t);
}

/* Where a connect went: the state knows best of one that did not fail. */
static void tell_connect(const struct field_context *c, struct ends_told *told)
{
	const struct event *e = c->about.event;
	int64_t res = event_int(e, 0, -1);
	struct sock_tuple t = { 0 };

	if ((res >= 0 || res == -EINPROGRESS) &&
	    ends_known(c->about.fd, false, &t) &&
	    ends_known(c->about.fd, true, &t)) {
		*told = (struct ends_told){ t, true, true };
		return;
	}
	if (told->has_peer)
		return;
	if (sock_addr_decode(param_of(e, PT_SOCKADDR), &t))
		swap_ends(&t);
	else if (!sock_tuple_decode(param_of(e, PT_SOCKTUPLE), &t))
		return;
	*told = (struct ends_told){ .ends = t, .has_peer = true };
}

void ends_tell(const struct field_context *c, struct ends_told *told)
{
	const struct event *e = c->about.event;

	*told = (struct ends_told){ .has_own = false };
	if (e->code == PPME_SOCKET_BIND_X) {
		told->has_own =
			sock_addr_decode(param_of(e, PT_SOCKADDR), &told->ends);
		return;
	}
	if (event_ends(e, &told->ends)) {
		told->has_own = told->has_peer = true;
		if (event_direction(e) == GOES_IN ||
		    e->code == PPME_SOCKET_ACCEPT_5_X ||
		    e->code == PPME_SOCKET_ACCEPT4_6_X)
			swap_ends(&told->ends);
		if (is_ip(told->ends.family) && is_any(told->ends.dip) &&
		    !told->ends.dport)
			told->has_peer = false;
		find_own_address(c->about.fd, &told->ends);
	}
	if (e->code == PPME_SOCKET_CONNECT_X)
		tell_connect(c, told);
}

const char *ends_protocol(const struct fd *fd)
{
	static const char *const names[] = {
		[SCAP_L4_TCP] = "tcp",
		[SCAP_L4_UDP] = "udp",
		[SCAP_L4_ICMP] = "icmp",
		[SCAP_L4_RAW] = "raw",
	};

	return fd->l4proto < sizeof(names) / sizeof(*names) ? names[fd->l4proto]
							    : NULL;
}

struct bytes ends_unix_path(const struct fd *fd)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = fd->name.data;
	size_t n = strspn(at, digits);

	if (n && !strncmp(at + n, "->", 2)) {
		n += 2 + strspn(at + n + 2, digits);
		if (!at[n] || at[n] == ' ')
			at += n + (at[n] == ' ');
	}
	return (struct bytes){ (const uint8_t *)at,
			       fd->name.len - (size_t)(at - fd->name.data) };
}

struct bytes ends_name(const struct field_context *c)
{
	const struct fd *fd = c->about.fd;
	struct ends_told told = { .has_own = false };
	char *out;

	if (fd->type == SCAP_FD_UNIX_SOCK && fd->name.len)
		return ends_unix_path(fd);
	if (fd->name.len)
		return (struct bytes){ (const uint8_t *)fd->name.data,
				       fd->name.len };
	ends_tell(c, &told);
	if (told.ends.family == PPM_AF_UNIX)
		return told.ends.path;
	if (!is_ip(told.ends.family) || !(told.has_peer || told.has_own))
		return (struct bytes){ NULL, 0 };
	out = arena_bytes(c->scratch, SOCK_TEXT_MAX);
	if (!told.has_peer)
		swap_ends(&told.ends);
	return (struct bytes){
		(uint8_t *)out,
		sock_end_print(out, SOCK_TEXT_MAX, told.ends.family,
			       told.ends.dip, told.ends.dport),
	};
}

static struct bytes print_ip(const struct field_context *c, uint8_t family,
			     const uint8_t *ip)
{
	char *out = arena_bytes(c->scratch, INET6_ADDRSTRLEN);

	return bytes_of(inet_ntop(family == PPM_AF_INET6 ? AF_INET6 : AF_INET,
				  ip, out, INET6_ADDRSTRLEN));
}

void ends_of(const struct field_context *c, struct ends *ret)
{
	struct ends_told told = { .has_own = false };
	const struct fd *fd = c->about.fd;

	*ret = (struct ends){ .local_port = NO_NUMBER,
			      .remote_port = NO_NUMBER };
	if (!fd)
		return;
	ends_tell(c, &told);
	if (!told.has_own)
		told.has_own = ends_known(fd, true, &told.ends);
	if (!told.has_peer)
		told.has_peer = ends_known(fd, false, &told.ends);
	if (!is_ip(told.ends.family))
		return;
	if (told.has_own) {
		ret->local = print_ip(c, told.ends.family, told.ends.sip);
		ret->local_port = told.ends.sport;
	}
	if (told.has_peer) {
		ret->remote = print_ip(c, told.ends.family, told.ends.dip);
		ret->remote_port = told.ends.dport;
	}
}
