/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address space belongs to the program: its map can be read, wrong
 * addresses give EFAULT at the exact byte, and little memory is enough.
 */
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "check.h"

enum { PAGE = 4096, FRAME = 4000 };

static char *two_pages(void)
{
	char *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	require(page != MAP_FAILED, "mmap");
	munmap(page + PAGE, PAGE);
	return page;
}

/* Arguments that end where memory ends, or lie where none is. */
static void edges(void)
{
	char *page = two_pages();
	char *end = page + PAGE;
	struct iovec parts[2] = { { end - 3, 3 }, { (void *)8, 5 } };
	int ends[2];
	int null = open("/dev/null", O_WRONLY);
	int zero = open("/dev/zero", O_RDONLY);

	require(!pipe(ends), "pipe");
	memset(page, 'a', PAGE);
	memcpy(end - 5, "/dev", 5);
	require(raw3(SYS_access, (long)end - 5, F_OK, 0) == 0,
		"a path at the end of memory");
	require(raw3(SYS_access, (long)end - 1, F_OK, 0) == -ENOENT,
		"an empty path at the end of memory");
	memset(page, 'a', PAGE);
	require(raw3(SYS_access, (long)end - 3, F_OK, 0) == -EFAULT,
		"a path past the end of memory");
	require(raw3(SYS_openat, AT_FDCWD, 0, 0) == -EFAULT, "no path");
	require(raw3(SYS_openat, AT_FDCWD, -1, 0) == -EFAULT, "a wild path");
	require(raw3(SYS_openat, AT_FDCWD, (long)0x800000000000, 0) == -EFAULT,
		"a path that is no address");
	shows("a write that memory cuts",
	      raw3(SYS_write, ends[1], (long)end - 10, 20));
	require(raw3(SYS_write, null, (long)end + 8, 4) == 4,
		"a device that does not look");
	require(raw3(SYS_read, zero, (long)end, 10) == -EFAULT,
		"a read to nowhere");
	shows("parts, the last one nowhere",
	      raw3(SYS_writev, ends[1], (long)parts, 2));
	require(raw3(SYS_writev, ends[1], (long)end, 2) == -EFAULT, "no parts");
	require(raw3(SYS_sendto, -1, 8, 8) == -EBADF, "a bad descriptor first");
	require(raw3(SYS_fstat, 0, 16, 0) == -EFAULT, "a result nowhere");
	munmap(page, PAGE);
	close(null);
	close(zero);
	close(ends[0]);
	close(ends[1]);
	passed("edges of memory");
}

static void long_paths(void)
{
	static char path[70000];

	for (size_t len = 4090; len < 4100; len++) {
		memset(path, '/', sizeof(path));
		memcpy(path + len - 3, "dev", 4);
		require(raw3(SYS_access, (long)path, F_OK, 0) ==
				(len < 4096 ? 0 : -ENAMETOOLONG),
			"a long path");
	}
	memset(path, 'b', sizeof(path));
	require(raw3(SYS_access, (long)path, F_OK, 0) == -ENAMETOOLONG,
		"a path without an end");
	passed("long paths");
}

/* Memory that another call or thread may not see is left as it was. */
static void untouched(void)
{
	char bytes[64];
	struct stat st;
	int zero = open("/dev/zero", O_RDONLY);

	memset(bytes, 7, sizeof(bytes));
	require(read(zero, bytes, 10) == 10, "read");
	for (int i = 10; i < 64; i++)
		require(bytes[i] == 7, "bytes behind what was read");
	memset(&st, 9, sizeof(st));
	require(raw3(SYS_stat, (long)"/does/not/exist", (long)&st, 0) ==
			-ENOENT,
		"stat");
	require(((char *)&st)[0] == 9, "no result where none is made");
	close(zero);
	passed("memory that no call touches");
}

static void map_reads(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long begin, end, last = 0;
	char line[512], mode[5];
	int texts = 0, stacks = 0;

	require(maps != NULL, "/proc/self/maps");
	while (fgets(line, sizeof(line), maps)) {
		require(sscanf(line, "%lx-%lx %4s", &begin, &end, mode) == 3,
			"a line of the map");
		require(begin < end && begin >= last, "the map is in order");
		last = end;
		if ((unsigned long)&map_reads - begin < end - begin) {
			texts++;
			require(mode[0] == 'r' && mode[2] == 'x',
				"the text is mapped as text");
			require(strstr(line, "memory") != NULL,
				"the text is of its file");
		}
		stacks += (unsigned long)&begin - begin < end - begin;
	}
	fclose(maps);
	require(texts == 1 && stacks == 1, "the text and the stack");
	passed("the map of memory");
}

/* Over a whole range where there is something, then all of it away. */
static void fixed_ranges(void)
{
	size_t len = (size_t)1 << 30;
	char *base = mmap(NULL, len, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	require(base != MAP_FAILED, "a gigabyte");
	for (int i = 0; i < 16; i++)
		require(mmap(base + (size_t)i * (len / 16), PAGE,
			     PROT_READ | PROT_EXEC,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			     0) != MAP_FAILED,
			"pages in it");
	require(mmap(base, len, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE,
		     -1, 0) == base,
		"a gigabyte over them");
	base[0] = base[len - 1] = 1;
	require(!munmap(base, len), "munmap");
	require(mmap(base, PAGE, PROT_READ,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		     0) == base,
		"its place is free");
	munmap(base, PAGE);
	require(getppid() > 0, "calls after that");
	passed("fixed ranges");
}

static int deep(int depth)
{
	volatile char frame[FRAME];

	frame[0] = (char)depth;
	if (!depth)
		return (int)raw3(SYS_getppid, 0, 0, 0) - getppid();
	return deep(depth - 1) + (frame[0] != (char)depth);
}

static int little_space(void)
{
	struct rlimit small = { 64 << 20, 64 << 20 };

	if (setrlimit(RLIMIT_AS, &small))
		return 1;
	if (mmap(NULL, 128 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		 0) != MAP_FAILED ||
	    errno != ENOMEM)
		return 2;
	for (int i = 0; i < 100; i++)
		if (raw3(SYS_getppid, 0, 0, 0) != getppid())
			return 3;
	return system("exit 3") == 3 << 8 ? 0 : 4;
}

static int no_files(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_FSIZE, &none);
	setrlimit(RLIMIT_MEMLOCK, &none);
	return system("exit 3") == 3 << 8 && !deep(10) ? 0 : 1;
}

static void limited(int (*work)(void), const char *what)
{
	int status = -1;
	pid_t child = fork();

	if (!child)
		_exit(work());
	waitpid(child, &status, 0);
	require(WIFEXITED(status) && WEXITSTATUS(status) == 0, what);
	passed(what);
}

int main(void)
{
	void *heap = sbrk(0);

	edges();
	long_paths();
	untouched();
	map_reads();
	fixed_ranges();
	require(deep(1500) == 0, "a stack of 6 MB");
	passed("a deep stack");
	require(sbrk(PAGE) >= heap && sbrk(0) != heap, "the heap grows");
	passed("the heap");
	limited(little_space, "64 MB of address space");
	limited(no_files, "no file may grow");
	return 0;
}
