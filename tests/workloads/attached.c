/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs, and checks its results, until the file that its argument names exists,
 * and some rounds longer, so that a recorder can attach meanwhile.  It has
 * threads that wait, make calls and receive signals, threads and processes that
 * start and end, and handlers for the signals that engines use themselves.
 * Depends on time: all
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>

#include "check.h"

enum { WORKERS = 6, ROUNDS = 100, POLL_MS = 3 };

static atomic_int caught, must_end, trapped;
static pid_t parent;

static void on_signal(int sig)
{
	(void)sig;
	caught++;
}

static void on_trap(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (sig == SIGTRAP || info->si_pid == getpid())
		trapped++;
}

/* On a stack of its own, as Go has them. */
static void catch_traps(void)
{
	static char stack[65536];
	stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_sigaction = on_trap,
				    .sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigfillset(&action.sa_mask);
	require(!sigaltstack(&own, NULL), "a stack");
	sigaction(SIGTRAP, &action, NULL);
	sigaction(SIGSYS, &action, NULL);
}

static void are_caught(int sig)
{
	struct sigaction action;

	/* After the end of a recorder that was killed another is told, which
	 * calls that one. */
	require(!sigaction(sig, NULL, &action), "its action");
	prefer(action.sa_sigaction == on_trap &&
		       (action.sa_flags & SA_ONSTACK) &&
		       !(action.sa_flags & SA_NODEFER) &&
		       sigismember(&action.sa_mask, SIGHUP) == 1,
	       "its handler");
	trapped = 0;
	require(!raise(sig) && trapped == 1, "its signal");
}

static void traps(void)
{
	are_caught(SIGTRAP);
	are_caught(SIGSYS);
	trapped = 0;
	__asm__ volatile("int3");
	require(trapped == 1, "a breakpoint of its own");
}

/* A wait that a handler interrupts says so; the others are whole. */
static void *waits(void *unused)
{
	const struct timespec nap = { 0, 2000000 };

	(void)unused;
	while (!must_end) {
		int before = caught;
		int got = poll(NULL, 0, POLL_MS);

		require(!got || (errno == EINTR && caught > before), "poll");
		require(!nanosleep(&nap, NULL) || errno == EINTR, "nanosleep");
	}
	return NULL;
}

static void *calls(void *unused)
{
	double number = 0;

	(void)unused;
	while (!must_end) {
		double kept = ++number;

		require(raw3(SYS_getppid, 0, 0, 0) == parent, "getppid");
		__asm__ volatile("" : "+x"(kept));
		require(kept == number, "a number in the FPU");
	}
	return NULL;
}

static void *brief(void *is_done)
{
	require(raw3(SYS_close, -1, 0, 0) == -EBADF, "close");
	*(int *)is_done = 1;
	return NULL;
}

static void come_and_go(void)
{
	pthread_t thread;
	int is_done = 0;
	int status = 0;
	pid_t child;

	require(!pthread_create(&thread, NULL, brief, &is_done), "a thread");
	require(!pthread_join(thread, NULL) && is_done, "its end");
	child = fork();
	if (!child)
		_exit(raw3(SYS_close, -1, 0, 0) == -EBADF ? 7 : 8);
	while (waitpid(child, &status, 0) < 0)
		require(errno == EINTR, "waitpid");
	require(WIFEXITED(status) && WEXITSTATUS(status) == 7, "a process");
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_signal };
	pthread_t workers[WORKERS];
	int left = ROUNDS;

	parent = getppid();
	sigaction(SIGUSR1, &action, NULL);
	catch_traps();
	for (int i = 0; i < WORKERS; i++)
		require(!pthread_create(&workers[i], NULL,
					i % 2 ? waits : calls, NULL),
			"workers");
	while (left) {
		come_and_go();
		traps();
		pthread_kill(workers[left % WORKERS], SIGUSR1);
		if (argc < 2 || !access(argv[1], F_OK))
			left--;
	}
	must_end = 1;
	for (int i = 0; i < WORKERS; i++)
		pthread_join(workers[i], NULL);
	passed("all rounds");
	return 0;
}
