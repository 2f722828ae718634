/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of a call that its memory does not hold: what file was opened, both
 * ends of a socket, what became of the process.  They are looked up while the
 * thread stands still, and become pieces of its record.
 */
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/proc/layer.h"
#include "capture/proc/proc.h"
#include "capture/proc/proc_files.h"
#include "capture/record/copy.h"
#include "capture/record/pieces.h"

enum { PROC_ROOM = 32 * 1024, LINK_MAX = 1024 };

/* Adds what stat(2) says of a file. */
static void add_stat_of(struct buffer *to, const struct stat *st,
			enum layer layer)
{
	struct raw_stat raw = { .ino = st->st_ino,
				.dev = (uint32_t)st->st_dev,
				.mode = st->st_mode,
				.size = (uint64_t)st->st_size,
				.overlay = (uint8_t)layer };

	record_add(to, PIECE_STAT, 0, 0,
		   (struct bytes){ (uint8_t *)&raw, sizeof(raw) });
}

/* Adds what stat(2) says of a descriptor, and its layer. */
static void add_stat(struct buffer *to, pid_t pid, int64_t fd)
{
	char name[32];
	char path[64];
	struct stat st;

	snprintf(name, sizeof(name), "fd/%lld", (long long)fd);
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	if (!stat(path, &st))
		add_stat_of(to, &st, overlay_layer(pid, name, &st));
}

/* Adds the path that /proc has for a descriptor. */
static void add_path(struct buffer *to, pid_t pid, int64_t fd)
{
	char link[LINK_MAX];
	char path[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/fd/%lld", (int)pid,
		 (long long)fd);
	n = readlink(path, link, sizeof(link));
	if (n > 0)
		record_add(to, PIECE_TEXT, 0, 0,
			   (struct bytes){ (uint8_t *)link, (size_t)n });
}

/* Adds the inode of a pipe, which both ends share. */
static void add_pipe(struct buffer *to, pid_t pid)
{
	struct bytes fds = piece_bytes(record_end(to), PIECE_MEMORY, 0);

	if (fds.len >= 8)
		add_stat(to, pid, (int32_t)load_u32(fds.data));
}

/* Opens a copy of the process's descriptor here; -1: it cannot be had. */
static int borrow_fd(pid_t pid, int64_t fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int mine = -1;

	if (pidfd < 0)
		return -1;
	mine = (int)syscall(SYS_pidfd_getfd, pidfd, (int)fd, 0);
	close(pidfd);
	return mine;
}

/* Asks for an end of a socket; its length, 0: there is none. */
static uint8_t ask_end(int (*ask)(int, struct sockaddr *, socklen_t *), int fd,
		       uint8_t *to)
{
	struct sockaddr_storage address = { 0 };
	socklen_t len = sizeof(address);

	if (ask(fd, (struct sockaddr *)&address, &len))
		return 0;
	if (len > RAW_END_MAX)
		len = RAW_END_MAX;
	memcpy(to, &address, len);
	return (uint8_t)len;
}

/* Adds both ends of a socket; of a unix socket also its inode. */
static void add_socket(struct buffer *to, pid_t pid, int64_t fd)
{
	uint8_t ends[2 * RAW_END_MAX];
	struct raw_socket head;
	uint8_t raw[sizeof(head) + sizeof(ends)];
	int mine = borrow_fd(pid, fd);
	struct stat st;
	size_t len;

	if (mine < 0)
		return;
	head.local_len = ask_end(getsockname, mine, ends);
	head.peer_len = ask_end(getpeername, mine, ends + head.local_len);
	if (head.local_len >= 2 && load_u16(ends) == AF_UNIX &&
	    !fstat(mine, &st))
		add_stat_of(to, &st, LAYER_NONE);
	close(mine);
	len = (size_t)head.local_len + head.peer_len;
	memcpy(raw, &head, sizeof(head));
	memcpy(raw + sizeof(head), ends, len);
	record_add(to, PIECE_SOCKET, 0, 0,
		   (struct bytes){ raw, sizeof(head) + len });
}

/* Adds a descriptor that came with a message, and what it stands for. */
static void add_one_passed(struct buffer *to, pid_t pid, uint32_t fd)
{
	struct raw_passed passed = { .fd = (int32_t)fd };
	uint8_t data[sizeof(passed) + LINK_MAX];
	socklen_t len = sizeof(passed.protocol);
	int mine = borrow_fd(pid, fd);
	char path[64];
	ssize_t n;

	if (mine < 0)
		return;
	getsockopt(mine, SOL_SOCKET, SO_PROTOCOL, &passed.protocol, &len);
	close(mine);
	snprintf(path, sizeof(path), "/proc/%d/fd/%u", (int)pid, fd);
	n = readlink(path, (char *)data + sizeof(passed), LINK_MAX);
	memcpy(data, &passed, sizeof(passed));
	record_add(to, PIECE_PASSED, 0, 0,
		   (struct bytes){ data,
				   sizeof(passed) + (n > 0 ? (size_t)n : 0) });
	add_stat(to, pid, fd);
	add_socket(to, pid, fd);
	record_end(to)->flags |= RAW_HAS_PASSED;
}

