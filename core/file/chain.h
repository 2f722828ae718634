/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frames of a capture as a chain: which stands at a place, whether it is
 * intact, and whether it is the one that comes next by what the file says of
 * itself (head, marks, end, seek table).  What is not right becomes gaps of
 * the evidence.
 */
#ifndef SPOOR_CORE_FILE_CHAIN_H
#define SPOOR_CORE_FILE_CHAIN_H

#include "core/file/evidence.h"
#include "core/file/records.h"

enum piece_kind {
	PIECE_SIDE, /* a skippable frame */
	PIECE_DATA, /* a data frame */
	PIECE_CUT,  /* it goes on behind the bytes that are there */
	PIECE_BAD   /* no intact frame begins here */
};

struct piece {
	enum piece_kind kind;
	size_t len;	 /* of it; of PIECE_CUT: what is needed, 0 not known */
	const char *why; /* of PIECE_BAD */
};

/* Frames that were passed over and may stand further behind. */
struct chain_hole {
	uint64_t first, last; /* their numbers */
	size_t gap;	      /* the gap that tells of them */
};

enum { CHAIN_HOLES = 64 };

struct chain {
	struct evidence *evidence; /* borrowed */
	const char *path;	   /* borrowed */
	struct series series;	   /* of the head, or else of a mark */
	bool has_head, has_end, has_table;
	bool is_marked; /* data frames have marks */
	uint64_t base;	/* where in the file it begins */
	bool is_middle; /* it is not known yet which frame comes next */
	struct frame_mark mark;
	bool has_mark;	/* it is of the data frame that comes next */
	bool is_synced; /* it was of the data frame taken last */
	uint64_t mark_at;
	uint64_t number, num; /* expected next: frame, first event */
	bool is_num_known;
	uint64_t frames;   /* data frames taken */
	unsigned restarts; /* captures that ended, and others stand behind */
	struct file_end end;
	uint32_t table_crc;
	bool is_table_known; /* all frames so far are in table_crc */
	struct chain_hole holes[CHAIN_HOLES];
	unsigned hole_count;
	struct gap gap; /* being made */
	bool in_gap;
};

void chain_begin(struct chain *chain, struct evidence *evidence,
		 const char *path);

/*
 * It begins in the middle of a file, at that offset; the first mark says with
 * which data frame.  Offsets given to the chain are those behind it.
 */
void chain_begin_middle(struct chain *chain, uint64_t base);

/* What stands at a place, of which the file has len bytes (or more later). */
struct piece chain_look(const struct chain *chain, const uint8_t *at,
			size_t len);

/* Is it surely one of ours, so that reading can go on there after damage? */
bool chain_is_sure(const struct chain *chain, const uint8_t *at, size_t len);

/* Takes a skippable frame that stands at the offset of the file. */
void chain_side(struct chain *chain, struct bytes frame, uint64_t offset);

/* Bytes that are passed over. */
void chain_damage(struct chain *chain, uint64_t offset, uint64_t len,
		  const char *why);

/*
 * Takes an intact data frame: may its events be given?  Not those of another
 * file, or that were there before.
 */
bool chain_data(struct chain *chain, uint64_t offset, size_t len);

/*
 * The number of the first event of the data frame that was taken last; 0: no
 * mark told.
 */
uint64_t chain_first_num(const struct chain *chain);

/* The file ends here. */
struct chain_stop {
	uint64_t offset, left; /* bytes of a frame that is not whole */
	bool is_live;	       /* somebody is still writing it */
	bool is_by_blocks;     /* each data frame began with a block */
};
void chain_stop(struct chain *chain, const struct chain_stop *stop);

/* Reading ends here, though the file may not: a gap before it is told. */
void chain_flush(struct chain *chain);

/* Do its data frames hold whole blocks, as ours do? */
bool chain_is_blocks(struct bytes content);

#endif
