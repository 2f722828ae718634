/* SPDX-License-Identifier: Apache-2.0 */
/* Processes that enter another container by its namespaces: setns(2). */
#ifndef SPOOR_DB_ENTERING_H
#define SPOOR_DB_ENTERING_H

#include "replay/fields/fields.h"

/*
 * The container ("host": none) whose files or processes the caller of setns
 * sees from now on, if it is another than its own; else NULL.  Borrows from
 * the state.  A network namespace alone is none.
 */
const char *entered_container(const struct field_context *context);

#endif
