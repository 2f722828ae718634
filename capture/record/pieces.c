/* SPDX-License-Identifier: Apache-2.0 */
/* Building raw records piece by piece, and finding their pieces. */
#include "capture/record/pieces.h"

void record_begin(struct buffer *to, const struct raw_record *header)
{
	to->len = 0;
	buffer_put(to, header, sizeof(*header));
}

void record_add(struct buffer *to, enum piece_kind kind, unsigned arg,
		unsigned flags, struct bytes data)
{
	static const uint8_t zero[8];
	struct raw_piece piece = { .kind = (uint8_t)kind,
				   .arg = (uint8_t)arg,
				   .flags = (uint16_t)flags,
				   .len = (uint32_t)data.len };

	buffer_put(to, &piece, sizeof(piece));
	buffer_put(to, data.data, data.len);
	buffer_put(to, zero, -data.len & 7);
}

struct raw_record *record_end(struct buffer *to)
{
	struct raw_record *record = (struct raw_record *)(void *)to->data;

	record->len = (uint32_t)to->len;
	return record;
}

/* The first piece of that kind; or NULL. */
static const struct raw_piece *find_piece(const struct raw_record *record,
					  enum piece_kind kind, unsigned arg)
{
	const struct raw_piece *piece = NULL;

	while ((piece = raw_next_piece(record, piece)))
		if (piece->kind == kind &&
		    (kind != PIECE_MEMORY || piece->arg == arg))
			return piece;
	return NULL;
}

struct bytes nth_piece_bytes(const struct raw_record *record, unsigned arg,
			     unsigned n)
{
	const struct raw_piece *piece = NULL;

	while ((piece = raw_next_piece(record, piece)))
		if (piece->kind == PIECE_MEMORY && piece->arg == arg && !n--)
			return (struct bytes){ raw_piece_data(piece),
					       piece->len };
	return (struct bytes){ NULL, 0 };
}

struct bytes piece_bytes(const struct raw_record *record, enum piece_kind kind,
			 unsigned arg)
{
	const struct raw_piece *piece = find_piece(record, kind, arg);

	if (!piece)
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ raw_piece_data(piece), piece->len };
}
