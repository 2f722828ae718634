/* SPDX-License-Identifier: Apache-2.0 */
/* The values of the virtual table's columns at an event. */
#ifndef SPOOR_DB_VTAB_VALUE_H
#define SPOOR_DB_VTAB_VALUE_H

#include "db/limits.h"
#include "db/scan.h"
#include "db/tally.h"

/*
 * The value of a column at the scan's current event, valid until the next one.
 * context: of this event; limit: the meaning of the column; ref: the field that
 * fills it, or NULL.
 */
struct tally_value vtab_value(const struct scan *scan,
			      const struct field_context *context,
			      enum limit limit, const struct field_ref *ref);

#endif
