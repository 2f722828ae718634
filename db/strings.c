/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts by id.  The table can grow without limit, memory must not: ids are
 * cached in two generations, and when the younger is full the older is
 * dropped.  A text that comes again after that gets a second id, which does
 * not affect joins.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "db/load.h"

/* clang-format off */
enum { SLOTS_MIN = 4096, TEXTS_MAX = 1 << 17, BYTES_MAX = 16 << 20 };
/* clang-format on */

struct slot {
	uint64_t hash; /* 0: free */
	const char *data;
	uint32_t len;
	int64_t id;
};

struct generation {
	struct slot *slots; /* NULL: none yet */
	size_t capacity;    /* a power of two, at least twice the count */
	size_t count, bytes;
	struct arena arena;
};

struct strings {
	struct generation young, old;
	/* random, so that attackers cannot choose colliding texts */
	uint64_t seed;
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product =
		(unsigned __int128)a * (b | 1);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_text(const struct strings *s, struct bytes text)
{
	uint64_t hash = s->seed ^ text.len;
	const uint8_t *at = text.data;
	size_t left = text.len;
	uint64_t tail = 0;

	for (; left >= 8; at += 8, left -= 8)
		hash = mix(hash ^ load_u64(at), 0x9e3779b97f4a7c15u);
	memcpy(&tail, at, left);
	hash = mix(hash ^ tail, 0xd6e8feb86659fd93u ^ s->seed);
	return hash ? hash : 1;
}

/* The slot of a text, or the free one where it belongs. */
static struct slot *find(const struct generation *g, uint64_t hash,
			 struct bytes text)
{
	size_t i = hash & (g->capacity - 1);

	for (;; i = (i + 1) & (g->capacity - 1)) {
		struct slot *slot = &g->slots[i];

		if (!slot->hash)
			return slot;
		if (slot->hash == hash && slot->len == text.len &&
		    !memcmp(slot->data, text.data, text.len))
			return slot;
	}
}

static void grow(struct generation *g)
{
	struct slot *old = g->slots;
	size_t count = g->capacity;

	g->capacity = count ? count * 2 : SLOTS_MIN;
	g->slots = mem_zalloc(g->capacity * sizeof(*g->slots));
	for (size_t i = 0; i < count; i++)
		if (old[i].hash)
			*find(g, old[i].hash,
			      (struct bytes){ (const uint8_t *)old[i].data,
					      old[i].len }) = old[i];
	free(old);
}

static void forget(struct generation *g)
{
	free(g->slots);
	arena_free(&g->arena);
	*g = (struct generation){ 0 };
}

static void remember(struct strings *s, uint64_t hash, struct bytes text,
		     int64_t id)
{
	struct generation *g = &s->young;

	if (g->count >= TEXTS_MAX || g->bytes >= BYTES_MAX) {
		forget(&s->old);
		s->old = s->young;
		*g = (struct generation){ 0 };
	}
	if (2 * (g->count + 1) > g->capacity)
		grow(g);
	*find(g, hash, text) = (struct slot){
		.hash = hash,
		.data = arena_copy(&g->arena, text.data, text.len),
		.len = (uint32_t)text.len,
		.id = id,
	};
	g->count++;
	g->bytes += text.len;
}

/* Caches the texts that the database already has, within the limit. */
static void recall(struct load *l, struct strings *s)
{
	static const char sql[] = "SELECT string_id, text FROM strings "
				  "ORDER BY string_id DESC LIMIT ?";
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(l->db, sql, -1, &q, NULL))
		return;
	sqlite3_bind_int(q, 1, TEXTS_MAX - 1);
	while (sqlite3_step(q) == SQLITE_ROW && s->young.bytes < BYTES_MAX) {
		struct bytes text = { sqlite3_column_text(q, 1),
				      (size_t)sqlite3_column_bytes(q, 1) };
		uint64_t hash = hash_text(s, text);

		if (!s->young.capacity || !find(&s->young, hash, text)->hash)
			remember(s, hash, text, sqlite3_column_int64(q, 0));
	}
	sqlite3_finalize(q);
}

struct strings *strings_new(struct load *l)
{
	struct strings *s = mem_zalloc(sizeof(*s));

	if (getrandom(&s->seed, sizeof(s->seed), GRND_NONBLOCK) < 0)
		s->seed = (uintptr_t)s;
	recall(l, s);
	return s;
}

void strings_free(struct strings *s)
{
	if (!s)
		return;
	forget(&s->young);
	forget(&s->old);
	free(s);
}

int64_t strings_id(struct load *l, struct bytes text)
{
	struct strings *s = l->strings;
	uint64_t hash = hash_text(s, text);
	struct string_record record = { .text = text };
	struct slot *slot;

	if (s->young.capacity) {
		slot = find(&s->young, hash, text);
		if (slot->hash)
			return slot->id;
	}
	slot = s->old.capacity ? find(&s->old, hash, text) : NULL;
	if (slot && slot->hash) {
		int64_t id = slot->id;

		remember(s, hash, text, id);
		return id;
	}
	record.string_id = load_next_id(l, TABLE_STRINGS);
	rows_put_object(l, TABLE_STRINGS, &record);
	remember(s, hash, text, record.string_id);
	return record.string_id;
}
