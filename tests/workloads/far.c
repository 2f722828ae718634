/* SPDX-License-Identifier: Apache-2.0 */
/*
 * More threads than one arena has slots for, and memory reserved so that no
 * other memory is near the libraries.  With an argument, each thread requires
 * that its calls are not stopped: it gives up the CPU only for few of them.
 * Depends on time: futex
 */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "check.h"

enum { THREADS = 24, FIRST = 16, WARM = 8, CALLS = 400, FEW = 100 };

static pthread_barrier_t all;
static int must_run;

static long waits(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw;
}

/* Those that were the first make none of these calls. */
static void *work(void *is_first)
{
	long before = 0;

	pthread_barrier_wait(&all);
	for (int i = 0; i < WARM + CALLS && !is_first; i++) {
		if (i == WARM)
			before = waits();
		/* libc's, in two pieces of its code */
		require(getppid() > 0 && close(-1) == -1, "two calls");
	}
	require(!must_run || is_first || waits() - before < FEW,
		"a thread that runs");
	pthread_barrier_wait(&all);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	size_t len = (size_t)8 << 30;

	(void)argv;
	must_run = argc > 1;
	require(mmap(NULL, len, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
		     0) != MAP_FAILED,
		"a reservation");
	pthread_barrier_init(&all, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		require(!pthread_create(&threads[i], NULL, work,
					i < FIRST ? &all : NULL),
			"a thread");
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	passed("threads");
	return 0;
}
