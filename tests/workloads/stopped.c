/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is stopped and continued all the time, and still receives its signals at
 * once: many of one kind before the next, because leftovers of one call would
 * show in the next.
 * Depends on time: all
 */
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "check.h"

enum { EACH = 1500, PAUSE_US = 100 };

static volatile sig_atomic_t caught;

static void on_signal(int sig)
{
	(void)sig;
	caught++;
}

/* Until it is told, and never between the two: nobody else lets it go on. */
static void stop_and_go(pid_t pid, const atomic_int *done)
{
	while (!*done && !kill(pid, SIGSTOP) && !kill(pid, SIGCONT))
		usleep(PAUSE_US);
	_exit(0);
}

int main(void)
{
	static const int signals[] = { SIGSYS, SIGTRAP, SIGUSR1, SIGSEGV };
	pid_t self = getpid();
	pid_t child;
	atomic_int *done = mmap(NULL, sizeof(*done), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	require(done != MAP_FAILED, "shared memory");
	for (int i = 0; i < 4; i++)
		signal(signals[i], on_signal);
	child = fork();
	if (!child)
		stop_and_go(self, done);
	for (int i = 0; i < 4 * EACH; i++) {
		caught = 0;
		require(!raise(signals[i / EACH]) && caught == 1, "its signal");
	}
	*done = 1;
	require(waitpid(child, NULL, 0) == child, "waitpid");
	passed("all signals");
	return 0;
}
