/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an answer stands on: the event types that the tables which it was read
 * from need, as their rows in db/ declare, or as a ready question says of
 * events (`-- needs').
 */
#include <string.h>

#include "query/session.h"

static const char *needs_of(const struct table *table)
{
	return table->needs ? table->needs : table->types;
}

const char *stands_on(const struct query *q, struct arena *arena)
{
	const char *all = q->needs ? q->needs : "";
	const char *separator = *all ? " " : "";

	if (q->answers_events && !q->needs)
		return NULL;
	/* Processes, which nearly all answers name, come last. */
	for (int i = TABLE_COUNT - 1; i >= 0; i--) {
		if (!(q->answered & 1u << i) || i == TABLE_EVENTS)
			continue;
		if (!needs_of(tables[i]))
			return NULL;
		all = arena_printf(arena, "%s%s%s", all, separator,
				   needs_of(tables[i]));
		separator = " ";
	}
	return all;
}

/* Was the word among those before it? */
static bool is_repeated(const char *words, const char *word, size_t len)
{
	for (const char *at = words; at < word; at++)
		if ((at == words || at[-1] == ' ') && !memcmp(at, word, len) &&
		    at[len] == ' ')
			return true;
	return false;
}

void stands_missing(struct buffer *out, const char *needs, const char *calls)
{
	size_t len;

	for (const char *at = needs; *at; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		if (len && gap_misses(calls, at, len) &&
		    !is_repeated(needs, at, len))
			buffer_printf(out, "%s%.*s", out->len ? ", " : "",
				      (int)len, at);
	}
}

const char *stands_cut(const struct query *q, int i, struct arena *arena)
{
	const struct table *table;

	if (i >= TABLE_COUNT)
		return NULL;
	table = tables[i];
	if (!table->cut || !(q->answered & 1u << i))
		return "";
	return arena_printf(arena,
			    "SELECT capture_id, 'cut', count(*), min(ts_ns), "
			    "NULL, '%s', NULL FROM %s WHERE %s AND ts_ns "
			    "BETWEEN ?1 AND ?2 GROUP BY capture_id",
			    table->cut_help, table->name, table->cut);
}
