/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a recording goes: one capture, or a series of them, each with the
 * state at its start; with keyframes and an index.
 */
#ifndef SPOOR_FLOW_OUTPUT_H
#define SPOOR_FLOW_OUTPUT_H

#include "core/file/file.h"
#include "flow/dialect.h"

/* When the next file begins, and how many are kept; 0: never, all. */
struct rotation {
	uint64_t len;	  /* bytes on disk, -C */
	uint64_t seconds; /* elapsed; of a copy: by its events' times, -G */
	uint64_t events;  /* -e */
	uint64_t files;	  /* -W */
};

struct output_options {
	/*
	 * The name; rotated files have a number behind it, from 0.  With -G it
	 * may have a time format (strftime(3)) instead.
	 */
	const char *path;
	struct writer_options writer;
	struct rotation rotation;
	/* Names a file that lies beside each, and goes with it; or NULL. */
	void (*beside)(const char *path, char *ret_name, size_t len);
	/*
	 * Of a recording: how many events it lost since the start, asked
	 * whenever a file ends.  NULL: nobody knows, or the gaps of a copy
	 * say it (output_carry).
	 */
	uint64_t (*lost)(void *user);
	/* Another file than the first has begun (output_path); or NULL. */
	void (*next_file)(void *user);
	void *user;
	bool is_copy;	    /* names have the time of events, not ours */
	bool is_compressed; /* -z: standard output, too */
};

struct output;

/* Files that are there are refused without writer.force. */
int output_open(struct output **ret_output,
		const struct output_options *options, struct error *err);

/* The file being written. */
const char *output_path(const struct output *output);

/*
 * What was recorded, as JSON, for each file (core/file/origin.h): borrowed;
 * before any item is put.
 */
int output_set_origin(struct output *output, const char *json,
		      struct error *err);

/* The engine's name for the health record: borrowed. */
void output_set_engine(struct output *output, const char *engine);

/*
 * The sink, owned by the output: the start state, then META_EVENTS, then
 * events, before any of which the file may end and the next one begin.
 * idle() puts on disk what there is; finish() ends the last file.
 */
struct event_sink *output_sink(struct output *output);

/* Of a recording: what is written is on the disk at least so often. */
void output_sync(struct output *output, unsigned every_s);

/* Of a copy: what its source lacks is said by the last file (borrowed). */
void output_carry(struct output *output, const struct evidence *evidence);

/* What the reader of an old dialect does not show; NULL: it shows all. */
const struct dialect *output_dialect(const struct output *output);

/* Takes the file back: nothing was recorded, or it would not be whole. */
void output_discard(struct output *output);

/* Bytes of all files, the events in them that are shown, and their number. */
uint64_t output_len(const struct output *output);
uint64_t output_events(const struct output *output);
uint64_t output_files(const struct output *output);

/* Does it go to a pipe or device? */
bool output_is_stream(const struct output *output);

/* Accepts NULL. */
void output_close(struct output *output);

#endif
