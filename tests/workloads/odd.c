/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unusual calls: by int 0x80, through the vsyscall page, with x32 or unknown
 * numbers, through an io_uring, and calls that the vDSO makes unnecessary.
 */
#include <linux/io_uring.h>
#include <linux/rseq.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

#include "check.h"

enum { TIMES = 50, I386_GETPPID = 64, I386_CLOSE = 6, X32 = 0x40000000 };

extern const ptrdiff_t __rseq_offset __attribute__((weak));
extern const unsigned int __rseq_size __attribute__((weak));

static long int80(long nr, long a)
{
	long ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(a)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

static void by_int80(void)
{
	long parent = getppid();

	if (int80(I386_GETPPID, 0) == -ENOSYS)
		parent = -ENOSYS; /* this kernel has no 32-bit calls */
	for (int i = 0; i < TIMES; i++) {
		require(int80(I386_GETPPID, 0) == parent, "int 0x80");
		int80(I386_CLOSE, -1);
	}
	shows("int 0x80", int80(I386_CLOSE, -1));
}

/* The page runs, or the kernel makes a SIGSEGV of it: vsyscall=none. */
static void by_vsyscall(void)
{
	const uintptr_t at = 0xffffffffff600400; /* time */
	time_t (*fn)(time_t *);
	int status = -1;
	pid_t child = fork();

	memcpy(&fn, &at, sizeof(fn));
	if (!child) {
		for (int i = 0; i < TIMES; i++) {
			time_t before = time(NULL);
			time_t now = fn(NULL);

			if (now < before || now > time(NULL))
				_exit(1);
		}
		_exit(0);
	}
	waitpid(child, &status, 0);
	shows("vsyscall", status);
}

static void numbers(void)
{
	static const long none[] = { 380, 999,	      0x3fffffff, -1,
				     -2,  0x80000000, X32 | 999 };

	for (int i = 0; i < TIMES; i++)
		for (size_t n = 0; n < sizeof(none) / sizeof(*none); n++)
			require(raw3(none[n], 0, 0, 0) == -ENOSYS,
				"a number without a call");
	passed("numbers without a call");
	shows("x32", raw3(X32 | SYS_close, -1, 0, 0));
	require(raw3(((long)5 << 32) | SYS_getppid, 0, 0, 0) == getppid(),
		"only 32 bits of the number count");
	passed("a number with more bits");
}

static void clocks(void)
{
	struct timespec last = { 0, 0 };
	struct timespec before, now;
	struct timeval day;
	unsigned cpu, node;

	require(getauxval(AT_SYSINFO_EHDR) != 0, "there is a vDSO");
	for (int i = 0; i < 10000; i++) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		require(now.tv_sec > last.tv_sec ||
				(now.tv_sec == last.tv_sec &&
				 now.tv_nsec >= last.tv_nsec),
			"time goes on");
		last = now;
	}
	clock_gettime(CLOCK_REALTIME_COARSE, &before);
	gettimeofday(&day, NULL);
	require(!raw3(SYS_clock_gettime, CLOCK_REALTIME, (long)&now, 0) &&
			before.tv_sec <= day.tv_sec && day.tv_sec <= now.tv_sec,
		"clocks and the call agree");
	require(!getcpu(&cpu, &node) && cpu < 4096, "a CPU");
	passed("clocks");
}

/* libc registered an area: the kernel writes the CPU there. */
static void restartable(void)
{
	struct rseq *area;

	if (!&__rseq_size || !__rseq_size) {
		passed("no restartable sequences");
		return;
	}
	area = (struct rseq *)((char *)__builtin_thread_pointer() +
			       __rseq_offset);
	for (int i = 0; i < TIMES; i++) {
		require(raw3(SYS_getppid, 0, 0, 0) > 0, "getppid");
		require((int)area->cpu_id >= 0 &&
				area->cpu_id == area->cpu_id_start,
			"the CPU in the area");
	}
	require(raw((struct raw_call){ SYS_rseq,
				       { (long)area, 32, 0, 0x53053053 } }) ==
			-EBUSY,
		"an area is registered already");
	passed("restartable sequences");
}

/* One no-operation through a ring of its own, if rings are allowed. */
static void ring(void)
{
	struct io_uring_params params = { 0 };
	long fd = raw3(SYS_io_uring_setup, 4, (long)&params, 0);
	struct io_uring_sqe *entries;
	unsigned *queue, *completions;
	char *rings;

	if (fd < 0) {
		shows("io_uring", fd);
		return;
	}
	entries = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_POPULATE, (int)fd, IORING_OFF_SQES);
	rings = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_POPULATE, (int)fd, IORING_OFF_SQ_RING);
	require(entries != MAP_FAILED && rings != MAP_FAILED, "mmap of rings");
	entries[0] = (struct io_uring_sqe){ .opcode = IORING_OP_NOP,
					    .user_data = 42 };
	queue = (unsigned *)(rings + params.sq_off.array);
	queue[0] = 0;
	*(volatile unsigned *)(rings + params.sq_off.tail) = 1;
	require(raw((struct raw_call){
			SYS_io_uring_enter,
			{ fd, 1, 1, IORING_ENTER_GETEVENTS } }) == 1,
		"io_uring_enter");
	completions = (unsigned *)(rings + params.cq_off.tail);
	require(params.features & IORING_FEAT_SINGLE_MMAP &&
			*(volatile unsigned *)completions == 1,
		"a completion");
	close((int)fd);
	shows("io_uring", 1);
}

/* The counter, by which calls may be timed, is forbidden. */
static void no_counter(void)
{
	long parent = getppid();

	prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0, 0, 0);
	for (int i = 0; i < 10; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == parent, "getppid");
	prctl(PR_SET_TSC, PR_TSC_ENABLE, 0, 0, 0);
	passed("calls without a counter");
}

int main(void)
{
	by_int80();
	by_vsyscall();
	numbers();
	clocks();
	restartable();
	ring();
	no_counter();
	return 0;
}
