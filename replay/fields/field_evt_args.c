/* SPDX-License-Identifier: Apache-2.0 */
/* evt.*: the parameters of the event, I/O data, and flags of opens. */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

static bool get_args(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	struct text t = event_args_text(c);

	(void)ref;
	return give_text(v, t.data, t.len);
}

/* The index of the parameter of a name; -1: the event has none. */
static int param_index(const struct event *e, const char *name)
{
	const struct event_kind *kind = event_kind(e);

	for (int i = 0; i < kind->nparams; i++)
		if (!strcmp(kind->params[i].name, name))
			return i;
	return -1;
}

/* evt.arg: the resolved text of a parameter, by name or number. */
static bool get_arg(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	struct text t;
	int i = ref->arg_is_number ? (int)ref->index
				   : param_index(c->about.event, ref->arg);

	if (i < 0)
		return false;
	t = event_arg_text(c, (unsigned)i);
	return t.data && give_text(v, t.data, t.len);
}

/*
 * Determines the type of a use: that of the first parameter of this name in
 * any event.
 */
static int prepare_rawarg(struct field_ref *ref, struct error *err)
{
	size_t best = 0;

	for (int code = 0; code < EVENT_KIND_COUNT; code++)
		for (int i = 0; i < event_kinds[code].nparams; i++) {
			const struct param_kind *p =
				&event_kinds[code].params[i];
			size_t len = strlen(p->name);

			if (len <= best || strncmp(p->name, ref->arg, len) != 0)
				continue;
			best = len;
			ref->type = p->type;
		}
	if (best == strlen(ref->arg))
		return 0;
	return error_set(
		err, ERROR_SYNTAX,
		"filter_check called with nonexistent field evt.rawarg.%s",
		ref->arg);
}

/*
 * Gives a number in the format of its parameter; in output, 0 for an empty
 * one.
 */
static bool give_raw_number(const struct field_context *c,
			    const struct param_kind *kind, struct bytes p,
			    struct value *v)
{
	enum param_type type = (enum param_type)kind->type;

	if (p.len ? p.len < param_type_len(type) : !c->is_output)
		return false;
	give_number(v, type, (uint64_t)param_int(type, p, 0));
	v->format = kind->format;
	return true;
}

/* evt.rawarg: the type is that of the current event's parameter. */
static bool get_rawarg(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	int i = param_index(c->about.event, ref->arg);
	const struct param_kind *kind;
	enum param_type type;
	struct bytes p;
	struct text t;

	if (i < 0)
		return false;
	kind = &event_kind(c->about.event)->params[i];
	type = (enum param_type)kind->type;
	p = event_param(c->about.event, (unsigned)i);
	if (value_form(type) == FORM_NUMBER)
		return give_raw_number(c, kind, p, v);
	if (type_is_text(type)) {
		p = event_text(c->about.event, (unsigned)i);
		if (!p.data)
			return give_string(v, "<NA>");
		return give_text(v, (const char *)p.data, p.len);
	}
	if (!c->is_output || type == PT_BYTEBUF)
		return (p.len || c->is_output) &&
		       give_bytes(v, type, p.data, p.len);
	/* Addresses, lists and the like have only one form. */
	t = event_arg_text(c, (unsigned)i);
	return give_text(v, t.data, t.len);
}

static bool get_buffer(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	int i = param_index(c->about.event, "data");
	struct bytes p;

	(void)ref;
	if (i < 0)
		return false;
	p = event_param(c->about.event, (unsigned)i);
	return give_bytes(v, PT_BYTEBUF, p.data, p.len);
}

/* which: 1 in, 2 out, 4 files, 8 sockets: required properties of the event. */
static bool get_buflen(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	uint16_t flags = event_kind(c->about.event)->flags;
	uint32_t which = ref->field->which;
	const struct fd *fd = c->about.fd;
	bool net = fd && fd->type >= SCAP_FD_IPV4_SOCK &&
		   fd->type <= SCAP_FD_IPV6_SERVSOCK;
	int64_t res = event_int(c->about.event, 0, -1);

	if (!(flags & (EF_READS_FROM_FD | EF_WRITES_TO_FD)) || res < 0 ||
	    !event_is_exit(c->about.event))
		return false;
	if (((which & 1) && !(flags & EF_READS_FROM_FD)) ||
	    ((which & 2) && !(flags & EF_WRITES_TO_FD)) ||
	    ((which & 4) && (!fd || fd_type_char(fd->type) != 'f')) ||
	    ((which & 8) && !net))
		return false;
	return give_number(v, PT_UINT64, (uint64_t)res);
}

