/* SPDX-License-Identifier: Apache-2.0 */
/* The records that stops give: calls, new threads, signals, ends.  copy.c
 * copies the memory of the tracee while it stands. */
#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <time.h>
#include <unistd.h>

#include "capture/proc/pidns.h"
#include "capture/proc/proc.h"
#include "capture/proc/proc_files.h"
#include "capture/ptrace/trace.h"
#include "core/clock.h"

static bool is_wanted(const struct tracer *c, int nr)
{
	return !c->options.syscalls ||
	       (nr >= 0 && nr < SYSCALL_MAX && c->options.syscalls[nr]);
}

static enum raw_abi abi_of(const struct __ptrace_syscall_info *info, int nr)
{
	if (info->arch == 0x40000003) /* AUDIT_ARCH_I386 */
		return RAW_I386;
	return nr & 0x40000000 ? RAW_X32 : RAW_X86_64;
}

static const struct raw_record *finish(struct tracer *c, struct buffer *b)
{
	c->stats.records++;
	return record_end(b);
}

/* Reads the flags of a clone3(2); 0: they cannot be read. */
static uint64_t flags_in_memory(pid_t tid, uint64_t at)
{
	uint64_t flags = 0;
	struct iovec local = { &flags, sizeof(flags) };
	struct iovec remote = { (void *)(uintptr_t)at, sizeof(flags) };

	return process_vm_readv(tid, &local, 1, &remote, 1, 0) ==
			       (ssize_t)sizeof(flags)
		       ? flags
		       : 0;
}

/* CLONE_UNTRACED would take the new process away from us: removes it from the
 * call.  The record keeps it. */
static void keep_traced(const struct tracee *t, uint64_t arg)
{
	bool by_memory = t->row->event == PPME_SYSCALL_CLONE3_X;
	uint64_t flags = by_memory ? flags_in_memory(t->tid, arg) : arg;
	struct iovec local = { &flags, sizeof(flags) };
	struct iovec remote = { (void *)(uintptr_t)arg, sizeof(flags) };

	if (!(flags & CLONE_UNTRACED))
		return;
	flags &= ~(uint64_t)CLONE_UNTRACED;
	if (by_memory)
		process_vm_writev(t->tid, &local, 1, &remote, 1, 0);
	else
		ptrace(PTRACE_POKEUSER, t->tid,
		       (void *)offsetof(struct user_regs_struct, rdi),
		       (void *)(uintptr_t)flags);
}

/* A call begins: its record, if it never ends; or NULL. */
static const struct raw_record *enter(struct tracer *c, struct tracee *t,
				      const struct __ptrace_syscall_info *info)
{
	int nr = (int)info->entry.nr;
	struct raw_record head = {
		.kind = RAW_SYSCALL,
		.nr = nr,
		.cpu = (uint16_t)c->cpu,
		.pid = t->pid,
		.tid = t->tid,
		.enter_ns = clock_steady_ns(),
	};

	t->in_syscall = true;
	t->call += !t->is_again;
	t->is_again = false;
	head.abi = (uint8_t)abi_of(info, nr);
	t->row = syscall_row((enum raw_abi)head.abi, nr);
	c->launched |= t->row->event == PPME_SYSCALL_EXECVE_19_X ||
		       t->row->event == PPME_SYSCALL_EXECVEAT_X;
	for (int i = 0; i < SYSCALL_ARGS; i++)
		head.args[i] = info->entry.args[i];
	record_begin(&t->record, &head);
	if (head.abi == RAW_X86_64 &&
	    (t->row->event == PPME_SYSCALL_CLONE_20_X ||
	     t->row->event == PPME_SYSCALL_CLONE3_X))
		keep_traced(t, head.args[0]);
	if (!c->launched || !is_wanted(c, nr))
		return NULL;
	copy_args(&c->copier, &t->record, t->tid, t->row, false);
	if (strcmp(t->row->name, "exit") && strcmp(t->row->name, "exit_group"))
		return NULL;
	record_end(&t->record)->flags |= RAW_NO_RETURN;
	record_end(&t->record)->exit_ns = head.enter_ns;
	return finish(c, &t->record);
}

