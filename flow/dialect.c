/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of events that older readers do not show; see dialect.h. */
#include "flow/dialect.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/event/event_codes.h"
#include "core/event/tables.h"

/* Types: event types, then system calls without an event type. */
enum { TYPES = EVENT_KIND_COUNT + PPM_SC_COUNT };

struct dialect {
	struct compat *compat;
	uint64_t counts[WRITER_FATES][TYPES];
};

struct dialect *dialect_new(enum writer_compat compat)
{
	struct dialect *d;

	if (compat == WRITER_CURRENT)
		return NULL;
	d = mem_zalloc(sizeof(*d));
	d->compat = compat_new();
	return d;
}

static unsigned type_of(const struct event *event)
{
	unsigned sc = event->code == PPME_GENERIC_X && event->params[0].len == 2
			      ? load_u16(event->params[0].data)
			      : PPM_SC_COUNT;

	return sc < PPM_SC_COUNT ? EVENT_KIND_COUNT + sc : event->code;
}

static const char *name_of(unsigned type)
{
	return type < EVENT_KIND_COUNT ? event_kinds[type].name
				       : ppm_scs[type - EVENT_KIND_COUNT].name;
}

void dialect_note(struct dialect *d, const struct event *event)
{
	if (d)
		d->counts[writer_fate(d->compat, event)][type_of(event)]++;
}

static uint64_t sum(const struct dialect *d, enum writer_fate fate)
{
	uint64_t all = 0;

	for (unsigned i = 0; i < TYPES; i++)
		all += d->counts[fate][i];
	return all;
}

uint64_t dialect_missing(const struct dialect *d)
{
	return d ? sum(d, WRITER_LEFT_OUT) + sum(d, WRITER_HIDDEN) : 0;
}

struct tally {
	uint64_t count;
	const char *name;
};

static int by_count(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return x->count < y->count ? 1 : x->count > y->count ? -1 : 0;
}

/* "3 dup, 1 umount": the most frequent first. */
static void put_types(struct buffer *out, const uint64_t *counts)
{
	struct tally *tallies = mem_alloc(TYPES * sizeof(*tallies));
	unsigned n = 0;

	for (unsigned i = 0; i < TYPES; i++)
		if (counts[i])
			tallies[n++] = (struct tally){ counts[i], name_of(i) };
	qsort(tallies, n, sizeof(tallies[0]), by_count);
	for (unsigned i = 0; i < n; i++)
		buffer_printf(out, "%s%" PRIu64 " %s", i ? ", " : "",
			      tallies[i].count, tallies[i].name);
	free(tallies);
}

bool dialect_text(const struct dialect *d, enum writer_fate fate,
		  struct buffer *out)
{
	static const char *const what[WRITER_FATES] = {
		[WRITER_LEFT_OUT] = "left out, as sysdig 0.29 cannot read them",
		[WRITER_HIDDEN] = "not shown by sysdig 0.29",
		[WRITER_UNNAMED] = "shown by sysdig 0.29 as <unknown>",
	};

	if (!d || !what[fate] || !sum(d, fate))
		return false;
	buffer_printf(out, "%s: ", what[fate]);
	put_types(out, d->counts[fate]);
	return true;
}

void dialect_free(struct dialect *d)
{
	if (d)
		free(d->compat);
	free(d);
}
