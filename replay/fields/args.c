/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parameters of an event as text: the resolved form of evt.arg, and the
 * line of evt.args.  One printer per parameter type, in a table.  Formats:
 * scap-format.md section 10; rule-language.md section 4.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"
#include "replay/state/sockets.h"

enum { DATA_SHOWN_MAX = 4096, ABSPATH_MAX = 1040 };

/* A parameter being printed. */
struct arg {
	const struct field_context *c;
	const struct param_kind *kind;
	struct bytes data;
	unsigned index;
};

static int64_t number_of(const struct arg *a)
{
	return param_int((enum param_type)a->kind->type, a->data, 0);
}

static void put_text(struct buffer *b, const char *text, size_t len)
{
	buffer_put(b, text, len);
}

static void put_string(struct buffer *b, const char *text)
{
	buffer_put(b, text, strlen(text));
}

static void print_number(struct buffer *b, const struct arg *a)
{
	unsigned spare =
		64 - 8 * param_type_len((enum param_type)a->kind->type);
	uint64_t n = (uint64_t)number_of(a) << spare;

	if (a->kind->format == PF_HEX)
		buffer_printf(b, "%" PRIX64, n >> spare);
	else if (a->kind->format == PF_OCT)
		buffer_printf(b, "%#" PRIo64, n >> spare);
	else
		buffer_printf(b, "%" PRIu64, (uint64_t)number_of(a));
}

/*
 * Prints a number as signed whatever its type: offsets of lseek may be
 * negative.
 */
static void print_signed(struct buffer *b, const struct arg *a)
{
	unsigned spare =
		64 - 8 * param_type_len((enum param_type)a->kind->type);
	uint64_t n = (uint64_t)number_of(a) << spare;

	if (a->kind->format == PF_HEX || a->kind->format == PF_OCT)
		print_number(b, a);
	else
		buffer_printf(b, "%" PRId64, (int64_t)n >> spare);
}

/* Prints flags in decimal, whatever format the event table has. */
static void print_decimal(struct buffer *b, const struct arg *a)
{
	buffer_printf(b, "%" PRId64, number_of(a));
}

static void print_id(struct buffer *b, const struct arg *a)
{
	buffer_printf(b, "%" PRId32, (int32_t)number_of(a));
}

static void print_text(struct buffer *b, const struct arg *a)
{
	size_t len = strnlen((const char *)a->data.data, a->data.len);

	if (len == 6 && !memcmp(a->data.data, "(NULL)", 6))
		put_string(b, "<NA>");
	else
		put_text(b, (const char *)a->data.data, len);
}

