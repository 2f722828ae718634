/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts owned by the state: counted references to immutable bytes, so that a
 * new process shares its parent's name, arguments and working directory.
 */
#ifndef SPOOR_REPLAY_STATE_SHARED_TEXT_H
#define SPOOR_REPLAY_STATE_SHARED_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

/* Text owned by the state: NUL-terminated at [len], never NULL. */
struct text {
	const char *data;
	uint32_t len;
};

/* A NUL-separated list owned by the state. */
struct text_list {
	struct text bytes;
	uint32_t count;
};

/* The empty text; needs no release. */
extern const struct text text_empty;

/* Sets *text to a copy of the bytes, and releases the previous text. */
void text_set(struct text *text, const void *data, size_t len);

/*
 * Like text_set, but shares *like if the bytes are the same; like may be NULL.
 */
void text_set_like(struct text *text, const void *data, size_t len,
		   const struct text *like);

/* Makes *text another reference to *from. */
void text_share(struct text *text, const struct text *from);

/* Releases the text; *text is empty then. */
void text_release(struct text *text);

/*
 * Sets a list from NUL-separated bytes: one trailing NUL is dropped, empty
 * members in the middle are kept; no bytes are an empty list.
 */
void text_list_set(struct text_list *list, const void *data, size_t len,
		   const struct text_list *like);

/* Makes *list another reference to *from. */
void text_list_share(struct text_list *list, const struct text_list *from);

/* Member i; beyond the end, an empty text with data NULL. */
struct text text_list_get(const struct text_list *list, uint32_t i);

#endif
