/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw records become events: each parameter is made by the source that the
 * syscall's row names for it.  Process events are in encode_process.c.
 */
#include "capture/encode.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "capture/encode_internal.h"
#include "core/arena.h"
#include "core/event/ppm_constants.h"

struct encoder *encoder_new(uint32_t snaplen)
{
	struct encoder *e = mem_zalloc(sizeof(*e));

	e->snaplen = snaplen;
	return e;
}

void encoder_free(struct encoder *e)
{
	if (!e)
		return;
	processes_free(e);
	arena_free(&e->scratch);
	free(e);
}

const struct raw_piece *find_piece(const struct raw_record *record,
				   enum piece_kind kind, unsigned arg)
{
	const struct raw_piece *piece = NULL;

	while ((piece = raw_next_piece(record, piece)))
		if (piece->kind == kind &&
		    (kind != PIECE_MEMORY || piece->arg == arg))
			return piece;
	return NULL;
}

struct bytes piece_bytes(const struct raw_record *record, enum piece_kind kind,
			 unsigned arg)
{
	const struct raw_piece *piece = find_piece(record, kind, arg);

	if (!piece)
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ raw_piece_data(piece), piece->len };
}

/* A number as wide as the parameter's type. */
static struct bytes number(struct making *m, uint64_t value)
{
	unsigned len = param_type_len((enum param_type)m->kind->type);
	uint8_t *to = arena_alloc(&m->encoder->scratch, 8);

	memcpy(to, &value, sizeof(value));
	return (struct bytes){ to, len ? len : 8 };
}

static uint64_t arg(const struct making *m, unsigned i)
{
	return i < SYSCALL_ARGS ? m->record->args[i] : 0;
}

static struct bytes from_ret(struct making *m)
{
	return number(m, (uint64_t)m->record->ret);
}

static struct bytes from_arg(struct making *m)
{
	return number(m, arg(m, m->index));
}

static struct bytes from_fd(struct making *m)
{
	return number(m, (uint64_t)(int64_t)(int32_t)arg(m, m->index));
}

static struct bytes nothing(struct making *m)
{
	(void)m;
	return (struct bytes){ NULL, 0 };
}

static struct bytes from_path(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	char *copy;
	size_t len;

	if (!b.len)
		return b;
	len = strnlen((const char *)b.data, b.len);
	copy = arena_copy(&m->encoder->scratch, b.data, len);
	return (struct bytes){ (uint8_t *)copy, len + 1 };
}

/* A message piece has its own header and address before the data. */
static bool is_message(const struct making *m)
{
	for (int i = 0; i < COPY_MAX; i++) {
		const struct copy_spec *c = &m->row->copies[i];

		if (c->arg == m->index &&
		    (c->kind == COPY_MSG_IN || c->kind == COPY_MSG_OUT))
			return true;
	}
	return false;
}

static struct raw_msg message_head(struct bytes b)
{
	struct raw_msg msg = { 0 };

	if (b.len >= sizeof(msg))
		memcpy(&msg, b.data, sizeof(msg));
	if (msg.name_len > b.len - (b.len < sizeof(msg) ? b.len : sizeof(msg)))
		msg.name_len = 0;
	return msg;
}

static struct bytes from_bytes(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	struct raw_msg msg;
	size_t skip;

	if (is_message(m)) {
		msg = message_head(b);
		skip = sizeof(msg) + msg.name_len;
		b.data += b.len >= skip ? skip : b.len;
		b.len -= b.len >= skip ? skip : b.len;
	}
	if (b.len > m->encoder->snaplen)
		b.len = m->encoder->snaplen;
	return b;
}

/* The whole length asked for, of vectors and messages: a u64 up front. */
static struct bytes from_total(struct making *m)
{
	const struct raw_piece *piece = find_piece(m->record, PIECE_MEMORY, 1);
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, 1);
	uint64_t total = m->record->ret > 0 ? (uint64_t)m->record->ret : 0;

	m->index = 1;
	if (piece && is_message(m))
		total = message_head(b).total_len;
	return number(m, total);
}

