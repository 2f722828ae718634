/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cost of one call: "micro getppid|read|open COUNT" prints ns per call
 * (open includes the close).  "micro threads COUNT" starts that many threads,
 * which make calls, reports that, and keeps them until its input ends.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { THREAD_CALLS = 1000, STACK = 64 * 1024 };

static int zero;
static pthread_barrier_t barrier;

static void call_getppid(void)
{
	syscall(SYS_getppid);
}

static void call_read(void)
{
	char bytes[64];

	if (read(zero, bytes, sizeof(bytes)) != sizeof(bytes))
		abort();
}

static void call_open(void)
{
	close(open("/dev/null", O_RDONLY));
}

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void measure(void (*call)(void), long count)
{
	double begin = now_ns();

	for (long i = 0; i < count; i++)
		call();
	printf("%.0f\n", (now_ns() - begin) / (double)count);
}

static void *in_thread(void *unused)
{
	for (int i = 0; i < THREAD_CALLS; i++)
		call_getppid();
	pthread_barrier_wait(&barrier);
	pause();
	return unused;
}

static void hold(long count)
{
	pthread_attr_t small;
	pthread_t thread;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK);
	pthread_barrier_init(&barrier, NULL, (unsigned)count + 1);
	for (long i = 0; i < count; i++)
		if (pthread_create(&thread, &small, in_thread, NULL))
			abort();
	pthread_barrier_wait(&barrier);
	printf("ready\n");
	fflush(stdout);
	while (getchar() != EOF)
		;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*call)(void);
	} calls[] = {
		{ "getppid", call_getppid },
		{ "read", call_read },
		{ "open", call_open },
	};
	long count = argc > 2 ? atol(argv[2]) : 100000;

	zero = open("/dev/zero", O_RDONLY);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (argc > 1 && !strcmp(argv[1], calls[i].name))
			measure(calls[i].call, count);
	if (argc > 1 && !strcmp(argv[1], "threads"))
		hold(count);
	return 0;
}
