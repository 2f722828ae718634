/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of events from raw records, a function for each source: numbers,
 * flags, texts, memory.  encode.c calls the one that a step of the syscall's
 * row names; addresses of sockets are in encode_socket.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "capture/encode/encode_internal.h"
#include "capture/encode/flags.h"
#include "capture/proc/layer.h"
#include "core/event/ppm_constants.h"

static const struct bytes none = { NULL, 0 };

struct bytes param_number(struct making *m, uint64_t value)
{
	unsigned len = param_type_len((enum param_type)m->kind->type);

	*m->number = value;
	return (struct bytes){ (uint8_t *)m->number, len ? len : 8 };
}

static struct bytes number(struct making *m, uint64_t value)
{
	return param_number(m, value);
}

struct bytes param_memory(const struct making *m)
{
	return nth_piece_bytes(m->record, m->step->arg, m->encoder->message);
}

static struct bytes memory(const struct making *m)
{
	return param_memory(m);
}

static uint64_t arg(const struct making *m, unsigned i)
{
	return i < SYSCALL_ARGS ? m->record->args[i] : 0;
}

struct bytes from_ret(struct making *m)
{
	return number(m, (uint64_t)m->record->ret);
}

struct bytes from_arg(struct making *m)
{
	return number(m, arg(m, m->step->arg));
}

/* Descriptors and other ints: the upper half of the register is noise. */
struct bytes from_int(struct making *m)
{
	return number(m, (uint64_t)(int64_t)(int32_t)arg(m, m->step->arg));
}

struct bytes from_zero(struct making *m)
{
	return number(m, 0);
}

static struct bytes text_of(struct making *m, struct bytes b)
{
	size_t len;
	char *copy;

	if (!b.len)
		return none;
	len = strnlen((const char *)b.data, b.len);
	copy = arena_copy(&m->encoder->scratch, b.data, len);
	return (struct bytes){ (uint8_t *)copy, len + 1 };
}

struct bytes from_path(struct making *m)
{
	return text_of(m, memory(m));
}

/* What /proc calls the descriptor that the call gave. */
struct bytes from_fd_path(struct making *m)
{
	return text_of(m, piece_bytes(m->record, PIECE_TEXT, 0));
}

/* A message piece has its own header and address before the data. */
bool is_message(const struct making *m)
{
	for (int i = 0; i < COPY_MAX; i++) {
		const struct copy_spec *c = &m->row->copies[i];

		if (c->arg == m->step->arg &&
		    (c->kind == COPY_MSG_IN || c->kind == COPY_MSG_OUT ||
		     c->kind == COPY_MMSG_OUT))
			return true;
	}
	return false;
}

struct raw_msg message_head(struct bytes b)
{
	struct raw_msg msg = { 0 };

	if (b.len >= sizeof(msg))
		memcpy(&msg, b.data, sizeof(msg));
	if (msg.name_len > b.len - (b.len < sizeof(msg) ? b.len : sizeof(msg)))
		msg.name_len = 0;
	return msg;
}

/* At most len bytes of a piece, from there. */
static struct bytes part(struct bytes b, size_t from, size_t len)
{
	if (from > b.len)
		return none;
	return (struct bytes){ b.data + from,
			       len < b.len - from ? len : b.len - from };
}

struct bytes from_data(struct making *m)
{
	struct bytes b = memory(m);
	struct raw_msg msg;

	if (is_message(m) && b.len) {
		msg = message_head(b);
		b = part(b, sizeof(msg) + msg.name_len, msg.data_len);
	}
	if (b.len > m->encoder->snaplen && !is_of_lookup(m))
		b.len = m->encoder->snaplen;
	return b;
}

struct bytes from_control(struct making *m)
{
	struct raw_msg msg = message_head(memory(m));

	return part(memory(m), sizeof(msg) + msg.name_len + msg.data_len,
		    msg.control_len);
}

/* Of one message of several, its bytes; or -errno. */
struct bytes from_message_result(struct making *m)
{
	int64_t ret = m->record->ret;

