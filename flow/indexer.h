/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adds to a capture what record would have written: keyframes and the frame
 * index.  The whole file is put into a sink, which adds both when it is
 * finished.
 */
#ifndef SPOOR_FLOW_INDEXER_H
#define SPOOR_FLOW_INDEXER_H

#include "core/file/file.h"

struct indexer;

struct indexer_outcome {
	enum {
		INDEX_PENDING,	 /* the sink is not finished */
		INDEX_HAS_BOTH,	 /* before: there is nothing to do */
		INDEX_HAS_INDEX, /* and is too short for a keyframe */
		INDEX_NO_PLACE,	 /* no zstd frames, or an old dialect */
		INDEX_ADDED
	} state;
	unsigned keyframes; /* added */
	bool with_index;    /* it was added, too */
	size_t len;	    /* bytes added */
};

/*
 * every: events between two keyframes, at least 1.  The path is borrowed.  0,
 * or -1: it cannot be read.
 */
int indexer_open(struct indexer **ret_indexer, const char *path, uint64_t every,
		 struct error *err);

/*
 * All items of this reader's source go into this sink.  If nothing is missing
 * then, finish() adds to the file; what is damaged stays as it is, as an index
 * would tell of what is not there.
 */
struct reader *indexer_reader(struct indexer *indexer);
struct event_sink *indexer_sink(struct indexer *indexer);

const struct indexer_outcome *indexer_outcome(const struct indexer *indexer);

/* Accepts NULL. */
void indexer_close(struct indexer *indexer);

#endif
