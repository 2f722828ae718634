/* SPDX-License-Identifier: Apache-2.0 */
/* Copies memory of traced processes by process_vm_readv(2).  facts.c has the
 * facts that are not in memory. */
#include "capture/record/copy.h"

#include <linux/quota.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* clang-format off */
enum { PATH_LEN = 4096, LIST_LEN = 4096, PAGE = 4096, VEC_MAX = 64,
       STRINGS_MAX = 512, ADDRESS_MAX = 128 };
/* clang-format on */

/* Reads len bytes, or less up to the first page that is not mapped; returns how
 * many. */
static size_t read_memory(pid_t tid, uint64_t from, void *to, size_t len)
{
	size_t done = 0;

	while (done < len) {
		size_t part = PAGE - (from + done) % PAGE;
		struct iovec local = { (char *)to + done, 0 };
		struct iovec remote = { (void *)(uintptr_t)(from + done), 0 };
		ssize_t n;

		if (part > len - done || len - done <= PAGE)
			part = part > len - done ? len - done : part;
		local.iov_len = remote.iov_len = part;
		n = process_vm_readv(tid, &local, 1, &remote, 1, 0);
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done;
}

/* Reads a text that ends with a NUL; its length without the NUL, or -1: it is
 * not there. */
static ssize_t read_string(pid_t tid, uint64_t from, char *to, size_t len)
{
	size_t done = 0;

	while (done < len) {
		size_t part = 256 - (from + done) % 256;
		size_t n;
		const char *nul;

		if (part > len - done)
			part = len - done;
		n = read_memory(tid, from + done, to + done, part);
		nul = memchr(to + done, 0, n);
		if (nul)
			return nul - to;
		done += n;
		if (n < part)
			return done ? (ssize_t)done : -1;
	}
	return (ssize_t)done;
}

/* What copying one argument needs. */
struct job {
	struct copier *copier;
	struct buffer *to;
	pid_t tid;
	const struct raw_record *record; /* moves: taken anew before use */
	const struct copy_spec *spec;
	uint64_t address;
};

static uint64_t arg_of(const struct job *job, unsigned i)
{
	struct raw_record record;

	memcpy(&record, job->to->data, sizeof(record));
	return i < SYSCALL_ARGS ? record.args[i] : 0;
}

static int64_t ret_of(const struct job *job)
{
	struct raw_record record;

	memcpy(&record, job->to->data, sizeof(record));
	return record.ret;
}

static void add(struct job *job, const void *data, size_t len, size_t wanted)
{
	unsigned flags = len < wanted ? PIECE_UNREADABLE : 0;

	job->copier->unreadable += len < wanted;
	record_add(job->to, PIECE_MEMORY, job->spec->arg, flags,
		   (struct bytes){ data, len });
}

/* Did the call's descriptor lead to a name server before? */
static bool is_known(const struct job *job)
{
	const struct copier_lookup *l = job->copier->lookups;

	for (size_t i = 0; i < sizeof(job->copier->lookups) / sizeof(*l); i++)
		if (l[i].tid == job->tid && l[i].fd == (int64_t)arg_of(job, 0))
			return true;
	return false;
}

/* Is it more than the snap length, and of a lookup?  Then it is noted. */
static bool is_lookup(const struct job *job, const uint8_t *data, size_t got,
		      uint64_t len)
{
	if (len <= job->copier->snaplen ||
	    (!lookup_begins(data, got) && !is_known(job)))
		return false;
	record_end(job->to)->flags |= RAW_LOOKUP;
	return true;
}

static void copy_bytes(struct job *job, uint64_t len)
{
	uint8_t data[COPY_SNAPLEN_MAX];
	size_t want = lookup_first(len, job->copier->snaplen);
	size_t got = read_memory(job->tid, job->address, data, want);

	if (is_lookup(job, data, got, len)) {
		want = len < LOOKUP_MAX ? len : LOOKUP_MAX;
		got = read_memory(job->tid, job->address, data, want);
	}
	add(job, data, got, want);
}

static void copy_path(struct job *job)
{
	char path[PATH_LEN];
	ssize_t n = read_string(job->tid, job->address, path, sizeof(path));

	add(job, path, n < 0 ? 0 : (size_t)n, n < 0);
}

static bool is_32_bit(const struct job *job)
{
	struct raw_record record;

	memcpy(&record, job->to->data, sizeof(record));
	return record.abi == RAW_I386;
}

/* An array of words of the program's size, at most count; how many. */
static size_t read_words(const struct job *job, uint64_t from, uint64_t *words,
			 size_t count)
{
	uint32_t narrow[2 * VEC_MAX > STRINGS_MAX ? 2 * VEC_MAX : STRINGS_MAX];
	size_t n;

	if (!is_32_bit(job))
		return read_memory(job->tid, from, words,
				   count * sizeof(*words)) /
		       sizeof(*words);
	n = read_memory(job->tid, from, narrow, count * sizeof(*narrow)) /
	    sizeof(*narrow);
	for (size_t i = 0; i < n; i++)
		words[i] = narrow[i];
	return n;
}

/* Copies an array of texts, as much as fits. */
static void copy_strings(struct job *job)
{
	uint64_t pointers[STRINGS_MAX];
	char list[LIST_LEN];
	size_t n = read_words(job, job->address, pointers, STRINGS_MAX);
	size_t len = 0;

	for (size_t i = 0; i < n && pointers[i] && len < sizeof(list); i++) {
		ssize_t got = read_string(job->tid, pointers[i], list + len,
					  sizeof(list) - len);

		if (got < 0)
			break;
		len += (size_t)got;
		if (len < sizeof(list))
			list[len++] = '\0';
	}
	job->copier->cut += len == sizeof(list);
	add(job, list, len, !n);
}

/* An iovec array of the program. */
struct vector {
	uint64_t address, count;
	uint64_t total; /* of the lengths; gather() finds it */
};

/* Its data, up to max bytes. */
static size_t gather_up_to(struct job *job, struct vector *v, uint64_t max,
			   uint8_t *to)
{
	uint64_t iov[2 * VEC_MAX]; /* pairs of address and length */
	uint64_t count = v->count < VEC_MAX ? v->count : VEC_MAX;
	size_t done = 0;

	v->total = 0;
	count = read_words(job, v->address, iov, 2 * count) / 2;
	for (uint64_t i = 0; i < count; i++) {
		uint64_t part = iov[2 * i + 1];

		v->total += part;
		if (part > max - done)
			part = max - done;
		done += read_memory(job->tid, iov[2 * i], to + done, part);
	}
	return done;
}

/* As far as the snap length and max bytes, and all of a lookup. */
static size_t gather(struct job *job, struct vector *v, uint64_t max,
		     uint8_t *to)
{
	size_t done = gather_up_to(job, v,
				   lookup_first(max, job->copier->snaplen), to);

	if (v->total <= job->copier->snaplen || !is_lookup(job, to, done, max))
		return done;
	return gather_up_to(job, v, max < LOOKUP_MAX ? max : LOOKUP_MAX, to);
}

static void copy_vector(struct job *job, uint64_t max)
{
	uint8_t data[65536];
	struct vector v = { job->address, arg_of(job, job->spec->with), 0 };

	add(job, data, gather(job, &v, max, data), 0);
}

/* What a pointer in a message leads to; none if it is NULL. */
static uint32_t follow(const struct job *job, const void *from, size_t len,
		       void *to, size_t room)
{
	if (!from)
		return 0;
	return (uint32_t)read_memory(job->tid, (uint64_t)(uintptr_t)from, to,
				     len < room ? len : room);
}

/* Copies a message; max: bytes of data at most. */
static void copy_message(struct job *job, uint64_t max)
{
	uint8_t out[sizeof(struct raw_msg) + MSG_NAME_MAX + COPY_SNAPLEN_MAX +
		    MSG_CONTROL_MAX];
	struct raw_msg head = { .done = (uint32_t)max };
	size_t at = sizeof(head);
	struct msghdr msg;
	struct vector v;

	if (read_memory(job->tid, job->address, &msg, sizeof(msg)) <
	    sizeof(msg)) {
		add(job, NULL, 0, 1);
		return;
	}
	head.name_len = follow(job, msg.msg_name, msg.msg_namelen, out + at,
			       MSG_NAME_MAX);
	at += head.name_len;
	v = (struct vector){ (uintptr_t)msg.msg_iov, msg.msg_iovlen, 0 };
	head.data_len = (uint32_t)gather(job, &v, max, out + at);
	head.total_len = v.total;
	at += head.data_len;
	if (job->spec->kind != COPY_MSG_IN)
		head.control_len =
			follow(job, msg.msg_control, msg.msg_controllen,
			       out + at, MSG_CONTROL_MAX);
	memcpy(out, &head, sizeof(head));
	add(job, out, at + head.control_len, 0);
}

/* Copies an address that the call has filled, as long as it says. */
static void copy_addr_out(struct job *job)
{
	uint32_t len = 0;
	uint8_t data[128];

	read_memory(job->tid, arg_of(job, job->spec->with), &len, sizeof(len));
	if (len > sizeof(data))
		len = sizeof(data);
	add(job, data, read_memory(job->tid, job->address, data, len), len);
}

static void copy_fixed(struct job *job, size_t len)
{
	uint8_t data[256];

	if (len > sizeof(data))
		len = sizeof(data);
	add(job, data, read_memory(job->tid, job->address, data, len), len);
}

/*
 * Copies the messages of an array that were sent or received; the length of
 * each stands behind its header.  Messages that the record has no room for are
 * left out.
 */
static void copy_messages(struct job *job, uint64_t count)
{
	size_t end = job->to->len + MMSG_ROOM;

	for (uint64_t i = 0; i < count; i++) {
		uint32_t done = 0;

		read_memory(job->tid,
			    job->address + offsetof(struct mmsghdr, msg_len),
			    &done, sizeof(done));
		if (i &&
		    job->to->len + message_room(job->copier->snaplen) > end)
			return;
		copy_message(job, done);
		job->address += sizeof(struct mmsghdr);
	}
}

/*
 * Copies the value of an fsconfig(2), which is a text or bytes by the command.
 */
static void copy_config(struct job *job)
{
	switch (arg_of(job, 1)) {
	case 1: /* FSCONFIG_SET_STRING, SET_PATH, SET_PATH_EMPTY */
	case 3:
	case 4:
		copy_path(job);
		break;
	case 2: /* FSCONFIG_SET_BINARY */
		copy_bytes(job, arg_of(job, job->spec->with));
		break;
	default:
		break;
	}
}

/* Copies what a quotactl(2) is given or gives, by the command without the type
 * of quota. */
static void copy_quota(struct job *job, bool is_in)
{
	enum { IF_DQBLK = 72, IF_DQINFO = 24 };
	uint32_t command = (uint32_t)arg_of(job, 0) >> SUBCMDSHIFT;

	if (is_in != (command == Q_QUOTAON))
		return;
	if (is_in)
		copy_path(job);
	else if (command == Q_GETQUOTA || command == Q_SETQUOTA)
		copy_fixed(job, IF_DQBLK);
	else if (command == Q_GETINFO || command == Q_SETINFO)
		copy_fixed(job, IF_DQINFO);
	else if (command == Q_GETFMT)
		copy_fixed(job, sizeof(uint32_t));
}

/* Copies memory that the call is given. */
static void copy_given(struct job *job)
{
	unsigned with = job->spec->with;
	uint64_t len;

	switch ((enum copy_kind)job->spec->kind) {
	case COPY_PATH:
		copy_path(job);
		break;
	case COPY_BYTES_IN:
		copy_bytes(job, arg_of(job, with));
		break;
	case COPY_FIXED_IN:
		copy_fixed(job, with);
		break;
	case COPY_ADDR_IN:
		len = arg_of(job, with);
		copy_fixed(job, len < ADDRESS_MAX ? len : ADDRESS_MAX);
		break;
	case COPY_IOVEC_IN:
		copy_vector(job, UINT64_MAX);
		break;
	case COPY_MSG_IN:
		copy_message(job, UINT64_MAX);
		break;
	case COPY_NAME_IN:
		if (arg_of(job, 0) == with)
			copy_path(job);
		break;
	case COPY_CONFIG_IN:
		copy_config(job);
		break;
	case COPY_QUOTA_IN:
		copy_quota(job, true);
		break;
	default:
		break;
	}
}

/* Copies memory that the call has filled; of an exec that failed, the lists
 * that it was given. */
static void copy_filled(struct job *job)
{
	uint64_t ret = ret_of(job) > 0 ? (uint64_t)ret_of(job) : 0;
	unsigned with = job->spec->with;

	switch ((enum copy_kind)job->spec->kind) {
	case COPY_BYTES_OUT:
		copy_bytes(job, ret);
		break;
	case COPY_FIXED_OUT:
		copy_fixed(job, with);
		break;
	case COPY_ADDR_OUT:
		copy_addr_out(job);
		break;
	case COPY_IOVEC_OUT:
		copy_vector(job, ret);
		break;
	case COPY_MSG_OUT:
		copy_message(job, ret);
		break;
	case COPY_MMSG_OUT:
		copy_messages(job, ret);
		break;
	case COPY_STRINGS:
		copy_strings(job);
		break;
	case COPY_QUOTA_OUT:
		copy_quota(job, false);
		break;
	case COPY_POLL_OUT:
		copy_fixed(job, arg_of(job, with) * sizeof(struct pollfd));
		break;
	default:
		break;
	}
}

/* Is the piece to be copied now?  Lists of texts are copied for an exec that
 * failed; for another, /proc has them. */
static bool is_due(const struct job *job, bool at_exit)
{
	if (job->spec->kind == COPY_NONE)
		return false;
	if (job->spec->kind == COPY_STRINGS)
		return at_exit && ret_of(job) < 0;
	return copy_is_output(job->spec->kind) == at_exit &&
	       (!at_exit || ret_of(job) >= 0);
}

void copy_args(struct copier *copier, struct buffer *to, pid_t tid,
	       const struct syscall_row *row, bool at_exit)
{
	for (int i = 0; i < COPY_MAX; i++) {
		struct job job = { .copier = copier,
				   .to = to,
				   .tid = tid,
				   .spec = &row->copies[i] };

		if (!is_due(&job, at_exit))
			continue;
		job.address = arg_of(&job, job.spec->arg);
		if (!job.address)
			continue;
		if (at_exit)
			copy_filled(&job);
		else
			copy_given(&job);
	}
	if (!at_exit && (row->facts & FACT_STAT_RET))
		note_new_file(to, tid, row);
}