/* Prints data: base64 in output with -b, else printable characters and dots. */
static void print_bytes(struct buffer *b, const struct arg *a)
{
	size_t len =
		a->data.len < DATA_SHOWN_MAX ? a->data.len : DATA_SHOWN_MAX;

	if (a->c->base64 && a->c->is_output) {
		buffer_base64(b, a->data.data, a->data.len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		uint8_t c = a->data.data[i];

		buffer_u8(b, c >= 32 && c < 127 ? c : '.');
	}
}

static void print_errno(struct buffer *b, const struct arg *a)
{
	int64_t n = number_of(a);
	const char *name = errno_name(n);

	if (name)
		put_string(b, name);
}

/* The letter after the type of an internet socket: TCP, UDP, ICMP, raw. */
static const char *l4proto_letter(const struct fd *fd)
{
	static const char *const letters[] = { [SCAP_L4_TCP] = "t",
					       [SCAP_L4_UDP] = "u",
					       [SCAP_L4_ICMP] = "i",
					       [SCAP_L4_RAW] = "r" };

	uint8_t proto = fd_l4proto(fd);

	return proto >= SCAP_L4_TCP && proto <= SCAP_L4_RAW ? letters[proto]
							    : "";
}

/* Prints a descriptor: its type and name, AT_FDCWD, or the name of an error. */
static void print_fd(struct buffer *b, const struct arg *a)
{
	int64_t n = number_of(a);
	const struct thread *t = a->c->about.thread;
	const struct fd *fd = t && n >= 0 ? state_fd(a->c->state, t, n) : NULL;

	if (fd) {
		buffer_printf(b, "<%c%s>", fd_type_char(fd->type),
			      l4proto_letter(fd));
		put_text(b, fd->name.data, fd->name.len);
	} else if (n == PPM_AT_FDCWD) {
		put_string(b, "AT_FDCWD");
	} else if (errno_name(n)) {
		put_string(b, errno_name(n));
	}
}

static void print_pid(struct buffer *b, const struct arg *a)
{
	int64_t n = number_of(a);
	const struct thread *t = state_thread(a->c->state, n);

	if (t)
		put_text(b, t->comm.data, t->comm.len);
}

static void print_user(struct buffer *b, const struct arg *a)
{
	int64_t id = number_of(a);
	const struct thread *t = a->c->about.thread;
	const char *container = t ? t->container_id : "";
	const struct meta_user *user;
	const struct meta_group *group;
	size_t before = b->len;

	if ((uint32_t)id == UINT32_MAX) {
		put_string(b, "<NONE>");
	} else if (a->kind->type == PT_GID) {
		group = state_group(a->c->state, container, (uint32_t)id);
		if (group)
			put_text(b, (const char *)group->name.data,
				 group->name.len);
	} else {
		user = state_user(a->c->state, container, (uint32_t)id);
		if (user)
			put_text(b, (const char *)user->name.data,
				 user->name.len);
	}
	if (b->len == before)
		put_string(b, "<NA>");
}

/* Prints the names of flags, or the one name of an enumeration. */
static void print_flags(struct buffer *b, const struct arg *a)
{
	uint32_t left = (uint32_t)number_of(a);
	bool is_set = a->kind->type == PT_FLAGS8 ||
		      a->kind->type == PT_FLAGS16 ||
		      a->kind->type == PT_FLAGS32 || a->kind->type == PT_MODE;
	size_t before = b->len;
	uint32_t all = left;

	for (const struct flag_name *f = a->kind->flags; f && f->name; f++) {
		bool hit = is_set ? (f->value ? (f->value & left) == f->value
					      : !all)
				  : f->value == all;

		if (!hit)
			continue;
		buffer_printf(b, "%s%s", b->len > before ? "|" : "", f->name);
		if (is_set && f->value)
			left &= ~f->value;
	}
}

/* Prints an address that is truncated or of an unsupported family. */
static void print_bad_address(struct buffer *b, uint8_t family)
{
	if (family == PPM_AF_INET || family == PPM_AF_INET6)
		buffer_printf(b, "INVALID IPv%c",
			      family == PPM_AF_INET ? '4' : '6');
	else
		buffer_printf(b, "family %u", family);
}

static void print_sockaddr(struct buffer *b, const struct arg *a)
{
	struct sock_tuple t;
	char text[SOCK_TEXT_MAX];

	if (!sock_addr_decode(a->data, &t))
		print_bad_address(b, a->data.data[0]);
	else if (t.family == PPM_AF_UNIX)
		put_text(b, (const char *)t.path.data, t.path.len);
	else
		put_text(b, text,
			 sock_end_print(text, sizeof(text), t.family, t.sip,
					t.sport));
}

static void print_tuple(struct buffer *b, const struct arg *a)
{
	struct sock_tuple t;
	char text[SOCK_TEXT_MAX];

	if (sock_tuple_decode(a->data, &t))
		put_text(b, text, sock_tuple_print(text, sizeof(text), &t));
	else
		print_bad_address(b, a->data.data[0]);
}

/* Prints the descriptors of a poll: number, type and flags of each. */
static void print_fdlist(struct buffer *b, const struct arg *a)
{
	struct cursor c = cursor_of(a->data.data, a->data.len);
	uint16_t count = cursor_u16(&c);
	size_t before = b->len;

	while (count-- && !c.failed) {
		int64_t num = (int64_t)cursor_u64(&c);
		uint16_t flags = cursor_u16(&c);
		const struct fd *fd =
			a->c->about.thread
				? state_fd(a->c->state, a->c->about.thread, num)
				: NULL;

		if (c.failed)
			break;
		buffer_printf(b, "%s%" PRId64 ":%c%x",
			      b->len > before ? " " : "", num,
			      fd ? fd_type_char(fd->type) : '?', flags);
	}
}

static void print_syscall(struct buffer *b, const struct arg *a)
{
	int64_t sc = number_of(a);

	if (sc > 0 && sc < PPM_SC_COUNT)
		put_string(b, ppm_scs[sc].name);
	else
		put_string(b, event_name(a->c->about.event));
}

static void print_signal(struct buffer *b, const struct arg *a)
{
	const char *name = signal_name(number_of(a));

	if (name)
		put_string(b, name);
}

static void print_reltime(struct buffer *b, const struct arg *a)
{
	if (number_of(a) == -1)
		put_string(b, "none");
	else
		print_number(b, a);
}

static void print_seconds(struct buffer *b, const struct arg *a)
{
	if (number_of(a) != -1)
		buffer_printf(b, "%gs", (double)(uint64_t)number_of(a) / 1e9);
}

static void print_abstime(struct buffer *b, const struct arg *a)
{
	uint64_t ns = (uint64_t)number_of(a);
	time_t seconds = (time_t)(ns / 1000000000);
	char date[64] = "", zone[16] = "";
	struct tm tm;

	if (!localtime_r(&seconds, &tm))
		return;
	strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &tm);
	strftime(zone, sizeof(zone), "%z", &tm);
	buffer_printf(b, "%s.%09" PRIu64 " %s", date, ns % 1000000000, zone);
}

