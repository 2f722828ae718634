/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader finds missing: gaps get their position among the events, the
 * end of each file is checked, and files of a series are joined.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file/reader_inside.h"

void reader_note_read(struct reader *r)
{
	r->stats.file_read = r->former_read + input_file_read(r->input);
}

void reader_place_gaps(struct reader *r)
{
	for (; r->gaps_placed < r->evidence.count; r->gaps_placed++) {
		struct gap *gap = &r->evidence.gaps[r->gaps_placed];

		if (gap->is_placed ||
		    (!gap_is_damage(gap->kind) && gap->kind != GAP_UNFINISHED))
			continue;
		gap->is_placed = true;
		gap->after_num = r->stats.numbered;
		if (r->last_ns)
			gap->start_ns = r->last_ns;
		if (!r->is_behind_gap)
			r->gaps_open = r->gaps_placed;
		r->is_behind_gap = true;
	}
}

void reader_end_gaps(struct reader *r, uint64_t ts_ns)
{
	for (size_t i = r->gaps_open; i < r->gaps_placed; i++)
		if (!r->evidence.gaps[i].is_carried)
			r->evidence.gaps[i].end_ns = ts_ns;
	r->is_behind_gap = false;
}

int reader_fail(struct reader *r, struct error *err)
{
	struct gap gap = gap_of(err->code == ERROR_TRUNCATED ? GAP_TRUNCATED
							     : GAP_DAMAGED);

	r->ended = true;
	reader_note_read(r);
	gap.path = r->path;
	gap.offset = input_offset(r->input);
	if (input_file_len(r->input) > gap.offset)
		gap.bytes = input_file_len(r->input) - gap.offset;
	snprintf(gap.detail, sizeof(gap.detail), "%s", err->text);
	if (r->stats.sections) /* else it is no capture */
		evidence_add(&r->evidence, &gap);
	reader_place_gaps(r);
	return error_context(err, "%s: at byte %llu", r->path,
			     (unsigned long long)input_offset(r->input));
}

static void report_count(struct reader *r, enum gap_kind kind, uint64_t count,
			 const char *detail)
{
	struct gap gap = gap_of(kind);

	gap.events = count;
	snprintf(gap.detail, sizeof(gap.detail), "%s", detail);
	if (count)
		evidence_add(&r->evidence, &gap);
}

/*
 * Reports whether an uncompressed file of spoor was completed, by its state
 * block.
 */
static void check_plain_end(struct reader *r)
{
	struct gap gap = gap_of(GAP_TRUNCATED);

	gap.path = r->path;
	if (!r->end.is_end) {
		gap.kind = GAP_UNFINISHED;
		snprintf(gap.detail, sizeof(gap.detail),
			 "the file was not written completely");
		evidence_add(&r->evidence, &gap);
	} else if (reader_file_num(r) < r->end.events) {
		gap.offset = input_offset(r->input);
		gap.events = r->end.events - reader_file_num(r);
		snprintf(gap.detail, sizeof(gap.detail),
			 "the file ends too early");
		evidence_add(&r->evidence, &gap);
	}
	if (r->end.drops && r->end.drops != GAP_UNKNOWN) {
		gap = gap_of(GAP_DROPS);
		gap.path = r->path;
		gap.events = r->end.drops;
		evidence_add(&r->evidence, &gap);
	}
}

void reader_stop_file(struct reader *r)
{
	struct chain *chain = input_chain(r->input);

	reader_note_read(r);
	if (r->has_end)
		check_plain_end(r);
	input_stop(r->input);
	if (chain->series.id)
		r->series = chain->series;
	if (!r->is_further)
		r->first = r->series;
	if (chain->has_end) {
		if (!r->is_further && chain->end.facts != GAP_UNKNOWN)
			r->first_facts = chain->end.facts;
		r->end = chain->end;
		r->has_end = true;
		reader_set_file_num(r, r->end.events);
	}
	/* The last file's end record covers earlier files, too. */
	r->evidence.is_lost_known =
		r->has_end && r->end.is_end && r->end.drops != GAP_UNKNOWN;
	if (!r->evidence.checksums ||
	    strcmp(r->evidence.checksums, "none") != 0)
		r->evidence.checksums = input_checksums(r->input);
	reader_place_gaps(r);
}

bool reader_join_next(struct reader *r)
{
	const char *path = r->options.next_count ? r->options.next[0] : NULL;
	struct input_options how = { .evidence = &r->evidence };
	struct series series;
	struct input *input;
	struct error err;

	if (!path)
		return false;
	series = series_of(path);
	how.name = path;
	if (!series_follows(&r->series, &series) ||
	    input_open(&input, path, &how, &err))
		return false;
	r->num_before = r->num;
	r->joins = series.number == r->series.number + 1;
	if (!r->joins)
		r->num_before += series_report_between(
			&r->evidence, path, &r->series, &series,
			r->first.before + r->num_before - r->first_facts);
	reader_place_gaps(r);
	r->former_read = r->stats.file_read;
	input_close(r->input);
	free(r->path);
	r->input = input;
	r->path = mem_strdup(path);
	r->series = series;
	r->is_further = true;
	r->has_end = false;
	r->num = r->num_before;
	r->facts = r->frames = r->breaks = r->restarts = 0;
	r->pending = 0;
	r->stats.files++;
	r->stats.file_len += input_file_len(input);
	r->options.next++;
	r->options.next_count--;
	return true;
}

void reader_report_series(struct reader *r)
{
	if (!r->options.alone && r->series.is_rotated)
		series_report_ends(&r->evidence, r->path, &r->first, &r->series,
				   r->has_end ? &r->end : NULL);
	reader_place_gaps(r);
	report_count(r, GAP_SKIPPED, r->stats.skipped,
		     "of types newer than this program");
	report_count(r, GAP_UNPAIRED, r->stats.unpaired,
		     "exit events whose enter event is missing");
}

int reader_check_empty(struct reader *r, struct error *err)
{
	if (r->has_state || r->is_slice || input_chain(r->input)->has_head)
		return 0;
	if (r->first_error.code)
		*err = r->first_error;
	else
		error_set(
			err, ERROR_FORMAT, "%s",
			r->has_packets
				? "no system call events: this is a packet capture (pcapng)"
			: r->stats.sections ? "no events in this capture"
					    : "not a capture: it is empty");
	return error_context(err, "%s: at byte %llu", r->path,
			     (unsigned long long)input_offset(r->input));
}
