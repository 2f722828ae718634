/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A root process and its worker, which has dropped its privileges: what can the
 * worker do to it through the memory in which their calls are recorded?  The
 * worker tries to write memory that it may only read, by all means of the
 * kernel, and fills the memory that it may write with the address of code; none
 * of that may affect the master, its other children, or later processes.
 * Prints a line for each attempt, "held" or what has happened.  Needs root;
 * without the inject engine there is nothing to attack (exit code 77).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, MAPS_MAX = 16, TAKEN = 99, NOBODY = 65534 };

/* As in capture/stub/stub.h. */
enum {
	CODE = 0,
	SITES = 0x4000,
	TABLES = 0x14000,
	ROWS = 0x15040,
	OWN = 0x19000,
	FIXED = 0x19800,
	SLOT = 1024,
	ALIVE = 24,
	ROBUST_NEXT = 32
};

/* A mapping of the memory. */
struct map {
	unsigned long from, to, offset, inode;
	char mode[8];
};

static struct map maps[MAPS_MAX];
static int map_count;
static uint8_t *base;
static unsigned long masters; /* inode of what the master may write */
static sigjmp_buf again;

/* Whoever comes here has been taken over. */
static void taken(void)
{
	syscall(SYS_exit_group, TAKEN);
}

static void look(void)
{
	FILE *in = fopen("/proc/self/maps", "re");
	char line[512];

	map_count = 0;
	while (in && fgets(line, sizeof(line), in)) {
		struct map *m = &maps[map_count];

		if (map_count < MAPS_MAX && strstr(line, "memfd:spoor") &&
		    sscanf(line, "%lx-%lx %7s %lx %*s %lu", &m->from, &m->to,
			   m->mode, &m->offset, &m->inode) == 5) {
			if (!m->offset && m->mode[2] == 'x')
				base = (uint8_t *)m->from;
			map_count++;
		}
	}
	if (in)
		fclose(in);
}

static const struct map *writable(void)
{
	for (int i = 0; i < map_count; i++)
		if (maps[i].mode[1] == 'w')
			return &maps[i];
	return NULL;
}

static void on_fault(int sig)
{
	(void)sig;
	siglongjmp(again, 1);
}

/* A plain store: must fault. */
static int stores(volatile void *at)
{
	if (sigsetjmp(again, 1))
		return 0;
	*(volatile uint64_t *)at = (uint64_t)(uintptr_t)taken;
	return 1;
}

/* By /proc/self/mem. */
static int pokes(void *at)
{
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	uint64_t value = (uint64_t)(uintptr_t)taken;
	ssize_t n;

	if (fd < 0)
		return 0;
	n = pwrite(fd, &value, sizeof(value), (off_t)(uintptr_t)at);
	close(fd);
	return n > 0;
}

static int copies(void *at)
{
	uint64_t value = (uint64_t)(uintptr_t)taken;
	struct iovec local = { &value, sizeof(value) };
	struct iovec there = { at, sizeof(value) };

	return process_vm_writev(getpid(), &local, 1, &there, 1, 0) > 0;
}

static uint8_t *page_of(void *at)
{
	return (uint8_t *)((uintptr_t)at & ~(uintptr_t)(PAGE - 1));
}

/* By userfaultfd(2), which fills what is not there yet. */
static int registers(uint8_t *page)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = {
		.range = { (uintptr_t)page, PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
	int done = fd >= 0 && !ioctl(fd, UFFDIO_API, &api) &&
		   !ioctl(fd, UFFDIO_REGISTER, &range);

	if (fd >= 0)
		close(fd);
	return done;
}

/* In each way that there is to write at a place. */
static int writes(void *at)
{
	uint8_t *page = page_of(at);

	return stores(at) || !mprotect(page, PAGE, PROT_READ | PROT_WRITE) ||
	       !mprotect(page, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC) ||
	       pokes(at) || copies(at) || !madvise(page, PAGE, MADV_REMOVE) ||
	       registers(page);
}

static int code(void)
{
	return writes(base + CODE) || writes(base + 0x3f00);
}

static int sites(void)
{
	return writes(base + SITES) || writes(base + SITES + 48);
}

static int tables(void)
{
	return writes(base + TABLES);
}

static int rows(void)
{
	return writes(base + ROWS);
}

static int slots(void)
{
	for (int i = 0; i < 15; i++)
		if (writes(base + FIXED + i * SLOT))
			return 1;
	return writes(base + OWN);
}

static int selector(void)
{
	return writes(base + FIXED + SLOT + ALIVE);
}

static int robust_list(void)
{
	return writes(base + FIXED + SLOT + ROBUST_NEXT);
}

/* What may be written is moved to where the rest of the file is. */
static int moved(void)
{
	const struct map *w = writable();
	uint8_t *twin;

	if (!w)
		return 1;
	twin = mremap((void *)w->from, 0, PAGE, MREMAP_MAYMOVE);
	if (twin == MAP_FAILED)
		return 0;
	if (!syscall(SYS_remap_file_pages, twin, PAGE, 0, 0, 0))
		return 1;
	mprotect(twin, PAGE, PROT_READ);
	syscall(SYS_remap_file_pages, twin, PAGE, 0, OWN / PAGE, 0);
	return !mprotect(twin, PAGE, PROT_READ | PROT_WRITE) &&
	       memcmp(twin, base + OWN, PAGE) == 0;
}

/* By a descriptor: none is left; nor one to be had by root's map_files. */
static int descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;
	char to[256];
	int found = 0;

	while (dir && (entry = readdir(dir))) {
		ssize_t n = readlinkat(dirfd(dir), entry->d_name, to,
				       sizeof(to) - 1);

		to[n > 0 ? n : 0] = '\0';
		found |= strstr(to, "spoor") != NULL;
	}
	if (dir)
		closedir(dir);
	return found;
}

