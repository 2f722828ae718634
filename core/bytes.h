/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view of bytes, and a bounded cursor through which every untrusted byte is
 * read.  Reading beyond the end returns zeroes and sets `failed', so that a
 * decoder needs one check, at its end.  All integers are little endian.
 */
#ifndef SPOOR_CORE_BYTES_H
#define SPOOR_CORE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const uint8_t *data;
	size_t len;
};

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

struct cursor {
	const uint8_t *next;
	const uint8_t *end;
	bool failed;
};

/* A cursor at the start of data, which is borrowed. */
static inline struct cursor cursor_of(const void *data, size_t len)
{
	const uint8_t *start = data;

	/* An empty view may have NULL data; adding to NULL is undefined. */
	return (struct cursor){ start, len ? start + len : start, false };
}

/* Bytes between the cursor and the end. */
static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->next);
}

/*
 * Returns a view of the next len bytes and moves behind them; if fewer are
 * left, an empty view, and the cursor has failed.
 */
struct bytes cursor_take(struct cursor *c, size_t len);

/* Moves len bytes on; if fewer are left, the cursor has failed. */
void cursor_skip(struct cursor *c, size_t len);

/* Reads a little-endian integer; 0 (and failed) at the end. */
uint8_t cursor_u8(struct cursor *c);
uint16_t cursor_u16(struct cursor *c);
uint32_t cursor_u32(struct cursor *c);
uint64_t cursor_u64(struct cursor *c);

/* Unaligned little-endian loads and stores; the caller checked the bounds. */
static inline uint16_t load_u16(const void *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline uint32_t load_u32(const void *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline uint64_t load_u64(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* A growing byte buffer.  A zero-initialised buffer is empty. */
struct buffer {
	uint8_t *data;
	size_t len;
	size_t capacity;
};

/*
 * Makes room for len more bytes and returns their address, valid until the
 * next append.  b->len does not change: the caller adds what it wrote.
 */
uint8_t *buffer_reserve(struct buffer *b, size_t len);

/* Appends len bytes. */
void buffer_put(struct buffer *b, const void *data, size_t len);

/* Appends a little-endian integer. */
void buffer_u8(struct buffer *b, uint8_t v);
void buffer_u16(struct buffer *b, uint16_t v);
void buffer_u32(struct buffer *b, uint32_t v);
void buffer_u64(struct buffer *b, uint64_t v);

/* Appends formatted text (printf style) without a NUL. */
void buffer_printf(struct buffer *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Appends the data encoded as base64. */
void buffer_base64(struct buffer *b, const uint8_t *data, size_t len);

/* Frees the memory; the buffer is empty and ready again. */
void buffer_free(struct buffer *b);

#endif
