/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths that a call names, made whole: absolute, of the file system as the
 * recorder saw it.  What is not known is said, never made up.
 */
#ifndef SPOOR_DB_PATHS_H
#define SPOOR_DB_PATHS_H

#include "replay/fields/fields.h"

/* clang-format off */
enum path_state {
	PATH_NONE,   /* the call names none */
	PATH_WHOLE,  /* it is absolute */
	PATH_UNKNOWN /* its directory is not known, or it is too long */
};
/* clang-format on */

/*
 * Path n, from 0, of those that are parameters of the event, joined to its
 * directory.  *ret_path is set when PATH_WHOLE: a view (scratch arena).
 */
enum path_state event_path(const struct field_context *context, unsigned n,
			   struct bytes *ret_path);

/*
 * The path of the event's fd if it has one, else its first path.  Of a fd that
 * is no file: text of its kind, which is PATH_WHOLE, too.
 */
enum path_state event_object(const struct field_context *context,
			     struct bytes *ret_path);

/* A path as the process of the context would name it, made whole. */
enum path_state named_path(const struct field_context *context,
			   struct bytes name, struct bytes *ret_path);

#endif
