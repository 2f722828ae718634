/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reader: blocks of any dialect become items.  Views point into the
 * input's buffer and are valid until the next item.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/event/convert.h"
#include "core/file/file.h"
#include "core/file/input.h"
#include "core/file/keyframe.h"
#include "core/file/layout.h"

/* clang-format off */
enum { PCAPNG_INTERFACE = 1, PCAPNG_PACKET = 6 };
/* clang-format on */

struct reader {
	struct event_source source;
	struct reader_options options;
	struct file_stats stats;
	struct input *input;
	struct converter *converter;
	char *path;
	struct meta_block block;
	bool in_block;	   /* metadata entries are left in block */
	bool events_began; /* in this section */
	bool facts_ended;  /* an event other than a container fact came */
	bool has_packets;  /* pcapng packet blocks were seen */
	bool has_state;	   /* threads were seen: there may be no events */
	bool ended;
	struct series series; /* of the file being read */
	bool joins; /* the start of a further file is passed over: it is known */
	uint64_t former_read; /* bytes of the files before it */
	size_t pending;	      /* bytes of the block delivered last */
	struct meta meta;
	bool is_slice;	     /* it may be without events */
	struct buffer image; /* of the keyframe before a slice */
	struct cursor image_left;
};

static void note_read(struct reader *r)
{
	r->stats.file_read = r->former_read + input_file_read(r->input);
}

/* Adds file and offset to an error. */
static int fail(struct reader *r, struct error *err)
{
	r->ended = true;
	note_read(r);
	return error_context(err, "%s: at byte %llu", r->path,
			     (unsigned long long)input_offset(r->input));
}

static void consume(struct reader *r, size_t len)
{
	input_skip(r->input, len);
	r->stats.scap_len += len;
}

/* A block as it lies in the file. */
struct block {
	uint32_t type;
	size_t len;	   /* with its head and its tail */
	struct bytes body; /* what lies between the lengths */
};

/* Is a whole block, going by its length, available already? */
static bool has_block(const struct input *in)
{
	return input_avail(in) >= 8 &&
	       input_avail(in) >= load_u32(input_data(in) + 4);
}

/*
 * A beginning that is no section header; that of a known packer is told.  Kept
 * out of the way: its caller looks at every block.
 */
__attribute__((cold, noinline)) static int not_a_capture(const struct reader *r,
							 struct error *err)
{
	static const struct {
		const char *magic;
		uint8_t len;
		const char *name, *command;
	} packers[] = {
		{ "\xfd"
		  "7zXZ",
		  5, "xz", "xz -d" },
		{ "\x04\x22\x4d\x18", 4, "lz4", "lz4 -d" },
		{ "BZh", 3, "bzip2", "bzip2 -d" },
		{ "PK\x03\x04", 4, "zip", "unzip" },
		{ "7z\xbc\xaf", 4, "7-Zip", "7z x" },
	};

	for (size_t i = 0; i < sizeof(packers) / sizeof(packers[0]); i++)
		if (input_avail(r->input) >= packers[i].len &&
		    !memcmp(input_data(r->input), packers[i].magic,
			    packers[i].len))
			return error_set(err, ERROR_FORMAT,
					 "compressed with %s, which is not "
					 "read here: unpack it first (%s)",
					 packers[i].name, packers[i].command);
	return error_set(
		err, ERROR_FORMAT,
		"not a capture: it does not begin with a section header");
}

static int check_head(const struct reader *r, const struct block *block,
		      struct error *err)
{
	if (!r->stats.sections && block->type != BLOCK_SECTION)
		return not_a_capture(r, err);
	if (block->len < BLOCK_OVERHEAD || block->len > BLOCK_MAX)
		return error_set(err, ERROR_FORMAT,
				 "block 0x%x has an impossible length, %zu",
				 block->type, block->len);
	return 0;
}

static struct block head_of(const struct reader *r)
{
	const uint8_t *at = input_data(r->input);

	return (struct block){ .type = block_type_of(load_u32(at)),
			       .len = load_u32(at + 4) };
}

/* Makes the next whole block available: 1, 0 at the end, -1. */
static int fetch_block(struct reader *r, struct error *err)
{
	struct block block;

	if (input_need(r->input, 8, err))
		return -1;
	if (!input_avail(r->input))
		return 0;
	if (input_avail(r->input) < 8)
		return error_set(
			err, ERROR_TRUNCATED,
			"the file ends inside a block header (%zu of 8 bytes)",
			input_avail(r->input));
	block = head_of(r);
	if (check_head(r, &block, err) || input_need(r->input, block.len, err))
		return -1;
	if (input_avail(r->input) < block.len)
		return error_set(
			err, ERROR_TRUNCATED,
			"the file ends inside a block (%zu of %zu bytes)",
			input_avail(r->input), block.len);
	return 1;
}

