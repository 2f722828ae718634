/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Iterates over events of captures in place, for the virtual table.  With a
 * frame index, only the frames that can contain matching events are read;
 * state, where it is needed, starts at the keyframe before them.
 */
#ifndef SPOOR_DB_SCAN_H
#define SPOOR_DB_SCAN_H

#include "db/vtab.h"
#include "db/wanted.h"
#include "replay/fields/fields.h"

/*
 * Captures of a path are numbered from 1, all files of a series as one
 * capture; event_id is (capture << 40) + evt.num.
 */
enum { SCAN_NUM_BITS = 40 };

struct scan;

/*
 * Opens a scan.  path: a capture or a folder of captures; several are
 * separated by line breaks.  want and options are borrowed.  0 or -1.
 */
int scan_open(struct scan **ret_scan, const char *path,
	      const struct scan_want *want, const struct vtab_options *options,
	      struct error *err);

/*
 * Returns the next event: 1, 0 at the end, -1 on error (code EINTR:
 * options->stop returned true).  The context is valid until the next call;
 * without needs_state, only stateless fields may be read.
 */
int scan_next(struct scan *scan, const struct field_context **ret_context,
	      struct error *err);

/* The number of the current event's capture, and the path of its file. */
unsigned scan_capture(const struct scan *scan, const char **ret_path);

/* The path of the first file of a capture, numbered from 1. */
const char *scan_path(const struct scan *scan, unsigned capture);

/* Accepts NULL. */
void scan_close(struct scan *scan);

#endif
