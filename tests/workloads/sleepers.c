/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four threads that sleep, and one that makes a call each 10 ms, for a minute:
 * what an engine holds of threads that live when it detaches.
 */
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

enum { THREADS = 4, SECONDS = 60, CALLS = SECONDS * 100 };

static void *sleeps(void *arg)
{
	sleep(SECONDS);
	return arg;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&thread, NULL, sleeps, NULL))
			return 1;
	for (int i = 0; i < CALLS; i++)
		usleep(10000);
	return 0;
}