static uint32_t open_flags(uint64_t flags)
{
	static const struct {
		uint32_t kernel, ppm;
	} bits[] = {
		{ O_CREAT, PPM_O_CREAT },
		{ O_APPEND, PPM_O_APPEND },
		{ O_EXCL, PPM_O_EXCL },
		{ O_NONBLOCK, PPM_O_NONBLOCK },
		{ O_TRUNC, PPM_O_TRUNC },
		{ O_DIRECT, PPM_O_DIRECT },
		{ O_DIRECTORY, PPM_O_DIRECTORY },
		{ O_CLOEXEC, PPM_O_CLOEXEC },
	};
	uint32_t out;

	switch (flags & O_ACCMODE) {
	case O_WRONLY:
		out = PPM_O_WRONLY;
		break;
	case O_RDWR:
		out = PPM_O_RDWR;
		break;
	default:
		out = PPM_O_RDONLY;
		break;
	}
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (flags & bits[i].kernel)
			out |= bits[i].ppm;
	if ((flags & O_SYNC) == O_SYNC)
		out |= PPM_O_SYNC;
	else if (flags & O_DSYNC)
		out |= PPM_O_DSYNC;
	if ((flags & O_TMPFILE) == O_TMPFILE)
		out |= PPM_O_TMPFILE;
	return out;
}

/* Flags of calls that are no open keep only what they can say. */
static bool is_open(const struct making *m)
{
	return m->row->facts & FACT_STAT_RET;
}

static uint32_t layer_flags(const struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_STAT, 0);
	struct raw_stat st;

	if (b.len < sizeof(st))
		return 0;
	memcpy(&st, b.data, sizeof(st));
	return st.overlay == 1	 ? PPM_FD_UPPER_LAYER
	       : st.overlay == 2 ? PPM_FD_LOWER_LAYER
				 : 0;
}

static struct bytes from_open_flags(struct making *m)
{
	uint32_t flags = open_flags(arg(m, m->index));

	if (!is_open(m))
		return number(m, flags & (PPM_O_CLOEXEC | PPM_O_NONBLOCK));
	return number(m, flags | layer_flags(m));
}

/* struct open_how: flags, mode, resolve; each 64 bits. */
static struct bytes from_how_flags(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);

	return b.len < 8 ? (struct bytes){ NULL, 0 }
			 : number(m, open_flags(load_u64(b.data)) |
					     layer_flags(m));
}

/* m<mode><flags>: the mode counts only where a file may be made. */
static struct bytes from_open_mode(struct making *m)
{
	uint64_t flags = arg(m, m->sub);
	bool makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;

	return number(m, makes ? arg(m, m->index) & 07777 : 0);
}

static struct bytes from_stat(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_STAT, 0);
	struct raw_stat st;

	if (b.len < sizeof(st))
		return (struct bytes){ NULL, 0 };
	memcpy(&st, b.data, sizeof(st));
	return number(m, m->letter == 'D' ? st.dev : st.ino);
}

/* v: 32-bit word, V: 64-bit word number `sub' of the memory. */
static struct bytes from_word(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	size_t width = m->letter == 'V' ? 8 : 4;

	if (b.len < width * (m->sub + 1))
		return (struct bytes){ NULL, 0 };
	b.data += width * m->sub;
	return number(
		m, width == 8 ? load_u64(b.data)
			      : (uint64_t)(int64_t)(int32_t)load_u32(b.data));
}

/* capset: three sets of two 32-bit halves, effective first. */
static struct bytes from_caps(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, 1);
	size_t at = 4 * (size_t)m->index;

	if (b.len < 24)
		return (struct bytes){ NULL, 0 };
	return number(m, load_u32(b.data + at) |
				 (uint64_t)load_u32(b.data + 12 + at) << 32);
}