/* Adds the descriptors that came with the messages of the record. */
static void add_passed(struct buffer *to, pid_t pid)
{
	enum { PASSED_MAX = 253 }; /* of one message: unix(7) */
	const struct raw_record *record = record_end(to);
	const struct raw_piece *piece = NULL;
	uint32_t fds[PASSED_MAX];
	size_t count = 0;

	while ((piece = raw_next_piece(record, piece))) {
		struct passed_walk walk = passed_begin(piece);

		while (count < PASSED_MAX && passed_next(&walk, &fds[count]))
			count++;
	}
	for (size_t i = 0; i < count; i++)
		add_one_passed(to, pid, fds[i]);
}

static void add_words(struct buffer *to, const uint32_t *words, size_t count)
{
	record_add(to, PIECE_WORDS, 0, 0,
		   (struct bytes){ (const uint8_t *)words,
				   count * sizeof(*words) });
}

/* Adds the queue of a listening TCP socket: tcp(7), TCP_INFO. */
static void add_queue(struct buffer *to, pid_t pid, int64_t fd)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);
	int mine = borrow_fd(pid, fd);

	if (mine < 0)
		return;
	if (!getsockopt(mine, IPPROTO_TCP, TCP_INFO, &info, &len) &&
	    info.tcpi_state == TCP_LISTEN)
		add_words(to,
			  (uint32_t[]){ info.tcpi_unacked, info.tcpi_sacked },
			  2);
	close(mine);
}

/*
 * Reads /proc/PID/statm.  To open that takes four times as long as to read it:
 * the files of some processes stay open.  If the process is gone reading fails
 * with ESRCH.
 */
static ssize_t read_statm(pid_t pid, char *text, size_t room)
{
	static struct {
		pid_t pid;
		int fd;
	} open_files[16];
	unsigned i = (unsigned)pid % 16;
	char path[32];
	ssize_t n = -1;

	if (open_files[i].pid == pid)
		n = pread(open_files[i].fd, text, room, 0);
	if (n > 0)
		return n;
	if (open_files[i].pid)
		close(open_files[i].fd);
	open_files[i].pid = 0;
	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	open_files[i].fd = open(path, O_RDONLY | O_CLOEXEC);
	if (open_files[i].fd < 0)
		return -1;
	open_files[i].pid = pid;
	return pread(open_files[i].fd, text, room, 0);
}

/*
 * Adds how much memory a process has.  How much is swapped out only
 * /proc/PID/status tells, which takes as long as all else: it is read only
 * where any memory of the machine is swapped out.
 */
static void add_memory(struct buffer *to, pid_t pid)
{
	char text[128];
	ssize_t n = read_statm(pid, text, sizeof(text) - 1);
	struct proc_memory memory;
	uint64_t swapped = 0;

	if (n <= 0)
		return;
	text[n] = '\0';
	memory = proc_memory_of(text);
	if (proc_has_swap())
		swapped = proc_status(pid, "\nVmSwap:", 10, 0);
	add_words(to,
		  (uint32_t[]){ memory.size_kb, memory.resident_kb,
				(uint32_t)swapped },
		  3);
}

/* Adds what /proc says of a thread; after an exec also the users of its
 * container, if they are news. */
static void add_process(struct copier *copier, struct buffer *to, pid_t tid,
			unsigned want)
{
	static _Alignas(8) uint8_t room[PROC_ROOM];
	const struct proc_early *early = copier->early;
	pid_t pid = early && early->tid == tid ? early->pid : 0;
	const struct proc_wanted wanted = { tid, pid, want, early };
	uint32_t len = proc_read(&wanted, room, sizeof(room));
	struct meta_thread thread;

	record_add(to, PIECE_PROC, 0, 0, (struct bytes){ room, len });
	if (want != PROC_EXEC || !copier->users)
		return;
	proc_view(room, len, &thread);
	if (users_add(copier->users, tid, thread.cgroups, to))
		record_end(to)->flags |= RAW_HAS_USERS;
}

/* The arguments of an open. */
struct opening {
	unsigned path_arg;
	int64_t dir; /* AT_FDCWD: the working directory */
	uint64_t flags;
};

