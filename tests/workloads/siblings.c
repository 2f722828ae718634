/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes forked before any of them made its first call.  With an argument,
 * each requires that its calls are not stopped: it gives up the CPU only for
 * few of them.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include "check.h"

enum { SIBLINGS = 3, CALLS = 1000, FEW = 100 };

static long waits(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_nvcsw;
}

static int work(int go, int must_run)
{
	long before;
	char byte;

	if (read(go, &byte, 1) != 1)
		return 1;
	before = waits();
	for (int i = 0; i < CALLS; i++)
		if (getppid() == 0)
			return 2;
	return must_run && waits() - before > FEW ? 3 : 0;
}

int main(int argc, char **argv)
{
	pid_t pids[SIBLINGS];
	int status;
	int go[2];

	(void)argv;
	require(!pipe(go), "a pipe");
	for (int i = 0; i < SIBLINGS; i++) {
		pids[i] = fork();
		if (!pids[i])
			_exit(work(go[0], argc > 1));
	}
	for (int i = 0; i < SIBLINGS; i++)
		require(write(go[1], "", 1) == 1, "a byte");
	for (int i = 0; i < SIBLINGS; i++) {
		require(waitpid(pids[i], &status, 0) == pids[i], "waitpid");
		require(WIFEXITED(status) && !WEXITSTATUS(status),
			"a process that runs");
	}
	passed("siblings");
	return 0;
}
