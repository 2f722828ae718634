/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wait loops of servers: epoll with eventfd, signalfd, timerfd and sockets;
 * waits with signal masks; coroutines on stacks of their own.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>

#include "check.h"

enum { ROUNDS = 50, SWITCHES = 200, STACK = 32 * 1024 };

static volatile sig_atomic_t handled;
static ucontext_t main_context, other_context;
static int switches;

static void on_signal(int sig)
{
	(void)sig;
	handled++;
}

static void watch(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	require(fd >= 0 && !epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event),
		"epoll_ctl");
}

static int signal_fd(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static void event_loop(void)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	int event = eventfd(0, EFD_CLOEXEC);
	int sig = signal_fd(SIGUSR1);
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	struct itimerspec soon = { { 0, 0 }, { 0, 100000 } };
	struct signalfd_siginfo info;
	struct epoll_event ready;
	int pair[2];
	uint64_t count;
	char bytes[16];

	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	watch(epoll, event);
	watch(epoll, sig);
	watch(epoll, timer);
	watch(epoll, pair[0]);
	for (uint64_t i = 1; i <= ROUNDS; i++) {
		require(write(event, &i, 8) == 8, "eventfd");
		require(epoll_wait(epoll, &ready, 1, -1) == 1 &&
				ready.data.fd == event &&
				read(event, &count, 8) == 8 && count == i,
			"an event");
		kill(getpid(), SIGUSR1);
		require(epoll_wait(epoll, &ready, 1, -1) == 1 &&
				ready.data.fd == sig &&
				read(sig, &info, sizeof(info)) ==
					sizeof(info) &&
				info.ssi_signo == SIGUSR1 &&
				info.ssi_pid == (uint32_t)getpid(),
			"a signal in its descriptor");
		timerfd_settime(timer, 0, &soon, NULL);
		require(epoll_wait(epoll, &ready, 1, -1) == 1 &&
				ready.data.fd == timer &&
				read(timer, &count, 8) == 8 && count == 1,
			"a timer");
		require(send(pair[1], "four", 4, 0) == 4, "send");
		require(epoll_wait(epoll, &ready, 1, -1) == 1 &&
				ready.data.fd == pair[0] &&
				recv(pair[0], bytes, 16, 0) == 4,
			"a socket");
	}
	passed("an event loop");
}

/* The mask holds for the wait only, and the signal comes in it. */
static void masked_waits(void)
{
	struct timespec second = { 1, 0 };
	sigset_t blocked, open, now;

	signal(SIGUSR2, on_signal);
	sigemptyset(&open);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR2);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		raise(SIGUSR2);
		require(handled == 4 * i, "a blocked signal waits");
		require(ppoll(NULL, 0, &second, &open) == -1 &&
				errno == EINTR && handled == 4 * i + 1,
			"ppoll");
		raise(SIGUSR2);
		require(pselect(0, NULL, NULL, NULL, &second, &open) == -1 &&
				errno == EINTR && handled == 4 * i + 2,
			"pselect");
		raise(SIGUSR2);
		require(sigsuspend(&open) == -1 && handled == 4 * i + 3,
			"sigsuspend");
		raise(SIGUSR2);
		require(sigtimedwait(&blocked, NULL, &second) == SIGUSR2,
			"sigtimedwait");
		handled++;
		sigprocmask(SIG_SETMASK, NULL, &now);
		require(sigismember(&now, SIGUSR2) == 1 &&
				sigismember(&now, SIGUSR1) == 0,
			"the mask is as it was");
	}
	require(sigtimedwait(&blocked, NULL, &(struct timespec){ 0, 1000 }) ==
				-1 &&
			errno == EAGAIN,
		"no signal comes");
	sigprocmask(SIG_SETMASK, &open, NULL);
	passed("waits with masks");
}

static void coroutine(void)
{
	for (;;) {
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(),
			"a call on another stack");
		switches++;
		swapcontext(&other_context, &main_context);
	}
}

static void coroutines(void)
{
	static char stack[STACK];

	getcontext(&other_context);
	other_context.uc_stack.ss_sp = stack;
	other_context.uc_stack.ss_size = STACK;
	makecontext(&other_context, coroutine, 0);
	for (int i = 0; i < SWITCHES; i++) {
		require(!swapcontext(&main_context, &other_context),
			"swapcontext");
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(),
			"a call on the first stack");
	}
	require(switches == SWITCHES, "each switch comes back");
	passed("coroutines");
}

/* An owner is told by a signal of its choice, with the descriptor. */
static void signals_of_files(void)
{
	sigset_t set;
	siginfo_t info;
	int pair[2];

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	fcntl(pair[0], F_SETOWN, getpid());
	fcntl(pair[0], F_SETSIG, SIGRTMIN);
	fcntl(pair[0], F_SETFL, O_ASYNC | O_NONBLOCK);
	require(write(pair[1], "x", 1) == 1, "write");
	require(sigwaitinfo(&set, &info) == SIGRTMIN && info.si_fd == pair[0],
		"the signal names the descriptor");
	passed("signals of files");
}

int main(void)
{
	event_loop();
	masked_waits();
	coroutines();
	signals_of_files();
	return 0;
}
