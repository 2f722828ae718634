/* SPDX-License-Identifier: Apache-2.0 */
/* What reader.c and reader_gaps.c share; nobody else includes this. */
#ifndef SPOOR_CORE_FILE_READER_INSIDE_H
#define SPOOR_CORE_FILE_READER_INSIDE_H

#include "core/event/convert.h"
#include "core/file/file.h"
#include "core/file/input.h"
#include "core/file/layout.h"

struct reader {
	struct event_source source;
	struct reader_options options;
	struct file_stats stats;
	struct input *input;
	struct converter *converter;
	const uint32_t *needed; /* numbers_needed */
	char *path;
	struct meta_block block;
	bool in_block;	   /* metadata entries are left in block */
	bool events_began; /* in this section */
	bool facts_ended;  /* an event other than a container fact came */
	bool has_packets;  /* pcapng packet blocks were seen */
	bool has_state;	   /* threads were seen: there may be no events */
	bool ended;
	struct evidence evidence;
	struct series first,
		series;	     /* of the first file, and the present one */
	struct file_end end; /* of the present one */
	bool has_end;
	uint64_t num;	      /* of the last event, in the capture */
	uint64_t num_before;  /* of the capture, before the file */
	uint64_t facts;	      /* events of its start state */
	uint64_t first_facts; /* of the first file's, which counted */
	uint64_t frames, breaks, restarts; /* of the input, seen */
	uint64_t last_ns;
	struct error first_error; /* code 0: none */
	size_t gaps_placed;	  /* gaps that know what they stand behind */
	size_t gaps_open; /* the first that does not know what follows */
	bool is_behind_gap;
	bool is_further; /* not the first file */
	bool joins; /* the start of a further file is passed over: it is known */
	uint64_t former_read; /* bytes of the files before it */
	size_t pending;	      /* bytes of the block delivered last */
	struct meta meta;
	bool is_slice;	     /* it may be without events */
	struct buffer image; /* of the keyframe before a slice */
	struct cursor image_left;
};

/* The number of the last event in its file, where facts count. */
static inline uint64_t reader_file_num(const struct reader *r)
{
	return r->num - r->num_before + r->facts;
}

static inline void reader_set_file_num(struct reader *r, uint64_t num)
{
	r->num = r->num_before + num - r->facts;
}

/* Bytes of the files that were read so far. */
void reader_note_read(struct reader *r);

/* Gaps that were told since the last event stand behind it. */
void reader_place_gaps(struct reader *r);

/* The first event behind gaps: they end with it. */
void reader_end_gaps(struct reader *r, uint64_t ts_ns);

/* Adds file and offset to an error, which ends the capture: -1. */
int reader_fail(struct reader *r, struct error *err);

/* The present file was read: what it lacks is told. */
void reader_stop_file(struct reader *r);

/* Goes on with the next file of the series, if there is one. */
bool reader_join_next(struct reader *r);

/* All files were read: tells which of the series are not here. */
void reader_judge(struct reader *r);

/* No event was read: 0 if it is a capture nevertheless, else -1. */
int reader_judge_empty(struct reader *r, struct error *err);

#endif
