/* SPDX-License-Identifier: Apache-2.0 */
/*
 * File descriptors of files and other objects: the open calls, dup, fcntl,
 * pipes, anonymous inodes, close.  state.md 4.1 and 4.2.
 */
#include <stdio.h>
#include <string.h>

#include "replay/state/internal.h"

enum { CLOSE_RANGE_CLOEXEC_FLAG = 4, EXIT_ONLY_FLAGS = ~(PPM_O_F_CREATED - 1) };

static struct bytes text_bytes(const struct text *text)
{
	return (struct bytes){ (const uint8_t *)text->data, text->len };
}

/* The directory of a relative path, ending in '/'. */
static struct bytes base_of(struct state *state, const struct thread *thread,
			    int64_t dirfd, char buffer[STATE_PATH_MAX + 1])
{
	const struct fd *fd;
	struct text cwd;
	int n;

	if (dirfd == PPM_AT_FDCWD) {
		cwd = thread_cwd(state, thread);
		return text_bytes(&cwd);
	}
	fd = state_fd(state, thread, dirfd);
	if (!fd)
		return (struct bytes){ (const uint8_t *)"<UNKNOWN>", 9 };
	if (fd->name.len && fd->name.data[fd->name.len - 1] == '/')
		return text_bytes(&fd->name);
	n = snprintf(buffer, STATE_PATH_MAX + 1, "%s/", fd->name.data);
	return (struct bytes){ (const uint8_t *)buffer, (size_t)n };
}

struct text resolve_at(struct state *state, const struct thread *thread,
		       int64_t dirfd, struct bytes path,
		       char buffer[STATE_PATH_MAX + 1])
{
	char base[STATE_PATH_MAX + 1];
	struct bytes dir = { NULL, 0 };
	size_t n;

	if (path.len && path.data[0] != '/')
		dir = base_of(state, thread, dirfd, base);
	n = path_join(buffer, STATE_PATH_MAX + 1, dir, path);
	return (struct text){ buffer, (uint32_t)n };
}

/* The properties of any open call. */
struct opened {
	int64_t fd, dirfd;
	struct bytes name;
	uint32_t flags, dev;
	uint64_t ino;
};

/* The parameter indexes of these properties in each call; -1: none. */
struct open_layout {
	uint16_t code, enter_code;
	int8_t dirfd, name, flags, dev, ino;
};

/* clang-format off */
static const struct open_layout open_layouts[] = {
	{ PPME_SYSCALL_OPEN_X, PPME_SYSCALL_OPEN_E, -1, 1, 2, 4, 5 },
	{ PPME_SYSCALL_CREAT_X, PPME_SYSCALL_CREAT_E, -1, 1, -1, 3, 4 },
	{ PPME_SYSCALL_OPENAT_2_X, PPME_SYSCALL_OPENAT_2_E, 1, 2, 3, 5, 6 },
	{ PPME_SYSCALL_OPENAT2_X, PPME_SYSCALL_OPENAT2_E, 1, 2, 3, 6, 7 },
	{ PPME_SYSCALL_OPEN_BY_HANDLE_AT_X, 0, -1, 3, 2, 4, 5 },
};
/* clang-format on */

static const struct open_layout *layout_of(uint16_t code)
{
	for (size_t i = 0; i < sizeof(open_layouts) / sizeof(open_layouts[0]);
	     i++)
		if (open_layouts[i].code == code)
			return &open_layouts[i];
	return NULL;
}

static int64_t int_or(const struct event *e, int param, int64_t fallback)
{
	return param < 0 ? fallback : event_int(e, (unsigned)param, fallback);
}

/*
 * Old captures: prefers the values of the enter event, except exit-only flags.
 */
static void prefer_enter(struct opened *o, const struct thread *thread,
			 uint16_t enter_code)
{
	const struct enter_event *enter = thread->enter;

	if (!enter || !enter_code || enter->code != enter_code)
		return;
	if (!enter->name.len ||
	    (enter->name.len == 4 && !memcmp(enter->name.data, "<NA>", 4)))
		return;
	o->name = text_bytes(&enter->name);
	o->dirfd = enter->dirfd;
	if (enter_code != PPME_SYSCALL_CREAT_E)
		o->flags =
			enter->flags | (o->flags & (uint32_t)EXIT_ONLY_FLAGS);
}

