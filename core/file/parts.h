/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture in parts: each keyframe begins a part that can be read on its own,
 * by several threads at once.  A capture without keyframes is one part.  Parts
 * consist of data frames, whose content the frame index describes.
 */
#ifndef SPOOR_CORE_FILE_PARTS_H
#define SPOOR_CORE_FILE_PARTS_H

#include "core/file/file.h"
#include "core/file/frames.h"

struct parts;

/* A data frame. */
struct frame {
	uint64_t offset, len; /* in the file, compressed bytes */
	/* offset of its mark, or of the frame if it has none */
	uint64_t mark_at;
	unsigned part;
	bool begins_part;
	const struct frame_summary *summary; /* NULL: not in the index */
};

/*
 * Opens a file.  "-" and pipes have one part, to be read with reader_open; so
 * has a file with missing or misplaced frames, because what is missing is
 * known only after reading it from end to end.  0 or -1.
 */
int parts_open(struct parts **ret_parts, const char *path, struct error *err);

/* Number of parts, at least 1. */
unsigned parts_count(const struct parts *parts);

/* Consecutive parts, first to last (inclusive), counted from 0. */
struct part_run {
	unsigned first, last;
};

/*
 * Opens consecutive parts as one reader.  Its first items are the state before
 * them, unless they begin with part 0.  *ret_point: what precedes them; all
 * zero at the beginning.  The parts must outlive the reader.
 */
int parts_reader(struct reader **ret_reader, const struct parts *parts,
		 const struct part_run *run, struct resume_point *ret_point,
		 struct error *err);

/*
 * All data frames, in order; none if the file is not in zstd frames, or frames
 * are missing or misplaced.
 */
const struct frame *parts_frames(const struct parts *parts, size_t *ret_count);

/* Consecutive frames. */
struct frame_run {
	size_t first, last;
	/*
	 * Deliver the state before the frames first: then the run must begin a
	 * part.  Otherwise it must begin a part, or begin with a frame that
	 * has a summary.
	 */
	bool with_state;
};

/* Opens consecutive frames, like parts_reader. */
int parts_run_reader(struct reader **ret_reader, const struct parts *parts,
		     const struct frame_run *run,
		     struct resume_point *ret_point, struct error *err);

/* The JSON of the end record; len 0: there is none. */
struct bytes parts_health(const struct parts *parts);

/* The decoded end record; NULL: there is none. */
struct file_end;
const struct file_end *parts_end(const struct parts *parts);

/* Number of events in the start state of a rotated file, or GAP_UNKNOWN. */
uint64_t parts_facts(const struct parts *parts);

/* Number of all other events, or GAP_UNKNOWN. */
uint64_t parts_own_events(const struct parts *parts);

/*
 * Adds what is known to be missing from the files of a series, without reading
 * their data.
 */
void parts_report_series(struct evidence *to, struct parts *const *files,
			 unsigned count);

/* Like parts_report_series, for one file regardless of its series. */
void parts_report(const struct parts *parts, struct evidence *to);

/* The file's place in its series. */
const struct series *parts_series(const struct parts *parts);

/* Size of the file in bytes. */
uint64_t parts_file_len(const struct parts *parts);

/* Bytes of the file that were read to open it. */
uint64_t parts_opened_len(const struct parts *parts);

/* Size in bytes of the keyframe that begins a part. */
uint64_t parts_keyframe_len(const struct parts *parts, unsigned part);

/* Number of keyframes in the file. */
unsigned parts_keyframes(const struct parts *parts);

/* Accepts NULL. */
void parts_close(struct parts *parts);

#endif
