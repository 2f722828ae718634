/* SPDX-License-Identifier: Apache-2.0 */
/* 200 processes at once: all wait for each other, then all make calls. */
#include <sys/wait.h>

#include "expect.h"

enum { PROCESSES = 200, CALLS = 20 };

int main(void)
{
	int gate[2], ready[2], left = PROCESSES;
	char c;

	require(!pipe(gate) && !pipe(ready), "pipe");
	for (int i = 0; i < PROCESSES; i++) {
		pid_t child = fork();

		require(child >= 0, "fork");
		if (child)
			continue;
		close(gate[1]);
		require(write(ready[1], "r", 1) == 1, "write");
		require(read(gate[0], &c, 1) == 0, "read");
		call_getppid(CALLS);
		_exit(0);
	}
	for (int i = 0; i < PROCESSES; i++)
		require(read(ready[0], &c, 1) == 1, "read of all");
	close(gate[1]);
	while (left && wait(NULL) > 0)
		left--;
	require(!left, "all children end");
	expect(PROCESSES * CALLS, "evt.type=getppid and proc.ppid=" PID,
	       (int)getpid());
	expect(PROCESSES, "evt.type=procexit and proc.ppid=" PID,
	       (int)getpid());
	expect(PROCESSES,
	       "evt.type in (clone, fork) and evt.rawres=0 and "
	       "proc.ppid=" PID,
	       (int)getpid());
	return 0;
}
