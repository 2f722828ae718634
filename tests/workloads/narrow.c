/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes that may open no further files, or have no room for more memory,
 * fork and make calls.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include "check.h"

enum { FORKS = 5, CALLS = 10, FILES = 3, ROOM = 64 * 1024 * 1024 };

static int works(void)
{
	for (int i = 0; i < CALLS; i++)
		if (raw3(SYS_getppid, 0, 0, 0) <= 0)
			return 1;
	return 7;
}

static void ends_well(pid_t child, const char *what)
{
	int status = 0;

	require(child > 0 && waitpid(child, &status, 0) == child, what);
	require(WIFEXITED(status) && WEXITSTATUS(status) == 7, what);
}

static void forks(const char *what)
{
	for (int i = 0; i < FORKS; i++) {
		pid_t child = fork();

		if (!child) {
			child = fork();
			if (!child)
				_exit(works());
			ends_well(child, what);
			_exit(works());
		}
		ends_well(child, what);
	}
	passed(what);
}

int main(void)
{
	struct rlimit files = { FILES, FILES };
	struct rlimit room = { ROOM, ROOM };

	require(!setrlimit(RLIMIT_NOFILE, &files), "a limit of files");
	forks("no more files");
	require(!setrlimit(RLIMIT_AS, &room), "a limit of memory");
	forks("no more memory");
	return 0;
}
