/* SPDX-License-Identifier: Apache-2.0 */
/* Decompressed bytes of a capture; see input.h. */
#include "core/file/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/file/input_inside.h"
#include "core/file/keyframe.h"
#include "core/file/layout.h"

/* At the end of the input: waits, if more data may come. */
static bool wait_for_more(struct input *in)
{
	static const struct timespec pause = { 0, WAIT_NS };

	/* The end of a seek table: the recorder is done. */
	if (!in->options.more || in->last == seekable_magic)
		return false;
	if (!in->options.more(in->options.user)) {
		in->is_live = true;
		return false;
	}
	nanosleep(&pause, NULL);
	return true;
}

/* Reads the next bytes of in->fd: how many, 0 at the end, or -1. */
static ssize_t read_next(struct input *in, uint8_t *to, size_t len,
			 struct error *err)
{
	ssize_t n;

	do
		n = read(in->fd, to, len);
	while ((n < 0 && errno == EINTR) || (n == 0 && wait_for_more(in)));
	if (n < 0)
		return error_errno(err, "read");
	for (ssize_t i = n > 4 ? n - 4 : 0; i < n; i++)
		in->last = in->last >> 8 | (uint32_t)to[i] << 24;
	in->raw_read += (uint64_t)n;
	in->raw_end = n == 0;
	if (n == 0 && in->raw_read < in->map_len)
		return error_set(err, ERROR_TRUNCATED,
				 "the file was cut while it was read");
	return n;
}

int input_raw_want(struct input *in, size_t len, struct error *err)
{
	ssize_t n;

	while (in->raw_len < len && !in->raw_end) {
		if (in->raw_len)
			memmove(in->chunk, in->raw, in->raw_len);
		in->chunk = mem_grow(in->chunk, &in->chunk_capacity,
				     in->raw_len + CHUNK, 1);
		in->raw = in->chunk;
		n = read_next(in, in->chunk + in->raw_len, CHUNK, err);
		if (n < 0)
			return -1;
		in->raw_len += (size_t)n;
	}
	return 0;
}

void input_raw_skip(struct input *in, size_t len)
{
	in->raw += len;
	in->raw_len -= len;
}

uint8_t *input_make_room(struct input *in, size_t room, size_t *ret_room)
{
	if (in->view.avail + room > in->out_capacity) {
		size_t at = in->out ? (size_t)(in->view.data - in->out) : 0;

		if (at)
			memmove(in->out, in->view.data, in->view.avail);
		in->out = mem_grow(in->out, &in->out_capacity,
				   in->view.avail + room, 1);
		in->view.data = in->out;
	} else if (in->view.data + in->view.avail + room >
		   in->out + in->out_capacity) {
		memmove(in->out, in->view.data, in->view.avail);
		in->view.data = in->out;
	}
	*ret_room = (size_t)(in->out + in->out_capacity - in->view.data) -
		    in->view.avail;
	return in->out + (in->view.data - in->out) + in->view.avail;
}

/* Reads uncompressed bytes directly into the view, after the sniffed ones. */
static int plain_read(struct input *in, struct error *err)
{
	size_t room;
	uint8_t *to = input_make_room(in, CHUNK, &room);
	ssize_t n = read_next(in, to, CHUNK, err);

	if (n > 0)
		in->view.avail += (size_t)n;
	return n > 0 ? 1 : (int)n;
}

static int plain_more(struct input *in)
{
	size_t room;
	uint8_t *to = input_make_room(in, in->raw_len, &room);

	memcpy(to, in->raw, in->raw_len);
	in->view.avail += in->raw_len;
	input_raw_skip(in, in->raw_len);
	return 1;
}