/* 1, 0 at the end, -1. */
static int next_block(struct reader *r, struct block *block, struct error *err)
{
	int code = has_block(r->input) ? 1 : fetch_block(r, err);

	if (code <= 0)
		return code;
	*block = head_of(r);
	if (check_head(r, block, err))
		return -1;
	block->body = (struct bytes){ input_data(r->input) + 8,
				      block->len - BLOCK_OVERHEAD };
	return 1;
}

static int section(struct reader *r, struct bytes body, struct error *err)
{
	struct cursor c = cursor_of(body.data, body.len);
	uint32_t magic = cursor_u32(&c);
	uint16_t major = cursor_u16(&c);

	if (c.failed || magic != SECTION_MAGIC)
		return error_set(
			err, ERROR_FORMAT,
			magic == 0x4D3C2B1A
				? "the capture was written on a machine of the other byte order"
				: "not a capture: its section header is damaged");
	if (major > 1)
		return error_set(
			err, ERROR_FORMAT,
			"capture format version %u is newer than this program",
			major);
	converter_reset(r->converter);
	r->stats.sections++;
	r->events_began = false;
	r->facts_ended = false;
	return 0;
}

/*
 * Writers put what they know of containers and users before all other events;
 * the field's readers take that as start state and do not show it.
 */
static bool is_initial_fact(uint16_t code)
{
	switch (code) {
	case PPME_CONTAINER_E:
	case PPME_CONTAINER_JSON_E:
	case PPME_CONTAINER_JSON_2_E:
	case PPME_USER_ADDED_E:
	case PPME_USER_DELETED_E:
	case PPME_GROUP_ADDED_E:
	case PPME_GROUP_DELETED_E:
		return true;
	default:
		return false;
	}
}

/* Handles an event block: 1 an item to deliver, 0 go on, -1. */
static int event_block(struct reader *r, const struct event_form *form,
		       const struct block *block, struct item *item,
		       struct error *err)
{
	struct event *event = &item->event;
	int code = event_block_read(form, block->body, event, err);

	r->stats.event_blocks++;
	r->stats.skipped += code == 0;
	if (code > 0 && !r->options.raw)
		code = converter_apply(r->converter, event, &r->stats.unpaired,
				       err);
	if (code <= 0)
		return code;
	item->kind = ITEM_EVENT;
	event->num = ++r->stats.numbered;
	if (!r->facts_ended) {
		if (is_initial_fact(event->code))
			event->flags |= EVENT_INITIAL;
		else
			r->facts_ended = true;
	}
	r->stats.events += !event->flags;
	if (!(event->num & 4095))
		note_read(r);
	return 1;
}

static int give_meta(struct reader *r, struct item *item, enum meta_kind kind)
{
	r->meta = (struct meta){ .kind = kind };
	item->kind = ITEM_META;
	item->meta = &r->meta;
	return 1;
}

/* One block: 1 an item, 0 go on, -1; *ret_end set at the end of input. */
static int read_block(struct reader *r, struct item *item, bool *ret_end,
		      struct error *err)
{
	struct block block = { 0 };
	int code = next_block(r, &block, err);
	const struct event_form *form;

	if (code <= 0) {
		*ret_end = code == 0;
		return code;
	}
	form = event_form_of(block.type);
	if (form) {
		if (!r->events_began) {
			r->events_began = true;
			return give_meta(r, item, META_EVENTS);
		}
		r->pending = block.len;
		return event_block(r, form, &block, item, err);
	}
	r->pending = block.len;
	if (block.type == BLOCK_SECTION) {
		if (section(r, block.body, err))
			return -1;
		return give_meta(r, item, META_SECTION);
	}
	r->in_block = meta_block_begin(&r->block, block.type, block.body);
	r->has_packets |=
		block.type == PCAPNG_INTERFACE || block.type == PCAPNG_PACKET;
	return 0;
}

/* The next metadata entry of the block being read, if there is one. */
static int read_entry(struct reader *r, struct item *item, struct error *err)
{
	int code = meta_block_next(&r->block, err);

	if (code <= 0) {
		r->in_block = false;
		return code;
	}
	item->kind = ITEM_META;
	item->meta = &r->block.meta;
	r->has_state |= r->block.meta.kind == META_THREAD;
	return 1;
}

static int read_item(struct reader *r, struct item *item, struct error *err)
{
	for (;;) {
		bool end = false;
		int code;

		if (r->in_block) {
			code = read_entry(r, item, err);
		} else {
			consume(r, r->pending);
			r->pending = 0;
			code = read_block(r, item, &end, err);
		}
		if (code)
			return code;
		if (end)
			return 0;
	}
}

/* Passes over damage to the next intact frame, if that is asked for. */
static bool salvage(struct reader *r)
{
	if (!r->options.salvage ||
	    !input_resync(r->input, &r->stats.damaged_bytes))
		return false;
	r->pending = 0;
	r->in_block = false;
	return true;
}

