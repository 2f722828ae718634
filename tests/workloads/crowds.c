/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many threads: 1,000 at once, rapid creation and termination, threads that are
 * cancelled in blocking calls, and a process that ends while its threads run.
 * Depends on time: all
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "check.h"

enum { CROWD = 1000, STORM = 500, CANCELLED = 50, SMALL = 64 * 1024 };

static pthread_barrier_t barrier;
static pthread_attr_t small;
static atomic_int done, cleaned;
static int never[2];

static void *in_crowd(void *parent)
{
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < 5; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == *(pid_t *)parent,
			"a call in a crowd");
	done++;
	return NULL;
}

static void crowd(pid_t parent)
{
	static pthread_t threads[CROWD];

	pthread_barrier_init(&barrier, NULL, CROWD);
	for (int i = 0; i < CROWD; i++)
		require(!pthread_create(&threads[i], &small, in_crowd, &parent),
			"pthread_create");
	for (int i = 0; i < CROWD; i++)
		pthread_join(threads[i], NULL);
	require(done == CROWD, "all threads end");
	passed("1000 threads");
}

static void *brief(void *ready)
{
	close(-1);
	sem_post(ready);
	return NULL;
}

static void storm(void)
{
	sem_t ready;
	pthread_t thread;

	sem_init(&ready, 0, 0);
	for (int i = 0; i < STORM; i++) {
		require(!pthread_create(&thread, &small, brief, &ready),
			"pthread_create in a storm");
		pthread_detach(thread);
	}
	for (int i = 0; i < STORM; i++)
		sem_wait(&ready);
	passed("a storm of threads");
}

static void clean(void *unused)
{
	(void)unused;
	cleaned++;
}

static void *waiting(void *mode)
{
	char c;

	pthread_cleanup_push(clean, NULL);
	pthread_setcanceltype(*(int *)mode, NULL);
	pthread_barrier_wait(&barrier);
	require(read(never[0], &c, 1) == -2, "a read that never ends");
	pthread_cleanup_pop(0);
	return NULL;
}

static void *calling(void *mode)
{
	pthread_cleanup_push(clean, NULL);
	pthread_setcanceltype(*(int *)mode, NULL);
	pthread_barrier_wait(&barrier);
	for (;;) {
		raw3(SYS_getppid, 0, 0, 0);
		pthread_testcancel();
	}
	pthread_cleanup_pop(0);
	return NULL;
}

static void cancel(void *(*work)(void *), int mode, const char *what)
{
	pthread_t thread;
	void *end;

	cleaned = 0;
	pthread_barrier_init(&barrier, NULL, 2);
	for (int i = 0; i < CANCELLED; i++) {
		require(!pthread_create(&thread, &small, work, &mode), what);
		pthread_barrier_wait(&barrier);
		if (i % 2)
			usleep(500);
		require(!pthread_cancel(thread), what);
		require(!pthread_join(thread, &end), what);
		require(end == PTHREAD_CANCELED, what);
	}
	require(cleaned == CANCELLED, what);
	passed(what);
}

__attribute__((noreturn)) static void *busy(void *unused)
{
	(void)unused;
	for (;;)
		close(-1);
}

/* exit_group, or a signal, takes all threads wherever they are. */
static void end_among_threads(int sig)
{
	int status = -1;
	pid_t child = fork();

	if (!child) {
		pthread_t thread;

		for (int i = 0; i < 16; i++)
			pthread_create(&thread, &small, busy, NULL);
		usleep(5000);
		if (sig)
			kill(getpid(), sig);
		_exit(9);
	}
	waitpid(child, &status, 0);
	require(sig ? WIFSIGNALED(status) && WTERMSIG(status) == sig
		    : WIFEXITED(status) && WEXITSTATUS(status) == 9,
		"a process of threads ends");
}

/* The first thread ends, the others go on. */
static void leaderless(void)
{
	int status = -1;
	pid_t child = fork();

	if (!child) {
		pthread_t thread;
		static sem_t ready;

		sem_init(&ready, 0, 0);
		pthread_create(&thread, NULL, brief, &ready);
		pthread_exit(NULL);
	}
	waitpid(child, &status, 0);
	require(WIFEXITED(status) && !WEXITSTATUS(status),
		"a process whose first thread ends");
	passed("a first thread that ends");
}

int main(void)
{
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, SMALL);
	require(!pipe(never), "pipe");
	crowd(getppid());
	storm();
	cancel(waiting, PTHREAD_CANCEL_DEFERRED, "deferred, in a wait");
	cancel(waiting, PTHREAD_CANCEL_ASYNCHRONOUS, "at once, in a wait");
	cancel(calling, PTHREAD_CANCEL_DEFERRED, "deferred, between calls");
	cancel(calling, PTHREAD_CANCEL_ASYNCHRONOUS, "at once, in calls");
	for (int i = 0; i < 10; i++) {
		end_among_threads(0);
		end_among_threads(SIGKILL);
		end_among_threads(SIGTERM);
	}
	passed("ends among threads");
	leaderless();
	return 0;
}
