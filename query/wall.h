/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time by which a statement must have ended.  SQLite asks between its
 * steps whether to go on, but one step can take minutes: printf() of a great
 * precision, replace() or instr() of long texts.  Such a step cannot be ended,
 * only the program.
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
 * Calls overdue from a thread of its own if wall_down does not come within
 * timeout_ms and a second more (WALL_GRACE_MS).  timeout_ms 0 or overdue NULL:
 * never.
 */
void wall_up(struct wall *wall, unsigned timeout_ms,
	     void (*overdue)(unsigned timeout_ms));

/* The statement has ended. */
void wall_down(struct wall *wall);

#endif
