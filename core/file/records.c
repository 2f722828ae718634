/* SPDX-License-Identifier: Apache-2.0 */
/* Head, marks and end of a capture as bytes; see records.h. */
#include "core/file/records.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "core/file/frames.h"
#include "core/file/keyframe.h"
#include "core/file/layout.h"

/* clang-format off */
enum {
	END_FORMAT = 2, ROTATED = 1, GAPS_CARRIED = 1000,
	BLOCK_GAPS = 8, /* as many as surely fit into a block of fixed length */
	CHECK_TEXT = 20 /* ,"crc32":"12345678"} */
};

/* Kinds of side frames: the version now, and one without a checksum (or 0). */
static const struct side_row {
	uint32_t magic;
	char tag[5];
	uint32_t version, old_version;
} side_rows[] = {
	{ SERIES_MAGIC, "SPOR", 2, 1 },
	{ MARK_MAGIC, "SPOF", 1, 0 },
	{ ORIGIN_MAGIC, "SPOO", 1, 0 },
	{ KEYFRAME_MAGIC, "SPOK", 2, 1 },
	{ INDEX_MAGIC, "SPOI", 2, 1 },
};
/* clang-format on */

static const struct side_row *row_of(uint32_t magic)
{
	for (size_t i = 0; i < sizeof(side_rows) / sizeof(side_rows[0]); i++)
		if (side_rows[i].magic == magic)
			return &side_rows[i];
	return NULL;
}

static uint32_t crc_of(const uint8_t *data, size_t len)
{
	return (uint32_t)crc32_z(0, data, len);
}

void side_begin(struct buffer *out, uint32_t magic)
{
	const struct side_row *row = row_of(magic);

	buffer_u32(out, magic);
	buffer_u32(out, 0);
	buffer_put(out, row->tag, 4);
	buffer_u32(out, row->version);
}

void side_finish(struct buffer *out, size_t start)
{
	size_t body = start + SKIPPABLE_HEAD;
	uint32_t len;

	buffer_u32(out, crc_of(out->data + body, out->len - body));
	len = (uint32_t)(out->len - body);
	memcpy(out->data + start + 4, &len, sizeof(len));
}

static bool is_intact(struct bytes frame)
{
	size_t end = frame.len - SIDE_CHECK;

	return frame.len >= SIDE_HEAD + SIDE_CHECK &&
	       crc_of(frame.data + SKIPPABLE_HEAD, end - SKIPPABLE_HEAD) ==
		       load_u32(frame.data + end);
}

/* The row of a frame with a valid tag; NULL: not a frame of spoor. */
static const struct side_row *row_of_frame(struct bytes frame,
					   uint32_t *ret_version)
{
	const struct side_row *row;

	if (frame.len < SIDE_HEAD)
		return NULL;
	row = row_of(load_u32(frame.data));
	*ret_version = load_u32(frame.data + SIDE_HEAD - 4);
	return row && !memcmp(frame.data + SKIPPABLE_HEAD, row->tag, 4) ? row
									: NULL;
}

/* Does the checksum match the text before it? */
static bool json_is_intact(struct bytes text)
{
	size_t before = text.len - CHECK_TEXT;
	char check[CHECK_TEXT + 1];

	if (text.len < CHECK_TEXT)
		return false;
	snprintf(check, sizeof(check), ",\"crc32\":\"%08" PRIx32 "\"}",
		 crc_of(text.data, before));
	return !memcmp(text.data + before, check, CHECK_TEXT);
}

/* The state of an end record; old ones are recognised by their beginning. */
static enum side_state state_of_end(struct bytes text)
{
	static const char old[] = "{\"format\":1,";

	if (json_is_intact(text) ||
	    (text.len >= sizeof(old) && !memcmp(text.data, old, strlen(old))))
		return SIDE_INTACT;
	return SIDE_DAMAGED;
}

enum side_state side_state(struct bytes frame)
{
	uint32_t version;
	const struct side_row *row = row_of_frame(frame, &version);

