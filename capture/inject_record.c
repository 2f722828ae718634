/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records that the code in a process has begun and the tracer completes, while
 * the thread stands: what is in the ring is hostile.
 */
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

#include "capture/inject.h"

enum { CALL_PIECES_MAX = 128 /* of a fork: clone3's arguments */ };

void inject_adopt(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	const struct stub_context *ctx = i->slot->context;
	uint32_t room;
	const struct raw_record *found = slot_record(i->slot, &room);
	uint32_t len = found ? found->len : 0;
	struct raw_record head = {
		.kind = RAW_SYSCALL,
		.nr = (int32_t)ctx->rax,
		.cpu = (uint16_t)c->tracer.cpu,
		.pid = t->pid,
		.tid = t->tid,
		.enter_ns = trace_now_ns(),
		.args = { ctx->rdi, ctx->rsi, ctx->rdx, ctx->r10, ctx->r8,
			  ctx->r9 },
	};

	record_begin(&t->record, &head);
	if (len > sizeof(head) && len <= room)
		buffer_put(&t->record, found + 1, len - sizeof(head));
	record_end(&t->record);
	t->row = syscall_row(RAW_X86_64, head.nr);
}

void inject_add_proc(struct capture *c, struct tracee *t)
{
	const struct inject_thread *i = t->user;
	uint32_t room;
	struct raw_record *record = slot_record(i->slot, &room);
	uint32_t at = record ? record->len : 0;
	struct raw_piece piece = { .kind = PIECE_PROC };
	uint32_t padded;

	piece.len = trace_read_creator(&c->tracer, t);
	padded = (piece.len + 7) & ~7u;
	if (!record || at < sizeof(*record) ||
	    at > sizeof(*record) + CALL_PIECES_MAX ||
	    at + sizeof(piece) + padded > room)
		return;
	memcpy((uint8_t *)record + at, &piece, sizeof(piece));
	memcpy((uint8_t *)record + at + sizeof(piece), c->tracer.creator.proc,
	       piece.len);
	record->piece_count++;
	record->len = at + (uint32_t)sizeof(piece) + padded;
}

void inject_end_record(struct slot *slot, int64_t ret, unsigned flags)
{
	uint32_t room;
	struct raw_record *record = slot_record(slot, &room);

	if (!record || record->len > room)
		return;
	record->ret = ret;
	record->flags |= flags;
	record->exit_ns = inject_tsc();
	slot->context->seq = record->seq;
	ring_commit(slot->ring, record->len);
}

/* SIGSYS is in no mask: the code has changed none, and would answer none. */
static bool leaves_masks(const struct stub_context *ctx)
{
	return (int32_t)ctx->rax == SYS_rt_sigprocmask && !ctx->blocked &&
	       !ctx->asked && !ctx->waits;
}

/* Calls of which the tracer knows all that the code would have done. */
static bool is_plain(const struct capture *c, const struct stub_context *ctx)
{
	const struct stub_row *row = inject_row(c, ctx->rax);

	return (row->action == STUB_RECORD || leaves_masks(ctx)) && row->room &&
	       !row->facts && row->change == CHANGE_NONE;
}

bool inject_complete(struct capture *c, struct tracee *t, int64_t ret)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;
	uint32_t room;
	struct raw_record *record = slot_record(i->slot, &room);
	size_t len;

	if (!record || !is_plain(c, ctx))
		return false;
	inject_adopt(c, t);
	record_end(&t->record)->ret = ret;
	copy_args(&c->tracer.copier, &t->record, t->tid, t->row, true);
	len = t->record.len;
	if (len > room)
		return false;
	memcpy(record + 1, t->record.data + sizeof(*record),
	       len - sizeof(*record));
	record->len = (uint32_t)len;
	record->cpu = (uint16_t)c->tracer.cpu;
	inject_end_record(i->slot, ret, 0);
	ctx->ret = (uint64_t)ret;
	return true;
}
