/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: both ends of the socket that a call used.  To
 * ask for them takes two calls, so those of TCP connections are kept, by
 * descriptor, in the slot of the thread.
 *
 * A connection has the same ends for all its life, but a descriptor may come to
 * stand for another connection: by close and dup2 in this thread, in other
 * threads, and in processes with the same table of descriptors.  All these have
 * one arena (else nothing is kept), and count such changes there, by
 * descriptor, as they begin and as they are over.  Ends are kept if no change
 * was under way when they were asked for, and hold as long as none has begun.
 * Both counts are needed: a thread may ask between the first count of another
 * thread and its close, and get the old ends; so nothing is kept while a change
 * is under way.  The change of a thread that is killed in its call is never
 * over: then descriptors of that number are asked for each time, which is slow
 * but right.
 *
 * A thread that has the connection under another descriptor, or in another
 * process, can end it by connect(AF_UNSPEC), or make IPv4 of IPv6: such calls
 * trap to the tracer, which counts them for all processes.  UDP sockets and
 * others are asked for each time, as more can change them.  A connection that
 * was reset has no peer any more when asked: the ends kept are used for calls
 * that sent or received something all the same.
 */
#include <sys/syscall.h>

#include "capture/stub/stub_parts.h"

enum { UNIX = 1, INET = 2, INET6 = 10 };
enum { TCP = 6, PROTOCOL_UNKNOWN = 0xffff };

static uint32_t count_of(const uint32_t *count)
{
	return __atomic_load_n(count, __ATOMIC_ACQUIRE);
}

static struct stub_changes *changes_of(const struct stub_context *ctx,
				       uint64_t fd)
{
	return &state_of(ctx)->of[(uint32_t)fd % STUB_CHANGES];
}

static struct stub_ends *place_of(struct stub_context *ctx, uint32_t fd)
{
	return &fixed_of(ctx)->ends[fd % STUB_ENDS];
}

/* Does a connect(2) end a connection: AF_UNSPEC, or an address that is not
 * there? */
static int ends_connection(const struct stub_context *ctx)
{
	uint16_t family = 0;

	stub_copy(&family, (const void *)(uintptr_t)ctx->rsi, sizeof(family));
	return !family;
}

static int is_address_form(const struct stub_context *ctx)
{
	enum { LEVEL_IPV6 = 41, ADDRFORM = 1 };

	return (int32_t)ctx->rsi == LEVEL_IPV6 && (int32_t)ctx->rdx == ADDRFORM;
}

/* The protocol of a socket, IPPROTO_*. */
static uint16_t ask_protocol(uint32_t fd)
{
	enum { SOCKET = 1, PROTOCOL = 38 };
	uint32_t protocol = 0;
	uint32_t len = sizeof(protocol);

	if (call(SYS_getsockopt,
		 (struct call_args){ (long)fd, SOCKET, PROTOCOL,
				     (long)&protocol, (long)&len }) ||
	    !protocol || protocol > PROTOCOL_UNKNOWN)
		return PROTOCOL_UNKNOWN;
	return (uint16_t)protocol;
}

int stub_changes_others(const struct stub_context *ctx)
{
	if (ctx->row->change == CHANGE_OPTION)
		return is_address_form(ctx);
	return ctx->row->change == CHANGE_CONNECT && ends_connection(ctx) &&
	       (state_of(ctx)->filtered ||
		ask_protocol((uint32_t)ctx->rdi) == TCP);
}

/* The count of changes that a call belongs to; NULL: it changes none. */
static struct stub_changes *what_changes(const struct stub_context *ctx)
{
	struct stub_state *state = state_of(ctx);

	switch (ctx->row->change) {
	case CHANGE_FD0:
		return changes_of(ctx, ctx->rdi);
	case CHANGE_FD1:
		return changes_of(ctx, ctx->rsi);
	case CHANGE_ALL:
		return &state->all;
	case CHANGE_UNSEEN:
		__atomic_store_n(&state->keeps_no_ends, 1, __ATOMIC_SEQ_CST);
		return NULL;
	default:
		return NULL;
	}
}

void stub_begin_change(struct stub_context *ctx)
{
	struct stub_changes *what = what_changes(ctx);

	/* A call that a signal took the thread back to was never made. */
	stub_end_change(ctx);
	if (!what)
		return;
	__atomic_fetch_add(&what->begun, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&ctx->changing, what, __ATOMIC_SEQ_CST);
}

