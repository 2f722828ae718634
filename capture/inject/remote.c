/* SPDX-License-Identifier: Apache-2.0 */
/* What a stopped thread is, and is made to be: ptrace(2), and its files in
 * /proc. */
#include "capture/inject/remote.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/proc/proc.h"
#include "capture/proc/proc_files.h"

enum {
	GET_SIGMASK = 0x420a, /* ptrace(2); not in all headers */
	SET_SIGMASK = 0x420b,
	SET_DISPATCH = 0x4210, /* PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG, */
	GET_DISPATCH = 0x4211, /* and _GET_ */
	DISPATCH_ON = 1,
	VDSO_LEN = 8192
};

bool remote_regs(pid_t tid, struct user_regs_struct *ret_regs)
{
	return !ptrace(PTRACE_GETREGS, tid, NULL, ret_regs);
}

bool remote_set_regs(pid_t tid, const struct user_regs_struct *regs)
{
	return !ptrace(PTRACE_SETREGS, tid, NULL, regs);
}

bool remote_get_mask(pid_t tid, uint64_t *mask)
{
	return !ptrace((enum __ptrace_request)GET_SIGMASK, tid,
		       (void *)sizeof(*mask), mask);
}

bool remote_set_mask(pid_t tid, uint64_t mask)
{
	return !ptrace((enum __ptrace_request)SET_SIGMASK, tid,
		       (void *)sizeof(mask), &mask);
}

/* struct ptrace_sud_config of the kernel; ptrace(2). */
struct dispatch_config {
	uint64_t mode, selector, offset, len;
};

static bool set_dispatch(pid_t tid, struct dispatch_config config)
{
	return !ptrace((enum __ptrace_request)SET_DISPATCH, tid,
		       (void *)sizeof(config), &config);
}

bool remote_dispatch(pid_t tid, uint64_t selector, struct remote_range code)
{
	return set_dispatch(tid,
			    (struct dispatch_config){ DISPATCH_ON, selector,
						      code.from, code.len });
}

bool remote_lacks_dispatch(pid_t tid)
{
	struct dispatch_config config = { 0 };

	return !ptrace((enum __ptrace_request)GET_DISPATCH, tid,
		       (void *)sizeof(config), &config) &&
	       !config.mode;
}

bool remote_end_dispatch(pid_t tid)
{
	return set_dispatch(tid, (struct dispatch_config){ 0 });
}

static int open_file(pid_t tid, const char *name, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, name);
	return open(path, flags | O_CLOEXEC);
}

void remote_close(struct remote_files *files)
{
	if (files->tid)
		close(files->memory);
	if (files->tid && files->maps >= 0)
		close(files->maps);
	files->tid = 0;
}

int remote_memory(struct remote_files *files, pid_t tid)
{
	if (files->tid == tid)
		return files->memory;
	remote_close(files);
	files->memory = open_file(tid, "mem", O_RDWR);
	files->maps = -1;
	if (files->memory >= 0)
		files->tid = tid;
	return files->memory;
}

int remote_maps(struct remote_files *files, pid_t tid)
{
	if (remote_memory(files, tid) >= 0 && files->maps < 0)
		files->maps = open_file(tid, "maps", O_RDONLY);
	return files->tid == tid ? files->maps : -1;
}

bool remote_read(pid_t pid, uint64_t from, void *to, size_t len)
{
	int memory = open_file(pid, "mem", O_RDONLY);
	ssize_t n;

	if (memory < 0)
		return false;
	n = pread(memory, to, len, (off_t)from);
	close(memory);
	return n == (ssize_t)len;
}

bool remote_write(pid_t pid, uint64_t to, const void *from, size_t len)
{
	int memory = open_file(pid, "mem", O_RDWR);
	ssize_t n;

	if (memory < 0)
		return false;
	n = pwrite(memory, from, len, (off_t)to);
	close(memory);
	return n == (ssize_t)len;
}

int remote_shares(pid_t pid, pid_t other, int what)
{
	long differ = syscall(SYS_kcmp, pid, other, what, 0, 0);

	if (differ >= 0)
		return !differ;
	if (errno == EPERM)
		return -1;
	return errno != ESRCH;
}

unsigned remote_filter_count(pid_t pid)
{
	return (unsigned)proc_status(pid, "\nSeccomp_filters:", 10, 0);
}

bool remote_has_room(pid_t pid, size_t len)
{
	struct rlimit as;

	return !prlimit(pid, RLIMIT_AS, NULL, &as) &&
	       (as.rlim_cur == RLIM_INFINITY || as.rlim_cur / 8 > len);
}

/* Takes what is needed from an auxiliary vector; false: it has no end within
 * count. */
static bool parse_aux(const Elf64_auxv_t *aux, size_t count,
		      struct remote_aux *found)
{
	memset(found, 0, sizeof(*found));
	for (size_t i = 0; i < count; i++)
		if (aux[i].a_type == AT_SYSINFO_EHDR)
			found->vdso = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_BASE)
			found->linker = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_ENTRY)
			found->entry = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_NULL)
			return true;
	return false;
}

struct remote_aux remote_aux(pid_t pid)
{
	struct remote_aux found;
	Elf64_auxv_t aux[64];
	ssize_t n = proc_file(pid, "auxv", (char *)aux, sizeof(aux));

	parse_aux(aux, n > 0 ? (size_t)n / sizeof(*aux) : 0, &found);
	return found;
}

/* On the stack of a new program the vector is behind the number of arguments,
 * these, and the environment, each list with a NULL at its end. */
bool remote_aux_early(const struct proc_early *early,
		      struct remote_aux *ret_aux)
{
	const uint64_t *word = (const uint64_t *)(const void *)early->stack;
	size_t count = early->stack_len / sizeof(*word);
	size_t at = 1;

	for (int lists = 0; lists < 2; lists++) {
		while (at < count && word[at])
			at++;
		at++;
	}
	return at < count &&
	       parse_aux((const void *)(word + at), (count - at) / 2, ret_aux);
}

/* A process that is written to gets its own copy of the vDSO's page. */
uint64_t remote_place(int memory, uint64_t vdso)
{
	static const uint8_t nothing[REMOTE_PLACE_LEN];
	uint8_t found[sizeof(nothing)];
	uint64_t at = vdso + VDSO_LEN - sizeof(found);

	if (!vdso ||
	    pread(memory, found, sizeof(found), (off_t)at) !=
		    (ssize_t)sizeof(found) ||
	    memcmp(found, nothing, sizeof(found)) != 0)
		return 0;
	return at;
}
