/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps, and their words; see evidence.h. */
#include "core/file/evidence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* clang-format off */
enum {
	GAPS_MAX = 10000, /* kept one by one: a row each in a database */
	TOLD_MAX = 8	  /* in one line */
};

/* A kind: its name, and its rank in evidence_status (0: none). */
static const struct gap_row {
	const char *name;
	enum { RANK_NONE, RANK_UNFINISHED, RANK_INCOMPLETE, RANK_DAMAGED } rank;
} gap_rows[GAP_KINDS] = {
	[GAP_DAMAGED] = { "damaged", RANK_DAMAGED },
	[GAP_TRUNCATED] = { "truncated", RANK_DAMAGED },
	[GAP_MISSING] = { "missing", RANK_INCOMPLETE },
	[GAP_UNFINISHED] = { "unfinished", RANK_UNFINISHED },
	[GAP_ALONE] = { "alone", RANK_NONE },
	[GAP_ROTATED] = { "rotated", RANK_NONE },
	[GAP_DROPS] = { "drops", RANK_NONE },
	[GAP_FILTERED] = { "filtered", RANK_NONE },
	[GAP_COMPAT] = { "compat", RANK_NONE },
	[GAP_SKIPPED] = { "skipped", RANK_NONE },
	[GAP_UNPAIRED] = { "unpaired", RANK_NONE },
	[GAP_CUT] = { "cut", RANK_NONE },
	[GAP_UNRESOLVED] = { "unresolved", RANK_NONE },
};
/* clang-format on */

struct gap gap_of(enum gap_kind kind)
{
	return (struct gap){ .kind = kind,
			     .offset = GAP_UNKNOWN,
			     .bytes = GAP_UNKNOWN,
			     .events = GAP_UNKNOWN,
			     .after_num = GAP_UNKNOWN,
			     .start_ns = GAP_UNKNOWN,
			     .end_ns = GAP_UNKNOWN };
}

const char *gap_name(enum gap_kind kind)
{
	return gap_rows[kind].name;
}

bool gap_find(const char *name, enum gap_kind *ret_kind)
{
	for (int i = 0; name && i < GAP_KINDS; i++)
		if (!strcmp(gap_rows[i].name, name)) {
			*ret_kind = (enum gap_kind)i;
			return true;
		}
	return false;
}

bool gap_is_damage(enum gap_kind kind)
{
	return gap_rows[kind].rank >= RANK_INCOMPLETE;
}

void gap_set_reason(struct gap *gap, const char *path, const struct error *why)
{
	const char *text = why->text;
	size_t len = strlen(path);

	if (!strncmp(text, path, len) && !strncmp(text + len, ": ", 2))
		text += len + 2;
	snprintf(gap->detail, sizeof(gap->detail), "%s", text);
}

struct gap *evidence_add(struct evidence *e, const struct gap *gap)
{
	struct gap *to;

	e->is_damaged |= gap_is_damage(gap->kind);
	if (e->count == GAPS_MAX) {
		e->unlisted++;
		return NULL;
	}
	e->gaps =
		mem_grow(e->gaps, &e->capacity, e->count + 1, sizeof(*e->gaps));
	to = &e->gaps[e->count++];
	*to = *gap;
	if (!to->path)
		to->path = e->path;
	if (to->path)
		to->path = arena_strdup(&e->names, to->path);
	if (to->calls)
		to->calls = arena_strdup(&e->names, to->calls);
	return to;
}

void evidence_add_left_out(struct evidence *e, const struct left_out *left_out,
			   unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct gap gap = gap_of(GAP_FILTERED);

		snprintf(gap.detail, sizeof(gap.detail), "%s",
			 left_out[i].sentence);
		gap.calls = left_out[i].calls;
		evidence_add(e, &gap);
	}
}

