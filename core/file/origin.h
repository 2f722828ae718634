/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was recorded: a command, processes or a container, by which engine and
 * with which options; JSON in a skippable frame near the start of each file.
 */
#ifndef SPOOR_CORE_FILE_ORIGIN_H
#define SPOOR_CORE_FILE_ORIGIN_H

#include <stdbool.h>

#include "core/bytes.h"

/* Appends the frame with that text. */
void origin_write(struct buffer *out, const char *json);

/*
 * Appends the text that a capture has, and a NUL; false: it has none (it is
 * plain, of another tool or of an old version) or cannot be read.
 */
bool origin_read(const char *path, struct buffer *ret_json);

#endif
