/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs that stop and continue, like those of a shell. */
#include <signal.h>
#include <sys/wait.h>

#include "expect.h"

static const int stops[] = { SIGSTOP, SIGTSTP, SIGTTIN };

enum { STOPS = sizeof(stops) / sizeof(stops[0]) };

/* Each stop comes after the parent saw the last one end: a stop takes the news
 * of it away. */
static int child_work(int seen)
{
	char c;

	for (int i = 0; i < STOPS; i++) {
		signal(stops[i], SIG_DFL); /* services ignore them */
		kill(getpid(), stops[i]);
		require(read(seen, &c, 1) == 1, "a job goes on to its read");
		call_getppid(2);
	}
	return 5;
}

int main(void)
{
	int status;
	int ends[2];
	pid_t child;

	require(!pipe(ends), "pipe");
	child = fork();
	if (!child) {
		setpgid(0, 0);
		_exit(child_work(ends[0]));
	}
	for (int i = 0; i < STOPS; i++) {
		require(waitpid(child, &status, WUNTRACED) == child &&
				WIFSTOPPED(status) &&
				WSTOPSIG(status) == stops[i],
			"a job's stop is seen by its parent");
		kill(child, SIGCONT);
		require(waitpid(child, &status, WCONTINUED) == child &&
				WIFCONTINUED(status) &&
				write(ends[1], "s", 1) == 1,
			"a job goes on");
	}
	require(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 5,
		"a job ends");
	expect(2 * STOPS, "evt.type=getppid and proc.pid=" PID, (int)child);
	expect(STOPS, "evt.type=kill and proc.pid=" PID " and evt.rawres=0",
	       (int)child);
	expect(STOPS,
	       "evt.type=kill and proc.pid=" PID " and evt.rawres=0 and "
	       "evt.arg.sig=SIGCONT",
	       (int)getpid());
	return 0;
}
