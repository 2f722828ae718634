/* SPDX-License-Identifier: Apache-2.0 */
/* Where a process has code: /proc/PID/maps. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_MAPS_H
#define SPOOR_CAPTURE_INJECT_INJECT_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A mapping of a process. */
struct mapping {
	uint64_t from, to;
	uint64_t file_at;	/* where `from' is in the file */
	uint64_t device, inode; /* inode 0: no file's */
	bool is_private_code;	/* and nobody can write there */
};

/*
 * The first mapping with code that ends behind `at'; false: there is none.
 * maps: of remote_maps, here and below.
 */
bool mapping_find(int maps, uint64_t at, struct mapping *ret_mapping);

/* The path of the file that is mapped at `at'; false: there is none, or none
 * that fits. */
bool mapping_path(int maps, uint64_t at, char *ret_path, size_t room);

/* Is there a mapping with that in its name? */
bool mapping_is_named(int maps, const char *name);

#endif
