/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keyframes as bytes.  The members of each kind of metadata are rows of a
 * table, in the order in which they are stored: a new one goes at the end of
 * its table, and the version in records.c grows.
 */
#include "core/file/keyframe.h"

#include <stddef.h>
#include <string.h>
#include <zstd.h>

#include "core/file/records.h"

enum { LEVEL = 1, IMAGE_MAX = 1 << 30, EVENT_KIND = 0xff };

enum member_kind { END, U8, U16, U32, U64, FLAG, IP, TEXT };

/* Bytes of a member in memory and in the image; texts have a length. */
static const uint8_t member_len[] = { 0, 1, 2, 4, 8, 1, 16, 0 };

struct member {
	uint8_t kind;
	uint16_t at; /* offset in struct meta */
};

/* clang-format off */
#define M(kind, name) { (kind), offsetof(struct meta, name) }

static const struct member machine_members[] = {
	M(U32, machine.cpu_count), M(U64, machine.memory_len),
	M(U64, machine.max_pid), M(U64, machine.boot_ns),
	M(U64, machine.flags), M(TEXT, machine.hostname), { END, 0 },
};

static const struct member interface_members[] = {
	M(FLAG, interface.is_ipv6), M(IP, interface.addr),
	M(IP, interface.netmask), M(IP, interface.broadcast),
	M(U64, interface.linkspeed), M(TEXT, interface.name), { END, 0 },
};

static const struct member user_members[] = {
	M(U32, user.uid), M(U32, user.gid), M(TEXT, user.name),
	M(TEXT, user.home), M(TEXT, user.shell), { END, 0 },
};

static const struct member group_members[] = {
	M(U32, group.gid), M(TEXT, group.name), { END, 0 },
};

static const struct member thread_members[] = {
	M(U64, thread.tid), M(U64, thread.pid), M(U64, thread.ptid),
	M(U64, thread.sid), M(U64, thread.vpgid), M(U64, thread.pgid),
	M(U64, thread.vtid), M(U64, thread.vpid), M(TEXT, thread.comm),
	M(TEXT, thread.exe), M(TEXT, thread.exepath), M(TEXT, thread.cwd),
	M(TEXT, thread.root), M(TEXT, thread.args), M(TEXT, thread.env),
	M(TEXT, thread.cgroups), M(U64, thread.fdlimit), M(U32, thread.flags),
	M(U32, thread.uid), M(U32, thread.gid), M(U32, thread.loginuid),
	M(U32, thread.vmsize_kb), M(U32, thread.vmrss_kb),
	M(U32, thread.vmswap_kb), M(U64, thread.pfmajor),
	M(U64, thread.pfminor), M(U64, thread.pidns_init_start_ns),
	M(U32, thread.tty), M(FLAG, thread.exe_writable),
	M(FLAG, thread.exe_upper_layer), M(FLAG, thread.exe_lower_layer),
	M(FLAG, thread.exe_from_memfd), M(U64, thread.cap_inheritable),
	M(U64, thread.cap_permitted), M(U64, thread.cap_effective),
	M(U64, thread.exe_ino), M(U64, thread.exe_ino_ctime),
	M(U64, thread.exe_ino_mtime), M(U64, thread.clone_ns),
	M(FLAG, thread.is_exact), M(FLAG, thread.is_dead),
	M(FLAG, thread.is_fake), M(FLAG, thread.is_child),
	M(FLAG, thread.group_is_reaper), M(U64, thread.lastexec_ns),
	M(U64, thread.exe_ino_ctime_duration_clone_ts),
	M(U64, thread.exe_ino_ctime_duration_pidns_start),
	M(U64, thread.reaper_tid), { END, 0 },
};

static const struct member fd_members[] = {
	M(U64, fd.tid), M(U64, fd.fd), M(U64, fd.ino), M(U8, fd.type),
	M(U8, fd.l4proto), M(U32, fd.open_flags), M(U32, fd.dev),
	M(IP, fd.sip), M(IP, fd.dip), M(U16, fd.sport), M(U16, fd.dport),
	M(U64, fd.unix_source), M(U64, fd.unix_dest), M(TEXT, fd.name),
	M(FLAG, fd.is_exact), M(U8, fd.role), M(U16, fd.flags),
	M(U64, fd.pid), M(TEXT, fd.name_raw), { END, 0 },
};
/* clang-format on */

static const struct member no_members[] = { { END, 0 } };

/* clang-format off */
static const struct member *const members[] = {
	[META_SECTION] = no_members, [META_MACHINE] = machine_members,
	[META_INTERFACE] = interface_members, [META_USER] = user_members,
	[META_GROUP] = group_members, [META_THREAD] = thread_members,
	[META_FD] = fd_members, [META_EVENTS] = no_members,
};
/* clang-format on */

enum { KINDS = sizeof(members) / sizeof(members[0]) };

static void pack_bytes(struct buffer *image, struct bytes b)
{
	buffer_u32(image, b.data ? (uint32_t)b.len : UINT32_MAX);
	if (b.len)
		buffer_put(image, b.data, b.len);
	buffer_u8(image, 0); /* texts are followed by a NUL in memory */
}

static void pack_meta(struct buffer *image, const struct meta *meta)
{
	buffer_u8(image, (uint8_t)meta->kind);
	for (const struct member *m = members[meta->kind]; m->kind; m++) {
		const uint8_t *at = (const uint8_t *)meta + m->at;
		struct bytes b;

		if (m->kind != TEXT) {
			buffer_put(image, at, member_len[m->kind]);
			continue;
		}
		memcpy(&b, at, sizeof(b));
		pack_bytes(image, b);
	}
}

