/* SPDX-License-Identifier: Apache-2.0 */
/* What spoor info knows of a capture, and prints. */
#ifndef SPOOR_CMD_INFO_H
#define SPOOR_CMD_INFO_H

#include <jansson.h>

#include "core/file/file.h"
#include "flow/counters.h"

struct info {
	const char *path; /* of the first file */
	const struct counters *counts;
	const struct evidence *evidence;
	size_t frames, keyframes; /* of all files */
	char engine[32];
	json_t *health; /* as the recorder wrote it; or NULL */
	json_t *origin; /* what was recorded, likewise */
};

/* Prints one object in a line on stdout. */
void info_print_json(const struct info *info, const struct file_stats *stats);

#endif
