/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pieces of raw records (raw.h): the recorder adds them in a buffer, the
 * encoder finds them.
 */
#ifndef SPOOR_CAPTURE_RECORD_PIECES_H
#define SPOOR_CAPTURE_RECORD_PIECES_H

#include "capture/record/raw.h"
#include "core/bytes.h"

/* Starts a record in the buffer, which is emptied first. */
void record_begin(struct buffer *to, const struct raw_record *header);

/* Adds a piece with a copy of the data.  flags: enum piece_flag. */
void record_add(struct buffer *to, enum piece_kind kind, unsigned arg,
		unsigned flags, struct bytes data);

/*
 * Sets the length in the record's header.  The record; valid until the buffer
 * changes.
 */
struct raw_record *record_end(struct buffer *to);

/*
 * The bytes of the first piece of a kind, views of the record; none if there
 * is no such piece.  arg counts for PIECE_MEMORY only.
 */
struct bytes piece_bytes(const struct raw_record *record, enum piece_kind kind,
			 unsigned arg);

/*
 * The bytes of the nth piece (from 0) of memory of one argument; data is NULL
 * behind the last one.
 */
struct bytes nth_piece_bytes(const struct raw_record *record, unsigned arg,
			     unsigned n);

#endif
