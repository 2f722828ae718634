/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of captures where they lie, pulled one by one: what the virtual
 * table stands on.  With a frame index, only the frames are read that can
 * hold what is wanted; state, where it is needed, starts at the keyframe
 * before them.
 */
#ifndef SPOOR_DB_SCAN_H
#define SPOOR_DB_SCAN_H

#include "core/file/frames.h"
#include "db/vtab.h"
#include "replay/rules/rules.h"

/* What an answer needs; events besides may come, too. */
struct scan_want {
	uint64_t from_ns, to_ns;   /* both included */
	uint64_t from_id, to_id;   /* event_id; both included */
	uint64_t from_num, to_num; /* evt.num; both included */
	bool by_code, by_num, by_pid, by_container;
	uint8_t codes[FRAME_CODES_LEN];
	const int64_t *nums; /* evt.num, ascending */
	unsigned num_count;
	const int64_t *pids;
	unsigned pid_count;
	const char *const *containers;
	unsigned container_count;
	bool needs_state;      /* fields beyond FIELD_STATELESS are read */
	struct filter *filter; /* borrowed; or NULL */
	bool partial;	       /* damage is no error */
};

/*
 * Captures of a path are counted from 1, all files of a rotated recording as
 * one; event_id is (capture << 40) + evt.num.
 */
enum { SCAN_NUM_BITS = 40 };

/* Everything: no limit set. */
struct scan_want scan_everything(void);

struct scan;

/*
 * path: a capture or a folder of them; several with line breaks between.  want
 * and options are borrowed.
 */
int scan_open(struct scan **ret_scan, const char *path,
	      const struct scan_want *want, const struct vtab_options *options,
	      struct error *err);

/*
 * The next event: 1, 0 at the end, -1 (code EINTR: options->stop said so).  The context is valid until the next
 * call; without needs_state, only stateless fields may be read.
 */
int scan_next(struct scan *scan, const struct field_context **ret_context,
	      struct error *err);

/* Which capture of the path the event is of, and the path of its file. */
unsigned scan_capture(const struct scan *scan, const char **ret_path);

/* The path of the first file of capture 1, 2 ... */
const char *scan_path(const struct scan *scan, unsigned capture);

/* Accepts NULL. */
void scan_close(struct scan *scan);

#endif
