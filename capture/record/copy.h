/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of a traced process as pieces of a raw record, as the syscall table
 * says.  Nothing here fails: what cannot be read is marked and counted.
 */
#ifndef SPOOR_CAPTURE_RECORD_COPY_H
#define SPOOR_CAPTURE_RECORD_COPY_H

#include <sys/types.h>

#include "capture/record/pieces.h"
#include "capture/record/syscalls.h"
#include "capture/record/users.h"
#include "core/bytes.h"

enum { COPY_SNAPLEN_MAX = 65536 };

struct copier {
	uint32_t snaplen;		/* at most COPY_SNAPLEN_MAX */
	enum inodes inodes;		/* of opened files */
	const struct proc_early *early; /* of a program that begins, or NULL */
	uint64_t unreadable;		/* pieces that could not be read */
	uint64_t cut;		  /* pieces cut at a limit other than snaplen */
	struct users_told *users; /* those of containers */
	/* Descriptors that led to name servers: the last ones. */
	struct copier_lookup {
		int32_t tid; /* 0: none */
		int64_t fd;
	} lookups[8];
	unsigned lookup_at;
};

/* Adds the memory of a row's arguments: those valid at entry, or at exit. */
void copy_args(struct copier *copier, struct buffer *to, pid_t tid,
	       const struct syscall_row *row, bool at_exit);

/* At the entry of an open, its path copied: RAW_CREATES if nothing is there. */
void note_new_file(struct buffer *to, pid_t tid, const struct syscall_row *row);

/* Adds the facts of a row after the call succeeded.  pid: the process. */
void copy_facts(struct copier *copier, struct buffer *to, pid_t pid,
		const struct syscall_row *row);

#endif
