/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash map from a 64-bit key to a pointer (open addressing, linear probing,
 * backward-shift deletion).  For state tables: tid -> thread, fd -> entry.
 */
#ifndef SPOOR_CORE_MAP_H
#define SPOOR_CORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot {
	uint64_t key;
	void *value; /* NULL: the slot is free */
};

/* A zero-initialised map is empty and ready for use. */
struct map {
	struct map_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
};

/* Returns the value of key, or NULL. */
void *map_get(const struct map *map, uint64_t key);

/*
 * Sets key to value (not NULL), which stays the caller's; returns the value
 * that key had before, or NULL.
 */
void *map_put(struct map *map, uint64_t key, void *value);

/* Removes key; returns its value, or NULL. */
void *map_remove(struct map *map, uint64_t key);

/*
 * Iterates over all entries: start with *at = 0; returns NULL at the end.  The
 * map must not change during the iteration.
 */
struct map_slot *map_next(const struct map *map, size_t *at);

/* Frees the slots; the caller frees the values. */
void map_free(struct map *map);

/* A 64-bit hash of bytes (FNV-1a, folded), for keys made from text. */
uint64_t hash_bytes(const void *data, size_t len);

/* The same of bytes that come in parts: begin, more of each part, end. */
uint64_t hash_begin(void);
uint64_t hash_more(uint64_t hash, const void *data, size_t len);
uint64_t hash_end(uint64_t hash);

#endif
