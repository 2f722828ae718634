/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: patches code before any thread can run it,
 * where the tracer foresaw that code (inject_foresee.c).  Code that reads
 * otherwise, or cannot be changed, is left as it is: its calls trap.
 */
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

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
	REACH = 256 /* more than the bytes of a patch and its hop */
};

/* Code that was mapped just now. */
struct text {
	uint64_t at, len, file_at;
};

/* What is foreseen, in the arena that has the stub. */
static const struct stub_foreseen *foreseen_of(const struct stub_context *ctx)
{
	uint64_t control = (uint64_t)(uintptr_t)control_of(ctx);

	return (const void *)(control - (STUB_CONTROL - STUB_TABLES));
}

/* The trampolines in private memory of this process. */
static struct stub_site *late_sites(const struct stub_context *ctx)
{
	uint64_t control = (uint64_t)(uintptr_t)control_of(ctx);

	return (void *)(control - (STUB_CONTROL - STUB_LATE));
}

static int protect(uint64_t at, uint64_t len, long how)
{
	return !call4(SYS_mprotect, (long)at, (long)len, how, 0);
}

/* Does memory read as it should?  It may be gone. */
static int reads(uint64_t at, const uint8_t *as, unsigned len)
{
	uint8_t there[8];

	if (len > sizeof(there) ||
	    stub_copy(there, (const void *)at, len) < len)
		return 0;
	for (unsigned i = 0; i < len; i++)
		if (there[i] != as[i])
			return 0;
	return 1;
}

void stub_edit_text(struct stub_context *ctx)
{
	const struct stub_foreseen *f = foreseen_of(ctx);
	uint64_t count = f->edit_count;
	int has_jump = 0;

	if (!count || count > STUB_EDITS_MAX ||
	    !protect(f->text, f->text_len, READS | WRITES | RUNS))
		return;
	/* A hop is made only if the jump that it leads to, the edit before, was
	 * made. */
	for (const struct stub_edit *e = f->edits; e < f->edits + count; e++)
		has_jump = (has_jump || e->len != HOP_LEN) &&
			   e->len <= sizeof(e->now) &&
			   reads(e->at, e->was, e->was_len) &&
			   stub_copy((void *)e->at, e->now, e->len) == e->len;
	protect(f->text, f->text_len, READS | RUNS);
}

/* The address of a place; 0: it is not in this mapping, or reads otherwise. */
static uint64_t find(const struct text *text, const struct stub_place *p)
{
	static const uint8_t call[CALL_LEN] = { 0x0f, 0x05 };
	uint64_t at = text->at + (p->at - text->file_at);
	int64_t from = p->pad ? p->pad : -p->before;

	if (p->at < text->file_at + REACH ||
	    p->at + REACH > text->file_at + text->len)
		return 0;
	return reads(at, call, CALL_LEN) &&
			       reads(at + (uint64_t)from, p->was, p->was_len)
		       ? at
		       : 0;
}

/* Makes the trampolines of the places that read as they should; of others
 * `after' is 0. */
static void put_sites(struct stub_site *late, const struct stub_foreseen *f,
		      const struct text *text)
{
	for (uint64_t i = 0; i < f->count; i++) {
		uint64_t at = find(text, &f->places[i]);

		stub_copy(&late[i], &f->sites[i], sizeof(late[i]));
		late[i].after = at ? at + CALL_LEN : 0;
	}
}

static void put_jump(uint64_t at, const struct stub_site *to)
{
	uint8_t *code = (void *)at;
	uint32_t way = (uint32_t)((uint64_t)to - (at + JUMP_LEN));

	code[0] = JUMP;
	for (unsigned i = 0; i < sizeof(way); i++)
		code[1 + i] = (uint8_t)(way >> 8 * i);
}

/* Patches a place: the jump, then the hop. */
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

static int is_near(const struct stub_site *late, const struct text *text)
{
	const int64_t reach = 0x70000000;
	int64_t far = (int64_t)(text->at - (uint64_t)late);

	return far > -reach && far + (int64_t)text->len < reach;
}

/* Patches all places of the library that was mapped. */
static void patch_all(struct stub_context *ctx, const struct stub_foreseen *f,
		      const struct text *text)
{
	struct stub_site *late = late_sites(ctx);

	/* One thread does it, once. */
	if (!__atomic_exchange_n(&state_of(ctx)->foresees, 0, __ATOMIC_SEQ_CST))
		return;
	/* The trampolines first: nothing writes to them from then on. */
	put_sites(late, f, text);
	if (!protect((uint64_t)late, STUB_PAGE, READS | RUNS) ||
	    !protect(text->at, text->len, READS | WRITES | RUNS))
		return;
	for (uint64_t i = 0; i < f->count; i++)
		if (late[i].after)
			patch(late[i].after - CALL_LEN, &f->places[i],
			      &late[i]);
	protect(text->at, text->len, READS | RUNS);
}

void stub_patch_text(struct stub_context *ctx)
{
	const struct stub_foreseen *f = foreseen_of(ctx);
	struct text text = { ctx->ret, ctx->rsi, ctx->r9 };
	struct stub_state *state = state_of(ctx);
	struct stub_mapped *mapped;
	struct kernel_stat st;

	st.dev = st.ino = 0;
	if (!state->foresees || (int64_t)text.at < 0 ||
	    ctx->rdx != (READS | RUNS) || !(ctx->r10 & PRIVATE) ||
	    state->filtered || call4(SYS_fstat, (long)ctx->r8, (long)&st, 0, 0))
		return;
	if (f->count && st.dev == f->device && st.ino == f->inode &&
	    is_near(late_sites(ctx), &text)) {
		patch_all(ctx, f, &text);
		return;
	}
	mapped = &state->mapped[state->mapped_count++ % STUB_MAPPED];
	*mapped = (struct stub_mapped){ text.at, st.dev, st.ino };
}
