/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of processes: exec, clone and its kin, the first sign of a new
 * thread, and its end.  What /proc said of the thread comes with the record.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#include "capture/encode/encode_internal.h"
#include "capture/encode/flags.h"
#include "capture/proc/proc.h"
#include "core/event/ppm_constants.h"

/* clang-format off */
enum { NR_CLONE = 56, NR_FORK = 57, NR_VFORK = 58, NR_CLONE3 = 435,
       FORK_FLAGS = 17, VFORK_FLAGS = 0x4111 };
/* clang-format on */

static void put(struct encoder *e, const void *data, size_t len)
{
	struct event *event = e->event;
	char *copy = arena_copy(&e->scratch, data, len);

	event->params[event->count++] = (struct bytes){ (uint8_t *)copy, len };
}

static void put_empty(struct encoder *e)
{
	e->event->params[e->event->count++] = (struct bytes){ NULL, 0 };
}

static void put_u64(struct encoder *e, uint64_t v)
{
	put(e, &v, sizeof(v));
}

static void put_u32(struct encoder *e, uint32_t v)
{
	put(e, &v, sizeof(v));
}

/* As a C string: with its NUL, and empty where nothing is known. */
static void put_text(struct encoder *e, struct bytes text)
{
	if (text.data)
		put(e, arena_copy(&e->scratch, text.data, text.len),
		    text.len + 1);
	else
		put_empty(e);
}

/* NUL-separated members, the last one ended too. */
static void put_list(struct encoder *e, struct bytes list)
{
	bool ended = list.len && !list.data[list.len - 1];

	if (!list.len)
		put_empty(e);
	else
		put(e, arena_copy(&e->scratch, list.data, list.len),
		    list.len + !ended);
}

/* The first 15 parameters of exec and clone events. */
static void put_common(struct encoder *e, int64_t res,
		       const struct meta_thread *t)
{
	put_u64(e, (uint64_t)res);
	put_text(e, t->exe);
	put_list(e, t->args);
	put_u64(e, (uint64_t)t->tid);
	put_u64(e, (uint64_t)t->pid);
	put_u64(e, (uint64_t)t->ptid);
	put_text(e, t->cwd);
	put_u64(e, (uint64_t)t->fdlimit);
	put_u64(e, t->pfmajor);
	put_u64(e, t->pfminor);
	put_u32(e, t->vmsize_kb);
	put_u32(e, t->vmrss_kb);
	put_u32(e, t->vmswap_kb);
	put_text(e, t->comm);
	put_list(e, t->cgroups);
}

static bool proc_of(const struct raw_record *record, struct meta_thread *t)
{
	struct bytes b = piece_bytes(record, PIECE_PROC, 0);

	proc_view(b.data, (uint32_t)b.len, t);
	return b.len != 0;
}

/* argv and environment as they were passed, for a call that failed. */
static void take_passed(const struct raw_record *record, unsigned argv_arg,
			struct meta_thread *t)
{
	struct bytes argv = piece_bytes(record, PIECE_MEMORY, argv_arg);
	size_t exe = argv.len ? strnlen((const char *)argv.data, argv.len) : 0;

	t->exe = (struct bytes){ argv.data, exe };
	t->args = (struct bytes){ NULL, 0 };
	if (exe < argv.len)
		t->args = (struct bytes){ argv.data + exe + 1,
					  argv.len - exe - 1 };
	t->env = piece_bytes(record, PIECE_MEMORY, argv_arg + 1);
}

static uint32_t exe_flags(const struct meta_thread *t)
{
	return (t->exe_writable ? PPM_EXE_WRITABLE : 0) |
	       (t->exe_upper_layer ? PPM_EXE_UPPER_LAYER : 0) |
	       (t->exe_lower_layer ? PPM_EXE_LOWER_LAYER : 0) |
	       (t->exe_from_memfd ? PPM_EXE_FROM_MEMFD : 0);
}

/*
 * execveat's event has no place for the path that it was given.  A call that
 * failed did not change the executable: the path that was to be stands there,
 * unless it is below a descriptor.
 */
static void take_asked(const struct raw_record *record, struct bytes name,
		       struct meta_thread *t)
{
	if (name.len &&
	    (*name.data == '/' || (int32_t)record->args[0] == AT_FDCWD))
		t->exepath = name;
}

