/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls from memory that the program writes: switched between writable and
 * executable, replaced in place, mapped twice, unmapped and mapped again.
 */
#include <stdint.h>
#include <sys/mman.h>

#include "check.h"

enum { PAGE = 4096, ROUNDS = 200 };

typedef long code_fn(void);

static long parent, own;

/* mov $nr, %eax; syscall; ret, after some one-byte nops */
static uint8_t *emit(uint8_t *at, int32_t nr, int nops)
{
	memset(at, 0x90, (size_t)nops);
	at += nops;
	*at++ = 0xb8;
	memcpy(at, &nr, 4);
	memcpy(at + 4, "\x0f\x05\xc3", 3);
	return at + 7;
}

static long run(void *code)
{
	code_fn *fn;

	memcpy(&fn, &code, sizeof(fn));
	return fn();
}

static long wanted(int round)
{
	return round % 2 ? parent : own;
}

static int number(int round)
{
	return round % 2 ? SYS_getppid : SYS_getpid;
}

static void flipped(void)
{
	uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < ROUNDS; i++) {
		emit(page, number(i), 0);
		require(!mprotect(page, PAGE, PROT_READ | PROT_EXEC),
			"mprotect");
		for (int n = 0; n < 3; n++)
			require(run(page) == wanted(i), "code in a new page");
		require(!mprotect(page, PAGE, PROT_READ | PROT_WRITE),
			"mprotect back");
		require(!memcmp(page + 5, "\x0f\x05\xc3", 3),
			"code reads as it was written");
	}
	munmap(page, PAGE);
	passed("writable, then executable");
}

static void in_place(void)
{
	uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	emit(page, SYS_getppid, 0);
	for (int i = 0; i < ROUNDS; i++) {
		int32_t nr = number(i);

		memcpy(page + 1, &nr, 4);
		require(run(page) == wanted(i), "a number changed in place");
	}
	for (int i = 0; i < ROUNDS; i++) {
		emit(page, number(i), i % 16);
		require(run(page) == wanted(i), "code changed in place");
	}
	munmap(page, PAGE);
	passed("changed in place");
}

static void mapped_twice(void)
{
	int fd = memfd_create("code", MFD_CLOEXEC);
	uint8_t *writable;
	uint8_t *code;

	require(!ftruncate(fd, PAGE), "ftruncate");
	writable = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	code = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
	for (int i = 0; i < ROUNDS; i++) {
		emit(writable, number(i), i % 8);
		require(run(code) == wanted(i), "code mapped twice");
	}
	munmap(writable, PAGE);
	munmap(code, PAGE);
	close(fd);
	passed("mapped twice");
}

/* At the same address, other code of another length. */
static void mapped_again(void)
{
	uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < ROUNDS; i++) {
		munmap(page, PAGE);
		require(mmap(page, PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			     0) == page,
			"the same address");
		emit(page, number(i), i % 32);
		mprotect(page, PAGE, PROT_READ | PROT_EXEC);
		require(run(page) == wanted(i) && run(page) == wanted(i),
			"code mapped again");
	}
	munmap(page, PAGE);
	passed("mapped again");
}

/* Moved by mremap: the code runs where it is now. */
static void moved(void)
{
	uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	emit(page, SYS_getppid, 3);
	for (int i = 0; i < ROUNDS; i++) {
		uint8_t *other = mmap(NULL, PAGE, PROT_NONE,
				      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		require(run(page) == parent, "code before it moves");
		require(mremap(page, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
			       other) == other,
			"mremap");
		page = other;
		require(run(page) == parent, "code that moved");
	}
	passed("moved");
}

/* The last bytes of a page, with nothing behind it and nothing before. */
static void at_the_edges(void)
{
	uint8_t *pages = mmap(NULL, 3 * PAGE, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint8_t *page = pages + PAGE;

	mprotect(page, PAGE, PROT_READ | PROT_WRITE);
	emit(page, SYS_getppid, 0);
	emit(page + PAGE - 8, SYS_getpid, 0);
	mprotect(page, PAGE, PROT_READ | PROT_EXEC);
	for (int i = 0; i < 20; i++) {
		require(run(page) == parent, "the first bytes of a page");
		require(run(page + PAGE - 8) == own, "the last bytes");
	}
	munmap(pages, 3 * PAGE);
	passed("at the edges of a page");
}

int main(void)
{
	parent = getppid();
	own = getpid();
	flipped();
	in_place();
	mapped_twice();
	mapped_again();
	moved();
	at_the_edges();
	return 0;
}
