/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that uses ptrace itself.  The kernel allows one tracer: recorded by
 * ptrace, the program gets EPERM, and everything else works.
 */
#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "expect.h"

int main(void)
{
	int status = -1;
	pid_t child = fork();

	if (!child) {
		long failed = ptrace(PTRACE_TRACEME, 0, NULL, NULL);

		call_getppid(2);
		_exit(failed ? errno : 0);
	}
	waitpid(child, &status, 0);
	require(WIFEXITED(status) && (WEXITSTATUS(status) == EPERM ||
				      WEXITSTATUS(status) == 0),
		"the child ends");
	expect(1, "evt.type=ptrace and proc.pid=" PID " and evt.rawres=%d",
	       (int)child, -WEXITSTATUS(status));
	expect(2, "evt.type=getppid and proc.pid=" PID, (int)child);
	return 0;
}
