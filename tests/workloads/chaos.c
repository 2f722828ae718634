/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile processes together with a well-behaved one, for
 * tests/suite-chaos.sh.  Each hostile process performs a few attacks, chosen by
 * a seed, on everything that the recorder has mapped into it and on the other
 * processes: it writes random or chosen values, maps over that memory, unmaps
 * and moves it, forges signals, and jumps into the injected code.  Whatever
 * happens to the hostile process, the well-behaved process makes all its calls
 * and exits with 0.  Usage: chaos ROUNDS SEED; each round has one well-behaved
 * process and HOSTILE others.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	HOSTILE = 4,
	HONEST_CALLS = 200,
	ACTS = 3, /* of one process */
	WAIT_MS = 1500,
	AREAS_MAX = 64,
	PAGE = 4096,
	SET_DISPATCH = 59, /* PR_SET_SYSCALL_USER_DISPATCH */
	USER_DISPATCH = 2  /* si_code of SIGSYS */
};

/* A mapping that the recorder has made in this process. */
struct area {
	uint8_t *from;
	size_t len;
	int is_writable;
	int is_code;
};

static struct area areas[AREAS_MAX];
static unsigned area_count;
static uint64_t seed;
static pid_t parent;
static pid_t hostile[HOSTILE]; /* of this round, as far as there are */

static uint64_t draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void look(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long from;
	unsigned long to;
	char line[512];
	char mode[8];

	area_count = 0;
	while (maps && area_count < AREAS_MAX &&
	       fgets(line, sizeof(line), maps))
		if (strstr(line, "memfd:spoor") &&
		    sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3)
			areas[area_count++] =
				(struct area){ (uint8_t *)from, to - from,
					       mode[1] == 'w', mode[2] == 'x' };
	if (maps)
		fclose(maps);
}

static const struct area *any(void)
{
	return area_count ? &areas[draw() % area_count] : NULL;
}

static const struct area *writable(void)
{
	for (unsigned i = 0; i < 4 * AREAS_MAX && area_count; i++) {
		const struct area *area = any();

		if (area->is_writable)
			return area;
	}
	return NULL;
}

/* A number that parsers like least. */
static uint64_t nasty(void)
{
	static const uint64_t numbers[] = { 0,		1,
					    7,		8,
					    0x7fffffff, 0x80000000,
					    0xffffffff, 0xfffffff8,
					    1ull << 40, 0x7fffffffffff,
					    UINT64_MAX, UINT64_MAX - 7 };
	const struct area *area = any();

	switch (draw() % 3) {
	case 0:
		return numbers[draw() % (sizeof(numbers) / sizeof(*numbers))];
	case 1:
		return area ? (uint64_t)(area->from + draw() % area->len) : 0;
	default:
		return draw() >> draw() % 64;
	}
}

static void write_words(unsigned count, size_t within)
{
	for (unsigned i = 0; i < count; i++) {
		const struct area *area = writable();
		uint64_t *word;

		if (!area)
			return;
		if (!within || within > area->len)
			within = area->len;
		word = (uint64_t *)(void *)(area->from +
					    (draw() % within & ~7ull));
		*word = nasty();
	}
}

static void scatter(void)
{
	write_words(2000, 0);
}

static void scatter_at_front(void)
{
	write_words(500, 64 * 1024);
}

static void flip_bytes(void)
{
	for (int i = 0; i < 20000; i++) {
		const struct area *area = writable();

		if (area)
			area->from[draw() % area->len] ^=
				(uint8_t)(1 << draw() % 8);
	}
}

/* One word again and again, as the recorder may be between two looks at it. */
static void hammer(void)
{
	const struct area *area = writable();
	volatile uint64_t *word;

	if (!area)
		return;
	word = (uint64_t *)(void *)(area->from + (draw() % area->len & ~7ull));
	for (int i = 0; i < 200000; i++)
		*word = nasty();
}

/* All words that have a small number are given another: lengths, counts. */
static void change_counts(void)
{
	const struct area *area = writable();

	for (size_t at = 0; area && at + 8 < area->len; at += 4) {
		uint32_t *word = (uint32_t *)(void *)(area->from + at);

		if (*word && *word < 100000 && draw() % 8 == 0)
			*word = (uint32_t)nasty();
	}
}

