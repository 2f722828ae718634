/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The output of a recording: one capture or a series, each file with the state
 * at its start, with keyframes and an index.
 */
#ifndef SPOOR_FLOW_OUTPUT_H
#define SPOOR_FLOW_OUTPUT_H

#include "core/file/file.h"
#include "flow/dialect.h"

/* When the next file begins (0: never), and how many are kept (0: all). */
struct rotation {
	uint64_t len;	  /* bytes on disk, -C */
	uint64_t seconds; /* elapsed, or for a copy by event times, -G */
	uint64_t events;  /* -e */
	uint64_t files;	  /* -W */
};

struct output_options {
	/*
	 * The name; rotated files have a number after it, from 0.  With -G it
	 * may contain a time format (strftime(3)) instead.
	 */
	const char *path;
	struct writer_options writer;
	struct rotation rotation;
	/*
	 * Names a file that accompanies each file and is removed with it; or
	 * NULL.
	 */
	void (*beside)(const char *path, char *ret_name, size_t len);
	/*
	 * Returns how many events the recorder has lost since the start;
	 * called whenever a file ends.  NULL: unknown, or the gaps of a copy
	 * say it (output_carry).
	 */
	uint64_t (*lost)(void *user);
	/*
	 * Called when a file other than the first has begun (output_path); or
	 * NULL.
	 */
	void (*next_file)(void *user);
	void *user;
	/* names contain the time of events instead of the current time */
	bool is_copy;
	bool is_compressed; /* -z: compress standard output */
};

struct output;

/*
 * Opens the first file.  Existing files are refused without writer.force.  0
 * or -1.
 */
int output_open(struct output **ret_output,
		const struct output_options *options, struct error *err);

/* The path of the current file. */
const char *output_path(const struct output *output);

/*
 * Sets the origin of each file, as JSON (core/file/origin.h): borrowed; before
 * the first item.  0 or -1.
 */
int output_set_origin(struct output *output, const char *json,
		      struct error *err);

/* Sets the engine's name in the end record: borrowed. */
void output_set_engine(struct output *output, const char *engine);

/*
 * The sink, owned by the output.  It takes the start state, then META_EVENTS,
 * then events; before any event the current file may end and the next one
 * begin.  idle() writes what is buffered; finish() ends the last file.
 */
struct event_sink *output_sink(struct output *output);

/* For a recording: flushes to disk at least every every_s seconds. */
void output_sync(struct output *output, unsigned every_s);

/*
 * For a copy: the end record of the last file lists the gaps of its source
 * (borrowed).
 */
void output_carry(struct output *output, const struct evidence *evidence);

/*
 * Counts of what the reader of an old dialect does not show; NULL: current
 * dialect.
 */
const struct dialect *output_dialect(const struct output *output);

/* Removes the file: nothing was recorded, or the file would be incomplete. */
void output_discard(struct output *output);

/* Bytes of all files, the events in them that are shown, and their number. */
uint64_t output_len(const struct output *output);

/* Events in all files. */
uint64_t output_events(const struct output *output);

/* Number of files. */
uint64_t output_files(const struct output *output);

/* Is the output a pipe or device? */
bool output_is_stream(const struct output *output);

/* Accepts NULL. */
void output_close(struct output *output);

#endif
