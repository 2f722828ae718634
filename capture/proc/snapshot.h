/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of the machine when recording begins: machine, interfaces, users,
 * groups, processes with their fds, from /proc; as metadata items.
 */
#ifndef SPOOR_CAPTURE_PROC_SNAPSHOT_H
#define SPOOR_CAPTURE_PROC_SNAPSHOT_H

#include "core/event/event.h"

/*
 * Walks everything and calls put for each piece: META_SECTION first,
 * META_EVENTS last.  What may not be read is left out.  -1 if put fails.
 */
int snapshot_take(int (*put)(void *user, const struct meta *meta,
			     struct error *err),
		  void *user, struct error *err);

#endif
