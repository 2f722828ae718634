/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lends its memory to children (vfork), which make the same calls, until the
 * file that its argument names exists, and some rounds longer, so that a
 * recorder can attach meanwhile.
 * Depends on time: all
 */
#include <sys/wait.h>

#include "check.h"

enum { ROUNDS = 100 };

static void lend(void)
{
	int status = -1;
	pid_t parent = getpid();
	pid_t child = vfork();

	if (!child)
		_exit(getppid() == parent && close(-1) == -1 ? 7 : 8);
	require(child > 0 && close(-1) == -1, "a child and a call");
	require(waitpid(child, &status, 0) == child, "waitpid");
	require(WIFEXITED(status) && WEXITSTATUS(status) == 7, "the child");
}

int main(int argc, char **argv)
{
	int left = ROUNDS;

	while (left) {
		lend();
		if (argc < 2 || !access(argv[1], F_OK))
			left--;
	}
	passed("all rounds");
	return 0;
}