const struct raw_record *trace_leave(struct tracer *c, struct tracee *t,
				     int64_t ret)
{
	struct raw_record *record;

	if (!t->in_syscall)
		return NULL;
	t->in_syscall = false;
	if (t->row->event == PPME_SYSCALL_UNSHARE_X ||
	    t->row->event == PPME_SYSCALL_SETNS_X)
		t->has_one_id = false;
	record = record_end(&t->record);
	if (!c->runs && t->tid == c->command &&
	    t->row->event == PPME_SYSCALL_EXECVE_19_X)
		c->exec_errno = ret < 0 ? (int)-ret : 0;
	if (!c->launched || !is_wanted(c, record->nr))
		return NULL;
	record->ret = ret;
	record->exit_ns = clock_steady_ns();
	if (ret <= -512 && ret >= -516)
		record->flags |= RAW_INTERRUPTED;
	copy_args(&c->copier, &t->record, t->tid, t->row, true);
	if (t->row->facts || syscall_makes_process(t->row) ||
	    record_end(&t->record)->flags & RAW_LOOKUP)
		copy_facts(&c->copier, &t->record, t->pid, t->row);
	return finish(c, &t->record);
}

const struct raw_record *trace_syscall(struct tracer *c, struct tracee *t)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info) <= 0)
		return NULL;
	/* A seccomp stop has the members of an entry stop, and one more. */
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY ||
	    info.op == PTRACE_SYSCALL_INFO_SECCOMP)
		return enter(c, t, &info);
	if (info.op == PTRACE_SYSCALL_INFO_EXIT)
		return trace_leave(c, t, info.exit.rval);
	return NULL;
}

/* What a creating call without flags means in terms of clone(2). */
static uint64_t clone_flags(const struct syscall_row *row,
			    const struct raw_record *call)
{
	switch (row->event) {
	case PPME_SYSCALL_FORK_20_X:
		return SIGCHLD;
	case PPME_SYSCALL_VFORK_20_X:
		return CLONE_VFORK | CLONE_VM | SIGCHLD;
	default:
		return call->args[0];
	}
}

/* The clone(2) flags of the call that the creator is in. */
static uint64_t creating_flags(struct tracee *creator,
			       struct raw_record *ret_call)
{
	const struct raw_piece *piece;

	memset(ret_call, 0, sizeof(*ret_call));
	if (creator->record.len < sizeof(*ret_call))
		return 0;
	memcpy(ret_call, creator->record.data, sizeof(*ret_call));
	if (creator->row->event != PPME_SYSCALL_CLONE3_X)
		return clone_flags(creator->row, ret_call);
	piece = raw_next_piece(record_end(&creator->record), NULL);
	return piece && piece->len >= 8
		       ? load_u64(raw_piece_data(piece))
		       : flags_in_memory(creator->tid, ret_call->args[0]);
}

/* Do we see the calls that change the namespace of children? */
static bool sees_all(const struct tracer *c)
{
	return c->callbacks || !c->options.syscalls;
}

uint32_t trace_read_creator(struct tracer *c, struct tracee *t)
{
	const struct raw_proc *p = (const void *)c->creator.proc;
	const struct proc_wanted wanted = { .tid = t->tid,
					    .pid = t->has_one_id ? t->pid : 0,
					    .want = PROC_CLONE };

	if (c->creator.tid != t->tid)
		c->creator.len = proc_read(&wanted, c->creator.proc,
					   sizeof(c->creator.proc));
	c->creator.tid = t->tid;
	if (!c->creator.len)
		return 0;
	trace_move(c, p->cpu);
	if (!t->has_one_id || !sees_all(c))
		t->has_one_id =
			!p->in_child_pidns && pidns_is_inherited(t->tid);
	return c->creator.len;
}

/*
 * Reads what /proc says of a new thread into c->creator.  It is as its creator,
 * but for its ids, unless a namespace or cgroup differs: that spares reading
 * it.
 */
