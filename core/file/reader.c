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
#include "core/event/numbers.h"
#include "core/file/file.h"
#include "core/file/input.h"
#include "core/file/keyframe.h"
#include "core/file/layout.h"
#include "core/file/reader_inside.h"

/* clang-format off */
enum { PCAPNG_INTERFACE = 1, PCAPNG_PACKET = 6 };
/* clang-format on */

static void consume(struct reader *r, size_t len)
{
	input_skip(r->input, len);
	r->stats.scap_len += len;
}

/* A block of the file. */
struct block {
	uint32_t type;
	size_t len;	   /* with its head and its tail */
	struct bytes body; /* between the two lengths */
};

/* The type of the next block; at least 8 bytes are available. */
static uint32_t type_at(const struct input *in)
{
	return block_type_of(load_u32(input_data(in)));
}

static size_t len_at(const struct input *in)
{
	return load_u32(input_data(in) + 4);
}

/* Is the whole next block already available? */
static bool has_block(const struct input *in)
{
	return input_avail(in) >= 8 && input_avail(in) >= len_at(in);
}

/*
 * Reports input without section header, and names a known compression.  Not
 * inlined: its caller handles every block.
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
					 "supported: decompress it first (%s)",
					 packers[i].name, packers[i].command);
	return error_set(
		err, ERROR_FORMAT,
		"not a capture: it does not begin with a section header");
}

/*
 * Has the input begun?  If the beginning of a file is missing, the rest is
 * read.
 */
static bool has_begun(const struct reader *r)
{
	return r->stats.sections || input_chain(r->input)->number > 1;
}

/* Checks the type and length of a block before its body is read. */
static int check_head(const struct reader *r, uint32_t type, size_t len,
		      struct error *err)
{
	if (type != BLOCK_SECTION && !has_begun(r))
		return not_a_capture(r, err);
	if (len < BLOCK_OVERHEAD || len > BLOCK_MAX)
		return error_set(err, ERROR_FORMAT,
				 "block 0x%x has an impossible length, %zu",
				 type, len);
	return 0;
}

/* Takes over the event number of a new data frame. */
static void take_frame(struct reader *r)
{
	const struct chain *chain = input_chain(r->input);
	uint64_t num = chain_first_num(chain);

	r->frames = chain->frames;
	if (chain->restarts != r->restarts) {
		r->restarts = chain->restarts;
		r->num_before = r->num;
		r->facts = 0;
	}
	if (num)
		reader_set_file_num(r, num - 1);
	if (r->gaps_placed < r->evidence.count)
		reader_place_gaps(r);
}

/* Makes len bytes available.  1; 2: the view restarted after damage; -1. */
static int need(struct reader *r, size_t len, struct error *err)
{
	if (input_need(r->input, len, err))
		return -1;
	if (input_chain(r->input)->frames != r->frames)
		take_frame(r);
	if (input_breaks(r->input) == r->breaks)
		return 1;
	r->breaks = input_breaks(r->input);
	return 2;
}

static int cut_block(const struct reader *r, const char *part, size_t len,
		     struct error *err)
{
	return error_set(err, ERROR_TRUNCATED,
			 "the file ends inside a block%s (%zu of %zu bytes)",
			 part, input_avail(r->input), len);
}

/* Is this the end of an incomplete frame, which was already reported? */
static bool is_cut(const struct reader *r, size_t len)
{
	return input_avail(r->input) < len && input_is_cut(r->input);
}

/*
 * Makes the next whole block available: 1, 0 at the end, -1.  Most blocks are
 * there already.
 */
__attribute__((noinline)) static int fetch_block(struct reader *r,
						 struct error *err)
{
	size_t len;
	int code;

	do {
		if (need(r, 8, err) < 0)
			return -1;
		if (!input_avail(r->input) || is_cut(r, 8))
			return 0;
		if (input_avail(r->input) < 8)
			return cut_block(r, " header", 8, err);
		len = len_at(r->input);
		if (check_head(r, type_at(r->input), len, err))
			return -1;
		code = need(r, len, err);
	} while (code == 2);
	if (code < 0)
		return -1;
	if (is_cut(r, len))
		return 0;
	if (input_avail(r->input) < len)
		return cut_block(r, "", len, err);
	return 1;
}

