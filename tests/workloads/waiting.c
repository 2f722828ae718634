/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that wait, some in each blocking call, until the file that the first
 * argument names exists, so that a recorder can attach meanwhile.  No wait may
 * end differently than without recording.  The second argument: threads in each
 * call.
 * Depends on time: all
 */
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>

#include "check.h"

enum { FEW = 6, LONG_S = 100, SLEEP_S = 3, CALLS = 100 };

static int ends[2], sockets[2], word;
static atomic_int ended;

static long in_read(void)
{
	char c;

	return raw3(SYS_read, ends[0], (long)&c, 1) - 1;
}

static long in_recvfrom(void)
{
	char c;

	return raw((struct raw_call){ SYS_recvfrom,
				      { sockets[0], (long)&c, 1 } }) -
	       1;
}

static long in_poll(void)
{
	struct pollfd fd = { sockets[1], POLLIN, 0 };

	return raw3(SYS_poll, (long)&fd, 1, LONG_S * 1000) - 1;
}

static long in_select(void)
{
	struct timeval time = { LONG_S, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(sockets[1], &set);
	return raw((struct raw_call){
		       SYS_select,
		       { sockets[1] + 1, (long)&set, 0, 0, (long)&time } }) -
	       1;
}

static long in_nanosleep(void)
{
	struct timespec time = { SLEEP_S, 0 };

	return raw3(SYS_nanosleep, (long)&time, 0, 0);
}

static long in_clock_nanosleep(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += SLEEP_S;
	return raw((struct raw_call){
		SYS_clock_nanosleep,
		{ CLOCK_MONOTONIC, TIMER_ABSTIME, (long)&time } });
}

static long in_futex(void)
{
	return raw((struct raw_call){ SYS_futex,
				      { (long)&word, FUTEX_WAIT_PRIVATE } });
}

static long in_futex_timed(void)
{
	struct timespec time = { LONG_S, 0 };

	return raw((struct raw_call){
		SYS_futex,
		{ (long)&word, FUTEX_WAIT_PRIVATE, 0, (long)&time } });
}

static long in_futex_expired(void)
{
	struct timespec time = { SLEEP_S, 0 };

	return raw((struct raw_call){ SYS_futex,
				      { (long)&time, FUTEX_WAIT_PRIVATE,
					SLEEP_S, (long)&time } }) +
	       ETIMEDOUT;
}

static long in_epoll(int ms)
{
	struct epoll_event event = { .events = EPOLLIN };
	int queue = epoll_create1(0);
	long got;

	require(!epoll_ctl(queue, EPOLL_CTL_ADD, sockets[1], &event), "epoll");
	got = raw((struct raw_call){ SYS_epoll_wait,
				     { queue, (long)&event, 1, ms } });
	close(queue);
	return got - 1;
}

static long in_epoll_wait(void)
{
	return in_epoll(-1);
}

static long in_epoll_timed(void)
{
	return in_epoll(LONG_S * 1000);
}

static long in_sigtimedwait(void)
{
	struct timespec time = { SLEEP_S, 0 };
	uint64_t set = 1 << (SIGHUP - 1);

	return raw((struct raw_call){
		       SYS_rt_sigtimedwait,
		       { (long)&set, 0, (long)&time, sizeof(set) } }) +
	       EAGAIN;
}

static struct wait {
	const char *name;
	long (*call)(void); /* 0: it ended as it should */
} waits[] = {
	{ "read", in_read },
	{ "recvfrom", in_recvfrom },
	{ "poll", in_poll },
	{ "select", in_select },
	{ "nanosleep", in_nanosleep },
	{ "clock_nanosleep", in_clock_nanosleep },
	{ "futex", in_futex },
	{ "futex with a time", in_futex_timed },
	{ "futex until its time", in_futex_expired },
	{ "epoll_wait", in_epoll_wait },
	{ "epoll_wait with a time", in_epoll_timed },
	{ "rt_sigtimedwait", in_sigtimedwait },
};

enum { WAITS = sizeof(waits) / sizeof(*waits) };

static void *wait_in(void *arg)
{
	const struct wait *wait = arg;
	long got = wait->call();

	/* Between the look at the word and the call it was changed. */
	if (got == -EAGAIN && word)
		got = 0;
	if (got) {
		errno = (int)-got;
		require(0, wait->name);
	}
	ended++;
	return NULL;
}

static void end_all(int each)
{
	char c = 0;

	word = 1;
	raw((struct raw_call){ SYS_futex,
			       { (long)&word, FUTEX_WAKE_PRIVATE, INT_MAX } });
	for (int i = 0; i < each; i++)
		require(write(ends[1], &c, 1) == 1 &&
				write(sockets[1], &c, 1) == 1,
			"write");
	require(write(sockets[0], &c, 1) == 1, "write to all");
}

int main(int argc, char **argv)
{
	int each = argc > 2 ? atoi(argv[2]) : FEW;
	pthread_t *threads = calloc((size_t)each * WAITS, sizeof(*threads));
	pthread_attr_t small;

	require(threads && !pipe(ends), "a pipe");
	require(!socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets), "sockets");
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	for (int i = 0; i < each * (int)WAITS; i++)
		require(!pthread_create(&threads[i], &small, wait_in,
					&waits[i % WAITS]),
			"a thread");
	while (argc > 1 && access(argv[1], F_OK))
		nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
	for (int i = 0; i < CALLS; i++)
		require(raw3(SYS_getppid, 0, 0, 0) >= 0, "getppid");
	end_all(each);
	for (int i = 0; i < each * (int)WAITS; i++)
		pthread_join(threads[i], NULL);
	require(ended == each * (int)WAITS, "all ended");
	passed("all waits");
	return 0;
}