	if (ret > 0 && m->row->copies[0].kind == COPY_MMSG_OUT)
		ret = message_head(memory(m)).done;
	return number(m, (uint64_t)ret);
}

struct bytes from_done(struct making *m)
{
	return m->record->ret > 0 ? from_message_result(m) : number(m, 0);
}

/*
 * The length asked for, of vectors and messages.  Of vectors the record does
 * not have it: the bytes transferred are given instead.
 */
struct bytes from_total(struct making *m)
{
	uint64_t total = m->record->ret > 0 ? (uint64_t)m->record->ret : 0;

	if (is_message(m) && memory(m).len)
		total = message_head(memory(m)).total_len;
	return number(m, total);
}

struct bytes from_flags(struct making *m)
{
	return number(m, flag_bits(m->step->set, arg(m, m->step->arg)));
}

struct bytes from_value(struct making *m)
{
	return number(m,
		      flag_value(m->step->set, (uint32_t)arg(m, m->step->arg)));
}

static bool facts_of_file(const struct making *m, struct raw_stat *st)
{
	struct bytes b = piece_bytes(m->record, PIECE_STAT, 0);

	if (b.len < sizeof(*st))
		return false;
	memcpy(st, b.data, sizeof(*st));
	return true;
}

/* What only the open file tells: its layer, and that it is new. */
static uint32_t found_flags(const struct making *m, uint64_t asked)
{
	struct raw_stat st = { 0 };
	bool exclusive = (asked & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
	uint32_t out = 0;

	if (m->record->ret < 0)
		return 0;
	if (exclusive || (m->record->flags & RAW_CREATES))
		out |= PPM_O_F_CREATED;
	facts_of_file(m, &st);
	if (st.overlay == LAYER_UPPER)
		out |= PPM_FD_UPPER_LAYER;
	else if (st.overlay == LAYER_LOWER)
		out |= PPM_FD_LOWER_LAYER;
	return out;
}

struct bytes from_open_flags(struct making *m)
{
	uint64_t asked = arg(m, m->step->arg);

	return number(m, flag_open(asked) | found_flags(m, asked));
}

/* struct open_how: flags, mode, resolve; each 64 bits. */
struct bytes from_how_flags(struct making *m)
{
	struct bytes b = memory(m);
	uint64_t asked = b.len < 8 ? 0 : load_u64(b.data);

	return b.len < 8 ? none
			 : number(m, flag_open(asked) | found_flags(m, asked));
}

struct bytes from_how_resolve(struct making *m)
{
	struct bytes b = memory(m);

	return b.len < 24 ? none
			  : number(m, flag_bits(SET_RESOLVE,
						load_u64(b.data + 16)));
}

/* The layer once more, numbered for creat. */
struct bytes from_creat_layer(struct making *m)
{
	uint32_t found = found_flags(m, 0);

	return number(m, found & PPM_FD_UPPER_LAYER   ? PPM_FD_UPPER_LAYER_CREAT
			 : found & PPM_FD_LOWER_LAYER ? PPM_FD_LOWER_LAYER_CREAT
						      : 0);
}

/* The mode has a meaning only where a file may be created. */
struct bytes from_open_mode(struct making *m)
{
	uint64_t flags = arg(m, m->step->with);
	bool makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;

	return number(m, makes ? arg(m, m->step->arg) & 07777 : 0);
}

/* The device of the file; 0 if the engine did not look at it. */
struct bytes from_device(struct making *m)
{
	struct raw_stat st = { 0 };

	facts_of_file(m, &st);
	return number(m, st.dev);
}

struct bytes from_inode(struct making *m)
{
	struct raw_stat st = { 0 };

	facts_of_file(m, &st);
	return number(m, st.ino);
}

struct bytes from_int_at(struct making *m)
{
	struct bytes b = memory(m);
	size_t at = 4 * (size_t)m->step->with;

	return b.len < at + 4 ? none
			      : number(m, (uint64_t)(int64_t)(int32_t)load_u32(
						  b.data + at));
}

struct bytes from_long_at(struct making *m)
{
	struct bytes b = memory(m);
	size_t at = 8 * (size_t)m->step->with;

	return b.len < at + 8 ? none : number(m, load_u64(b.data + at));
}

struct bytes from_offset(struct making *m)
{
	struct bytes b = memory(m);

	return number(m, b.len < 8 ? 0 : load_u64(b.data));
}

struct bytes from_flags_at(struct making *m)
{
	struct bytes b = memory(m);
	size_t at = 4 * (size_t)m->step->with;

	return b.len < at + 4 ? none
			      : number(m, flag_bits(m->step->set,
						    load_u32(b.data + at)));
}

/* Of the first two sembufs: number, operation and flags each. */
struct bytes from_sem_member(struct making *m)
{
	enum { MEMBERS = 3, FLAGS = 2 };
	struct bytes b = memory(m);
	unsigned member = m->step->with;
	uint16_t word;

	if (b.len < 2 * (member + 1) || member / MEMBERS >= arg(m, 2))
		return number(m, 0);
	word = load_u16(b.data + 2 * (size_t)member);
	return number(m, member % MEMBERS == FLAGS ? flag_bits(SET_SEMOP, word)
						   : word);
}

/* A 64-bit number in two arguments of 32-bit programs. */
struct bytes from_halves(struct making *m)
{
	return number(m, arg(m, m->step->arg) << 32 |
				 (uint32_t)arg(m, m->step->with));
}

/* Three sets of two 32-bit halves: the lower halves come first. */
struct bytes from_caps(struct making *m)
{
	struct bytes b = memory(m);
	size_t at = 4 * (size_t)m->step->with;

	if (b.len < 24)
		return none;
	return number(m, load_u32(b.data + at) |
				 (uint64_t)load_u32(b.data + 12 + at) << 32);
}

struct bytes from_timespec(struct making *m)
{
	struct bytes b = memory(m);

	if (b.len < 16)
		return none;
	return number(m, load_u64(b.data) * 1000000000u + load_u64(b.data + 8));
}

/* A DYN: the number of the alternative, then its value. */
static struct bytes dyn(struct making *m, uint8_t alternative, uint64_t value,
			size_t len)
{
	uint8_t *to = arena_alloc(&m->encoder->scratch, 9);

	to[0] = alternative;
	memcpy(to + 1, &value, len);
	return (struct bytes){ to, 1 + len };
}

/* keyctl: numbers all, as far as we look. */
struct bytes from_key_arg(struct making *m)
{
	return dyn(m, PPM_KEYCTL_IDX_INT64, arg(m, m->step->arg), 8);
}

/* ptrace: requests that let a thread go on have a signal for data. */
struct bytes from_ptrace_arg(struct making *m)
{
	uint64_t value = arg(m, m->step->arg);

	switch (flag_value(SET_PTRACE, arg(m, 0))) {
	case PPM_PTRACE_CONT:
	case PPM_PTRACE_SINGLESTEP:
	case PPM_PTRACE_DETACH:
	case PPM_PTRACE_SYSCALL:
		if (m->step->arg == 3)
			return dyn(m, PPM_PTRACE_IDX_SIGTYPE, value, 1);
		break;
	default:
		break;
	}
	return dyn(m, PPM_PTRACE_IDX_UINT64, value, 8);
}

/* prctl's argument 1 is a text (its memory was copied then) or a number. */
struct bytes from_prctl_text(struct making *m)
{
	return from_path(m);
}

struct bytes from_prctl_number(struct making *m)
{
	return memory(m).len ? number(m, 0) : number(m, arg(m, m->step->arg));
}

/* A number of those that the row's facts added. */
struct bytes from_word(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_WORDS, 0);
	size_t at = 4 * (size_t)m->step->with;

	return b.len < at + 4 ? none : number(m, load_u32(b.data + at));
}

