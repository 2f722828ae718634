/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forks: from threads while others run, from a handler, over generations, with
 * shared descriptors.  Each process has the state that it had before, including
 * its registers.  Runs until the file that an argument names exists, and some
 * rounds longer.
 * Depends on time: all
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "check.h"

enum { FORKERS = 3, ROUNDS = 60, DEPTH = 3, WORDS = 12 };

static atomic_int must_end;
static pid_t forked_in_handler;
static volatile sig_atomic_t caught;

static void ends_with(pid_t child, int code, const char *what)
{
	int status = -1;

	require(child > 0, what);
	while (waitpid(child, &status, __WALL) < 0)
		require(errno == EINTR, what);
	require(WIFEXITED(status) && WEXITSTATUS(status) == code, what);
}

/* fork(2) with a value in each register that a call keeps; in the child, how
 * many have another; in the parent its id. */
static long fork_with_registers(uint64_t *differ)
{
	uint64_t out[WORDS];
	double kept = 3.25;
	uint32_t control = 0x1f80 | 0x6000; /* rounds to zero */
	uint32_t now = 0;
	long ret;

	__asm__ volatile("ldmxcsr %0" : : "m"(control));
	__asm__ volatile("push %%rbp\n push %%rbx\n push %[out]\n"
			 "mov $1, %%ebx\n mov $2, %%ebp\n mov $3, %%edi\n"
			 "mov $4, %%esi\n mov $5, %%edx\n mov $6, %%r8d\n"
			 "mov $7, %%r9d\n mov $8, %%r10d\n mov $9, %%r12d\n"
			 "mov $10, %%r13d\n mov $11, %%r14d\n mov $12, %%r15d\n"
			 "mov $57, %%eax\n syscall\n"
			 "mov (%%rsp), %%rcx\n"
			 "mov %%rbx, (%%rcx)\n mov %%rbp, 8(%%rcx)\n"
			 "mov %%rdi, 16(%%rcx)\n mov %%rsi, 24(%%rcx)\n"
			 "mov %%rdx, 32(%%rcx)\n mov %%r8, 40(%%rcx)\n"
			 "mov %%r9, 48(%%rcx)\n mov %%r10, 56(%%rcx)\n"
			 "mov %%r12, 64(%%rcx)\n mov %%r13, 72(%%rcx)\n"
			 "mov %%r14, 80(%%rcx)\n mov %%r15, 88(%%rcx)\n"
			 "pop %%rcx\n pop %%rbx\n pop %%rbp\n"
			 : "=&a"(ret), "+x"(kept)
			 : [out] "c"(out)
			 : "rdi", "rsi", "rdx", "r8", "r9", "r10", "r11", "r12",
			   "r13", "r14", "r15", "memory");
	__asm__ volatile("stmxcsr %0" : "=m"(now));
	*differ = (now & ~0x3fu) != control || kept != 3.25;
	for (uint64_t i = 0; i < WORDS; i++)
		*differ += out[i] != i + 1;
	control = 0x1f80;
	__asm__ volatile("ldmxcsr %0" : : "m"(control));
	return ret;
}

static int works(pid_t parent)
{
	uint64_t word = 5;
	int ends[2];

	for (int i = 0; i < 20; i++)
		if (raw3(SYS_getppid, 0, 0, 0) != parent || close(-1) != -1)
			return 1;
	if (pipe(ends) || write(ends[1], &word, 8) != 8 ||
	    read(ends[0], &word, 8) != 8 || word != 5)
		return 2;
	close(ends[0]);
	close(ends[1]);
	return 7;
}

static void generation(int depth)
{
	pid_t parent = getpid();
	uint64_t differ;
	long child = fork_with_registers(&differ);

	require(!differ, "registers");
	if (child) {
		ends_with((pid_t)child, 7, "a generation");
		return;
	}
	if (depth)
		generation(depth - 1);
	_exit(works(parent));
}

static void on_signal(int sig)
{
	pid_t parent = getpid();

	(void)sig;
	caught++;
	forked_in_handler = fork();
	if (!forked_in_handler)
		_exit(works(parent));
}

static void in_handler(void)
{
	raise(SIGUSR1);
	require(caught, "a handler");
	caught = 0;
	ends_with(forked_in_handler, 7, "a fork in a handler");
}

/* Descriptors in common, memory not. */
static void with_files(void)
{
	pid_t parent = getpid();
	pid_t child = (pid_t)raw(
		(struct raw_call){ SYS_clone, { CLONE_FILES | SIGCHLD } });

	if (!child)
		_exit(works(parent));
	ends_with(child, 7, "a process with the same descriptors");
}

static void *forks(void *unused)
{
	while (!must_end)
		generation(1);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t forkers[FORKERS];
	int left = ROUNDS;

	signal(SIGUSR1, on_signal);
	for (int i = 0; i < FORKERS; i++)
		pthread_create(&forkers[i], NULL, forks, NULL);
	while (left) {
		generation(DEPTH);
		in_handler();
		with_files();
		if (argc < 2 || !access(argv[1], F_OK))
			left--;
	}
	must_end = 1;
	for (int i = 0; i < FORKERS; i++)
		pthread_join(forkers[i], NULL);
	passed("all rounds");
	return 0;
}
