/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Captures with one bit changed, cut, or with frames in the wrong place: what
 * is read is right, all whole frames are read, and what is missing is told.
 * DAMAGE=N in the environment: so many of each kind instead of 100.
 */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/event/ppm_constants.h"
#include "core/file/frames.h"
#include "core/file/parts.h"
#include "core/file/records.h"
#include "tests/unit/suites.h"

enum { EVENTS = 4000, FRAMES_MAX = 256, TIMES = 100, KEYFRAME_EACH = 1000 };

/* A data frame of the whole file, as its seek table has it. */
struct place {
	size_t mark, offset, end;
	uint64_t first, last; /* events */
};

/* A capture as it was written. */
struct sample {
	uint8_t *data;
	size_t len;
	struct place frames[FRAMES_MAX];
	unsigned count;
};

/* What reading gave. */
struct got {
	bool has[EVENTS + 1];
	uint64_t events, wrong;
	struct evidence evidence;
	bool failed;
};

static char path[] = "/tmp/spoor-damage-XXXXXX";

static unsigned times(void)
{
	const char *text = getenv("DAMAGE");

	return text ? (unsigned)strtoul(text, NULL, 10) : TIMES;
}

/* Always the same numbers. */
static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

static void put_meta(struct writer *w, enum meta_kind kind)
{
	const struct meta meta = { .kind = kind };
	const struct item item = { .kind = ITEM_META, .meta = &meta };

	CU_ASSERT_FATAL(!sink_put(writer_sink(w), &item, NULL));
}

/* Its bytes follow from its number. */
static int64_t value_of(uint64_t num)
{
	uint64_t seed = num;

	return (int64_t)next_random(&seed);
}

static void put_event(struct writer *w, uint64_t num, bool has_index)
{
	const struct frame_subject subject = { .has_pid = true, .pid = 42 };
	const int64_t res = value_of(num), fd = (int64_t)num;
	const uint32_t size = (uint32_t)value_of(num + 1);
	struct item item = { .kind = ITEM_EVENT };

	item.event =
		(struct event){ .ts_ns = 1000 + num,
				.tid = value_of(num) & 7,
				.code = PPME_SYSCALL_READ_X,
				.count = 4,
				.params = { { (const uint8_t *)&res, 8 },
					    { (const uint8_t *)"", 0 },
					    { (const uint8_t *)&fd, 8 },
					    { (const uint8_t *)&size, 4 } } };
	if (has_index)
		writer_note(w, &item.event, &subject);
	CU_ASSERT_FATAL(!sink_put(writer_sink(w), &item, NULL));
}

static void write_sample(bool has_index)
{
	const struct writer_options options = { .force = true,
						.frame_len = 8 * 1024 };
	struct buffer image = { 0 };
	struct writer *w;

	CU_ASSERT_FATAL(!writer_open(&w, path, &options, NULL));
	put_meta(w, META_SECTION);
	put_meta(w, META_EVENTS);
	for (uint64_t i = 1; i <= EVENTS; i++) {
		const struct resume_point point = { i, 1001, 1000 + i };

		put_event(w, i, has_index);
		if (has_index && i % KEYFRAME_EACH == 0)
			writer_keyframe(w, &point, &image, NULL);
	}
	CU_ASSERT_FATAL(!writer_sink(w)->finish(writer_sink(w), NULL));
	writer_close(w);
}

static void save(const uint8_t *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	CU_ASSERT_FATAL(file != NULL);
	fwrite(data, 1, len, file);
	fclose(file);
}

/* Frames by the seek table, events by the marks: no reader is asked. */
static void find_frames(struct sample *s)
{
	const uint8_t *end = s->data + s->len;
	uint32_t count = load_u32(end - 9);
	const uint8_t *entry = end - 9 - (size_t)count * 8;
	size_t at = 0, mark_at = 0;
	struct frame_mark mark = { 0 };

	for (uint32_t i = 0; i < count; i++, entry += 8) {
		size_t len = load_u32(entry);

		if (load_u32(entry + 4)) {
			CU_ASSERT_FATAL(s->count < FRAMES_MAX);
			s->frames[s->count++] = (struct place){
				mark_at, at, at + len, mark.first_num,
				mark.first_num + mark.events - 1
			};
		} else if (mark_read((struct bytes){ s->data + at, len },
				     &mark)) {
			mark_at = at;
		}
		at += len;
	}
	CU_ASSERT_FATAL(s->count > 20);
	CU_ASSERT_EQUAL(s->frames[s->count - 1].last, EVENTS);
}

