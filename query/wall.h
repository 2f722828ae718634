/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time limit for statements.  SQLite checks between its steps whether to
 * continue, but a single step can take minutes: printf() with a great
 * precision, replace() or instr() of long texts.  Such a step cannot be
 * interrupted; only ending the program helps.
 */
#ifndef SPOOR_QUERY_WALL_H
#define SPOOR_QUERY_WALL_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

struct wall {
	struct timespec end;
	void (*overdue)(unsigned timeout_ms);
	unsigned timeout_ms;
	bool is_up, is_over;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
};

/*
 * Starts a thread that calls overdue unless wall_down is called within
 * timeout_ms and a second more (WALL_GRACE_MS).  timeout_ms 0 or overdue NULL:
 * does nothing.
 */
void wall_up(struct wall *wall, unsigned timeout_ms,
	     void (*overdue)(unsigned timeout_ms));

/* Ends the time limit: the statement has ended. */
void wall_down(struct wall *wall);

#endif
