/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that a call names, for events without an fd. */
#ifndef SPOOR_DB_PATHS_H
#define SPOOR_DB_PATHS_H

#include "replay/fields/fields.h"

/* Parameter number n, from 0, of those that are paths; -1: none. */
int event_path_param(const struct event *event, unsigned n);

/* That path, joined to its directory, in the scratch arena; or data NULL. */
struct bytes event_path(const struct field_context *context, unsigned n);

#endif