static void print_ip(struct buffer *b, const struct arg *a)
{
	struct value v;
	struct text t;

	give_bytes(&v, (enum param_type)a->kind->type, a->data.data,
		   a->data.len);
	t = value_text(&v, PF_NA, a->c->scratch);
	put_text(b, t.data, t.len);
}

/* Prints a list of NUL-terminated texts. */
static void print_array(struct buffer *b, const struct arg *a)
{
	struct bytes texts = a->data;

	if (texts.len && !texts.data[texts.len - 1])
		texts.len--;
	for (size_t i = 0; i < texts.len; i++)
		buffer_u8(b, texts.data[i] ? texts.data[i] : ' ');
}

/* Prints a DYN value whose first byte is not a known alternative. */
static void print_bad_dyn(struct buffer *b, const struct arg *a)
{
	(void)a;
	put_string(b, "INVALID DYNAMIC PARAMETER");
}

static void print_sigset(struct buffer *b, const struct arg *a)
{
	uint32_t set = (uint32_t)number_of(a);
	size_t before = b->len;

	for (int i = 0; i < 32; i++) {
		const char *name = set >> i & 1 ? signal_name(i + 1) : NULL;

		if (name)
			buffer_printf(b, "%s%s", b->len > before ? " " : "",
				      name);
	}
}

static void print_path(struct buffer *b, const struct arg *a)
{
	int64_t dirfd = PPM_AT_FDCWD;
	struct bytes path = a->data;
	struct text full;

	path.len = strnlen((const char *)path.data, path.len);
	if (!path.len || path.data[0] == '/' || !a->c->about.thread)
		return;
	if (a->kind->dirfd_param)
		dirfd = event_int(a->c->about.event, a->kind->dirfd_param - 1u,
				  PPM_AT_FDCWD);
	full = resolve_param(a->c, path, dirfd);
	put_text(b, full.data, full.len);
}

typedef void arg_printer(struct buffer *b, const struct arg *a);

/* raw: the value, always present; resolved: its meaning, if known. */
static const struct {
	arg_printer *raw, *resolved;
} printers[PT_COUNT] = {
	[PT_INT8] = { print_signed, NULL },
	[PT_INT16] = { print_signed, NULL },
	[PT_INT32] = { print_signed, NULL },
	[PT_INT64] = { print_signed, NULL },
	[PT_UINT8] = { print_signed, NULL },
	[PT_UINT16] = { print_signed, NULL },
	[PT_UINT32] = { print_signed, NULL },
	[PT_UINT64] = { print_signed, NULL },
	[PT_CHARBUF] = { print_text, NULL },
	[PT_BYTEBUF] = { print_bytes, NULL },
	[PT_FSPATH] = { print_text, print_path },
	[PT_FSRELPATH] = { print_text, print_path },
	[PT_ERRNO] = { print_signed, print_errno },
	[PT_FD] = { print_signed, print_fd },
	[PT_FD32] = { print_signed, print_fd },
	[PT_PID] = { print_signed, print_pid },
	[PT_PID32] = { print_signed, print_pid },
	[PT_UID] = { print_id, print_user },
	[PT_GID] = { print_id, print_user },
	[PT_FLAGS8] = { print_decimal, print_flags },
	[PT_FLAGS16] = { print_decimal, print_flags },
	[PT_FLAGS32] = { print_decimal, print_flags },
	[PT_ENUMFLAGS8] = { print_decimal, print_flags },
	[PT_ENUMFLAGS16] = { print_decimal, print_flags },
	[PT_ENUMFLAGS32] = { print_decimal, print_flags },
	[PT_MODE] = { print_signed, print_flags },
	[PT_SOCKADDR] = { print_sockaddr, NULL },
	[PT_SOCKTUPLE] = { print_tuple, NULL },
	[PT_FDLIST] = { print_fdlist, NULL },
	[PT_SYSCALLID] = { print_number, print_syscall },
	[PT_SIGTYPE] = { print_number, print_signal },
	[PT_RELTIME] = { print_reltime, print_seconds },
	[PT_ABSTIME] = { print_abstime, NULL },
	[PT_SIGSET] = { print_sigset, NULL },
	[PT_IPV4ADDR] = { print_ip, NULL },
	[PT_IPV6ADDR] = { print_ip, NULL },
	[PT_CHARBUFARRAY] = { print_array, NULL },
	[PT_PAIR_ARRAY] = { print_array, NULL },
	[PT_DYN] = { print_bad_dyn, NULL },
};

