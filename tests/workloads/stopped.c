/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is stopped and let go on all the time, and gets its signals at once still.
 * With an argument there is no pause in between.
 * Depends on time: all
 */
#include <signal.h>
#include <sys/wait.h>

#include "check.h"

enum { ROUNDS = 3000, PAUSE_US = 100 };

static volatile sig_atomic_t caught;

static void on_signal(int sig)
{
	(void)sig;
	caught++;
}

static void stop_and_go(pid_t pid, useconds_t pause_us)
{
	while (!kill(pid, SIGSTOP) && !kill(pid, SIGCONT))
		if (pause_us)
			usleep(pause_us);
	_exit(0);
}

int main(int argc, char **argv)
{
	static const int signals[] = { SIGSYS, SIGTRAP, SIGUSR1, SIGSEGV };
	pid_t self = getpid();
	pid_t child;

	(void)argv;
	for (int i = 0; i < 4; i++)
		signal(signals[i], on_signal);
	child = fork();
	if (!child)
		stop_and_go(self, argc > 1 ? 0 : PAUSE_US);
	for (int i = 0; i < ROUNDS; i++) {
		caught = 0;
		require(!raise(signals[i % 4]) && caught == 1, "its signal");
	}
	kill(child, SIGKILL);
	kill(self, SIGCONT);
	require(waitpid(child, NULL, 0) == child, "waitpid");
	passed("all signals");
	return 0;
}
