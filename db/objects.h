/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which object a path means: /proc/PID/root, cwd, exe and fd are seen through,
 * and so are links that were made in the capture.
 */
#ifndef SPOOR_DB_OBJECTS_H
#define SPOOR_DB_OBJECTS_H

#include "replay/fields/fields.h"

struct objects;

struct objects *objects_new(void);
/* Accepts NULL. */
void objects_free(struct objects *objects);

/*
 * The path of the object that an absolute path means to the process of the
 * context, which follows a link at its end or not; the path itself where
 * nothing else is known.  A view (scratch arena).
 */
struct bytes objects_path(const struct objects *objects,
			  const struct field_context *context,
			  struct bytes path, bool follows);

/* Follows what the event, after its row was made, did to links. */
void objects_event(struct objects *objects,
		   const struct field_context *context);

#endif
