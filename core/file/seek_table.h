/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of all frames that ends a capture, in zstd's seekable format: of
 * each its length, compressed and not; a skippable frame has no data.
 */
#ifndef SPOOR_CORE_FILE_SEEK_TABLE_H
#define SPOOR_CORE_FILE_SEEK_TABLE_H

#include "core/bytes.h"

enum { SEEK_TABLE_MAGIC = 0x184D2A5E };

/* Adds an entry to a row of them. */
void seek_table_add(struct buffer *entries, uint32_t packed_len, uint32_t len);

/* Appends the whole skippable frame. */
void seek_table_put(struct buffer *out, const struct buffer *entries);

#endif
