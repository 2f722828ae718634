/* SPDX-License-Identifier: Apache-2.0 */
/* Traced threads as processes with names and containers; see recorded.h. */
#include "cmd/recorded.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/capture.h"
#include "cmd/cmd.h"
#include "core/arena.h"
#include "core/cgroup_id.h"
#include "core/text.h"
#include "replay/fields/fields.h"

enum { SAID_MAX = 8, LINE_LEN = 4096 };

/* Opens /proc/TID/NAME; NULL: the thread has ended. */
static FILE *open_proc(pid_t tid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, name);
	return fopen(path, "re");
}

/* The process of a thread, and its name; tid if the thread has ended. */
static pid_t read_status(pid_t tid, char name[32])
{
	FILE *in = open_proc(tid, "status");
	char line[LINE_LEN];
	pid_t pid = tid;

	while (in && fgets(line, sizeof(line), in)) {
		if (!strncmp(line, "Name:\t", 6))
			snprintf(name, 32, "%.*s", (int)strcspn(line + 6, "\n"),
				 line + 6);
		if (!strncmp(line, "Tgid:\t", 6)) {
			pid = (pid_t)strtol(line + 6, NULL, 10);
			break;
		}
	}
	if (in)
		fclose(in);
	return pid;
}

/* Is the process traced by any of our threads? */
static bool is_traced_by_us(pid_t pid)
{
	FILE *in = open_proc(pid, "status");
	char line[LINE_LEN], path[64];
	long tracer = 0;

	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "TracerPid: %ld", &tracer) == 1)
			break;
	if (in)
		fclose(in);
	snprintf(path, sizeof(path), "/proc/self/task/%ld", tracer);
	return tracer > 0 && !access(path, F_OK);
}

unsigned recorded_count(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	unsigned count = 0;

	while (proc && (entry = readdir(proc))) {
		long pid = strtol(entry->d_name, NULL, 10);

		count += pid > 0 && is_traced_by_us((pid_t)pid);
	}
	if (proc)
		closedir(proc);
	return count;
}

/* Sets the container from the first cgroup ("0::/path") that has one. */
static void read_container(struct recorded_process *p)
{
	FILE *in = open_proc(p->pid, "cgroup");
	char line[LINE_LEN];
	struct cgroup_id id;

	while (in && fgets(line, sizeof(line), in)) {
		const char *path = strrchr(line, ':');

		line[strcspn(line, "\n")] = '\0';
		if (!path || !cgroup_id_of_path(path + 1, &id))
			continue;
		snprintf(p->container, sizeof(p->container), "%.79s", id.id);
		break;
	}
	if (in)
		fclose(in);
}

static void add_thread(struct recorded *r, pid_t tid)
{
	struct recorded_process p = { .threads = 1 };

	p.pid = read_status(tid, p.name);
	for (size_t i = 0; i < r->count; i++)
		if (r->items[i].pid == p.pid) {
			r->items[i].threads++;
			return;
		}
	read_container(&p);
	r->items = mem_grow(r->items, &r->capacity, r->count + 1, sizeof(p));
	r->items[r->count++] = p;
}

static int by_pid(const void *a, const void *b)
{
	const struct recorded_process *x = a, *y = b;

	return x->pid < y->pid ? -1 : x->pid > y->pid;
}

void recorded_look(struct recorded *r, const struct live *live)
{
	unsigned max = 0, count = 0;
	pid_t *tids = NULL;

	do {
		max = max ? 2 * max : 256;
		tids = mem_realloc(tids, max * sizeof(*tids));
		count = live_pids(live, tids, max);
	} while (count == max);
	for (unsigned i = 0; i < count; i++)
		add_thread(r, tids[i]);
	free(tids);
	if (r->count)
		qsort(r->items, r->count, sizeof(*r->items), by_pid);
}

static void say_process(const struct recorded_process *p, FILE *out)
{
	cmd_say(out, "spoor record: attached to %d (%s), %u thread%s%s%s",
		(int)p->pid, p->name, p->threads, p->threads == 1 ? "" : "s",
		*p->container ? ", container " : "", p->container);
}

void recorded_print(const struct recorded *r, FILE *out)
{
	size_t said = r->count > SAID_MAX + 1 ? SAID_MAX : r->count;

	for (size_t i = 0; i < said; i++)
		say_process(&r->items[i], out);
	if (said < r->count)
		fprintf(out, "spoor record: attached to %zu more processes\n",
			r->count - said);
	fprintf(out,
		"spoor record: Ctrl-C or kill %d ends the recording; "
		"%s\n",
		(int)getpid(),
		r->count == 1 ? "the process goes on" : "the processes go on");
}

static void put_text(struct buffer *out, const char *key, const char *text)
{
	buffer_printf(out, ",\"%s\":", key);
	text_put_json(out, text, strlen(text));
}

static void put_words(struct buffer *out, const char *key, char *const *words)
{
	buffer_printf(out, ",\"%s\":[", key);
	for (size_t i = 0; words[i]; i++) {
		if (i)
			buffer_u8(out, ',');
		text_put_json(out, words[i], strlen(words[i]));
	}
	buffer_u8(out, ']');
}

static void put_processes(struct buffer *out, const struct recorded *r)
{
	buffer_printf(out, ",\"processes\":[");
	for (size_t i = 0; i < r->count; i++) {
		const struct recorded_process *p = &r->items[i];

		buffer_printf(out, "%s{\"pid\":%d,\"threads\":%u", i ? "," : "",
			      (int)p->pid, p->threads);
		put_text(out, "name", p->name);
		put_text(out, "container", p->container);
		buffer_u8(out, '}');
	}
	buffer_u8(out, ']');
}

void recorded_json(const struct recorded *r,
		   const struct capture_options *options, const char *engine,
		   char *const *argv, struct buffer *out)
{
	buffer_printf(out, "{\"spoor\":\"%s\"", SPOOR_VERSION);
	put_text(out, "engine", engine);
	if (options->command)
		put_words(out, "command", options->command);
	else
		put_processes(out, r);
	if (options->container)
		put_text(out, "container", options->container);
	put_words(out, "arguments", argv);
	buffer_printf(out, "}");
	buffer_u8(out, '\0');
}

void recorded_free(struct recorded *r)
{
	free(r->items);
}
