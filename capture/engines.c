/* SPDX-License-Identifier: Apache-2.0 */
/* The capture engines, in order of preference. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/engines.h"

/* clang-format off */
static const struct capture_engine *const capture_engines[] = {
	&engine_inject,
	&engine_ptrace,
	NULL,
};
/* clang-format on */

const struct capture_engine *
capture_engine_find(const char *name, const struct capture_options *options,
		    char *why, size_t why_len, struct error *err)
{
	struct error reason;

	for (size_t i = 0; capture_engines[i]; i++) {
		const struct capture_engine *engine = capture_engines[i];

		if (strcmp(name, "auto") != 0 && strcmp(name, engine->name))
			continue;
		if (engine->probe(options, &reason)) {
			error_set(err, reason.code, "engine %s: %s",
				  engine->name, reason.text);
			continue;
		}
		snprintf(why, why_len, "%s (%s)", engine->name, engine->help);
		return engine;
	}
	if (strcmp(name, "auto") != 0)
		error_set(err, EINVAL, "no engine '%s'", name);
	return NULL;
}
