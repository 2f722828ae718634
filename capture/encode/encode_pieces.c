/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a raw record, found by their kind. */
#include <stddef.h>

#include "capture/encode/encode_internal.h"

const struct raw_piece *find_piece(const struct raw_record *record,
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