/* Adds the descriptor of an open call that succeeded. */
static void parse_open(struct state *state, struct event_context *c)
{
	const struct event *e = c->event;
	const struct open_layout *l = layout_of(e->code);
	struct opened o = { .fd = event_int(e, 0, -1) };
	char buffer[STATE_PATH_MAX + 1];
	struct text path;
	struct fd *fd;

	if (o.fd < 0 || !c->thread)
		return;
	o.dirfd = int_or(e, l->dirfd, PPM_AT_FDCWD);
	o.name = event_text(e, (unsigned)l->name);
	o.flags = (uint32_t)int_or(e, l->flags, 0);
	o.dev = (uint32_t)int_or(e, l->dev, 0);
	o.ino = (uint64_t)int_or(e, l->ino, 0);
	prefer_enter(&o, c->thread, l->enter_code);
	if (!o.name.len && l->dirfd >= 0)
		o.name = (struct bytes){ (const uint8_t *)"<NA>", 4 };
	path = resolve_at(state, c->thread, o.dirfd, o.name, buffer);
	/* For a handle, the driver records the absolute path, or "<NA>". */
	if (e->code == PPME_SYSCALL_OPEN_BY_HANDLE_AT_X)
		path.len =
			(uint32_t)path_join(buffer, STATE_PATH_MAX + 1,
					    (struct bytes){ NULL, 0 }, o.name);
	c->fd_num = o.fd;
	fd = fd_add(state, c->thread, o.fd,
		    o.flags & PPM_O_DIRECTORY ? SCAP_FD_DIRECTORY
					      : SCAP_FD_FILE_V2);
	c->fd = fd;
	if (!fd)
		return;
	text_set(&fd->name, path.data, path.len);
	text_set_like(&fd->name_raw, o.name.data, o.name.len, &fd->name);
	fd->openflags = o.flags;
	fd->dev = o.dev;
	fd->ino = o.ino;
	if (o.flags & PPM_FD_UPPER_LAYER)
		fd->flags |= FD_UPPER_LAYER;
	if (o.flags & PPM_FD_LOWER_LAYER)
		fd->flags |= FD_LOWER_LAYER;
	if (e->code == PPME_SYSCALL_CREAT_X) {
		int64_t layer = event_int(e, 5, 0);

		if (layer & PPM_FD_UPPER_LAYER_CREAT)
			fd->flags |= FD_UPPER_LAYER;
		if (layer & PPM_FD_LOWER_LAYER_CREAT)
			fd->flags |= FD_LOWER_LAYER;
	}
}

static void parse_close(struct state *state, struct event_context *c)
{
	if (event_int(c->event, 0, -1) < 0 || !c->fd)
		return;
	state->closing = c->fd_num;
	state->closing_thread = c->thread;
}

/* The argument of parse_close_range's test. */
struct range {
	int64_t first, last;
};

static bool in_range(const struct fd *fd, const void *user)
{
	const struct range *range = user;

	return fd->num >= range->first && fd->num <= range->last;
}

static void parse_close_range(struct state *state, struct event_context *c)
{
	struct range range = { event_int(c->event, 1, 0),
			       event_int(c->event, 2, -1) };
	struct fd *fd;
	size_t at = 0;

	if (event_int(c->event, 0, -1) < 0 || !c->thread)
		return;
	if (!(event_int(c->event, 3, 0) & CLOSE_RANGE_CLOEXEC_FLAG)) {
		fds_remove_if(state, c->thread, in_range, &range);
		return;
	}
	fds_writable(state, c->thread);
	while ((fd = thread_fd_next(c->thread, &at)))
		if (in_range(fd, &range))
			fd->openflags |= PPM_O_CLOEXEC;
}

/* Adds a copy of the event's descriptor under the number `to'. */
static void duplicate(struct state *state, struct event_context *c, int64_t to,
		      bool cloexec)
{
	const struct fd *from = c->fd;
	struct fd copy = { .name = text_empty, .name_raw = text_empty };
	struct fd *fd;

	if (to < 0 || !c->thread)
		return;
	c->fd_num = to;
	if (!from) {
		c->fd = NULL;
		return;
	}
	/* Adding an entry may move the copied one. */
	fd_copy_from(&copy, from);
	copy.flags |= FD_DUPLICATED;
	fd = fd_writable(state, c->thread, copy.num);
	if (fd)
		fd->flags |= FD_DUPLICATED;
	fd = fd_add(state, c->thread, to, copy.type);
	if (fd) {
		fd_copy_from(fd, &copy);
		fd->num = to;
		fd->openflags &= ~(uint32_t)PPM_O_CLOEXEC;
		if (cloexec)
			fd->openflags |= PPM_O_CLOEXEC;
	}
	text_release(&copy.name);
	text_release(&copy.name_raw);
	c->fd = fd;
}