/* Reads the next block.  1, 0 at the end, -1. */
static int next_block(struct reader *r, struct block *block, struct error *err)
{
	int code = has_block(r->input) ? 1 : fetch_block(r, err);

	if (code <= 0)
		return code;
	block->type = type_at(r->input);
	block->len = len_at(r->input);
	block->body = (struct bytes){ input_data(r->input) + 8,
				      block->len - BLOCK_OVERHEAD };
	return check_head(r, block->type, block->len, err) ? -1 : 1;
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
				? "the capture was written on a big-endian "
				  "machine"
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
 * Is this an event of the start state?  Writers put known containers and users
 * before all other events; Falco and sysdig use them as state and do not show
 * them.
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

/*
 * Marks an event of the start state.  In a further file of a series, earlier
 * files had these events already, and they are not counted again.
 */
static void take_fact(struct reader *r, struct event *event)
{
	r->facts_ended = !is_initial_fact(event->code);
	if (!r->facts_ended)
		event->flags |= EVENT_INITIAL;
	if (!r->facts_ended && r->is_further) {
		r->facts++;
		r->num--;
	}
}

/* Handles an event block.  1: an item to deliver; 0: continue; -1. */
static int event_block(struct reader *r, const struct event_form *form,
		       const struct block *block, struct item *item,
		       struct error *err)
{
	struct event *event = &item->event;
	int code = event_block_read(form, block->body, r->needed, event, err);

	r->stats.event_blocks++;
	r->stats.skipped += code == 0;
	if (code > 0 && !r->options.raw)
		code = converter_apply(r->converter, event, &r->stats.unpaired,
				       err);
	if (code <= 0)
		return code;
	item->kind = ITEM_EVENT;
	r->num++;
	r->last_ns = event->ts_ns;
	if (!r->facts_ended)
		take_fact(r, event);
	event->num = r->stats.numbered = r->num;
	r->stats.events += !event->flags;
	if (!(event->num & 4095))
		reader_note_read(r);
	return 1;
}

static int give_meta(struct reader *r, struct item *item, enum meta_kind kind)
{
	r->meta = (struct meta){ .kind = kind };
	item->kind = ITEM_META;
	item->meta = &r->meta;
	return 1;
}

/* Begins without a section, if the beginning of the file is missing. */
static int begin_without(struct reader *r, struct item *item)
{
	converter_reset(r->converter);
	r->stats.sections++;
	return give_meta(r, item, META_SECTION);
}

/* Handles a block without event.  1: an item; 0: continue; -1. */
__attribute__((noinline)) static int
other_block(struct reader *r, uint32_t type, struct bytes body,
	    struct item *item, struct error *err)
{
	if (type == block_state) {
		r->has_end |= state_block_read(body, &r->end, &r->evidence);
		return 0;
	}
	if (type == BLOCK_SECTION) {
		if (section(r, body, err))
			return -1;
		return give_meta(r, item, META_SECTION);
	}
	r->in_block = meta_block_begin(&r->block, type, body);
	r->has_packets |= type == PCAPNG_INTERFACE || type == PCAPNG_PACKET;
	return 0;
}

/*
 * Handles one block.  1: an item; 0: continue; -1.  *ret_end is set at the end
 * of the input.
 */
static int read_block(struct reader *r, struct item *item, bool *ret_end,
		      struct error *err)
{
	struct block block;
	int code = next_block(r, &block, err);
	const struct event_form *form;

	if (code <= 0) {
		*ret_end = code == 0;
		return code;
	}
	if (!r->stats.sections && block.type != BLOCK_SECTION)
		return begin_without(r, item);
	form = event_form_of(block.type);
	if (form && !r->events_began) {
		r->events_began = true;
		return give_meta(r, item, META_EVENTS);
	}
	r->pending = block.len;
	return form ? event_block(r, form, &block, item, err)
		    : other_block(r, block.type, block.body, item, err);
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

/* Reads the next item, passing over blocks that give none. */
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

/* Skips damage up to the next intact frame.  false: the file has no frames. */
static bool salvage(struct reader *r, const struct error *err)
{
	if (err->code != ERROR_FORMAT && err->code != ERROR_TRUNCATED)
		return false;
	if (!r->first_error.code)
		r->first_error = *err;
	if (!input_pass_frame(r->input, err->text))
		return false;
	r->breaks = input_breaks(r->input);
	r->pending = 0;
	r->in_block = false;
	return true;
}

/*
 * Does the item repeat the state at the end of the previous file of the
 * series?
 */
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

/*
 * Reads the next item of the current file.  1; 0: end of the file; -1: no more
 * can be read.
 */
static int next_of_file(struct reader *r, struct item *item, struct error *err)
{
	int code;

	do
		code = read_item(r, item, err);
	while (code < 0 && salvage(r, err));
	if (code > 0 && r->is_behind_gap && item->kind == ITEM_EVENT)
		reader_end_gaps(r, item->event.ts_ns);
	return code;
}

/* Reads the next item of any file of the series. */
static int next_item(struct reader *r, struct item *item, struct error *err)
{
	for (;;) {
		int code = next_of_file(r, item, err);

		if (code > 0 && !is_known(r, item))
			return 1;
		if (code > 0)
			continue;
		if (code < 0)
			reader_fail(r, err);
		if (r->is_slice) {
			chain_flush(input_chain(r->input));
			return code;
		}
		reader_stop_file(r);
		if (reader_join_next(r))
			continue;
		return code;
	}
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
		return code < 0 ? reader_fail(r, err) : 1;
	}
	code = next_item(r, ret_item, err);
	if (code > 0)
		return 1;
	r->ended = true;
	reader_report_series(r);
	if (code < 0 || r->stats.event_blocks)
		return code;
	return reader_check_empty(r, err);
}

static struct reader *reader_new(const char *path,
				 const struct reader_options *options)
{
	struct reader *r = mem_zalloc(sizeof(*r));

	r->source.next = reader_next;
	if (options)
		r->options = *options;
	r->path = mem_strdup(strcmp(path, "-") ? path : "standard input");
	r->converter = converter_new();
	r->needed = numbers_needed(EMPTY_UPGRADED);
	return r;
}

int reader_open(struct reader **ret_reader, const char *path,
		const struct reader_options *options, struct error *err)
{
	struct reader *r = reader_new(path, options);
	const struct input_options how = { r->options.more, r->options.user,
					   &r->evidence, r->path };

	if (input_open(&r->input, path, &how, err)) {
		error_context(err, "%s", r->path);
		reader_close(r);
		return -1;
	}
	r->stats.files = 1;
	r->stats.file_len = input_file_len(r->input);
	*ret_reader = r;
	return 0;
}

int reader_open_memory(struct reader **ret_reader, const void *data, size_t len,
		       const struct reader_options *options, struct error *err)
{
	struct reader *r = reader_new("memory", options);
	const struct input_options how = { .evidence = &r->evidence,
					   .name = r->path };

	if (input_open_memory(&r->input, data, len, &how, err)) {
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
	const struct input_options how = { .evidence = &r->evidence,
					   .name = r->path };

	r->is_slice = true;
	if (slice->is_middle) {
		r->stats.sections = 1;
		r->events_began = true;
		r->facts_ended = !slice->in_facts;
		r->num = r->stats.numbered = slice->events;
	}
	if ((slice->keyframe.len &&
	     keyframe_read_image(slice->keyframe, &r->image, err)) ||
	    input_open_memory(&r->input, slice->data.data, slice->data.len,
			      &how, err)) {
		error_context(err, "%s", r->path);
		reader_close(r);
		return -1;
	}
	input_is_mapped(r->input);
	chain_begin_middle(input_chain(r->input), slice->offset);
	r->image_left = cursor_of(r->image.data, r->image.len);
	*ret_reader = r;
	return 0;
}

void reader_set_before(struct reader *r, uint64_t events)
{
	r->num += events - r->num_before;
	r->num_before = events;
	r->stats.numbered += events;
}

void reader_go_on(struct reader *r, uint64_t events)
{
	reader_set_before(r, events);
	r->is_further = true;
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

const struct evidence *reader_evidence(const struct reader *r)
{
	return &r->evidence;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	input_close(r->input);
	converter_free(r->converter);
	buffer_free(&r->image);
	evidence_free(&r->evidence);
	free(r->path);
	free(r);
}
