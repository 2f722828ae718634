/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A watchdog for the time limit of statements.  SQLite checks between its steps
 * whether to continue, but a single step can take minutes: printf() with a
 * great precision, replace() or instr() of long texts.  Such a step cannot be
 * interrupted; only ending the program helps.
 */
#ifndef SPOOR_QUERY_WATCHDOG_H
#define SPOOR_QUERY_WATCHDOG_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

struct watchdog {
	struct timespec end;
	void (*overdue)(unsigned timeout_ms);
	unsigned timeout_ms;
	bool is_running, is_over;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
};

/*
 * Starts a thread that calls overdue unless watchdog_stop is called within
 * timeout_ms and a second more (WATCHDOG_GRACE_MS).  Does nothing if timeout_ms
 * is 0 or overdue is NULL.
 */
void watchdog_start(struct watchdog *watchdog, unsigned timeout_ms,
		    void (*overdue)(unsigned timeout_ms));

/* Stops the watchdog: the statement has ended. */
void watchdog_stop(struct watchdog *watchdog);

#endif
