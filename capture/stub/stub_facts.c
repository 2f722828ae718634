/* SPDX-License-Identifier: Apache-2.0 */
/* Runs inside traced processes: facts that only more calls tell.  For stopped
 * threads facts.c does the same. */
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

/* The flags of an open, wherever the call has them; 0: they cannot be read. */
static uint64_t open_flags(const struct stub_context *ctx)
{
	enum { CREAT_FLAGS = 01101 }; /* O_WRONLY, O_CREAT, O_TRUNC */
	uint64_t flags = 0;

	switch ((int32_t)ctx->rax) {
	case SYS_open:
		return ctx->rsi;
	case SYS_creat:
		return CREAT_FLAGS;
	case SYS_openat2: /* the first of struct open_how */
		stub_copy(&flags, (const void *)(uintptr_t)ctx->rdx,
			  sizeof(flags));
		return flags;
	default: /* openat, open_by_handle_at */
		return ctx->rdx;
	}
}

/* Only the kernel can tell, by one more call. */
void stub_note_new_file(struct stub_context *ctx)
{
	enum { CREATE = 0100, NO_FOLLOW = 0x100, HERE = -100 };
	const struct raw_piece *path = (void *)(ctx->record + 1);
	int is_old =
		(int32_t)ctx->rax == SYS_open || (int32_t)ctx->rax == SYS_creat;
	long folder = is_old ? HERE : (int32_t)ctx->rdi;
	uint64_t name = is_old ? ctx->rdi : ctx->rsi;
	struct kernel_stat st;

	if ((int32_t)ctx->rax != SYS_open_by_handle_at &&
	    (open_flags(ctx) & CREATE) && ctx->record->piece_count &&
	    path->len &&
	    call4(SYS_newfstatat, folder, (long)name, (long)&st, NO_FOLLOW))
		ctx->record->flags |= RAW_CREATES;
}

/* Adds the queue of a listening TCP socket: tcp(7), TCP_INFO, unacked and
 * sacked. */
static void add_queue(struct stub_context *ctx)
{
	enum { TCP = 6, TCP_INFO = 11, TCP_LISTEN = 10 };
	uint32_t info[8] = { 0 };
	uint32_t len = sizeof(info);
	struct raw_piece *piece;

	if (call(SYS_getsockopt,
		 (struct call_args){ (long)ctx->rdi, TCP, TCP_INFO, (long)info,
				     (long)&len }) ||
	    (info[0] & 0xff) != TCP_LISTEN)
		return;
	piece = begin(ctx, PIECE_WORDS, 0);
	stub_copy(data_of(piece), info + 6, 8);
	end(ctx, piece, 8, 0);
}

/* Adds the inode of a pipe, which both ends share. */
static void add_pipe(struct stub_context *ctx)
{
	int32_t fd;

	if (stub_copy(&fd, (const void *)(uintptr_t)ctx->rdi, sizeof(fd)) ==
	    sizeof(fd))
		stub_add_stat(ctx, fd);
}

void stub_add_facts(struct stub_context *ctx)
{
	enum { WOULD_WAIT = -11 };
	unsigned facts = ctx->row->facts;
	int64_t ret = (int64_t)ctx->ret;

	if (state_of(ctx)->filtered)
		return;
	if ((facts & FACT_STAT_RET) && ret >= 0 &&
	    inodes_want((enum inodes)control_of(ctx)->inodes, open_flags(ctx)))
		stub_add_stat(ctx, (long)ret);
	if ((facts & FACT_PIPE) && ret >= 0)
		add_pipe(ctx);
	if (facts & FACT_SOCKET_ARG0 || ctx->record->flags & RAW_LOOKUP)
		stub_add_socket(ctx, (uint32_t)ctx->rdi,
				ret > 0 || ret == WOULD_WAIT);
	if ((facts & FACT_SOCKET_RET) && ret >= 0)
		stub_add_socket(ctx, (uint32_t)ret, 0);
	if ((facts & FACT_QUEUE) && ret >= 0)
		add_queue(ctx);
	if (ctx->row->copies[0].kind == COPY_MSG_OUT ||
	    ctx->row->copies[0].kind == COPY_MMSG_OUT)
		stub_add_passed(ctx);
}
