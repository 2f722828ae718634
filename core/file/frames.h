/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame index: for each data frame of a capture its place, its events,
 * and what they are about, so that a query reads only the frames it needs.
 * Made beside the events by who knows their processes, stored in skippable
 * frames, read by parts.h.  Format: doc/capture-format.md.
 */
#ifndef SPOOR_CORE_FILE_FRAMES_H
#define SPOOR_CORE_FILE_FRAMES_H

#include "core/arena.h"
#include "core/event/event.h"

enum {
	INDEX_MAGIC = 0x184D2A55, /* of the skippable frame */
	FRAME_CODES_LEN = (EVENT_KIND_COUNT + 7) / 8
};

/* What is known of one data frame. */
struct frame_summary {
	uint64_t offset;	    /* in the file */
	uint64_t first_num;	    /* evt.num of its first event */
	uint32_t events;	    /* in it, hidden ones too */
	uint32_t visible;	    /* of them, not hidden */
	uint64_t first_ns, last_ns; /* least and greatest time of those */
	bool began;		    /* a visible event came before this frame */
	bool any_pid;	    /* too many to list: pids is not all of them */
	bool any_container; /* the same of containers */
	uint8_t codes[FRAME_CODES_LEN]; /* a bit per event code */
	uint32_t pid_count, container_count;
	const int64_t *pids;	       /* ascending */
	const char *const *containers; /* as container.id prints them */
};

/* Whom an event is about. */
struct frame_subject {
	bool is_hidden;		  /* not shown: only counted */
	bool has_pid;		  /* else its process is unknown */
	int64_t pid;		  /* as proc.pid */
	const char *container_id; /* as container.id; NULL unknown */
	bool is_as_before;	  /* as the last one that was not hidden */
};

/* Summaries being made. */
struct frame_index;

struct frame_index *frame_index_new(void);

/* Notes the next event of the frame that is being filled. */
void frame_index_note(struct frame_index *index, const struct event *event,
		      const struct frame_subject *subject);

/* The frame is complete and is at this place in the file. */
void frame_index_end_frame(struct frame_index *index, uint64_t offset);

/* Forgets what was noted of the frame being filled, but for its number. */
void frame_index_drop_frame(struct frame_index *index);

/*
 * Appends the skippable frame with the summaries of the frames that ended
 * since the last call; nothing if there were none.
 */
void frame_index_write(struct frame_index *index, struct buffer *out);

/* Accepts NULL. */
void frame_index_free(struct frame_index *index);

/* Summaries that were read, in an arena; zero-initialised is empty. */
struct frame_summaries {
	struct frame_summary *items;
	size_t count, capacity;
};

/*
 * Adds those of one skippable frame (with its head).  false: not an index of
 * ours, or damaged; what came before the damage is added.
 */
bool frame_index_read(struct bytes frame, struct frame_summaries *to,
		      struct arena *arena);

#endif
