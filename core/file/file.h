/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Capture files: the only folder that knows the bytes on disk.  A reader is an
 * event_source over every dialect that sysdig, Falco or spoor ever wrote
 * (plain, gzip or zstd, several sections, standard input); a writer is an
 * event_sink for the current dialect in zstd seekable frames.  Formats:
 * doc/capture-format.md.
 */
#ifndef SPOOR_CORE_FILE_FILE_H
#define SPOOR_CORE_FILE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/event/event.h"
#include "core/file/compat.h"
#include "core/file/evidence.h"
#include "core/file/series.h"

/* What a reader has read; for `spoor info', progress, and reporting gaps. */
struct file_stats {
	uint64_t files;	    /* files read: 1, plus further ones of the series */
	uint64_t file_len;  /* bytes on disk; 0 for a pipe */
	uint64_t file_read; /* bytes of file_len consumed so far */
	uint64_t scap_len;  /* decompressed bytes so far */
	uint64_t sections;
	uint64_t event_blocks; /* event blocks read */
	uint64_t numbered;     /* evt.num of the last event delivered */
	uint64_t events;       /* delivered events that are not hidden */
	uint64_t skipped;      /* events with codes beyond our table */
	/* exit events whose stored enter event had another type */
	uint64_t unpaired;
};

struct reader_options {
	bool raw;   /* deliver events unchanged, without the upgrade */
	bool alone; /* do not report the other files of its series as missing */
	/*
	 * For a file that is still being written: called at its end, about
	 * every 50 ms; returns whether to wait for more.  NULL: do not wait.
	 */
	bool (*more)(void *user);
	void *user;
	/*
	 * Further files after this one.  Those that belong to its series
	 * (series.h) are read as one capture with it, and files missing
	 * between them are reported; file_stats.files says how many were read.
	 */
	const char *const *next;
	unsigned next_count;
};

struct reader;

/* What precedes a point in the middle of a capture. */
struct resume_point {
	uint64_t events;      /* evt.num of the last event before it */
	uint64_t first_ts_ns; /* of the capture */
	uint64_t previous_ts_ns;
};

/*
 * Opens a capture ("-" is standard input); options may be NULL.  The first
 * items are the metadata of the first section.  0 or -1; errors name file and
 * offset.  Close with reader_close.
 */
int reader_open(struct reader **ret_reader, const char *path,
		const struct reader_options *options, struct error *err);

/*
 * Like reader_open, for bytes in memory (borrowed until close): for tests and
 * fuzzing.
 */
int reader_open_memory(struct reader **ret_reader, const void *data, size_t len,
		       const struct reader_options *options, struct error *err);

/* Some frames of a capture, and the keyframe before them; made by parts.h. */
struct reader_slice {
	const char *path;      /* for errors */
	struct bytes keyframe; /* the keyframe's skippable frame; len 0: none */
	struct bytes data;
	uint64_t offset; /* file offset of data */
	bool is_middle;	 /* data is not at the start of a file */
	bool in_facts;	 /* no visible event precedes it */
	uint64_t events; /* before it */
};

/* Opens a slice.  The bytes are borrowed until close; data is mapped memory. */
int reader_open_slice(struct reader **ret_reader,
		      const struct reader_slice *slice, struct error *err);

/*
 * Adds `events' to the event numbers, as the number of events before a slice;
 * to be called before the first item is read.
 */
void reader_set_before(struct reader *reader, uint64_t events);

/*
 * Like reader_set_before, for a further file of a series: `events' is the
 * number of events of the recording before this file.
 */
void reader_go_on(struct reader *reader, uint64_t events);

/*
 * Is the next event the first one of a frame?  Then *ret_offset is the frame's
 * file offset.  Only for zstd files, and only for events that need no upgrade:
 * keyframes do not hold the stored events of the upgrade.
 */
bool reader_at_frame(const struct reader *reader, uint64_t *ret_offset);

/* The source, owned by the reader. */
struct event_source *reader_source(struct reader *reader);

/* Statistics, updated while reading; owned by the reader. */
const struct file_stats *reader_stats(const struct reader *reader);

/*
 * What is known to be missing; complete when the source has ended.  Reading
 * continues after damage wherever that is possible, and the damage is reported
 * here; next() fails only where nothing more can be read.
 */
const struct evidence *reader_evidence(const struct reader *reader);

/* Accepts NULL. */
void reader_close(struct reader *reader);

