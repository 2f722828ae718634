/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The members of metadata: one table for the entries of scap blocks (threads;
 * doc/scap-format.md section 5) and for keyframes (doc/capture-format.md).
 */
#ifndef SPOOR_CORE_FILE_MEMBERS_H
#define SPOOR_CORE_FILE_MEMBERS_H

#include "core/bytes.h"
#include "core/event/meta.h"

/* LIST: a text with NUL bytes; IP: 16 bytes; FLAG: a bool, stored as a byte. */
enum member_kind { END, U8, U16, U32, U64, FLAG, IP, TEXT, LIST };

/* Places in a thread's scap entry: 1 to THREAD_PLACES. */
enum { THREAD_PLACES = 38 };

struct member {
	uint8_t kind;  /* enum member_kind */
	uint8_t place; /* in a thread's scap entry; 0: it has none there */
	uint8_t since; /* version of the process list that brought it */
	uint16_t at;   /* offset in struct meta */
};

/* The members of a kind in the order of keyframes; ends with END. */
const struct member *members_of(enum meta_kind kind);

/* The members of a thread in scap entries, ordered by their places. */
void members_by_place(const struct member *ret_rows[THREAD_PLACES]);

static inline bool member_is_text(const struct member *row)
{
	return row->kind == TEXT || row->kind == LIST;
}

/* Bytes that a number takes, in memory and stored; 0 of a text. */
unsigned member_len(const struct member *row);

/* A text of meta (a view), or sets it. */
struct bytes member_text(const struct meta *meta, const struct member *row);
void member_set_text(struct meta *meta, const struct member *row,
		     struct bytes text);

/* Appends a number of meta, or sets it from member_len() bytes. */
void member_put(struct buffer *to, const struct meta *meta,
		const struct member *row);
void member_set(struct meta *meta, const struct member *row,
		const uint8_t *from);

#endif
