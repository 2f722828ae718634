/* SPDX-License-Identifier: Apache-2.0 */
/* The frame that begins each file of a rotated recording; see series.h. */
#include "core/file/series.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"

enum { VERSION = 1 };

static const char tag[4] = "SPOR";

struct series series_new(void)
{
	struct series series = { 0 };

	while (!series.id)
		if (getrandom(&series.id, sizeof(series.id), 0) < 0)
			series.id = (uint64_t)getpid();
	return series;
}

void series_write(struct buffer *to, const struct series *series)
{
	buffer_u32(to, SERIES_MAGIC);
	buffer_u32(to, SERIES_FRAME - 8);
	buffer_put(to, tag, sizeof(tag));
	buffer_u32(to, VERSION);
	buffer_u64(to, series->id);
	buffer_u64(to, series->number);
}

static struct series read_frame(const uint8_t frame[SERIES_FRAME])
{
	struct cursor c = cursor_of(frame, SERIES_FRAME);
	struct series series = { 0 };

	if (cursor_u32(&c) != SERIES_MAGIC ||
	    cursor_u32(&c) != SERIES_FRAME - 8 ||
	    memcmp(frame + 8, tag, sizeof(tag)) != 0)
		return series;
	cursor_u32(&c);
	if (cursor_u32(&c) != VERSION)
		return series;
	series.id = cursor_u64(&c);
	series.number = cursor_u64(&c);
	return series;
}

struct series series_of(const char *path)
{
	struct series none = { 0 };
	uint8_t frame[SERIES_FRAME];
	struct stat st;
	ssize_t n = -1;
	int fd;

	/* What is no file may wait for a writer, or be read only once. */
	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return none;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = pread(fd, frame, sizeof(frame), 0);
		close(fd);
	}
	return n == SERIES_FRAME ? read_frame(frame) : none;
}

bool series_follows(const struct series *a, const struct series *b)
{
	return a->id && a->id == b->id && b->number == a->number + 1;
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

/* A path, and where it goes. */
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

/* The files of a series mostly stand together: the last one is looked at. */
static unsigned place_of(const struct place *places, unsigned i)
{
	for (unsigned j = i; places[i].series.id && j-- > 0;)
		if (places[j].series.id == places[i].series.id)
			return places[j].at;
	return i;
}

bool series_sort(const char **paths, unsigned count)
{
	struct place *places = mem_zalloc((count + 1) * sizeof(*places));
	bool has_followers = false;

	for (unsigned i = 0; i < count; i++) {
		places[i].path = paths[i];
		places[i].series = series_of(paths[i]);
		places[i].at = place_of(places, i);
	}
	qsort(places, count, sizeof(*places), by_place);
	for (unsigned i = 0; i < count; i++) {
		paths[i] = places[i].path;
		has_followers |= i && series_follows(&places[i - 1].series,
						     &places[i].series);
	}
	free(places);
	return has_followers;
}
