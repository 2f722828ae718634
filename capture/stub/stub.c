/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes, on the stack of the thread's slot: builds the
 * record of a call in the thread's ring, before and after the call.  No libc,
 * no data of its own, no handlers to care for: the tracer takes a thread out of
 * here before it delivers a signal (inject_signal.c).
 */
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

/* clang-format off */
#define AT(field, offset) \
	_Static_assert(offsetof(struct stub_context, field) == (offset), #field)
AT(phase, CTX_PHASE); AT(hold, CTX_HOLD); AT(desc, CTX_DESC);
AT(after, CTX_AFTER); AT(rsp, CTX_RSP); AT(flags, CTX_FLAGS);
AT(ret, CTX_RET); AT(rax, CTX_RAX); AT(rdi, CTX_RDI); AT(rsi, CTX_RSI);
AT(rdx, CTX_RDX); AT(r10, CTX_R10); AT(r8, CTX_R8); AT(r9, CTX_R9);
AT(rbx, CTX_RBX); AT(rbp, CTX_RBP); AT(r12, CTX_R12); AT(r13, CTX_R13);
AT(r14, CTX_R14); AT(r15, CTX_R15);
AT(call_rsi, CTX_CALL_RSI); AT(held_mask, CTX_HELD_MASK);
#define FIXED_AT(field, offset) \
	_Static_assert(offsetof(struct stub_fixed, field) == \
		       STUB_DISTANCE + (offset), #field)
FIXED_AT(entry, FIXED_ENTRY); FIXED_AT(self, FIXED_SELF);
FIXED_AT(stack, FIXED_STACK); FIXED_AT(alive, FIXED_ALIVE);
FIXED_AT(sigsys, FIXED_SIGSYS);
_Static_assert(offsetof(struct stub_control, has_gsbase) == CONTROL_HAS_GSBASE,
	       "has_gsbase");
_Static_assert(offsetof(struct stub_own, sigsys) == 0 &&
	       offsetof(struct stub_own, action) == OWN_ACTION &&
	       offsetof(struct stub_own, way) == OWN_WAY, "own");
_Static_assert(STUB_ROWS + sizeof(struct stub_row) * STUB_ROW_COUNT <=
	       STUB_PATH, "rows fit");
/* clang-format on */

enum {
	SIGSYS_NR = 31,
	SIGSYS_BIT = 1 << 30,
	MASK_LEN = 8,
	WAIT_NS = 10000000,
	WAITS_MAX =
		100 /* in threads that would not see the tracer die: a second */
};

int stub_before(struct stub_context *ctx);
void stub_finish(struct stub_context *ctx);
void stub_queue_held(struct stub_context *ctx);

/* The counter, and the CPU.  rdtscp takes twice as long as rdtsc and rdpid
 * together, which not all machines have. */
static inline uint64_t read_tsc(const struct stub_context *ctx,
				uint32_t *ret_cpu)
{
	uint32_t low;
	uint32_t high;
	uint64_t aux;

	if (control_of(ctx)->has_rdpid)
		__asm__ volatile("rdtsc\n\trdpid %%rcx"
				 : "=a"(low), "=d"(high), "=c"(aux));
	else
		__asm__ volatile("rdtscp" : "=a"(low), "=d"(high), "=c"(aux));
	*ret_cpu = aux & 0xfff;
	return (uint64_t)high << 32 | low;
}

/* The ring is full: waits until the recorder has taken something. */
static void wait_for_room(struct stub_context *ctx)
{
	struct ring *ring = fixed_of(ctx)->ring;
	uint32_t *word = (uint32_t *)(void *)&ring->tail;
	uint32_t seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);
	uint64_t time[2] = { 0, WAIT_NS };

	if (state_of(ctx)->filtered) {
		__asm__ volatile("pause");
		return;
	}
	__atomic_store_n(&ring->waiting, 1, __ATOMIC_SEQ_CST);
	call4(SYS_futex, (long)word, FUTEX_WAIT, (long)seen, (long)time);
}

/* Is there a recorder to wait for? */
static int may_wait(struct stub_context *ctx)
{
	const struct stub_fixed *fixed = fixed_of(ctx);

	return fixed->control->blocks &&
	       (__atomic_load_n(&fixed->alive, __ATOMIC_RELAXED) & 0xff) &&
	       (fixed->is_robust || ctx->waited++ < WAITS_MAX);
}

/* Reserves a place for the record; NULL: there is none, and the loss is
 * counted. */
static struct raw_record *reserve(struct stub_context *ctx)
{
	const struct stub_fixed *fixed = fixed_of(ctx);
	uint32_t room = ctx->row->room;

	while (room) {
		struct raw_record *record =
			ring_place(fixed->ring, fixed->ring_size, room);

		if (record) {
			ctx->waited = 0;
			return record;
		}
		if (!may_wait(ctx))
			break;
		wait_for_room(ctx);
	}
	if (room) {
		fixed->ring->dropped++;
		ctx->seq++;
	}
	return NULL;
}

/* Fills the head of a record, before the call. */
static void fill_head(struct stub_context *ctx)
{
	struct raw_record *record = ctx->record;

	record->len = sizeof(*record);
	record->kind = RAW_SYSCALL;
	record->abi = ctx->rax & 0x40000000 ? RAW_X32 : RAW_X86_64;
	record->piece_count = 0;
	record->nr = (int32_t)ctx->rax;
	record->flags = 0;
	record->pid = fixed_of(ctx)->pid;
	record->tid = fixed_of(ctx)->tid;
	record->enter_ns = 0;
	record->args[0] = ctx->rdi;
	record->args[1] = ctx->rsi;
	record->args[2] = ctx->rdx;
	record->args[3] = ctx->r10;
	record->args[4] = ctx->r8;
	record->args[5] = ctx->r9;
	record->seq = ctx->seq + 1;
}

/* Commits the record, with counts for times: the recorder makes ns of them. */
static void commit(struct stub_context *ctx)
{
	ctx->record->exit_ns = ctx->exit_tsc;
	ctx->seq++;
	ring_commit(fixed_of(ctx)->ring, ctx->record->len);
}

/* Has the call made with a set without SIGSYS, in the place of the set that
 * argument 1 points to. */
static void unmask(struct stub_context *ctx)
{
	uint64_t *set = &ctx->mask;
	size_t len = MASK_LEN;

	if (!ctx->rsi)
		return;
	if ((int32_t)ctx->rax == SYS_rt_sigaction) {
		set = ctx->action.words;
		len = sizeof(ctx->action);
	}
	if (stub_copy(set, (const void *)(uintptr_t)ctx->rsi, len) < len)
		return;
	ctx->asked = (set[len / 8 - 1] & SIGSYS_BIT) != 0;
	set[len / 8 - 1] &= ~(uint64_t)SIGSYS_BIT;
	ctx->call_rsi = (uint64_t)(uintptr_t)set;
}

/* Sends this thread a signal as it came before.  The ids are those of the
 * program's own pid namespace. */
static void queue(long sig, const uint64_t *info)
{
	long pid = call4(SYS_getpid, 0, 0, 0, 0);
	long tid = call4(SYS_gettid, 0, 0, 0, 0);

	call4(SYS_rt_tgsigqueueinfo, pid, tid, sig, (long)info);
}

/* Sends the SIGSYS that came while the program blocked it. */
static void give_waiting(struct stub_context *ctx)
{
	if (!ctx->waits || ctx->blocked)
		return;
	ctx->waits = 0;
	queue(SIGSYS_NR, ctx->waiting_info);
}

/*
 * Corrects the mask to which a handler returns, in its frame at rsp: a handler
 * called before we came may block SIGSYS there, or has had it blocked itself,
 * and ends that.
 */
static void end_handler(struct stub_context *ctx)
{
	enum { MASK_AT = 296 };
	void *at = (void *)(uintptr_t)(ctx->rsp + MASK_AT);
	uint64_t mask;

	if (stub_copy(&mask, at, MASK_LEN) < MASK_LEN)
		return;
	if (mask & SIGSYS_BIT) {
		mask &= ~(uint64_t)SIGSYS_BIT;
		stub_copy(at, &mask, MASK_LEN);
		ctx->blocked = 1;
	} else if (ctx->may_unblock) {
		ctx->blocked = ctx->may_unblock = 0;
	}
	give_waiting(ctx);
}

static int is_filter(const struct stub_context *ctx)
{
	enum { SET_SECCOMP = 22, SET_MODE_FILTER = 1 };

	return (int32_t)ctx->rax == SYS_seccomp ? ctx->rdi <= SET_MODE_FILTER
						: ctx->rdi == SET_SECCOMP;
}

/* Is the call about what brings calls to the stub: the dispatch (prctl), its
 * signal?  The tracer answers those. */
static int is_tracers(const struct stub_context *ctx)
{
	enum {
		SET_SYSCALL_USER_DISPATCH = 59,
		SET_GS = 0x1001,
		GET_GS = 0x1004
	};

	switch ((int32_t)ctx->rax) {
	case SYS_prctl:
		return ctx->rdi == SET_SYSCALL_USER_DISPATCH;
	case SYS_rt_sigaction:
		return ctx->rdi == SIGSYS_NR;
	case SYS_arch_prctl:
		return ctx->rdi == SET_GS || ctx->rdi == GET_GS;
	default:
		return 0;
	}
}

/* Has the call trap to the tracer.  A call that the tracer sent traps where it
 * came from. */
static int go_back(struct stub_context *ctx)
{
	if (ctx->desc == (uint64_t)(uintptr_t)ctx->sent)
		ctx->desc = ctx->after - 2;
	return STUB_DO_TRAP;
}

/* Has the tracer take this call on the slow path. */
static int give_back(struct stub_context *ctx)
{
	ctx->again = 1;
	return go_back(ctx);
}

/*
 * Must the thread wait before it sets a seccomp filter?  No filter may come
 * while a thread of the process makes remote calls; the tracer looks for
 * threads that are past here (inject_page.c).
 */
static int must_wait(const struct stub_context *ctx)
{
	if (ctx->row->action != STUB_FILTER || !is_filter(ctx))
		return 0;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return __atomic_load_n(&fixed_of(ctx)->own->is_held,
			       __ATOMIC_RELAXED) != 0;
}

/* How a call that makes a process is made; threads are the tracer's. */
static int way_of_fork(const struct stub_context *ctx)
{
	enum { VM = 0x100, VFORK = 0x4000, UNTRACED = 0x800000 };
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal;
		uint64_t stack;
	} how = { .flags = ctx->rdi, .stack = ctx->rsi };

	/* A child could not tell that the tracer is dead: has the call trap. */
	if (!fixed_of(ctx)->is_robust)
		return STUB_DO_TRAP;
	if ((int32_t)ctx->rax == SYS_fork)
		return STUB_DO_FORK;
	if ((int32_t)ctx->rax == SYS_vfork)
		return STUB_DO_VFORK;
	if ((int32_t)ctx->rax == SYS_clone3 &&
	    stub_copy(&how, (const void *)(uintptr_t)ctx->rdi, sizeof(how)) <
		    sizeof(how))
		return STUB_DO_TRAP;
	if (how.flags & UNTRACED)
		return STUB_DO_TRAP;
	if (how.flags & VM)
		return how.flags & VFORK ? STUB_DO_VFORK : STUB_DO_TRAP;
	return how.stack ? STUB_DO_TRAP : STUB_DO_FORK;
}