static void parse_dup(struct state *state, struct event_context *c)
{
	int64_t res = event_int(c->event, 0, -1);

	/* A shell connects pipes by dup to 0 and 1. */
	if (res == 0)
		c->thread->flags |= PPM_CL_PIPE_DST;
	else if (res == 1)
		c->thread->flags |= PPM_CL_PIPE_SRC;
	duplicate(state, c, res,
		  c->event->code == PPME_SYSCALL_DUP3_X &&
			  (event_int(c->event, 3, 0) & PPM_O_CLOEXEC));
}

static void parse_fcntl(struct state *state, struct event_context *c)
{
	int64_t res = event_int(c->event, 0, -1);
	int64_t cmd = event_int(c->event, 2, 0);
	struct fd *fd;

	if (res < 0 || !c->thread)
		return;
	if (cmd == PPM_FCNTL_F_DUPFD || cmd == PPM_FCNTL_F_DUPFD_CLOEXEC) {
		duplicate(state, c, res, cmd == PPM_FCNTL_F_DUPFD_CLOEXEC);
		return;
	}
	if (cmd != PPM_FCNTL_F_SETFD || !c->fd)
		return;
	fd = fd_writable(state, c->thread, c->fd_num);
	c->fd = fd;
	if (!fd)
		return;
	if (event_int(c->event, 3, 0) & 1)
		fd->openflags |= PPM_O_CLOEXEC;
	else
		fd->openflags &= ~(uint32_t)PPM_O_CLOEXEC;
}

static void parse_pipe(struct state *state, struct event_context *c)
{
	uint32_t flags = (uint32_t)event_int(c->event, 4, 0);

	if (event_int(c->event, 0, -1) < 0 || !c->thread)
		return;
	for (unsigned i = 1; i <= 2; i++) {
		int64_t num = event_int(c->event, i, -1);
		struct fd *fd = fd_add(state, c->thread, num, SCAP_FD_FIFO);

		if (!fd)
			continue;
		fd->ino = (uint64_t)event_int(c->event, 3, 0);
		if (c->event->code == PPME_SYSCALL_PIPE2_X)
			fd->openflags = flags;
		c->fd = fd;
		c->fd_num = num;
	}
}

/*
 * Calls that create an entry without a path: its type, the parameter of its
 * flags, and the flag that means close-on-exec (0: not kept).
 */
static const struct {
	uint16_t code;
	uint8_t type;
	int8_t flags;
	uint32_t cloexec;
} anonymous[] = {
	{ PPME_SYSCALL_EVENTFD_X, SCAP_FD_EVENT, -1, 0 },
	{ PPME_SYSCALL_EVENTFD2_X, SCAP_FD_EVENT, 1, PPM_O_CLOEXEC },
	{ PPME_SYSCALL_SIGNALFD_X, SCAP_FD_SIGNALFD, -1, 0 },
	{ PPME_SYSCALL_SIGNALFD4_X, SCAP_FD_SIGNALFD, 1, PPM_O_CLOEXEC },
	{ PPME_SYSCALL_TIMERFD_CREATE_X, SCAP_FD_TIMERFD, -1, 0 },
	{ PPME_SYSCALL_INOTIFY_INIT_X, SCAP_FD_INOTIFY, -1, 0 },
	{ PPME_SYSCALL_INOTIFY_INIT1_X, SCAP_FD_INOTIFY, 1, PPM_O_CLOEXEC },
	{ PPME_SYSCALL_BPF_2_X, SCAP_FD_BPF, -1, 0 },
	{ PPME_SYSCALL_USERFAULTFD_X, SCAP_FD_USERFAULTFD, 1, PPM_O_CLOEXEC },
	{ PPME_SYSCALL_IO_URING_SETUP_X, SCAP_FD_IOURING, -1, 0 },
	{ PPME_SYSCALL_EPOLL_CREATE_X, SCAP_FD_EVENTPOLL, -1, 0 },
	{ PPME_SYSCALL_EPOLL_CREATE1_X, SCAP_FD_EVENTPOLL, 1, 1 },
	{ PPME_SYSCALL_MEMFD_CREATE_X, SCAP_FD_MEMFD, 2, 1 },
};

