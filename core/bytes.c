/* SPDX-License-Identifier: Apache-2.0 */
/* Bounded reading and growing writing; see bytes.h. */
#include "core/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"

struct bytes cursor_take(struct cursor *c, size_t len)
{
	struct bytes view = { c->next, len };

	if (cursor_left(c) < len) {
		c->failed = true;
		c->next = c->end;
		return (struct bytes){ c->end, 0 };
	}
	c->next += len;
	return view;
}

void cursor_skip(struct cursor *c, size_t len)
{
	cursor_take(c, len);
}

uint8_t cursor_u8(struct cursor *c)
{
	struct bytes b = cursor_take(c, 1);

	return b.len ? b.data[0] : 0;
}

uint16_t cursor_u16(struct cursor *c)
{
	struct bytes b = cursor_take(c, 2);

	return b.len ? load_u16(b.data) : 0;
}

uint32_t cursor_u32(struct cursor *c)
{
	struct bytes b = cursor_take(c, 4);

	return b.len ? load_u32(b.data) : 0;
}

uint64_t cursor_u64(struct cursor *c)
{
	struct bytes b = cursor_take(c, 8);

	return b.len ? load_u64(b.data) : 0;
}

uint8_t *buffer_reserve(struct buffer *b, size_t len)
{
	b->data = mem_grow(b->data, &b->capacity, b->len + len, 1);
	return b->data + b->len;
}

void buffer_put(struct buffer *b, const void *data, size_t len)
{
	if (!len)
		return;
	memcpy(buffer_reserve(b, len), data, len);
	b->len += len;
}

void buffer_u8(struct buffer *b, uint8_t v)
{
	buffer_put(b, &v, sizeof(v));
}

void buffer_u16(struct buffer *b, uint16_t v)
{
	buffer_put(b, &v, sizeof(v));
}

void buffer_u32(struct buffer *b, uint32_t v)
{
	buffer_put(b, &v, sizeof(v));
}

void buffer_u64(struct buffer *b, uint64_t v)
{
	buffer_put(b, &v, sizeof(v));
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	va_list again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len > 0) {
		uint8_t *at = buffer_reserve(b, (size_t)len + 1);

		vsnprintf((char *)at, (size_t)len + 1, format, again);
		b->len += (size_t)len;
	}
	va_end(again);
	va_end(args);
}

void buffer_base64(struct buffer *b, const uint8_t *data, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = (uint32_t)data[i] << 16;

		if (i + 1 < len)
			bits |= (uint32_t)data[i + 1] << 8;
		if (i + 2 < len)
			bits |= data[i + 2];
		for (size_t k = 0; k < 4; k++)
			buffer_u8(
				b,
				i + k > len
					? '='
					: digits[bits >> (18 - 6 * k) & 0x3f]);
	}
}

void buffer_free(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){ 0 };
}
