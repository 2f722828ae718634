/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts what was written on the disk (fdatasync), every so often and at the
 * end of each file, in a thread of its own: who records never waits for it.
 */
#ifndef SPOOR_CORE_FILE_SYNCER_H
#define SPOOR_CORE_FILE_SYNCER_H

struct syncer;

/* every_s: seconds; at least 1.  NULL: no thread can be made. */
struct syncer *syncer_new(unsigned every_s);

/* From now on this file is synced; the one before it once more. */
void syncer_watch(struct syncer *syncer, int fd);

/* Waits until all is on the disk.  Accepts NULL. */
void syncer_free(struct syncer *syncer);

#endif
