/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture in parts: with keyframes, each part can be read on its own, by
 * several threads at once.  Without, there is one part: all of it.  Parts are
 * made of data frames, of which the frame index tells what they hold.
 */
#ifndef SPOOR_CORE_FILE_PARTS_H
#define SPOOR_CORE_FILE_PARTS_H

#include "core/file/file.h"
#include "core/file/frames.h"

struct parts;

/* A data frame. */
struct frame {
	uint64_t offset, len; /* in the file, compressed */
	uint64_t mark_at;     /* of its mark; no mark: as offset */
	unsigned part;
	bool begins_part;
	const struct frame_summary *summary; /* NULL: not in the index */
};

/*
 * Only for files; "-" and pipes have one part, to be read with reader_open.  So has a
 * file whose frames are not all there and in order: what is missing is known
 * when it is read from end to end.
 */
int parts_open(struct parts **ret_parts, const char *path, struct error *err);

/* At least 1. */
unsigned parts_count(const struct parts *parts);

/*
 * Opens parts first to last (included), which follow each other.  The first
 * items are the state before them, unless first is 0.  *ret_point: what went
 * before; all zero for the beginning.  The parts must outlive the reader.
 */
int parts_reader(struct reader **ret_reader, const struct parts *parts,
		 unsigned first, unsigned last, struct resume_point *ret_point,
		 struct error *err);

/*
 * All data frames, in order; none if the file is not in zstd frames, or not
 * all of them are there and in order.
 */
const struct frame *parts_frames(const struct parts *parts, size_t *ret_count);

/* Some frames that follow each other. */
struct frame_run {
	size_t first, last;
	/*
	 * Gives the items of the state before them first: then the run must
	 * begin a part.  Else it must begin a part or with a frame that has
	 * a summary.
	 */
	bool with_state;
};

/* Opens a run, as parts_reader. */
int parts_run_reader(struct reader **ret_reader, const struct parts *parts,
		     const struct frame_run *run,
		     struct resume_point *ret_point, struct error *err);

/* The text of the health record (JSON) at the end; len 0: none. */
struct bytes parts_health(const struct parts *parts);

/* How it ended; NULL: it does not say. */
struct file_end;
const struct file_end *parts_end(const struct parts *parts);

/* Events of the state that begins it (of a rotated one); GAP_UNKNOWN. */
uint64_t parts_facts(const struct parts *parts);

/* All other events, as its end says; GAP_UNKNOWN. */
uint64_t parts_own_events(const struct parts *parts);

/*
 * What is known to be missing from the files of one capture, without reading
 * their data; to is theirs when it is read in parts.
 */
void parts_judge(struct evidence *to, struct parts *const *files,
		 unsigned count);

/* The same of one file, whatever series it is of. */
void parts_tell(const struct parts *parts, struct evidence *to);

/* Its place in a series. */
const struct series *parts_series(const struct parts *parts);

/* Bytes of the file, and of them those that had to be read to open it. */
uint64_t parts_file_len(const struct parts *parts);
uint64_t parts_opened_len(const struct parts *parts);

/* Bytes of the keyframe that begins a part. */
uint64_t parts_keyframe_len(const struct parts *parts, unsigned part);

/* Keyframes in the file. */
unsigned parts_keyframes(const struct parts *parts);

/* Accepts NULL. */
void parts_close(struct parts *parts);

#endif
