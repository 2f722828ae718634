/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw records as a hostile ring would give them: whatever they say, the
 * encoder makes events that fit their kinds.  Reaches capture/encode*.c,
 * capture/encode/flags.c and proc_view.
 *
 * The input is a row of records: a header without its length (kind, abi, nr
 * and all) and then 16 bits of length and so many bytes of pieces.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/encode/encode.h"
#include "core/bytes.h"

enum { PARAM_MAX = 128 * 1024 };

static void check(const struct event *event)
{
	const struct event_kind *kind;

	if (event->code >= EVENT_KIND_COUNT)
		abort();
	kind = &event_kinds[event->code];
	if (event->count > kind->nparams)
		abort();
	for (uint32_t i = 0; i < event->count; i++) {
		struct bytes p = event->params[i];
		unsigned fixed =
			param_type_len((enum param_type)kind->params[i].type);
		uint8_t sum = 0;

		if (p.len > PARAM_MAX || (fixed && p.len && p.len != fixed))
			abort();
		for (size_t at = 0; at < p.len; at++)
			sum ^= p.data[at]; /* for ASan: all of it is there */
		if (sum == 1 && !p.data)
			abort();
	}
}

/* A record at the cursor, in room; NULL at the end. */
static struct raw_record *next_record(struct cursor *c, uint64_t *room,
				      size_t room_len)
{
	struct raw_record *record = (struct raw_record *)room;
	struct bytes head = cursor_take(c, sizeof(*record) - 4);
	size_t len = cursor_u16(c);
	struct bytes pieces;

	if (!head.len)
		return NULL;
	if (len > cursor_left(c))
		len = cursor_left(c);
	if (len > room_len - sizeof(*record))
		len = room_len - sizeof(*record);
	pieces = cursor_take(c, len);
	memcpy((uint8_t *)record + 4, head.data, head.len);
	if (pieces.len)
		memcpy(record + 1, pieces.data, pieces.len);
	record->len = (uint32_t)(sizeof(*record) + pieces.len);
	record->kind %= RAW_LOST + 2;
	if (record->nr > 1000 || record->nr < -1)
		record->nr &= 511;
	return record;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct encoder *encoder = encoder_new(80);
	struct cursor c = cursor_of(data, len);

	for (;;) {
		/* Of its own size, so that ASan sees the end. */
		uint64_t *room = malloc(RAW_RECORD_MAX);
		struct raw_record *record =
			next_record(&c, room, RAW_RECORD_MAX);
		struct raw_record *exact;
		struct event event;

		if (!record) {
			free(room);
			break;
		}
		exact = malloc(record->len);
		memcpy(exact, record, record->len);
		free(room);
		encoder_put(encoder, exact);
		while (encoder_next(encoder, &event))
			check(&event);
		free(exact);
	}
	encoder_free(encoder);
	return 0;
}
