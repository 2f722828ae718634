/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the zstd frames of a capture: what is intact and in order (chain.h) is
 * decompressed, the rest is skipped.
 */
#define ZSTD_STATIC_LINKING_ONLY /* ZSTD_d_forceIgnoreChecksum */

#include <string.h>

#include "core/file/input_inside.h"
#include "core/file/layout.h"

/* Do the bytes match the frame's mark?  false: no match, or no mark. */
static bool is_as_marked(const struct input *in, size_t packed)
{
	return in->chain.has_mark && packed == in->chain.mark.len &&
	       frame_hash(in->raw, packed) == in->chain.mark.hash;
}

/* Decompresses a whole frame; without zstd's checksum if its mark matches. */
static int decode_frame(struct input *in, size_t packed, size_t content)
{
	bool is_proven = is_as_marked(in, packed);
	size_t room;
	uint8_t *to = input_make_room(in, content + 1, &room);
	size_t n;

	if (in->chain.has_mark && !is_proven)
		return -1;
	ZSTD_DCtx_setParameter(in->zstd, ZSTD_d_forceIgnoreChecksum, is_proven);
	n = ZSTD_decompressDCtx(in->zstd, to, room, in->raw, packed);
	if (ZSTD_isError(n) ||
	    (in->is_unsure && !chain_is_blocks((struct bytes){ to, n })))
		return -1;
	in->view.avail += n;
	return 0;
}

/*
 * Restarts the view after damage: what follows does not continue what was
 * before.
 */
static void restart_view(struct input *in)
{
	ZSTD_DCtx_reset(in->zstd, ZSTD_reset_session_only);
	in->breaks++;
	in->in_frame = false;
	in->view.offset += in->view.avail;
	in->view.avail = 0;
}

/*
 * Examines the next piece, and makes all its bytes available if the file has
 * them.
 */
static int look(struct input *in, struct piece *ret_piece, struct error *err)
{
	for (;;) {
		struct piece p = chain_look(&in->chain, in->raw, in->raw_len);
		bool is_large = !p.len && in->raw_len >= STREAM_LEN;

		*ret_piece = p;
		if (p.kind != PIECE_CUT || in->raw_end || is_large)
			return 0;
		if (input_raw_want(in, p.len ? p.len : in->raw_len + 1, err))
			return -1;
	}
}

/* The next position where a frame may begin; NULL: there is none. */
static const uint8_t *next_magic(const uint8_t *at, size_t len)
{
	static const uint8_t data[] = { 0x28, 0xb5, 0x2f, 0xfd };
	static const uint8_t side[] = { 0x2a, 0x4d, 0x18 };
	const uint8_t *found = memmem(at, len, data, sizeof(data));
	size_t before = found ? (size_t)(found - at) : len;

	for (size_t from = 1; from < before;) {
		const uint8_t *p =
			memmem(at + from, before - from, side, sizeof(side));

		if (!p)
			break;
		if ((p[-1] & 0xf0) == 0x50)
			return p - 1;
		from = (size_t)(p - at) + 1;
	}
	return found;
}

/* Skips to the next certain frame; false: there is none. */
static bool resync(struct input *in)
{
	struct piece piece;
	struct error err;

	while (in->raw_len) {
		const uint8_t *at = next_magic(in->raw, in->raw_len);
		size_t kept = in->raw_len < 4 || in->raw_end ? 0 : 4;

		input_raw_skip(in, at ? (size_t)(at - in->raw)
				      : in->raw_len - kept);
		if (!at &&
		    (in->raw_end || input_raw_want(in, in->raw_len + 1, &err)))
			return false;
		if (!at)
			continue;
		if (look(in, &piece, &err))
			return false;
		if (chain_is_sure(&in->chain, in->raw, in->raw_len))
			return true;
		input_raw_skip(in, 1);
	}
	return false;
}

/* Is there, len bytes further, the end of the file or certainly a frame? */
static bool goes_on_at(const struct input *in, size_t len)
{
	return len && len <= in->raw_len &&
	       (len == in->raw_len ||
		chain_is_sure(&in->chain, in->raw + len, in->raw_len - len));
}

/* Skips unreadable bytes: len bytes, if reading can continue there. */
static int pass_over(struct input *in, size_t len, const char *why)
{
	uint64_t from = input_file_read(in);

	struct error ignored;

	in->chain.has_mark = false;
	if (len)
		input_raw_want(in, len + CHUNK, &ignored);
	if (goes_on_at(in, len)) {
		input_raw_skip(in, len);
	} else {
		input_raw_skip(in, 1);
		in->is_unsure = resync(in);
	}
	chain_damage(&in->chain, from, input_file_read(in) - from, why);
	restart_view(in);
	return 1;
}

