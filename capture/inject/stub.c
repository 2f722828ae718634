/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes, on the stack of the thread's slot: builds the
 * record of a call in the thread's ring, before and after the call.  No libc,
 * no data of its own, no signal safety to care for: the tracer keeps signals
 * away from here (trap.c).  What is copied and when is copy.c's, again.
 */
#include "capture/inject/stub.h"

#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>

/* clang-format off */
#define AT(field, offset) \
	_Static_assert(offsetof(struct stub_context, field) == (offset), #field)
AT(entry, CTX_ENTRY); AT(self, CTX_SELF); AT(stack, CTX_STACK);
AT(phase, CTX_PHASE); AT(hold, CTX_HOLD); AT(desc, CTX_DESC);
AT(after, CTX_AFTER); AT(rsp, CTX_RSP); AT(flags, CTX_FLAGS);
AT(ret, CTX_RET); AT(rax, CTX_RAX); AT(rdi, CTX_RDI); AT(rsi, CTX_RSI);
AT(rdx, CTX_RDX); AT(r10, CTX_R10); AT(r8, CTX_R8); AT(r9, CTX_R9);
AT(rbx, CTX_RBX); AT(rbp, CTX_RBP); AT(r12, CTX_R12); AT(r13, CTX_R13);
AT(r14, CTX_R14); AT(r15, CTX_R15);
AT(call_rsi, CTX_CALL_RSI); AT(call_rdx, CTX_CALL_RDX);
AT(alive, CTX_ALIVE); AT(held_mask, CTX_HELD_MASK);
_Static_assert(STUB_ROWS + sizeof(struct stub_row) * STUB_ROW_COUNT <=
	       STUB_SITES, "rows fit");
/* clang-format on */

enum {
	PATH_LEN = 4096,
	ADDR_LEN = 128,
	FIXED_LEN = 256,
	VEC_MAX = 64,
	SIGSYS_BIT = 1 << 30,
	MASK_LEN = 8,
	WAIT_NS = 10000000
};

size_t stub_copy(void *to, const void *from, size_t len);
size_t stub_copy_text(char *to, const char *from, size_t len);
int stub_before(struct stub_context *ctx);
int stub_finish(struct stub_context *ctx);
void stub_queue_held(struct stub_context *ctx);

static inline long call5(long nr, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long call4(long nr, long a, long b, long c, long d)
{
	return call5(nr, a, b, c, d, 0);
}

static inline uint64_t read_tsc(uint32_t *ret_cpu)
{
	uint32_t low;
	uint32_t high;
	uint32_t aux;

	__asm__ volatile("rdtscp" : "=a"(low), "=d"(high), "=c"(aux));
	*ret_cpu = aux & 0xfff;
	return (uint64_t)high << 32 | low;
}

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

/* A piece under way: its head is in the record, data goes behind it. */
static struct raw_piece *begin(struct stub_context *ctx, unsigned kind,
			       unsigned arg)
{
	struct raw_piece *piece =
		(void *)((char *)ctx->record + ctx->record->len);

	piece->kind = (uint8_t)kind;
	piece->arg = (uint8_t)arg;
	piece->flags = 0;
	return piece;
}

static void end(struct stub_context *ctx, struct raw_piece *piece, size_t len,
		int is_short)
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

static void add_bytes(struct stub_context *ctx, unsigned arg, uint64_t len,
		      uint64_t most)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, arg);
	size_t want = len < most ? len : most;
	size_t got = stub_copy(data_of(piece),
			       (const void *)(uintptr_t)arg_of(ctx, arg), want);

	end(ctx, piece, got, got < want);
}

static void add_path(struct stub_context *ctx, unsigned arg)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, arg);
	char *to = data_of(piece);
	size_t got = stub_copy_text(
		to, (const char *)(uintptr_t)arg_of(ctx, arg), PATH_LEN);
	char probe;
	int is_short =
		!got &&
		stub_copy(&probe, (const void *)(uintptr_t)arg_of(ctx, arg),
			  1) < 1;

	end(ctx, piece, got, is_short);
}

