/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that programs look up: DNS over port 53, a message a datagram, or of
 * TCP each behind its length, in whatever pieces it was sent and received.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/dns.h"

enum { PORT = 53, HEADER_LEN = 12, STREAMS_MAX = 256 };

/* One direction of a TCP connection: the message that is under way. */
struct stream {
	struct buffer bytes; /* with its length before it */
	size_t skip;	     /* bytes to come of one whose end is missing */
	bool is_lost;	     /* where the next one begins is not known */
};

struct lookups {
	struct map streams; /* connection_id * 2 + is it received */
};

struct lookups *lookups_new(void)
{
	return mem_zalloc(sizeof(struct lookups));
}

static void forget_streams(struct lookups *all)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&all->streams, &at))) {
		struct stream *s = slot->value;

		buffer_free(&s->bytes);
		free(s);
	}
	map_free(&all->streams);
}

void lookups_free(struct lookups *all)
{
	if (!all)
		return;
	forget_streams(all);
	free(all);
}

static struct stream *stream_of(const struct load *l, bool is_in)
{
	uint64_t key = (uint64_t)l->connection_id * 2 + is_in;
	struct stream *s = map_get(&l->lookups->streams, key);

	if (s)
		return s;
	if (l->lookups->streams.count >= STREAMS_MAX)
		forget_streams(l->lookups);
	s = mem_zalloc(sizeof(*s));
	map_put(&l->lookups->streams, key, s);
	return s;
}

/* Of the message under way: its bytes, and how many of it are to come. */
static size_t still_to_come(const struct stream *s)
{
	const uint8_t *data = s->bytes.data;

	return s->bytes.len < 2
		       ? 2 - s->bytes.len
		       : 2 + (size_t)(data[0] << 8 | data[1]) - s->bytes.len;
}

static void finish(const struct dns_source *from, struct stream *s, bool is_cut)
{
	if (s->bytes.len > 2)
		dns_message(
			from,
			(struct bytes){ s->bytes.data + 2, s->bytes.len - 2 },
			is_cut);
	s->bytes.len = 0;
}

/* Bytes of a stream: those that are recorded, of len that there were. */
static void feed(const struct dns_source *from, struct stream *s,
		 struct bytes recorded, size_t len)
{
	while (len && !s->is_lost) {
		bool is_length = s->bytes.len < 2;
		size_t want = s->skip ? s->skip : still_to_come(s);
		size_t part = want < len ? want : len;
		size_t has = part < recorded.len ? part : recorded.len;

		if (s->skip) {
			s->skip -= part;
		} else if (has < part) {
			buffer_put(&s->bytes, recorded.data, has);
			s->is_lost = is_length;
			s->skip = want - part;
			finish(from, s, true);
		} else {
			buffer_put(&s->bytes, recorded.data, has);
			if (part == want && (!is_length || !still_to_come(s)))
				finish(from, s, false);
		}
		recorded.data += has;
		recorded.len -= has;
		len -= part;
	}
}

static struct bytes data_of(const struct event *e)
{
	const struct event_kind *kind = event_kind(e);

	for (unsigned i = 0; i < kind->nparams; i++)
		if (kind->params[i].type == PT_BYTEBUF)
			return event_param(e, i);
	return (struct bytes){ NULL, 0 };
}

/* The end of the socket that has the port; NULL: none. */
static const uint8_t *server_end(const struct field_context *c,
				 struct ends_told *told)
{
	const struct fd *fd = c->about.fd;

	ends_tell(c, told);
	if (!told->has_peer && (!ends_known(fd, true, &told->ends) ||
				!ends_known(fd, false, &told->ends)))
		return NULL;
	if (told->ends.family != PPM_AF_INET &&
	    told->ends.family != PPM_AF_INET6)
		return NULL;
	if (told->ends.dport == PORT)
		return told->ends.dip;
	return told->ends.sport == PORT ? told->ends.sip : NULL;
}

static bool is_ip_socket(const struct fd *fd)
{
	return fd->type >= SCAP_FD_IPV4_SOCK &&
	       fd->type <= SCAP_FD_IPV6_SERVSOCK;
}

void lookups_event(struct load *l, const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	enum direction direction = event_direction(e);
	char server[INET6_ADDRSTRLEN];
	struct dns_source from = { l, c, { 0 } };
	struct ends_told told;
	const uint8_t *ip;
	struct bytes data;
	int64_t res;

	if (!fd || direction == GOES_NOWHERE || !is_ip_socket(fd) ||
	    !event_result(e, &res) || res <= 0)
		return;
	ip = server_end(c, &told);
	if (!ip)
		return;
	data = data_of(e);
	from.record = (struct dns_record){ .process_id = l->process_id,
					   .server_port = PORT,
					   .ttl = NO_NUMBER };
	if (inet_ntop(told.ends.family == PPM_AF_INET ? AF_INET : AF_INET6, ip,
		      server, sizeof(server)))
		from.record.server_address = bytes_of(server);
	if (fd->l4proto == SCAP_L4_TCP && l->connection_id != NO_NUMBER)
		feed(&from, stream_of(l, direction == GOES_IN), data,
		     (size_t)res);
	else if (data.len >= HEADER_LEN)
		dns_message(&from, data, (size_t)res > data.len);
}
