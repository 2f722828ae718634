/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items as blocks of a capture (doc/capture-format.md), one after the other in
 * a buffer: what the writer puts on disk.
 */
#ifndef SPOOR_CORE_FILE_BLOCKS_H
#define SPOOR_CORE_FILE_BLOCKS_H

#include "core/bytes.h"
#include "core/file/file.h"

struct blocks {
	struct buffer out; /* whole blocks; may be emptied between two calls */
	/* Entries of the metadata block being made; type 0: none. */
	struct buffer list;
	uint32_t list_type;
	int64_t list_tid;
	enum writer_compat compat;
	uint16_t nparams_max[EVENT_KIND_COUNT]; /* that readers know */
};

void blocks_init(struct blocks *blocks, enum writer_compat compat);

void blocks_put_meta(struct blocks *blocks, const struct meta *meta);

/* False: readers do not know this kind of event, and it is left out. */
bool blocks_put_event(struct blocks *blocks, const struct event *event);

/* Puts the metadata block whose entries were gathered. */
void blocks_end_list(struct blocks *blocks);

void blocks_free(struct blocks *blocks);

#endif