static struct bytes from_timespec(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);

	if (b.len < 16)
		return (struct bytes){ NULL, 0 };
	return number(m, load_u64(b.data) * 1000000000u + load_u64(b.data + 8));
}

static struct bytes from_fcntl(struct making *m)
{
	static const uint8_t commands[] = {
		[F_DUPFD] = PPM_FCNTL_F_DUPFD,
		[F_GETFD] = PPM_FCNTL_F_GETFD,
		[F_SETFD] = PPM_FCNTL_F_SETFD,
		[F_GETFL] = PPM_FCNTL_F_GETFL,
		[F_SETFL] = PPM_FCNTL_F_SETFL,
		[F_GETLK] = PPM_FCNTL_F_GETLK,
		[F_SETLK] = PPM_FCNTL_F_SETLK,
		[F_SETLKW] = PPM_FCNTL_F_SETLKW,
		[F_SETOWN] = PPM_FCNTL_F_SETOWN,
		[F_GETOWN] = PPM_FCNTL_F_GETOWN,
	};
	uint64_t cmd = arg(m, m->index);

	if (cmd == F_DUPFD_CLOEXEC)
		return number(m, PPM_FCNTL_F_DUPFD_CLOEXEC);
	return number(m, cmd < sizeof(commands) ? commands[cmd] : 0);
}

static struct bytes from_ptrace(struct making *m)
{
	static const struct {
		uint32_t kernel, ppm;
	} requests[] = {
		{ 0, PPM_PTRACE_TRACEME },
		{ 1, PPM_PTRACE_PEEKTEXT },
		{ 2, PPM_PTRACE_PEEKDATA },
		{ 3, PPM_PTRACE_PEEKUSR },
		{ 4, PPM_PTRACE_POKETEXT },
		{ 5, PPM_PTRACE_POKEDATA },
		{ 6, PPM_PTRACE_POKEUSR },
		{ 7, PPM_PTRACE_CONT },
		{ 8, PPM_PTRACE_KILL },
		{ 12, PPM_PTRACE_GETREGS },
		{ 13, PPM_PTRACE_SETREGS },
		{ 16, PPM_PTRACE_ATTACH },
		{ 24, PPM_PTRACE_SYSCALL },
		{ 0x4206, PPM_PTRACE_SEIZE },
		{ 0x4204, PPM_PTRACE_GETREGSET },
		{ 0x4205, PPM_PTRACE_SETREGSET },
	};

	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (requests[i].kernel == arg(m, 0))
			return number(m, requests[i].ppm);
	return number(m, 0);
}

/* A DYN of alternative 0: a 64-bit number. */
static struct bytes from_dyn(struct making *m)
{
	uint8_t *to = arena_alloc(&m->encoder->scratch, 9);
	uint64_t value = arg(m, m->index);

	memcpy(to + 1, &value, sizeof(value));
	return (struct bytes){ to, 9 };
}

/* Options of sockets that the capture numbers otherwise than the kernel. */
static uint8_t socket_option(uint64_t level, uint64_t name)
{
	enum { SAME_NUMBER_MAX = 51 }; /* below it, both number alike */

	if (level != SOL_SOCKET)
		return PPM_SOCKOPT_UNKNOWN;
	switch (name) {
	case SO_MEMINFO:
		return PPM_SOCKOPT_SO_MEMINFO;
	case SO_COOKIE:
		return PPM_SOCKOPT_SO_COOKIE;
	case SO_PEERGROUPS:
		return PPM_SOCKOPT_SO_PEERGROUPS;
	default:
		return name < SAME_NUMBER_MAX ? (uint8_t)name
					      : PPM_SOCKOPT_UNKNOWN;
	}
}

/* g1: the level, g2: the option. */
static struct bytes from_socket_option(struct making *m)
{
	uint64_t level = arg(m, 1);

	if (m->index == 2)
		return number(m, socket_option(level, arg(m, 2)));
	return number(m, level == SOL_SOCKET	? PPM_SOCKOPT_LEVEL_SOL_SOCKET
			 : level == IPPROTO_TCP ? PPM_SOCKOPT_LEVEL_SOL_TCP
						: PPM_SOCKOPT_LEVEL_UNKNOWN);
}