/* Opens its mappings by /proc, which root may. */
static int map_files(void)
{
	char path[96];

	for (int i = 0; i < map_count; i++) {
		void *at;
		int fd;

		snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx",
			 maps[i].from, maps[i].to);
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			continue;
		at = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			  (off_t)maps[i].offset);
		if (at != MAP_FAILED || pwrite(fd, "", 1, 0) == 1 ||
		    !ftruncate(fd, 0) ||
		    !fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			       0, PAGE))
			return 1;
		close(fd);
	}
	return 0;
}

/* With all rights of a user namespace of its own. */
static int namespaced(void)
{
	if (unshare(CLONE_NEWUSER))
		return 0;
	return map_files() || slots();
}

/* Attaches to its master. */
static int traces(void)
{
	return !ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) ||
	       !ptrace(PTRACE_SEIZE, getppid(), NULL, NULL);
}

/* All that may be written becomes the address of code: then makes calls. */
static int spray(void)
{
	const struct map *w = writable();

	if (!w)
		return 1;
	for (uint64_t *at = (void *)w->from; at < (uint64_t *)w->to; at++)
		*(volatile uint64_t *)at = (uint64_t)(uintptr_t)taken;
	for (int i = 0; i < 100; i++)
		syscall(SYS_getppid);
	return 0;
}

/* What a process may write it shares with no other. */
static int own_memory(void)
{
	const struct map *w = writable();

	return !w || w->inode == masters;
}

static int grandchild(void)
{
	int status = 0;
	pid_t child;

	masters = writable() ? writable()->inode : 0;
	child = fork();
	if (!child) {
		look();
		if (own_memory())
			_exit(1);
		spray();
		_exit(0);
	}
	waitpid(child, &status, 0);
	for (int i = 0; i < 100; i++)
		syscall(SYS_getppid);
	return status != 0 && WEXITSTATUS(status) == 1;
}

/* Nothing of it is in a core, nor, where it may be written, in a child. */
static int flags(void)
{
	FILE *in = fopen("/proc/self/smaps", "re");
	char line[512];
	int is_ours = 0;
	int may_write = 0;
	int bad = 0;

	while (in && fgets(line, sizeof(line), in)) {
		if (strchr(line, '-') && strchr(line, ' ') &&
		    strtoul(line, NULL, 16) && strstr(line, "-")) {
			is_ours = strstr(line, "memfd:spoor") != NULL;
			may_write = strstr(line, " rw-s ") != NULL;
		}
		if (is_ours && !strncmp(line, "VmFlags:", 8))
			bad |= !strstr(line, " dd") ||
			       (may_write && !strstr(line, " dc"));
	}
	if (in)
		fclose(in);
	return bad;
}

static const struct way {
	const char *name;
	int (*tries)(void);
	int as_root;
} ways[] = {
	{ "own memory", own_memory, 0 },
	{ "flags", flags, 0 },
	{ "code", code, 0 },
	{ "sites", sites, 0 },
	{ "foreseen", tables, 0 },
	{ "rows", rows, 0 },
	{ "slots", slots, 0 },
	{ "selector", selector, 0 },
	{ "robust list", robust_list, 0 },
	{ "moved", moved, 0 },
	{ "descriptors", descriptors, 0 },
	{ "map_files", map_files, 1 },
	{ "code, by root", code, 1 },
	{ "slots, by root", slots, 1 },
	{ "user namespace", namespaced, 0 },
	{ "ptrace", traces, 1 },
	{ "grandchild", grandchild, 0 },
	{ "rings and contexts", spray, 0 },
};

static void drop(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		_exit(3);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static void work(const struct way *way)
{
	signal(SIGSEGV, on_fault);
	signal(SIGBUS, on_fault);
	look();
	if (!way->as_root)
		drop();
	_exit(way->tries() ? 1 : 0);
}

/* The master goes on: makes calls, has children in slots used before. */
static int lives(void)
{
	int status = 0;
	pid_t child;

	for (int i = 0; i < 200; i++)
		syscall(SYS_getppid);
	child = vfork();
	if (!child)
		_exit(5);
	waitpid(child, &status, 0);
	if (WEXITSTATUS(status) != 5)
		return 0;
	child = fork();
	if (!child)
		_exit(syscall(SYS_getppid) == 0);
	waitpid(child, &status, 0);
	return status == 0;
}

static void master(const struct way *way)
{
	int status = 0;
	pid_t child = fork();

	if (!child)
		work(way);
	while (!waitpid(child, &status, WNOHANG))
		syscall(SYS_getppid);
	if (!lives())
		_exit(2);
	/* What the last way does to itself may end it. */
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

int main(void)
{
	look();
	if (!base || getuid())
		return 77;
	masters = writable()->inode;
	prctl(PR_SET_DUMPABLE, 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		int status = 0;
		pid_t child = fork();

		if (!child) {
			look();
			masters = writable() ? writable()->inode : 0;
			master(&ways[i]);
		}
		waitpid(child, &status, 0);
		printf("%s: %s\n", ways[i].name,
		       !status			      ? "held"
		       : WIFSIGNALED(status)	      ? "master killed"
		       : WEXITSTATUS(status) == TAKEN ? "master taken over"
		       : WEXITSTATUS(status) == 2     ? "master harmed"
						      : "written");
		fflush(stdout);
	}
	return 0;
}