struct vec {
	uint64_t base, len;
};

/* Data of an iovec array, up to the snap length and max bytes. */
static size_t gather(struct stub_context *ctx, uint64_t vector, uint64_t count,
		     uint64_t max, char *to, uint64_t *ret_total)
{
	uint64_t snaplen = ctx->control->snaplen;
	size_t done = 0;
	struct vec v;

	*ret_total = 0;
	if (max > snaplen)
		max = snaplen;
	for (uint64_t i = 0; i < count && i < VEC_MAX; i++) {
		uint64_t part;

		if (stub_copy(&v, (const void *)(uintptr_t)(vector + 16 * i),
			      sizeof(v)) < sizeof(v))
			break;
		*ret_total += v.len;
		part = v.len < max - done ? v.len : max - done;
		if (part)
			done += stub_copy(to + done,
					  (const void *)(uintptr_t)v.base,
					  part);
	}
	return done;
}

static void add_vector(struct stub_context *ctx, const struct copy_spec *spec,
		       uint64_t max)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, spec->arg);
	uint64_t total;

	end(ctx, piece,
	    gather(ctx, arg_of(ctx, spec->arg), arg_of(ctx, spec->with), max,
		   data_of(piece), &total),
	    0);
}

/* struct msghdr of the kernel. */
struct message {
	uint64_t name;
	uint32_t name_len, pad;
	uint64_t vector, vector_count, control, control_len;
};

/* kind: enum copy_kind. */
static void add_message(struct stub_context *ctx, const struct copy_spec *spec,
			uint64_t from, uint64_t max)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, spec->arg);
	struct raw_msg *head = data_of(piece);
	char *to = (char *)(head + 1);
	struct message msg;

	if (stub_copy(&msg, (const void *)(uintptr_t)from, sizeof(msg)) <
	    sizeof(msg)) {
		end(ctx, piece, 0, 1);
		return;
	}
	head->name_len = head->control_len = 0;
	head->done = (uint32_t)max;
	if (msg.name)
		head->name_len = (uint32_t)stub_copy(
			to, (const void *)(uintptr_t)msg.name,
			msg.name_len < MSG_NAME_MAX ? msg.name_len
						    : MSG_NAME_MAX);
	head->data_len =
		(uint32_t)gather(ctx, msg.vector, msg.vector_count, max,
				 to + head->name_len, &head->total_len);
	to += head->name_len + head->data_len;
	if (msg.control && spec->kind != COPY_MSG_IN)
		head->control_len = (uint32_t)stub_copy(
			to, (const void *)(uintptr_t)msg.control,
			msg.control_len < MSG_CONTROL_MAX ? msg.control_len
							  : MSG_CONTROL_MAX);
	end(ctx, piece, (size_t)(to - (char *)head) + head->control_len, 0);
}

/* A sockaddr the call filled, and how long at most. */
static void add_address_out(struct stub_context *ctx,
			    const struct copy_spec *spec)
{
	uint32_t len = 0;

	stub_copy(&len, (const void *)(uintptr_t)arg_of(ctx, spec->with),
		  sizeof(len));
	add_bytes(ctx, spec->arg, len, ADDR_LEN);
}

/* Messages of an array, as there is room; lengths stand behind the headers. */
static void add_messages(struct stub_context *ctx, const struct copy_spec *spec)
{
	enum { HEADER_LEN = 56, MMSGHDR_LEN = 64 };
	uint32_t most = ctx->record->len + MMSG_ROOM -
			message_room(ctx->control->snaplen);
	uint64_t at = arg_of(ctx, spec->arg);

	for (uint64_t i = 0; i < ctx->ret; i++, at += MMSGHDR_LEN) {
		uint32_t len = 0;

		if (i && ctx->record->len > most)
			break;
		stub_copy(&len, (const void *)(uintptr_t)(at + HEADER_LEN),
			  sizeof(len));
		add_message(ctx, spec, at, len);
	}
}