static struct sample make_sample(bool has_index)
{
	struct sample s = { 0 };
	FILE *file;

	if (strstr(path, "XXXXXX"))
		close(mkstemp(path));
	write_sample(has_index);
	file = fopen(path, "rb");
	s.data = mem_alloc(1 << 22);
	s.len = fread(s.data, 1, 1 << 22, file);
	fclose(file);
	find_frames(&s);
	return s;
}

static void take(struct got *g, const struct item *item)
{
	const struct event *e = &item->event;
	uint64_t num = e->ts_ns - 1000;

	if (item->kind != ITEM_EVENT)
		return;
	g->events++;
	if (num < 1 || num > EVENTS || g->has[num] || e->num != num ||
	    event_int(e, 0, 0) != value_of(num) ||
	    event_int(e, 2, 0) != (int64_t)num ||
	    e->tid != (value_of(num) & 7) || e->code != PPME_SYSCALL_READ_X)
		g->wrong++;
	else
		g->has[num] = true;
}

static void take_all(struct got *g, struct reader *reader)
{
	static struct item item;
	struct error err;
	int code;

	while ((code = source_next(reader_source(reader), &item, &err)) > 0)
		take(g, &item);
	g->failed |= code < 0;
	evidence_join(&g->evidence, reader_evidence(reader));
	reader_close(reader);
}

/* From end to end. */
static void read_whole(struct got *g)
{
	struct reader *reader;

	if (reader_open(&reader, path, NULL, NULL))
		g->failed = true;
	else
		take_all(g, reader);
}

/* As several threads do: each part on its own. */
static void read_parts(struct got *g)
{
	struct parts *parts;
	unsigned count;

	CU_ASSERT_FATAL(!parts_open(&parts, path, NULL));
	count = parts_count(parts);
	for (unsigned i = 0; i < count; i++) {
		const struct part_run run = { i, i };
		struct resume_point point;
		struct reader *reader;

		if (parts_reader(&reader, parts, &run, &point, NULL))
			g->failed = true;
		else
			take_all(g, reader);
	}
	if (count > 1)
		parts_report_series(&g->evidence, &parts, 1);
	parts_close(parts);
}

/* Each frame that the index knows, on its own, as a query reads them. */
static void read_runs(struct got *g)
{
	struct parts *parts;
	const struct frame *frames;
	size_t count;

	CU_ASSERT_FATAL(!parts_open(&parts, path, NULL));
	frames = parts_frames(parts, &count);
	for (size_t i = 0; i < count;) {
		struct frame_run run = { .first = i, .last = i };
		struct resume_point point;
		struct reader *reader;

		while (run.last + 1 < count && !frames[run.last + 1].summary &&
		       !frames[run.last + 1].begins_part)
			run.last++;
		i = run.last + 1;
		if (parts_run_reader(&reader, parts, &run, &point, NULL))
			g->failed = true;
		else
			take_all(g, reader);
	}
	if (count)
		parts_report_series(&g->evidence, &parts, 1);
	else
		read_whole(g);
	parts_close(parts);
}

static void (*const ways[])(struct got *g) = { read_whole, read_parts,
					       read_runs };

/* What happened to the file: bytes from..to of the whole one are damaged. */
struct damage {
	const char *what;
	size_t from, to;
	bool must_be_told; /* even if all events are there */
};

static bool is_whole(const struct place *frame, const struct damage *d)
{
	return frame->end <= d->from || frame->offset >= d->to;
}

static void check(const struct sample *s, const struct damage *d, unsigned way)
{
	struct got g = { 0 };
	uint64_t missing = 0, lost = 0;

	ways[way](&g);
	for (unsigned f = 0; f < s->count; f++)
		for (uint64_t n = s->frames[f].first; n <= s->frames[f].last;
		     n++) {
			missing += !g.has[n];
			lost += !g.has[n] && is_whole(&s->frames[f], d);
		}
	if (g.wrong || lost ||
	    ((missing || d->must_be_told) && !g.evidence.count && !g.failed)) {
		printf("\n%s at %zu, way %u: %llu wrong, %llu of whole frames "
		       "lost, %llu missing, %zu told\n",
		       d->what, d->from, way, (unsigned long long)g.wrong,
		       (unsigned long long)lost, (unsigned long long)missing,
		       g.evidence.count);
		CU_FAIL("damage changes what is read");
	}
	CU_ASSERT_FALSE(g.failed && g.events);
	evidence_free(&g.evidence);
}

