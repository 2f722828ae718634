/* SPDX-License-Identifier: Apache-2.0 */
/* Output formats as part of a program. */
#ifndef SPOOR_REPLAY_RULES_FORMAT_H
#define SPOOR_REPLAY_RULES_FORMAT_H

#include "replay/rules/program.h"

/*
 * Compiles a format.  The program owns the format, and shares its sources:
 * each is read at most once per event.  0 or -1.
 */
int format_build(struct format **ret_format, const char *text,
		 struct program *program, struct error *err);

#endif
