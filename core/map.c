/* SPDX-License-Identifier: Apache-2.0 */
/* Open-addressing hash map; see map.h. */
#include "core/map.h"

#include <stdlib.h>

#include "core/arena.h"

/* Fibonacci hashing: sequential pids and fds spread well. */
static size_t home(const struct map *map, uint64_t key)
{
	return (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) &
	       (map->capacity - 1);
}

static struct map_slot *find(const struct map *map, uint64_t key)
{
	size_t i = home(map, key);

	/* A free slot ends the search, whatever key it still has. */
	while (map->slots[i].key != key && map->slots[i].value)
		i = (i + 1) & (map->capacity - 1);
	return &map->slots[i];
}

void *map_get(const struct map *map, uint64_t key)
{
	return map->count ? find(map, key)->value : NULL;
}

static void grow(struct map *map)
{
	struct map old = *map;
	size_t at = 0;
	struct map_slot *slot;

	map->capacity = old.capacity ? old.capacity * 2 : 16;
	map->slots = mem_zalloc(map->capacity * sizeof(*map->slots));
	while ((slot = map_next(&old, &at)))
		*find(map, slot->key) = *slot;
	free(old.slots);
}

void *map_put(struct map *map, uint64_t key, void *value)
{
	struct map_slot *slot;
	void *old;

	if ((map->count + 1) * 4 > map->capacity * 3)
		grow(map);
	slot = find(map, key);
	old = slot->value;
	if (!old)
		map->count++;
	*slot = (struct map_slot){ key, value };
	return old;
}

/* Closes the hole at i by moving back later members of its probe run. */
static void close_hole(struct map *map, size_t i)
{
	size_t mask = map->capacity - 1;
	size_t j = i;

	for (;;) {
		size_t want;

		j = (j + 1) & mask;
		if (!map->slots[j].value)
			break;
		want = home(map, map->slots[j].key);
		if (((j - want) & mask) < ((j - i) & mask))
			continue;
		map->slots[i] = map->slots[j];
		i = j;
	}
	map->slots[i] = (struct map_slot){ 0 };
}

void *map_remove(struct map *map, uint64_t key)
{
	struct map_slot *slot;
	void *old;

	if (!map->count)
		return NULL;
	slot = find(map, key);
	old = slot->value;
	if (!old)
		return NULL;
	map->count--;
	close_hole(map, (size_t)(slot - map->slots));
	return old;
}

struct map_slot *map_next(const struct map *map, size_t *at)
{
	while (*at < map->capacity) {
		struct map_slot *slot = &map->slots[(*at)++];

		if (slot->value)
			return slot;
	}
	return NULL;
}

void map_free(struct map *map)
{
	free(map->slots);
	*map = (struct map){ 0 };
}

uint64_t hash_begin(void)
{
	return 0xcbf29ce484222325u;
}

uint64_t hash_more(uint64_t hash, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len--)
		hash = (hash ^ *p++) * 0x100000001b3u;
	return hash;
}

uint64_t hash_end(uint64_t hash)
{
	return hash ^ (hash >> 32);
}

uint64_t hash_bytes(const void *data, size_t len)
{
	return hash_end(hash_more(hash_begin(), data, len));
}
