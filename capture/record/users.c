/* SPDX-License-Identifier: Apache-2.0 */
/* The files of users in the root folders of containers; see users.h. */
#include "capture/record/users.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/proc/proc_files.h"
#include "capture/record/pieces.h"
#include "core/arena.h"
#include "core/cgroup_id.h"

/* A program may write these files anew for each exec: the number of readings is
 * limited. */
enum { FILE_LEN_MAX = 32 * 1024, CONTAINERS_MAX = 1024, CHANGES_MAX = 64 };

static const char *const names[] = { "etc/passwd", "etc/group" };

enum { FILES = sizeof(names) / sizeof(names[0]) };

/* A file of the same version is not read again. */
struct version {
	uint64_t dev, ino, size, mtime_ns, ctime_ns;
};

struct told_of {
	struct version files[FILES];
	unsigned changes;
};

/* What was found of a thread's container. */
struct found {
	int fds[FILES]; /* -1: no such file */
	struct version files[FILES];
};

static uint64_t ns_of(struct timespec ts)
{
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/*
 * How to open files: to open one of a FUSE file system waits for a program,
 * perhaps one that is traced and so waits for us.  Then no mounts other than
 * the root are entered.
 */
static uint64_t resolve_flags(pid_t tid, bool *ret_safe)
{
	char text[16 * 1024];
	ssize_t n = proc_file(tid, "mountinfo", text, sizeof(text));
	uint64_t flags = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
	bool has_fuse = false;
	char *save, *line;

	*ret_safe = n > 0;
	if (n <= 0 || n >= (ssize_t)sizeof(text) - 1)
		has_fuse = true;
	for (line = n > 0 ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save)) {
		char at[4] = "";

		if (!strstr(line, " - fuse"))
			continue;
		has_fuse = true;
		if (sscanf(line, "%*s %*s %*s %*s %3s", at) == 1 &&
		    !strcmp(at, "/"))
			*ret_safe = false;
	}
	return has_fuse ? flags | RESOLVE_NO_XDEV : flags;
}

/* Opens a file; -1: there is none, or it is no ordinary file. */
static int open_file(int root, const char *name, uint64_t resolve,
		     struct version *ret_version)
{
	struct open_how how = { .flags = O_RDONLY | O_NONBLOCK | O_NOCTTY |
					 O_CLOEXEC,
				.resolve = resolve };
	int fd = (int)syscall(SYS_openat2, root, name, &how, sizeof(how));
	struct stat st;

	*ret_version = (struct version){ 0 };
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return -1;
	}
	*ret_version =
		(struct version){ st.st_dev, st.st_ino, (uint64_t)st.st_size,
				  ns_of(st.st_mtim), ns_of(st.st_ctim) };
	return fd;
}

/* Does a link of /proc/TID (root, ns/...)  lead to the same as ours? */
static bool is_own(pid_t tid, const char *what)
{
	char path[64];
	struct stat mine, its;

	snprintf(path, sizeof(path), "/proc/self/%s", what);
	if (stat(path, &mine))
		return false;
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, what);
	return !stat(path, &its) && mine.st_dev == its.st_dev &&
	       mine.st_ino == its.st_ino;
}

/*
 * Opens the files of a thread's container.  A runtime that has not entered its
 * container's root yet has our root, as have all threads in a container with
 * us: users of that root are in the start state, and those of the container
 * cannot be had.
 */
static bool find(pid_t tid, struct found *ret_found)
{
	char path[64];
	bool is_safe;
	uint64_t resolve;
	int root;

	if (is_own(tid, "root/"))
		return false;
	resolve = resolve_flags(tid, &is_safe);
	if (!is_safe)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/root/", (int)tid);
	root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return false;
	for (int i = 0; i < FILES; i++)
		ret_found->fds[i] = open_file(root, names[i], resolve,
					      &ret_found->files[i]);
	close(root);
	return true;
}

static void forget(struct users_told *told)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&told->containers, &at)))
		free(slot->value);
	map_free(&told->containers);
}

/* Has the container, or its files, changed since it was told of?  Then it
 * counts as told. */
static bool is_news(struct users_told *told, const char *id,
		    const struct found *found)
{
	uint64_t key = hash_bytes(id, strlen(id));
	struct told_of *of = map_get(&told->containers, key);

	if (of && (!memcmp(of->files, found->files, sizeof(of->files)) ||
		   ++of->changes > CHANGES_MAX))
		return false;
	if (!of) {
		if (told->containers.count >= CONTAINERS_MAX)
			forget(told);
		of = mem_zalloc(sizeof(*of));
		map_put(&told->containers, key, of);
	}
	memcpy(of->files, found->files, sizeof(of->files));
	return true;
}

/* Adds a file: as much as fits, no part of a line, ended by a NUL. */
static void put_file(struct buffer *to, int fd)
{
	char *text = (char *)buffer_reserve(to, FILE_LEN_MAX);
	size_t len = 0;
	ssize_t n;

	while (fd >= 0 && len < FILE_LEN_MAX &&
	       (n = read(fd, text + len, FILE_LEN_MAX - len)) > 0)
		len += (size_t)n;
	while (len == FILE_LEN_MAX && text[len - 1] != '\n' && len)
		len--;
	to->len += strnlen(text, len);
	buffer_u8(to, 0);
}

bool users_add(struct users_told *told, pid_t tid, struct bytes cgroups,
	       struct buffer *record)
{
	struct buffer piece = { 0 };
	struct cgroup_id id;
	struct found found;
	bool news;

	if (!cgroup_id_of_list(cgroups, &id) || !find(tid, &found))
		return false;
	news = is_news(told, id.id, &found);
	if (news) {
		buffer_put(&piece, id.id, strlen(id.id) + 1);
		for (int i = 0; i < FILES; i++)
			put_file(&piece, found.fds[i]);
		record_add(record, PIECE_USERS, 0, 0,
			   (struct bytes){ piece.data, piece.len });
		buffer_free(&piece);
	}
	for (int i = 0; i < FILES; i++)
		if (found.fds[i] >= 0)
			close(found.fds[i]);
	return news;
}

void users_told_free(struct users_told *told)
{
	forget(told);
}
