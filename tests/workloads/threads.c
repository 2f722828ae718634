/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that run at the same time, each with calls of its own number.
 * Depends on time: futex
 */
#include <pthread.h>

#include "expect.h"

enum { THREADS = 16, CALLS = 50 };

static void *work(void *number)
{
	int times = CALLS + *(int *)number;

	call_getppid(times);
	expect(times,
	       "evt.type=getppid and thread.tid=" PID " and proc.pid=" PID,
	       (int)syscall(SYS_gettid), (int)getpid());
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	int numbers[THREADS];

	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		require(!pthread_create(&threads[i], NULL, work, &numbers[i]),
			"pthread_create");
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	expect(THREADS,
	       "evt.type in (clone, clone3) and evt.rawres > 0 and "
	       "proc.pid=" PID,
	       (int)getpid());
	expect(THREADS,
	       "evt.type=procexit and proc.pid=" PID " and "
	       "thread.tid!=" PID,
	       (int)getpid(), (int)getpid());
	return 0;
}
