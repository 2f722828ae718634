/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages about rules are Falco's own, so a suggestion is no part of them: it
 * is found from the name in the message, and put behind it.
 */
#include "cmd/suggest.h"

#include <stdio.h>
#include <string.h>

#include "replay/fields/fields.h"

/* What stands before the name in messages about fields. */
static const char *const marks[] = { "nonexistent field ",
				     "invalid formatting token ", NULL };

static void offer_fields(struct nearest *n)
{
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			if (!(f->flags & FIELD_DEPRECATED))
				nearest_offer(n, f->name);
}

struct nearest suggest_field(const char *message)
{
	char word[NEAREST_LEN];
	struct nearest n = { .word = word };
	const char *at = NULL;

	for (const char *const *m = marks; *m && !at; m++)
		if ((at = strstr(message, *m)))
			at += strlen(*m);
	if (!at)
		at = "";
	snprintf(word, sizeof(word), "%.*s", (int)strcspn(at, " [:\n"), at);
	offer_fields(&n);
	n.word = NULL; /* it was ours */
	return n;
}

void suggest_in_error(struct error *err)
{
	struct nearest n = suggest_field(err->text);
	size_t len = strlen(err->text);

	if (*n.name)
		snprintf(err->text + len, sizeof(err->text) - len,
			 "; did you mean %s?", n.name);
}
