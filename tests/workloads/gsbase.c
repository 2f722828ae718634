/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that uses %gs itself, set by wrgsbase (FSGSBASE), which no call
 * reveals.  All threads make calls as before, and %gs does not change.
 * Depends on time: futex
 */
#include <pthread.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "check.h"

enum { HAS_GSBASE = 2, ROUNDS = 50, WORD = 4711, BIG = 4 << 20 };

static uint64_t
	*memory; /* zeros, more than any offset from %gs on both sides */
static pid_t parent;

static void set_gs(const void *to)
{
	__asm__ volatile("wrgsbase %0" : : "r"(to) : "memory");
}

static void *get_gs(void)
{
	void *gs;

	__asm__ volatile("rdgsbase %0" : "=r"(gs));
	return gs;
}

static void calls(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		require(raw3(SYS_getppid, 0, 0, 0) == parent, "a raw call");
		require(getppid() == parent, "a call of libc");
		require(close(-1) == -1 && errno == EBADF, "it fails");
	}
}

static void calls_with(void *gs)
{
	calls();
	set_gs(gs);
	calls();
	require(get_gs() == gs, "%gs is kept");
}

static void is_zero(void)
{
	calls_with(NULL);
}

static void is_memory(void)
{
	uint64_t word;

	memory[0] = WORD;
	calls_with(memory);
	__asm__ volatile("mov %%gs:0, %0" : "=r"(word));
	require(word == WORD, "what %gs points to");
}

/* What is read through it is an address where no code is. */
static void is_addresses(void)
{
	for (long i = -BIG / 8; i < BIG / 8; i++)
		memory[i] = (uint64_t)(uintptr_t)memory;
	calls_with(memory);
}

static void *is_threads(void *unused)
{
	(void)unused;
	is_memory();
	return NULL;
}

static void *makes_calls(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++)
		calls();
	return NULL;
}

/* One thread has its own, and others have none. */
static void is_one_threads(void)
{
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		require(!pthread_create(&threads[i], NULL,
					i == 1 ? is_threads : makes_calls,
					NULL),
			"a thread");
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	calls();
}

static void *finds_it(void *unused)
{
	(void)unused;
	require(get_gs() == memory, "a thread has its creator's");
	calls();
	return NULL;
}

/* It is inherited; a new program has none. */
static void is_inherited(void)
{
	pthread_t thread;
	int status;
	pid_t child;

	set_gs(memory);
	require(!pthread_create(&thread, NULL, finds_it, NULL), "a thread");
	pthread_join(thread, NULL);
	child = fork();
	if (!child) {
		parent = getppid();
		require(get_gs() == memory, "a process has its parent's");
		calls();
		execl("/bin/true", "true", (char *)NULL);
	}
	require(waitpid(child, &status, 0) == child && !status, "a program");
}

static const struct {
	const char *name;
	void (*run)(void);
} ways[] = {
	{ "zero", is_zero },	       { "memory", is_memory },
	{ "addresses", is_addresses }, { "a thread's", is_one_threads },
	{ "inherited", is_inherited },
};

int main(void)
{
	char *map = mmap(NULL, 2 * BIG, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	require(map != MAP_FAILED, "memory");
	memory = (uint64_t *)(void *)(map + BIG);
	parent = getpid();
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int status = 0;
		pid_t child = -1;

		if (getauxval(AT_HWCAP2) & HAS_GSBASE)
			child = fork();
		if (!child) {
			ways[i].run();
			_exit(0);
		}
		require(child < 0 || waitpid(child, &status, 0) == child,
			"wait");
		require(!status, ways[i].name);
		passed(ways[i].name);
	}
	return 0;
}