/* A length the call points to (getsockopt), as the call left it. */
static struct bytes from_length(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);

	return number(m, b.len < 4 ? 0 : load_u32(b.data));
}

/* The alternative of sockopt_dynamic_param, its number before its bytes. */
static struct bytes option_value(struct making *m, uint8_t alternative,
				 uint64_t value, size_t len)
{
	uint8_t *to = arena_alloc(&m->encoder->scratch, 9);

	to[0] = alternative;
	memcpy(to + 1, &value, len);
	return (struct bytes){ to, 1 + len };
}

static struct bytes from_option_value(struct making *m)
{
	enum { RAW, ERRNO, UINT32, UINT64, RELTIME };
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	struct bytes given = piece_bytes(m->record, PIECE_MEMORY, 4);
	bool is_socket = arg(m, 1) == SOL_SOCKET;
	uint64_t name = arg(m, 2);
	uint8_t *copy;

	if (given.len >= 4 && load_u32(given.data) < b.len)
		b.len = load_u32(given.data);
	if (is_socket && name == SO_ERROR && b.len >= 4)
		return option_value(m, ERRNO, -(uint64_t)load_u32(b.data), 8);
	if (is_socket && (name == SO_RCVTIMEO || name == SO_SNDTIMEO) &&
	    b.len >= 16)
		return option_value(m, RELTIME,
				    load_u64(b.data) * 1000000000u +
					    load_u64(b.data + 8) * 1000u,
				    8);
	if (is_socket && name == SO_COOKIE && b.len >= 8)
		return option_value(m, UINT64, load_u64(b.data), 8);
	if (is_socket && b.len == 4)
		return option_value(m, UINT32, load_u32(b.data), 4);
	copy = arena_alloc(&m->encoder->scratch, b.len + 1);
	copy[0] = RAW;
	if (b.len)
		memcpy(copy + 1, b.data, b.len);
	return (struct bytes){ copy, b.len + 1 };
}

uint32_t clone_flags(uint64_t flags)
{
	static const struct {
		uint32_t kernel, ppm;
	} bits[] = {
		{ 0x100, PPM_CL_CLONE_VM },
		{ 0x200, PPM_CL_CLONE_FS },
		{ 0x400, PPM_CL_CLONE_FILES },
		{ 0x800, PPM_CL_CLONE_SIGHAND },
		{ 0x2000, PPM_CL_CLONE_PTRACE },
		{ 0x4000, PPM_CL_CLONE_VFORK },
		{ 0x8000, PPM_CL_CLONE_PARENT },
		{ 0x10000, PPM_CL_CLONE_THREAD },
		{ 0x20000, PPM_CL_CLONE_NEWNS },
		{ 0x40000, PPM_CL_CLONE_SYSVSEM },
		{ 0x80000, PPM_CL_CLONE_SETTLS },
		{ 0x100000, PPM_CL_CLONE_PARENT_SETTID },
		{ 0x200000, PPM_CL_CLONE_CHILD_CLEARTID },
		{ 0x800000, PPM_CL_CLONE_UNTRACED },
		{ 0x1000000, PPM_CL_CLONE_CHILD_SETTID },
		{ 0x2000000, PPM_CL_CLONE_NEWCGROUP },
		{ 0x4000000, PPM_CL_CLONE_NEWUTS },
		{ 0x8000000, PPM_CL_CLONE_NEWIPC },
		{ 0x10000000, PPM_CL_CLONE_NEWUSER },
		{ 0x20000000, PPM_CL_CLONE_NEWPID },
		{ 0x40000000, PPM_CL_CLONE_NEWNET },
		{ 0x80000000, PPM_CL_CLONE_IO },
	};
	uint32_t out = 0;

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (flags & bits[i].kernel)
			out |= bits[i].ppm;
	return out;
}

