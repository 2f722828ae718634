/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory by lifetime: what an arena allocates is freed all at once.  One arena
 * lives as long as the run (rules, tables); a scratch arena is reset after
 * each event.  When memory runs out, this module ends the program; no other
 * module checks for it.
 */
#ifndef SPOOR_CORE_ARENA_H
#define SPOOR_CORE_ARENA_H

#include <stddef.h>

struct arena_block;

/* A zero-initialised arena is empty and ready for use. */
struct arena {
	struct arena_block *first;
	struct arena_block *current;
	char *next;
	char *end;
	size_t block_len; /* least length of a new block; 0: 64 KiB */
};

/* Returns len zeroed bytes, aligned for any type; valid until reset/free. */
void *arena_alloc(struct arena *arena, size_t len);

/* Like arena_alloc, but neither zeroed nor aligned: for text and bytes. */
char *arena_bytes(struct arena *arena, size_t len);

/* Copies len bytes and appends a NUL; valid until reset/free. */
char *arena_copy(struct arena *arena, const void *data, size_t len);

/* Copies a NUL-terminated string; valid until reset/free. */
char *arena_strdup(struct arena *arena, const char *text);

/* Formats a string (printf style) into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Invalidates all allocations, but keeps the blocks for reuse. */
void arena_reset(struct arena *arena);

/* Frees all blocks; the arena is empty and ready again. */
void arena_free(struct arena *arena);

/* malloc that ends the program when memory runs out; release with free(). */
void *mem_alloc(size_t len);

/* Like mem_alloc, but zeroed. */
void *mem_zalloc(size_t len);

/* realloc that ends the program when memory runs out. */
void *mem_realloc(void *old, size_t len);

/* strdup that ends the program when memory runs out. */
char *mem_strdup(const char *text);

/*
 * Grows an array to hold at least `need' items of `size' bytes: returns the
 * array, which may have moved, and raises *capacity.  Release with free().
 */
void *mem_grow(void *array, size_t *capacity, size_t need, size_t size);

#endif
