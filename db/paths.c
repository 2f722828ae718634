/* SPDX-License-Identifier: Apache-2.0 */
/* Paths made whole; see paths.h. */
#include "db/paths.h"

#include <string.h>

#include "core/event/ppm_constants.h"

/* clang-format off */
enum { JOINED_MAX = 1024, /* of path_join */
       EXEC_EXEPATH = 27, EXEC_FILENAME = 30 };
/* clang-format on */

static struct bytes view(struct text text)
{
	return (struct bytes){ (const uint8_t *)text.data, text.len };
}

/*
 * A failed exec does not change the executable: the parameter is the path that
 * was to be executed.  For execveat it is known only if the recorder stores it
 * in place of the executable.
 */
static int exec_param(const struct field_context *c, unsigned n)
{
	const struct event *e = c->about.event;
	struct bytes path = event_text(e, EXEC_EXEPATH);

	if (n)
		return -1;
	if (e->code == PPME_SYSCALL_EXECVE_19_X)
		return EXEC_FILENAME;
	return path.data && c->about.thread &&
			       bytes_equal(path, view(c->about.thread->exepath))
		       ? -1
		       : EXEC_EXEPATH;
}

/* The parameter index of path number n; -1: none. */
static int path_param(const struct field_context *c, unsigned n)
{
	const struct event *e = c->about.event;
	const struct event_kind *kind = event_kind(e);

	if ((e->code == PPME_SYSCALL_EXECVE_19_X ||
	     e->code == PPME_SYSCALL_EXECVEAT_X) &&
	    event_int(e, 0, 0) < 0)
		return exec_param(c, n);
	for (unsigned i = 0; i < kind->nparams; i++)
		if ((kind->params[i].type == PT_FSPATH ||
		     kind->params[i].type == PT_FSRELPATH) &&
		    !n--)
			return (int)i;
	return -1;
}

/*
 * The name of a descriptor: a path, or a text for its type if it is not a
 * file.
 */
static enum path_state fd_path(const struct fd *fd, struct bytes *ret_path)
{
	static const char too_long[] = "/DIR_TOO_LONG/";
	bool is_file = fd->type == SCAP_FD_FILE ||
		       fd->type == SCAP_FD_FILE_V2 ||
		       fd->type == SCAP_FD_DIRECTORY;

	if (is_file &&
	    (!fd->name.len || *fd->name.data != '/' ||
	     (fd->name.len > sizeof(too_long) &&
	      !memcmp(fd->name.data, too_long, sizeof(too_long) - 1))))
		return PATH_UNKNOWN;
	*ret_path = view(fd->name);
	return PATH_WHOLE;
}

/* Joins them; the parts are absolute and relative. */
static enum path_state join(const struct field_context *c, struct bytes dir,
			    struct bytes path, struct bytes *ret_path)
{
	char *out;

	if (dir.len + path.len + 1 > JOINED_MAX)
		return PATH_UNKNOWN;
	out = arena_bytes(c->scratch, JOINED_MAX + 2);
	*ret_path = (struct bytes){ (uint8_t *)out,
				    path_join(out, JOINED_MAX + 2, dir, path) };
	return PATH_WHOLE;
}

static struct bytes with_slash(const struct field_context *c, struct bytes dir)
{
	char *out;

	if (dir.data[dir.len - 1] == '/')
		return dir;
	out = arena_bytes(c->scratch, dir.len + 1);
	memcpy(out, dir.data, dir.len);
	out[dir.len] = '/';
	return (struct bytes){ (uint8_t *)out, dir.len + 1 };
}

/* The path of a process that called chroot, as seen from outside. */
static enum path_state from_root(const struct field_context *c,
				 struct bytes *path)
{
	struct bytes root = view(c->about.thread->root);

	if (root.len < 2 || *root.data != '/' ||
	    (path->len >= root.len &&
	     !memcmp(path->data, root.data, root.len) &&
	     (path->len == root.len || path->data[root.len] == '/')))
		return PATH_WHOLE;
	root = with_slash(c, root);
	return join(c, root, (struct bytes){ path->data + 1, path->len - 1 },
		    path);
}

/* A relative path, below a directory that may not be known. */
static enum path_state below(const struct field_context *c, int64_t dirfd,
			     struct bytes path, struct bytes *ret_path)
{
	struct bytes dir;
	const struct fd *fd;

	if (dirfd == PPM_AT_FDCWD) {
		dir = view(thread_cwd(c->state, c->about.thread));
	} else {
		fd = state_fd(c->state, c->about.thread, dirfd);
		if (!fd || fd_path(fd, &dir) != PATH_WHOLE)
			return PATH_UNKNOWN;
	}
	if (!dir.len || *dir.data != '/')
		return PATH_UNKNOWN;
	if (!path.len)
		*ret_path = dir; /* AT_EMPTY_PATH: the descriptor itself */
	return path.len ? join(c, with_slash(c, dir), path, ret_path)
			: PATH_WHOLE;
}

static enum path_state whole(const struct field_context *c, int64_t dirfd,
			     struct bytes path, struct bytes *ret_path)
{
	enum path_state state;

	if (path.len && *path.data == '/')
		state = join(c, (struct bytes){ NULL, 0 }, path, ret_path);
	else
		state = below(c, dirfd, path, ret_path);
	return state == PATH_WHOLE ? from_root(c, ret_path) : state;
}

/* The path of a call without an event type. */
static enum path_state given_path(const struct field_context *c,
				  const struct given_call *given,
				  struct bytes *ret_path)
{
	const struct fd *fd;

	if (given->path.len)
		return whole(c, PPM_AT_FDCWD, given->path, ret_path);
	fd = given->fd >= 0 ? state_fd(c->state, c->about.thread, given->fd)
			    : NULL;
	return fd ? fd_path(fd, ret_path) : PATH_NONE;
}

enum path_state event_path(const struct field_context *c, unsigned n,
			   struct bytes *ret_path)
{
	const struct given_call *given = state_given(c->state, c->about.event);
	const struct event *e = c->about.event;
	int param = path_param(c, n);
	struct bytes path;
	unsigned dirfd_param;

	if (given && c->about.thread)
		return n ? PATH_NONE : given_path(c, given, ret_path);
	if (param < 0 || !c->about.thread)
		return PATH_NONE;
	path = event_text(e, (unsigned)param);
	dirfd_param = event_kind(e)->params[param].dirfd_param;
	/* "<NA>" stands for memory that the recorder could not read. */
	if (!path.data || (!path.len && !dirfd_param) ||
	    (path.len == 4 && !memcmp(path.data, "<NA>", 4)))
		return PATH_NONE;
	return whole(c,
		     dirfd_param ? event_int(e, dirfd_param - 1, PPM_AT_FDCWD)
				 : PPM_AT_FDCWD,
		     path, ret_path);
}

enum path_state named_path(const struct field_context *c, struct bytes name,
			   struct bytes *ret_path)
{
	return whole(c, PPM_AT_FDCWD, name, ret_path);
}

enum path_state event_object(const struct field_context *c,
			     struct bytes *ret_path)
{
	enum path_state state;

	if (!c->about.fd)
		return event_path(c, 0, ret_path);
	state = fd_path(c->about.fd, ret_path);
	if (state == PATH_WHOLE && c->about.thread &&
	    event_kind(c->about.event)->flags & EF_CREATES_FD &&
	    ret_path->len && *ret_path->data == '/')
		return from_root(c, ret_path);
	return state;
}