static struct bytes from_clone_flags(struct making *m)
{
	return number(m, clone_flags(arg(m, m->index)));
}

static struct bytes from_prot(struct making *m)
{
	return number(m, arg(m, m->index) & 7);
}

static struct bytes from_map_flags(struct making *m)
{
	static const struct {
		uint32_t kernel, ppm;
	} bits[] = {
		{ MAP_SHARED, PPM_MAP_SHARED },
		{ MAP_PRIVATE, PPM_MAP_PRIVATE },
		{ MAP_FIXED, PPM_MAP_FIXED },
		{ MAP_ANONYMOUS, PPM_MAP_ANONYMOUS },
		{ MAP_32BIT, PPM_MAP_32BIT },
		{ MAP_NORESERVE, PPM_MAP_NORESERVE },
		{ MAP_POPULATE, PPM_MAP_POPULATE },
		{ MAP_NONBLOCK, PPM_MAP_NONBLOCK },
		{ MAP_GROWSDOWN, PPM_MAP_GROWSDOWN },
		{ MAP_DENYWRITE, PPM_MAP_DENYWRITE },
		{ MAP_LOCKED, PPM_MAP_LOCKED },
	};
	uint64_t flags = arg(m, m->index);
	uint32_t out = 0;

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (flags & bits[i].kernel)
			out |= bits[i].ppm;
	return number(m, out);
}

/* flock: the kernel's LOCK_* have the same values but for LOCK_UN. */
static struct bytes from_lock(struct making *m)
{
	return number(m, arg(m, m->index) & 15);
}

static struct bytes from_socket_flags(struct making *m)
{
	uint64_t flags = arg(m, m->index);
	uint32_t out = 0;

	if (flags & SOCK_CLOEXEC)
		out |= PPM_O_CLOEXEC;
	if (flags & SOCK_NONBLOCK)
		out |= PPM_O_NONBLOCK;
	return number(m, out);
}

static struct bytes from_epoll_flags(struct making *m)
{
	return number(m, arg(m, m->index) & O_CLOEXEC ? 1 : 0);
}

/* One end of a socket, read from sockaddr bytes. */
struct sock_end {
	uint16_t family;
	uint8_t ip[16];
	uint16_t port;
	struct bytes path;
};

static bool decode_end(struct bytes b, struct sock_end *end)
{
	*end = (struct sock_end){ 0 };
	if (b.len < 2)
		return false;
	end->family = load_u16(b.data);
	if (end->family == AF_INET && b.len >= 8) {
		end->port = ntohs(load_u16(b.data + 2));
		memcpy(end->ip, b.data + 4, 4);
	} else if (end->family == AF_INET6 && b.len >= 24) {
		end->port = ntohs(load_u16(b.data + 2));
		memcpy(end->ip, b.data + 8, 16);
	} else if (end->family == AF_UNIX) {
		end->path = (struct bytes){ b.data + 2, b.len - 2 };
		/* Abstract names begin with a NUL: shown as '@' or not. */
		end->path.len =
			strnlen((const char *)end->path.data, end->path.len);
	} else {
		return false;
	}
	return true;
}

static struct bytes keep(struct making *m, struct buffer *b)
{
	char *copy = arena_copy(&m->encoder->scratch, b->data, b->len);
	struct bytes out = { (uint8_t *)copy, b->len };

	buffer_free(b);
	return out;
}

static struct bytes from_sockaddr(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	struct buffer out = { 0 };
	struct sock_end end;

	if (!decode_end(b, &end))
		return (struct bytes){ NULL, 0 };
	buffer_u8(&out, (uint8_t)end.family);
	if (end.family == AF_UNIX) {
		buffer_put(&out, end.path.data, end.path.len);
		buffer_u8(&out, 0);
	} else {
		buffer_put(&out, end.ip, end.family == AF_INET ? 4 : 16);
		buffer_u16(&out, end.port);
	}
	return keep(m, &out);
}

