/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flushes files to disk (fdatasync) periodically and when they are complete,
 * in a thread of its own, so that the recorder never waits for the disk.
 */
#ifndef SPOOR_CORE_FILE_SYNCER_H
#define SPOOR_CORE_FILE_SYNCER_H

struct syncer;

/*
 * every_s: seconds between two flushes, at least 1.  NULL: the thread cannot
 * be created.  Free with syncer_free.
 */
struct syncer *syncer_new(unsigned every_s);

/*
 * From now on flushes this file; the previous one is flushed once more.  fd
 * stays the caller's.
 */
void syncer_watch(struct syncer *syncer, int fd);

/* Flushes everything and ends the thread.  Accepts NULL. */
void syncer_free(struct syncer *syncer);

#endif
