/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The raw record: what every engine delivers, and what lies in the rings
 * shared with traced processes.  A record is a header and pieces of memory.
 * Engines do not know the capture dialect; the encoder turns records into
 * events.  Records from a ring are hostile input: raw_next_piece checks.
 *
 * Freestanding: included by code that runs inside traced processes.
 */
#ifndef SPOOR_CAPTURE_RECORD_RAW_H
#define SPOOR_CAPTURE_RECORD_RAW_H

#include <stdint.h>

enum raw_kind {
	RAW_SYSCALL = 1, /* a finished call; or one that never returns */
	RAW_THREAD,	 /* first sign of a new thread: args[0] clone flags,
			    args[1] tid of the creator; pieces: its PROC */
	RAW_EXIT,	 /* a thread ended: ret is its wait(2) status;
			    args[0] the tid that adopts its children, or 0 */
	RAW_SIGNAL,	 /* delivered: nr the signal, args[0] sender's pid */
	RAW_NOTE,	 /* piece TEXT: something the reader must know */
	RAW_LOST,	 /* args[0] records were dropped before this one */
	RAW_FACTS	 /* no event of its own: its pieces tell of the start */
};

enum raw_abi { RAW_X86_64, RAW_I386, RAW_X32 };

enum raw_flag {
	RAW_NO_RETURN = 1,   /* exit, exit_group: ret has no meaning */
	RAW_INTERRUPTED = 2, /* ret is ERESTART*: the kernel calls it again */
	RAW_CUT = 4,	     /* pieces left out: no room */
	RAW_SLOW_PATH = 8,   /* recorded by a stop, not by the stub */
	RAW_CREATES = 16,    /* open: at entry there was no such file */
	RAW_HAS_USERS = 32,  /* a piece USERS is among the others */
	RAW_HAS_PASSED = 64, /* and PASSED */
	RAW_LOOKUP = 128     /* data may be of a lookup: snap length or more */
};

struct raw_record {
	uint32_t len; /* bytes, pieces included; a multiple of 8 */
	uint8_t kind; /* enum raw_kind */
	uint8_t abi;  /* enum raw_abi: what nr means */
	uint16_t piece_count;
	int32_t nr;
	uint16_t cpu;
	uint16_t flags; /* enum raw_flag */
	int32_t pid;	/* both in the pid namespace of the recorder */
	int32_t tid;
	uint64_t enter_ns; /* since the epoch */
	uint64_t exit_ns;
	uint64_t args[6];
	int64_t ret;  /* negative: -errno */
	uint64_t seq; /* of this thread, from 1; 0 not counted */
};

_Static_assert(sizeof(struct raw_record) == 104, "shared layout");

enum piece_kind {
	PIECE_MEMORY = 1, /* what argument `arg' points to */
	PIECE_STAT,	  /* struct raw_stat of the fd in ret, or in arg */
	PIECE_SOCKET,	  /* struct raw_socket of that fd */
	PIECE_PROC,	  /* struct raw_proc and its texts, see proc.h */
	PIECE_TEXT,	  /* for RAW_NOTE; the path behind a descriptor */
	PIECE_WORDS,	  /* 32-bit numbers: what, the row's fact says */
	PIECE_USERS,	  /* of a container, see users.h */
	PIECE_PASSED	  /* struct raw_passed of a descriptor that came with
			     a message; its STAT and SOCKET are the next */
};

enum piece_flag {
	PIECE_UNREADABLE = 1, /* the memory could not be read: len 0 */
	PIECE_SHORT = 2	      /* cut at the snap length or a limit */
};

struct raw_piece {
	uint8_t kind; /* enum piece_kind */
	uint8_t arg;  /* 0..5 */
	uint16_t flags;
	uint32_t len; /* of the data that follows, padded to 8 */
};

_Static_assert(sizeof(struct raw_piece) == 8, "shared layout");

/* Facts about a file just opened, or a pipe or socket. */
struct raw_stat {
	uint64_t ino;
	uint32_t dev; /* as the kernel encodes it: stat(2) st_dev, 32 bits */
	uint32_t mode;
	uint64_t size;
	uint8_t overlay; /* enum layer of proc/layer.h */
	uint8_t pad[7];
};

_Static_assert(sizeof(struct raw_stat) == 32, "shared layout");

/* Facts about a socket: its ends follow, as sockaddr bytes, the local first. */
struct raw_socket {
	uint8_t local_len; /* at most RAW_END_MAX; 0: unknown */
	uint8_t peer_len;
};

_Static_assert(sizeof(struct raw_socket) == 2, "shared layout");

enum { RAW_END_MAX = 112 };

/* A descriptor that came with a message: what /proc calls it follows. */
struct raw_passed {
	int32_t fd;
	uint32_t protocol; /* of a socket: SO_PROTOCOL */
};

_Static_assert(sizeof(struct raw_passed) == 8, "shared layout");

enum { RAW_RECORD_MAX = 256 * 1024 };

/*
 * Steps through the pieces of a record: pass NULL first, then the last one
 * returned.  NULL at the end or where a length does not fit in the record.
 */
static inline const struct raw_piece *
raw_next_piece(const struct raw_record *record, const struct raw_piece *piece)
{
	const uint8_t *base = (const uint8_t *)record;
	uint64_t at = sizeof(*record);

	if (piece)
		at = (uint64_t)((const uint8_t *)piece - base) +
		     sizeof(*piece) + (((uint64_t)piece->len + 7) & ~7ull);
	if (at + sizeof(*piece) > record->len)
		return 0;
	piece = (const struct raw_piece *)(base + at);
	if (piece->len > record->len - at - sizeof(*piece))
		return 0;
	return piece;
}

static inline const void *raw_piece_data(const struct raw_piece *piece)
{
	return piece + 1;
}

#endif
