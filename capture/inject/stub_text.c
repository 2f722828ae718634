/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: patches code as it is mapped, before anybody
 * can run it, where the tracer foresaw what file that is (inject_site.c).  All
 * that goes wrong leaves code as it is: its calls trap, as others do.
 */
#include <sys/syscall.h>

#include "capture/inject/stub_parts.h"

enum {
	READS = 1,
	WRITES = 2,
	RUNS = 4,
	PRIVATE = 2,
	CALL_LEN = 2,
	JUMP = 0xe9,
	HOP = 0xeb,
	JUMP_LEN = 5,
	HOP_LEN = 2,
	REACH = 256 /* more than a patch is long, and its hop */
};

/* A mapping that was made just now. */
struct text {
	uint64_t at, len, file_at;
};

static int protect(uint64_t at, uint64_t len, long how)
{
	return !call4(SYS_mprotect, (long)at, (long)len, how, 0);
}

static int is_call(const uint8_t *code)
{
	return code[0] == 0x0f && code[1] == 0x05;
}

/* The place in memory; 0: it is not in this mapping, or reads otherwise. */
static uint64_t find(const struct text *text, const struct stub_place *p)
{
	uint64_t at = text->at + (p->at - text->file_at);
	int from = p->pad ? p->pad : -p->before;
	uint8_t there[sizeof(p->was)];
	uint8_t call[CALL_LEN];

	if (p->at < text->file_at + REACH ||
	    p->at + REACH > text->file_at + text->len ||
	    p->was_len > sizeof(there) ||
	    stub_copy(call, (const void *)at, CALL_LEN) < CALL_LEN ||
	    !is_call(call) ||
	    stub_copy(there, (const void *)(at + (uint64_t)(int64_t)from),
		      p->was_len) < p->was_len)
		return 0;
	for (unsigned i = 0; i < p->was_len; i++)
		if (there[i] != p->was[i])
			return 0;
	return at;
}

static void put_jump(uint64_t at, const struct stub_site *to)
{
	uint8_t *code = (void *)at;
	uint32_t way = (uint32_t)((uint64_t)to - (at + JUMP_LEN));

	code[0] = JUMP;
	for (unsigned i = 0; i < sizeof(way); i++)
		code[1 + i] = (uint8_t)(way >> 8 * i);
}

static void patch(uint64_t at, const struct stub_place *p,
		  const struct stub_site *to)
{
	uint8_t *hop = (void *)at;

	if (!p->pad) {
		put_jump(at - p->before, to);
		return;
	}
	put_jump(at + (uint64_t)(int64_t)p->pad, to);
	hop[0] = HOP;
	hop[1] = (uint8_t)(p->pad - HOP_LEN);
}

/* Where those go on that read as they should; or 0. */
static void find_all(struct stub_foreseen *f, uint64_t count,
		     const struct text *text)
{
	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = find(text, &f->places[i]);

		f->sites[i].after = at ? at + CALL_LEN : 0;
	}
}

static int is_foreseen(const struct stub_context *ctx,
		       const struct stub_foreseen *f)
{
	int64_t far = (int64_t)(ctx->ret - (uint64_t)f);
	struct kernel_stat st;

	return ctx->rdx == (READS | RUNS) && (ctx->r10 & PRIVATE) &&
	       (int64_t)ctx->ret > 0 && far > -0x70000000l &&
	       far + (int64_t)ctx->rsi < 0x70000000l &&
	       !call4(SYS_fstat, (long)ctx->r8, (long)&st, 0, 0) &&
	       st.dev == f->device && st.ino == f->inode;
}

void stub_patch_text(struct stub_context *ctx)
{
	struct stub_foreseen *f =
		(void *)((char *)ctx->control - (STUB_CONTROL - STUB_FORESEEN));
	struct text text = { ctx->ret, ctx->rsi, ctx->r9 };
	uint64_t count = f->count;

	if (!count || count > STUB_FORESEEN_MAX || ctx->control->filtered ||
	    !is_foreseen(ctx, f))
		return;
	/* A process may have the same pages by fork: only one of them. */
	if (__atomic_exchange_n(&f->count, 0, __ATOMIC_SEQ_CST) != count)
		return;
	find_all(f, count, &text);
	/* What they jump to first, which is not written from then on. */
	if (!protect((uint64_t)f, STUB_PAGE, READS | RUNS) ||
	    !protect(text.at, text.len, READS | WRITES | RUNS))
		return;
	for (uint64_t i = 0; i < count; i++)
		if (f->sites[i].after)
			patch(f->sites[i].after - CALL_LEN, &f->places[i],
			      &f->sites[i]);
	protect(text.at, text.len, READS | RUNS);
}
