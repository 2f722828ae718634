/* SPDX-License-Identifier: Apache-2.0 */
/* A folder stands for all captures in it. */
#ifndef SPOOR_CORE_FILE_FOLDER_H
#define SPOOR_CORE_FILE_FOLDER_H

#include "core/arena.h"
#include "core/error.h"

struct folder_list {
	const char **paths;
	unsigned count;
};

/*
 * The captures that path stands for: path itself, or if it is a folder, its
 * files *.scap, *.scap.zst and *.scap.gz, also with a number at the end
 * (rotated files), sorted by name.  The list is in the arena.  -1: the folder
 * cannot be read, or has no captures.
 */
int folder_captures(struct folder_list *ret_list, const char *path,
		    struct arena *arena, struct error *err);

#endif