static void copy_in(struct stub_context *ctx, const struct copy_spec *spec)
{
	if (!arg_of(ctx, spec->arg))
		return;
	switch (spec->kind) {
	case COPY_PATH:
		add_path(ctx, spec->arg);
		break;
	case COPY_NAME_IN:
		if (ctx->rdi == spec->with)
			add_path(ctx, spec->arg);
		break;
	case COPY_BYTES_IN:
		add_bytes(ctx, spec->arg, arg_of(ctx, spec->with),
			  ctx->control->snaplen);
		break;
	case COPY_FIXED_IN:
		add_bytes(ctx, spec->arg, spec->with, FIXED_LEN);
		break;
	case COPY_ADDR_IN:
		add_bytes(ctx, spec->arg, arg_of(ctx, spec->with), ADDR_LEN);
		break;
	case COPY_IOVEC_IN:
		add_vector(ctx, spec, UINT64_MAX);
		break;
	case COPY_MSG_IN:
		add_message(ctx, spec, arg_of(ctx, spec->arg), UINT64_MAX);
		break;
	default:
		break;
	}
}

static void copy_out(struct stub_context *ctx, const struct copy_spec *spec)
{
	uint64_t ret = ctx->ret;

	if (!arg_of(ctx, spec->arg))
		return;
	switch (spec->kind) {
	case COPY_BYTES_OUT:
		add_bytes(ctx, spec->arg, ret, ctx->control->snaplen);
		break;
	case COPY_FIXED_OUT:
		add_bytes(ctx, spec->arg, spec->with, FIXED_LEN);
		break;
	case COPY_ADDR_OUT:
		add_address_out(ctx, spec);
		break;
	case COPY_IOVEC_OUT:
		add_vector(ctx, spec, ret);
		break;
	case COPY_MSG_OUT:
		add_message(ctx, spec, arg_of(ctx, spec->arg), ret);
		break;
	case COPY_MMSG_OUT:
		add_messages(ctx, spec);
		break;
	case COPY_POLL_OUT:
		add_bytes(ctx, spec->arg, arg_of(ctx, spec->with) * 8,
			  FIXED_LEN);
		break;
	default:
		break;
	}
}

/* Of struct stat: only what a raw_stat holds. */
struct kernel_stat {
	uint64_t dev, ino, nlink;
	uint32_t mode, uid, gid, pad;
	uint64_t rdev, size;
	uint64_t rest[11];
};

/*
 * At the entry of an open, its path copied: is it to make a new file?  Only
 * the kernel can tell, by one more call.
 */
static void note_new_file(struct stub_context *ctx)
{
	enum { CREATE = 0100, NO_FOLLOW = 0x100, HERE = -100 };
	const struct raw_piece *path = (void *)(ctx->record + 1);
	uint64_t flags = ctx->rdx;
	long folder = (int32_t)ctx->rdi;
	uint64_t name = ctx->rsi;
	struct kernel_stat st;

	switch ((int32_t)ctx->rax) {
	case SYS_openat:
		break;
	case SYS_openat2: /* flags are the first of struct open_how */
		if (stub_copy(&flags, (const void *)(uintptr_t)ctx->rdx,
			      sizeof(flags)) < sizeof(flags))
			return;
		break;
	case SYS_open:
	case SYS_creat:
		flags = (int32_t)ctx->rax == SYS_creat ? CREATE : ctx->rsi;
		folder = HERE;
		name = ctx->rdi;
		break;
	default:
		return;
	}
	if ((flags & CREATE) && ctx->record->piece_count && path->len &&
	    call4(SYS_newfstatat, folder, (long)name, (long)&st, NO_FOLLOW))
		ctx->record->flags |= RAW_CREATES;
}

