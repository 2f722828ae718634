/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a process has code: /proc/PID/maps, asked for one mapping where the
 * kernel answers that (PROCMAP_QUERY, Linux 6.11), which spares it writing and
 * us reading all of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "capture/inject_site.h"

/* struct procmap_query and its flags: <linux/fs.h>, newer than Debian's. */
struct query {
	uint64_t size, flags, address;
	uint64_t from, to, mode, page_size, offset, inode;
	uint32_t major, minor;
	uint32_t name_size, build_id_size;
	uint64_t name, build_id;
};

enum { READS = 1, WRITES = 2, RUNS = 4, IS_SHARED = 8, OR_NEXT = 16 };

#define PROCMAP_QUERY _IOWR('f', 17, struct query)

/* 1: found, 0: there is none, -1: the kernel does not answer that. */
static int ask(int maps, uint64_t at, struct mapping *m)
{
	struct query q = { .size = sizeof(q),
			   .flags = OR_NEXT | RUNS,
			   .address = at };

	if (ioctl(maps, PROCMAP_QUERY, &q))
		return errno == ENOENT ? 0 : -1;
	m->from = q.from;
	m->to = q.to;
	m->file_at = q.offset;
	m->device = (uint64_t)q.major << 32 | q.minor;
	m->inode = q.inode;
	m->is_private_code = (q.mode & (READS | WRITES | RUNS | IS_SHARED)) ==
			     (READS | RUNS);
	return 1;
}

/* A line "from-to mode offset major:minor inode"; false: it has no code. */
static bool parse(char *line, struct mapping *m)
{
	enum { MODE_LEN = 4, RUN_AT = 2 };
	uint64_t major;
	char *mode;

	m->from = strtoull(line, &line, 16);
	m->to = strtoull(line + 1, &line, 16);
	mode = line + 1;
	if (strlen(mode) < MODE_LEN || mode[RUN_AT] != 'x')
		return false;
	m->file_at = strtoull(mode + MODE_LEN, &line, 16);
	major = strtoull(line, &line, 16);
	m->device = major << 32 | strtoull(line + 1, &line, 16);
	m->inode = strtoull(line, NULL, 10);
	m->is_private_code = !strncmp(mode, "r-xp", MODE_LEN);
	return true;
}

static bool search(FILE *maps, uint64_t at, struct mapping *m)
{
	char line[8192];

	while (fgets(line, sizeof(line), maps))
		if (parse(line, m) && m->to > at)
			return true;
	return false;
}

bool mapping_find(int maps, uint64_t at, struct mapping *ret_mapping)
{
	int found = ask(maps, at, ret_mapping);
	FILE *in;

	if (found >= 0)
		return found > 0;
	in = fdopen(dup(maps), "r");
	if (!in)
		return false;
	rewind(in);
	found = search(in, at, ret_mapping);
	fclose(in);
	return found > 0;
}
