/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals during calls: some calls are interrupted, some restarted.
 * Depends on time: pread select
 */
#include <errno.h>

#include "asleep.h"
#include "expect.h"

enum { TIMES = 5 };

static struct helper helper;
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

	sigaction(SIGALRM, &action, NULL);
	require(helper_signal(&helper), "a helper");
}

int main(void)
{
	char c;

	require(!pipe(ends), "pipe");
	helper = helper_start(SIGALRM);
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
	helper_end(&helper);
	require(handled == 2 * TIMES, "a handler runs for each signal");
	expect(2 * TIMES,
	       "evt.type=signaldeliver and proc.pid=" PID " and "
	       "evt.arg.sig=SIGALRM",
	       (int)getpid());
	expect(TIMES,
	       "evt.type=read and proc.pid=" PID " and evt.rawres=1 and "
	       "fd.num=%d",
	       (int)getpid(), ends[0]);
	expect(TIMES,
	       "evt.type=write and proc.pid=" PID " and evt.rawres=1 and "
	       "fd.num=%d",
	       (int)getpid(), ends[1]);
	expect(2 * TIMES, "evt.type=rt_sigreturn and proc.pid=" PID,
	       (int)getpid());
	return 0;
}