static struct bytes make_tuple(struct making *m, const struct sock_end *from,
			       const struct sock_end *to)
{
	struct buffer out = { 0 };
	uint16_t family = to->family ? to->family : from->family;
	size_t len = family == AF_INET ? 4 : 16;

	buffer_u8(&out, (uint8_t)family);
	if (family == AF_UNIX) {
		struct bytes path = to->path.len ? to->path : from->path;

		buffer_u64(&out, 0);
		buffer_u64(&out, 0);
		buffer_put(&out, path.data, path.len);
		buffer_u8(&out, 0);
		return keep(m, &out);
	}
	buffer_put(&out, from->ip, len);
	buffer_u16(&out, from->port);
	buffer_put(&out, to->ip, len);
	buffer_u16(&out, to->port);
	return keep(m, &out);
}

/* The address given with the call, if there is one. */
static struct bytes given_address(const struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);

	if (is_message(m)) {
		b.len = b.len < sizeof(struct raw_msg)
				? 0
				: message_head(b).name_len;
		b.data += sizeof(struct raw_msg);
	}
	return b;
}

/*
 * C connect: local -> address; A accept: peer -> local; T sending: local ->
 * address or peer; R receiving: address or peer -> local.
 */
static struct bytes from_tuple(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_SOCKET, 0);
	struct raw_socket s = { 0 };
	struct sock_end local = { 0 };
	struct sock_end peer = { 0 };
	bool known;

	if (b.len >= sizeof(s))
		memcpy(&s, b.data, sizeof(s));
	decode_end((struct bytes){ s.local,
				   s.local_len < 112 ? s.local_len : 112u },
		   &local);
	known = m->letter != 'A' && decode_end(given_address(m), &peer);
	if (!known)
		known = decode_end((struct bytes){ s.peer, s.peer_len < 112
								   ? s.peer_len
								   : 112u },
				   &peer);
	if (!known && m->letter != 'A')
		return (struct bytes){ NULL, 0 };
	if (!local.family && !peer.family)
		return (struct bytes){ NULL, 0 };
	return m->letter == 'A' || m->letter == 'R'
		       ? make_tuple(m, &peer, &local)
		       : make_tuple(m, &local, &peer);
}

static struct bytes from_pollfds(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, m->index);
	size_t n = b.len / sizeof(struct pollfd);
	struct buffer out = { 0 };

	buffer_u16(&out, (uint16_t)n);
	for (size_t i = 0; i < n; i++) {
		struct pollfd fd;

		memcpy(&fd, b.data + i * sizeof(fd), sizeof(fd));
		buffer_u64(&out, (uint64_t)(int64_t)fd.fd);
		buffer_u16(&out, (uint16_t)fd.revents);
	}
	return keep(m, &out);
}

/* The letters of syscall_row.params. */
static struct bytes (*const sources[128])(struct making *m) = {
	['r'] = from_ret,	   ['a'] = from_arg,
	['d'] = from_fd,	   ['e'] = nothing,
	['p'] = from_path,	   ['b'] = from_bytes,
	['z'] = from_total,	   ['o'] = from_open_flags,
	['H'] = from_how_flags,	   ['m'] = from_open_mode,
	['D'] = from_stat,	   ['I'] = from_stat,
	['v'] = from_word,	   ['V'] = from_word,
	['N'] = from_caps,	   ['n'] = from_timespec,
	['c'] = from_fcntl,	   ['Y'] = from_ptrace,
	['y'] = from_dyn,	   ['L'] = from_clone_flags,
	['q'] = from_prot,	   ['Q'] = from_map_flags,
	['k'] = from_lock,	   ['t'] = from_socket_flags,
	['E'] = from_epoll_flags,  ['s'] = from_sockaddr,
	['C'] = from_tuple,	   ['A'] = from_tuple,
	['T'] = from_tuple,	   ['R'] = from_tuple,
	['l'] = from_pollfds,	   ['g'] = from_socket_option,
	['G'] = from_option_value, ['P'] = from_length,
};