static const struct {
	uint16_t code;
	int8_t flags, mode; /* -1: none */
} opens[] = {
	{ PPME_SYSCALL_OPEN_X, 2, 3 },
	{ PPME_SYSCALL_CREAT_X, -1, 2 },
	{ PPME_SYSCALL_OPENAT_2_X, 3, 4 },
	{ PPME_SYSCALL_OPENAT2_X, 3, 4 },
	{ PPME_SYSCALL_OPEN_BY_HANDLE_AT_X, 2, -1 },
};

bool event_is_open(const struct event *event, int *ret_flags_param,
		   int *ret_mode_param)
{
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		if (opens[i].code != event->code)
			continue;
		if (ret_flags_param)
			*ret_flags_param = opens[i].flags;
		if (ret_mode_param)
			*ret_mode_param = opens[i].mode;
		return true;
	}
	return false;
}

/* which: the flag; 0: an execute bit in the mode of a created file. */
static bool get_is_open(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct event *e = c->about.event;
	int flags_param;
	int mode_param;
	int64_t flags;
	int64_t mode;

	if (!event_is_open(e, &flags_param, &mode_param))
		return give_bool(v, false);
	/*
	 * creat(2) is open(2) with write, create and truncate; whether the
	 * file existed before is not recorded.
	 */
	flags = flags_param < 0 ? PPM_O_WRONLY | PPM_O_CREAT
				: event_int(e, (unsigned)flags_param, 0);
	mode = mode_param < 0 ? 0 : event_int(e, (unsigned)mode_param, 0);
	/* O_TMPFILE always creates a file. */
	if (flags & PPM_O_TMPFILE && event_int(e, 0, -1) >= 0)
		flags |= PPM_O_F_CREATED;
	if (ref->field->which)
		return give_bool(v, flags & ref->field->which);
	return give_bool(
		v, (flags & (PPM_O_CREAT | PPM_O_TMPFILE)) &&
			   (mode & (PPM_S_IXUSR | PPM_S_IXGRP | PPM_S_IXOTH)));
}

/* The directory and path parameters of calls with a dirfd. */
static const struct {
	uint16_t code;
	int8_t src_dir, src, dst_dir, dst; /* dst -1: one path only */
} at_calls[] = {
	{ PPME_SYSCALL_OPENAT_2_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_OPENAT2_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_UNLINKAT_2_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_MKDIRAT_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_FCHMODAT_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_FCHOWNAT_X, 1, 2, -1, -1 },
	{ PPME_SYSCALL_SYMLINKAT_X, 2, 3, -1, -1 },
	{ PPME_SYSCALL_RENAMEAT_X, 1, 2, 3, 4 },
	{ PPME_SYSCALL_RENAMEAT2_X, 1, 2, 3, 4 },
	{ PPME_SYSCALL_LINKAT_2_X, 1, 2, 3, 4 },
};

/* Gives a path joined to its directory; <UNKNOWN> for an unknown descriptor. */
static bool give_abspath(const struct field_context *c, struct value *v,
			 int dir_param, int path_param)
{
	const struct event *e = c->about.event;
	struct bytes path = event_text(e, (unsigned)path_param);
	int64_t dirfd = event_int(e, (unsigned)dir_param, PPM_AT_FDCWD);
	struct bytes unknown = { (const uint8_t *)"<UNKNOWN>/", 10 };
	char *out;
	struct text t;

	if (!path.len || !event_param(e, (unsigned)dir_param).len ||
	    !c->about.thread)
		return false;
	if (path.data[0] != '/' && dirfd != PPM_AT_FDCWD &&
	    !state_fd(c->state, c->about.thread, dirfd)) {
		out = arena_bytes(c->scratch, 1040);
		return give_text(v, out, path_join(out, 1040, unknown, path));
	}
	t = resolve_param(c, path, dirfd);
	return give_text(v, t.data, t.len);
}

/* The driver records the absolute path, or "<NA>". */
static bool give_handle_path(const struct field_context *c, struct value *v)
{
	const struct event *e = c->about.event;
	struct bytes path = event_text(e, 3);
	char *out = arena_bytes(c->scratch, 1040);

	if (event_int(e, 0, -1) <= 0)
		return false;
	if (!path.data)
		return give_string(v, "<NA>");
	return give_text(v, out,
			 path_join(out, 1040, (struct bytes){ NULL, 0 }, path));
}

/* evt.abspath: the absolute path of a call with a dirfd. */
static bool get_abspath(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	bool dst = ref->arg && !strcmp(ref->arg, "dst");

	if (c->about.event->code == PPME_SYSCALL_OPEN_BY_HANDLE_AT_X)
		return c->about.thread && give_handle_path(c, v);
	for (size_t i = 0; i < sizeof(at_calls) / sizeof(at_calls[0]); i++) {
		if (at_calls[i].code != c->about.event->code)
			continue;
		if (at_calls[i].dst < 0 && ref->arg)
			return false;
		if (dst)
			return give_abspath(c, v, at_calls[i].dst_dir,
					    at_calls[i].dst);
		return give_abspath(c, v, at_calls[i].src_dir, at_calls[i].src);
	}
	return false;
}

