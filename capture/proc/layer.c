/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Layers of overlay file systems: a file is of the upper layer if the upper
 * folder, which mountinfo names, has it.  Opens are frequent, so the mount of a
 * device is remembered for a second.
 */
#include "capture/proc/layer.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_LEN = 16384, MOUNTS_KEPT = 8, KEPT_SECONDS = 1 };

struct overlay {
	dev_t dev;
	time_t until; /* 0: free */
	bool is_overlay;
	char point[1024]; /* where it is mounted, without a last '/' */
	char upper[1024]; /* its upper folder; empty: unknown */
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return ts.tv_sec + 1;
}

/* Is path the folder `above', or below it? */
static bool is_below(const char *path, const char *above)
{
	size_t len = strlen(above);

	return !strncmp(path, above, len) && (!path[len] || path[len] == '/');
}

/* A mountinfo line of an overlay: its mount point and upper folder. */
static bool take_line(const char *line, struct overlay *o)
{
	const char *type = strstr(line, " - overlay ");
	const char *upper = type ? strstr(type, "upperdir=") : NULL;

	if (!type || sscanf(line, "%*d %*d %*s / %1023s", o->point) != 1)
		return false;
	if (!strcmp(o->point, "/"))
		o->point[0] = '\0';
	o->upper[0] = '\0';
	if (upper)
		sscanf(upper, "upperdir=%1023[^, \n]", o->upper);
	return true;
}

/* mountinfo leaves out the root folder of the thread, which links in /proc
 * have: puts it in front. */
static void put_root_before(pid_t tid, struct overlay *o)
{
	char link[64];
	char root[sizeof(o->point)];
	size_t len = strlen(o->point) + 1;
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/%d/root", (int)tid);
	n = readlink(link, root, sizeof(root));
	if (n <= 1 || (size_t)n + len > sizeof(o->point))
		return;
	memmove(o->point + n, o->point, len);
	memcpy(o->point, root, (size_t)n);
}

/* The overlay that path is in, as the thread sees its mounts. */
static void find_mount(pid_t tid, const char *path, struct overlay *o)
{
	static char line[LINE_MAX_LEN];
	struct overlay seen = *o;
	char name[64];
	FILE *in;

	snprintf(name, sizeof(name), "/proc/%d/mountinfo", (int)tid);
	in = fopen(name, "re");
	while (in && fgets(line, sizeof(line), in)) {
		if (!take_line(line, &seen))
			continue;
		put_root_before(tid, &seen);
		if (is_below(path, seen.point) &&
		    (!o->upper[0] || strlen(seen.point) >= strlen(o->point)))
			*o = seen;
	}
	if (in)
		fclose(in);
}

/* What is known of a device, remembered for a second; is_overlay tells whether
 * it is one. */
static struct overlay *overlay_of(pid_t tid, const char *name, const char *path,
				  dev_t dev)
{
	static struct overlay kept[MOUNTS_KEPT];
	static unsigned next;
	time_t t = now();
	struct overlay *o;
	struct statfs fs;
	char file[64];

	for (unsigned i = 0; i < MOUNTS_KEPT; i++)
		if (kept[i].dev == dev && kept[i].until > t)
			return &kept[i];
	o = &kept[next++ % MOUNTS_KEPT];
	*o = (struct overlay){ .dev = dev, .until = t + KEPT_SECONDS + 1 };
	snprintf(file, sizeof(file), "/proc/%d/%s", (int)tid, name);
	o->is_overlay =
		!statfs(file, &fs) && fs.f_type == OVERLAYFS_SUPER_MAGIC;
	if (o->is_overlay)
		find_mount(tid, path, o);
	return o;
}

enum layer overlay_layer(pid_t tid, const char *name, const struct stat *st)
{
	const struct overlay *o;
	struct stat found;
	char file[2048];
	char link[64];
	char path[1024];
	ssize_t n;

	/* Devices of overlays are anonymous ones. */
	if (major(st->st_dev) || !(S_ISREG(st->st_mode)))
		return LAYER_NONE;
	snprintf(link, sizeof(link), "/proc/%d/%s", (int)tid, name);
	n = readlink(link, path, sizeof(path) - 1);
	if (n <= 0 || path[0] != '/')
		return LAYER_NONE;
	path[n] = '\0';
	o = overlay_of(tid, name, path, st->st_dev);
	if (!o->is_overlay || !o->upper[0] || stat(o->upper, &found))
		return LAYER_NONE;
	snprintf(file, sizeof(file), "%s%s", o->upper,
		 path + (is_below(path, o->point) ? strlen(o->point) : 0));
	return lstat(file, &found) ? LAYER_LOWER : LAYER_UPPER;
}
