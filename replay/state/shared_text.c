/* SPDX-License-Identifier: Apache-2.0 */
/* Counted, immutable texts; see text.h. */
#include "replay/state/shared_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

struct text_block {
	uint32_t references;
	char data[];
};

const struct text text_empty = { "", 0 };

static struct text_block *block_of(const struct text *text)
{
	if (!text->data || text->data == text_empty.data)
		return NULL;
	return (struct text_block *)(uintptr_t)(text->data -
						offsetof(struct text_block,
							 data));
}

void text_release(struct text *text)
{
	struct text_block *block = block_of(text);

	if (block && --block->references == 0)
		free(block);
	*text = text_empty;
}

void text_set(struct text *text, const void *data, size_t len)
{
	struct text_block *block;

	if (!len) {
		text_release(text);
		return;
	}
	block = mem_alloc(sizeof(*block) + len + 1);
	block->references = 1;
	memcpy(block->data, data, len);
	block->data[len] = '\0';
	text_release(text);
	*text = (struct text){ block->data, (uint32_t)len };
}

void text_share(struct text *text, const struct text *from)
{
	struct text_block *block = block_of(from);
	struct text copy = *from;

	if (block)
		block->references++;
	text_release(text);
	*text = block ? copy : text_empty;
}

void text_set_like(struct text *text, const void *data, size_t len,
		   const struct text *like)
{
	if (like->len == len && (!len || !memcmp(like->data, data, len)))
		text_share(text, like);
	else
		text_set(text, data, len);
}

void text_list_set(struct text_list *list, const void *data, size_t len,
		   const struct text_list *like)
{
	const char *bytes = data;

	if (len && bytes[len - 1] == '\0')
		len--;
	else if (!len) {
		text_release(&list->bytes);
		list->count = 0;
		return;
	}
	text_set_like(&list->bytes, bytes, len,
		      like ? &like->bytes : &text_empty);
	list->count = 1;
	for (size_t i = 0; i < len; i++)
		list->count += bytes[i] == '\0';
}

void text_list_share(struct text_list *list, const struct text_list *from)
{
	text_share(&list->bytes, &from->bytes);
	list->count = from->count;
}

struct text text_list_get(const struct text_list *list, uint32_t i)
{
	const char *at = list->bytes.data;

	if (i >= list->count)
		return (struct text){ NULL, 0 };
	while (i--)
		at += strlen(at) + 1;
	return (struct text){ at, (uint32_t)strlen(at) };
}