/* Does what a call needs besides being recorded. */
static void prepare(struct stub_context *ctx)
{
	if (ctx->row->action == STUB_MASK)
		unmask(ctx);
	else if (ctx->row->action == STUB_FILTER && is_filter(ctx))
		state_of(ctx)->filtered = 1;
	else if ((int32_t)ctx->rax == SYS_rt_sigreturn)
		end_handler(ctx);
}

/* Would the call unmap the memory that records calls? */
static int unmaps_us(const struct stub_context *ctx)
{
	const struct stub_fixed *fixed = fixed_of(ctx);
	const uint64_t args[] = { ctx->rdi, ctx->rsi, ctx->rdx, ctx->r10,
				  ctx->r8 };

	if (ctx->row->action != STUB_MAP && ctx->row->action != STUB_UNMAP)
		return 0;
	return range_changes(&fixed->arena, ctx->rax, args) ||
	       range_changes(&fixed->code, ctx->rax, args);
}

/*
 * What to do with a call that is not only recorded; STUB_DO_CALL: nothing else.
 */
static int what_first(struct stub_context *ctx)
{
	int what = STUB_DO_CALL;

	if (must_wait(ctx))
		return go_back(ctx);
	if (ctx->row->action == STUB_TRAP || is_tracers(ctx))
		return STUB_DO_TRAP;
	if (unmaps_us(ctx))
		return go_back(ctx);
	if (ctx->row->action == STUB_FORK)
		what = way_of_fork(ctx);
	return what == STUB_DO_TRAP ? give_back(ctx) : what;
}