static uint32_t read_born(struct tracer *c, pid_t tid, struct tracee *creator,
			  uint64_t flags)
{
	const uint64_t differs = CLONE_NEWPID | CLONE_NEWUSER |
				 CLONE_NEWCGROUP | CLONE_INTO_CGROUP;
	const struct proc_wanted wanted = { .tid = tid, .want = PROC_CLONE };
	struct raw_proc *p = (void *)c->creator.proc;
	uint32_t len = trace_read_creator(c, creator);

	c->creator.tid = 0;
	if (!len || !creator->has_one_id || (flags & differs))
		return proc_read(&wanted, p, sizeof(c->creator.proc));
	if (!(flags & (CLONE_THREAD | CLONE_PARENT)))
		p->ptid = p->pid;
	if (!(flags & CLONE_THREAD))
		p->pid = p->vpid = tid;
	p->tid = p->vtid = tid;
	p->pfmajor = p->pfminor = 0;
	p->cpu = -1;
	return len;
}

/* Asks the kernel: the record of the call may say anything. */
static bool is_thread_of(pid_t tid, pid_t pid)
{
	return !syscall(SYS_tgkill, pid, tid, 0) || errno == EPERM;
}

void trace_find_process(struct tracee *t)
{
	t->pid = (pid_t)proc_status(t->tid, "\nTgid:", 10, (uint64_t)t->tid);
}

void trace_child_process(const struct tracer *c, struct tracee *t,
			 struct tracee *creator)
{
	struct raw_record call;
	uint64_t flags = creating_flags(creator, &call);

	t->flags = flags;
	t->has_one_id = creator->has_one_id && flags && !(flags & CLONE_NEWPID);
	if (!c->launched)
		trace_find_process(t);
	else
		t->pid = is_thread_of(t->tid, creator->pid) ? creator->pid
							    : t->tid;
}

const struct raw_record *trace_born(struct tracer *c, struct tracee *t,
				    struct tracee *creator, uint64_t now_ns)
{
	struct raw_record call;
	uint64_t flags = creating_flags(creator, &call);
	uint32_t len = read_born(c, t->tid, creator, flags);
	struct raw_record head = { .kind = RAW_THREAD,
				   .nr = call.nr,
				   .pid = t->pid,
				   .tid = t->tid,
				   .cpu = (uint16_t)c->cpu,
				   .enter_ns = now_ns,
				   .exit_ns = now_ns,
				   .args = { flags, (uint64_t)creator->tid } };

	record_begin(&c->extra, &head);
	record_add(&c->extra, PIECE_PROC, 0, 0,
		   (struct bytes){ c->creator.proc, len });
	return finish(c, &c->extra);
}

/* Only signals from processes name one; a fault has its address there. */
static bool has_sender(const siginfo_t *info)
{
	return info->si_signo == SIGCHLD || info->si_code == SI_USER ||
	       info->si_code == SI_TKILL || info->si_code == SI_QUEUE;
}

const struct raw_record *trace_signal(struct tracer *c, const struct tracee *t,
				      int sig)
{
	struct raw_record head = { .kind = RAW_SIGNAL,
				   .nr = sig,
				   .tid = t->tid,
				   .pid = t->pid,
				   .cpu = (uint16_t)c->cpu };
	siginfo_t info;

	if (!c->launched)
		return NULL;
	if (!ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) &&
	    has_sender(&info))
		head.args[0] = (uint64_t)info.si_pid;
	head.enter_ns = head.exit_ns = clock_steady_ns();
	record_begin(&c->extra, &head);
	return finish(c, &c->extra);
}

const struct raw_record *trace_end(struct tracer *c, const struct tracee *t,
				   pid_t tid, int status)
{
	struct raw_record head = { .kind = RAW_EXIT,
				   .tid = tid,
				   .pid = t ? t->pid : tid,
				   .ret = status,
				   .cpu = (uint16_t)c->cpu };

	if (!t || !c->launched)
		return NULL;
	head.enter_ns = head.exit_ns = clock_steady_ns();
	record_begin(&c->extra, &head);
	return finish(c, &c->extra);
}
