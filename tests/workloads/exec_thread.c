/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread that is not the leader calls exec: it takes over the leader's id.
 * Depends on time: rseq set_robust_list rt_sigprocmask pause
 */
#include <pthread.h>
#include <string.h>

#include "expect.h"

static char name[] = "exec_thread", again[] = "again";
static char *const words[] = { name, again, NULL };

static void *work(void *unused)
{
	(void)unused;
	call_getppid(4);
	expect(4, "evt.type=getppid and thread.tid=" PID " and proc.pid=" PID,
	       (int)syscall(SYS_gettid), (int)getpid());
	execv("/proc/self/exe", words);
	return NULL;
}

__attribute__((noreturn)) static void *wait_for_ever(void *unused)
{
	(void)unused;
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1 && !strcmp(argv[1], "again")) {
		call_getppid(7);
		expect(7,
		       "evt.type=getppid and thread.tid=" PID " and "
		       "proc.cmdline contains again",
		       (int)getpid());
		expect(1,
		       "evt.type=execve and evt.rawres=0 and thread.tid=" PID
		       " "
		       "and proc.args=again",
		       (int)getpid());
		return 0;
	}
	pthread_create(&thread, NULL, wait_for_ever, NULL);
	pthread_create(&thread, NULL, work, NULL);
	wait_for_ever(NULL);
	return 1;
}
