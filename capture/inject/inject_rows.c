/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the syscall table as the stub needs them: what to do with a call,
 * and the room that its record may take. */
#include "capture/inject/inject_rows.h"

#include <string.h>
#include <sys/syscall.h>

enum {
	FACTS_ROOM =
		2 * (sizeof(struct raw_piece) + 7 + sizeof(struct raw_stat) +
		     sizeof(struct raw_socket) + 2 * RAW_END_MAX)
};

/* The most bytes that a piece of this kind takes in a record. */
static uint32_t piece_room(const struct copy_spec *copy, uint32_t snaplen)
{
	enum { PIECE = 24, PATH = 4096, FIXED = 256 };

	switch (copy->kind) {
	case COPY_NONE:
		return 0;
	case COPY_PATH:
	case COPY_NAME_IN:
		return PIECE + PATH;
	case COPY_BYTES_IN:
	case COPY_BYTES_OUT:
	case COPY_IOVEC_IN:
	case COPY_IOVEC_OUT:
		return PIECE + data_room(snaplen) + FACTS_ROOM;
	case COPY_MSG_IN:
		return message_room(data_room(snaplen));
	case COPY_MSG_OUT:
		return message_room(data_room(snaplen)) + PASSED_ROOM;
	case COPY_MMSG_OUT:
		return MMSG_ROOM + message_room(data_room(snaplen)) +
		       PASSED_ROOM;
	default:
		return PIECE + FIXED;
	}
}

/* Has the row rare things that the stub does not do?  Such calls go on the slow
 * path. */
static bool is_beyond_code(const struct syscall_row *row)
{
	for (int i = 0; i < COPY_MAX; i++)
		if (row->copies[i].kind >= COPY_CONFIG_IN)
			return true;
	return row->facts & FACT_PATH_RET;
}

/* What the stub does with a call besides recording it. */
static enum stub_action action_of(int nr)
{
	static const struct {
		int16_t nr;
		uint8_t action;
	} actions[] = {
		{ SYS_clone, STUB_FORK },
		{ SYS_clone3, STUB_FORK },
		{ SYS_fork, STUB_FORK },
		{ SYS_vfork, STUB_FORK },
		{ SYS_execve, STUB_EXEC },
		{ SYS_execveat, STUB_EXEC },
		{ SYS_arch_prctl, STUB_FILTER },
		{ SYS_exit, STUB_NAKED },
		{ SYS_exit_group, STUB_NAKED },
		{ SYS_rt_sigreturn, STUB_NAKED },
		{ SYS_rt_sigprocmask, STUB_MASK },
		{ SYS_rt_sigaction, STUB_MASK },
		{ SYS_seccomp, STUB_FILTER },
		{ SYS_prctl, STUB_FILTER },
		{ SYS_mmap, STUB_MAP },
		{ SYS_munmap, STUB_UNMAP },
		{ SYS_mremap, STUB_UNMAP },
		{ SYS_remap_file_pages, STUB_UNMAP },
		{ SYS_shmat, STUB_UNMAP },
		/* They change the namespaces of children: see trace_leave. */
		{ SYS_setns, STUB_TRAP },
		{ SYS_unshare, STUB_TRAP },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (actions[i].nr == nr)
			return (enum stub_action)actions[i].action;
	return STUB_RECORD;
}

/*
 * Does a call make a descriptor stand for another socket, or change a
 * connection (stub_socket.c)?  A call that makes a new descriptor does not: the
 * number was free, by a close.  Of numbers without a row some are calls of the
 * x32 ABI.
 */
static enum stub_change change_of(int nr)
{
	static const struct {
		int16_t nr;
		uint8_t change;
	} changes[] = {
		{ SYS_close, CHANGE_FD0 },
		{ SYS_shutdown, CHANGE_FD0 },
		{ SYS_dup2, CHANGE_FD1 },
		{ SYS_dup3, CHANGE_FD1 },
		{ SYS_connect, CHANGE_CONNECT },
		{ SYS_setsockopt, CHANGE_OPTION },
		{ SYS_close_range, CHANGE_ALL },
		{ SYS_io_uring_setup, CHANGE_UNSEEN },
		{ SYS_io_uring_enter, CHANGE_UNSEEN },
		{ SYS_io_uring_register, CHANGE_UNSEEN },
		{ SYSCALL_MAX, CHANGE_UNSEEN },
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (changes[i].nr == nr)
			return (enum stub_change)changes[i].change;
	return CHANGE_NONE;
}

const struct stub_row *inject_row(const struct injector *c, uint64_t nr)
{
	return &c->rows[nr < SYSCALL_MAX ? nr : SYSCALL_MAX];
}

void inject_fill_row(struct stub_row *to, int nr,
		     const struct capture_options *options)
{
	const struct syscall_row *row = syscall_row(RAW_X86_64, nr);

	memcpy(to->copies, row->copies, sizeof(to->copies));
	to->facts = row->facts;
	to->action = (uint8_t)action_of(nr);
	to->change = (uint8_t)change_of(nr);
	to->room = sizeof(struct raw_record) + 64;
	for (int i = 0; i < COPY_MAX; i++) {
		to->room += piece_room(&row->copies[i], options->snaplen);
		if (row->copies[i].kind != COPY_NONE)
			to->when |= copy_is_output(row->copies[i].kind)
					    ? WHEN_AFTER
					    : WHEN_BEFORE;
	}
	if (to->facts) {
		to->when |= WHEN_AFTER;
		to->room += FACTS_ROOM;
	}
	if (to->action == STUB_FORK)
		to->room += sizeof(struct raw_piece) + PROC_CLONE_MAX;
	to->room = (to->room + 7) & ~7u;
	if (options->syscalls && nr < SYSCALL_MAX && !options->syscalls[nr]) {
		to->room = 0;
		if (to->action == STUB_RECORD)
			to->action = STUB_SKIP;
	} else if (to->action == STUB_RECORD && is_beyond_code(row)) {
		to->action = STUB_TRAP;
	}
}
