/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of all frames at the end of a capture, in zstd's seekable format:
 * compressed and decompressed length of each frame (0 for skippable frames).
 */
#ifndef SPOOR_CORE_FILE_SEEK_TABLE_H
#define SPOOR_CORE_FILE_SEEK_TABLE_H

#include "core/bytes.h"

enum { SEEK_TABLE_MAGIC = 0x184D2A5E };

/* Appends an entry to the entries of a table. */
void seek_table_add(struct buffer *entries, uint32_t packed_len, uint32_t len);

/* Appends the whole skippable frame with these entries. */
void seek_table_put(struct buffer *out, const struct buffer *entries);

#endif
