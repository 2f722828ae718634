/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/captures.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/cmd.h"

static int is_capture_name(const struct dirent *entry)
{
	static const char *const ends[] = { ".scap", ".scap.zst", ".scap.gz" };
	size_t len = strlen(entry->d_name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && !strcmp(entry->d_name + len - n, ends[i]))
			return 1;
	}
	return 0;
}

static int take_folder(struct captures *c, const char *command,
		       const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, is_capture_name, alphasort);

	for (int i = 0; i < n; i++) {
		word_list_add(&c->files, arena_printf(&c->names, "%s/%s", path,
						      entries[i]->d_name));
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	if (n <= 0)
		return cmd_usage_error(
			command, "%s: no captures (*.scap*) in this folder",
			path);
	return EXIT_OK;
}

int captures_take(struct captures *c, const char *command, char *const *words,
		  int count)
{
	int result = EXIT_OK;

	for (int i = 0; i < count && result == EXIT_OK; i++) {
		struct stat st;

		if (!stat(words[i], &st) && S_ISDIR(st.st_mode))
			result = take_folder(c, command, words[i]);
		else
			word_list_add(&c->files, words[i]);
	}
	if (result == EXIT_OK && !c->files.count)
		return cmd_usage_error(command, "no capture is named");
	return result;
}

void captures_free(struct captures *c)
{
	free(c->files.items);
	arena_free(&c->names);
}
