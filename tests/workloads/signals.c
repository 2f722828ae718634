/* SPDX-License-Identifier: Apache-2.0 */
/* Signals during calls: some are interrupted, some begin again. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>

#include "expect.h"

enum { TIMES = 5, DELAY_US = 20000 };

static volatile sig_atomic_t handled;
static int ends[2];

static void on_alarm(int sig)
{
	(void)sig;
	handled++;
}

/* In the second part a handler makes data come. */
static void on_alarm_write(int sig)
{
	(void)sig;
	handled++;
	require(write(ends[1], "x", 1) == 1, "write in a handler");
}

static void alarm_soon(void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	struct itimerval timer = { { 0, 0 }, { 0, DELAY_US } };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

int main(void)
{
	char c;

	require(!pipe(ends), "pipe");
	for (int i = 0; i < TIMES; i++) {
		alarm_soon(on_alarm, 0);
		require(read(ends[0], &c, 1) == -1 && errno == EINTR,
			"an interrupted read");
	}
	for (int i = 0; i < TIMES; i++) {
		alarm_soon(on_alarm_write, SA_RESTART);
		require(read(ends[0], &c, 1) == 1 && c == 'x',
			"a read that begins again");
	}
	require(handled == 2 * TIMES, "a handler runs for each signal");
	expect(2 * TIMES,
	       "evt.type=signaldeliver and proc.pid=%d and "
	       "evt.arg.sig=SIGALRM",
	       (int)getpid());
	expect(TIMES,
	       "evt.type=read and proc.pid=%d and evt.rawres=1 and "
	       "fd.num=%d",
	       (int)getpid(), ends[0]);
	expect(TIMES,
	       "evt.type=write and proc.pid=%d and evt.rawres=1 and "
	       "fd.num=%d",
	       (int)getpid(), ends[1]);
	expect(2 * TIMES, "evt.type=rt_sigreturn and proc.pid=%d",
	       (int)getpid());
	return 0;
}
