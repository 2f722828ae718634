/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keyframes as bytes: the members of each piece of metadata in the order of
 * members.c.
 */
#include "core/file/keyframe.h"

#include <string.h>
#include <zstd.h>

#include "core/file/members.h"
#include "core/file/records.h"

enum { LEVEL = 1, IMAGE_MAX = 1 << 30, EVENT_KIND = 0xff };

static void pack_bytes(struct buffer *image, struct bytes b)
{
	buffer_u32(image, b.data ? (uint32_t)b.len : UINT32_MAX);
	if (b.len)
		buffer_put(image, b.data, b.len);
	buffer_u8(image, 0); /* texts are followed by a NUL in memory */
}

static void pack_meta(struct buffer *image, const struct meta *meta)
{
	const struct member *row = members_of(meta->kind);

	buffer_u8(image, (uint8_t)meta->kind);
	for (; row->kind; row++)
		if (member_is_text(row))
			pack_bytes(image, member_text(meta, row));
		else
			member_put(image, meta, row);
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
	const struct member *row = members_of((enum meta_kind)kind);

	memset(meta, 0, sizeof(*meta));
	meta->kind = (enum meta_kind)kind;
	for (; row->kind; row++) {
		struct bytes b = member_is_text(row)
					 ? unpack_bytes(c)
					 : cursor_take(c, member_len(row));

		if (c->failed)
			return;
		if (member_is_text(row))
			member_set_text(meta, row, b);
		else
			member_set(meta, row, b.data);
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
	} else if (kind <= META_EVENTS) {
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
