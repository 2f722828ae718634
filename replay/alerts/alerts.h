/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Alerts: a rule that matched at an event, in Falco's text and JSON forms.
 * Last stage of replay.  Each output is one const struct in outputs.c.
 */
#ifndef SPOOR_REPLAY_ALERTS_ALERTS_H
#define SPOOR_REPLAY_ALERTS_ALERTS_H

#include <stdio.h>

#include "replay/rules/rules.h"

struct alert {
	const struct rule *rule;
	const struct field_context *context; /* the event and its state */
	const char *hostname;		     /* never NULL */
};

/* Contents of alerts; the last four are properties of the JSON form. */
struct alert_options {
	bool iso_time; /* text: 2026-11-24T03:55:00.000000000+0000 */
	bool message, output, fields, tags;
};

/* Falco's defaults. */
/* clang-format off */
#define ALERT_OPTIONS_INIT { .output = true, .fields = true, .tags = true }
/* clang-format on */

/* One form of output. */
struct alert_form {
	const char *name; /* text, json */
	const char *help;
	/* Appends one line, with its newline. */
	void (*write)(struct buffer *out, const struct alert *alert,
		      const struct alert_options *options);
};

/* The table of forms; ends with a NULL name. */
extern const struct alert_form alert_forms[];

/* The form of a name; NULL: unknown. */
const struct alert_form *alert_form_find(const char *name);

#endif
