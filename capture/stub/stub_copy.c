/* SPDX-License-Identifier: Apache-2.0 */
/* Runs inside traced processes: copies the memory that a call is given, and
 * that it fills, into its record.  For stopped threads copy.c does the same. */
#include "capture/stub/stub_parts.h"

enum { PATH_LEN = 4096, ADDR_LEN = 128, FIXED_LEN = 256, VEC_MAX = 64 };

/* Adds memory as a piece; what is not there is marked. */
static void add_bytes(struct stub_context *ctx, unsigned arg, uint64_t len,
		      uint64_t most)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, arg);
	size_t want = len < most ? len : most;
	size_t got = stub_copy(data_of(piece),
			       (const void *)(uintptr_t)arg_of(ctx, arg), want);

	end(ctx, piece, got, got < want);
}

static int is_lookup(const struct stub_context *ctx, const void *data,
		     size_t len)
{
	return (uint32_t)ctx->rdi + 1 == ctx->lookup_fd ||
	       lookup_begins(data, len);
}

/* Data as far as the snap length, and all of a lookup. */
static void add_data(struct stub_context *ctx, unsigned arg, uint64_t len)
{
	const void *from = (const void *)(uintptr_t)arg_of(ctx, arg);
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, arg);
	uint64_t snaplen = control_of(ctx)->snaplen;
	size_t want = lookup_first(len, snaplen);
	size_t got = stub_copy(data_of(piece), from, want);

	if (len > snaplen && is_lookup(ctx, data_of(piece), got)) {
		want = len < LOOKUP_MAX ? len : LOOKUP_MAX;
		got = stub_copy(data_of(piece), from, want);
		ctx->record->flags |= RAW_LOOKUP;
	}
	end(ctx, piece, got, got < want);
}

/* Adds a text. */
static void add_path(struct stub_context *ctx, unsigned arg)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, arg);
	char *to = data_of(piece);
	size_t got = stub_copy_text(
		to, (const char *)(uintptr_t)arg_of(ctx, arg), PATH_LEN);
	char probe;
	int is_short =
		!got &&
		stub_copy(&probe, (const void *)(uintptr_t)arg_of(ctx, arg),
			  1) < 1;

	end(ctx, piece, got, is_short);
}

struct vec {
	uint64_t base, len;
};

/* An array of struct iovec in the program. */
struct vector {
	uint64_t at, count;
};

/* Copies the data of an iovec array, up to max bytes. */
static size_t gather_up_to(struct vector vector, uint64_t max, char *to,
			   uint64_t *ret_total)
{
	size_t done = 0;
	struct vec v;

	*ret_total = 0;
	for (uint64_t i = 0; i < vector.count && i < VEC_MAX; i++) {
		uint64_t part;

		if (stub_copy(&v, (const void *)(uintptr_t)(vector.at + 16 * i),
			      sizeof(v)) < sizeof(v))
			break;
		*ret_total += v.len;
		part = v.len < max - done ? v.len : max - done;
		if (part)
			done += stub_copy(to + done,
					  (const void *)(uintptr_t)v.base,
					  part);
	}
	return done;
}

/* Copies as far as the snap length and max bytes, and all of a lookup. */
static size_t gather(struct stub_context *ctx, struct vector vector,
		     uint64_t max, char *to, uint64_t *ret_total)
{
	uint64_t snaplen = control_of(ctx)->snaplen;
	size_t done =
		gather_up_to(vector, lookup_first(max, snaplen), to, ret_total);

	if (max <= snaplen || *ret_total <= snaplen ||
	    !is_lookup(ctx, to, done))
		return done;
	ctx->record->flags |= RAW_LOOKUP;
	return gather_up_to(vector, max < LOOKUP_MAX ? max : LOOKUP_MAX, to,
			    ret_total);
}

/* Adds the data of an array of struct iovec. */
static void add_vector(struct stub_context *ctx, const struct copy_spec *spec,
		       uint64_t max)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, spec->arg);
	uint64_t total;

	end(ctx, piece,
	    gather(ctx,
		   (struct vector){ arg_of(ctx, spec->arg),
				    arg_of(ctx, spec->with) },
		   max, data_of(piece), &total),
	    0);
}

/* struct msghdr of the kernel. */
struct message {
	uint64_t name;
	uint32_t name_len, pad;
	uint64_t vector, vector_count, control, control_len;
};