static bool is_void(enum param_type type)
{
	return type == PT_BYTEBUF || type == PT_SOCKTUPLE ||
	       type == PT_FDLIST || type == PT_DYN || type == PT_CHARBUFARRAY ||
	       type == PT_PAIR_ARRAY;
}

/* Replaces a DYN value by its alternative. */
static void undo_dyn(struct arg *a)
{
	uint8_t choice = a->data.len ? a->data.data[0] : 0xff;

	if (a->kind->type != PT_DYN || choice >= a->kind->dyn_count)
		return;
	a->kind = &a->kind->dyn[choice];
	a->data.data++;
	a->data.len--;
}

/*
 * Parameter i of the event, with DYN resolved; false: the type has no
 * parameter i.
 */
static bool arg_of(const struct field_context *c, unsigned i, struct arg *a)
{
	const struct event_kind *kind = event_kind(c->about.event);

	if (i >= kind->nparams)
		return false;
	*a = (struct arg){ c, &kind->params[i], event_param(c->about.event, i),
			   i };
	undo_dyn(a);
	return true;
}

static void print_raw(struct buffer *b, const struct arg *a)
{
	enum param_type type = (enum param_type)a->kind->type;
	arg_printer *raw = printers[type].raw;

	if (!a->data.len && is_void(type))
		put_string(b, "NULL");
	else if (!a->data.len || a->data.len < param_type_len(type))
		put_string(b, "<NA>");
	else
		(raw ? raw : print_number)(b, a);
}

static void print_resolved(struct buffer *b, const struct arg *a)
{
	arg_printer *resolved = printers[a->kind->type].resolved;

	if (resolved && a->data.len &&
	    a->data.len >= param_type_len((enum param_type)a->kind->type) &&
	    (resolved != print_flags || a->kind->flags))
		resolved(b, a);
}

static struct text keep(const struct field_context *c, struct buffer *b)
{
	struct text t = { arena_copy(c->scratch, b->data, b->len),
			  (uint32_t)b->len };

	buffer_free(b);
	return t;
}

/* Is the path absolute, short and already normalised? */
static bool is_plain_path(struct bytes path)
{
	const char *at = (const char *)path.data;

	if (path.len < 2 || path.len > 1000 || *at != '/' ||
	    at[path.len - 1] == '/')
		return false;
	for (size_t i = 0; i + 1 < path.len; i++)
		if (at[i] == '/' && (at[i + 1] == '/' || at[i + 1] == '.'))
			return false;
	return true;
}

struct text event_arg_text(const struct field_context *c, unsigned i)
{
	struct buffer b = { 0 };
	struct arg a;

	if (!arg_of(c, i, &a))
		return (struct text){ NULL, 0 };
	if (a.kind->type == PT_FSPATH || a.kind->type == PT_FSRELPATH) {
		struct bytes path = event_text(c->about.event, i);

		if (is_plain_path(path))
			return (struct text){ (const char *)path.data,
					      (uint32_t)path.len };
	}
	print_resolved(&b, &a);
	if (!b.len)
		print_raw(&b, &a);
	return keep(c, &b);
}

struct text event_args_text(const struct field_context *c)
{
	const struct event_kind *kind = event_kind(c->about.event);
	struct buffer b = { 0 };

	/* The name of the call already implies its numbers. */
	if (c->about.event->code == PPME_GENERIC_X)
		return keep(c, &b);
	for (unsigned i = 0; i < kind->nparams && i < c->about.event->count;
	     i++) {
		struct buffer more = { 0 };
		struct arg a;

		if (!arg_of(c, i, &a))
			break;
		buffer_printf(&b, "%s%s=", i ? " " : "", kind->params[i].name);
		print_raw(&b, &a);
		print_resolved(&more, &a);
		if (more.len) {
			buffer_u8(&b, '(');
			buffer_put(&b, more.data, more.len);
			buffer_u8(&b, ')');
		}
		buffer_free(&more);
	}
	return keep(c, &b);
}

struct text resolve_param(const struct field_context *c, struct bytes path,
			  int64_t dirfd)
{
	struct bytes dir = { NULL, 0 };
	const struct fd *fd;
	char *out = arena_bytes(c->scratch, ABSPATH_MAX);
	size_t n;

	if (path.len && path.data[0] != '/') {
		if (dirfd == PPM_AT_FDCWD) {
			dir = text_view(thread_cwd(c->state, c->about.thread));
		} else {
			fd = state_fd(c->state, c->about.thread, dirfd);
			dir = fd ? (struct bytes){ (uint8_t *)arena_printf(
							   c->scratch, "%s/",
							   fd->name.data),
						   fd->name.len + 1 }
				 : (struct bytes){ (const uint8_t *)"<UNKNOWN>",
						   9 };
		}
	}
	n = path_join(out, ABSPATH_MAX, dir, path);
	return (struct text){ out, (uint32_t)n };
}
