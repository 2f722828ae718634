/* SPDX-License-Identifier: Apache-2.0 */
/* Address bytes of event parameters; see sockets.h. */
#include "replay/state/sockets.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/state/state.h"

static bool is_mapped(const uint8_t ip[16])
{
	static const uint8_t prefix[12] = { 0, 0, 0, 0, 0,    0,
					    0, 0, 0, 0, 0xff, 0xff };

	return !memcmp(ip, prefix, sizeof(prefix));
}

static void unmap(uint8_t ip[16])
{
	memmove(ip, ip + 12, 4);
	memset(ip + 4, 0, 12);
}

static void take_ip(struct cursor *c, uint8_t ip[16], size_t len)
{
	struct bytes b = cursor_take(c, len);

	if (b.len)
		memcpy(ip, b.data, b.len);
}

static struct bytes rest_as_text(struct cursor *c)
{
	size_t len = strnlen((const char *)c->next, cursor_left(c));

	return cursor_take(c, len);
}

/* A mapped pair becomes IPv4 as a whole; "::" then stands for 0.0.0.0. */
void sock_tuple_unmap(struct sock_tuple *t, bool both)
{
	static const uint8_t any[16];
	bool s = is_mapped(t->sip);
	bool d = is_mapped(t->dip);

	if (!s && !(both && d))
		return;
	if ((!s && memcmp(t->sip, any, 16)) ||
	    (both && !d && memcmp(t->dip, any, 16)))
		return;
	if (s)
		unmap(t->sip);
	if (d)
		unmap(t->dip);
	t->family = PPM_AF_INET;
}

/* Decodes both ends of a tuple, or the one end of an address. */
static bool decode(struct bytes param, bool both, struct sock_tuple *ret_tuple)
{
	struct cursor c = cursor_of(param.data, param.len);
	struct sock_tuple t = { .family = cursor_u8(&c) };
	size_t len = t.family == PPM_AF_INET6 ? 16 : 4;

	if (t.family == PPM_AF_INET || t.family == PPM_AF_INET6) {
		take_ip(&c, t.sip, len);
		t.sport = cursor_u16(&c);
		if (both) {
			take_ip(&c, t.dip, len);
			t.dport = cursor_u16(&c);
		}
	} else if (t.family == PPM_AF_UNIX) {
		if (both) {
			t.unix_source = cursor_u64(&c);
			t.unix_dest = cursor_u64(&c);
		}
		if (!c.failed)
			t.path = rest_as_text(&c);
	} else {
		return false;
	}
	if (c.failed)
		return false;
	if (t.family == PPM_AF_INET6)
		sock_tuple_unmap(&t, both);
	*ret_tuple = t;
	return true;
}

bool sock_tuple_decode(struct bytes param, struct sock_tuple *ret_tuple)
{
	return decode(param, true, ret_tuple);
}

bool sock_addr_decode(struct bytes param, struct sock_tuple *ret_tuple)
{
	return decode(param, false, ret_tuple);
}

bool sock_end_of(const struct fd *fd, bool own, const uint8_t **ret_ip,
		 uint16_t *ret_port)
{
	bool listens = fd->type == SCAP_FD_IPV4_SERVSOCK ||
		       fd->type == SCAP_FD_IPV6_SERVSOCK;
	bool connects =
		fd->type == SCAP_FD_IPV4_SOCK || fd->type == SCAP_FD_IPV6_SOCK;
	/*
	 * For sockets of the start state without role, the source is the local
	 * end.
	 */
	bool source = own == (fd->role != FD_ROLE_SERVER);

	if (listens ? !own : !connects)
		return false;
	if (fd->role == FD_ROLE_NONE && !fd->sport && !fd->dport)
		return false;
	source |= listens;
	*ret_ip = source ? fd->sip : fd->dip;
	*ret_port = source ? fd->sport : fd->dport;
	return true;
}

size_t sock_end_print(char *out, size_t len, uint8_t family,
		      const uint8_t ip[16], uint16_t port)
{
	char text[INET6_ADDRSTRLEN] = "";
	int n;

	inet_ntop(family == PPM_AF_INET6 ? AF_INET6 : AF_INET, ip, text,
		  sizeof(text));
	n = snprintf(out, len, "%s:%u", text, port);
	return n < 0 ? 0 : (size_t)n < len ? (size_t)n : len - 1;
}

size_t sock_tuple_print(char *out, size_t len, const struct sock_tuple *t)
{
	size_t n;
	int more;

	if (t->family == PPM_AF_UNIX) {
		more = snprintf(out, len, "%lx->%lx%s%.*s",
				(unsigned long)t->unix_source,
				(unsigned long)t->unix_dest,
				t->path.len ? " " : "", (int)t->path.len,
				t->path.len ? (const char *)t->path.data : "");
		return more < 0		    ? 0
		       : (size_t)more < len ? (size_t)more
					    : len - 1;
	}
	n = sock_end_print(out, len, t->family, t->sip, t->sport);
	if (n + 2 < len) {
		memcpy(out + n, "->", 3);
		n += 2;
	}
	return n +
	       sock_end_print(out + n, len - n, t->family, t->dip, t->dport);
}

size_t port_name(char *out, size_t len, uint16_t port, uint8_t l4proto)
{
	struct servent entry;
	struct servent *found = NULL;
	char buffer[1024];
	int n;

	if (port)
		getservbyport_r(htons(port),
				l4proto == SCAP_L4_UDP ? "udp" : "tcp", &entry,
				buffer, sizeof(buffer), &found);
	n = found ? snprintf(out, len, "%s", found->s_name)
		  : snprintf(out, len, "%u", port);
	return n < 0 ? 0 : (size_t)n < len ? (size_t)n : len - 1;
}
