/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ends of an event's socket, as its process sees them: local and remote.
 * The state has the ends of connected sockets; for a failed connect, or a bind
 * before a connection, the call's argument has one end.
 */
#include <arpa/inet.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"
#include "replay/state/sockets.h"

static struct bytes print_ip(const struct field_context *c, bool is_ipv6,
			     const uint8_t *ip)
{
	char *out = arena_bytes(c->scratch, INET6_ADDRSTRLEN);

	return bytes_of(inet_ntop(is_ipv6 ? AF_INET6 : AF_INET, ip, out,
				  INET6_ADDRSTRLEN));
}

static void take_end(const struct field_context *c, bool own,
		     struct bytes *ret_address, int64_t *ret_port)
{
	const struct fd *fd = c->about.fd;
	const uint8_t *ip;
	uint16_t port;

	if (!fd || !sock_end_of(fd, own, &ip, &port))
		return;
	*ret_address = print_ip(c,
				fd->type == SCAP_FD_IPV6_SOCK ||
					fd->type == SCAP_FD_IPV6_SERVSOCK,
				ip);
	*ret_port = port;
}

/* Takes the address from the arguments, if it has a port. */
static bool take_argument(const struct field_context *c,
			  struct bytes *ret_address, int64_t *ret_port)
{
	const struct event *e = c->about.event;
	const struct event_kind *kind = event_kind(e);
	struct sock_tuple end;

	for (unsigned i = 0; i < kind->nparams; i++) {
		if (kind->params[i].type != PT_SOCKADDR ||
		    !sock_addr_decode(event_param(e, i), &end) ||
		    (end.family != PPM_AF_INET && end.family != PPM_AF_INET6))
			continue;
		*ret_address = print_ip(c, end.family == PPM_AF_INET6, end.sip);
		*ret_port = end.sport;
		return true;
	}
	return false;
}

void ends_of(const struct field_context *c, struct ends *ret)
{
	*ret = (struct ends){ .local_port = NO_NUMBER,
			      .remote_port = NO_NUMBER };
	take_end(c, true, &ret->local, &ret->local_port);
	take_end(c, false, &ret->remote, &ret->remote_port);
	if (c->about.event->code == PPME_SOCKET_CONNECT_X && !ret->remote.data)
		take_argument(c, &ret->remote, &ret->remote_port);
	if (c->about.event->code == PPME_SOCKET_BIND_X && !ret->local.data)
		take_argument(c, &ret->local, &ret->local_port);
}
