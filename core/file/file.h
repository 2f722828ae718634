/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The capture file: the only folder that knows the bytes on disk.  A reader is
 * an event_source over any dialect that sysdig, Falco or spoor ever wrote
 * (plain, gzip or zstd, several sections, standard input); a writer is an
 * event_sink for the current dialect in zstd seekable frames.
 * Formats: doc/capture-format.md.
 */
#ifndef SPOOR_CORE_FILE_FILE_H
#define SPOOR_CORE_FILE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/event/event.h"
#include "core/file/evidence.h"
#include "core/file/series.h"

/* What a reader saw; for `spoor info', progress and the gaps of an answer. */
struct file_stats {
	uint64_t files;	    /* read: 1, and those that follow in a series */
	uint64_t file_len;  /* bytes on disk; 0 for a pipe */
	uint64_t file_read; /* of them, consumed so far */
	uint64_t scap_len;  /* decompressed bytes so far */
	uint64_t sections;
	uint64_t event_blocks; /* event blocks read */
	uint64_t numbered;     /* evt.num of the last event delivered */
	uint64_t events;       /* delivered, not for the state only: shown */
	uint64_t skipped;      /* events of codes newer than our table */
	uint64_t unpaired; /* exits whose stored enter was of another type */
};

struct reader_options {
	bool raw;   /* deliver events as they stand, without the upgrade */
	bool alone; /* it is no matter where the files of its series are */
	/*
	 * Reads a file still being written: asked at its end, every 50 ms or
	 * so, whether to wait for more.  NULL: the file ends where it ends.
	 */
	bool (*more)(void *user);
	void *user;
	/*
	 * Files that come after this one.  As far as they are of its series
	 * (series.h), they are read as one capture, and those missing between
	 * them are told; file_stats.files says how many were read.
	 */
	const char *const *next;
	unsigned next_count;
};

struct reader;

/* What went before a point in the middle of a capture. */
struct resume_point {
	uint64_t events;      /* evt.num of the last event before it */
	uint64_t first_ts_ns; /* of the capture */
	uint64_t previous_ts_ns;
};

/*
 * Opens a capture ("-" is standard input).  options may be NULL.  The first
 * items are the metadata of its first section.  Errors name file and offset.
 */
int reader_open(struct reader **ret_reader, const char *path,
		const struct reader_options *options, struct error *err);

/* The same over bytes in memory (borrowed until close); for tests, fuzzing. */
int reader_open_memory(struct reader **ret_reader, const void *data, size_t len,
		       const struct reader_options *options, struct error *err);

/* Some frames of a capture, and the state before them (parts.h makes it). */
struct reader_slice {
	const char *path;      /* for errors */
	struct bytes keyframe; /* its frame; len 0: none */
	struct bytes data;
	uint64_t offset; /* of the data in the file */
	bool is_middle;	 /* it does not begin a file */
	bool in_facts;	 /* and no event that is shown went before it */
	uint64_t events; /* before it */
};

/* The bytes are borrowed until close; data is of a mapped file. */
int reader_open_slice(struct reader **ret_reader,
		      const struct reader_slice *slice, struct error *err);

/*
 * Numbers of events are those in the file, and so many more: of a slice, or
 * (go_on) of a further file of a series, of whose recording that many events
 * came before it.  Before the first item.
 */
void reader_set_before(struct reader *reader, uint64_t events);
void reader_go_on(struct reader *reader, uint64_t events);

/*
 * Is the next event the first of a frame?  Then *ret_offset is where that
 * frame is in the file.  Only for zstd files, and only for events that need
 * no upgrade: the upgrade has a memory that keyframes do not hold.
 */
bool reader_at_frame(const struct reader *reader, uint64_t *ret_offset);

/* The source, owned by the reader. */
struct event_source *reader_source(struct reader *reader);

const struct file_stats *reader_stats(const struct reader *reader);

/*
 * What is known to be missing: all of it when the source has ended.  Reading
 * goes on behind damage wherever it can, so damage is told here; next() fails
 * only where nothing more can be read.
 */
const struct evidence *reader_evidence(const struct reader *reader);

/* Accepts NULL. */
void reader_close(struct reader *reader);

/* Dialects to write. */
enum writer_compat {
	WRITER_CURRENT,	   /* what today's sysdig, Falco and Stratoshark read */
	WRITER_SYSDIG_0_29 /* leaves out what Debian's sysdig 0.29 refuses */
};