static unsigned digit(const char *at)
{
	return *at >= '0' && *at <= '9' ? (unsigned)(*at - '0') : 0;
}

static void make_params(struct encoder *e, const struct raw_record *record,
			const struct syscall_row *row)
{
	const char *at = row->params;
	struct event *event = &e->event;
	const struct event_kind *kind = &event_kinds[row->event];

	for (unsigned i = 0; *at && i < kind->nparams; i++) {
		struct making m = { e,	 record,	row, &kind->params[i],
				    *at, digit(at + 1), 0 };

		if (m.index || at[1] == '0')
			m.sub = digit(at + 2);
		event->params[i] = sources[(unsigned char)*at](&m);
		event->count = i + 1;
		at += strcspn(at, " ");
		at += *at == ' ';
	}
}

static void make_generic(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row)
{
	uint16_t *ids = arena_alloc(&e->scratch, 4);

	ids[0] = row->ppm_sc;
	ids[1] = (uint16_t)record->nr;
	e->event.params[0] = (struct bytes){ (uint8_t *)ids, 2 };
	e->event.params[1] = (struct bytes){ (uint8_t *)(ids + 1), 2 };
	e->event.count = 2;
}

static void encode_syscall(struct encoder *e, const struct raw_record *record)
{
	const struct syscall_row *row =
		syscall_row((enum raw_abi)record->abi, record->nr);

	e->event.code = row->event;
	if (row->params)
		make_params(e, record, row);
	else if (row->event == PPME_GENERIC_X)
		make_generic(e, record, row);
	else
		encode_process_call(e, record, row);
	e->has_event = true;
}

static void encode_signal(struct encoder *e, const struct raw_record *record)
{
	int64_t *ids = arena_alloc(&e->scratch, 24);

	ids[0] = (int64_t)record->args[0];
	ids[1] = record->pid;
	ids[2] = record->nr;
	e->event.code = PPME_SIGNALDELIVER_E;
	e->event.params[0] = (struct bytes){ (uint8_t *)ids, 8 };
	e->event.params[1] = (struct bytes){ (uint8_t *)(ids + 1), 8 };
	e->event.params[2] = (struct bytes){ (uint8_t *)(ids + 2), 1 };
	e->event.count = 3;
	e->has_event = true;
}

/* Losses and notes are events too: what a reader must know. */
static void encode_note(struct encoder *e, const struct raw_record *record)
{
	struct bytes text = piece_bytes(record, PIECE_TEXT, 0);
	char *note;

	if (record->kind == RAW_LOST)
		note = arena_printf(&e->scratch, "%llu records were lost",
				    (unsigned long long)record->args[0]);
	else
		note = arena_copy(&e->scratch, text.data, text.len);
	e->event.code = PPME_NOTIFICATION_E;
	e->event.params[0] = (struct bytes){ (const uint8_t *)"spoor", 6 };
	e->event.params[1] =
		(struct bytes){ (uint8_t *)note, strlen(note) + 1 };
	e->event.count = 2;
	e->has_event = true;
}

void encoder_put(struct encoder *e, const struct raw_record *record)
{
	arena_reset(&e->scratch);
	e->event = (struct event){ .ts_ns = record->exit_ns,
				   .tid = record->tid,
				   .cpu = record->cpu };
	e->has_event = false;
	switch (record->kind) {
	case RAW_SYSCALL:
		encode_syscall(e, record);
		break;
	case RAW_THREAD:
		encode_thread(e, record);
		break;
	case RAW_EXIT:
		encode_exit(e, record);
		break;
	case RAW_SIGNAL:
		encode_signal(e, record);
		break;
	case RAW_NOTE:
	case RAW_LOST:
		encode_note(e, record);
		break;
	default:
		break;
	}
}

int encoder_next(struct encoder *e, struct event *ret_event)
{
	if (!e->has_event)
		return 0;
	e->has_event = false;
	*ret_event = e->event;
	return 1;
}