static void pack_event(struct buffer *image, const struct event *event)
{
	buffer_u8(image, EVENT_KIND);
	buffer_u16(image, event->code);
	buffer_u32(image, event->flags);
	buffer_u64(image, (uint64_t)event->tid);
	buffer_u64(image, event->ts_ns);
	buffer_u8(image, (uint8_t)event->count);
	for (uint32_t i = 0; i < event->count; i++)
		pack_bytes(image, event->params[i]);
}

void keyframe_pack(struct buffer *image, const struct item *item)
{
	if (item->kind == ITEM_META)
		pack_meta(image, item->meta);
	else
		pack_event(image, &item->event);
}

static struct bytes unpack_bytes(struct cursor *c)
{
	uint32_t len = cursor_u32(c);
	struct bytes b = { NULL, 0 };

	if (len != UINT32_MAX)
		b = cursor_take(c, len);
	if (cursor_u8(c))
		c->failed = true;
	return b;
}

static void unpack_meta(struct cursor *c, unsigned kind, struct meta *meta)
{
	memset(meta, 0, sizeof(*meta));
	meta->kind = (enum meta_kind)kind;
	for (const struct member *m = members[kind]; m->kind; m++) {
		uint8_t *at = (uint8_t *)meta + m->at;
		struct bytes b = m->kind == TEXT
					 ? unpack_bytes(c)
					 : cursor_take(c, member_len[m->kind]);
		bool flag;

		if (c->failed)
			return;
		if (m->kind == TEXT) {
			memcpy(at, &b, sizeof(b));
		} else if (m->kind == FLAG) {
			flag = *b.data != 0;
			memcpy(at, &flag, sizeof(flag));
		} else {
			memcpy(at, b.data, b.len);
		}
	}
}

static void unpack_event(struct cursor *c, struct event *event)
{
	memset(event, 0, sizeof(*event));
	event->code = cursor_u16(c);
	event->flags = cursor_u32(c);
	event->tid = (int64_t)cursor_u64(c);
	event->ts_ns = cursor_u64(c);
	event->count = cursor_u8(c);
	if (event->code >= EVENT_KIND_COUNT || !event->flags ||
	    event->count > EVENT_PARAMS_MAX) {
		c->failed = true;
		return;
	}
	for (uint32_t i = 0; i < event->count; i++)
		event->params[i] = unpack_bytes(c);
}

int keyframe_unpack(struct cursor *image, struct meta *meta,
		    struct item *ret_item, struct error *err)
{
	unsigned kind;

	if (!cursor_left(image) && !image->failed)
		return 0;
	kind = cursor_u8(image);
	if (kind == EVENT_KIND) {
		ret_item->kind = ITEM_EVENT;
		unpack_event(image, &ret_item->event);
	} else if (kind < KINDS) {
		ret_item->kind = ITEM_META;
		ret_item->meta = meta;
		unpack_meta(image, kind, meta);
	} else {
		image->failed = true;
	}
	if (image->failed)
		return error_set(err, ERROR_FORMAT, "a keyframe is damaged");
	return 1;
}

void keyframe_write(struct buffer *out, const struct keyframe_head *head,
		    const struct buffer *image)
{
	size_t bound = ZSTD_compressBound(image->len);
	size_t start = out->len, n;

	side_begin(out, KEYFRAME_MAGIC);
	buffer_u64(out, head->resume_at);
	buffer_u64(out, head->at.events);
	buffer_u64(out, head->at.first_ts_ns);
	buffer_u64(out, head->at.previous_ts_ns);
	buffer_u64(out, image->len);
	n = ZSTD_compress(buffer_reserve(out, bound), bound, image->data,
			  image->len, LEVEL);
	if (!ZSTD_isError(n))
		out->len += n;
	side_finish(out, start);
}

bool keyframe_read_head(struct bytes frame, struct keyframe_head *ret_head)
{
	struct cursor c = cursor_of(frame.data, frame.len);

	if (frame.len < KEYFRAME_HEAD ||
	    load_u32(frame.data) != KEYFRAME_MAGIC ||
	    side_state(frame) != SIDE_INTACT)
		return false;
	cursor_skip(&c, SIDE_HEAD);
	ret_head->resume_at = cursor_u64(&c);
	ret_head->at.events = cursor_u64(&c);
	ret_head->at.first_ts_ns = cursor_u64(&c);
	ret_head->at.previous_ts_ns = cursor_u64(&c);
	return true;
}

int keyframe_read_image(struct bytes frame, struct buffer *image,
			struct error *err)
{
	uint64_t len = load_u64(frame.data + KEYFRAME_HEAD - 8);
	size_t check = side_check_len(frame), n;

	if (len > IMAGE_MAX)
		return error_set(err, ERROR_FORMAT, "a keyframe is damaged");
	image->len = 0;
	n = ZSTD_decompress(buffer_reserve(image, len + 1), len,
			    frame.data + KEYFRAME_HEAD,
			    frame.len - KEYFRAME_HEAD - check);
	if (ZSTD_isError(n) || n != len)
		return error_set(err, ERROR_FORMAT, "a keyframe is damaged");
	image->len = len;
	return 0;
}
