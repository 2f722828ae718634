/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/captures.h"

#include <stdlib.h>

#include "cmd/cmd.h"
#include "core/file/folder.h"

int captures_take(struct captures *c, const char *command, char *const *words,
		  int count)
{
	struct folder_list list = { 0 };
	struct error err;

	for (int i = 0; i < count; i++) {
		if (folder_captures(&list, words[i], &c->names, &err))
			return cmd_usage_error(command, "%s", err.text);
		for (unsigned f = 0; f < list.count; f++)
			word_list_add(&c->files, list.paths[f]);
	}
	if (!c->files.count)
		return cmd_usage_error(command, "no capture is named");
	series_sort(c->files.items, c->files.count);
	return EXIT_OK;
}

struct reader_options captures_after(const struct word_list *files, unsigned i)
{
	return (struct reader_options){ .next = files->items + i + 1,
					.next_count = files->count - i - 1 };
}

void captures_free(struct captures *c)
{
	free(c->files.items);
	arena_free(&c->names);
}
