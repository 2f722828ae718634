/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts of the peers' state tests: threads and events fed to one state,
 * with checks in between.  Steps are described in the vectors' README.
 */
#ifndef SPOOR_TESTS_VECTORS_SCRIPT_H
#define SPOOR_TESTS_VECTORS_SCRIPT_H

#include "core/arena.h"
#include "core/event/convert.h"
#include "core/event/ppm_constants.h"
#include "replay/state/state.h"
#include "tests/vectors/vectors.h"

/* One inspector: a state, and the event that the checks are about. */
struct script {
	struct vector_run *run;
	struct state *state;
	struct converter *converter;
	struct arena arena;   /* of the whole script */
	struct arena scratch; /* of the current event */
	struct event event;
	struct event_context about;
	bool has_event; /* applied, not finished yet */
	uint64_t num, ts_ns, first_ts_ns, previous_ts_ns;
};

void script_init(struct script *script, struct vector_run *run);
void script_done(struct script *script);

/* Each step: passes, fails (run->why says why) or is skipped. */
typedef enum verdict script_step(struct script *script, const json_t *step);

script_step script_init_thread, script_thread, script_start, script_event;
/* script_fields.c */
script_step script_field, script_has_value, script_filter;

#endif
