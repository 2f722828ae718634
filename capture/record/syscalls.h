/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one syscall table: for each call the memory to copy, the facts to add,
 * and how the parameters of its event are made.  A syscall is added by one row
 * in syscall_rows.c; every engine and the encoder then serve it.
 */
#ifndef SPOOR_CAPTURE_RECORD_SYSCALLS_H
#define SPOOR_CAPTURE_RECORD_SYSCALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/record/raw.h"
#include "capture/record/steps.h"
#include "core/event/tables.h"

/* What memory an argument names, and when it is valid. */
enum copy_kind {
	COPY_NONE,
	COPY_PATH,	/* in: NUL-terminated, at most 4096 bytes */
	COPY_BYTES_IN,	/* in: length in argument `with', to the snap length */
	COPY_BYTES_OUT, /* out: length is ret, to the snap length */
	COPY_FIXED_IN,	/* in: `with' bytes */
	COPY_FIXED_OUT, /* out, on success: `with' bytes */
	COPY_ADDR_IN,	/* in: sockaddr, length in argument `with' */
	COPY_ADDR_OUT,	/* out: sockaddr, length at the pointer in `with' */
	COPY_IOVEC_IN,	/* in: gathered data, count in argument `with' */
	COPY_IOVEC_OUT, /* out: scattered data, ret bytes of it */
	COPY_MSG_IN,	/* in: msghdr as a piece of struct raw_msg */
	COPY_MSG_OUT,	/* out: the same, ret bytes of data */
	COPY_STRINGS,	/* argv or envp, if the call failed: NUL-separated */
	COPY_POLL_OUT,	/* out: pollfd array, count in argument `with' */
	COPY_MMSG_OUT,	/* out: an array of messages, a piece for each */
	COPY_NAME_IN,	/* in: text, if argument 0 is `with' (prctl) */
	/* From here on: not copied by the stub. */
	COPY_CONFIG_IN, /* in: fsconfig's value, by the command */
	COPY_QUOTA_IN,	/* in: quotactl's file name, by the command */
	COPY_QUOTA_OUT	/* out: quotactl's structure, by the command */
};

struct copy_spec {
	uint8_t arg;
	uint8_t kind; /* enum copy_kind */
	uint16_t with;
};

/* Is it valid, and copied, only when the call is over? */
bool copy_is_output(enum copy_kind kind);

/* The piece of COPY_MSG_* and MMSG: this, then name, data, control data. */
struct raw_msg {
	uint32_t name_len;
	uint32_t data_len;    /* bytes copied */
	uint64_t total_len;   /* sum of the iovec lengths */
	uint32_t control_len; /* bytes copied, of what came */
	uint32_t done;	      /* MMSG: bytes sent or received */
};

enum {
	MSG_NAME_MAX = 128,
	MSG_CONTROL_MAX = 1088, /* 253 descriptors and credentials */
	MMSG_ROOM = 32 * 1024,	/* pieces of one call, but one message always */
	PASSED_ROOM = 8 * 1024	/* and of the descriptors that came with them */
};

/* Walks the descriptors in the control data of a piece of memory: cmsg(3). */
struct passed_walk {
	const char *at, *next, *end; /* next: the next header */
	uint64_t left; /* bytes of descriptors, behind this header */
};

/* Begins to walk a piece of any kind: pieces that are no message have no
 * descriptors. */
static inline struct passed_walk passed_begin(const struct raw_piece *piece)
{
	const struct raw_msg *head = (const void *)(piece + 1);
	struct passed_walk walk = { 0 };
	uint64_t start = sizeof(*head);

	if (piece->kind != PIECE_MEMORY || piece->len < start)
		return walk;
	start += (uint64_t)head->name_len + head->data_len;
	if (start + head->control_len > piece->len)
		return walk;
	walk.next = (const char *)head + start;
	walk.end = walk.next + head->control_len;
	return walk;
}

/* The next descriptor: 1 and its number in the receiver; 0: none is left. */
static inline int passed_next(struct passed_walk *walk, uint32_t *ret_fd)
{
	enum { RIGHTS = 1, HEADER = 16 };
	const uint64_t socket_rights = RIGHTS | (uint64_t)RIGHTS << 32;

	while (walk->left < 4) {
		uint64_t room = (uint64_t)(walk->end - walk->next);
		uint64_t len, what;

		walk->at = walk->next;
		if (room < HEADER)
			return 0;
		__builtin_memcpy(&len, walk->at, 8);
		__builtin_memcpy(&what, walk->at + 8, 8);
		if (len < HEADER || len > room)
			return 0;
		walk->left = what == socket_rights ? len - HEADER : 0;
		walk->at += HEADER;
		len = (len + 7) & ~7ull;
		walk->next += len < room ? len : room;
	}
	__builtin_memcpy(ret_fd, walk->at, 4);
	walk->at += 4;
	walk->left -= 4;
	return 1;
}

/*
 * Messages that look up names are copied whole, up to this, whatever the snap
 * length: DNS, and what systemd-resolved is asked.  Who copies looks at the
 * first bytes; the encoder, which has the socket's ends, cuts all others.
 */
enum { LOOKUP_MAX = 8192, LOOKUP_HEAD = 32, LOOKUP_PORT = 53 };
#define LOOKUP_PATH "/run/systemd/resolve/io.systemd.Resolve"

