/* SPDX-License-Identifier: Apache-2.0 */
/* The thread of the watchdog; see watchdog.h. */
#include "query/watchdog.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>

enum { WATCHDOG_GRACE_MS = 1000 };

static void *watch(void *user)
{
	struct watchdog *w = user;
	int code = 0;

	pthread_mutex_lock(&w->lock);
	while (!w->is_over && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&w->ended, &w->lock, &w->end);
	if (!w->is_over)
		w->overdue(w->timeout_ms);
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void set_end(struct watchdog *w)
{
	uint64_t ms = (uint64_t)w->timeout_ms + WATCHDOG_GRACE_MS;

	clock_gettime(CLOCK_MONOTONIC, &w->end);
	w->end.tv_sec += (time_t)(ms / 1000);
	w->end.tv_nsec += (long)(ms % 1000) * 1000000;
	if (w->end.tv_nsec >= 1000000000) {
		w->end.tv_nsec -= 1000000000;
		w->end.tv_sec++;
	}
}

/* Starts the thread with all signals blocked: they are for the main thread. */
static int start_thread(struct watchdog *w)
{
	sigset_t all, before;
	int code;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&w->thread, NULL, watch, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

void watchdog_start(struct watchdog *w, unsigned timeout_ms,
		    void (*overdue)(unsigned timeout_ms))
{
	pthread_condattr_t attributes;

	*w = (struct watchdog){ .timeout_ms = timeout_ms, .overdue = overdue };
	if (!timeout_ms || !overdue)
		return;
	set_end(w);
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&w->ended, &attributes);
	pthread_condattr_destroy(&attributes);
	w->is_running = !start_thread(w);
}

void watchdog_stop(struct watchdog *w)
{
	if (!w->is_running)
		return;
	pthread_mutex_lock(&w->lock);
	w->is_over = true;
	pthread_cond_signal(&w->ended);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->ended);
	pthread_mutex_destroy(&w->lock);
	w->is_running = false;
}
