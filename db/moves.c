/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that move bytes between two objects, as the read and the write that
 * they consist of: sendfile(2) reads a file and writes a socket.  A mapped
 * file is read or written, but the number of bytes is unknown.
 */
#include <stdio.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/load.h"

/* Parameters of calls with two descriptors. */
/* clang-format off */
static const struct two_ended {
	uint16_t code;
	uint8_t in, out;
} two_ended[] = {
	{ PPME_SYSCALL_SENDFILE_X, 3, 2 },
	{ PPME_SYSCALL_SPLICE_X, 1, 2 },
	{ PPME_SYSCALL_COPY_FILE_RANGE_X, 3, 1 },
};

enum { MMAP_LENGTH = 5, MMAP_PROT = 6, MMAP_FLAGS = 7, MMAP_FD = 8 };
/* clang-format on */

/* A part of the event: so many bytes are read or written by a descriptor. */
static void add_part(struct moves *m, const struct field_context *c,
		     uint16_t code, int64_t bytes)
{
	struct move *part = &m->parts[m->count++];

	part->bytes = bytes;
	part->mapped = 0;
	part->event = (struct event){
		.num = c->about.event->num,
		.ts_ns = c->about.event->ts_ns,
		.tid = c->about.event->tid,
		.cpu = c->about.event->cpu,
		.code = code,
		.count = 1,
	};
	part->event.params[0] =
		(struct bytes){ (const uint8_t *)&part->bytes, 8 };
	part->context = *c;
	part->context.about = (struct event_context){ .event = &part->event,
						      .thread = c->about.thread,
						      .fd_num = -1 };
}

static void add_fd_part(struct moves *m, const struct field_context *c,
			uint16_t code, int64_t bytes, int64_t num)
{
	struct event_context *about;

	add_part(m, c, code, bytes);
	about = &m->parts[m->count - 1].context.about;
	about->fd_num = num;
	about->fd = state_fd(c->state, c->about.thread, num);
}

/* Memory of another process is a file of /proc. */
static void add_memory_part(struct moves *m, const struct field_context *c,
			    uint16_t code, int64_t bytes)
{
	char *path = arena_printf(c->scratch, "/proc/%lld/mem",
				  (long long)event_int(c->about.event, 1, 0));
	struct move *part;

	add_part(m, c, code, bytes);
	part = &m->parts[m->count - 1];
	part->memory = (struct fd){ .num = NO_NUMBER, .type = SCAP_FD_FILE_V2 };
	part->memory.name = text_empty;
	text_set(&part->memory.name, path, strlen(path));
	part->context.about.fd = &part->memory;
	part->context.about.fd_num = NO_NUMBER;
}

static void take_map(struct moves *m, const struct field_context *c)
{
	const struct event *e = c->about.event;
	int64_t flags = event_int(e, MMAP_FLAGS, 0);
	int64_t fd = (int32_t)event_int(e, MMAP_FD, -1);

	if (fd < 0 || flags & PPM_MAP_ANONYMOUS)
		return;
	add_fd_part(m, c,
		    flags & PPM_MAP_SHARED &&
				    event_int(e, MMAP_PROT, 0) & PPM_PROT_WRITE
			    ? PPME_SYSCALL_WRITE_X
			    : PPME_SYSCALL_READ_X,
		    0, fd);
	m->parts[0].mapped = event_int(e, MMAP_LENGTH, 0);
}

static void take_two_ended(struct moves *m, const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct two_ended *row = two_ended;
	int64_t bytes = event_int(e, 0, 0);

	while (row->code != e->code)
		row++;
	add_fd_part(m, c, PPME_SYSCALL_READ_X, bytes,
		    event_int(e, row->in, -1));
	add_fd_part(m, c, PPME_SYSCALL_WRITE_X, bytes,
		    event_int(e, row->out, -1));
}

/* preadv2 and pwritev2, which have no event of their own. */
static void take_given(struct moves *m, const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct given_call *given = state_given(c->state, e);
	const char *name = given ? event_name(e) : "";

	if (given && given->res >= 0 && !strcmp(name, "preadv2"))
		add_fd_part(m, c, PPME_SYSCALL_READ_X, given->res, given->fd);
	else if (given && given->res >= 0 && !strcmp(name, "pwritev2"))
		add_fd_part(m, c, PPME_SYSCALL_WRITE_X, given->res, given->fd);
}

bool moves_of(const struct field_context *c, struct moves *m)
{
	const struct event *e = c->about.event;
	int64_t res;

	m->count = 0;
	switch (e->code) {
	case PPME_GENERIC_X:
	case PPME_SYSCALL_SENDFILE_X:
	case PPME_SYSCALL_SPLICE_X:
	case PPME_SYSCALL_COPY_FILE_RANGE_X:
	case PPME_SYSCALL_MMAP_X:
	case PPME_SYSCALL_MMAP2_X:
	case PPME_SYSCALL_PROCESS_VM_READV_X:
	case PPME_SYSCALL_PROCESS_VM_WRITEV_X:
		break;
	default:
		return false;
	}
	if (!c->about.thread)
		return true;
	if (e->code == PPME_GENERIC_X) {
		take_given(m, c);
		return true;
	}
	if (!event_result(e, &res) || res < 0)
		return true;
	if (e->code == PPME_SYSCALL_PROCESS_VM_READV_X)
		add_memory_part(m, c, PPME_SYSCALL_READ_X, res);
	else if (e->code == PPME_SYSCALL_PROCESS_VM_WRITEV_X)
		add_memory_part(m, c, PPME_SYSCALL_WRITE_X, res);
	else if (e->code == PPME_SYSCALL_MMAP_X ||
		 e->code == PPME_SYSCALL_MMAP2_X)
		take_map(m, c);
	else
		take_two_ended(m, c);
	return true;
}

void moves_done(struct moves *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (m->parts[i].context.about.fd == &m->parts[i].memory)
			text_release(&m->parts[i].memory.name);
}
