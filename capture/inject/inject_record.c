/* SPDX-License-Identifier: Apache-2.0 */
/* Records that the stub has begun and the tracer completes while the thread
 * stands: what is in the ring is hostile. */
#include "capture/inject/inject_record.h"

#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

#include "capture/inject/inject_notice.h"
#include "capture/inject/inject_rows.h"
#include "capture/inject/tsc_clock.h"
#include "core/clock.h"

enum { CALL_PIECES_MAX = 128 /* of a fork: the arguments of clone3 */ };

int32_t inject_number(const struct tracee *t)
{
	return (int32_t)ptrace(PTRACE_PEEKUSER, t->tid,
			       (void *)offsetof(struct user, regs.orig_rax),
			       NULL);
}

void inject_adopt(struct injector *c, struct tracee *t, int32_t nr)
{
	struct inject_thread *i = t->user;
	const struct stub_context *ctx = i->slot->context;
	uint32_t room;
	const struct raw_record *found = slot_record(i->slot, &room);
	uint32_t len = found ? ring_pending_len(found, room) : 0;
	struct raw_record head = {
		.kind = RAW_SYSCALL,
		.nr = nr,
		.cpu = (uint16_t)c->tracer.cpu,
		.pid = t->pid,
		.tid = t->tid,
		.enter_ns = clock_steady_ns(),
		.args = { ctx->rdi, ctx->rsi, ctx->rdx, ctx->r10, ctx->r8,
			  ctx->r9 },
	};

	record_begin(&t->record, &head);
	if (len > sizeof(head))
		buffer_put(&t->record, found + 1, len - sizeof(head));
	record_end(&t->record);
	t->row = syscall_row(RAW_X86_64, head.nr);
}

void inject_tell_failed(struct injector *c, struct tracee *t)
{
	const struct inject_thread *i = t->user;
	const struct stub_context *ctx = i->slot->context;
	const struct raw_record *record;

	inject_adopt(c, t, (int32_t)ctx->rax);
	t->in_syscall = true;
	record = trace_leave(&c->tracer, t, (int64_t)ctx->ret);
	if (record)
		notice_put(c, record);
}

void inject_add_proc(struct injector *c, struct tracee *t)
{
	const struct inject_thread *i = t->user;
	uint32_t room;
	struct raw_record *record = slot_record(i->slot, &room);
	uint32_t at = record ? ring_pending_len(record, room) : 0;
	struct raw_piece piece = { .kind = PIECE_PROC };
	uint32_t padded;

	piece.len = trace_read_creator(&c->tracer, t);
	padded = (piece.len + 7) & ~7u;
	if (!at || at > sizeof(*record) + CALL_PIECES_MAX ||
	    at + sizeof(piece) + padded > room)
		return;
	memcpy((uint8_t *)record + at, &piece, sizeof(piece));
	memcpy((uint8_t *)record + at + sizeof(piece), c->tracer.creator.proc,
	       piece.len);
	record->piece_count++;
	__atomic_store_n(&record->len, at + (uint32_t)sizeof(piece) + padded,
			 __ATOMIC_RELEASE);
}

void inject_end_record(struct slot *slot, int64_t ret, unsigned flags)
{
	uint32_t room;
	struct raw_record *record = slot_record(slot, &room);
	uint32_t len = record ? ring_pending_len(record, room) : 0;

	if (!len)
		return;
	record->ret = ret;
	record->flags |= flags;
	record->exit_ns = tsc_now();
	slot->context->seq = record->seq;
	ring_commit(slot->ring, len);
}

/* Does this rt_sigprocmask concern no SIGSYS, so that the stub would change no
 * mask? */
static bool leaves_masks(const struct stub_context *ctx, int32_t nr)
{
	return nr == SYS_rt_sigprocmask && !ctx->blocked && !ctx->asked &&
	       !ctx->waits;
}

/* Can the tracer do all that the stub would do behind this call? */
static bool is_plain(const struct injector *c, const struct stub_context *ctx,
		     int32_t nr)
{
	const struct stub_row *row = inject_row(c, (uint32_t)nr);

	return (row->action == STUB_RECORD || leaves_masks(ctx, nr)) &&
	       row->room && !row->facts && row->change == CHANGE_NONE;
}

bool inject_complete(struct injector *c, struct tracee *t, int64_t ret)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;
	int32_t nr = (int32_t)__atomic_load_n(&ctx->rax, __ATOMIC_RELAXED);
	uint32_t room;
	struct raw_record *record = slot_record(i->slot, &room);
	size_t len;

	if (!record || !is_plain(c, ctx, nr))
		return false;
	inject_adopt(c, t, nr);
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
