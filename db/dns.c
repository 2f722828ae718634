/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DNS messages (RFC 1035) in the data of reads and writes of port 53, as far
 * as the recorded bytes go: a row for each question, and for each record that
 * answers.  Anyone may have written those bytes.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"

/* clang-format off */
enum { PORT = 53, NAME_MAX_LEN = 1024, JUMPS_MAX = 32, RECORDS_MAX = 64,
       TYPE_A = 1, TYPE_NS = 2, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_MX = 15,
       TYPE_TXT = 16, TYPE_AAAA = 28 };
/* clang-format on */

struct message {
	struct bytes bytes;
	size_t at;
	bool is_cut;
};

static unsigned take_u8(struct message *m)
{
	if (m->at < m->bytes.len)
		return m->bytes.data[m->at++];
	m->is_cut = true;
	return 0;
}

static unsigned take_u16(struct message *m)
{
	unsigned high = take_u8(m);

	return high << 8 | take_u8(m);
}

static uint32_t take_u32(struct message *m)
{
	uint32_t high = take_u16(m);

	return high << 16 | take_u16(m);
}

/* One label; dots and odd bytes in it are escaped as in zone files. */
static size_t put_label(struct message *m, unsigned len, char *out, size_t at)
{
	while (len-- && !m->is_cut && at + 6 < NAME_MAX_LEN) {
		unsigned c = take_u8(m);

		if (m->is_cut)
			break;
		if (c <= ' ' || c >= 0x7f)
			at += (size_t)snprintf(out + at, 5, "\\%03u", c);
		else if (c == '.' || c == '\\')
			at += (size_t)snprintf(out + at, 3, "\\%c", (int)c);
		else
			out[at++] = (char)c;
	}
	return at;
}

/* A name, with the jumps that it makes back into the message. */
static struct bytes take_name(struct message *m, char out[NAME_MAX_LEN])
{
	size_t at = 0, after = 0;

	for (unsigned jumps = 0; !m->is_cut;) {
		unsigned len = take_u8(m);

		if (!len)
			break;
		if ((len & 0xc0) == 0xc0) {
			size_t to = (len & 0x3f) << 8 | take_u8(m);

			after = after ? after : m->at;
			m->at = to;
			m->is_cut |= ++jumps > JUMPS_MAX;
			continue;
		}
		if (at && at + 1 < NAME_MAX_LEN)
			out[at++] = '.';
		if (len & 0xc0 || at + 6 >= NAME_MAX_LEN)
			m->is_cut = true;
		at = put_label(m, len, out, at);
	}
	if (after)
		m->at = after;
	if (!at)
		out[at++] = '.';
	return (struct bytes){ (uint8_t *)out, at };
}

static struct bytes type_name(unsigned type, char out[16])
{
	static const struct {
		unsigned type;
		const char *name;
	} types[] = {
		{ TYPE_A, "A" },	 { TYPE_NS, "NS" },
		{ TYPE_CNAME, "CNAME" }, { 6, "SOA" },
		{ TYPE_PTR, "PTR" },	 { TYPE_MX, "MX" },
		{ TYPE_TXT, "TXT" },	 { TYPE_AAAA, "AAAA" },
		{ 33, "SRV" },		 { 35, "NAPTR" },
		{ 64, "SVCB" },		 { 65, "HTTPS" },
		{ 255, "ANY" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type)
			return bytes_of(types[i].name);
	snprintf(out, 16, "TYPE%u", type);
	return bytes_of(out);
}

/* What a record says; data NULL: nothing that has a text form. */
static struct bytes take_answer(struct message *m, unsigned type, size_t len,
				char out[NAME_MAX_LEN])
{
	struct bytes none = { NULL, 0 };
	int family = type == TYPE_A ? AF_INET : AF_INET6;

	if (m->bytes.len - m->at < len) {
		m->is_cut = true;
		return none;
	}
	if ((type == TYPE_A && len == 4) || (type == TYPE_AAAA && len == 16))
		return inet_ntop(family, m->bytes.data + m->at, out,
				 NAME_MAX_LEN)
			       ? bytes_of(out)
			       : none;
	if (type == TYPE_CNAME || type == TYPE_NS || type == TYPE_PTR)
		return take_name(m, out);
	if (type == TYPE_MX && len > 2) {
		take_u16(m);
		return take_name(m, out);
	}
	if (type == TYPE_TXT && len)
		return (struct bytes){ (uint8_t *)out,
				       put_label(m, take_u8(m), out, 0) };
	return none;
}

static void put_row(struct load *l, const struct field_context *c,
		    struct dns_record *r)
{
	struct row_source from = { l, c, r };

