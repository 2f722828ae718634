/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses in events: what a call was given, and both ends of its socket as
 * the engine found them.  Formats: state.md 4.4.
 */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "capture/encode/encode_internal.h"

/* One end of a socket, read from sockaddr bytes. */
struct sock_end {
	uint16_t family;
	uint8_t ip[16];
	uint16_t port;
	struct bytes path;
};

/* False (and no family) where the bytes are no address that events know. */
static bool decode_end(struct bytes b, struct sock_end *end)
{
	*end = (struct sock_end){ 0 };
	if (b.len < 2)
		return false;
	end->family = load_u16(b.data);
	if (end->family == AF_INET && b.len >= 8) {
		end->port = ntohs(load_u16(b.data + 2));
		memcpy(end->ip, b.data + 4, 4);
	} else if (end->family == AF_INET6 && b.len >= 24) {
		end->port = ntohs(load_u16(b.data + 2));
		memcpy(end->ip, b.data + 8, 16);
	} else if (end->family == AF_UNIX) {
		end->path = (struct bytes){ b.data + 2, b.len - 2 };
	} else {
		end->family = 0;
	}
	return end->family != 0;
}

/* An address or a tuple being written; the longest is two unix paths. */
struct writing {
	uint8_t bytes[160];
	size_t len;
};

static void put(struct writing *w, const void *data, size_t len)
{
	if (len > sizeof(w->bytes) - w->len)
		len = sizeof(w->bytes) - w->len;
	if (len)
		memcpy(w->bytes + w->len, data, len);
	w->len += len;
}

/* Adds the path of a unix socket. */
static void put_path(struct writing *w, struct bytes path)
{
	/* An abstract name begins with a NUL: '@' in all tools of Linux. */
	if (path.len > 1 && !path.data[0]) {
		put(w, "@", 1);
		path.data++;
		path.len--;
	}
	if (path.len > 108)
		path.len = 108;
	if (path.len)
		put(w, path.data, strnlen((const char *)path.data, path.len));
	put(w, "", 1);
}

static void put_inet(struct writing *w, const struct sock_end *end,
		     size_t ip_len)
{
	put(w, end->ip, ip_len);
	put(w, &end->port, sizeof(end->port));
}

static struct bytes keep(struct making *m, const struct writing *w)
{
	char *copy = arena_copy(&m->encoder->scratch, w->bytes, w->len);

	return (struct bytes){ (uint8_t *)copy, w->len };
}

static struct bytes put_address(struct making *m, const struct sock_end *end)
{
	struct writing w = { .len = 1 };

	if (!end->family)
		return (struct bytes){ NULL, 0 };
	w.bytes[0] = (uint8_t)end->family;
	if (end->family == AF_UNIX)
		put_path(&w, end->path);
	else
		put_inet(&w, end, end->family == AF_INET ? 4 : 16);
	return keep(m, &w);
}

struct bytes from_sockaddr(struct making *m)
{
	struct sock_end end;

	decode_end(piece_bytes(m->record, PIECE_MEMORY, m->step->arg), &end);
	return put_address(m, &end);
}

/*
 * The ends of a unix socket have numbers: in drivers, addresses in the kernel.
 * Here the end of the call has its inode, and the other one 0.
 */
static struct bytes make_unix(struct making *m, const struct sock_end *from,
			      const struct sock_end *to, bool is_source)
{
	struct bytes b = piece_bytes(m->record, PIECE_STAT, 0);
	struct writing w = { .bytes = { AF_UNIX }, .len = 1 };
	uint64_t ends[2] = { 0, 0 };
	struct raw_stat st;

	if (b.len >= sizeof(st)) {
		memcpy(&st, b.data, sizeof(st));
		ends[is_source ? 0 : 1] = st.ino;
	}
	put(&w, ends, sizeof(ends));
	put_path(&w, to->path.len ? to->path : from->path);
	return keep(m, &w);
}

/* is_source: the socket of the call is the end "from". */
static struct bytes make_tuple(struct making *m, const struct sock_end *from,
			       const struct sock_end *to, bool is_source)
{
	uint16_t family = to->family ? to->family : from->family;
	size_t ip_len = family == AF_INET ? 4 : 16;
	struct writing w = { .bytes = { (uint8_t)family }, .len = 1 };

	if (family == AF_UNIX)
		return make_unix(m, from, to, is_source);
	put_inet(&w, from, ip_len);
	put_inet(&w, to, ip_len);
	return keep(m, &w);
}

struct bytes socket_address(struct encoder *e, struct bytes address)
{
	struct making m = { .encoder = e };
	struct writing w = { .len = 1 };
	struct sock_end end;

	if (!decode_end(address, &end) || end.family == AF_UNIX)
		return (struct bytes){ NULL, 0 };
	w.bytes[0] = (uint8_t)end.family;
	put_inet(&w, &end, end.family == AF_INET ? 4 : 16);
	return keep(&m, &w);
}

struct bytes socket_tuple(struct encoder *e, struct bytes from, struct bytes to)
{
	struct making m = { .encoder = e };
	struct sock_end ends[2];

