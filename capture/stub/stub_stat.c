/* SPDX-License-Identifier: Apache-2.0 */
/* Runs inside traced processes: what the inode of a descriptor is. */
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

void stub_add_stat(struct stub_context *ctx, long fd)
{
	struct raw_piece *piece;
	struct raw_stat *raw;
	struct kernel_stat st;

	st.ino = st.dev = st.size = st.mode = 0;
	if (call4(SYS_fstat, fd, (long)&st, 0, 0))
		return;
	piece = begin(ctx, PIECE_STAT, 0);
	raw = data_of(piece);
	raw->ino = st.ino;
	raw->dev = (uint32_t)st.dev;
	raw->mode = st.mode;
	raw->size = st.size;
	raw->overlay = 0;
	end(ctx, piece, sizeof(*raw), 0);
}