/* Decompresses some more of a gzip member. */
static int gzip_more(struct input *in, struct error *err)
{
	size_t room;
	uint8_t *to = input_make_room(in, CHUNK, &room);
	int code;

	if (!in->gzip_ready) {
		memset(&in->gzip, 0, sizeof(in->gzip));
		if (inflateInit2(&in->gzip, 15 + 16) != Z_OK)
			return error_set(err, ENOMEM,
					 "zlib cannot be "
					 "initialized");
		in->gzip_ready = true;
	}
	in->gzip.next_in = (Bytef *)(uintptr_t)in->raw;
	in->gzip.avail_in = in->raw_len > CHUNK ? CHUNK : (uInt)in->raw_len;
	in->gzip.next_out = to;
	in->gzip.avail_out = (uInt)room;
	code = inflate(&in->gzip, Z_NO_FLUSH);
	input_raw_skip(in, (size_t)(in->gzip.next_in - in->raw));
	in->view.avail += room - in->gzip.avail_out;
	if (code == Z_STREAM_END) {
		/* Another member may follow. */
		inflateReset(&in->gzip);
		in->in_frame = false;
		return 1;
	}
	if (code != Z_OK && code != Z_BUF_ERROR)
		return error_set(err, ERROR_FORMAT, "gzip data is damaged");
	in->in_frame = true;
	return 1;
}

/*
 * Releases the pages of a mapped file that were read: they would count as
 * memory of the process as long as the file is open.
 */
static void release_read(struct input *in)
{
	size_t done = (size_t)(in->raw - in->start);
	uintptr_t from = (uintptr_t)in->start + in->released;
	uintptr_t to = (uintptr_t)in->raw;

	if (!in->is_mapped || done < in->released + RELEASE_LEN)
		return;
	in->released = done;
	from += -from % PAGE_LEN;
	to -= to % PAGE_LEN;
	madvise((uint8_t *)in->start + (from - (uintptr_t)in->start), to - from,
		MADV_DONTNEED);
}

/* Decompresses some more.  1, 0 at the end, -1. */
static int decode_more(struct input *in, struct error *err)
{
	if (in->kind == INPUT_PLAIN && in->fd >= 0 && !in->raw_len)
		return in->raw_end ? 0 : plain_read(in, err);
	if (input_raw_want(in, 1, err))
		return -1;
	release_read(in);
	if (!in->raw_len) {
		if (!in->in_frame || in->cut_len)
			return 0;
		return error_set(err, ERROR_TRUNCATED,
				 "the %s data ends too early",
				 input_compression(in));
	}
	if (in->kind == INPUT_GZIP)
		return gzip_more(in, err);
	if (in->kind == INPUT_ZSTD)
		return input_zstd_more(in, err);
	return plain_more(in);
}

int input_fill(struct input *in, size_t len, struct error *err)
{
	while (!in->failed && in->view.avail < len) {
		int code = decode_more(in, &in->failure);

		if (code == 0)
			return 0;
		in->failed = code < 0;
	}
	if (in->view.avail >= len)
		return 0;
	*err = in->failure;
	return -1;
}

bool file_is_locked(int fd)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	return !fcntl(fd, F_OFD_GETLK, &lock) && lock.l_type != F_UNLCK;
}

uint64_t input_file_len(const struct input *in)
{
	return in->map_len;
}

uint64_t input_file_read(const struct input *in)
{
	if (in->fd >= 0)
		return in->raw_read - in->raw_len;
	if (in->kind == INPUT_PLAIN)
		return in->view.offset;
	return (uint64_t)(in->raw - in->start);
}

bool input_at_frame(const struct input *in, size_t pending,
		    uint64_t *ret_offset)
{
	*ret_offset = input_file_read(in);
	return in->kind == INPUT_ZSTD && in->fd < 0 && !in->in_frame &&
	       in->view.avail == pending;
}

unsigned input_breaks(const struct input *in)
{
	return in->breaks;
}

struct chain *input_chain(struct input *in)
{
	return &in->chain;
}

bool input_is_cut(const struct input *in)
{
	return in->cut_len > 0;
}

void input_stop(struct input *in)
{
	const struct chain_stop stop = { .offset = in->cut_at,
					 .left = in->cut_len,
					 .is_live = in->is_live,
					 .is_by_blocks = !in->splits_blocks };

	if (in->kind == INPUT_ZSTD)
		chain_stop(&in->chain, &stop);
}

const char *input_checksums(const struct input *in)
{
	if (in->kind == INPUT_GZIP)
		return "gzip";
	return in->kind == INPUT_ZSTD && !in->has_no_checksum ? "zstd" : "none";
}

const char *input_compression(const struct input *in)
{
	static const char *const names[] = { "plain", "gzip", "zstd" };

	return names[in->kind];
}

/*
 * Determines the compression by the first bytes; zstd may begin with skippable
 * frames.
 */