	if (frame.len >= SIDE_HEAD && load_u32(frame.data) == HEALTH_MAGIC)
		return state_of_end(
			(struct bytes){ frame.data + SKIPPABLE_HEAD,
					frame.len - SKIPPABLE_HEAD });
	if (!row)
		return SIDE_FOREIGN;
	if (version == row->version)
		return is_intact(frame) ? SIDE_INTACT : SIDE_DAMAGED;
	return version && version == row->old_version ? SIDE_INTACT
						      : SIDE_FOREIGN;
}

size_t side_check_len(struct bytes frame)
{
	uint32_t version;
	const struct side_row *row = row_of_frame(frame, &version);

	return row && version == row->version ? SIDE_CHECK : 0;
}

/* A text as JSON; invalid UTF-8 becomes question marks. */
static json_t *json_of_text(const char *text)
{
	json_t *json = json_string(text);
	char *copy;

	if (json)
		return json;
	copy = mem_strdup(text);
	for (char *c = copy; *c; c++)
		if ((uint8_t)*c >= 0x80)
			*c = '?';
	json = json_string(copy);
	free(copy);
	return json;
}

static void put_json(struct buffer *out, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);

	if (text)
		buffer_put(out, text, strlen(text));
	free(text);
	json_decref(json);
}

void head_write(struct buffer *out, const struct series *series,
		const struct left_out *left_out, unsigned left_out_count)
{
	json_t *about = json_object(), *list = json_array();
	json_t *calls = json_array();
	size_t start = out->len;

	side_begin(out, SERIES_MAGIC);
	buffer_u64(out, series->id);
	buffer_u64(out, series->number);
	buffer_u64(out, series->oldest);
	buffer_u64(out, series->before);
	buffer_u32(out, series->is_rotated ? ROTATED : 0);
	for (unsigned i = 0; i < left_out_count; i++) {
		json_array_append_new(list, json_of_text(left_out[i].sentence));
		json_array_append_new(calls,
				      left_out[i].calls
					      ? json_of_text(left_out[i].calls)
					      : json_null());
	}
	json_object_set_new(about, "left_out", list);
	json_object_set_new(about, "calls", calls);
	put_json(out, about);
	side_finish(out, start);
}

/* Adds what was excluded as gaps. */
static void read_left_out(const json_t *about, struct evidence *evidence)
{
	const json_t *list = json_object_get(about, "left_out");
	const json_t *calls = json_object_get(about, "calls");
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		const struct left_out left_out = {
			json_string_value(item),
			json_string_value(json_array_get(calls, i))
		};

		if (left_out.sentence)
			evidence_add_left_out(evidence, &left_out, 1);
	}
}

bool head_read(struct bytes frame, struct series *ret_series,
	       struct evidence *evidence)
{
	size_t check = side_check_len(frame);
	struct cursor c = cursor_of(frame.data, frame.len);
	struct series s = { .is_rotated = true };
	json_t *about;

	if (frame.len < SIDE_HEAD || load_u32(frame.data) != SERIES_MAGIC ||
	    side_state(frame) != SIDE_INTACT)
		return false;
	cursor_skip(&c, SIDE_HEAD);
	s.id = cursor_u64(&c);
	s.number = cursor_u64(&c);
	s.is_counted = check > 0;
	if (s.is_counted) {
		s.oldest = cursor_u64(&c);
		s.before = cursor_u64(&c);
		s.is_rotated = cursor_u32(&c) & ROTATED;
	}
	if (c.failed || cursor_left(&c) < check)
		return false;
	*ret_series = s;
	if (!evidence)
		return true;
	about = json_loadb((const char *)c.next, cursor_left(&c) - check, 0,
			   NULL);
	read_left_out(about, evidence);
	json_decref(about);
	return true;
}

