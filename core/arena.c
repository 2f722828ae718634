/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas in chained blocks, and the one place where memory runs out. */
#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_LEN = 64 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t len;
	alignas(max_align_t) char data[];
};

static void *check(void *memory)
{
	if (memory)
		return memory;
	fputs("spoor: out of memory\n", stderr);
	_Exit(1);
}

void *mem_alloc(size_t len)
{
	return check(malloc(len ? len : 1));
}

void *mem_zalloc(size_t len)
{
	return check(calloc(1, len ? len : 1));
}

void *mem_realloc(void *old, size_t len)
{
	return check(realloc(old, len ? len : 1));
}

char *mem_strdup(const char *text)
{
	return check(strdup(text));
}

void *mem_grow(void *array, size_t *capacity, size_t need, size_t size)
{
	size_t count = *capacity ? *capacity : 16;

	if (need <= *capacity)
		return array;
	while (count < need) {
		if (count > SIZE_MAX / 2 / size)
			return check(NULL);
		count *= 2;
	}
	*capacity = count;
	return mem_realloc(array, count * size);
}

static void use_block(struct arena *arena, struct arena_block *block)
{
	arena->current = block;
	arena->next = block->data;
	arena->end = block->data + block->len;
}

/*
 * Makes a block with room for len the current one: the next kept one, or a new
 * one.
 */
static void next_block(struct arena *arena, size_t len)
{
	struct arena_block *block =
		arena->current ? arena->current->next : arena->first;
	struct arena_block *fresh;

	if (block && block->len >= len) {
		use_block(arena, block);
		return;
	}
	if (len < (arena->block_len ? arena->block_len : BLOCK_LEN))
		len = arena->block_len ? arena->block_len : BLOCK_LEN;
	if (len > SIZE_MAX - sizeof(*fresh))
		check(NULL);
	fresh = mem_alloc(sizeof(*fresh) + len);
	fresh->len = len;
	fresh->next = block;
	if (arena->current)
		arena->current->next = fresh;
	else
		arena->first = fresh;
	use_block(arena, fresh);
}

char *arena_bytes(struct arena *arena, size_t len)
{
	char *piece;

	if ((size_t)(arena->end - arena->next) < len)
		next_block(arena, len);
	piece = arena->next;
	arena->next += len;
	return piece;
}

void *arena_alloc(struct arena *arena, size_t len)
{
	size_t align = alignof(max_align_t);
	size_t pad = -(uintptr_t)arena->next & (align - 1);

	if (len > SIZE_MAX / 2)
		check(NULL);
	if ((size_t)(arena->end - arena->next) < len + pad) {
		next_block(arena, len);
		pad = 0;
	}
	arena->next += pad;
	return memset(arena_bytes(arena, len), 0, len);
}

char *arena_copy(struct arena *arena, const void *data, size_t len)
{
	char *copy = arena_bytes(arena, len + 1);

	if (len)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_copy(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_list again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	text = arena_bytes(arena, (size_t)(len < 0 ? 0 : len) + 1);
	text[0] = '\0';
	if (len > 0)
		vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	return text;
}

void arena_reset(struct arena *arena)
{
	if (arena->first)
		use_block(arena, arena->first);
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->first;
	struct arena_block *next;

	for (; block; block = next) {
		next = block->next;
		free(block);
	}
	*arena = (struct arena){ 0 };
}
