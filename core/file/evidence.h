/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of the evidence: what is known to be missing from a capture, and
 * whether all of it could be read.  Made by the reader, carried into databases
 * and into converted captures, and put into words here and nowhere else.
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
	GAP_DAMAGED,	/* bytes that cannot be read, or are not in order */
	GAP_TRUNCATED,	/* the file ends in the middle */
	GAP_MISSING,	/* a file of a rotated recording is not here */
	GAP_UNFINISHED, /* nothing says that the recording was ended */
	GAP_ROTATED,	/* older files were removed by the recorder (-W) */
	GAP_DROPS,	/* events that the recorder lost */
	GAP_FILTERED,	/* left out on purpose: while recording, by convert */
	GAP_COMPAT,	/* left out for an old reader (--compat) */
	GAP_SKIPPED,	/* events of types newer than this program */
	GAP_UNPAIRED,	/* ends of calls whose beginning is missing */
	GAP_CUT,	/* texts of which a capture holds the beginning alone */
	GAP_UNRESOLVED, /* relative paths whose directory is not known */
	GAP_KINDS
};

enum { GAP_DETAIL_LEN = 512 };

/* Members that are not known. */
#define GAP_UNKNOWN UINT64_MAX

struct gap {
	enum gap_kind kind;
	const char *path;	   /* the file; NULL: the evidence's own */
	uint64_t offset, bytes;	   /* in it, passed over; GAP_UNKNOWN */
	uint64_t events;	   /* missing; GAP_UNKNOWN */
	uint64_t after_num;	   /* the last event before it; GAP_UNKNOWN */
	uint64_t start_ns, end_ns; /* events around it; GAP_UNKNOWN */
	bool is_carried; /* told by the capture: of what it was made from */
	bool is_placed;	 /* start and number are known, or never will be */
	char detail[GAP_DETAIL_LEN];
};

/* Zero-initialised is whole. */
struct evidence {
	struct gap *gaps;
	size_t count, capacity;
	uint64_t untold;    /* gaps beyond the most that are kept one by one */
	bool is_damaged;    /* a gap is damage: exit code 1 */
	bool is_lost_known; /* the recorder says how many events it lost */
	const char *path;   /* borrowed: of gaps that name no file; or NULL */
	struct arena names;
	/* What lets the reader notice changed bytes: zstd, gzip, none. */
	const char *checksums;
};

/* A gap of which nothing but the kind is known yet. */
struct gap gap_of(enum gap_kind kind);

/* Its detail is an error's text, without the file's name before it. */
void gap_set_reason(struct gap *gap, const char *path, const struct error *why);

/* "damaged", "truncated" ...; false: there is no such kind. */
const char *gap_name(enum gap_kind kind);
bool gap_find(const char *name, enum gap_kind *ret_kind);

/* Is it damage, so that commands exit with 1? */
bool gap_is_damage(enum gap_kind kind);

/*
 * Adds a gap; its path is copied.  Returns it, valid until the next call, for
 * what becomes known later; NULL: there are too many, it is only counted.
 */
struct gap *evidence_add(struct evidence *evidence, const struct gap *gap);

/* Adds what was left out on purpose: sentences, or events for --compat. */
void evidence_add_left_out(struct evidence *evidence,
			   const char *const *sentences, unsigned count);
void evidence_add_compat(struct evidence *evidence, uint64_t events);

/* Adds those of another that are not there yet. */
void evidence_join(struct evidence *to, const struct evidence *from);

/*
 * One word: "whole", "unfinished", "incomplete" (files of the recording are
 * missing) or "damaged".  Drops and filters leave a capture whole.
 */
const char *evidence_status(const struct evidence *evidence);

/* Events that the recorder lost; GAP_UNKNOWN. */
uint64_t evidence_lost(const struct evidence *evidence);

/*
 * All gaps in one line without a line break, the first ones in full; nothing
 * if there are none.
 */
void evidence_text(struct buffer *out, const struct evidence *evidence);

void evidence_free(struct evidence *evidence);

#endif
