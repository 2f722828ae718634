/* SPDX-License-Identifier: Apache-2.0 */
/* Files that commands make; see newfile.h. */
#include "core/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/bytes.h"

enum { MODE = 0600, PARTS_MAX = 8 };

static char *volatile parts[PARTS_MAX]; /* for the handler */

static void on_end(int sig)
{
	for (int i = 0; i < PARTS_MAX; i++)
		if (parts[i])
			unlink(parts[i]);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void on_file_too_large(int sig)
{
	(void)sig; /* write() says EFBIG */
}

/* Sets a handler, unless the signal is ignored or already handled. */
static void handle(int sig, void (*handler)(int))
{
	struct sigaction before;

	if (!sigaction(sig, NULL, &before) && before.sa_handler == SIG_DFL)
		signal(sig, handler);
}

static void set_signals(void)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		handle(ends[i], on_end);
	handle(SIGXFSZ, on_file_too_large);
}

static void note_part(char *part)
{
	for (int i = 0; i < PARTS_MAX; i++)
		if (!parts[i]) {
			parts[i] = part;
			return;
		}
}

static void forget_part(const char *part)
{
	for (int i = 0; i < PARTS_MAX; i++)
		if (part && parts[i] == part)
			parts[i] = NULL;
}

/* The descriptor that a name stands for, or -1. */
static int named_fd(const char *path)
{
	static const char *const names[] = { "-", "/dev/stdout",
					     "/dev/stderr" };
	static const int fds[] = { STDOUT_FILENO, STDOUT_FILENO,
				   STDERR_FILENO };
	static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

	for (int i = 0; i < 3; i++)
		if (!strcmp(path, names[i]))
			return fds[i];
	for (int i = 0; i < 2; i++) {
		size_t len = strlen(folders[i]);

		if (!strncmp(path, folders[i], len) && path[len] &&
		    strspn(path + len, "0123456789") == strlen(path + len))
			return (int)strtol(path + len, NULL, 10);
	}
	return -1;
}

/* Duplicates the descriptor that the name stands for. */
static int open_named(struct newfile *f, int fd, struct error *err)
{
	int how = fcntl(fd, F_GETFL);

	if (!strcmp(f->path, "-")) {
		free(f->path);
		f->path = mem_strdup("standard output");
	}
	f->is_stream = true;
	if (how >= 0 && (how & O_ACCMODE) == O_RDONLY)
		errno = EBADF;
	else
		f->fd = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return f->fd < 0 ? error_errno(err, "%s", f->path) : 0;
}

/* Opens an existing pipe or character device. */
static int open_stream(struct newfile *f, const struct stat *st,
		       struct error *err)
{
	struct stat now;

	f->is_stream = true;
	f->fd = open(f->path, O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
	if (f->fd < 0 || fstat(f->fd, &now))
		return error_errno(err, "%s", f->path);
	if (now.st_ino != st->st_ino || now.st_dev != st->st_dev)
		return error_set(err, EAGAIN, "%s: has been changed meanwhile",
				 f->path);
	return 0;
}

/* Removes a temporary file whose program was killed: nobody holds its lock. */
static int remove_leftover(const char *part, struct error *err)
{
	int fd = open(part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int result;

	if (fd < 0)
		return error_errno(err, "%s", part);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
		result = error_set(err, EEXIST,
				   "%s: belongs to another user, "
				   "or is not a regular file",
				   part);
	else if (flock(fd, LOCK_EX | LOCK_NB))
		result = error_set(err, EBUSY,
				   "%s: another spoor is writing it", part);
	else
		result = unlink(part) ? error_errno(err, "%s", part) : 0;
	close(fd);
	return result;
}

static int open_new(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    MODE);
}

/* Creates and locks the temporary file. */
static int make_part(const char *part, struct error *err)
{
	int fd = open_new(part);
	struct stat st;

	if (fd < 0 && errno == EEXIST) {
		if (remove_leftover(part, err))
			return -1;
		fd = open_new(part);
	}
	if (fd < 0)
		return error_errno(err, "%s: cannot be created", part);
	/*
	 * Before the lock, another program may have removed it as a leftover.
	 */
	if (flock(fd, LOCK_EX | LOCK_NB) || fstat(fd, &st) || !st.st_nlink) {
		close(fd);
		return error_set(err, EBUSY, "%s: another spoor is writing it",
				 part);
	}
	return fd;
}

/* Opens a file under its temporary name. */
static int open_part(struct newfile *f, struct error *err)
{
	struct buffer name = { 0 };

	buffer_printf(&name, "%s.spoor-part", f->path);
	f->fd = make_part((char *)name.data, err);
	if (f->fd >= 0) {
		f->part = mem_strdup((char *)name.data);
		note_part(f->part);
		set_signals();
	}
	buffer_free(&name);
	return f->fd < 0 ? -1 : 0;
}

/*
 * Opens an existing file to append to it; refuses one of another user, and one
 * with further hard links, whose owner may be anybody.
 */
static int open_former(struct newfile *f, struct error *err)
{
	struct stat st;

	f->fd = open(f->path,
		     O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (f->fd < 0 || fstat(f->fd, &st))
		return error_errno(err, "%s: cannot be opened", f->path);
	if (S_ISREG(st.st_mode) && st.st_uid == geteuid() && st.st_nlink == 1)
		return 0;
	return error_set(err, EPERM,
			 "%s: is not ours: it belongs to another user, or has "
			 "another name",
			 f->path);
}

/* Opens a file under its final name. */
static int open_grown(struct newfile *f, bool is_there, unsigned flags,
		      struct error *err)
{
	if (is_there && flags & NEWFILE_APPENDS)
		return open_former(f, err);
	f->is_made = true;
	if (!is_there || !unlink(f->path))
		f->fd = open_new(f->path);
	if (f->fd >= 0 && flags & NEWFILE_APPENDS)
		fcntl(f->fd, F_SETFL, O_APPEND);
	if (f->fd >= 0)
		return 0;
	return error_errno(err, "%s: cannot be created", f->path);
}

/* May what exists under the name be appended to, or replaced? */
static int check_former(const struct newfile *f, const struct stat *st,
			unsigned flags, struct error *err)
{
	if (S_ISREG(st->st_mode) && flags & NEWFILE_APPENDS)
		return 0;
	if (S_ISLNK(st->st_mode) && flags & NEWFILE_APPENDS)
		return error_set(err, ELOOP, "%s: is a symbolic link", f->path);
	if (!S_ISREG(st->st_mode) && !S_ISLNK(st->st_mode))
		return error_set(err, EINVAL, "%s: is not a regular file",
				 f->path);
	if (flags & NEWFILE_FORCE)
		return 0;
	return error_set(err, EEXIST, "%s: exists already; --force replaces it",
			 f->path);
}

/* Opens a file in the way that its flags and what exists there demand. */
static int open_path(struct newfile *f, unsigned flags, struct error *err)
{
	bool may_stream = !(flags & NEWFILE_NO_STREAM);
	int fd = may_stream ? named_fd(f->path) : -1;
	struct stat st;
	bool is_there;

	if (fd >= 0)
		return open_named(f, fd, err);
	is_there = !lstat(f->path, &st);
	if (is_there && may_stream &&
	    (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode)))
		return open_stream(f, &st, err);
	if (is_there && check_former(f, &st, flags, err))
		return -1;
	if (flags & (NEWFILE_GROWS | NEWFILE_APPENDS))
		return open_grown(f, is_there, flags, err);
	return open_part(f, err);
}

int newfile_open(struct newfile *ret_file, const char *path, unsigned flags,
		 struct error *err)
{
	struct newfile f = { .fd = -1,
			     .path = mem_strdup(path),
			     .replaces = flags & NEWFILE_FORCE };

