/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean" for names that parsers refused. */
#ifndef SPOOR_CMD_SUGGEST_H
#define SPOOR_CMD_SUGGEST_H

#include "core/error.h"
#include "core/nearest.h"

/* The field closest to the one that a message says does not exist. */
struct nearest suggest_field(const char *message);

/* The same, added to an error of a filter or a format. */
void suggest_in_error(struct error *err);

#endif
