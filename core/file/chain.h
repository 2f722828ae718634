/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frames of a capture as a chain: what frame is at a position, whether it
 * is intact, and whether it is the expected next one according to the file's
 * own records (head, marks, end record, seek table).  Every defect becomes a
 * gap of the evidence.
 */
#ifndef SPOOR_CORE_FILE_CHAIN_H
#define SPOOR_CORE_FILE_CHAIN_H

#include "core/file/evidence.h"
#include "core/file/records.h"

enum piece_kind {
	PIECE_SIDE, /* a skippable frame */
	PIECE_DATA, /* a data frame */
	PIECE_CUT,  /* a frame that continues beyond the available bytes */
	PIECE_BAD   /* no intact frame begins here */
};

struct piece {
	enum piece_kind kind;
	size_t len;	 /* bytes; PIECE_CUT: bytes needed, 0 if unknown */
	const char *why; /* PIECE_BAD: the reason */
};

/* Missing frames, which may still appear later in the file. */
struct chain_hole {
	uint64_t first, last; /* their numbers */
	size_t gap;	      /* index of the gap that reports them */
};

enum { CHAIN_HOLES = 64 };

struct chain {
	struct evidence *evidence; /* borrowed */
	const char *path;	   /* borrowed */
	struct series series;	   /* of the head, or else of a mark */
	uint64_t base;		   /* file offset of the chain's first byte */
	struct frame_mark mark;
	uint64_t mark_at;
	uint64_t number, num; /* expected next: frame number, event number */
	uint64_t frames;      /* data frames taken */
	struct file_end end;
	struct chain_hole holes[CHAIN_HOLES];
	struct gap gap; /* under construction */
	unsigned hole_count;
	unsigned restarts; /* ends of a capture that were followed by another */
	uint32_t table_crc;
	bool has_head, has_end, has_table;
	bool is_marked; /* data frames have marks */
	bool is_middle; /* the number of the next frame is not yet known */
	bool has_mark;	/* `mark' describes the next data frame */
	bool is_synced; /* the last data frame had a mark */
	bool is_num_known;
	bool is_table_known; /* table_crc covers all frames so far */
	bool in_gap;
};

/* Begins at the start of a file; evidence and path are borrowed. */
void chain_begin(struct chain *chain, struct evidence *evidence,
		 const char *path);

/*
 * Begins in the middle of a file, at offset `base'; the first mark gives the
 * number of the data frame.  Later offsets are relative to base.
 */
void chain_begin_middle(struct chain *chain, uint64_t base);

/* Examines the bytes at a position; len bytes are available (more may come). */
struct piece chain_look(const struct chain *chain, const uint8_t *at,
			size_t len);

/*
 * Is this certainly a frame of spoor, so that reading can resume here after
 * damage?
 */
bool chain_is_sure(const struct chain *chain, const uint8_t *at, size_t len);

/* Processes a skippable frame at the given file offset. */
void chain_side(struct chain *chain, struct bytes frame, uint64_t offset);

/* Records that len bytes at offset are skipped, and why. */
void chain_damage(struct chain *chain, uint64_t offset, uint64_t len,
		  const char *why);

/*
 * Processes an intact data frame: may its events be delivered?  Not those of
 * another file, or of a frame that was delivered before.
 */
bool chain_data(struct chain *chain, uint64_t offset, size_t len);

/* The number of the first event of the last data frame; 0 if it had no mark. */
uint64_t chain_first_num(const struct chain *chain);

/* How the input ended. */
struct chain_stop {
	uint64_t offset, left; /* bytes of an incomplete frame */
	bool is_live;	       /* a writer still has it open */
	bool is_by_blocks;     /* each data frame began with a block */
};

/* Processes the end of the input: reports what the file lacks. */
void chain_stop(struct chain *chain, const struct chain_stop *stop);

/* Reading stops before the end of the file: reports a pending gap. */
void chain_flush(struct chain *chain);

/* Does the frame's content begin with a block, as frames of spoor do? */
bool chain_is_blocks(struct bytes content);

#endif