	if (open_path(&f, flags, err)) {
		newfile_close(&f);
		return -1;
	}
	*ret_file = f;
	return 0;
}

void newfile_take(struct newfile *ret_file, int fd, const char *name)
{
	*ret_file = (struct newfile){ .fd = fd,
				      .path = mem_strdup(name),
				      .is_stream = true };
}

/*
 * stdio does not keep the reason of a failed write, and treats a partial write
 * (a disk with some room left) as a failure without reason: notes errno.
 */
static ssize_t write_noted(void *cookie, const char *data, size_t len)
{
	struct newfile *f = cookie;
	size_t done = 0;

	while (done < len) {
		ssize_t n = write(f->fd, data + done, len - done);

		if (n < 0 && errno != EINTR) {
			f->write_error = errno;
			break;
		}
		done += n < 0 ? 0 : (size_t)n;
	}
	return (ssize_t)done;
}

FILE *newfile_stdio(struct newfile *f)
{
	const cookie_io_functions_t functions = { .write = write_noted };

	if (!f->stdio)
		f->stdio = fopencookie(f, "w", functions);
	return f->stdio;
}

void newfile_rename(struct newfile *f, const char *path)
{
	free(f->path);
	f->path = mem_strdup(path);
}

/* Flushes the folder of path to disk, with the file's name in it. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = mem_strdup(slash ? path : ".");
	int fd;

	if (slash)
		folder[slash == path ? 1 : slash - path] = '\0';
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/*
 * Gives the file its final name.  Without force, a file that was created under
 * this name meanwhile is kept.
 */
static int give_name(const struct newfile *f, struct error *err)
{
	struct stat st;
	int code;

	if (!lstat(f->path, &st) &&
	    check_former(f, &st, f->replaces ? NEWFILE_FORCE : 0, err))
		return -1;
	if (f->replaces)
		code = rename(f->part, f->path);
	else if (!(code = link(f->part, f->path)))
		unlink(f->part);
	else if (errno == EPERM || errno == ENOTSUP) /* a FAT has no links */
		code = rename(f->part, f->path);
	if (code)
		return error_errno(err, "%s", f->path);
	sync_folder(f->path);
	return 0;
}

/* Flushes what was written, and gives the file its final name. */
static int finish(struct newfile *f, struct error *err)
{
	if (f->stdio && (fflush(f->stdio) || ferror(f->stdio))) {
		errno = f->write_error;
		return error_errno(err, "%s: cannot be written", f->path);
	}
	if (f->is_stream)
		return 0;
	if (fsync(f->fd))
		return error_errno(err, "%s: cannot be written", f->path);
	return f->part ? give_name(f, err) : 0;
}

int newfile_finish(struct newfile *f, struct error *err)
{
	int result = finish(f, err);

	if (!result) {
		forget_part(f->part);
		free(f->part);
		f->part = NULL;
	}
	newfile_close(f);
	return result;
}

void newfile_discard(struct newfile *f)
{
	if (f->is_made)
		unlink(f->path);
	newfile_close(f);
}

void newfile_close(struct newfile *f)
{
	if (f->part)
		unlink(f->part);
	forget_part(f->part);
	if (f->stdio)
		fclose(f->stdio);
	if (f->path && f->fd >= 0)
		close(f->fd);
	free(f->part);
	free(f->path);
	*f = (struct newfile){ .fd = -1 };
}
