/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a process has code: /proc/PID/maps.  Where the kernel answers a
 * question for one mapping (PROCMAP_QUERY, Linux 6.11), that spares it writing
 * and us reading all of them.
 */
#include "capture/inject/inject_maps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

/* Where the name of a mapping is to be put. */
struct name {
	char *to; /* NULL: not wanted */
	size_t room;
};

/* Asks the kernel for the first mapping with code that ends behind `at'. 1:
 * found; 0: there is none; -1: this kernel cannot answer. */
static int ask(int maps, uint64_t at, struct mapping *m, struct name name)
{
	struct query q = { .size = sizeof(q),
			   .flags = OR_NEXT | RUNS,
			   .address = at,
			   .name = (uint64_t)(uintptr_t)name.to,
			   .name_size = (uint32_t)name.room };

	if (ioctl(maps, PROCMAP_QUERY, &q))
		return errno == ENOENT || errno == ENAMETOOLONG ? 0 : -1;
	if (name.to && !q.name_size)
		name.to[0] = '\0';
	m->from = q.from;
	m->to = q.to;
	m->file_at = q.offset;
	m->device = (uint64_t)q.major << 32 | q.minor;
	m->inode = q.inode;
	m->is_private_code = (q.mode & (READS | WRITES | RUNS | IS_SHARED)) ==
			     (READS | RUNS);
	return 1;
}

/* Takes the name from the rest of a line. */
static void put_name(const char *rest, struct name name)
{
	size_t len;

	if (!name.to)
		return;
	rest += strspn(rest, " ");
	len = strcspn(rest, "\n");
	if (len >= name.room)
		len = 0;
	memcpy(name.to, rest, len);
	name.to[len] = '\0';
}

/* "from-to mode offset major:minor inode name"; false: it has no code. */
static bool parse(char *line, struct mapping *m, struct name name)
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
	m->inode = strtoull(line, &line, 10);
	m->is_private_code = !strncmp(mode, "r-xp", MODE_LEN);
	put_name(line, name);
	return true;
}

static FILE *open_lines(int maps)
{
	FILE *in = fdopen(dup(maps), "r");

	if (in)
		rewind(in);
	return in;
}

/* The same, by reading the lines if the kernel cannot answer. */
static bool find(int maps, uint64_t at, struct mapping *m, struct name name)
{
	int answer = ask(maps, at, m, name);
	bool found = answer > 0;
	char line[8192];
	FILE *in;

	if (answer >= 0)
		return found;
	in = open_lines(maps);
	while (in && !found && fgets(line, sizeof(line), in))
		found = parse(line, m, name) && m->to > at;
	if (in)
		fclose(in);
	return found;
}

bool mapping_find(int maps, uint64_t at, struct mapping *ret_mapping)
{
	return find(maps, at, ret_mapping, (struct name){ NULL, 0 });
}

bool mapping_path(int maps, uint64_t at, char *ret_path, size_t room)
{
	struct mapping m;

	return find(maps, at, &m, (struct name){ ret_path, room }) &&
	       m.from <= at && ret_path[0] == '/';
}

bool mapping_is_named(int maps, const char *name)
{
	FILE *in = open_lines(maps);
	bool found = false;
	char line[8192];

	while (in && !found && fgets(line, sizeof(line), in))
		found = strstr(line, name) != NULL;
	if (in)
		fclose(in);
	return found;
}
