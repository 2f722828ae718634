/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was recorded (a command, processes or a container), by which engine and
 * with which options: JSON in a skippable frame near the start of each file.
 */
#ifndef SPOOR_CORE_FILE_ORIGIN_H
#define SPOOR_CORE_FILE_ORIGIN_H

#include <stdbool.h>

#include "core/bytes.h"

/* Appends the skippable frame with this text. */
void origin_write(struct buffer *out, const char *json);

/*
 * Appends the origin of a capture, and a NUL.  false: the capture has none (it
 * is uncompressed, of another tool, or of an old version) or cannot be read.
 */
bool origin_read(const char *path, struct buffer *ret_json);

#endif