static int sniff(struct input *in, struct error *err)
{
	uint32_t magic;

	chain_begin(&in->chain,
		    in->options.evidence ? in->options.evidence : &in->own,
		    in->options.name);
	if (input_raw_want(in, 4, err))
		return -1;
	magic = in->raw_len >= 4 ? load_u32(in->raw) : 0;
	if (in->raw_len >= 2 && (magic & 0xffff) == 0x8b1f)
		in->kind = INPUT_GZIP;
	else if (magic == ZSTD_MAGICNUMBER ||
		 (magic & 0xfffffff0) == ZSTD_MAGIC_SKIPPABLE_START ||
		 (magic != BLOCK_SECTION && input_has_frames(in)))
		in->kind = INPUT_ZSTD;
	if (in->kind == INPUT_ZSTD) {
		in->zstd = ZSTD_createDCtx();
		if (!in->zstd)
			return error_set(err, ENOMEM,
					 "zstd cannot be "
					 "initialized");
		ZSTD_DCtx_setParameter(in->zstd, ZSTD_d_windowLogMax, 27);
	}
	/* Mapped and plain: the view is the file itself. */
	if (in->kind == INPUT_PLAIN && in->fd < 0 && in->raw_len) {
		in->view.data = in->raw;
		in->view.avail = in->raw_len;
		in->raw += in->raw_len;
		in->raw_len = 0;
	}
	return 0;
}

/*
 * Is the file uncompressed?  Such files are not mapped: the whole file would
 * count as memory, and truncating it while it is read would kill the program.
 */
static bool is_plain(int fd)
{
	uint8_t start[4];

	return pread(fd, start, sizeof(start), 0) == sizeof(start) &&
	       load_u32(start) == BLOCK_SECTION;
}

/*
 * Opens the input: maps a compressed file; reads all other input by its
 * descriptor.
 */
static int map_file(struct input *in, const char *path, struct error *err)
{
	struct stat st;
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC)
				   : dup(STDIN_FILENO);

	if (fd < 0 || fstat(fd, &st)) {
		error_errno(err, "cannot open");
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (S_ISDIR(st.st_mode)) {
		close(fd);
		return error_set(err, EISDIR, "is a directory");
	}
	in->is_live = file_is_locked(fd);
	if (!S_ISREG(st.st_mode) || !strcmp(path, "-") || in->options.more) {
		in->fd = fd;
		return 0;
	}
	in->map_len = (size_t)st.st_size;
	if (is_plain(fd)) {
		in->fd = fd;
		return 0;
	}
	in->raw_end = true;
	if (in->map_len)
		in->map =
			mmap(NULL, in->map_len, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (in->map == MAP_FAILED) {
		in->map = NULL;
		return error_errno(err, "cannot be mapped");
	}
	if (in->map)
		madvise(in->map, in->map_len, MADV_SEQUENTIAL);
	in->is_mapped = in->map != NULL;
	in->start = in->raw = in->map;
	in->raw_len = in->map_len;
	return 0;
}

int input_open(struct input **ret_input, const char *path,
	       const struct input_options *options, struct error *err)
{
	struct input *in = mem_zalloc(sizeof(*in));

	in->fd = -1;
	if (options)
		in->options = *options;
	if (map_file(in, path, err) || sniff(in, err)) {
		input_close(in);
		return -1;
	}
	*ret_input = in;
	return 0;
}

int input_open_memory(struct input **ret_input, const void *data, size_t len,
		      const struct input_options *options, struct error *err)
{
	struct input *in = mem_zalloc(sizeof(*in));

	in->fd = -1;
	if (options)
		in->options = *options;
	in->raw_end = true;
	in->start = in->raw = data;
	in->raw_len = in->map_len = len;
	if (sniff(in, err)) {
		input_close(in);
		return -1;
	}
	*ret_input = in;
	return 0;
}

void input_is_mapped(struct input *in)
{
	in->is_mapped = true;
}

void input_close(struct input *in)
{
	if (!in)
		return;
	if (in->map)
		munmap(in->map, in->map_len);
	if (in->fd >= 0)
		close(in->fd);
	if (in->gzip_ready)
		inflateEnd(&in->gzip);
	ZSTD_freeDCtx(in->zstd);
	evidence_free(&in->own);
	free(in->chunk);
	free(in->out);
	free(in);
}
