/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors that came with a message (SCM_RIGHTS): for each, the event of a
 * call that makes such a descriptor, marked as one for the state only: readers
 * apply it and do not show it.  Without it no reader would know the file.
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "capture/encode/encode_internal.h"
#include "core/event/numbers.h"
#include "core/event/ppm_constants.h"

/* What was found of a descriptor. */
struct passed {
	struct raw_passed head;
	struct bytes link;
	struct raw_stat stat;
	struct bytes local, peer; /* sockaddr bytes */
};

static const struct bytes none = { NULL, 0 };

/* Takes the ends of a socket from its piece. */
static void take_ends(struct passed *p, struct bytes b)
{
	struct raw_socket head;

	if (b.len < sizeof(head))
		return;
	memcpy(&head, b.data, sizeof(head));
	if (head.local_len + head.peer_len > b.len - sizeof(head))
		return;
	p->local = (struct bytes){ b.data + sizeof(head), head.local_len };
	p->peer =
		(struct bytes){ p->local.data + head.local_len, head.peer_len };
}

/* The pieces up to the next descriptor are about this one. */
static bool take(const struct raw_record *record, const struct raw_piece *piece,
		 struct passed *p)
{
	struct bytes b = { raw_piece_data(piece), piece->len };

	*p = (struct passed){ .local = none, .peer = none };
	if (b.len < sizeof(p->head))
		return false;
	memcpy(&p->head, b.data, sizeof(p->head));
	p->link = (struct bytes){ b.data + sizeof(p->head),
				  b.len - sizeof(p->head) };
	while ((piece = raw_next_piece(record, piece)) &&
	       piece->kind != PIECE_PASSED) {
		b = (struct bytes){ raw_piece_data(piece), piece->len };
		if (piece->kind == PIECE_STAT && b.len >= sizeof(p->stat))
			memcpy(&p->stat, b.data, sizeof(p->stat));
		if (piece->kind == PIECE_SOCKET)
			take_ends(p, b);
	}
	return p->head.fd >= 0;
}

/* Begins an event for the state only. */
static void begin(struct encoder *e, uint16_t code)
{
	struct event *event = e->event;

	event->code = code;
	event->count = event_kinds[code].nparams;
	event->flags |= EVENT_STATE_ONLY;
	for (unsigned i = 0; i < event->count; i++)
		event->params[i] = none;
}

static void set_number(struct encoder *e, unsigned i, uint64_t value)
{
	uint8_t type = event_kind(e->event)->params[i].type;
	char *copy = arena_copy(&e->scratch, &value, sizeof(value));

	e->event->params[i] =
		(struct bytes){ (uint8_t *)copy,
				param_type_len((enum param_type)type) };
}

static void set_text(struct encoder *e, unsigned i, struct bytes text)
{
	size_t len = text.len ? strnlen((const char *)text.data, text.len) : 0;
	char *copy = arena_copy(&e->scratch, text.data, len);

	e->event->params[i] = (struct bytes){ (uint8_t *)copy, len + 1 };
}

/* A file that was opened. */
static void make_file(struct encoder *e, const struct passed *p)
{
	begin(e, PPME_SYSCALL_OPEN_BY_HANDLE_AT_X);
	set_number(e, 0, (uint64_t)p->head.fd);
	if (S_ISDIR(p->stat.mode))
		set_number(e, 2, PPM_O_DIRECTORY);
	set_text(e, 3, p->link);
	set_number(e, 4, p->stat.dev);
	set_number(e, 5, p->stat.ino);
}

/* A pipe, whose ends are one inode: which of the two this is makes no
 * difference. */
static void make_pipe(struct encoder *e, const struct passed *p)
{
	begin(e, PPME_SYSCALL_PIPE_X);
	set_number(e, 0, 0);
	set_number(e, 1, (uint64_t)p->head.fd);
	set_number(e, 2, (uint64_t)p->head.fd);
	set_number(e, 3, p->stat.ino);
}

/* "/memfd:NAME (deleted)" */
static void make_memfd(struct encoder *e, const struct passed *p)
{
	enum { BEFORE = 7, BEHIND = 10 };
	struct bytes name = p->link;

	if (name.len < BEFORE + BEHIND)
		return;
	name.data += BEFORE;
	name.len -= BEFORE + BEHIND;
	begin(e, PPME_SYSCALL_MEMFD_CREATE_X);
	set_number(e, 0, (uint64_t)p->head.fd);
	set_text(e, 1, name);
}

static bool starts_with(struct bytes text, const char *start)
{
	size_t len = strlen(start);

	return text.len >= len && !memcmp(text.data, start, len);
}

