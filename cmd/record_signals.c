/* SPDX-License-Identifier: Apache-2.0 */
/* The signal handler of a recording; see record_signals.h. */
#include "cmd/record_signals.h"

#include <errno.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>

/* timeout(1) sends its signal twice: to spoor, and to its process group. */
enum { TWICE_NS = 500000000 };

static volatile sig_atomic_t stop_signal;
static volatile pid_t command; /* 0: there is none, or not yet */
/* when stop_signal arrived; set by the handler */
static uint64_t stopped_ns;
/* SIGINT was ignored at the start, as in a background job of a script */
static bool ignored_sigint;

/*
 * If the command is no longer our child, the engine has waited for it.  While a
 * thread of ours traces the command, waitid reports its stops, too, although
 * only its end is asked for.
 */
bool record_command_has_ended(void)
{
	siginfo_t info = { .si_pid = 0 };

	return command <= 0 ||
	       waitid(P_PID, (id_t)command, &info,
		      WEXITED | WNOHANG | WNOWAIT | __WALL) ||
	       (info.si_pid && info.si_code < CLD_TRAPPED);
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/*
 * Forwards a signal to the command, or stops the recording; a second one ends
 * spoor.
 */
static void on_signal(int sig, siginfo_t *info, void *context)
{
	int code = errno;

	(void)context;
	/* Ctrl-C at the terminal is not meant for a background job. */
	if (sig == SIGINT && ignored_sigint && info->si_code > 0)
		return;
	if (!record_command_has_ended()) {
		/* The terminal sends its signals to the command, too. */
		if (info->si_code <= 0)
			kill(command, sig);
	} else if (!stop_signal) {
		stop_signal = sig;
		stopped_ns = now_ns();
	} else if (now_ns() - stopped_ns > TWICE_NS) {
		signal(sig, SIG_DFL);
		raise(sig);
	}
	errno = code;
}

static void on_pipe(int sig, siginfo_t *info, void *context)
{
	(void)sig; /* write() says EPIPE */
	(void)info;
	(void)context;
}

static const struct sigaction no_reader = { .sa_sigaction = on_pipe,
					    .sa_flags = SA_SIGINFO };
static const struct sigaction stops = { .sa_sigaction = on_signal,
					.sa_flags = SA_SIGINFO };

void record_signals_set(void)
{
	static const int signals[] = { SIGINT,	SIGTERM, SIGHUP, SIGQUIT,
				       SIGUSR1, SIGUSR2, SIGPIPE };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		const struct sigaction *action =
			signals[i] == SIGPIPE ? &no_reader : &stops;
		struct sigaction before;

		if (!sigaction(signals[i], NULL, &before) &&
		    before.sa_handler != SIG_IGN)
			sigaction(signals[i], action, NULL);
	}
}

void record_signals_pass(pid_t pid)
{
	struct sigaction before;
	int sig;

	command = pid;
	/* For the command, which has been forked, it stays ignored. */
	ignored_sigint = !sigaction(SIGINT, NULL, &before) &&
			 before.sa_handler == SIG_IGN;
	if (ignored_sigint)
		sigaction(SIGINT, &stops, NULL);
	sig = stop_signal;
	if (pid <= 0 || !sig)
		return;
	stop_signal = 0;
	kill(pid, sig);
}

const volatile sig_atomic_t *record_signals_flag(void)
{
	return &stop_signal;
}