static void check_all(const struct sample *s, const struct damage *d,
		      const uint8_t *data, size_t len)
{
	save(data, len);
	for (unsigned way = 0; way < sizeof(ways) / sizeof(ways[0]); way++)
		check(s, d, way);
}

static void flip_and_cut(bool has_index)
{
	struct sample s = make_sample(has_index);
	uint64_t seed = 1 + has_index;

	for (unsigned i = 0; i < times(); i++) {
		size_t at = next_random(&seed) % s.len;
		uint8_t bit = (uint8_t)(1 << next_random(&seed) % 8);
		const struct damage flip = { "a flipped bit", at, at + 1,
					     false };
		struct damage cut = { "a cut", 0, s.len, true };

		s.data[at] ^= bit;
		check_all(&s, &flip, s.data, s.len);
		s.data[at] ^= bit;
		cut.from = next_random(&seed) % s.len;
		check_all(&s, &cut, s.data, cut.from);
	}
	free(s.data);
	unlink(path);
}

static void test_flips_and_cuts(void)
{
	flip_and_cut(false);
}

static void test_flips_and_cuts_index(void)
{
	flip_and_cut(true);
}

/* The file with frame a, its mark too, where frame b was. */
static void put_frame(struct buffer *out, const struct sample *s, unsigned i)
{
	const struct place *f = &s->frames[i];

	buffer_put(out, s->data + f->mark, f->end - f->mark);
}

static const char *const moves[] = {
	"a frame removed",  "a frame doubled",	       "frames swapped",
	"a frame replaced", "a frame of another file", "four frames mixed",
	"a mark removed"
};

enum { SWAPPED = 2, MIXED = 5, UNMARKED = 6 };

/* What stands between the frames stays; the seek table is wrong then. */
static void move_frames(const struct sample *s, const struct sample *other,
			unsigned move, unsigned at)
{
	struct damage d = { moves[move], 0, 0, true };
	static const unsigned order[] = { 3, 1, 0, 2 };
	const unsigned moved = move == SWAPPED ? 2 : move == MIXED ? 4 : 1;
	const struct place *a = &s->frames[at];
	const size_t end = s->frames[at + moved - 1].end;
	struct buffer out = { 0 };

	buffer_put(&out, s->data, a->mark);
	if (move == 1 || move == 2)
		put_frame(&out, s, move == 1 ? at : at + 1);
	if (move == 1 || move == 2)
		put_frame(&out, s, at);
	if (move == 3)
		put_frame(&out, s, at - 1);
	if (move == 4)
		put_frame(&out, other, at);
	if (move == UNMARKED)
		buffer_put(&out, s->data + a->offset, a->end - a->offset);
	for (unsigned i = 0; move == MIXED && i < 4; i++)
		put_frame(&out, s, at + order[i]);
	buffer_put(&out, s->data + end, s->len - end);
	if (move != 1 && moved == 1) {
		d.from = a->mark;
		d.to = a->end;
	}
	check_all(s, &d, out.data, out.len);
	buffer_free(&out);
}

/* So many that stand side by side: no keyframe between them. */
static bool are_neighbours(const struct sample *s, unsigned at, unsigned count)
{
	if (at + count > s->count)
		return false;
	while (--count) {
		if (s->frames[at].end != s->frames[at + 1].mark)
			return false;
		at++;
	}
	return true;
}

static void test_moves(void)
{
	struct sample s = make_sample(true), other = make_sample(true);

	for (unsigned move = 0; move < sizeof(moves) / sizeof(moves[0]); move++)
		for (unsigned at = 1; at + 2 < s.count; at += 3)
			if ((move != SWAPPED || are_neighbours(&s, at, 2)) &&
			    (move != MIXED || are_neighbours(&s, at, 4)))
				move_frames(&s, &other, move, at);
	free(s.data);
	free(other.data);
	unlink(path);
}

/* clang-format off */
CU_TestInfo tests_damage[] = {
	{ "flipped bits, cuts", test_flips_and_cuts },
	{ "flipped bits, cuts, with an index", test_flips_and_cuts_index },
	{ "frames that are not in order", test_moves },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