/* Maps different hashes to different ones: no change of a word is lost. */
static uint64_t hash_word(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

uint64_t frame_hash(const uint8_t *data, size_t len)
{
	uint64_t hash = len, rest = 0;
	const uint8_t *words_end = data + len / 8 * 8;

	for (; data < words_end; data += 8)
		hash = hash_word(hash, load_u64(data));
	if (!(len % 8))
		return hash;
	memcpy(&rest, data, len % 8);
	return hash_word(hash, rest);
}

void mark_write(struct buffer *out, const struct frame_mark *mark)
{
	size_t start = out->len;

	side_begin(out, MARK_MAGIC);
	buffer_u64(out, mark->id);
	buffer_u64(out, mark->file);
	buffer_u64(out, mark->number);
	buffer_u64(out, mark->first_num);
	buffer_u32(out, mark->is_rotated ? ROTATED : 0);
	buffer_u32(out, mark->events);
	buffer_u32(out, mark->len);
	buffer_u32(out, mark->check);
	buffer_u64(out, mark->hash);
	side_finish(out, start);
}

bool mark_read(struct bytes frame, struct frame_mark *ret_mark)
{
	struct cursor c = cursor_of(frame.data, frame.len);

	if (frame.len != MARK_FRAME || load_u32(frame.data) != MARK_MAGIC ||
	    side_state(frame) != SIDE_INTACT)
		return false;
	cursor_skip(&c, SIDE_HEAD);
	ret_mark->id = cursor_u64(&c);
	ret_mark->file = cursor_u64(&c);
	ret_mark->number = cursor_u64(&c);
	ret_mark->first_num = cursor_u64(&c);
	ret_mark->is_rotated = cursor_u32(&c) & ROTATED;
	ret_mark->events = cursor_u32(&c);
	ret_mark->len = cursor_u32(&c);
	ret_mark->check = cursor_u32(&c);
	ret_mark->hash = cursor_u64(&c);
	return true;
}

static void set_number(json_t *to, const char *key, uint64_t number)
{
	if (number != GAP_UNKNOWN)
		json_object_set_new(to, key, json_integer((json_int_t)number));
}

static json_t *json_of_gap(const struct gap *gap)
{
	json_t *json = json_object();

	json_object_set_new(json, "kind", json_of_text(gap_name(gap->kind)));
	json_object_set_new(json, "detail", json_of_text(gap->detail));
	if (gap->calls)
		json_object_set_new(json, "calls", json_of_text(gap->calls));
	set_number(json, "bytes", gap->bytes);
	set_number(json, "events", gap->events);
	set_number(json, "after_num", gap->after_num);
	set_number(json, "start_ns", gap->start_ns);
	set_number(json, "end_ns", gap->end_ns);
	return json;
}

static json_t *json_of_gaps(const struct evidence *gaps, size_t most)
{
	json_t *list = json_array();

	for (size_t i = 0; gaps && i < gaps->count && i < most; i++)
		json_array_append_new(list, json_of_gap(&gaps->gaps[i]));
	return list;
}

/* Writes the end record with at most `most' gaps; the others are counted. */
static void write_json(struct buffer *out, const struct file_end *end,
		       const struct evidence *gaps, size_t most)
{
	json_t *json = json_object();
	size_t start = out->len;

	json_object_set_new(json, "format", json_integer(END_FORMAT));
	json_object_set_new(json, "engine", json_of_text(end->engine));
	set_number(json, "events", end->events);
	set_number(json, "facts", end->facts);
	json_object_set_new(json, "drops",
			    end->drops == GAP_UNKNOWN
				    ? json_null()
				    : json_integer((json_int_t)end->drops));
	set_number(json, "first_ns", end->first_ns);
	set_number(json, "last_ns", end->last_ns);
	json_object_set_new(json, "clock", json_string("realtime"));
	set_number(json, "frames", end->frames);
	json_object_set_new(json, "last", json_boolean(end->is_last));
	json_object_set_new(json, "end", json_boolean(end->is_end));
	json_object_set_new(json, "gaps", json_of_gaps(gaps, most));
	if (gaps && gaps->count > most)
		set_number(json, "more_gaps",
			   gaps->count - most + gaps->unlisted);
	put_json(out, json);
	out->len--; /* the closing brace */
	buffer_printf(out, ",\"crc32\":\"%08" PRIx32 "\"}",
		      crc_of(out->data + start, out->len - start));
}

static void end_write_json(struct buffer *out, const struct file_end *end,
			   const struct evidence *gaps)
{
	write_json(out, end, gaps, GAPS_CARRIED);
}

void end_write(struct buffer *out, const struct file_end *end,
	       const struct evidence *gaps)
{
	size_t start = out->len;
	uint32_t len;

	buffer_u32(out, HEALTH_MAGIC);
	buffer_u32(out, 0);
	end_write_json(out, end, gaps);
	len = (uint32_t)(out->len - start - SKIPPABLE_HEAD);
	memcpy(out->data + start + 4, &len, sizeof(len));
}

static uint64_t number_of(const json_t *json, const char *key)
{
	const json_t *member = json_object_get(json, key);

	return json_is_integer(member) ? (uint64_t)json_integer_value(member)
				       : GAP_UNKNOWN;
}

/* Adds a gap that an end record lists, as inherited. */
static void read_gap(const json_t *json, struct evidence *evidence)
{
	const char *detail = json_string_value(json_object_get(json, "detail"));
	struct gap gap = gap_of(GAP_DAMAGED);

	gap.is_carried = gap.is_placed = true;
	if (!gap_find(json_string_value(json_object_get(json, "kind")),
		      &gap.kind))
		return;
	gap.bytes = number_of(json, "bytes");
	gap.events = number_of(json, "events");
	gap.after_num = number_of(json, "after_num");
	gap.start_ns = number_of(json, "start_ns");
	gap.end_ns = number_of(json, "end_ns");
	gap.calls = json_string_value(json_object_get(json, "calls"));
	snprintf(gap.detail, sizeof(gap.detail), "%s", detail ? detail : "");
	evidence_add(evidence, &gap);
}

bool end_read(struct bytes text, struct file_end *ret_end,
	      struct evidence *evidence)
{
	json_t *json = json_loadb((const char *)text.data, text.len, 0, NULL);
	const char *engine = json_string_value(json_object_get(json, "engine"));
	uint64_t format = number_of(json, "format");
	const json_t *gap;
	size_t i;

	if (format == GAP_UNKNOWN || (format >= 2 && !json_is_intact(text))) {
		json_decref(json);
		return false;
	}
	*ret_end = (struct file_end){
		.engine = arena_strdup(&evidence->names, engine ? engine : ""),
		.events = number_of(json, "events"),
		.facts = number_of(json, "facts"),
		.drops = number_of(json, "drops"),
		.first_ns = number_of(json, "first_ns"),
		.last_ns = number_of(json, "last_ns"),
		.frames = number_of(json, "frames"),
		/* Missing in old records. */
		.is_last = !json_is_false(json_object_get(json, "last")),
		.is_end = !json_is_false(json_object_get(json, "end")),
	};
	json_array_foreach(json_object_get(json, "gaps"), i, gap)
	{
		read_gap(gap, evidence);
	}
	i = (size_t)number_of(json, "more_gaps");
	if (i != GAP_UNKNOWN)
		evidence->unlisted += i;
	json_decref(json);
	return true;
}

void state_block_write(struct buffer *out, const struct file_end *end,
		       const struct evidence *gaps)
{
	size_t start = out->len, body = STATE_BLOCK_LEN - BLOCK_OVERHEAD;

	buffer_u32(out, block_state);
	buffer_u32(out, STATE_BLOCK_LEN);
	for (size_t most = BLOCK_GAPS;; most /= 2) {
		out->len = start + 8;
		write_json(out, end, gaps, most);
		if (out->len - start - 8 <= body)
			break;
	}
	while (out->len < start + STATE_BLOCK_LEN - 4)
		buffer_u8(out, ' ');
	buffer_u32(out, STATE_BLOCK_LEN);
}

bool state_block_read(struct bytes body, struct file_end *ret_end,
		      struct evidence *evidence)
{
	while (body.len && body.data[body.len - 1] == ' ')
		body.len--;
	return end_read(body, ret_end, evidence);
}