static void add_stat(struct stub_context *ctx, long fd)
{
	struct raw_piece *piece;
	struct raw_stat *raw;
	struct kernel_stat st;

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

/* An address as getsockname or getpeername (nr) tells it; its length. */
static uint8_t ask_address(long nr, long fd, uint8_t *to, uint32_t room)
{
	uint32_t len = room;

	if (call4(nr, fd, (long)to, (long)&len, 0))
		return 0;
	return (uint8_t)(len < room ? len : room);
}

/*
 * Asked for each call anew: another thread, or another process with the same
 * table, may have made the descriptor another socket meanwhile.
 */
static void add_socket(struct stub_context *ctx, long fd)
{
	enum { UNIX = 1 };
	struct raw_socket socket;
	struct raw_piece *piece;
	struct raw_socket *raw;

	socket.local_len = ask_address(SYS_getsockname, fd, socket.local,
				       sizeof(socket.local));
	if (socket.local_len < 2)
		return;
	/* A unix socket has no number but its inode's. */
	if (socket.local[0] == UNIX && !socket.local[1])
		add_stat(ctx, fd);
	piece = begin(ctx, PIECE_SOCKET, 0);
	raw = data_of(piece);
	stub_copy(raw, &socket, sizeof(socket));
	raw->family = (uint16_t)(raw->local[0] | raw->local[1] << 8);
	raw->type = raw->protocol = 0;
	raw->peer_len =
		ask_address(SYS_getpeername, fd, raw->peer, sizeof(raw->peer));
	end(ctx, piece, sizeof(*raw), 0);
}

/* The queue of a listening TCP socket: tcp(7), TCP_INFO, unacked and sacked. */
static void add_queue(struct stub_context *ctx)
{
	enum { TCP = 6, TCP_INFO = 11, TCP_LISTEN = 10 };
	uint32_t info[8] = { 0 };
	uint32_t len = sizeof(info);
	struct raw_piece *piece;

	if (call5(SYS_getsockopt, (long)ctx->rdi, TCP, TCP_INFO, (long)info,
		  (long)&len) ||
	    (info[0] & 0xff) != TCP_LISTEN)
		return;
	piece = begin(ctx, PIECE_WORDS, 0);
	stub_copy(data_of(piece), info + 6, 8);
	end(ctx, piece, 8, 0);
}

/* Both ends of a pipe are one inode. */
static void add_pipe(struct stub_context *ctx)
{
	int32_t fd;

	if (stub_copy(&fd, (const void *)(uintptr_t)ctx->rdi, sizeof(fd)) ==
	    sizeof(fd))
		add_stat(ctx, fd);
}

static void add_facts(struct stub_context *ctx)
{
	unsigned facts = ctx->row->facts;
	int64_t ret = (int64_t)ctx->ret;

	if (ctx->control->filtered)
		return;
	if ((facts & FACT_STAT_RET) && ret >= 0 && !ctx->control->no_inodes)
		add_stat(ctx, (long)ret);
	if ((facts & FACT_PIPE) && ret >= 0)
		add_pipe(ctx);
	if (facts & FACT_SOCKET_ARG0)
		add_socket(ctx, (long)ctx->rdi);
	if ((facts & FACT_SOCKET_RET) && ret >= 0)
		add_socket(ctx, (long)ret);
	if ((facts & FACT_QUEUE) && ret >= 0)
		add_queue(ctx);
}

/* A full ring: waits until the recorder has taken something. */
static void wait_for_room(struct stub_context *ctx)
{
	struct ring *ring = ctx->ring;
	uint32_t *word = (uint32_t *)(void *)&ring->tail;
	uint32_t seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);
	uint64_t time[2] = { 0, WAIT_NS };

	if (ctx->control->filtered) {
		__asm__ volatile("pause");
		return;
	}
	__atomic_store_n(&ring->waiting, 1, __ATOMIC_SEQ_CST);
	call4(SYS_futex, (long)word, FUTEX_WAIT, (long)seen, (long)time);
}

