/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame index: for each data frame of a capture its position, its events
 * and what they are about, so that a query reads only the frames it needs.
 * Made while writing, stored in skippable frames, read by parts.h.  Format:
 * doc/capture-format.md.
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
	uint64_t offset;    /* in the file */
	uint64_t first_num; /* evt.num of its first event */
	uint32_t events;    /* in the frame, hidden ones too */
	uint32_t visible;   /* events that are not hidden */
	/* least and greatest time of visible events */
	uint64_t first_ns, last_ns;
	bool began;	    /* a visible event came before this frame */
	bool any_pid;	    /* too many processes: pids is incomplete */
	bool any_container; /* too many containers to list */
	uint8_t codes[FRAME_CODES_LEN]; /* a bit per event code */
	uint32_t pid_count, container_count;
	const int64_t *pids;	       /* ascending */
	const char *const *containers; /* as container.id prints them */
};

/* Whom an event is about. */
struct frame_subject {
	bool is_hidden;		  /* a hidden event: only counted */
	bool has_pid;		  /* false: its process is unknown */
	int64_t pid;		  /* as proc.pid */
	const char *container_id; /* as container.id; NULL unknown */
	bool is_as_before;	  /* same subject as the last visible event */
};

/* Summaries under construction. */
struct frame_index;

/* An empty index; free with frame_index_free. */
struct frame_index *frame_index_new(void);

/* Adds an event to the current frame's summary. */
void frame_index_note(struct frame_index *index, const struct event *event,
		      const struct frame_subject *subject);

/* Completes the current frame, which is at this offset in the file. */
void frame_index_end_frame(struct frame_index *index, uint64_t offset);

/* Discards the current frame's summary, except the event number. */
void frame_index_drop_frame(struct frame_index *index);

/*
 * Appends a skippable frame with the summaries of all frames completed since
 * the last call; nothing if there are none.
 */
void frame_index_write(struct frame_index *index, struct buffer *out);

/* Accepts NULL. */
void frame_index_free(struct frame_index *index);

/* Summaries read from a capture, in an arena.  Zero-initialised is empty. */
struct frame_summaries {
	struct frame_summary *items;
	size_t count, capacity;
};

/*
 * Adds the summaries of one skippable frame (with its header).  false: not an
 * index of spoor, or damaged; summaries before the damage are added.
 */
bool frame_index_read(struct bytes frame, struct frame_summaries *to,
		      struct arena *arena);

#endif