/* Begins the record of a call, if it is to have one. */
static void begin_record(struct stub_context *ctx)
{
	const struct stub_row *row = ctx->row;

	ctx->record = reserve(ctx);
	if (!ctx->record)
		return;
	fill_head(ctx);
	if (row->when & WHEN_BEFORE)
		stub_copy_in(ctx, row);
	if ((row->facts & FACT_STAT_RET) && !state_of(ctx)->filtered)
		stub_note_new_file(ctx);
}

/* Completes the record of a call that does not return. */
static void end_record(struct stub_context *ctx)
{
	uint32_t cpu;

	if (!ctx->record)
		return;
	ctx->exit_tsc = read_tsc(ctx, &cpu);
	ctx->record->cpu = (uint16_t)cpu;
	ctx->record->flags = RAW_NO_RETURN;
	ctx->record->ret = 0;
	commit(ctx);
}

int stub_before(struct stub_context *ctx)
{
	uint64_t nr = ctx->rax;
	const struct stub_row *row =
		&fixed_of(ctx)->rows[nr < SYSCALL_MAX ? nr : SYSCALL_MAX];
	int what = STUB_DO_CALL;

	ctx->row = row;
	ctx->record = NULL;
	ctx->call_rsi = ctx->rsi;
	if (row->change) {
		if (stub_changes_others(ctx))
			return give_back(ctx);
		stub_begin_change(ctx);
	}
	if (row->action >= STUB_TRAP) {
		what = what_first(ctx);
		if (what == STUB_DO_TRAP || row->action == STUB_SKIP)
			return what;
		prepare(ctx);
	}
	begin_record(ctx);
	if (row->action != STUB_NAKED)
		return what;
	end_record(ctx);
	return STUB_DO_NAKED;
}

