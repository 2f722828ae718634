/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the stub share. */
#ifndef SPOOR_CAPTURE_STUB_STUB_PARTS_H
#define SPOOR_CAPTURE_STUB_STUB_PARTS_H

#include <stddef.h>

#include "capture/stub/stub.h"

/*
 * stub_memory.S: copies memory that may not be there; returns the bytes copied.
 */
size_t stub_copy(void *to, const void *from, size_t len);
/* The same up to a NUL; returns the bytes before it. */
size_t stub_copy_text(char *to, const char *from, size_t len);

/* stub_copy.c: adds the memory that a call is given to its record. */
void stub_copy_in(struct stub_context *ctx, const struct stub_row *row);
/* Adds the memory that the call has filled. */
void stub_copy_out(struct stub_context *ctx, const struct stub_row *row);

/* stub_facts.c: at the entry of an open, its path copied: marks the record if
 * the call is to make a new file. */
void stub_note_new_file(struct stub_context *ctx);
/* Adds the facts that the call's row asks for, once the call has succeeded. */
void stub_add_facts(struct stub_context *ctx);

/* stub_stat.c: adds the inode of a descriptor. */
void stub_add_stat(struct stub_context *ctx, long fd);

/* stub_passed.c: adds the descriptors that came with the record's messages. */
void stub_add_passed(struct stub_context *ctx);

/* stub_text.c: patches the dynamic linker, as a program begins. */
void stub_edit_text(struct stub_context *ctx);
/* Patches the foreseen library, behind the mmap(2) that maps it. */
void stub_patch_text(struct stub_context *ctx);

/* stub_socket.c: adds both ends of a socket; is_used: the call sent or
 * received, or found that it would have to wait. */
void stub_add_socket(struct stub_context *ctx, uint32_t fd, int is_used);
/* Does the call end connections of other processes, too?  The tracer must tell
 * those. */
int stub_changes_others(const struct stub_context *ctx);
/* Counts the change that the call's row names, before the call, */
void stub_begin_change(struct stub_context *ctx);
/* and behind it. */
void stub_end_change(struct stub_context *ctx);

/* struct stat of the kernel, as far as a raw_stat needs it. */
struct kernel_stat {
	uint64_t dev, ino, nlink;
	uint32_t mode, uid, gid, pad;
	uint64_t rdev, size;
	uint64_t rest[11];
};

/* Arguments of a system call, but for the sixth. */
struct call_args {
	long a, b, c, d, e;
};

/* Makes a system call: what it returns, -errno for an error. */
static inline long call(long nr, struct call_args args)
{
	register long r10 __asm__("r10") = args.d;
	register long r8 __asm__("r8") = args.e;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(args.a), "S"(args.b), "d"(args.c),
			   "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long call4(long nr, long a, long b, long c, long d)
{
	return call(nr, (struct call_args){ a, b, c, d, 0 });
}

/* What the tracer says of the thread's slot. */
static inline const struct stub_fixed *fixed_of(const struct stub_context *ctx)
{
	return (const void *)((const char *)ctx - STUB_DISTANCE);
}

static inline const struct stub_control *
control_of(const struct stub_context *ctx)
{
	return fixed_of(ctx)->control;
}

static inline struct stub_state *state_of(const struct stub_context *ctx)
{
	return fixed_of(ctx)->state;
}

/* Argument i of the call, 0 to 5. */
static inline uint64_t arg_of(const struct stub_context *ctx, unsigned i)
{
	switch (i) {
	case 0:
		return ctx->rdi;
	case 1:
		return ctx->rsi;
	case 2:
		return ctx->rdx;
	case 3:
		return ctx->r10;
	case 4:
		return ctx->r8;
	default:
		return ctx->r9;
	}
}

/* Begins a piece behind the record; data goes behind the piece.  end()
 * completes it. */
static inline struct raw_piece *begin(struct stub_context *ctx, unsigned kind,
				      unsigned arg)
{
	struct raw_piece *piece =
		(void *)((char *)ctx->record + ctx->record->len);

	piece->kind = (uint8_t)kind;
	piece->arg = (uint8_t)arg;
	piece->flags = 0;
	return piece;
}

static inline void end(struct stub_context *ctx, struct raw_piece *piece,
		       size_t len, int is_short)
{
	piece->len = (uint32_t)len;
	piece->flags = is_short ? PIECE_UNREADABLE : 0;
	ctx->record->len += (uint32_t)(sizeof(*piece) + ((len + 7) & ~7ull));
	ctx->record->piece_count++;
}

static inline void *data_of(struct raw_piece *piece)
{
	return piece + 1;
}

#endif
