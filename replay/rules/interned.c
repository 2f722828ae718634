/* SPDX-License-Identifier: Apache-2.0 */
/* Objects of a program by key, so that equal parts are made only once. */
#include <string.h>

#include "replay/rules/program.h"

struct interned {
	struct interned *next; /* next with the same hash */
	struct bytes key;
	void *object;
};

void *program_find(struct program *program, const struct buffer *key)
{
	const struct interned *entry =
		map_get(&program->interned, hash_bytes(key->data, key->len));

	for (; entry; entry = entry->next)
		if (entry->key.len == key->len &&
		    !memcmp(entry->key.data, key->data, key->len))
			return entry->object;
	return NULL;
}

void program_keep(struct program *program, const struct buffer *key,
		  void *object)
{
	uint64_t hash = hash_bytes(key->data, key->len);
	struct interned *entry = arena_alloc(&program->arena, sizeof(*entry));

	entry->key.data =
		(uint8_t *)arena_copy(&program->arena, key->data, key->len);
	entry->key.len = key->len;
	entry->object = object;
	entry->next = map_get(&program->interned, hash);
	map_put(&program->interned, hash, entry);
}
