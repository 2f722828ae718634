/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors belong to the program alone: which exist, that all can be closed,
 * and that few are enough.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "check.h"

static void close_from(int first)
{
	if (syscall(SYS_close_range, first, ~0U, 0))
		for (int fd = first; fd < 1024; fd++)
			close(fd);
}

/* Opens until it fails: the numbers are the lowest that are free. */
static int open_all(int first)
{
	int count = 0;
	int fd;

	while ((fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0) {
		require(fd == first + count, "the lowest free number");
		count++;
	}
	require(errno == EMFILE, "no more descriptors");
	return count;
}

static int listed(const char *path, int except)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int count = 0;

	require(dir != NULL, path);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' &&
		    atoi(entry->d_name) != dirfd(dir)) {
			require(atoi(entry->d_name) < except,
				"only the program's descriptors");
			count++;
		}
	closedir(dir);
	return count;
}

static int works(void)
{
	char bytes[16];
	int ends[2];

	if (pipe(ends) || write(ends[1], "abc", 3) != 3 ||
	    read(ends[0], bytes, 16) != 3)
		return 1;
	close(ends[0]);
	close(ends[1]);
	return close(-1) == -1 && errno == EBADF ? 0 : 2;
}

int main(void)
{
	struct rlimit few = { 16, 16 };
	int status = -1;
	pid_t child;

	close_from(3);
	require(!works(), "calls without other descriptors");
	passed("close_range of all");
	for (int fd = 3; fd < 1024; fd++)
		require(close(fd) == -1 && errno == EBADF, "nothing is open");
	require(!works(), "calls after all are closed");
	passed("close of each");
	require(listed("/proc/self/fd", 3) == 3, "three in /proc/self/fd");
	require(listed("/proc/thread-self/fd", 3) == 3, "three in the thread");
	passed("the list of descriptors");
	child = fork();
	if (!child) {
		close_from(0);
		_exit(works());
	}
	waitpid(child, &status, 0);
	require(status == 0, "no descriptors at all");
	passed("no descriptors at all");
	require(!setrlimit(RLIMIT_NOFILE, &few), "setrlimit");
	require(open_all(3) == 13, "all that the limit allows");
	child = fork();
	if (!child)
		_exit(raw3(SYS_getppid, 0, 0, 0) > 0 ? 0 : 1);
	waitpid(child, &status, 0);
	require(status == 0, "a child without free descriptors");
	require(system("exit 3") == 3 << 8, "a shell");
	passed("16 descriptors");
	return 0;
}
