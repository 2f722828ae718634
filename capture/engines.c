/* SPDX-License-Identifier: Apache-2.0 */
/* The capture engines, in order of preference. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/engines.h"

/* clang-format off */
const struct capture_engine *const capture_engines[] = {
	&engine_inject,
	&engine_ptrace,
	NULL,
};
/* clang-format on */

/* Adds "engine NAME: REASON" to the reasons so far, cut so that all fit. */
static void add_reason(struct error *reasons, const char *name,
		       const struct error *reason)
{
	const size_t len = strlen(reasons->text);

	reasons->code = reason->code;
	snprintf(reasons->text + len, sizeof(reasons->text) - len,
		 "%sengine %s: %.200s", len ? "; " : "", name, reason->text);
}

const struct capture_engine *
capture_engine_find(const char *name, const struct capture_options *options,
		    char *why, size_t why_len, struct error *err)
{
	struct error reasons = { 0 };
	struct error reason;

	for (size_t i = 0; capture_engines[i]; i++) {
		const struct capture_engine *engine = capture_engines[i];

		if (strcmp(name, "auto") != 0 && strcmp(name, engine->name))
			continue;
		if (engine->probe(options, &reason)) {
			add_reason(&reasons, engine->name, &reason);
			continue;
		}
		snprintf(why, why_len, "%s (%s%s%s)", engine->name,
			 engine->help, *reasons.text ? "; not " : "",
			 reasons.text);
		return engine;
	}
	if (!reasons.code)
		error_set(&reasons, EINVAL, "no engine '%s'", name);
	*err = reasons;
	return NULL;
}
