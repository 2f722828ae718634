/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signal every millisecond or faster: handlers that make calls, run on an
 * alternate stack, or leave the middle of a call by siglongjmp.
 * Depends on time: all
 */
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

#include "check.h"

enum { WANTED = 300, STACK = 64 * 1024 };

static volatile sig_atomic_t handled;
static sigjmp_buf back;
static char *stack;
static pid_t parent;

static void every_us(int us)
{
	struct itimerval timer = { { 0, us }, { 0, us } };

	setitimer(ITIMER_REAL, &timer, NULL);
}

static void handle(void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	handled = 0;
	sigaction(SIGALRM, &action, NULL);
}

static void on_calls(int sig)
{
	int saved = errno;

	(void)sig;
	if (getppid() != parent || raw3(SYS_getppid, 0, 0, 0) != parent ||
	    close(-1) != -1 || errno != EBADF)
		_exit(97);
	errno = saved;
	handled++;
}

static void on_alternate(int sig)
{
	char here;

	(void)sig;
	if (&here < stack || &here >= stack + STACK)
		_exit(96);
	raw3(SYS_getppid, 0, 0, 0);
	handled++;
}

static void on_jump(int sig)
{
	(void)sig;
	handled++;
	siglongjmp(back, 1);
}

/* Calls with results that are checked, while signals come. */
static void calls_in_a_storm(const char *what)
{
	char bytes[64];
	int ends[2];

	require(!pipe(ends), "pipe");
	while (handled < WANTED) {
		require(getppid() == parent, what);
		require(write(ends[1], "twelve bytes", 12) == 12, what);
		require(read(ends[0], bytes, 64) == 12, what);
		require(!memcmp(bytes, "twelve bytes", 12), what);
		require(raw3(SYS_close, -1, 0, 0) == -EBADF, what);
	}
	close(ends[0]);
	close(ends[1]);
	passed(what);
}

/* The jump is taken from any instruction, one inside a call as well. */
static void jumps_out(void)
{
	volatile int jumps = 0;

	handle(on_jump, 0);
	if (sigsetjmp(back, 1))
		jumps++;
	if (jumps < WANTED) {
		every_us(500);
		for (;;)
			require(raw3(SYS_getppid, 0, 0, 0) == parent,
				"a call after a jump");
	}
	every_us(0);
	require(getppid() == parent, "calls after the jumps");
	passed("jumps out of handlers");
}

/* Out of a call that waits: its end must be gone, not come later. */
static void jumps_out_of_waits(void)
{
	volatile int jumps = 0;
	int ends[2];
	char c;

	require(!pipe(ends), "pipe");
	handle(on_jump, SA_RESTART);
	if (sigsetjmp(back, 1))
		jumps++;
	if (jumps < WANTED / 3) {
		every_us(1000);
		for (;;)
			require(read(ends[0], &c, 1) < 0, "no data comes");
	}
	every_us(0);
	require(write(ends[1], "y", 1) == 1 && read(ends[0], &c, 1) == 1 &&
			c == 'y',
		"a read after the jumps");
	passed("jumps out of waits");
}

int main(void)
{
	stack_t alternate = { .ss_size = STACK };
	stack_t now;

	parent = getppid();
	handle(on_calls, SA_RESTART);
	every_us(1000);
	calls_in_a_storm("handlers that make calls");
	stack = alternate.ss_sp = malloc(STACK);
	require(!sigaltstack(&alternate, NULL), "sigaltstack");
	handle(on_alternate, SA_RESTART | SA_ONSTACK);
	calls_in_a_storm("an alternate stack");
	every_us(0);
	require(!sigaltstack(NULL, &now) && now.ss_sp == stack && !now.ss_flags,
		"the alternate stack is as it was set");
	jumps_out();
	jumps_out_of_waits();
	return 0;
}
