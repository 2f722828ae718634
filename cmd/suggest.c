/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages about rules are Falco's, so suggestions are not part of them: they
 * are derived from the name in the message, and appended.
 */
#include "cmd/suggest.h"

#include <stdio.h>
#include <string.h>

#include "core/event/event.h"
#include "replay/fields/fields.h"

static void offer_fields(struct nearest *n)
{
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			if (!(f->flags & FIELD_DEPRECATED))
				nearest_offer(n, f->name);
}

static void offer_syscalls(struct nearest *n)
{
	for (int i = 0; i < PPM_SC_COUNT; i++)
		nearest_offer(n, ppm_scs[i].name);
}

static void offer_event_types(struct nearest *n)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		nearest_offer(n, event_kinds[i].name);
	offer_syscalls(n);
}

/* The text before the name in messages, and the names to choose from. */
static const struct mark {
	const char *text;
	void (*offer)(struct nearest *n);
} marks[] = { { "nonexistent field ", offer_fields },
	      { "invalid formatting token ", offer_fields },
	      { "unknown event type ", offer_event_types },
	      { NULL, NULL } };

struct nearest suggest_name(const char *message)
{
	char word[NEAREST_LEN];
	struct nearest n = { .word = word };

	for (const struct mark *m = marks; m->text; m++) {
		const char *at = strstr(message, m->text);

		if (!at)
			continue;
		at += strlen(m->text);
		snprintf(word, sizeof(word), "%.*s", (int)strcspn(at, " [:\n"),
			 at);
		m->offer(&n);
		break;
	}
	n.word = NULL; /* it was ours */
	return n;
}

struct nearest suggest_syscall(const char *word)
{
	struct nearest n = { .word = word };

	offer_syscalls(&n);
	return n;
}

void suggest_in_error(struct error *err)
{
	struct nearest n = suggest_name(err->text);

	nearest_tell(&n, err);
}