static void protect(void)
{
	static const int modes[] = { PROT_NONE, PROT_READ,
				     PROT_READ | PROT_WRITE,
				     PROT_READ | PROT_WRITE | PROT_EXEC };
	const struct area *area = any();

	if (area && !mprotect(area->from, area->len, modes[draw() % 4]))
		write_words(100, 0);
}

/* Some pages of an area. */
static size_t piece(const struct area *area, uint8_t **ret_from)
{
	size_t pages = area->len / PAGE;
	size_t first = draw() % pages;

	*ret_from = area->from + first * PAGE;
	return (1 + draw() % (pages - first)) * PAGE;
}

static void unmap(void)
{
	const struct area *area = any();
	uint8_t *from;
	size_t len;

	if (!area)
		return;
	len = piece(area, &from);
	munmap(from, len);
}

static void map_over(void)
{
	const struct area *area = any();
	uint8_t *from;
	size_t len;

	if (!area)
		return;
	len = piece(area, &from);
	if (mmap(from, len, PROT_READ | PROT_WRITE | PROT_EXEC,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
		return;
	for (size_t at = 0; at + 8 <= len; at += 8)
		if (draw() % 16 == 0)
			*(uint64_t *)(void *)(from + at) = nasty();
}

static void move(void)
{
	const struct area *area = any();
	uint8_t *from;
	size_t len;

	if (!area)
		return;
	len = piece(area, &from);
	mremap(from, draw() % 2 ? len : 0, len + (draw() % 3) * PAGE,
	       MREMAP_MAYMOVE);
	look();
	write_words(500, 0);
}

static void advise(void)
{
	static const int advices[] = { MADV_DONTNEED, MADV_REMOVE, MADV_DOFORK,
				       MADV_DONTFORK, MADV_FREE,   MADV_DODUMP,
				       MADV_HUGEPAGE };
	const struct area *area = any();
	uint8_t *from;
	size_t len;

	if (!area)
		return;
	len = piece(area, &from);
	madvise(from, len,
		advices[draw() % (sizeof(advices) / sizeof(*advices))]);
	if (draw() % 2 && !fork())
		_exit(0);
}

static void move_pages(void)
{
	const struct area *area = any();

	if (area)
		syscall(SYS_remap_file_pages, area->from, PAGE, 0,
			draw() % (area->len / PAGE + 4), 0);
}

static void close_all(void)
{
	if (draw() % 2) {
		syscall(SYS_close_range, 3, ~0u, 0);
		return;
	}
	for (int fd = 3; fd < 1024; fd++)
		close(fd);
}

static void fork_some(void)
{
	for (int i = 0; i < 4; i++)
		if (!fork()) {
			look();
			write_words(200, 0);
			syscall(SYS_getppid);
			_exit(0);
		}
	if (!vfork())
		_exit(0);
}

static int run_thread(void *unused)
{
	(void)unused;
	for (int i = 0; i < 50; i++) {
		write_words(20, 0);
		syscall(SYS_getppid);
	}
	return 0;
}

static void start_threads(void)
{
	enum { LEN = 64 * 1024 };

	for (int i = 0; i < 20; i++) {
		char *stack = mmap(NULL, LEN, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (stack == MAP_FAILED)
			return;
		clone(run_thread, stack + LEN,
		      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
			      CLONE_THREAD | CLONE_SYSVSEM,
		      NULL);
	}
	run_thread(NULL);
}

/* Into the code at any byte, with registers that are no call of ours. */
static void jump(void)
{
	for (int i = 0; i < 100; i++) {
		const struct area *area = any();

		if (!area || !area->is_code)
			continue;
		__asm__ volatile("mov %0, %%rcx\n\tmov %1, %%rax\n\t"
				 "mov %2, %%rdi\n\tmov %2, %%r11\n\t"
				 "call *%%rcx"
				 :
				 : "r"(area->from + draw() % area->len),
				   "r"(draw() % 450), "r"(nasty())
				 : "rax", "rcx", "rdi", "r11", "memory");
	}
}

static void forge_signal(void)
{
	siginfo_t info = { 0 };
	const struct area *area = any();

	info.si_signo = SIGSYS;
	info.si_code = draw() % 4 ? USER_DISPATCH : (int)draw();
	info.si_call_addr = area ? area->from + draw() % area->len : NULL;
	info.si_syscall = (int)(draw() % 500);
	info.si_arch = draw() % 2 ? 0xc000003e : (unsigned)draw();
	syscall(SYS_rt_sigqueueinfo, getpid(), SIGSYS, &info);
	raise(SIGTRAP);
}

static void set_dispatch(void)
{
	const struct area *area = any();

	syscall(SYS_prctl, SET_DISPATCH, draw() % 2, nasty(), nasty(),
		area ? area->from : NULL);
}

/* Other hostile processes: their memory is as this one's was at fork(2). */
static void write_to_others(void)
{
	for (int i = 0; i < 20; i++) {
		const struct area *area = any();
		uint64_t value = nasty();
		struct iovec here = { &value, sizeof(value) };
		struct iovec there;
		pid_t other = hostile[draw() % HOSTILE];

		if (!area)
			return;
		there.iov_base = area->from + (draw() % area->len & ~7ull);
		there.iov_len = sizeof(value);
		if (other)
			process_vm_writev(other, &here, 1, &there, 1, 0);
	}
}

static void write_by_proc(void)
{
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < 200; i++) {
		const struct area *area = any();
		uint64_t value = nasty();

		if (area)
			(void)!pwrite(fd, &value, sizeof(value),
				      (off_t)(uintptr_t)area->from +
					      (off_t)(draw() % area->len));
	}
	close(fd);
}

static void set_base(void)
{
	enum { SET_GS = 0x1001 };

	syscall(SYS_arch_prctl, SET_GS, nasty() & 0x7fffffffffff);
	syscall(SYS_getppid);
}

static void limit(void)
{
	const struct rlimit few = { 4, 4 };
	const struct rlimit small = { 1 << 20, 1 << 20 };

	setrlimit(RLIMIT_NOFILE, &few);
	setrlimit(RLIMIT_AS, &small);
	setrlimit(RLIMIT_FSIZE, &small);
	if (!fork())
		_exit(0);
}

static void call_often(void)
{
	char bytes[256];
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	for (int i = 0; i < 500; i++)
		(void)!read(fd, bytes, sizeof(bytes));
	close(fd);
}

static void execute(void)
{
	if (!fork()) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(0);
	}
}

static void end_oddly(void)
{
	if (draw() % 2)
		abort();
	syscall(SYS_exit, 0);
}

static void (*const acts[])(void) = {
	scatter,       scatter_at_front, flip_bytes,	hammer,
	change_counts, protect,		 unmap,		map_over,
	move,	       advise,		 move_pages,	close_all,
	fork_some,     start_threads,	 jump,		forge_signal,
	set_dispatch,  write_to_others,	 write_by_proc, set_base,
	limit,	       call_often,	 execute,	end_oddly
};

static void be_hostile(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	alarm(1);
	look();
	for (int i = 0; i < ACTS; i++) {
		acts[draw() % (sizeof(acts) / sizeof(acts[0]))]();
		syscall(SYS_getppid);
		call_often();
	}
	_exit(0);
}

static void be_honest(void)
{
	for (int i = 0; i < HONEST_CALLS; i++)
		if (syscall(SYS_getppid) != parent)
			_exit(2);
	_exit(0);
}

/* In a process group of its own, so that all it leaves can be killed. */
static pid_t start(void (*run)(void))
{
	pid_t pid = fork();

	if (!pid) {
		setpgid(0, 0);
		run();
	}
	setpgid(pid, pid);
	draw();
	return pid;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int await(pid_t pid, long until_ms)
{
	const struct timespec nap = { 0, 2000000 };
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (now_ms() > until_ms) {
			kill(-pid, SIGKILL);
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			return -1;
		}
		nanosleep(&nap, NULL);
	}
	kill(-pid, SIGKILL);
	return status;
}

static int run_round(void)
{
	long until = now_ms() + WAIT_MS;
	pid_t honest;
	int status;

	memset(hostile, 0, sizeof(hostile));
	for (int i = 0; i < HOSTILE / 2; i++)
		hostile[i] = start(be_hostile);
	honest = start(be_honest);
	for (int i = HOSTILE / 2; i < HOSTILE; i++)
		hostile[i] = start(be_hostile);
	status = await(honest, until + 20000);
	for (int i = 0; i < HOSTILE; i++)
		await(hostile[i], until);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	return status;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 1;

	seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	seed = seed * 0x9e3779b97f4a7c15u | 1;
	parent = getpid();
	for (int i = 0; i < rounds; i++) {
		uint64_t was = seed;
		int status = run_round();

		if (status) {
			fprintf(stderr,
				"round %d (state %#llx): honest: status %#x\n",
				i, (unsigned long long)was, (unsigned)status);
			return 1;
		}
	}
	return 0;
}
