/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by reader.c and reader_gaps.c; no other file includes this header. */
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
	bool in_block;	   /* block has more metadata entries */
	bool events_began; /* an event of this section was read */
	/* an event that is not of the start state was read */
	bool facts_ended;
	bool has_packets; /* pcapng packet blocks were seen */
	/* threads were read: a capture without events is valid */
	bool has_state;
	bool ended;
	struct evidence evidence;
	struct series first,
		series;	     /* of the first file, and the current one */
	struct file_end end; /* end record of the current file */
	bool has_end;
	uint64_t num; /* number of the last event in the capture */
	/* events of the capture before the current file */
	uint64_t num_before;
	uint64_t facts;	      /* events of the file's start state */
	uint64_t first_facts; /* events of the first file's start state */
	uint64_t frames, breaks, restarts; /* of the input, last seen */
	uint64_t last_ns;
	struct error first_error; /* code 0: none */
	size_t gaps_placed;	  /* gaps whose preceding event is set */
	size_t gaps_open; /* first gap whose following event is not set */
	bool is_behind_gap;
	bool is_further;      /* not the first file of the series */
	bool joins;	      /* skip the start state of the next file */
	uint64_t former_read; /* bytes of earlier files */
	size_t pending;	      /* bytes of the last delivered block */
	struct meta meta;
	bool is_slice;	     /* a slice: it may have no events */
	struct buffer image; /* image of the keyframe before a slice */
	struct cursor image_left;
};

/* The number of the last event within its file, including the start state. */
static inline uint64_t reader_file_num(const struct reader *r)
{
	return r->num - r->num_before + r->facts;
}

/* Sets the number of the last event, given within its file. */
static inline void reader_set_file_num(struct reader *r, uint64_t num)
{
	r->num = r->num_before + num - r->facts;
}

/* Updates the statistics of bytes read. */
void reader_note_read(struct reader *r);

/* Sets the preceding event of gaps reported since the last event. */
void reader_place_gaps(struct reader *r);

/* Sets the time of the following event of open gaps. */
void reader_end_gaps(struct reader *r, uint64_t ts_ns);

/* Adds file and offset to an error that ends reading; records the gap.  -1. */
int reader_fail(struct reader *r, struct error *err);

/* Reports what the current file lacks, after its last event. */
void reader_stop_file(struct reader *r);

/* Opens the next file of the series.  false: there is none. */
bool reader_join_next(struct reader *r);

/* Reports missing files of the series, after the last file. */
void reader_report_series(struct reader *r);

/* For input without events: 0 if it is a valid capture, else -1. */
int reader_check_empty(struct reader *r, struct error *err);

#endif