/* Per cent of a queue that is in use, from its length and its limit. */
struct bytes from_queue_full(struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_WORDS, 0);
	uint64_t most = b.len < 8 ? 0 : load_u32(b.data + 4);

	if (b.len < 8)
		return none;
	return number(m, most ? 100ull * load_u32(b.data) / most : 0);
}

/* fsconfig's value is a text, bytes or nothing, by its command. */
struct bytes from_config_text(struct making *m)
{
	switch (arg(m, 1)) {
	case PPM_FSCONFIG_SET_STRING:
	case PPM_FSCONFIG_SET_PATH:
	case PPM_FSCONFIG_SET_PATH_EMPTY:
		return from_path(m);
	default:
		return none;
	}
}

struct bytes from_config_bytes(struct making *m)
{
	return arg(m, 1) == PPM_FSCONFIG_SET_BINARY ? from_data(m) : none;
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

struct bytes from_socket_level(struct making *m)
{
	uint64_t level = arg(m, 1);

	return number(m, level == SOL_SOCKET	? PPM_SOCKOPT_LEVEL_SOL_SOCKET
			 : level == IPPROTO_TCP ? PPM_SOCKOPT_LEVEL_SOL_TCP
						: PPM_SOCKOPT_LEVEL_UNKNOWN);
}

struct bytes from_socket_option(struct making *m)
{
	return number(m, socket_option(arg(m, 1), arg(m, 2)));
}

/* A length the call points to (getsockopt), as the call left it. */
struct bytes from_length_at(struct making *m)
{
	struct bytes b = memory(m);