	r->dns_id = load_next_id(l, TABLE_DNS);
	rows_put(l, TABLE_DNS, &from);
}

/* The records of the answer section. */
static void put_answers(struct load *l, const struct field_context *c,
			struct message *m, unsigned count,
			const struct dns_record *response)
{
	struct dns_record r = *response;
	char name[NAME_MAX_LEN], answer[NAME_MAX_LEN], type_text[16];

	for (unsigned i = 0; i < count && i < RECORDS_MAX; i++) {
		unsigned type, len;
		size_t begin;

		r.name = take_name(m, name);
		type = take_u16(m);
		take_u16(m);
		r.ttl = take_u32(m);
		len = take_u16(m);
		if (m->is_cut)
			return;
		begin = m->at;
		r.type = type_name(type, type_text);
		r.answer = take_answer(m, type, len, answer);
		if (m->is_cut)
			return;
		put_row(l, c, &r);
		m->at = begin + len;
	}
}

/* Writes the rows of a message whose header is whole. */
static void put_message(struct load *l, const struct field_context *c,
			struct message *m, const struct dns_record *of)
{
	struct dns_record r = *of;
	char name[NAME_MAX_LEN], type_text[16];
	unsigned flags, questions, answers;
	bool is_response;

	take_u16(m); /* id */
	flags = take_u16(m);
	questions = take_u16(m);
	answers = take_u16(m);
	take_u32(m);
	is_response = flags & 0x8000;
	/* Port 53 may carry anything: opcode and counts must make sense. */
	if (m->is_cut || flags & 0x7800 || questions != 1)
		return;
	r.direction = bytes_of(is_response ? "response" : "query");
	r.rcode = is_response ? (int64_t)(flags & 15) : NO_NUMBER;
	r.name = take_name(m, name);
	r.type = type_name(take_u16(m), type_text);
	take_u16(m);
	if (m->is_cut)
		return;
	/* A response without records is a row, too: no such name. */
	if (!is_response || !answers)
		put_row(l, c, &r);
	else
		put_answers(l, c, m, answers, &r);
}

static struct bytes data_of(const struct event *e)
{
	const struct event_kind *kind = event_kind(e);

	for (unsigned i = 0; i < kind->nparams; i++)
		if (kind->params[i].type == PT_BYTEBUF)
			return event_param(e, i);
	return (struct bytes){ NULL, 0 };
}

/* The end of the socket that has the port: 1 source, 2 destination. */
static int server_end(const struct fd *fd)
{
	if (fd->type != SCAP_FD_IPV4_SOCK && fd->type != SCAP_FD_IPV6_SOCK)
		return 0;
	return fd->dport == PORT ? 2 : fd->sport == PORT ? 1 : 0;
}

void dns_event(struct load *l, const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct fd *fd = c->about.fd;
	char server[INET6_ADDRSTRLEN];
	struct dns_record r = { .process_id = l->process_id,
				.server_port = PORT,
				.ttl = NO_NUMBER };
	struct message m = { .at = 0 };
	int end = fd ? server_end(fd) : 0;

	if (!end ||
	    !(event_kind(e)->flags & (EF_READS_FROM_FD | EF_WRITES_TO_FD)))
		return;
	m.bytes = data_of(e);
	if (fd->l4proto == SCAP_L4_TCP)
		m.at = 2; /* its length */
	if (m.bytes.len < 12 + m.at)
		return;
	if (m.at) {
		m.bytes.data += m.at;
		m.bytes.len -= m.at;
		m.at = 0;
	}
	if (inet_ntop(fd->type == SCAP_FD_IPV4_SOCK ? AF_INET : AF_INET6,
		      end == 1 ? fd->sip : fd->dip, server, sizeof(server)))
		r.server_address = bytes_of(server);
	put_message(l, c, &m, &r);
}
