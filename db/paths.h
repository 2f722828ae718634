/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that a call names, for events without an fd. */
#ifndef SPOOR_DB_PATHS_H
#define SPOOR_DB_PATHS_H

#include "replay/fields/fields.h"

/*
 * Path n, from 0, of those that are parameters of the event, joined to its
 * directory, in the scratch arena; data NULL: there is none.
 */
struct bytes event_path(const struct field_context *context, unsigned n);

#endif
