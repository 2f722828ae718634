/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upgrades events of old captures (enter/exit pairs, older layouts) to the
 * current exit-only form, as the converter table says (scap-format.md
 * section 9).  Current events pass through untouched.
 */
#ifndef SPOOR_CORE_EVENT_CONVERT_H
#define SPOOR_CORE_EVENT_CONVERT_H

#include "core/event/event.h"

struct converter;

/* A converter without stored events; free with converter_free. */
struct converter *converter_new(void);

/* Accepts NULL. */
void converter_free(struct converter *converter);

/* Forgets all stored enter events, at the start of a new section. */
void converter_reset(struct converter *converter);

/*
 * Converts *event in place.  1: deliver it; 0: it was dropped or stored; -1:
 * it cannot be converted (too few parameters, too long ...).  Parameters built
 * here are valid until the next call.  Delivered enter events get
 * EVENT_PARSER_ONLY.  A stored enter event of another type is ignored, and
 * raises *unpaired.
 */
int converter_apply(struct converter *converter, struct event *event,
		    uint64_t *unpaired, struct error *err);

/* Has any event of this section needed an upgrade? */
bool converter_has_upgraded(const struct converter *converter);

/* Result of a single conversion step, for tests. */
enum convert_result {
	CONVERT_RESULT_DROP,	  /* not wanted, or stored */
	CONVERT_RESULT_UNCHANGED, /* deliver as it is */
	CONVERT_RESULT_DONE,	  /* converted: deliver */
	CONVERT_RESULT_AGAIN,	  /* converted, and needs another step */
	CONVERT_RESULT_ERROR
};

/*
 * What the event's code and number of parameters imply: drop it, pass it on
 * unchanged, or convert it.
 */
/* clang-format off */
enum convert_class { CONVERT_CLASS_DROP, CONVERT_CLASS_PASS,
		     CONVERT_CLASS_CONVERT, CONVERT_CLASS_ERROR };
/* clang-format on */
enum convert_class converter_classify(const struct event *event);

/* One step of converter_apply, for tests.  Arguments as there. */
enum convert_result converter_step(struct converter *converter,
				   struct event *event, uint64_t *unpaired,
				   struct error *err);

/* The stored enter event of a thread, or NULL. */
const struct event *converter_stored(const struct converter *converter,
				     int64_t tid);

#endif