/*
 * Decompresses some more of a frame that is too large to be decompressed at
 * once.
 */
static int stream(struct input *in)
{
	ZSTD_inBuffer from = { in->raw, in->raw_len, 0 };
	ZSTD_outBuffer to = { 0 };
	size_t code;

	to.dst = input_make_room(in, ZSTD_DStreamOutSize(), &to.size);
	code = ZSTD_decompressStream(in->zstd, &to, &from);
	input_raw_skip(in, from.pos);
	in->view.avail += to.pos;
	if (ZSTD_isError(code))
		return pass_over(in, 0, ZSTD_getErrorName(code));
	in->in_frame = code != 0;
	return 1;
}

/*
 * Reads a data frame.  A frame with a wrong checksum gives nothing; of a frame
 * without checksum, what precedes the damage is given.
 */
static int take_frame(struct input *in, size_t packed)
{
	unsigned long long content =
		ZSTD_getFrameContentSize(in->raw, in->raw_len);
	bool has_checksum = in->raw_len > 4 && in->raw[4] & HAS_CHECKSUM;
	uint64_t offset = input_file_read(in);

	in->has_no_checksum |= !has_checksum;
	in->splits_blocks |= in->view.avail > 0;
	if (!packed || content > FRAME_MAX) {
		chain_data(&in->chain, offset, packed);
		return stream(in);
	}
	if (decode_frame(in, packed, content)) {
		if (has_checksum || in->is_unsure)
			return pass_over(
				in, packed,
				"the checksum of a data frame is wrong");
		chain_data(&in->chain, offset, packed);
		return stream(in);
	}
	in->is_unsure = false;
	input_raw_skip(in, packed);
	if (!chain_data(&in->chain, offset, packed))
		restart_view(in);
	return 1;
}

/*
 * Reads an incomplete frame at the end of the file: its available data are
 * given.
 */
static int take_cut(struct input *in)
{
	const uint8_t *raw = in->raw;
	size_t raw_len = in->raw_len;
	bool is_data;

	input_raw_skip(in, 1);
	if (resync(in)) {
		in->raw = raw;
		in->raw_len = raw_len;
		return pass_over(in, 0, "a frame is damaged");
	}
	in->raw = raw;
	in->raw_len = raw_len;
	in->cut_at = input_file_read(in);
	in->cut_len = raw_len;
	is_data = raw_len > 4 && load_u32(raw) == ZSTD_MAGICNUMBER;
	if (!is_data || in->is_live) {
		input_raw_skip(in, raw_len);
		return 1;
	}
	chain_data(&in->chain, in->cut_at, raw_len);
	in->in_frame = true;
	return 1;
}

int input_zstd_more(struct input *in, struct error *err)
{
	struct piece piece;
	struct bytes frame;

	if (in->in_frame)
		return stream(in);
	if (look(in, &piece, err))
		return -1;
	switch (piece.kind) {
	case PIECE_SIDE:
		frame = (struct bytes){ in->raw, piece.len };
		chain_side(&in->chain, frame, input_file_read(in));
		input_raw_skip(in, piece.len);
		return 1;
	case PIECE_DATA:
		return take_frame(in, piece.len);
	case PIECE_BAD:
		return pass_over(in, piece.len, piece.why);
	default:
		return in->raw_end ? take_cut(in) : take_frame(in, 0);
	}
}

bool input_has_frames(const struct input *in)
{
	size_t len = in->raw_len < SNIFF_LEN ? in->raw_len : SNIFF_LEN;

	for (size_t at = 0; at < len; at++) {
		const uint8_t *p = next_magic(in->raw + at, len - at);

		if (!p)
			break;
		at = (size_t)(p - in->raw);
		if (load_u32(p) != ZSTD_MAGICNUMBER &&
		    chain_is_sure(&in->chain, p, in->raw_len - at))
			return true;
	}
	return false;
}

bool input_pass_frame(struct input *in, const char *why)
{
	if (in->kind != INPUT_ZSTD)
		return false;
	if (in->in_frame && !in->cut_len) {
		pass_over(in, 0, why);
	} else {
		chain_damage(&in->chain, input_file_read(in), 0, why);
		restart_view(in);
	}
	return true;
}