void evidence_add_compat(struct evidence *e, uint64_t events, const char *calls)
{
	struct gap gap = gap_of(GAP_COMPAT);

	gap.events = events;
	gap.calls = calls;
	snprintf(gap.detail, sizeof(gap.detail),
		 "parameters and events that sysdig 0.29 does not know");
	evidence_add(e, &gap);
}

bool gap_misses(const char *calls, const char *type, size_t len)
{
	bool is_without = *calls == '-';

	for (const char *at = calls; *at; at += *at == ' ') {
		size_t n = strcspn(at, " ");

		if (n == len + is_without &&
		    !memcmp(at + is_without, type, len))
			return is_without;
		at += n;
	}
	return !is_without;
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool has_gap(const struct evidence *e, const struct gap *gap)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct gap *g = &e->gaps[i];

		if (g->kind == gap->kind && g->offset == gap->offset &&
		    g->after_num == gap->after_num &&
		    is_same_text(g->path, gap->path) &&
		    is_same_text(g->detail, gap->detail))
			return true;
	}
	return false;
}

void evidence_join(struct evidence *to, const struct evidence *from)
{
	for (size_t i = 0; i < from->count; i++)
		if (!has_gap(to, &from->gaps[i]))
			evidence_add(to, &from->gaps[i]);
	to->unlisted += from->unlisted;
	if (!to->checksums)
		to->checksums = from->checksums;
}

const char *evidence_status(const struct evidence *e)
{
	static const char *const words[] = { "whole", "unfinished",
					     "incomplete", "damaged" };
	int rank = RANK_NONE;

	for (size_t i = 0; i < e->count; i++)
		if ((int)gap_rows[e->gaps[i].kind].rank > rank)
			rank = gap_rows[e->gaps[i].kind].rank;
	return words[rank];
}

uint64_t evidence_lost(const struct evidence *e)
{
	uint64_t lost = 0;

	for (size_t i = 0; i < e->count; i++)
		if (e->gaps[i].kind == GAP_DROPS &&
		    e->gaps[i].events != GAP_UNKNOWN)
			lost += e->gaps[i].events;
	return e->is_lost_known ? lost : GAP_UNKNOWN;
}

/* "; 3 events missing" */
static void put_count(struct buffer *out, uint64_t count, const char *what,
		      const char **comma)
{
	if (count == GAP_UNKNOWN)
		return;
	buffer_printf(out, "%s%" PRIu64 " %s%s", *comma, count, what,
		      count == 1 ? "" : "s");
	*comma = ", ";
}

static void gap_text(struct buffer *out, const struct gap *gap)
{
	const char *comma = *gap->detail ? ": " : "";

	buffer_printf(out, "%s", gap->detail);
	put_count(out, gap->bytes, "byte", &comma);
	put_count(out, gap->events, "event", &comma);
	if (gap->events == GAP_UNKNOWN && gap_is_damage(gap->kind))
		buffer_printf(out, "%show many events is not known", comma);
}

/* "x.scap.zst: at byte 120: damaged: ..." */
static void put_gap(struct buffer *out, const struct gap *gap)
{
	if (gap->path)
		buffer_printf(out, "%s: ", gap->path);
	if (gap->offset != GAP_UNKNOWN)
		buffer_printf(out, "at byte %" PRIu64 ": ", gap->offset);
	buffer_printf(out, "%s: ", gap_name(gap->kind));
	gap_text(out, gap);
}

void evidence_text(struct buffer *out, const struct evidence *e)
{
	size_t told = e->count < TOLD_MAX ? e->count : TOLD_MAX;
	uint64_t more = e->count - told + e->unlisted;

	for (size_t i = 0; i < told; i++) {
		if (i)
			buffer_printf(out, "; ");
		put_gap(out, &e->gaps[i]);
	}
	if (more)
		buffer_printf(out, "; and %" PRIu64 " more gaps", more);
}

void evidence_free(struct evidence *e)
{
	free(e->gaps);
	arena_free(&e->names);
	*e = (struct evidence){ 0 };
}
