/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that syncs; see syncer.h. */
#include "core/file/syncer.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"

enum { QUEUE = 64 };

struct syncer {
	pthread_t thread;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t changed;
	unsigned every_s;
	int fd;		  /* being written; -1: none */
	int ended[QUEUE]; /* files that are complete */
	unsigned ended_count;
	bool is_done;
};

/*
 * Syncs complete files; called with the lock held, which is released
 * meanwhile.
 */
static void sync_ended(struct syncer *s)
{
	while (s->ended_count) {
		int fd = s->ended[--s->ended_count];

		pthread_mutex_unlock(&s->lock);
		fsync(fd);
		close(fd);
		pthread_mutex_lock(&s->lock);
	}
}

/*
 * Syncs the current file by a duplicate descriptor, since it may be closed
 * meanwhile.
 */
static void sync_present(struct syncer *s)
{
	int fd = s->fd >= 0 ? dup(s->fd) : -1;

	if (fd < 0)
		return;
	pthread_mutex_unlock(&s->lock);
	fdatasync(fd);
	close(fd);
	pthread_mutex_lock(&s->lock);
}

static void *work(void *user)
{
	struct syncer *s = user;
	struct timespec until;

	pthread_mutex_lock(&s->lock);
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += s->every_s;
	while (!s->is_done) {
		int code = s->ended_count
				   ? 0
				   : pthread_cond_timedwait(&s->changed,
							    &s->lock, &until);

		sync_ended(s);
		if (!code)
			continue;
		sync_present(s);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += s->every_s;
	}
	sync_ended(s);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/*
 * Starts the thread with all signals blocked: they are for the recording
 * thread.
 */
static int start(struct syncer *s)
{
	sigset_t all, before;
	int code;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&s->thread, NULL, work, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

struct syncer *syncer_new(unsigned every_s)
{
	struct syncer *s = mem_zalloc(sizeof(*s));
	pthread_condattr_t attr;

	s->every_s = every_s;
	s->fd = -1;
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->changed, &attr);
	pthread_condattr_destroy(&attr);
	if (!start(s))
		return s;
	free(s);
	return NULL;
}

/* Queues the current file as complete; if the queue is full, syncs it here. */
static void end_present(struct syncer *s)
{
	if (s->fd < 0)
		return;
	if (s->ended_count < QUEUE) {
		s->ended[s->ended_count++] = s->fd;
	} else {
		fsync(s->fd);
		close(s->fd);
	}
	s->fd = -1;
}

void syncer_watch(struct syncer *s, int fd)
{
	pthread_mutex_lock(&s->lock);
	end_present(s);
	s->fd = fd < 0 ? -1 : dup(fd);
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

void syncer_free(struct syncer *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	end_present(s);
	s->is_done = true;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