/* What a dialect's reader makes of an event. */
enum writer_fate {
	WRITER_SHOWN,
	WRITER_LEFT_OUT, /* of the file: the reader would refuse it */
	WRITER_HIDDEN,	 /* it is in the file, but the reader prints nothing */
	WRITER_UNNAMED,	 /* printed as an unknown call */
	WRITER_FATES
};

enum writer_fate writer_fate(enum writer_compat compat,
			     const struct event *event);

struct writer_options {
	enum writer_compat compat;
	bool force;	      /* replace an existing file */
	bool whole;	      /* it appears when it is finished (newfile.h) */
	int level;	      /* zstd level; 0: the default, 3 */
	uint32_t frame_len;   /* decompressed bytes per frame; 0: 1 MiB */
	uint32_t flush_ms;    /* a frame is closed this often; 0: 1000 */
	bool plain;	      /* no compression: a bare .scap */
	int fd;		      /* an open file to write to, closed with the
				 writer; 0: path is created */
	struct series series; /* id 0: the file stands alone */
	/* Sentences: what the capture leaves out.  Borrowed until close. */
	const char *const *left_out;
	unsigned left_out_count;
	struct syncer *syncer; /* of a recording, syncer.h; or NULL */
};

struct writer;

/*
 * Creates path, as core/newfile.h tells (refuses an existing one without
 * options->force, errno EEXIST).  Frames are complete zstd frames holding whole blocks, flushed by
 * size and time, so a crash loses at most the last flush_ms.
 */
int writer_open(struct writer **ret_writer, const char *path,
		const struct writer_options *options, struct error *err);

/*
 * The sink, owned by the writer.  put() of META items before META_EVENTS;
 * idle() closes the current frame if flush_ms has passed since it began.
 */
struct event_sink *writer_sink(struct writer *writer);

/*
 * Ends the frame and writes a keyframe: image is made of the items of the
 * state (keyframe_pack).  Captures without compression have none: nothing is
 * done.
 */
int writer_keyframe(struct writer *writer, const struct resume_point *at,
		    const struct buffer *image, struct error *err);

struct frame_subject; /* core/file/frames.h */

/*
 * Notes whom the event that is put next is about, hidden ones too: with that,
 * the file gets an index of its frames.  To be called for all or none.
 */
void writer_note(struct writer *writer, const struct event *event,
		 const struct frame_subject *subject);

/* Names the engine in the health record; borrowed until close. */
void writer_set_engine(struct writer *writer, const char *engine);

/*
 * Says what was recorded (origin.h): before any item is put.  Captures without
 * compression have no place for it: nothing is done.
 */
int writer_set_origin(struct writer *writer, const char *json,
		      struct error *err);

struct syncer;

/* From now on a thread puts what is written on the disk: see syncer.h. */
void writer_sync(struct writer *writer, struct syncer *syncer);

/* What a file says at its end, beside what the writer knows of it. */
struct writer_end {
	uint64_t drops;	  /* events the recorder lost; GAP_UNKNOWN */
	uint64_t facts;	  /* events of the state that began the file */
	bool is_followed; /* another file of the recording comes */
	const struct evidence *gaps; /* of what it is a copy of, or NULL */
};

/* To be called before finish; gaps are borrowed until then. */
void writer_set_end(struct writer *writer, const struct writer_end *end);

/* Events put so far, but those that --compat has no place for. */
uint64_t writer_events(const struct writer *writer);

/* Bytes and events on disk so far. */
uint64_t writer_len(const struct writer *writer);
uint64_t writer_events_on_disk(const struct writer *writer);

/* Is it a pipe or device, written to as it is? */
bool writer_is_stream(const struct writer *writer);

/* The name that a file gets when it is finished; for options->whole. */
void writer_rename(struct writer *writer, const char *path);

/* Accepts NULL. */
void writer_close(struct writer *writer);

/* The same, and takes the file back. */
void writer_discard(struct writer *writer);

/*
 * Adds frames without data to a finished capture: they go before its seek
 * table, which is made anew.  The events stay as they are.
 */
int capture_append(const char *path, const struct buffer *frames,
		   const uint32_t *lens, unsigned count, struct error *err);

#endif