static int prepare_abspath(struct field_ref *ref, struct error *err)
{
	if (!ref->arg || !strcmp(ref->arg, "src") || !strcmp(ref->arg, "dst"))
		return 0;
	return error_set(
		err, ERROR_SYNTAX,
		"filter_check called with nonexistent field evt.abspath.%s",
		ref->arg);
}

/* evt.around[T]: milliseconds between T (ns) and the event, rounded up. */
static bool get_around(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	uint64_t ts = c->about.event->ts_ns;
	uint64_t gap = ts > ref->index ? ts - ref->index : ref->index - ts;

	return give_number(v, PT_UINT64, gap / 1000000 + (gap % 1000000 > 0));
}

#define ROW(n, t, f, g, w, fl, h)                                    \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .flags = (fl), .help = (h)                                         \
 }

/* clang-format off */
const struct field fields_evt_args[] = {
ROW("evt.args", PT_CHARBUF, PF_NA, get_args, 0, 0,
    "all parameters, name=value"),
ROW("evt.arg", PT_CHARBUF, PF_NA, get_arg, 0,
    FIELD_ARG_REQUIRED | FIELD_ARG_NAME | FIELD_ARG_INDEX,
    "one parameter as text: evt.arg.flags, evt.arg[0]"),
{ .name = "evt.rawarg", .type = PT_DYN, .get = get_rawarg,
  .prepare = prepare_rawarg,
  .flags = FIELD_ARG_REQUIRED | FIELD_ARG_NAME | FIELD_NO_RHS |
           FIELD_NO_TRANSFORMER,
  .help = "one parameter as it is: evt.rawarg.res" },
ROW("evt.info", PT_CHARBUF, PF_NA, get_args, 0, 0, "the same as evt.args"),
ROW("evt.buffer", PT_BYTEBUF, PF_NA, get_buffer, 0, FIELD_STATELESS,
    "data that was read or written"),
ROW("evt.buflen", PT_UINT64, PF_DEC, get_buflen, 0, 0,
    "bytes that were read or written"),
ROW("evt.around", PT_UINT64, PF_DEC, get_around, 0,
    FIELD_ARG_REQUIRED | FIELD_ARG_INDEX | FIELD_FILTER_ONLY | FIELD_NO_RHS |
    FIELD_NO_TRANSFORMER | FIELD_WITHIN,
    "within this many milliseconds of the time [T]: "
    "evt.around[1700000000000000000]=50"),
{ .name = "evt.abspath", .type = PT_CHARBUF, .get = get_abspath,
  .prepare = prepare_abspath, .flags = FIELD_ARG_ALLOWED | FIELD_ARG_NAME,
  .help = "whole path of a call with a directory fd; .src, .dst" },
ROW("evt.buflen.in", PT_UINT64, PF_DEC, get_buflen, 1, FIELD_TABLE_ONLY,
    "bytes that were read"),
ROW("evt.buflen.out", PT_UINT64, PF_DEC, get_buflen, 2, FIELD_TABLE_ONLY,
    "bytes that were written"),
ROW("evt.buflen.file", PT_UINT64, PF_DEC, get_buflen, 4, FIELD_TABLE_ONLY,
    "bytes from or to files"),
ROW("evt.buflen.file.in", PT_UINT64, PF_DEC, get_buflen, 5, FIELD_TABLE_ONLY,
    "bytes read from files"),
ROW("evt.buflen.file.out", PT_UINT64, PF_DEC, get_buflen, 6, FIELD_TABLE_ONLY,
    "bytes written to files"),
ROW("evt.buflen.net", PT_UINT64, PF_DEC, get_buflen, 8, FIELD_TABLE_ONLY,
    "bytes from or to sockets"),
ROW("evt.buflen.net.in", PT_UINT64, PF_DEC, get_buflen, 9, FIELD_TABLE_ONLY,
    "bytes received"),
ROW("evt.buflen.net.out", PT_UINT64, PF_DEC, get_buflen, 10, FIELD_TABLE_ONLY,
    "bytes sent"),
ROW("evt.is_open_read", PT_BOOL, PF_NA, get_is_open, PPM_O_RDONLY, 0,
    "opens a file to read"),
ROW("evt.is_open_write", PT_BOOL, PF_NA, get_is_open, PPM_O_WRONLY, 0,
    "opens a file to write"),
ROW("evt.is_open_exec", PT_BOOL, PF_NA, get_is_open, 0, 0,
    "creates a file that may be executed"),
ROW("evt.is_open_create", PT_BOOL, PF_NA, get_is_open, PPM_O_F_CREATED, 0,
    "created the file it opened"),
{ .name = NULL },
};
/* clang-format on */