/* Puts SIGSYS into the mask that the program gets, if the program has blocked
 * it. */
static void tell_mask(struct stub_context *ctx)
{
	enum { BLOCK, UNBLOCK, SETMASK };
	void *old = (void *)(uintptr_t)ctx->rdx;
	uint64_t mask;

	if ((int32_t)ctx->rax != SYS_rt_sigprocmask || ctx->ret)
		return;
	if (old && ctx->blocked &&
	    stub_copy(&mask, old, MASK_LEN) == MASK_LEN) {
		mask |= SIGSYS_BIT;
		stub_copy(old, &mask, MASK_LEN);
	}
	if (ctx->call_rsi != (uint64_t)(uintptr_t)&ctx->mask)
		return;
	if (ctx->rdi == SETMASK)
		ctx->blocked = ctx->asked;
	else if (ctx->asked)
		ctx->blocked = ctx->rdi == BLOCK;
	give_waiting(ctx);
}

/*
 * Must the tracer complete the record at the end of the call?  So it must for
 * an exec or a fork that failed: what it adds was due at an event that did not
 * come.  To make the call again on the slow path would open the program's file
 * twice, which other programs may notice.
 */
static int is_tracers_end(struct stub_context *ctx)
{
	if ((ctx->row->action != STUB_EXEC && ctx->row->action != STUB_FORK) ||
	    (int64_t)ctx->ret >= 0 || !ctx->record)
		return 0;
	__atomic_fetch_or(&ctx->hold, STUB_HOLD_RECORD, __ATOMIC_SEQ_CST);
	return 1;
}

/* Called by entry.S behind a call: completes and commits its record. */
void stub_finish(struct stub_context *ctx)
{
	const struct stub_row *row = ctx->row;
	uint32_t cpu;

	ctx->exit_tsc = read_tsc(ctx, &cpu);
	if (row->change)
		stub_end_change(ctx);
	if (row->action == STUB_MASK)
		tell_mask(ctx);
	if (is_tracers_end(ctx))
		return;
	if (row->action == STUB_MAP)
		stub_patch_text(ctx);
	if (!ctx->record)
		return;
	ctx->record->cpu = (uint16_t)cpu;
	ctx->record->ret = (int64_t)ctx->ret;
	if (row->when & WHEN_AFTER && (int64_t)ctx->ret >= 0)
		stub_copy_out(ctx, row);
	if (row->facts || ctx->record->flags & RAW_LOOKUP)
		stub_add_facts(ctx);
	commit(ctx);
}

/* The tracer has died with a signal held: sends the signal again; it comes when
 * the mask is as before. */
void stub_queue_held(struct stub_context *ctx)
{
	ctx->hold = 0;
	queue(ctx->held_signal, ctx->held_info);
}