/* Makes the event of an exec. */
static void encode_exec(struct encoder *e, const struct raw_record *record,
			bool is_at)
{
	struct bytes name = piece_bytes(record, PIECE_MEMORY, is_at);
	struct meta_thread t;

	proc_of(record, &t);
	if (name.len)
		name.len = strnlen((const char *)name.data, name.len);
	if (record->ret < 0)
		take_passed(record, is_at ? 2 : 1, &t);
	if (record->ret < 0 && is_at)
		take_asked(record, name, &t);
	put_common(e, record->ret, &t);
	put_list(e, t.env);
	put_u32(e, t.tty);
	put_u64(e, (uint64_t)t.vpgid);
	put_u32(e, t.loginuid);
	put_u32(e, exe_flags(&t));
	put_u64(e, t.cap_inheritable);
	put_u64(e, t.cap_permitted);
	put_u64(e, t.cap_effective);
	put_u64(e, t.exe_ino);
	put_u64(e, t.exe_ino_ctime);
	put_u64(e, t.exe_ino_mtime);
	put_u32(e, t.uid);
	put_text(e, t.exepath);
	put_u64(e, (uint64_t)t.pgid);
	put_u32(e, t.gid);
	if (!is_at)
		put_text(e, name);
}

/* The kernel's clone flags of a call, wherever they stand. */
static uint64_t flags_of(const struct raw_record *record, int nr)
{
	struct bytes b;

	switch (nr) {
	case NR_CLONE:
		return record->args[0];
	case NR_CLONE3:
		b = piece_bytes(record, PIECE_MEMORY, 0);
		return b.len >= 8 ? load_u64(b.data) : record->args[0];
	case NR_VFORK:
		return VFORK_FLAGS;
	default:
		return FORK_FLAGS;
	}
}

/* The parameters of a clone event, from the creator or the new thread. */
static void put_clone(struct encoder *e, int64_t res, uint32_t flags,
		      const struct meta_thread *t)
{
	if (t->vtid != t->tid)
		flags |= PPM_CL_CHILD_IN_PIDNS;
	put_common(e, res, t);
	put_u32(e, flags);
	put_u32(e, t->uid);
	put_u32(e, t->gid);
	put_u64(e, (uint64_t)t->vtid);
	put_u64(e, (uint64_t)t->vpid);
	put_u64(e, t->pidns_init_start_ns);
}

void encode_process_call(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row)
{
	struct meta_thread t;

	if (row->event == PPME_SYSCALL_EXECVE_19_X ||
	    row->event == PPME_SYSCALL_EXECVEAT_X) {
		encode_exec(e, record, row->event == PPME_SYSCALL_EXECVEAT_X);
		return;
	}
	proc_of(record, &t);
	put_clone(e, record->ret,
		  flag_bits(SET_CLONE, flags_of(record, record->nr)), &t);
}

/* The event type of a call that makes a thread. */
static uint16_t clone_event(int nr)
{
	switch (nr) {
	case NR_FORK:
		return PPME_SYSCALL_FORK_20_X;
	case NR_VFORK:
		return PPME_SYSCALL_VFORK_20_X;
	case NR_CLONE3:
		return PPME_SYSCALL_CLONE3_X;
	default:
		return PPME_SYSCALL_CLONE_20_X;
	}
}

void encode_thread(struct encoder *e, const struct raw_record *record)
{
	struct meta_thread t;

	if (!proc_of(record, &t))
		return;
	e->event->code = clone_event(record->nr);
	put_clone(e, 0, flag_bits(SET_CLONE, record->args[0]), &t);
	e->has_event = true;
}

void encode_exit(struct encoder *e, const struct raw_record *record)
{
	int status = (int)record->ret;
	uint8_t sig = WIFSIGNALED(status) ? (uint8_t)WTERMSIG(status) : 0;
	uint8_t core = WIFSIGNALED(status) && WCOREDUMP(status);

	e->event->code = PPME_PROCEXIT_1_E;
	put_u64(e, (uint64_t)status);
	put_u64(e, WIFEXITED(status) ? (uint64_t)WEXITSTATUS(status) : 0);
	put(e, &sig, 1);
	put(e, &core, 1);
	put_u64(e, record->args[0]);
	e->has_event = true;
}
