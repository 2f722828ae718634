/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DNS messages (RFC 1035): a row for each question, and for each record that
 * answers, as far as the recorded bytes go.  Where messages come from is
 * lookups.c's.  Anyone may have written those bytes.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "db/dns.h"

/* clang-format off */
enum { NAME_MAX_LEN = 1024, JUMPS_MAX = 32, RECORDS_MAX = 4096,
       ESCAPED_LEN = 4, /* of one byte, at most */
       TYPE_A = 1, TYPE_NS = 2, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_MX = 15,
       TYPE_TXT = 16, TYPE_AAAA = 28, TYPE_SRV = 33 };
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

/* Bytes of text; dots and odd bytes in it are escaped as in zone files. */
static size_t put_text(struct message *m, unsigned len, char *out, size_t room)
{
	size_t at = 0;

	while (len-- && !m->is_cut && at + ESCAPED_LEN < room) {
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
		at += put_text(m, len, out + at, NAME_MAX_LEN - at);
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

/* One text as it is; several in quotes, as zone files have them. */
static struct bytes take_texts(const struct dns_source *from, struct message *m,
			       size_t len)
{
	size_t end = m->at + len, at = 0;
	/* Each string has a byte for its length, and gets three for quotes. */
	size_t room = len * ESCAPED_LEN + 16;
	char *out = arena_bytes(from->context->scratch, room);
	bool is_one = m->at < end && m->at + m->bytes.data[m->at] + 1 >= end;

	while (m->at < end && !m->is_cut) {
		unsigned n = take_u8(m);

		if (n > end - m->at)
			n = (unsigned)(end - m->at);
		if (is_one)
			return (struct bytes){ (uint8_t *)out,
					       put_text(m, n, out, room) };
		at += (size_t)snprintf(out + at, room - at, "%s\"",
				       at ? " " : "");
		at += put_text(m, n, out + at, room - at - 2);
		out[at++] = '"';
	}
	return (struct bytes){ (uint8_t *)out, at };
}

/* Priority, weight and port stand before the name. */
static struct bytes take_service(struct message *m, char out[NAME_MAX_LEN])
{
	unsigned priority = take_u16(m), weight = take_u16(m);
	unsigned port = take_u16(m);
	char name[NAME_MAX_LEN];
	struct bytes target = take_name(m, name);
	int n = snprintf(out, NAME_MAX_LEN, "%u %u %u %.*s", priority, weight,
			 port, (int)target.len, name);

	return (struct bytes){ (uint8_t *)out, n < NAME_MAX_LEN
						       ? (size_t)n
						       : NAME_MAX_LEN - 1 };
}

/* What a record says; data NULL: nothing that has a text form. */
static struct bytes take_answer(const struct dns_source *from,
				struct message *m, unsigned type, size_t len,
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
	if (type == TYPE_SRV && len > 6)
		return take_service(m, out);
	return type == TYPE_TXT ? take_texts(from, m, len) : none;
}

static void put_row(const struct dns_source *from, struct dns_record *r)
{
	struct row_source source = { from->load, from->context, r };

	r->dns_id = load_next_id(from->load, TABLE_DNS);
	rows_put(from->load, TABLE_DNS, &source);
}

/* The records of the answer section; how many have a row. */
static unsigned put_answers(const struct dns_source *from, struct message *m,
			    unsigned count, const struct dns_record *response)
{
	struct dns_record r = *response;
	char name[NAME_MAX_LEN], answer[NAME_MAX_LEN], type_text[16];
	unsigned i;

	for (i = 0; i < count && i < RECORDS_MAX; i++) {
		unsigned type, len;
		size_t begin;

		r.name = take_name(m, name);
		type = take_u16(m);
		take_u16(m);
		r.ttl = take_u32(m);
		len = take_u16(m);
		if (m->is_cut)
			return i;
		begin = m->at;
		r.type = type_name(type, type_text);
		r.answer = take_answer(from, m, type, len, answer);
		if (m->is_cut)
			return i;
		put_row(from, &r);
		m->at = begin + len;
	}
	return i;
}

void dns_message(const struct dns_source *from, struct bytes bytes, bool is_cut)
{
	struct message m = { .bytes = bytes };
	struct dns_record r = from->record;
	char name[NAME_MAX_LEN], type_text[16];
	unsigned flags, questions, answers;
	bool is_response;

	take_u16(&m); /* id */
	flags = take_u16(&m);
	questions = take_u16(&m);
	answers = take_u16(&m);
	take_u32(&m);
	is_response = flags & 0x8000;
	/* Port 53 may carry anything: opcode and counts must make sense. */
	if (m.is_cut || flags & 0x7800 || questions != 1)
		return;
	r.is_cut = is_cut;
	r.direction = bytes_of(is_response ? "response" : "query");
	r.rcode = is_response ? (int64_t)(flags & 15) : NO_NUMBER;
	r.name = r.question = take_name(&m, name);
	r.type = m.is_cut ? bytes_of("?") : type_name(take_u16(&m), type_text);
	take_u16(&m);
	/* A name that is no name: another protocol; one that is cut is told. */
	if (m.is_cut && !is_cut)
		return;
	/* A response without records is a row, too: no such name. */
	if (!is_response || m.is_cut || !answers ||
	    !put_answers(from, &m, answers, &r))
		put_row(from, &r);
}
