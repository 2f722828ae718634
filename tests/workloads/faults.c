/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SIGSEGV, SIGBUS, SIGILL and SIGFPE that are not caused by an instruction, but
 * by kill(2), tgkill(2) or sigqueue(3): sent to itself, and to a process that
 * waits in a call.  By default they end the process, a handler sees the sender,
 * and real faults work as before.
 * Depends on time: pread select
 */
#include <sys/mman.h>
#include <time.h>

#include "asleep.h"
#include "check.h"

enum { LONG_S = 20, VALUE = 4711 };

static const int sigs[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };

static volatile sig_atomic_t seen, code, sender;

static void note(int sig, siginfo_t *info, void *context)
{
	(void)context;
	seen = sig;
	code = info->si_code;
	sender = info->si_pid;
}

static void by_kill(pid_t pid, int sig)
{
	require(!kill(pid, sig), "kill");
}

static void by_tgkill(pid_t pid, int sig)
{
	require(!syscall(SYS_tgkill, pid, pid, sig), "tgkill");
}

static void by_queue(pid_t pid, int sig)
{
	require(!sigqueue(pid, sig, (union sigval){ .sival_int = VALUE }),
		"sigqueue");
}

static const struct {
	const char *name;
	void (*send)(pid_t pid, int sig);
	int code;
} ways[] = {
	{ "kill", by_kill, SI_USER },
	{ "tgkill", by_tgkill, SI_TKILL },
	{ "sigqueue", by_queue, SI_QUEUE },
};

static void wait_in_pause(void)
{
	pause();
}

static void wait_in_sleep(void)
{
	nanosleep(&(struct timespec){ LONG_S, 0 }, NULL);
}

static void wait_in_read(void)
{
	int ends[2];
	char c;

	require(!pipe(ends), "pipe");
	require(read(ends[0], &c, 1) == -1 && errno == EINTR, "read");
}

static void (*const waits[])(void) = { wait_in_pause, wait_in_sleep,
				       wait_in_read };
enum { WAITS = sizeof(waits) / sizeof(*waits) };

/* Its status; wait: WAITS, it sends the signal to itself. */
static int status_of(size_t way, int sig, size_t wait, int is_handled)
{
	struct sigaction action = { .sa_sigaction = note,
				    .sa_flags = SA_SIGINFO };
	pid_t us = getpid();
	pid_t child = fork();
	int status;

	if (!child) {
		if (is_handled)
			sigaction(sig, &action, NULL);
		if (wait < WAITS)
			waits[wait]();
		else
			ways[way].send(getpid(), sig);
		require(seen == sig && code == ways[way].code,
			"the handler's signal");
		require(sender == (wait < WAITS ? us : getpid()), "its sender");
		_exit(0);
	}
	if (wait < WAITS) {
		until_asleep(child);
		ways[way].send(child, sig);
	}
	require(waitpid(child, &status, 0) == child, "wait");
	return status;
}

static void sent(size_t way, int sig)
{
	for (size_t wait = 0; wait <= WAITS; wait++) {
		int status = status_of(way, sig, wait, 0);

		require(WIFSIGNALED(status) && WTERMSIG(status) == sig,
			"it ends by the signal");
		require(status_of(way, sig, wait, 1) == 0, "it is handled");
	}
}

/* Memory that is not there: of a call, and of an instruction. */
static void faults(void)
{
	char *page =
		mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int status;

	require(page != MAP_FAILED, "mmap");
	require(raw3(SYS_write, 1, (long)page, 1) == -EFAULT, "EFAULT");
	if (!fork()) {
		*(volatile char *)page = 1;
		_exit(0);
	}
	require(wait(&status) > 0 && WIFSIGNALED(status) &&
			WTERMSIG(status) == SIGSEGV,
		"a fault ends it");
	munmap(page, 4096);
}

int main(void)
{
	for (size_t way = 0; way < sizeof(ways) / sizeof(*ways); way++) {
		for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++)
			sent(way, sigs[i]);
		passed(ways[way].name);
	}
	faults();
	passed("faults");
	return 0;
}
