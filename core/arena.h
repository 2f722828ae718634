/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory by lifetime: an arena gives pieces that are freed all at once.  One
 * arena lives as long as the run (rules, tables); a scratch arena is reset
 * after each event.  Out of memory ends the program, here and nowhere else.
 */
#ifndef SPOOR_CORE_ARENA_H
#define SPOOR_CORE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Zero-initialised is empty and ready. */
struct arena {
	struct arena_block *first;
	struct arena_block *current;
	char *next;
	char *end;
	size_t block_len; /* of new blocks, at least; 0: 64 KiB */
};

/* Returns len zeroed bytes, aligned for any type; valid until reset/free. */
void *arena_alloc(struct arena *arena, size_t len);

/* As arena_alloc, not zeroed and without alignment: for text and bytes. */
char *arena_bytes(struct arena *arena, size_t len);

/* Copies len bytes and adds a NUL. */
char *arena_copy(struct arena *arena, const void *data, size_t len);

char *arena_strdup(struct arena *arena, const char *text);

/* Formats into the arena; NUL-terminated. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Forgets all pieces but keeps the memory for the next use. */
void arena_reset(struct arena *arena);

/* Gives all memory back; the arena is empty and ready again. */
void arena_free(struct arena *arena);

/* malloc, calloc and realloc that end the program when memory is out. */
void *mem_alloc(size_t len);
void *mem_zalloc(size_t len);
void *mem_realloc(void *old, size_t len);
char *mem_strdup(const char *text);

/*
 * Makes room for `need' items of `size' bytes in a growing array: returns the
 * (moved) array and raises *capacity.  Free with free().
 */
void *mem_grow(void *array, size_t *capacity, size_t need, size_t size);

#endif
