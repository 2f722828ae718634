/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another user, and a program with the setuid bit.  A tracer without privileges
 * disables that bit (ptrace(2)); with privileges it works.
 * Depends on time: getrandom
 */
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "expect.h"

enum { NOBODY = 65534 };

static char copy[] = "/tmp/spoor-setuid-XXXXXX";

static void copy_self(void)
{
	char command[256];
	int fd = mkstemp(copy);

	require(fd >= 0, "mkstemp");
	close(fd);
	snprintf(command, sizeof(command), "cat /proc/%d/exe > %s",
		 (int)getpid(), copy);
	require(!system(command) && !chmod(copy, 04755), "copy");
}

static int child_work(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		return 1;
	call_getppid(3);
	execl(copy, "setuid", "report", (char *)NULL);
	return 1;
}

int main(int argc, char **argv)
{
	int status = -1;
	pid_t child;

	if (argc > 1 && !strcmp(argv[1], "report"))
		return geteuid() == 0 && getuid() == NOBODY ? 0 : 2;
	if (geteuid())
		return 0; /* nothing to expect */
	copy_self();
	child = fork();
	if (!child)
		_exit(child_work());
	waitpid(child, &status, 0);
	unlink(copy);
	require(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		"a setuid program has its rights");
	expect(3, "evt.type=getppid and proc.pid=" PID " and user.uid=%d",
	       (int)child, NOBODY);
	expect(1, "evt.type=setresuid and proc.pid=" PID " and evt.rawres=0",
	       (int)child);
	expect(1,
	       "evt.type=execve and proc.pid=" PID " and evt.rawres=0 and "
	       "proc.args=report and user.uid=0",
	       (int)child);
	return 0;
}
