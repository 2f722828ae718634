/* SPDX-License-Identifier: Apache-2.0 */
/* Further fd.* fields, fdlist.* and util.*. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

/* The kernel's 32-bit encoding of device numbers: stat(2), makedev(3). */
static uint32_t dev_major(uint32_t dev)
{
	return (dev & 0xfff00) >> 8;
}

static uint32_t dev_minor(uint32_t dev)
{
	return (dev & 0xff) | ((dev >> 12) & 0xfff00);
}

static bool get_dev(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	const struct fd *fd = c->about.fd;
	uint32_t which = ref->field->which;

	return fd && give_number(v, PT_INT32,
				 which == 1   ? dev_major(fd->dev)
				 : which == 2 ? dev_minor(fd->dev)
					      : fd->dev);
}

static bool get_ino(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	return c->about.fd && give_number(v, PT_INT64, c->about.fd->ino);
}

static bool get_uid(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	if (!c->about.thread || c->about.fd_num < 0)
		return false;
	return give_string(v, arena_printf(c->scratch, "%lld%lld",
					   (long long)c->about.thread->tid,
					   (long long)c->about.fd_num));
}

/* fd.nameraw: the path as the program passed it, without repeated slashes. */
static bool get_nameraw(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;
	size_t n = 0;
	char *out;

	(void)ref;
	if (!fd)
		return false;
	if (!strstr(fd->name_raw.data, "//"))
		return give_text(v, fd->name_raw.data, fd->name_raw.len);
	out = arena_bytes(c->scratch, (size_t)fd->name_raw.len + 1);
	for (uint32_t i = 0; i < fd->name_raw.len; i++)
		if (fd->name_raw.data[i] != '/' || !n || out[n - 1] != '/')
			out[n++] = fd->name_raw.data[i];
	out[n] = '\0';
	return give_text(v, out, n);
}

/* which: 0 fd.name, 1 fd.directory, after the container's id. */
static bool get_container_name(const struct field_context *c,
			       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	bool is_there = ref->field->which ? get_fd_directory(c, ref, v)
					  : get_fd_name(c, ref, v);

	if (!t || !is_there)
		return false;
	return give_string(v,
			   arena_printf(c->scratch, "%s:%.*s", t->container_id,
					(int)v->len, v->text));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct value *)a)->text,
		      ((const struct value *)b)->text);
}

/*
 * fd.types: all types of open descriptors, each once; with [FD] the type of
 * that one.
 */
static bool get_types(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	bool seen[256] = { false };
	struct value *items;
	const struct fd *fd;
	size_t at = 0;
	uint32_t n = 0;

	/* absent for events that do not use descriptors */
	if (!t || !(event_kind(c->about.event)->flags &
		    (EF_CREATES_FD | EF_USES_FD | EF_DESTROYS_FD)))
		return false;
	items = arena_alloc(c->scratch, 256 * sizeof(*items));
	if (ref->arg) {
		fd = state_fd(c->state, t, (int64_t)ref->index);
		if (!fd)
			return false;
		give_string(&items[n++], fd_type_name(fd->type));
	}
	while (!ref->arg && (fd = thread_fd_next(t, &at)))
		if (!seen[fd->type]) {
			seen[fd->type] = true;
			give_string(&items[n++], fd_type_name(fd->type));
		}
	qsort(items, n, sizeof(*items), by_text);
	return give_list(v, PT_CHARBUF, items, n);
}

/* What a fdlist.* field prints for each descriptor. */
enum list_part { NUMS, NAMES, CIPS, SIPS, CPORTS, SPORTS };

/* Appends the part of one descriptor that the field prints. */
static void list_one(const struct field_context *c, struct buffer *b,
		     int64_t num, enum list_part part)
{
	const struct fd *fd = state_fd(c->state, c->about.thread, num);
	bool inet = fd && fd->type >= SCAP_FD_IPV4_SOCK &&
		    fd->type <= SCAP_FD_IPV6_SERVSOCK;
	char ip[INET6_ADDRSTRLEN] = "";

	if (part == NUMS) {
		buffer_printf(b, "%lld,", (long long)num);
	} else if (part == NAMES) {
		if (fd)
			buffer_printf(b, "%s,", fd->name.data);
	} else if (inet && part <= SIPS) {
		inet_ntop(fd->type == SCAP_FD_IPV6_SOCK ? AF_INET6 : AF_INET,
			  part == CIPS ? fd->sip : fd->dip, ip, sizeof(ip));
		buffer_printf(b, "%s,", ip);
	} else if (inet) {
		buffer_printf(b, "%u,", part == CPORTS ? fd->sport : fd->dport);
	}
}