/* An anonymous inode, by the text that /proc has for it. */
static bool make_anonymous(struct encoder *e, const struct passed *p)
{
	static const struct {
		const char *link;
		uint16_t code;
	} kinds[] = {
		{ "anon_inode:[eventfd]", PPME_SYSCALL_EVENTFD2_X },
		{ "anon_inode:[eventpoll]", PPME_SYSCALL_EPOLL_CREATE1_X },
		{ "anon_inode:inotify", PPME_SYSCALL_INOTIFY_INIT1_X },
		{ "anon_inode:[signalfd]", PPME_SYSCALL_SIGNALFD4_X },
		{ "anon_inode:[timerfd]", PPME_SYSCALL_TIMERFD_CREATE_X },
		{ "anon_inode:[userfaultfd]", PPME_SYSCALL_USERFAULTFD_X },
		{ "anon_inode:[io_uring]", PPME_SYSCALL_IO_URING_SETUP_X },
		{ "anon_inode:bpf", PPME_SYSCALL_BPF_2_X },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!starts_with(p->link, kinds[i].link))
			continue;
		begin(e, kinds[i].code);
		set_number(e, 0, (uint64_t)p->head.fd);
		return true;
	}
	return false;
}

static uint16_t family_of(const struct passed *p)
{
	return p->local.len >= 2 ? load_u16(p->local.data) : AF_UNSPEC;
}

/* A socket; its connection is the next event. */
static bool make_socket(struct encoder *e, const struct passed *p)
{
	uint32_t protocol = p->head.protocol;

	begin(e, PPME_SOCKET_SOCKET_X);
	set_number(e, 0, (uint64_t)p->head.fd);
	set_number(e, 1, family_of(p));
	set_number(e, 2,
		   protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE
			   ? SOCK_DGRAM
			   : SOCK_STREAM);
	set_number(e, 3, protocol);
	e->passed.has_socket = true;
	return true;
}

static uint16_t port_of(struct bytes address)
{
	return address.len >= 4 ? ntohs(load_u16(address.data + 2)) : 0;
}

/* The connection of a socket.  Which end asked for it is not known any more:
 * mostly the one with the greater port. */
static bool make_ends(struct encoder *e, const struct passed *p)
{
	bool accepted = p->head.protocol == IPPROTO_TCP &&
			port_of(p->local) < port_of(p->peer);
	struct bytes from = accepted ? p->peer : p->local;
	struct bytes to = accepted ? p->local : p->peer;
	struct bytes tuple = socket_tuple(e, from, to);
	struct bytes bound = socket_address(e, p->local);

	if (tuple.len && accepted) {
		begin(e, PPME_SOCKET_ACCEPT4_6_X);
		set_number(e, 0, (uint64_t)p->head.fd);
		e->event->params[1] = tuple;
	} else if (tuple.len) {
		begin(e, PPME_SOCKET_CONNECT_X);
		set_number(e, 0, 0);
		e->event->params[1] = tuple;
		set_number(e, 2, (uint64_t)p->head.fd);
		e->event->params[3] = socket_address(e, p->peer);
	} else if (bound.len && port_of(p->local)) {
		begin(e, PPME_SOCKET_BIND_X);
		set_number(e, 0, 0);
		e->event->params[1] = bound;
		set_number(e, 2, (uint64_t)p->head.fd);
	} else {
		return false;
	}
	return true;
}

/* Makes the event of a descriptor, by what it is. */
static bool make(struct encoder *e, const struct passed *p)
{
	if (S_ISSOCK(p->stat.mode) || p->local.len)
		return make_socket(e, p);
	if (starts_with(p->link, "/memfd:"))
		make_memfd(e, p);
	else if (starts_with(p->link, "/"))
		make_file(e, p);
	else if (S_ISFIFO(p->stat.mode))
		make_pipe(e, p);
	else
		return make_anonymous(e, p);
	return e->event->count != 0;
}

bool encode_passed(struct encoder *e)
{
	struct passed_reading *r = &e->passed;
	struct passed p;
	bool made;

	if (r->has_socket) {
		r->has_socket = false;
		if (take(r->record, r->piece, &p) && make_ends(e, &p)) {
			event_fill_numbers(e->event,
					   numbers_needed(EMPTY_NONE));
			return true;
		}
	}
	while ((r->piece = raw_next_piece(r->record, r->piece))) {
		if (r->piece->kind != PIECE_PASSED ||
		    !take(r->record, r->piece, &p))
			continue;
		made = make(e, &p);
		if (made) {
			event_fill_numbers(e->event,
					   numbers_needed(EMPTY_NONE));
			return true;
		}
	}
	r->record = NULL;
	return false;
}