/* A header of DNS: a standard query or its answer, with one question. */
static inline int lookup_is_dns(const uint8_t *head)
{
	return !(head[2] & 0x78) && !(head[3] & 0x40) && !head[4] &&
	       head[5] == 1;
}

/* May the bytes begin such a message?  Of TCP its length stands before it. */
static inline int lookup_begins(const void *bytes, size_t len)
{
	const uint64_t method = UINT64_C(0x646f6874656d227b); /* {"method */
	const uint64_t answer = UINT64_C(0x656d61726170227b); /* {"parame */
	uint64_t word;

	if (len < LOOKUP_HEAD)
		return 0;
	__builtin_memcpy(&word, bytes, sizeof(word));
	return word == method || word == answer || lookup_is_dns(bytes) ||
	       lookup_is_dns((const uint8_t *)bytes + 2);
}

/* Does the end of a socket lead to who answers?  Of a path: does its start? */
static inline int lookup_is_end(const uint8_t *address, size_t len)
{
	enum { UNIX = 1, INET = 2, INET6 = 10 };
	const uint64_t run = UINT64_C(0x7379732f6e75722f); /* /run/sys */
	uint64_t word;

	if (len < 2 + sizeof(word) || address[1])
		return 0;
	__builtin_memcpy(&word, address + 2, sizeof(word));
	if (address[0] == UNIX)
		return word == run;
	return (address[0] == INET || address[0] == INET6) && !address[2] &&
	       address[3] == LOOKUP_PORT;
}

/* Either end, as they stand behind a struct raw_socket. */
static inline int lookup_is_socket(struct raw_socket head, const uint8_t *ends)
{
	return lookup_is_end(ends, head.local_len) ||
	       lookup_is_end(ends + head.local_len, head.peer_len);
}

/* How much of len bytes is copied: enough to look at, to begin with. */
static inline size_t lookup_first(size_t len, size_t snaplen)
{
	size_t most = snaplen < LOOKUP_HEAD ? LOOKUP_HEAD : snaplen;

	return len < most ? len : most;
}

/* At most, for data and for the piece of one message. */
static inline uint32_t data_room(uint32_t snaplen)
{
	return snaplen < LOOKUP_MAX ? LOOKUP_MAX : snaplen;
}

/* The most bytes that the piece of one message takes. */
static inline uint32_t message_room(uint32_t snaplen)
{
	return (uint32_t)(sizeof(struct raw_piece) + sizeof(struct raw_msg)) +
	       MSG_NAME_MAX + MSG_CONTROL_MAX + snaplen + 7;
}

/* Facts an engine adds after the call, if it succeeded. */
enum fact {
	FACT_STAT_RET = 1,    /* PIECE_STAT of the fd in ret; RAW_CREATES */
	FACT_PATH_RET = 2,    /* PIECE_TEXT: what /proc calls the fd in ret */
	FACT_SOCKET_ARG0 = 4, /* PIECE_SOCKET of the fd in argument 0 */
	FACT_SOCKET_RET = 8,
	FACT_PROC = 16, /* PIECE_PROC of the thread (exec) */
	FACT_PIPE = 32, /* PIECE_STAT of the fd that argument 0 points to */
	/* PIECE_WORDS: KiB of address space, of memory, in swap if known. */
	FACT_MEMORY = 64,
	/* PIECE_WORDS: of the listening socket in argument 0, if it is one of
	 * TCP: connections that wait, and how many may. */
	FACT_QUEUE = 128
};

enum { COPY_MAX = 3, STEPS_MAX = 18, SYSCALL_ARGS = 6, SYSCALL_MAX = 512 };

/* Files whose inode is recorded when they are opened, which takes a call more.
 * WRITTEN: those opened to be written or made. */
enum inodes { INODES_WRITTEN, INODES_ALL, INODES_NONE };

/* Is the inode of a file opened with these flags of open(2) to be recorded? */
static inline bool inodes_want(enum inodes which, uint64_t flags)
{
	enum { TO_WRITE = 03, TO_MAKE = 0100, TO_CUT = 01000 };

	if (which == INODES_WRITTEN)
		return flags & (TO_WRITE | TO_MAKE | TO_CUT);
	return which == INODES_ALL;
}

struct syscall_row {
	const char *name;
	uint16_t event; /* exit event code; PPME_GENERIC_X */
	uint8_t facts;	/* enum fact */
	uint8_t step_count;
	struct copy_spec copies[COPY_MAX];
	/* A parameter of the event each; of GENERIC rows: what a note tells. */
	struct param_step steps[STEPS_MAX];
	uint16_t ppm_sc; /* of GENERIC rows: index in ppm_scs */
};

/* The rows that tell of what they were given; the last one has no name. */
extern const struct syscall_row syscall_rows[];

/*
 * Is it execve, clone or one of their kin?  Their rows have no steps: the
 * event tells of the process, which PIECE_PROC describes.
 */
static inline bool syscall_makes_process(const struct syscall_row *row)
{
	return !row->step_count && row->event != PPME_GENERIC_X;
}

/*
 * The row for a number of an ABI; never NULL: calls without an event of their
 * own get a GENERIC row, unknown numbers the row "unknown".
 */
const struct syscall_row *syscall_row(enum raw_abi abi, int nr);

/* By name: the x86-64 number, or -1. */
int syscall_find(const char *name);

#endif
