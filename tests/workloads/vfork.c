/* SPDX-License-Identifier: Apache-2.0 */
/* vfork: the parent waits until the child ends or executes. */
#include <sys/wait.h>

#include "expect.h"

enum { ENDING = 5, EXECUTING = 3 };

static void run_children(int count, int executes)
{
	for (volatile int i = 0; i < count; i++) {
		int status = -1;
		pid_t child = vfork();

		if (!child && executes)
			execl("/bin/true", "true", (char *)NULL);
		if (!child)
			_exit(3);
		require(child > 0 && waitpid(child, &status, 0) == child,
			"vfork");
		require(WEXITSTATUS(status) == (executes ? 0 : 3),
			"the child's exit code");
	}
}

int main(void)
{
	run_children(ENDING, 0);
	run_children(EXECUTING, 1);
	expect(ENDING + EXECUTING,
	       "evt.type=vfork and evt.rawres>0 and "
	       "proc.pid=" PID,
	       (int)getpid());
	expect(ENDING + EXECUTING,
	       "evt.type=vfork and evt.rawres=0 and "
	       "proc.ppid=" PID,
	       (int)getpid());
	expect(EXECUTING,
	       "evt.type=execve and evt.rawres=0 and "
	       "proc.ppid=" PID " and proc.name=true",
	       (int)getpid());
	expect(ENDING + EXECUTING, "evt.type=procexit and proc.ppid=" PID,
	       (int)getpid());
	return 0;
}
