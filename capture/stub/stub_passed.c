/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: descriptors that came with a message.  What
 * they stand for only /proc tells, and they may be closed soon.  For stopped
 * threads facts.c does the same.
 */
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

enum { LINK_LEN = 256, ROOM = LINK_LEN + 512 };

/* Writes "/proc/self/fd/NUMBER" so that it ends with the 32 bytes; returns
 * where it begins. */
static char *print_path(char path[32], uint32_t fd)
{
	char *at = path + 31;

	*at = '\0';
	do
		*--at = (char)('0' + fd % 10);
	while (fd /= 10);
	at -= 14;
	__builtin_memcpy(at, "/proc/se", 8);
	__builtin_memcpy(at + 6, "self/fd/", 8);
	return at;
}

/* Adds what a descriptor stands for. */
static void add_one(struct stub_context *ctx, uint32_t fd)
{
	enum { SOCKET = 1, PROTOCOL = 38 };
	struct raw_piece *piece = begin(ctx, PIECE_PASSED, 0);
	struct raw_passed *passed = data_of(piece);
	uint32_t len = sizeof(passed->protocol);
	char path[32];
	long n;

	passed->fd = (int32_t)fd;
	passed->protocol = 0;
	call(SYS_getsockopt,
	     (struct call_args){ fd, SOCKET, PROTOCOL, (long)&passed->protocol,
				 (long)&len });
	n = call4(SYS_readlink, (long)print_path(path, fd), (long)(passed + 1),
		  LINK_LEN, 0);
	end(ctx, piece, sizeof(*passed) + (n > 0 ? (size_t)n : 0), 0);
	stub_add_stat(ctx, fd);
	stub_add_socket(ctx, fd, 0);
	ctx->record->flags |= RAW_HAS_PASSED;
}

void stub_add_passed(struct stub_context *ctx)
{
	const struct raw_piece *piece = (const void *)(ctx->record + 1);
	uint32_t fd;

	for (unsigned n = ctx->record->piece_count; n; n--) {
		struct passed_walk walk = passed_begin(piece);

		while (passed_next(&walk, &fd))
			if (ctx->record->len + ROOM <= ctx->row->room)
				add_one(ctx, fd);
		piece = (const void *)((const char *)(piece + 1) +
				       ((piece->len + 7) & ~7u));
	}
}