/* Dialects that can be written. */
enum writer_compat {
	WRITER_CURRENT,	   /* for current sysdig, Falco and Stratoshark */
	WRITER_SYSDIG_0_29 /* without what Debian's sysdig 0.29 refuses */
};

/* What happens to an event in a dialect. */
enum writer_fate {
	WRITER_SHOWN,
	WRITER_LEFT_OUT, /* not in the file: readers would refuse it */
	WRITER_HIDDEN,	 /* in the file, but readers do not print it */
	WRITER_UNNAMED,	 /* readers print it as an unknown call */
	WRITER_FATES
};

/* What happens to this event in a dialect; compat NULL: in the current one. */
enum writer_fate writer_fate(const struct compat *compat,
			     const struct event *event);

struct writer_options {
	enum writer_compat compat;
	bool force; /* replace an existing file */
	/* temporary name until it is complete (newfile.h) */
	bool whole;
	int level;	    /* zstd level; 0: the default, 3 */
	uint32_t frame_len; /* decompressed bytes per frame; 0: 1 MiB */
	/* longest time until a frame is written; 0: 1000 */
	uint32_t flush_ms;
	bool plain; /* no compression: a bare .scap */
	/* an open file to write to, which the writer closes; 0: create path */
	int fd;
	struct series series; /* id 0: the file stands alone */
	/* What the capture excludes.  Borrowed until close. */
	const struct left_out *left_out;
	unsigned left_out_count;
	/* flushes the file to disk (syncer.h); or NULL */
	struct syncer *syncer;
};

struct writer;

/*
 * Creates path as core/newfile.h describes (an existing file is refused with
 * EEXIST unless options->force).  Frames are complete zstd frames of whole
 * blocks, written when they reach their size or age, so that a crash loses at
 * most the last flush_ms.  0 or -1; close with writer_close.
 */
int writer_open(struct writer **ret_writer, const char *path,
		const struct writer_options *options, struct error *err);

/*
 * The sink, owned by the writer.  Metadata items must be put before
 * META_EVENTS.  idle() writes the current frame if it is older than flush_ms.
 */
struct event_sink *writer_sink(struct writer *writer);

/*
 * Ends the current frame and writes a keyframe; image: the items of the state
 * (keyframe_pack).  Does nothing for uncompressed captures.  0 or -1.
 */
int writer_keyframe(struct writer *writer, const struct resume_point *at,
		    const struct buffer *image, struct error *err);

struct frame_subject; /* core/file/frames.h */

/*
 * Tells which process the next event is about, for the frame index.  To be
 * called for every event, hidden ones too, or for none (no index is written).
 */
void writer_note(struct writer *writer, const struct event *event,
		 const struct frame_subject *subject);

/* Sets the engine's name in the end record; borrowed until close. */
void writer_set_engine(struct writer *writer, const char *engine);

/*
 * Writes the origin (origin.h): before the first item.  Does nothing for
 * uncompressed captures.  0 or -1.
 */
int writer_set_origin(struct writer *writer, const char *json,
		      struct error *err);

struct syncer;

/* From now on the syncer's thread flushes the file to disk. */
void writer_sync(struct writer *writer, struct syncer *syncer);

/* Members of the end record that the writer does not know itself. */
struct writer_end {
	uint64_t drops;	  /* events that the recorder lost, or GAP_UNKNOWN */
	uint64_t facts;	  /* events of the state that began the file */
	bool is_followed; /* another file of the recording follows */
	/* gaps of the capture it was converted from, or NULL */
	const struct evidence *gaps;
};

/* To be called before finish(); end->gaps is borrowed until then. */
void writer_set_end(struct writer *writer, const struct writer_end *end);

/* Events written so far, without those that --compat excluded. */
uint64_t writer_events(const struct writer *writer);

/* Bytes written to the file so far. */
uint64_t writer_len(const struct writer *writer);

/* Events in the frames written to the file so far. */
uint64_t writer_events_on_disk(const struct writer *writer);

/* Is the output a pipe or device? */
bool writer_is_stream(const struct writer *writer);

/* Changes the final name; only with options->whole. */
void writer_rename(struct writer *writer, const char *path);

/* Accepts NULL. */
void writer_close(struct writer *writer);

/* Closes and removes the file.  Accepts NULL. */
void writer_discard(struct writer *writer);

/*
 * Adds skippable frames to a complete capture, before its seek table, which is
 * rewritten.  The events do not change.  lens: length of each of `count'
 * frames.  0 or -1.
 */
int capture_append(const char *path, const struct buffer *frames,
		   const uint32_t *lens, unsigned count, struct error *err);

#endif