/* Finds the arguments of an open. */
static struct opening opening_of(const struct raw_record *record,
				 const struct syscall_row *row)
{
	struct opening o = { 1, (int32_t)record->args[0], record->args[2] };
	struct bytes how;

	switch (row->event) {
	case PPME_SYSCALL_OPEN_X:
		return (struct opening){ 0, AT_FDCWD, record->args[1] };
	case PPME_SYSCALL_CREAT_X:
		return (struct opening){ 0, AT_FDCWD,
					 O_CREAT | O_WRONLY | O_TRUNC };
	case PPME_SYSCALL_OPENAT2_X:
		how = piece_bytes(record, PIECE_MEMORY, 2);
		o.flags = how.len >= 8 ? load_u64(how.data) : 0;
		return o;
	default:
		return o;
	}
}

/* What it sends and gets is whole from now on: see lookup_begins. */
static void note_lookup(struct copier *copier, struct buffer *to, int64_t fd)
{
	const struct raw_record *record = record_end(to);
	const struct raw_piece *piece = NULL;
	struct raw_socket head;

	while ((piece = raw_next_piece(record, piece)) &&
	       piece->kind != PIECE_SOCKET)
		;
	if (!piece || piece->len < sizeof(head))
		return;
	memcpy(&head, raw_piece_data(piece), sizeof(head));
	if (lookup_is_socket(head, (const uint8_t *)raw_piece_data(piece) +
					   sizeof(head)))
		copier->lookups[copier->lookup_at++ % 8] =
			(struct copier_lookup){ record->tid, fd };
}

void copy_facts(struct copier *copier, struct buffer *to, pid_t pid,
		const struct syscall_row *row)
{
	struct raw_record record;

	memcpy(&record, to->data, sizeof(record));
	if (record.ret >= 0 && (row->facts & FACT_STAT_RET) &&
	    inodes_want(copier->inodes, opening_of(record_end(to), row).flags))
		add_stat(to, pid, record.ret);
	if (record.ret >= 0 && (row->facts & FACT_PATH_RET))
		add_path(to, pid, record.ret);
	if (record.ret >= 0 && (row->facts & FACT_PIPE))
		add_pipe(to, pid);
	if (row->facts & FACT_SOCKET_ARG0 || record.flags & RAW_LOOKUP) {
		add_socket(to, pid, (int64_t)record.args[0]);
		note_lookup(copier, to, (int64_t)record.args[0]);
	}
	if (record.ret >= 0 && (row->facts & FACT_SOCKET_RET)) {
		add_socket(to, pid, record.ret);
		note_lookup(copier, to, record.ret);
	}
	if (record.ret >= 0 && (row->facts & FACT_QUEUE))
		add_queue(to, pid, (int64_t)record.args[0]);
	if (record.ret >= 0 && (row->copies[0].kind == COPY_MSG_OUT ||
				row->copies[0].kind == COPY_MMSG_OUT))
		add_passed(to, pid);
	if (row->facts & FACT_MEMORY)
		add_memory(to, pid);
	if (syscall_makes_process(row))
		add_process(copier, to, record.tid,
			    row->facts & FACT_PROC ? PROC_EXEC : PROC_CLONE);
}

/* Is there a file of that path, as the thread sees it from its root and working
 * directory? */
static bool is_there(pid_t tid, int64_t dir, const char *path)
{
	struct open_how how = { .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC };
	char base[64];
	int from;
	int fd;

	if (path[0] == '/') {
		snprintf(base, sizeof(base), "/proc/%d/root", (int)tid);
		how.resolve = RESOLVE_IN_ROOT;
	} else if (dir == AT_FDCWD) {
		snprintf(base, sizeof(base), "/proc/%d/cwd", (int)tid);
	} else {
		snprintf(base, sizeof(base), "/proc/%d/fd/%lld", (int)tid,
			 (long long)dir);
	}
	from = open(base, O_PATH | O_CLOEXEC);
	if (from < 0)
		return true;
	fd = (int)syscall(SYS_openat2, from, path, &how, sizeof(how));
	close(from);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

void note_new_file(struct buffer *to, pid_t tid, const struct syscall_row *row)
{
	struct raw_record *record = record_end(to);
	struct opening o = opening_of(record, row);
	char path[4096];
	struct bytes text;

	if (!(o.flags & O_CREAT))
		return;
	text = piece_bytes(record, PIECE_MEMORY, o.path_arg);
	if (!text.len || text.len >= sizeof(path))
		return;
	memcpy(path, text.data, text.len);
	path[text.len] = '\0';
	if (!is_there(tid, o.dir, path))
		record->flags |= RAW_CREATES;
}
