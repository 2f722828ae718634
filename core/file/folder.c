/* SPDX-License-Identifier: Apache-2.0 */
/* Names of captures in a folder; see folder.h. */
#include "core/file/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int is_capture_name(const struct dirent *entry)
{
	static const char *const ends[] = { ".scap", ".scap.zst", ".scap.gz" };
	size_t len = strlen(entry->d_name);

	/* Rotated files have a number at the end. */
	while (len && strchr("0123456789", entry->d_name[len - 1]))
		len--;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && !strncmp(entry->d_name + len - n, ends[i], n))
			return 1;
	}
	return 0;
}

int folder_captures(struct folder_list *ret_list, const char *path,
		    struct arena *arena, struct error *err)
{
	struct dirent **entries;
	struct stat st;
	int n;

	if (stat(path, &st) || !S_ISDIR(st.st_mode)) {
		ret_list->paths = arena_alloc(arena, sizeof(char *));
		ret_list->paths[0] = arena_strdup(arena, path);
		ret_list->count = 1;
		return 0;
	}
	n = scandir(path, &entries, is_capture_name, alphasort);
	if (n < 0)
		return error_errno(err, "%s: cannot be read", path);
	ret_list->paths = arena_alloc(arena, (size_t)(n + 1) * sizeof(char *));
	ret_list->count = (unsigned)n;
	for (int i = 0; i < n; i++) {
		ret_list->paths[i] =
			arena_printf(arena, "%s/%s", path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	if (!n)
		return error_set(err, ENOENT,
				 "%s: no captures (*.scap*) in this folder",
				 path);
	return 0;
}
