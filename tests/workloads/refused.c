/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs that cannot be executed: each attempt opens the file once, as a
 * watcher (inotify(7)) sees it, and the caller continues, also if a signal
 * arrives at that moment.
 * Depends on time: sched_yield kill wait4 rt_sigreturn signaldeliver
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "check.h"

enum {
	TRIES = 200,
	EVENTS_LEN = 2 * sizeof(struct inotify_event),
	ANY = -1 /* depends on the kernel */
};

static char path[256];
static char *const arguments[] = { (char[]){ "refused" }, NULL };
static int watch, file;
static volatile sig_atomic_t caught;

static int opened(void)
{
	_Alignas(struct inotify_event) char events[4096];
	ssize_t len = read(watch, events, sizeof(events));

	/* It is closed each time, too: the same event twice would be one. */
	return len < 0 ? 0 : (int)((size_t)len / EVENTS_LEN);
}

static int by_path(void)
{
	return execve(path, arguments, arguments);
}

static int by_descriptor(void)
{
	return (int)syscall(SYS_execveat, file, "", arguments, arguments,
			    AT_EMPTY_PATH);
}

static int not_there(void)
{
	return execve("/tmp/spoor.refused/none", arguments, arguments);
}

static int bad_arguments(void)
{
	return (int)syscall(SYS_execve, path, 1L, arguments);
}

static const struct {
	const char *name;
	int (*call)(void);
	int code;
	int opens; /* the file */
} tries[] = {
	{ "no format", by_path, ENOEXEC, 1 },
	{ "no format, by its descriptor", by_descriptor, ENOEXEC, 1 },
	{ "no file", not_there, ENOENT, 0 },
	{ "no arguments", bad_arguments, EFAULT, ANY },
};

static void try_each(int by_vfork)
{
	for (volatile size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		pid_t child = by_vfork ? vfork() : fork();
		int status;
		int count;

		if (!child)
			_exit(tries[i].call() == -1 ? errno : 0);
		require(waitpid(child, &status, 0) == child, "wait");
		require(WIFEXITED(status) &&
				WEXITSTATUS(status) == tries[i].code,
			tries[i].name);
		count = opened();
		require(tries[i].opens == ANY || count == tries[i].opens,
			tries[i].name);
	}
	passed(by_vfork ? "vfork" : "fork");
}

static void on_signal(int sig)
{
	(void)sig;
	caught++;
}

/* A child signals all the time. */
static void signalled(void)
{
	pid_t us = getpid();
	pid_t child;

	signal(SIGUSR1, on_signal);
	child = fork();
	while (!child && !kill(us, SIGUSR1))
		sched_yield();
	while (!caught)
		sched_yield();
	for (int i = 0; i < TRIES; i++) {
		require(by_path() == -1 && errno == ENOEXEC, "no format");
		require(opened() == 1, "opened once");
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	passed("signalled");
}

int main(void)
{
	const char *temp = getenv("TMPDIR");

	snprintf(path, sizeof(path), "%s/refused", temp ? temp : "/tmp");
	file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0755);
	require(file >= 0 && write(file, "none", 4) == 4, "a file");
	require(!fchmod(file, 0755) && !close(file), "its mode");
	file = open(path, O_PATH);
	watch = inotify_init1(IN_NONBLOCK);
	require(file >= 0 &&
			inotify_add_watch(watch, path, IN_OPEN | IN_CLOSE) >= 0,
		"inotify");
	try_each(0);
	try_each(1);
	signalled();
	unlink(path);
	return 0;
}