/* Goes on with the next file, if it is the one that follows in the series. */
static bool join_next(struct reader *r)
{
	const char *path = r->options.next_count ? r->options.next[0] : NULL;
	struct input *input;
	struct series series;
	struct error err;

	if (!path || !r->series.id)
		return false;
	series = series_of(path);
	if (!series_follows(&r->series, &series) ||
	    input_open(&input, path, NULL, &err))
		return false;
	note_read(r);
	r->former_read = r->stats.file_read;
	input_close(r->input);
	free(r->path);
	r->input = input;
	r->path = mem_strdup(path);
	r->series = series;
	r->joins = true;
	r->pending = 0;
	r->stats.files++;
	r->stats.file_len += input_file_len(input);
	r->options.next++;
	r->options.next_count--;
	return true;
}

/* Is it of the start state of a further file, which is what the last left? */
static bool is_known(struct reader *r, const struct item *item)
{
	if (!r->joins)
		return false;
	if (item->kind == ITEM_META)
		return true;
	r->joins = item->event.flags & EVENT_INITIAL;
	if (!r->joins)
		return false;
	r->stats.numbered--;
	return true;
}

static int next_item(struct reader *r, struct item *item, struct error *err)
{
	int code;

	do {
		do
			code = read_item(r, item, err);
		while (code < 0 && salvage(r));
	} while (code > 0 ? is_known(r, item) : code == 0 && join_next(r));
	return code;
}

static int reader_next(struct event_source *source, struct item *ret_item,
		       struct error *err)
{
	struct reader *r = (struct reader *)source;
	int code;

	if (r->ended)
		return 0;
	if (cursor_left(&r->image_left) || r->image_left.failed) {
		code = keyframe_unpack(&r->image_left, &r->meta, ret_item, err);
		return code < 0 ? fail(r, err) : 1;
	}
	code = next_item(r, ret_item, err);
	if (code > 0)
		return 1;
	if (code < 0)
		return fail(r, err);
	r->ended = true;
	note_read(r);
	if (r->stats.event_blocks || r->has_state || r->is_slice)
		return 0;
	error_set(
		err, ERROR_FORMAT, "%s",
		r->has_packets
			? "no system call events: this is a packet capture (pcapng)"
		: r->stats.sections ? "no events in this capture"
				    : "not a capture: it is empty");
	return fail(r, err);
}

static void reader_source_close(struct event_source *source)
{
	reader_close((struct reader *)source);
}

static struct reader *reader_new(const char *path,
				 const struct reader_options *options)
{
	struct reader *r = mem_zalloc(sizeof(*r));

	r->source.next = reader_next;
	r->source.close = reader_source_close;
	if (options)
		r->options = *options;
	r->path = mem_strdup(strcmp(path, "-") ? path : "standard input");
	r->converter = converter_new();
	return r;
}

int reader_open(struct reader **ret_reader, const char *path,
		const struct reader_options *options, struct error *err)
{
	struct reader *r = reader_new(path, options);
	struct input_wait wait = { r->options.more, r->options.user };

	if (input_open(&r->input, path, &wait, err)) {
		error_context(err, "%s", r->path);
		reader_close(r);
		return -1;
	}
	r->stats.files = 1;
	r->stats.file_len = input_file_len(r->input);
	if (r->options.next_count)
		r->series = series_of(path);
	*ret_reader = r;
	return 0;
}

int reader_open_memory(struct reader **ret_reader, const void *data, size_t len,
		       const struct reader_options *options, struct error *err)
{
	struct reader *r = reader_new("memory", options);

	if (input_open_memory(&r->input, data, len, err)) {
		reader_close(r);
		return -1;
	}
	r->stats.file_len = len;
	*ret_reader = r;
	return 0;
}

int reader_open_slice(struct reader **ret_reader,
		      const struct reader_slice *slice, struct error *err)
{
	struct reader *r = reader_new(slice->path, NULL);

	r->is_slice = true;
	if (slice->is_middle) {
		r->stats.sections = 1;
		r->events_began = true;
		r->facts_ended = !slice->in_facts;
		r->stats.numbered = slice->events;
	}
	if ((slice->keyframe.len &&
	     keyframe_read_image(slice->keyframe, &r->image, err)) ||
	    input_open_memory(&r->input, slice->data.data, slice->data.len,
			      err)) {
		error_context(err, "%s", r->path);
		reader_close(r);
		return -1;
	}
	input_is_mapped(r->input);
	r->image_left = cursor_of(r->image.data, r->image.len);
	*ret_reader = r;
	return 0;
}

bool reader_at_frame(const struct reader *r, uint64_t *ret_offset)
{
	return !converter_has_upgraded(r->converter) && !r->in_block &&
	       input_at_frame(r->input, r->pending, ret_offset);
}

struct event_source *reader_source(struct reader *r)
{
	return &r->source;
}

const struct file_stats *reader_stats(const struct reader *r)
{
	return &r->stats;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	input_close(r->input);
	converter_free(r->converter);
	buffer_free(&r->image);
	free(r->path);
	free(r);
}