/*
 * fdlist.*: the descriptors of a poll (16-bit count, then 64-bit number and
 * 16-bit flags each).
 */
static bool get_fdlist(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct event_kind *kind = event_kind(c->about.event);
	struct cursor at = { 0 };
	struct buffer b = { 0 };
	uint16_t count = 0;
	bool found = false;

	for (unsigned i = 0; i < kind->nparams && !found; i++) {
		struct bytes p = event_param(c->about.event, i);

		if (kind->params[i].type != PT_FDLIST || !p.len)
			continue;
		at = cursor_of(p.data, p.len);
		count = cursor_u16(&at);
		found = true;
	}
	if (!found || !c->about.thread)
		return false;
	while (count-- && !at.failed) {
		int64_t num = (int64_t)cursor_u64(&at);

		cursor_skip(&at, 2);
		if (!at.failed)
			list_one(c, &b, num, (enum list_part)ref->field->which);
	}
	give_text(v, arena_copy(c->scratch, b.data, b.len),
		  b.len ? b.len - 1 : 0);
	found = b.len > 0;
	buffer_free(&b);
	return found;
}

static bool get_cnt(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	return give_number(v, PT_UINT64, c->output_count);
}

#define ROW(n, t, f, g, w, h)                                        \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .help = (h)                                                        \
 }

/* clang-format off */
const struct field fields_fd_misc[] = {
ROW("fd.uid", PT_CHARBUF, PF_NA, get_uid, 0,
    "thread id and fd number, as one text"),
ROW("fd.containername", PT_CHARBUF, PF_NA, get_container_name, 0,
    "container id and fd.name"),
ROW("fd.containerdirectory", PT_CHARBUF, PF_NA, get_container_name, 1,
    "container id and fd.directory"),
ROW("fd.dev", PT_INT32, PF_HEX, get_dev, 0,
    "device number of the file, as fd.ino"),
ROW("fd.dev.major", PT_INT32, PF_DEC, get_dev, 1, "major device number"),
ROW("fd.dev.minor", PT_INT32, PF_DEC, get_dev, 2, "minor device number"),
ROW("fd.ino", PT_INT64, PF_DEC, get_ino, 0,
    "inode; for files opened only for reading, if recorded with --inodes all"),
ROW("fd.nameraw", PT_CHARBUF, PF_NA, get_nameraw, 0,
    "path as the program gave it"),
{ .name = "fd.types", .type = PT_CHARBUF, .format = PF_DEC, .get = get_types,
  .flags = FIELD_LIST | FIELD_ARG_ALLOWED | FIELD_ARG_INDEX | FIELD_NO_RHS,
  .help = "types of all open fds, or of [FD]" },
ROW("fdlist.nums", PT_CHARBUF, PF_ID, get_fdlist, NUMS, "fds of a poll"),
ROW("fdlist.names", PT_CHARBUF, PF_NA, get_fdlist, NAMES,
    "names of the fds of a poll"),
ROW("fdlist.cips", PT_CHARBUF, PF_NA, get_fdlist, CIPS,
    "client addresses of the fds of a poll"),
ROW("fdlist.sips", PT_CHARBUF, PF_NA, get_fdlist, SIPS,
    "server addresses of the fds of a poll"),
ROW("fdlist.cports", PT_CHARBUF, PF_DEC, get_fdlist, CPORTS,
    "client ports of the fds of a poll"),
ROW("fdlist.sports", PT_CHARBUF, PF_DEC, get_fdlist, SPORTS,
    "server ports of the fds of a poll"),
ROW("util.cnt", PT_UINT64, PF_ID, get_cnt, 0,
    "counts the lines that were printed"),
{ .name = NULL },
};
/* clang-format on */