/* kind: enum copy_kind. */
static void add_message(struct stub_context *ctx, const struct copy_spec *spec,
			uint64_t from, uint64_t max)
{
	struct raw_piece *piece = begin(ctx, PIECE_MEMORY, spec->arg);
	struct raw_msg *head = data_of(piece);
	char *to = (char *)(head + 1);
	struct message msg;

	if (stub_copy(&msg, (const void *)(uintptr_t)from, sizeof(msg)) <
	    sizeof(msg)) {
		end(ctx, piece, 0, 1);
		return;
	}
	head->name_len = head->control_len = 0;
	head->done = (uint32_t)max;
	if (msg.name)
		head->name_len = (uint32_t)stub_copy(
			to, (const void *)(uintptr_t)msg.name,
			msg.name_len < MSG_NAME_MAX ? msg.name_len
						    : MSG_NAME_MAX);
	head->data_len = (uint32_t)gather(
		ctx, (struct vector){ msg.vector, msg.vector_count }, max,
		to + head->name_len, &head->total_len);
	to += head->name_len + head->data_len;
	if (msg.control && spec->kind != COPY_MSG_IN)
		head->control_len = (uint32_t)stub_copy(
			to, (const void *)(uintptr_t)msg.control,
			msg.control_len < MSG_CONTROL_MAX ? msg.control_len
							  : MSG_CONTROL_MAX);
	end(ctx, piece, (size_t)(to - (char *)head) + head->control_len, 0);
}

/* Adds a sockaddr that the call has filled, at most as long as the caller has
 * room. */
static void add_address_out(struct stub_context *ctx,
			    const struct copy_spec *spec)
{
	uint32_t len = 0;

	stub_copy(&len, (const void *)(uintptr_t)arg_of(ctx, spec->with),
		  sizeof(len));
	add_bytes(ctx, spec->arg, len, ADDR_LEN);
}

/* Adds messages of an array, as there is room; lengths stand behind the
 * headers. */
static void add_messages(struct stub_context *ctx, const struct copy_spec *spec)
{
	enum { HEADER_LEN = 56, MMSGHDR_LEN = 64 };
	uint32_t most = ctx->record->len + MMSG_ROOM -
			message_room(control_of(ctx)->snaplen);
	uint64_t at = arg_of(ctx, spec->arg);

	for (uint64_t i = 0; i < ctx->ret; i++, at += MMSGHDR_LEN) {
		uint32_t len = 0;

		if (i && ctx->record->len > most)
			break;
		stub_copy(&len, (const void *)(uintptr_t)(at + HEADER_LEN),
			  sizeof(len));
		add_message(ctx, spec, at, len);
	}
}

/* Adds a piece before the call, by its kind. */
static void copy_in(struct stub_context *ctx, const struct copy_spec *spec)
{
	if (!arg_of(ctx, spec->arg))
		return;
	switch (spec->kind) {
	case COPY_PATH:
		add_path(ctx, spec->arg);
		break;
	case COPY_NAME_IN:
		if (ctx->rdi == spec->with)
			add_path(ctx, spec->arg);
		break;
	case COPY_BYTES_IN:
		add_data(ctx, spec->arg, arg_of(ctx, spec->with));
		break;
	case COPY_FIXED_IN:
		add_bytes(ctx, spec->arg, spec->with, FIXED_LEN);
		break;
	case COPY_ADDR_IN:
		add_bytes(ctx, spec->arg, arg_of(ctx, spec->with), ADDR_LEN);
		break;
	case COPY_IOVEC_IN:
		add_vector(ctx, spec, UINT64_MAX);
		break;
	case COPY_MSG_IN:
		add_message(ctx, spec, arg_of(ctx, spec->arg), UINT64_MAX);
		break;
	default:
		break;
	}
}

/* Adds a piece behind the call, by its kind. */
static void copy_out(struct stub_context *ctx, const struct copy_spec *spec)
{
	uint64_t ret = ctx->ret;

	if (!arg_of(ctx, spec->arg))
		return;
	switch (spec->kind) {
	case COPY_BYTES_OUT:
		add_data(ctx, spec->arg, ret);
		break;
	case COPY_FIXED_OUT:
		add_bytes(ctx, spec->arg, spec->with, FIXED_LEN);
		break;
	case COPY_ADDR_OUT:
		add_address_out(ctx, spec);
		break;
	case COPY_IOVEC_OUT:
		add_vector(ctx, spec, ret);
		break;
	case COPY_MSG_OUT:
		add_message(ctx, spec, arg_of(ctx, spec->arg), ret);
		break;
	case COPY_MMSG_OUT:
		add_messages(ctx, spec);
		break;
	case COPY_POLL_OUT:
		add_bytes(ctx, spec->arg, arg_of(ctx, spec->with) * 8,
			  FIXED_LEN);
		break;
	default:
		break;
	}
}

void stub_copy_in(struct stub_context *ctx, const struct stub_row *row)
{
	for (int i = 0; i < COPY_MAX; i++)
		copy_in(ctx, &row->copies[i]);
}

void stub_copy_out(struct stub_context *ctx, const struct stub_row *row)
{
	for (int i = 0; i < COPY_MAX; i++)
		copy_out(ctx, &row->copies[i]);
}
