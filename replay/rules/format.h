/* SPDX-License-Identifier: Apache-2.0 */
/* Formats as part of a program that others use as well. */
#ifndef SPOOR_REPLAY_RULES_FORMAT_H
#define SPOOR_REPLAY_RULES_FORMAT_H

#include "replay/rules/program.h"

/* The program owns the format; values are read once per event with it. */
int format_build(struct format **ret_format, const char *text,
		 struct program *program, struct error *err);

#endif
