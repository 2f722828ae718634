/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hostile program: finds the memory in which its calls are recorded and
 * writes to all of it that is writable.  Another process is well-behaved,
 * before and after.  For tests/suite-inject.sh; without that memory there is
 * nothing to attack.  scribble none|zero|ones|random|heads|sequence|code|cut:
 * what to write.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	CONTEXT = 0x99800 + 1024, /* as in capture/stub/stub.h: slot 1 */
	BODIES = 0x119000,
	RING = 26 * 1024,
	BODY = 284 * 1024,
	DATA = 192,
	HEAD = 64,
	CHANGING = 184 /* a pointer that the code reads at close(2) */
};

static uint64_t base;
static char slots[64]; /* the mapping that can be written, to be opened */

/* The mapping of the arena that can be written to and has the slots. */
static int find(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long from;
	unsigned long to;
	unsigned long offset;
	char line[512];
	char mode[8];

	while (maps && fgets(line, sizeof(line), maps))
		if (strstr(line, "memfd:spoor") &&
		    sscanf(line, "%lx-%lx %7s %lx", &from, &to, mode,
			   &offset) == 4) {
			base = from - offset;
			snprintf(slots, sizeof(slots),
				 "/proc/self/map_files/%lx-%lx", from, to);
		}
	if (maps)
		fclose(maps);
	return base != 0;
}

/* With the right to (CAP_SYS_ADMIN): cuts the memory itself. */
static void cut(void)
{
	int fd = open(slots, O_RDWR);

	if (fd >= 0 && !ftruncate(fd, CONTEXT))
		exit(1);
	close(fd);
}

/* Words of the context that look like a count of calls. */
static void change_counts(uint8_t *context)
{
	for (int at = 200; at < 1024 - 8; at += 8) {
		uint64_t *word = (uint64_t *)(void *)(context + at);

		if (*word > 5 && *word < 100000)
			*word += 1000;
	}
}

static void scribble(const char *how)
{
	uint8_t *context = (uint8_t *)(base + CONTEXT);
	uint8_t *ring = (uint8_t *)(base + BODIES + BODY + RING);

	if (!strcmp(how, "none"))
		return;
	if (!strcmp(how, "cut"))
		cut();
	else if (!strcmp(how, "heads"))
		*(uint64_t *)(void *)(ring + HEAD) += 12345;
	else if (!strcmp(how, "sequence"))
		change_counts(context);
	else if (!strcmp(how, "code"))
		*(uint64_t *)(void *)(context + CHANGING) = 8;
	else
		for (int at = DATA; at < 256 * 1024; at++)
			ring[at] = !strcmp(how, "zero")	  ? 0
				   : !strcmp(how, "ones") ? 0xff
							  : (uint8_t)rand();
}

static void be_honest(void)
{
	pid_t child = fork();

	if (!child) {
		for (int i = 0; i < 1000; i++)
			syscall(SYS_getppid);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
	be_honest();
	if (argc < 2 || !find())
		return 3;
	for (int i = 0; i < 200; i++) {
		scribble(argv[1]);
		syscall(SYS_getppid);
		syscall(SYS_getpgid, 0);
		close(-1);
		if (i % 50 == 0)
			usleep(3000);
	}
	be_honest();
	return 0;
}