/* A place for the record, or NULL: it is lost, and counted. */
static struct raw_record *reserve(struct stub_context *ctx)
{
	uint32_t room = ctx->row->room;

	while (room) {
		struct raw_record *record =
			ring_place(ctx->ring, ctx->ring_size, room);

		if (record)
			return record;
		if (!ctx->control->blocks || !(ctx->alive & 0xff))
			break;
		wait_for_room(ctx);
	}
	if (room) {
		ctx->ring->dropped++;
		ctx->seq++;
	}
	return NULL;
}

static void fill_head(struct stub_context *ctx)
{
	struct raw_record *record = ctx->record;

	record->len = sizeof(*record);
	record->kind = RAW_SYSCALL;
	record->abi = ctx->rax & 0x40000000 ? RAW_X32 : RAW_X86_64;
	record->piece_count = 0;
	record->nr = (int32_t)ctx->rax;
	record->flags = 0;
	record->pid = ctx->pid;
	record->tid = ctx->tid;
	record->enter_ns = 0;
	record->args[0] = ctx->rdi;
	record->args[1] = ctx->rsi;
	record->args[2] = ctx->rdx;
	record->args[3] = ctx->r10;
	record->args[4] = ctx->r8;
	record->args[5] = ctx->r9;
	record->seq = ctx->seq + 1;
}

/* The recorder turns the time stamp counter into ns. */
static void commit(struct stub_context *ctx)
{
	ctx->record->exit_ns = ctx->exit_tsc;
	ctx->seq++;
	ring_commit(ctx->ring, ctx->record->len);
}

/* Keeps SIGSYS out of the set of signals that argument 1 points to. */
static void unmask(struct stub_context *ctx)
{
	uint64_t *set = &ctx->mask;
	size_t len = MASK_LEN;

	if (!ctx->rsi)
		return;
	if ((int32_t)ctx->rax == SYS_rt_sigaction) {
		set = ctx->action;
		len = sizeof(ctx->action);
	}
	if (stub_copy(set, (const void *)(uintptr_t)ctx->rsi, len) < len)
		return;
	ctx->asked = (set[len / 8 - 1] & SIGSYS_BIT) != 0;
	set[len / 8 - 1] &= ~(uint64_t)SIGSYS_BIT;
	ctx->call_rsi = (uint64_t)(uintptr_t)set;
}

static int is_filter(const struct stub_context *ctx)
{
	enum { SET_SECCOMP = 22, SET_MODE_FILTER = 1 };

	return (int32_t)ctx->rax == SYS_seccomp ? ctx->rdi <= SET_MODE_FILTER
						: ctx->rdi == SET_SECCOMP;
}

/*
 * Calls about what brings calls here, which the tracer answers: the dispatch
 * (prctl), its signal.
 */
