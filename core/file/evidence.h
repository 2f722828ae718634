/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of the evidence: what is known to be missing from a capture, and
 * whether all of it could be read.  The reader makes it; databases and
 * converted captures keep it.  No other module puts gaps into words.
 */
#ifndef SPOOR_CORE_FILE_EVIDENCE_H
#define SPOOR_CORE_FILE_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/error.h"

/* Kinds of gaps: rows of a table in evidence.c. */
enum gap_kind {
	GAP_DAMAGED,	/* bytes are unreadable, or out of order */
	GAP_TRUNCATED,	/* the file ends before its end record */
	GAP_MISSING,	/* a file of the series was not given */
	GAP_UNFINISHED, /* there is no end record */
	GAP_ALONE,	/* one file of a recording, without the others */
	GAP_ROTATED,	/* the recorder removed older files (-W) */
	GAP_DROPS,	/* the recorder lost events */
	GAP_FILTERED,	/* excluded on purpose, by record or convert */
	GAP_COMPAT,	/* excluded for an old reader (--compat) */
	GAP_SKIPPED,	/* event types that are newer than this program */
	GAP_UNPAIRED,	/* exit events without their enter event */
	GAP_CUT,	/* texts of which only the beginning was recorded */
	GAP_UNRESOLVED, /* relative paths whose directory is not known */
	GAP_KINDS
};

enum { GAP_DETAIL_LEN = 512 };

/* Value of unknown members. */
#define GAP_UNKNOWN UINT64_MAX

struct gap {
	enum gap_kind kind;
	const char *path; /* the file; NULL: evidence.path */
	/* in the file: where, how many skipped; or GAP_UNKNOWN */
	uint64_t offset, bytes;
	uint64_t events; /* missing events, or GAP_UNKNOWN */
	/* number of the last event before, or GAP_UNKNOWN */
	uint64_t after_num;
	/* times of the events around it, or GAP_UNKNOWN */
	uint64_t start_ns, end_ns;
	bool is_carried; /* inherited from the capture it was converted from */
	bool is_placed;	 /* start_ns and after_num are final */
	/*
	 * What was excluded on purpose, by names of event types with spaces
	 * between: those that were recorded, or with a minus before each those
	 * that were not.  NULL: it may be any.
	 */
	const char *calls;
	char detail[GAP_DETAIL_LEN];
};

/* What a capture excludes, as a writer is told. */
struct left_out {
	const char *sentence;
	const char *calls; /* as in struct gap */
};

/* Zero-initialised evidence is whole: no gaps. */
struct evidence {
	struct gap *gaps;
	size_t count, capacity;
	uint64_t unlisted;  /* gaps beyond the limit, which are only counted */
	bool is_damaged;    /* a gap is damage: the exit code is 1 */
	bool is_lost_known; /* the recorder reported how many events it lost */
	/* borrowed: the file of gaps without one; or NULL */
	const char *path;
	struct arena names;
	/* Checksums that detect changed bytes: "zstd", "gzip", "none". */
	const char *checksums;
};

/* A gap of this kind with all other members unknown. */
struct gap gap_of(enum gap_kind kind);

/* Sets the gap's detail to the error's text without the leading file name. */
void gap_set_reason(struct gap *gap, const char *path, const struct error *why);

/* The name of a kind: "damaged", "truncated" ... */
const char *gap_name(enum gap_kind kind);

/* The kind of a name; false: there is no such kind. */
bool gap_find(const char *name, enum gap_kind *ret_kind);

/* Is this kind damage, so that commands exit with 1? */
bool gap_is_damage(enum gap_kind kind);

/*
 * Adds a gap; its path is copied.  Returns the stored gap, valid until the
 * next call, so that the caller can complete it; NULL: too many gaps, this one
 * is only counted.
 */
struct gap *evidence_add(struct evidence *evidence, const struct gap *gap);

/* Adds a gap for each that was excluded on purpose. */
void evidence_add_left_out(struct evidence *evidence,
			   const struct left_out *left_out, unsigned count);

/* Adds the gap for events of these calls that were excluded for --compat. */
void evidence_add_compat(struct evidence *evidence, uint64_t events,
			 const char *calls);

/* Is the event type among those that are missing by a gap's calls? */
bool gap_misses(const char *calls, const char *type, size_t len);

/* Adds the gaps of `from' that `to' does not have yet. */
void evidence_join(struct evidence *to, const struct evidence *from);

/*
 * One word: "whole", "unfinished", "incomplete" (files of the recording are
 * missing) or "damaged".  Drops and filters leave a capture whole.
 */
const char *evidence_status(const struct evidence *evidence);

/* Number of events that the recorder lost, or GAP_UNKNOWN. */
uint64_t evidence_lost(const struct evidence *evidence);

/*
 * Appends all gaps as one line without a line break, the first ones in full;
 * nothing if there are no gaps.
 */
void evidence_text(struct buffer *out, const struct evidence *evidence);

/* Frees all memory; the evidence is whole again. */
void evidence_free(struct evidence *evidence);

#endif
