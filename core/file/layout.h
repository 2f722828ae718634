/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The blocks of a capture (scap-format.md sections 1 to 9): block types, and
 * decoding of events and metadata.
 */
#ifndef SPOOR_CORE_FILE_LAYOUT_H
#define SPOOR_CORE_FILE_LAYOUT_H

#include "core/bytes.h"
#include "core/error.h"
#include "core/event/event.h"

enum block_type {
	BLOCK_SECTION = 0x0A0D0D0A,
	BLOCK_MACHINE = 0x201,
	BLOCK_PROCESSES = 0x202, /* V1; each version has its own type */
	BLOCK_FDS = 0x203,
	BLOCK_EVENT = 0x204,
	BLOCK_INTERFACES = 0x205,
	BLOCK_USERS = 0x206,
	BLOCK_PROCESSES_V2 = 0x207,
	BLOCK_EVENT_FLAGS = 0x208,
	BLOCK_PROCESSES_V3 = 0x209,
	BLOCK_PROCESSES_V4 = 0x210,
	BLOCK_PROCESSES_V9 = 0x215,
	BLOCK_EVENT_V2 = 0x216,
	BLOCK_EVENT_FLAGS_V2 = 0x217,
	BLOCK_FDS_V2 = 0x218,
	BLOCK_INTERFACES_V2 = 0x219,
	BLOCK_USERS_V2 = 0x220,
	BLOCK_EVENT_V2_LARGE = 0x221,
	BLOCK_EVENT_FLAGS_V2_LARGE = 0x222
};

/* Block type of spoor, in uncompressed captures: see records.h. */
static const uint32_t block_state = 0x80535052;

enum {
	SECTION_MAGIC = 0x1A2B3C4D,
	MACHINE_LEN = 180,
	BLOCK_OVERHEAD = 12, /* type, length, trailing length */
	BLOCK_MAX = 64 * 1024 * 1024
};

/* Maps pre-release block types (0x8000ABCD ...) to the official ones. */
uint32_t block_type_of_old(uint32_t type);

/* The official type of a block. */
static inline uint32_t block_type_of(uint32_t type)
{
	return type & 0x80000000 ? block_type_of_old(type) : type;
}

/* How a block type stores its event. */
struct event_form {
	uint8_t start;	    /* offset of the event; 0: not an event block */
	uint8_t header_len; /* length of the event's header */
	uint8_t flags;	    /* bits of the block's flags that count; 0: none */
	bool is_v1;
};

enum { EVENT_FORMS = 0x20 };
extern const struct event_form event_forms[EVENT_FORMS]; /* from BLOCK_EVENT */

/* The form of an event block; NULL: not an event block. */
static inline const struct event_form *event_form_of(uint32_t type)
{
	uint32_t i = type - BLOCK_EVENT;

	return i < EVENT_FORMS && event_forms[i].start ? &event_forms[i] : NULL;
}

/*
 * Decodes the event in a block.  1: an event, whose parameters are views into
 * body; 0: an event code newer than our table; -1: damaged.  Numbers that old
 * captures of spoor left empty are filled in: needed is
 * numbers_needed(EMPTY_UPGRADED).
 */
int event_block_read(const struct event_form *form, struct bytes body,
		     const uint32_t *needed, struct event *ret_event,
		     struct error *err);

/* State of decoding a metadata block, entry by entry. */
struct meta_block {
	uint32_t type;
	unsigned version; /* version of a process list: 1 to 9 */
	struct cursor at;
	int64_t tid; /* descriptor lists: the thread */
	struct meta meta;
};

/* Begins to decode a block.  false: not a metadata block.  body is borrowed. */
bool meta_block_begin(struct meta_block *block, uint32_t type,
		      struct bytes body);

/* Decodes the next entry into block->meta.  1, 0 at the end, -1 if damaged. */
int meta_block_next(struct meta_block *block, struct error *err);

#endif