	if (!decode_end(from, &ends[0]) || !decode_end(to, &ends[1]) ||
	    ends[0].family == AF_UNIX || ends[0].family != ends[1].family)
		return (struct bytes){ NULL, 0 };
	return make_tuple(&m, &ends[0], &ends[1], true);
}

/* The address given with the call, if there is one. */
static struct bytes given_address(const struct making *m)
{
	struct bytes b = param_memory(m);

	if (!is_message(m) || !b.len)
		return b;
	if (b.len < sizeof(struct raw_msg))
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ b.data + sizeof(struct raw_msg),
			       message_head(b).name_len };
}

static bool is_lookup_end(struct bytes address)
{
	static const char path[] = LOOKUP_PATH;
	struct sock_end end;

	if (!decode_end(address, &end))
		return false;
	if (end.family != AF_UNIX)
		return end.port == LOOKUP_PORT;
	return end.path.len >= sizeof(path) - 1 &&
	       !memcmp(end.path.data, path, sizeof(path) - 1);
}

/* What an unconnected socket gets later may come without an address. */
static void note_asking(const struct making *m, struct bytes to)
{
	struct encoder *e = m->encoder;

	if (is_lookup_end(to))
		e->asking[e->asking_at++ % 16] =
			(struct asking){ m->record->pid,
					 (int64_t)m->record->args[0] };
}

static bool has_asked(const struct making *m)
{
	const struct asking *a = m->encoder->asking;

	for (int i = 0; i < 16; i++)
		if (a[i].pid == m->record->pid &&
		    a[i].fd == (int64_t)m->record->args[0])
			return true;
	return false;
}

/* Both ends as the engine found them; empty where they are unknown. */
static void found_ends(const struct making *m, struct bytes *ret_local,
		       struct bytes *ret_peer)
{
	struct bytes b = piece_bytes(m->record, PIECE_SOCKET, 0);
	struct raw_socket head;

	*ret_local = *ret_peer = (struct bytes){ NULL, 0 };
	if (b.len < sizeof(head))
		return;
	memcpy(&head, b.data, sizeof(head));
	if (head.local_len + head.peer_len > b.len - sizeof(head))
		return;
	b.data += sizeof(head);
	*ret_local = (struct bytes){ b.data, head.local_len };
	*ret_peer = (struct bytes){ b.data + head.local_len, head.peer_len };
}

/* Of port 0 the kernel chooses one: that is the port which was bound. */
struct bytes from_bound(struct making *m)
{
	struct bytes here, there;
	struct sock_end end, local;

	decode_end(piece_bytes(m->record, PIECE_MEMORY, m->step->arg), &end);
	found_ends(m, &here, &there);
	if (end.family != AF_UNIX && !end.port && decode_end(here, &local) &&
	    local.family == end.family)
		end.port = local.port;
	return put_address(m, &end);
}

/* The ends of a call that gives an address, or has a peer; false: neither. */
static bool ends_of(const struct making *m, struct sock_end *ret_local,
		    struct sock_end *ret_peer)
{
	struct bytes here, there;

	found_ends(m, &here, &there);
	decode_end(here, ret_local);
	return decode_end(given_address(m), ret_peer) ||
	       decode_end(there, ret_peer);
}

/* From here to the address given, or to the peer. */
struct bytes from_connected(struct making *m)
{
	struct sock_end local, peer;

	note_asking(m, given_address(m));
	return ends_of(m, &local, &peer) ? make_tuple(m, &local, &peer, true)
					 : (struct bytes){ NULL, 0 };
}

/* From the address told, or the peer, to here. */
struct bytes from_received(struct making *m)
{
	struct sock_end local, peer;

	return ends_of(m, &local, &peer) ? make_tuple(m, &peer, &local, false)
					 : (struct bytes){ NULL, 0 };
}

/* A connection accepted: from the peer to here; one end may be unknown. */
struct bytes from_accepted(struct making *m)
{
	struct bytes here, there;
	struct sock_end local;
	struct sock_end peer = { 0 };
	bool known;

	found_ends(m, &here, &there);
	known = decode_end(here, &local);
	known |= decode_end(there, &peer);
	return known ? make_tuple(m, &peer, &local, false)
		     : (struct bytes){ NULL, 0 };
}

/*
 * A socket that is not connected tells nothing of who sent, if the program does
 * not ask: it is enough that it has asked a name server before.
 */
bool is_of_lookup(const struct making *m)
{
	enum { ADDRESS_ARG = 4 }; /* of sendto and recvfrom */
	struct bytes ends[2];
	struct bytes given =
		is_message(m)
			? given_address(m)
			: piece_bytes(m->record, PIECE_MEMORY, ADDRESS_ARG);

	if (!(m->record->flags & RAW_LOOKUP))
		return false;
	found_ends(m, &ends[0], &ends[1]);
	return is_lookup_end(ends[0]) || is_lookup_end(ends[1]) ||
	       is_lookup_end(given) ||
	       (ends[0].len && !ends[1].len && !given.len && has_asked(m));
}