	return number(m, b.len < 4 ? 0 : load_u32(b.data));
}

struct bytes from_option_value(struct making *m)
{
	enum { RAW, ERRNO, UINT32, UINT64, RELTIME };
	struct bytes b = memory(m);
	struct bytes given = piece_bytes(m->record, PIECE_MEMORY, 4);
	bool is_socket = arg(m, 1) == SOL_SOCKET;
	uint64_t name = arg(m, 2);
	uint8_t *copy;

	if (given.len >= 4 && load_u32(given.data) < b.len)
		b.len = load_u32(given.data);
	if (is_socket && name == SO_ERROR && b.len >= 4)
		return dyn(m, ERRNO, -(uint64_t)load_u32(b.data), 8);
	if (is_socket && (name == SO_RCVTIMEO || name == SO_SNDTIMEO) &&
	    b.len >= 16)
		return dyn(m, RELTIME,
			   load_u64(b.data) * 1000000000u +
				   load_u64(b.data + 8) * 1000u,
			   8);
	if (is_socket && name == SO_COOKIE && b.len >= 8)
		return dyn(m, UINT64, load_u64(b.data), 8);
	if (is_socket && b.len == 4)
		return dyn(m, UINT32, load_u32(b.data), 4);
	copy = arena_alloc(&m->encoder->scratch, b.len + 1);
	copy[0] = RAW;
	if (b.len)
		memcpy(copy + 1, b.data, b.len);
	return (struct bytes){ copy, b.len + 1 };
}

/* The descriptors of a poll and the events found of each. */
struct bytes from_pollfds(struct making *m)
{
	struct bytes b = memory(m);
	size_t n = b.len / sizeof(struct pollfd);
	size_t len = 2 + 10 * n;
	uint8_t *out = arena_alloc(&m->encoder->scratch, len);
	uint16_t count = (uint16_t)n;

	memcpy(out, &count, sizeof(count));
	for (size_t i = 0; i < n; i++) {
		struct pollfd fd;
		int64_t number;
		uint16_t found;

		memcpy(&fd, b.data + i * sizeof(fd), sizeof(fd));
		number = fd.fd;
		found = (uint16_t)flag_bits(SET_POLL, (uint16_t)fd.revents);
		memcpy(out + 2 + 10 * i, &number, sizeof(number));
		memcpy(out + 10 + 10 * i, &found, sizeof(found));
	}
	return (struct bytes){ out, len };
}
