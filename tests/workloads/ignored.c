/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals that a process ignores, by default or explicitly, wake nobody: calls
 * that a caught signal would end, and that the kernel never restarts, continue
 * until the event that they wait for, or their timeout.  signal(7).
 * Depends on time: all
 */
#include <linux/aio_abi.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include "asleep.h"
#include "check.h"

enum { SIGNALS = 3, NAP_MS = 20, LIMIT_MS = 200, LATE_MS = 3000 };

static int queue, semaphore, ends[2], sockets[2], listener;
static aio_context_t context;

static long in_epoll_wait(int ms)
{
	struct epoll_event event;

	return raw((struct raw_call){ SYS_epoll_wait,
				      { queue, (long)&event, 1, ms } });
}

static long in_epoll_pwait(int ms)
{
	struct epoll_event event;
	uint64_t none = 0;

	return raw((struct raw_call){
		SYS_epoll_pwait,
		{ queue, (long)&event, 1, ms, (long)&none, sizeof(none) } });
}

static struct timespec time_of(int ms)
{
	return (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
}

static long in_epoll_pwait2(int ms)
{
	struct timespec time = time_of(ms);
	struct epoll_event event;

	return raw((struct raw_call){
		SYS_epoll_pwait2, { queue, (long)&event, 1, (long)&time } });
}

static long in_sigtimedwait(int ms)
{
	struct timespec time = time_of(ms);
	uint64_t set = 1 << (SIGHUP - 1);

	return raw((struct raw_call){
		SYS_rt_sigtimedwait,
		{ (long)&set, 0, (long)&time, sizeof(set) } });
}

static long in_semtimedop(int ms)
{
	struct timespec time = time_of(ms);
	struct sembuf take = { 0, -1, 0 };

	return raw((struct raw_call){
		SYS_semtimedop, { semaphore, (long)&take, 1, (long)&time } });
}

static long in_io_getevents(int ms)
{
	struct timespec time = time_of(ms);
	struct io_event event;

	return raw((struct raw_call){
		SYS_io_getevents,
		{ (long)context, 1, 1, (long)&event, (long)&time } });
}

static void set_limit(int fd, int ms)
{
	struct timeval time = { ms / 1000, ms % 1000 * 1000 };

	require(!setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)),
		"SO_RCVTIMEO");
}

static long in_recvfrom(int ms)
{
	char c;

	set_limit(sockets[0], ms);
	return raw(
		(struct raw_call){ SYS_recvfrom, { sockets[0], (long)&c, 1 } });
}

static long in_read(int ms)
{
	char c;

	set_limit(sockets[0], ms);
	return raw3(SYS_read, sockets[0], (long)&c, 1);
}

static long in_accept(int ms)
{
	set_limit(listener, ms);
	return raw((struct raw_call){ SYS_accept4, { listener } });
}

static const struct {
	const char *name;
	long (*call)(int ms);
	long late; /* its result when its time is over */
} waits[] = {
	{ "epoll_wait", in_epoll_wait, 0 },
	{ "epoll_pwait", in_epoll_pwait, 0 },
	{ "epoll_pwait2", in_epoll_pwait2, 0 },
	{ "rt_sigtimedwait", in_sigtimedwait, -EAGAIN },
	{ "semtimedop", in_semtimedop, -EAGAIN },
	{ "io_getevents", in_io_getevents, 0 },
	{ "recvfrom", in_recvfrom, -EAGAIN },
	{ "read", in_read, -EAGAIN },
	{ "accept4", in_accept, -EAGAIN },
};

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A child sends them; its own end is one, too.  count: 0, for ever. */
static pid_t disturb(int sig, int count)
{
	pid_t us = getpid();
	pid_t child = fork();

	if (child)
		return child;
	until_asleep(us);
	for (int i = 0; !count || i < count; i++) {
		struct timespec nap = time_of(NAP_MS);

		nanosleep(&nap, NULL);
		kill(us, sig);
	}
	_exit(0);
}

static void waits_its_time(size_t i, int sig, int count)
{
	pid_t child = disturb(sig, count);
	long began = now_ms();
	long got = waits[i].call(LIMIT_MS);
	long took = now_ms() - began;

	if (got != waits[i].late) {
		errno = (int)-got;
		require(0, waits[i].name);
	}
	require(took >= LIMIT_MS - 2, "not before its time");
	require(took < LATE_MS, "and not for ever");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* Others still end it. */
static void is_interrupted(size_t i)
{
	struct sigaction action = { .sa_handler = on_alarm,
				    .sa_flags = SA_RESTART };
	pid_t child;

	sigaction(SIGALRM, &action, NULL);
	child = disturb(SIGALRM, 1);
	require(waits[i].call(LATE_MS * 10) == -EINTR, "EINTR");
	waitpid(child, NULL, 0);
}

int main(void)
{
	require(!pipe(ends), "a pipe");
	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), "sockets");
	listener = socket(AF_INET, SOCK_STREAM, 0);
	require(!listen(listener, 1), "a listener");
	queue = epoll_create1(0);
	semaphore = semget(IPC_PRIVATE, 1, 0600);
	require(semaphore >= 0 && !syscall(SYS_io_setup, 1, &context),
		"semaphore, context");
	signal(SIGUSR2, SIG_IGN);
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		waits_its_time(i, SIGWINCH, SIGNALS);
		waits_its_time(i, SIGUSR2, SIGNALS);
		waits_its_time(i, SIGUSR2, 0);
		is_interrupted(i);
		passed(waits[i].name);
	}
	semctl(semaphore, 0, IPC_RMID);
	return 0;
}
