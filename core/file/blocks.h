/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encodes items as blocks of a capture (doc/capture-format.md) into a buffer:
 * the bytes that the writer puts on disk.
 */
#ifndef SPOOR_CORE_FILE_BLOCKS_H
#define SPOOR_CORE_FILE_BLOCKS_H

#include "core/bytes.h"
#include "core/file/file.h"

struct blocks {
	/* complete blocks; callers may empty it between calls */
	struct buffer out;
	/* Entries of the metadata block under construction; type 0: none. */
	struct buffer list;
	uint32_t list_type;
	int64_t list_tid;
	struct compat *compat; /* NULL: the current dialect */
	/* parameters that readers of this dialect know */
	uint16_t nparams_max[EVENT_KIND_COUNT];
};

/* Prepares the encoder for a dialect; release with blocks_free. */
void blocks_init(struct blocks *blocks, enum writer_compat compat);

/* Appends a metadata item; entries of one kind are collected in one block. */
void blocks_put_meta(struct blocks *blocks, const struct meta *meta);

/*
 * Appends an event.  false: the dialect does not know its type; it is omitted.
 */
bool blocks_put_event(struct blocks *blocks, const struct event *event);

/* Appends the metadata block whose entries were collected. */
void blocks_end_list(struct blocks *blocks);

/* Frees all memory. */
void blocks_free(struct blocks *blocks);

#endif
