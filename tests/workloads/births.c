/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes and threads created in all possible ways, also while others make
 * calls; each of them makes calls of its own.
 * Depends on time: close getppid futex clock_nanosleep
 */
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "check.h"

enum { STACK = 64 * 1024, FORKS = 40, CALLERS = 4, BUSY = 5000 };

static atomic_int stop;
static volatile int shared;

static int works(void)
{
	pid_t parent = getppid();

	for (int i = 0; i < 20; i++)
		if (raw3(SYS_getppid, 0, 0, 0) != parent || close(-1) != -1)
			return 1;
	return 7;
}

static void ends_with(pid_t child, int code, const char *what)
{
	int status = -1;

	require(child > 0, what);
	require(waitpid(child, &status, __WALL) == child, what);
	require(WIFEXITED(status) && WEXITSTATUS(status) == code, what);
}

static void *caller(void *unused)
{
	for (int i = 0; !stop; i++) {
		require(close(-1) == -1 && raw3(SYS_getppid, 0, 0, 0) > 0,
			"a call while others fork");
		if (i > BUSY) /* where forks take long: not millions of calls */
			usleep(1000);
	}
	return unused;
}

static void forks_beside_threads(void)
{
	pthread_t threads[CALLERS];

	for (int i = 0; i < CALLERS; i++)
		pthread_create(&threads[i], NULL, caller, NULL);
	for (int i = 0; i < FORKS; i++) {
		pid_t child = fork();

		if (!child)
			_exit(works());
		ends_with(child, 7, "a child of many threads");
		child = vfork();
		if (!child)
			execl("/bin/sh", "sh", "-c", "exit 5", (char *)NULL);
		ends_with(child, 5, "a program started beside threads");
	}
	stop = 1;
	for (int i = 0; i < CALLERS; i++)
		pthread_join(threads[i], NULL);
	passed("forks beside threads");
}

static void generations(void)
{
	int depth = 0;
	int status;
	pid_t child;

	for (; depth < 20; depth++) {
		child = fork();
		if (!child)
			continue;
		require(waitpid(child, &status, 0) == child &&
				WEXITSTATUS(status) == 7,
			"a generation");
		if (depth)
			_exit(works());
		passed("20 generations");
		return;
	}
	_exit(works());
}

static int in_clone(void *argument)
{
	shared = *(int *)argument;
	return works();
}

static void clones(void)
{
	static const struct {
		const char *name;
		int flags, seen;
	} kinds[] = {
		{ "a clone with its own memory", SIGCHLD, 0 },
		{ "a clone with descriptors in common", CLONE_FILES | SIGCHLD,
		  0 },
		{ "a clone in the same memory", CLONE_VM | SIGCHLD, 1 },
		{ "a clone that is waited for",
		  CLONE_VM | CLONE_VFORK | SIGCHLD, 1 },
		{ "a clone with files and handlers in common",
		  CLONE_VM | CLONE_FILES | CLONE_FS | CLONE_SIGHAND | SIGCHLD,
		  1 },
		{ "a clone without a signal", CLONE_VM, 1 },
	};
	char *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int number = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		int before = shared;

		number++;
		ends_with(
			clone(in_clone, stack + STACK, kinds[i].flags, &number),
			7, kinds[i].name);
		require(shared == (kinds[i].seen ? number : before),
			"memory in common or not");
		passed(kinds[i].name);
	}
	munmap(stack, STACK);
}

static void on_signal(int sig)
{
	(void)sig;
}

/* All handlers are as at the start, in the child alone. */
static void cleared_handlers(void)
{
	struct clone_args args = { .flags = CLONE_CLEAR_SIGHAND,
				   .exit_signal = SIGCHLD };
	struct sigaction old;
	pid_t child;

	signal(SIGUSR1, on_signal);
	signal(SIGSYS, on_signal);
	child = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
	if (!child) {
		sigaction(SIGUSR1, NULL, &old);
		if (old.sa_handler != SIG_DFL)
			_exit(1);
		sigaction(SIGSYS, NULL, &old);
		_exit(old.sa_handler == SIG_DFL ? works() : 2);
	}
	ends_with(child, 7, "clone3 that clears handlers");
	sigaction(SIGSYS, NULL, &old);
	require(old.sa_handler == on_signal, "the parent keeps its handlers");
	passed("clone3 that clears handlers");
}

static void pidfds(void)
{
	int fd = -1;
	struct clone_args args = { .flags = CLONE_PIDFD,
				   .pidfd = (unsigned long)&fd,
				   .exit_signal = SIGCHLD };
	siginfo_t info;
	pid_t child = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

	if (!child)
		_exit(works());
	require(fd >= 0 && !waitid(P_PIDFD, (id_t)fd, &info, WEXITED) &&
			info.si_pid == child && info.si_status == 7,
		"a pidfd");
	close(fd);
	require(syscall(SYS_clone3, NULL, 0) == -1 && errno == EINVAL,
		"clone3 of nothing");
	require(syscall(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0) == -1 &&
			errno == EINVAL,
		"a clone that is refused");
	passed("pidfd, and clones that are refused");
}

/* A process that does not want to be seen works as any other. */
static void untraced(void)
{
	pid_t child = (pid_t)raw(
		(struct raw_call){ SYS_clone, { CLONE_UNTRACED | SIGCHLD } });

	if (!child)
		_exit(raw3(SYS_close, -1, 0, 0) == -EBADF ? 11 : 12);
	ends_with(child, 11, "a process that is not to be traced");
	passed("an untraced process");
}

int main(void)
{
	forks_beside_threads();
	untraced();
	generations();
	clones();
	cleared_handlers();
	pidfds();
	return 0;
}
