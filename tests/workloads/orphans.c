/* SPDX-License-Identifier: Apache-2.0 */
/*
 * orphans COUNT FILE: creates more children than a recorder can release by
 * itself if it is killed; they wait until FILE, which means that all exist, is
 * removed, then fork and make calls.  All must end as without recording.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CALLS = 5000 };

static int calls(void)
{
	for (int i = 0; i < 10; i++)
		if (close(-1) != -1 || errno != EBADF || getppid() <= 0)
			return 6;
	return 5;
}

static int ends_with(pid_t child, int code)
{
	int status = 0;

	return child > 0 && waitpid(child, &status, 0) == child &&
	       WIFEXITED(status) && WEXITSTATUS(status) == code;
}

static int forks(int waits_on)
{
	char byte;

	calls();
	if (read(waits_on, &byte, 1))
		return 7;
	/* More than there is room for, where nobody takes them any more. */
	for (int i = 0; i < CALLS; i++)
		if (close(-1) != -1)
			return 9;
	for (int i = 0; i < 3; i++) {
		pid_t child = fork();

		if (!child)
			_exit(calls());
		if (!ends_with(child, 5))
			return 8;
	}
	return 3;
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;
	pid_t *children = calloc((size_t)count + 1, sizeof(*children));
	int whole = 0;
	int ends[2];

	if (!count || pipe(ends))
		return 2;
	for (int i = 0; i < count; i++) {
		children[i] = fork();
		if (children[i])
			continue;
		close(ends[1]);
		_exit(forks(ends[0]));
	}
	close(open(argv[2], O_WRONLY | O_CREAT, 0600));
	while (!access(argv[2], F_OK))
		usleep(20000);
	close(ends[1]);
	for (int i = 0; i < count; i++)
		whole += ends_with(children[i], 3);
	printf("%d\n", whole);
	free(children);
	return whole != count;
}
