/* SPDX-License-Identifier: Apache-2.0 */
/* What encode.c and encode_process.c share. */
#ifndef SPOOR_CAPTURE_ENCODE_INTERNAL_H
#define SPOOR_CAPTURE_ENCODE_INTERNAL_H

#include "capture/encode.h"
#include "core/arena.h"
#include "core/map.h"

struct encoder {
	uint32_t snaplen;
	struct arena scratch; /* of the record being encoded */
	struct event event;
	bool has_event;
	struct map processes; /* tid -> struct known, see encode_process.c */
};

/* One parameter being made. */
struct making {
	struct encoder *encoder;
	const struct raw_record *record;
	const struct syscall_row *row;
	const struct param_kind *kind;
	char letter;
	unsigned index, sub; /* the digits behind the letter */
};

const struct raw_piece *find_piece(const struct raw_record *record,
				   enum piece_kind kind, unsigned arg);
/* Its bytes; empty if there is none. */
struct bytes piece_bytes(const struct raw_record *record, enum piece_kind kind,
			 unsigned arg);

/* Kernel CLONE_* bits as PPM_CL_*. */
uint32_t clone_flags(uint64_t flags);

/* encode_process.c: execve, clone and kin; new threads; ends. */
void encode_process_call(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row);
void encode_thread(struct encoder *e, const struct raw_record *record);
void encode_exit(struct encoder *e, const struct raw_record *record);
void processes_free(struct encoder *e);

#endif
