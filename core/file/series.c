/* SPDX-License-Identifier: Apache-2.0 */
/* The frame that begins each file of a rotated recording; see series.h. */
#include "core/file/series.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file/records.h"

enum { LOOK_LEN = 128 * 1024 };

struct series series_new(void)
{
	struct series series = { .is_counted = true };

	while (!series.id)
		if (getrandom(&series.id, sizeof(series.id), 0) < 0)
			series.id = (uint64_t)getpid();
	return series;
}

/* The series according to the first mark, if the head cannot be read. */
static struct series series_of_mark(const uint8_t *data, size_t len)
{
	const uint8_t *at = data, *end = data + len;
	struct frame_mark mark;

	while ((at = memchr(at, MARK_MAGIC & 0xff, (size_t)(end - at))) &&
	       end - at >= MARK_FRAME) {
		if (load_u32(at) == MARK_MAGIC &&
		    mark_read((struct bytes){ at, MARK_FRAME }, &mark))
			return (struct series){ .id = mark.id,
						.number = mark.file,
						.is_rotated = mark.is_rotated };
		at++;
	}
	return (struct series){ 0 };
}

static struct series series_of_bytes(const uint8_t *data, size_t len)
{
	struct series series = { 0 };

	if (len >= SIDE_HEAD && load_u32(data) == SERIES_MAGIC) {
		uint64_t whole = load_u32(data + 4) + (uint64_t)8;

		if (whole <= len &&
		    head_read((struct bytes){ data, whole }, &series, NULL))
			return series;
	}
	return series_of_mark(data, len);
}

struct series series_of(const char *path)
{
	struct series series = { 0 };
	uint8_t *start;
	struct stat st;
	ssize_t n = -1;
	int fd;

	/* A pipe could block, or be readable only once. */
	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return series;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return series;
	start = mem_alloc(LOOK_LEN);
	n = pread(fd, start, LOOK_LEN, 0);
	close(fd);
	if (n > 0)
		series = series_of_bytes(start, (size_t)n);
	free(start);
	return series;
}

bool series_follows(const struct series *a, const struct series *b)
{
	return a->id && a->is_rotated && a->id == b->id &&
	       b->number > a->number;
}

unsigned series_len(const char *const *paths, unsigned count)
{
	struct series last =
		count > 1 ? series_of(paths[0]) : (struct series){ 0 };
	unsigned n = 1;

	while (n < count && last.id) {
		struct series next = series_of(paths[n]);

		if (!series_follows(&last, &next))
			break;
		last = next;
		n++;
	}
	return n;
}

/* A path, and its position in the sorted list. */
struct place {
	const char *path;
	struct series series;
	unsigned at; /* place of the first of its series */
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->series.number != y->series.number)
		return x->series.number < y->series.number ? -1 : 1;
	return 0;
}

/*
 * The position of the file's series.  Files of a series are mostly adjacent:
 * checks the last one first.
 */
static unsigned place_of(const struct place *places, unsigned i)
{
	for (unsigned j = i; places[i].series.id && j-- > 0;)
		if (places[j].series.id == places[i].series.id)
			return places[j].at;
	return i;
}

void series_sort(const char **paths, unsigned count)
{
	struct place *places = mem_zalloc((count + 1) * sizeof(*places));

	for (unsigned i = 0; i < count; i++) {
		places[i].path = paths[i];
		places[i].series = series_of(paths[i]);
		places[i].at = place_of(places, i);
	}
	qsort(places, count, sizeof(*places), by_place);
	for (unsigned i = 0; i < count; i++)
		paths[i] = places[i].path;
	free(places);
}

/* "files 3 to 5 of the recording", "file 3 ..." */
static void name_files(char *to, size_t len, uint64_t first, uint64_t last)
{
	if (first == last)
		snprintf(to, len, "file %" PRIu64 " of the recording", first);
	else
		snprintf(to, len,
			 "files %" PRIu64 " to %" PRIu64 " of the recording",
			 first, last);
}

static void report_files(struct evidence *evidence, struct gap *gap,
			 uint64_t first, uint64_t last)
{
	char names[80];

	name_files(names, sizeof(names), first, last);
	snprintf(gap->detail, sizeof(gap->detail),
		 gap->kind == GAP_ROTATED ? "%s: removed while recording (-W)"
					  : "%s: not here",
		 names);
	evidence_add(evidence, gap);
}

uint64_t series_report_between(struct evidence *evidence, const char *path,
			       const struct series *before,
			       const struct series *next, uint64_t events)
{
	struct gap gap = gap_of(GAP_MISSING);

	gap.path = path;
	if (next->is_counted && next->before >= events)
		gap.events = next->before - events;
	report_files(evidence, &gap, before->number + 1, next->number - 1);
	return gap.events == GAP_UNKNOWN ? 0 : gap.events;
}

/*
 * Reports files before the first one: -W removed the oldest, the others are
 * missing.
 */
static void report_before(struct evidence *evidence, const struct series *first,
			  uint64_t oldest)
{
	struct gap gap = gap_of(GAP_ROTATED);
	uint64_t removed = oldest < first->number ? oldest : first->number;

	gap.is_placed = true; /* before all that is here */

	if (removed) {
		if (removed == first->number && first->is_counted)
			gap.events = first->before;
		report_files(evidence, &gap, 0, removed - 1);
	}
	if (removed == first->number)
		return;
	gap = gap_of(GAP_MISSING);
	gap.is_placed = true;
	if (!removed && first->is_counted)
		gap.events = first->before;
	report_files(evidence, &gap, removed, first->number - 1);
}

/* Is one file judged, and were others neither removed by -W nor never made? */
static bool is_alone(const struct series *first, const struct series *last,
		     const struct file_end *end)
{
	return first->number == last->number &&
	       (first->number > last->oldest || (end && !end->is_last));
}

/* Reports that only one file of a recording was given: a capture of its own. */
static void report_alone(struct evidence *evidence, const char *path,
			 const struct series *series)
{
	struct gap gap = gap_of(GAP_ALONE);

	gap.path = path;
	gap.is_placed = true;
	snprintf(gap.detail, sizeof(gap.detail),
		 "file %" PRIu64 " of a recording; its other files were not "
		 "given",
		 series->number);
	evidence_add(evidence, &gap);
}

void series_report_ends(struct evidence *evidence, const char *path,
			const struct series *first, const struct series *last,
			const struct file_end *end)
{
	struct gap gap = gap_of(GAP_MISSING);

	if (is_alone(first, last, end)) {
		report_alone(evidence, path, first);
		return;
	}
	report_before(evidence, first, last->oldest);
	if (!end || end->is_last)
		return;
	gap.path = path;
	snprintf(gap.detail, sizeof(gap.detail),
		 "the files after number %" PRIu64
		 " of the recording: not here",
		 last->number);
	evidence_add(evidence, &gap);
}