static int is_tracers(const struct stub_context *ctx)
{
	enum {
		SET_SYSCALL_USER_DISPATCH = 59,
		SIGSYS_NR = 31,
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

/* The tracer shall make this call.  One that it sent traps where it came from. */
static int give_back(struct stub_context *ctx)
{
	ctx->again = 1;
	if (ctx->desc == (uint64_t)(uintptr_t)ctx->sent)
		ctx->desc = ctx->after - 2;
	return STUB_DO_TRAP;
}

/* How to make a call that makes a process; threads are the tracer's. */
static int way_of_fork(const struct stub_context *ctx)
{
	enum { VM = 0x100, VFORK = 0x4000, UNTRACED = 0x800000 };
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal;
		uint64_t stack;
	} how = { .flags = ctx->rdi, .stack = ctx->rsi };

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

/* What a call needs besides being recorded. */
static void prepare(struct stub_context *ctx)
{
	if (ctx->row->action == STUB_MASK)
		unmask(ctx);
	else if (ctx->row->action == STUB_FILTER && is_filter(ctx))
		ctx->control->filtered = 1;
}

int stub_before(struct stub_context *ctx)
{
	uint64_t nr = ctx->rax;
	const struct stub_row *row =
		&ctx->rows[nr < SYSCALL_MAX ? nr : SYSCALL_MAX];
	int what = STUB_DO_CALL;
	uint32_t cpu;

	ctx->row = row;
	ctx->record = NULL;
	ctx->call_rsi = ctx->rsi;
	ctx->call_rdx = ctx->rdx;
	if (row->action >= STUB_TRAP) {
		if (row->action == STUB_TRAP || is_tracers(ctx))
			return STUB_DO_TRAP;
		if (row->action == STUB_FORK)
			what = way_of_fork(ctx);
		if (what == STUB_DO_TRAP)
			return give_back(ctx);
		if (row->action == STUB_SKIP)
			return STUB_DO_CALL;
		prepare(ctx);
	}
	ctx->record = reserve(ctx);
	if (ctx->record) {
		fill_head(ctx);
		if (row->has_in)
			for (int i = 0; i < COPY_MAX; i++)
				copy_in(ctx, &row->copies[i]);
		if ((row->facts & FACT_STAT_RET) && !ctx->control->filtered)
			note_new_file(ctx);
	}
	if (row->action != STUB_NAKED)
		return what;
	if (ctx->record) {
		ctx->exit_tsc = read_tsc(&cpu);
		ctx->record->cpu = (uint16_t)cpu;
		ctx->record->flags = RAW_NO_RETURN;
		ctx->record->ret = 0;
		commit(ctx);
	}
	return STUB_DO_NAKED;
}

/* The program sees SIGSYS blocked if it has blocked it. */
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
}

/*
 * What the tracer would have told of an exec or a fork is missing where there
 * was none: it makes the call again.  A signal finds the thread before the
 * call from here on, or has come and waits for the end of this one.
 */
static int must_again(struct stub_context *ctx)
{
	if ((ctx->row->action != STUB_EXEC && ctx->row->action != STUB_FORK) ||
	    (int64_t)ctx->ret >= 0)
		return 0;
	__atomic_store_n(&ctx->phase, STUB_BEFORE, __ATOMIC_SEQ_CST);
	if (!__atomic_load_n(&ctx->hold, __ATOMIC_SEQ_CST))
		return 1;
	__atomic_store_n(&ctx->phase, STUB_AFTER, __ATOMIC_SEQ_CST);
	return 0;
}

/* What to do then: 0, go on behind the call; or STUB_DO_TRAP. */
int stub_finish(struct stub_context *ctx)
{
	const struct stub_row *row = ctx->row;
	uint32_t cpu;

	ctx->exit_tsc = read_tsc(&cpu);
	if (row->action == STUB_MASK)
		tell_mask(ctx);
	if (must_again(ctx))
		return give_back(ctx);
	if (!ctx->record)
		return 0;
	ctx->record->cpu = (uint16_t)cpu;
	ctx->record->ret = (int64_t)ctx->ret;
	if (row->has_out) {
		if ((int64_t)ctx->ret >= 0)
			for (int i = 0; i < COPY_MAX; i++)
				copy_out(ctx, &row->copies[i]);
		if (row->facts)
			add_facts(ctx);
	}
	commit(ctx);
	return 0;
}

/*
 * The tracer died holding a signal: it is sent again, as it was, and comes when
 * the mask is as before.  The ids are those of the program's own namespace.
 */
void stub_queue_held(struct stub_context *ctx)
{
	long pid = call4(SYS_getpid, 0, 0, 0, 0);
	long tid = call4(SYS_gettid, 0, 0, 0, 0);

	ctx->hold = 0;
	call4(SYS_rt_tgsigqueueinfo, pid, tid, ctx->held_signal,
	      (long)ctx->held_info);
}
