/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Users and groups of containers, from the files of the container itself: read
 * while a thread of it stands still, and told again when the files change.
 * Everything in them is the container's word: lengths are bounded, and no link,
 * device or pipe in there leads anywhere else.
 */
#ifndef SPOOR_CAPTURE_RECORD_USERS_H
#define SPOOR_CAPTURE_RECORD_USERS_H

#include <sys/types.h>

#include "core/bytes.h"
#include "core/map.h"

/* Containers whose users were told.  Zero-initialised is empty and ready. */
struct users_told {
	struct map containers;
};

/*
 * If the thread's cgroups (a list of texts "subsys=path") are those of a
 * container whose users were not told, or changed since, adds a PIECE_USERS
 * to a record: the id, a NUL, /etc/passwd, a NUL, /etc/group.  true: it did.
 */
bool users_add(struct users_told *told, pid_t tid, struct bytes cgroups,
	       struct buffer *record);

/* Frees what is in it; then it is empty. */
void users_told_free(struct users_told *told);

#endif