static void parse_anonymous(struct state *state, struct event_context *c)
{
	int64_t num = event_int(c->event, 0, -1);
	size_t i = 0;

	if (num < 0 || !c->thread)
		return;
	while (anonymous[i].code != c->event->code)
		i++;
	c->fd_num = num;
	c->fd = fd_add(state, c->thread, num, anonymous[i].type);
	if (!c->fd)
		return;
	if (int_or(c->event, anonymous[i].flags, 0) & anonymous[i].cloexec)
		c->fd->openflags |= PPM_O_CLOEXEC;
	if (c->event->code == PPME_SYSCALL_MEMFD_CREATE_X) {
		struct bytes name = event_text(c->event, 1);

		text_set(&c->fd->name, name.data, name.len);
	}
}

static void parse_pidfd_open(struct state *state, struct event_context *c)
{
	int64_t num = event_int(c->event, 0, -1);
	char path[64];
	int n;

	if (num < 0 || !c->thread)
		return;
	c->fd_num = num;
	c->fd = fd_add(state, c->thread, num, SCAP_FD_PIDFD);
	if (!c->fd)
		return;
	c->fd->pid = event_int(c->event, 1, -1);
	c->fd->openflags = (uint32_t)event_int(c->event, 2, 0);
	n = snprintf(path, sizeof(path), "/proc/%lld", (long long)c->fd->pid);
	text_set(&c->fd->name, path, (size_t)n);
}

/* Copies a descriptor of another process. */
static void parse_pidfd_getfd(struct state *state, struct event_context *c)
{
	int64_t num = event_int(c->event, 0, -1);
	const struct fd *pidfd;
	const struct thread *owner;

	if (num < 0 || !c->thread)
		return;
	pidfd = state_fd(state, c->thread, event_int(c->event, 1, -1));
	owner = pidfd ? state_thread(state, pidfd->pid) : NULL;
	c->fd = owner ? state_fd(state, owner, event_int(c->event, 2, -1))
		      : NULL;
	if (c->fd)
		duplicate(state, c, num, true);
	c->fd_num = num;
}

/* clang-format off */
const struct parser_row parsers_file[] = {
	{ PPME_SYSCALL_OPEN_X, parse_open },
	{ PPME_SYSCALL_CREAT_X, parse_open },
	{ PPME_SYSCALL_OPENAT_2_X, parse_open },
	{ PPME_SYSCALL_OPENAT2_X, parse_open },
	{ PPME_SYSCALL_OPEN_BY_HANDLE_AT_X, parse_open },
	{ PPME_SYSCALL_CLOSE_X, parse_close },
	{ PPME_SYSCALL_CLOSE_RANGE_X, parse_close_range },
	{ PPME_SYSCALL_DUP_1_X, parse_dup },
	{ PPME_SYSCALL_DUP2_X, parse_dup },
	{ PPME_SYSCALL_DUP3_X, parse_dup },
	{ PPME_SYSCALL_FCNTL_X, parse_fcntl },
	{ PPME_SYSCALL_PIPE_X, parse_pipe },
	{ PPME_SYSCALL_PIPE2_X, parse_pipe },
	{ PPME_SYSCALL_EVENTFD_X, parse_anonymous },
	{ PPME_SYSCALL_EVENTFD2_X, parse_anonymous },
	{ PPME_SYSCALL_SIGNALFD_X, parse_anonymous },
	{ PPME_SYSCALL_SIGNALFD4_X, parse_anonymous },
	{ PPME_SYSCALL_TIMERFD_CREATE_X, parse_anonymous },
	{ PPME_SYSCALL_INOTIFY_INIT_X, parse_anonymous },
	{ PPME_SYSCALL_INOTIFY_INIT1_X, parse_anonymous },
	{ PPME_SYSCALL_BPF_2_X, parse_anonymous },
	{ PPME_SYSCALL_USERFAULTFD_X, parse_anonymous },
	{ PPME_SYSCALL_IO_URING_SETUP_X, parse_anonymous },
	{ PPME_SYSCALL_EPOLL_CREATE_X, parse_anonymous },
	{ PPME_SYSCALL_EPOLL_CREATE1_X, parse_anonymous },
	{ PPME_SYSCALL_MEMFD_CREATE_X, parse_anonymous },
	{ PPME_SYSCALL_PIDFD_OPEN_X, parse_pidfd_open },
	{ PPME_SYSCALL_PIDFD_GETFD_X, parse_pidfd_getfd },
	{ 0, NULL },
};
/* clang-format on */
