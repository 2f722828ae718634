/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events as sysdig 0.29 has them (--compat): its calls are two events each, and
 * the descriptor is in the first.  The rules by which old events are upgraded
 * are read backwards.
 */
#ifndef SPOOR_CORE_FILE_COMPAT_H
#define SPOOR_CORE_FILE_COMPAT_H

#include <stdbool.h>

#include "core/event/event.h"
#include "core/event/tables.h"

enum {
	COMPAT_CODES = 336, /* event codes that it knows: those below */
	COMPAT_CALLS = 341  /* and codes of system calls */
};

struct compat {
	/* By event code: the rule that made it of an old event, or NULL. */
	const struct converter_rule *rules[EVENT_KIND_COUNT];
	/* Enter events that are read for their exit events alone. */
	bool is_enter[EVENT_KIND_COUNT];
};

/* To be freed with free(). */
struct compat *compat_new(void);

/* Has the event a form that the old reader knows? */
bool compat_has_form(const struct compat *compat, uint16_t code);

/*
 * Makes it: *ret_exit, and *ret_enter unless the old event needs none (false).
 * Their parameters are those of the event, and live as long.
 */
bool compat_split(const struct compat *compat, const struct event *event,
		  struct event *ret_enter, struct event *ret_exit);

#endif