void stub_end_change(struct stub_context *ctx)
{
	struct stub_changes *what = ctx->changing;

	if (!what)
		return;
	__atomic_store_n(&ctx->changing, NULL, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&what->ended, 1, __ATOMIC_SEQ_CST);
}

/* Do the ends kept for a descriptor still hold? */
static int holds(const struct stub_context *ctx, const struct stub_ends *kept,
		 uint32_t fd)
{
	const struct stub_state *state = state_of(ctx);

	return kept->fd == fd && kept->head.peer_len &&
	       kept->version == count_of(&changes_of(ctx, fd)->begun) &&
	       kept->epoch == count_of(&state->all.begun) &&
	       kept->others == count_of(&fixed_of(ctx)->own->others.begun) &&
	       !state->keeps_no_ends;
}

/*
 * Asks for an end by getsockname or getpeername (nr); its length, 0: unknown.
 */
static uint8_t ask_end(long nr, uint32_t fd, void *to)
{
	uint32_t len = RAW_END_MAX;

	if (call4(nr, (long)fd, (long)to, (long)&len, 0))
		return 0;
	return (uint8_t)(len < RAW_END_MAX ? len : RAW_END_MAX);
}

/* Adds both ends, kept or asked for. */
static void add_ends(struct stub_context *ctx, uint32_t fd,
		     struct raw_socket head, const void *bytes)
{
	struct raw_piece *piece = begin(ctx, PIECE_SOCKET, 0);
	struct raw_socket *raw = data_of(piece);
	size_t len = (size_t)head.local_len + head.peer_len;

	*raw = head;
	end(ctx, piece, sizeof(head) + stub_copy(raw + 1, bytes, len), 0);
	if (lookup_is_socket(head, bytes))
		ctx->lookup_fd = fd + 1;
}

/* The account of changes that the ends asked for next will belong to. */
static struct stub_ends look_at_changes(const struct stub_context *ctx,
					uint32_t fd)
{
	return (struct stub_ends){
		.fd = fd,
		.version = count_of(&changes_of(ctx, fd)->begun),
		.epoch = count_of(&state_of(ctx)->all.begun),
		.others = count_of(&fixed_of(ctx)->own->others.begun),
	};
}

static int is_under_way(const struct stub_context *ctx,
			const struct stub_ends *now)
{
	return count_of(&changes_of(ctx, now->fd)->ended) != now->version ||
	       count_of(&state_of(ctx)->all.ended) != now->epoch ||
	       count_of(&fixed_of(ctx)->own->others.ended) != now->others;
}

/* Keeps the ends of a TCP connection. */
static void keep(struct stub_context *ctx, const struct stub_ends *now,
		 struct raw_socket head, const uint8_t *ends)
{
	struct stub_ends *kept = place_of(ctx, now->fd);
	size_t len = (size_t)head.local_len + head.peer_len;
	unsigned family = ends[0] | (unsigned)ends[1] << 8;

	kept->head.peer_len = 0;
	if (!head.peer_len || len > sizeof(kept->bytes) ||
	    (family != INET && family != INET6))
		return;
	kept->fd = now->fd;
	kept->version = now->version;
	kept->epoch = now->epoch;
	kept->others = now->others;
	kept->protocol = 0;
	stub_copy(kept->bytes, ends, len);
	kept->head = head;
}

void stub_add_socket(struct stub_context *ctx, uint32_t fd, int is_used)
{
	struct stub_ends *kept = place_of(ctx, fd);
	int is_kept = holds(ctx, kept, fd);
	uint8_t ends[2 * RAW_END_MAX];
	struct raw_socket head;
	struct stub_ends now;
	int is_quiet;

	if (is_kept && is_used) {
		if (!kept->protocol)
			kept->protocol = ask_protocol(fd);
		if (kept->protocol == TCP) {
			add_ends(ctx, fd, kept->head, kept->bytes);
			return;
		}
	}
	now = look_at_changes(ctx, fd);
	is_quiet = !is_under_way(ctx, &now);
	head.local_len = ask_end(SYS_getsockname, fd, ends);
	if (head.local_len < 2)
		return;
	head.peer_len = ask_end(SYS_getpeername, fd, ends + head.local_len);
	add_ends(ctx, fd, head, ends);
	if (!is_kept && is_quiet)
		keep(ctx, &now, head, ends);
	/* A unix socket without an address is known by its inode. */
	if (ends[0] == UNIX && !ends[1])
		stub_add_stat(ctx, fd);
}
