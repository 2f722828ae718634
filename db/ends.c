/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ends of an event's socket, as its process sees them: local and remote.
 * Fields know them of sockets that are connected; of a connect that failed,
 * or a bind without a connection yet, the call's own argument tells one.
 */
#include <arpa/inet.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"
#include "replay/state/sockets.h"

static struct bytes address(const struct field_context *c,
			    const struct field_ref *ref)
{
	struct value v;
	struct text t;

	if (!field_get(c, ref, &v))
		return (struct bytes){ NULL, 0 };
	t = value_text(&v, PF_NA, c->scratch);
	return (struct bytes){ (const uint8_t *)t.data, t.len };
}

static int64_t port(const struct field_context *c, const struct field_ref *ref)
{
	struct value v;

	return field_get(c, ref, &v) ? v.s64 : NO_NUMBER;
}

/* The address among the arguments, if it is one with a port. */
static bool take_argument(const struct field_context *c,
			  struct bytes *ret_address, int64_t *ret_port)
{
	const struct event *e = c->about.event;
	const struct event_kind *kind = event_kind(e);
	struct sock_tuple end;
	char *out;

	for (unsigned i = 0; i < kind->nparams; i++) {
		if (kind->params[i].type != PT_SOCKADDR ||
		    !sock_addr_decode(event_param(e, i), &end) ||
		    (end.family != PPM_AF_INET && end.family != PPM_AF_INET6))
			continue;
		out = arena_bytes(c->scratch, INET6_ADDRSTRLEN);
		*ret_address = bytes_of(inet_ntop(
			end.family == PPM_AF_INET ? AF_INET : AF_INET6, end.sip,
			out, INET6_ADDRSTRLEN));
		*ret_port = end.sport;
		return true;
	}
	return false;
}

void ends_of(const struct load *l, const struct field_context *c,
	     struct ends *ret)
{
	struct field_ref *const *refs = l->refs;

	*ret = (struct ends){
		.local = address(c, refs[LOCAL_IP]),
		.remote = address(c, refs[REMOTE_IP]),
		.local_port = port(c, refs[LOCAL_PORT]),
		.remote_port = port(c, refs[REMOTE_PORT]),
	};
	if (c->about.event->code == PPME_SOCKET_CONNECT_X && !ret->remote.data)
		take_argument(c, &ret->remote, &ret->remote_port);
	if (c->about.event->code == PPME_SOCKET_BIND_X && !ret->local.data)
		take_argument(c, &ret->local, &ret->local_port);
}
