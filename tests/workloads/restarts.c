/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that a signal interrupts, or that are restarted: signal(7),
 * "Interruption of system calls".  A signal interrupts each of them; its
 * handler may end the wait.
 * Depends on time: pread select
 */
#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <time.h>

#include "asleep.h"
#include "check.h"

enum { LONG_S = 20, LONG_MS = 20000 }; /* much longer than anything takes */

static struct helper helper;
static int ends[2];
static int word;
static volatile sig_atomic_t handled;

static void on_alarm(int sig)
{
	(void)sig;
	handled++;
	word = 1;
	if (write(ends[1], "x", 1) != 1)
		_exit(97);
}

static void alarm_soon(int flags)
{
	struct sigaction action = { .sa_handler = on_alarm, .sa_flags = flags };

	handled = 0;
	word = 0;
	sigaction(SIGALRM, &action, NULL);
	require(helper_signal(&helper), "a helper");
}

static void empty_pipe(void)
{
	char c;

	require(handled == 1, "the handler runs once");
	require(read(ends[0], &c, 1) == 1, "the handler wrote");
}

static int nanosleep_now(void)
{
	struct timespec left = { 0, 0 };
	struct timespec time = { LONG_S, 0 };
	int ret = nanosleep(&time, &left);

	return ret == -1 && errno == EINTR && left.tv_sec > 0 &&
			       left.tv_sec <= LONG_S
		       ? EINTR
		       : 0;
}

static int read_now(void)
{
	char c;

	if (read(ends[0], &c, 1) < 0)
		return errno;
	require(write(ends[1], &c, 1) == 1, "write");
	return 0;
}

static int poll_now(void)
{
	struct pollfd fd = { ends[0], POLLIN, 0 };

	return poll(&fd, 1, LONG_MS) < 0 ? errno : 0;
}

static int epoll_now(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd = epoll_create1(0);
	int failed;

	epoll_ctl(fd, EPOLL_CTL_ADD, ends[0], &event);
	failed = epoll_wait(fd, &event, 1, LONG_MS) < 0 ? errno : 0;
	close(fd);
	return failed;
}

static int futex_now(void)
{
	return raw((struct raw_call){ SYS_futex,
				      { (long)&word, FUTEX_WAIT } }) == -EAGAIN
		       ? EAGAIN
		       : EINTR;
}

static int futex_timed_now(void)
{
	struct timespec time = { LONG_S, 0 };

	return (int)-raw((struct raw_call){
		SYS_futex, { (long)&word, FUTEX_WAIT, 0, (long)&time } });
}

static int pause_now(void)
{
	return pause() < 0 ? errno : 0;
}

static const struct {
	const char *name;
	int (*call)(void);
	int plain, restarted; /* errno without and with SA_RESTART */
} calls[] = {
	{ "nanosleep", nanosleep_now, EINTR, EINTR },
	{ "read", read_now, EINTR, 0 },
	{ "poll", poll_now, EINTR, EINTR },
	{ "epoll_wait", epoll_now, EINTR, EINTR },
	{ "futex", futex_now, EINTR, EAGAIN },
	{ "futex with a time", futex_timed_now, EINTR, EINTR },
	{ "pause", pause_now, EINTR, EINTR },
};

/* Calls that signals do not end: they go on until what they wait for comes. */
struct waiting {
	int ends[2];
	int word; /* shared with the child */
};

static int sleep_whole(struct waiting *w)
{
	struct timespec time = { 0, 500000000 };

	(void)w;
	return nanosleep(&time, NULL) ? errno : 0;
}

static int poll_whole(struct waiting *w)
{
	struct pollfd fd = { w->ends[0], POLLIN, 0 };
	int ret = poll(&fd, 1, LONG_MS);

	return ret == 1 ? 0 : ret ? errno : ETIMEDOUT;
}

static int futex_whole(struct waiting *w)
{
	struct timespec time = { LONG_S, 0 };

	return (int)-raw((struct raw_call){
		SYS_futex, { (long)&w->word, FUTEX_WAIT, 0, (long)&time } });
}

static void end_wait(struct waiting *w)
{
	require(write(w->ends[1], "x", 1) == 1, "write");
	raw((struct raw_call){ SYS_futex, { (long)&w->word, FUTEX_WAKE, 1 } });
}

/* Signals that do nothing, and stops. */
static int disturbed(int (*call)(struct waiting *w), int sig, int next)
{
	struct waiting *w = mmap(NULL, sizeof(*w), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = -1;
	pid_t child;

	require(w != MAP_FAILED && !pipe(w->ends), "pipe");
	child = fork();
	if (!child)
		_exit(call(w));
	for (int i = 0; i < 3 && !WIFEXITED(status); i++) {
		until_asleep(child);
		kill(child, sig);
		if (sig == SIGSTOP)
			waitpid(child, &status, WUNTRACED);
		else
			until_asleep(child);
		kill(child, next);
	}
	until_asleep(child);
	end_wait(w);
	if (!WIFEXITED(status))
		waitpid(child, &status, 0);
	close(w->ends[0]);
	close(w->ends[1]);
	munmap(w, sizeof(*w));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(void)
{
	require(!pipe(ends), "pipe");
	helper = helper_start(SIGALRM);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		alarm_soon(0);
		require(calls[i].call() == calls[i].plain, calls[i].name);
		empty_pipe();
		alarm_soon(SA_RESTART);
		require(calls[i].call() == calls[i].restarted, calls[i].name);
		empty_pipe();
		passed(calls[i].name);
	}
	helper_end(&helper);
	require(disturbed(sleep_whole, SIGSTOP, SIGCONT) == 0,
		"sleep, stopped");
	require(disturbed(poll_whole, SIGSTOP, SIGCONT) == 0, "poll, stopped");
	require(disturbed(futex_whole, SIGSTOP, SIGCONT) == 0,
		"futex, stopped");
	passed("stopped calls go on");
	require(disturbed(sleep_whole, SIGWINCH, SIGURG) == 0,
		"sleep, ignored signals");
	require(disturbed(poll_whole, SIGWINCH, SIGURG) == 0,
		"poll, ignored signals");
	require(disturbed(futex_whole, SIGWINCH, SIGURG) == 0,
		"futex, ignored signals");
	passed("ignored signals do not interrupt");
	return 0;
}
