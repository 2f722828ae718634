/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Removes all memory that is not its own, like programs that need the
 * addresses, and continues: unmaps|covers|moves|threads.  Natively there is
 * none, so that its calls differ.
 * Depends on time: all
 */
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>

#include "check.h"

enum { FOUND_MAX = 16 };

static struct {
	unsigned long from, to;
} found[FOUND_MAX];
static int count;

static void look(void)
{
	FILE *in = fopen("/proc/self/maps", "re");
	char line[512];

	while (in && count < FOUND_MAX && fgets(line, sizeof(line), in))
		if (strstr(line, "memfd:spoor") &&
		    sscanf(line, "%lx-%lx", &found[count].from,
			   &found[count].to) == 2)
			count++;
	if (in)
		fclose(in);
}

static int takes(const char *how, unsigned long from, size_t len)
{
	void *at = (void *)from;

	if (!strcmp(how, "covers"))
		return mmap(at, len, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			    0) == at;
	if (!strcmp(how, "moves"))
		return mremap(at, len, len, MREMAP_MAYMOVE | MREMAP_FIXED,
			      mmap(NULL, len, PROT_NONE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) !=
		       MAP_FAILED;
	return !munmap(at, len);
}

static void *calls(void *is_done)
{
	while (!*(volatile int *)is_done)
		require(raw3(SYS_close, -1, 0, 0) == -EBADF, "close");
	return NULL;
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "unmaps";
	int has_threads = !strcmp(how, "threads");
	volatile int is_done = 0;
	pthread_t thread;
	int taken = 0;

	look();
	if (has_threads)
		pthread_create(&thread, NULL, calls, (void *)&is_done);
	for (int i = 0; i < count; i++)
		taken += takes(how, found[i].from, found[i].to - found[i].from);
	prefer(taken == count, "memory that it may not unmap");
	for (int i = 0; i < 100; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(), "getppid");
	is_done = 1;
	if (has_threads)
		pthread_join(thread, NULL);
	passed("works on");
	return 0;
}
