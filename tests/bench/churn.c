/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a capture of HOURS in which PROCESSES are born, run a program, open
 * and leave open a file and a socket, and end; every tenth is a container of
 * its own, with a name and a user.  What fills tables if anything stays
 * behind.
 *   churn FILE.scap.zst PROCESSES HOURS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/event_codes.h"
#include "core/event/ppm_constants.h"
#include "core/event/tables.h"
#include "core/file/file.h"

enum {
	PID_FIRST = 1000,
	PID_SPAN = 4000000,
	EVENTS_EACH = 5,
	CONTAINER_EACH = 10
};

struct churn {
	struct writer *writer;
	struct item item;
	uint8_t values[EVENT_PARAMS_MAX][64];
	uint64_t step_ns;
	uint64_t born;
	char cgroups[160];
	struct error err;
};

static void set_number(struct churn *c, const char *name, uint64_t value)
{
	const struct event_kind *kind = &event_kinds[c->item.event.code];

	for (unsigned i = 0; i < kind->nparams; i++) {
		if (strcmp(kind->params[i].name, name) != 0)
			continue;
		memcpy(c->values[i], &value, sizeof(value));
		c->item.event.params[i] = (struct bytes){
			c->values[i],
			param_type_len((enum param_type)kind->params[i].type)
		};
	}
}

/* Texts are borrowed: they must live until put(). */
static void set_text(struct churn *c, const char *name, const char *text)
{
	const struct event_kind *kind = &event_kinds[c->item.event.code];

	for (unsigned i = 0; i < kind->nparams; i++)
		if (!strcmp(kind->params[i].name, name))
			c->item.event.params[i] =
				(struct bytes){ (const uint8_t *)text,
						strlen(text) + 1 };
}

static void begin(struct churn *c, uint16_t code, int64_t tid)
{
	struct event *e = &c->item.event;
	uint64_t ts_ns = e->ts_ns + c->step_ns;

	memset(e, 0, sizeof(*e));
	c->item.kind = ITEM_EVENT;
	e->ts_ns = ts_ns;
	e->code = code;
	e->tid = tid;
	e->count = event_kinds[code].nparams;
}

static void put(struct churn *c)
{
	if (sink_put(writer_sink(c->writer), &c->item, &c->err)) {
		fprintf(stderr, "churn: %s\n", c->err.text);
		exit(1);
	}
}

static void begin_image(struct churn *c, uint16_t code, int64_t tid,
			const char *comm)
{
	begin(c, code, tid);
	set_number(c, "res", 0);
	set_text(c, "exe", comm);
	set_text(c, "comm", comm);
	set_text(c, "args", "-c");
	set_text(c, "cwd", "/");
	set_text(c, "env", "HOME=/root");
	set_text(c, "cgroups", c->cgroups);
	set_number(c, "tid", (uint64_t)tid);
	set_number(c, "pid", (uint64_t)tid);
	set_number(c, "vtid", (uint64_t)tid);
	set_number(c, "vpid", (uint64_t)tid);
	set_number(c, "ptid", 1);
}

/* What a recorder says of a new container. */
static void describe_container(struct churn *c, unsigned long long number)
{
	char json[256];

	snprintf(json, sizeof(json),
		 "{\"container\":{\"id\":\"%012llx\",\"type\":0,"
		 "\"name\":\"shop-%llu\",\"image\":\"shop:1\"}}",
		 number, number);
	begin(c, PPME_CONTAINER_JSON_2_E, -1);
	set_text(c, "json", json);
	put(c);
	snprintf(json, sizeof(json), "%012llx", number);
	begin(c, PPME_USER_ADDED_E, -1);
	set_number(c, "uid", 5);
	set_number(c, "gid", 5);
	set_text(c, "name", "shop");
	set_text(c, "home", "/");
	set_text(c, "shell", "/bin/sh");
	set_text(c, "container_id", json);
	put(c);
}

static void enter_cgroup(struct churn *c)
{
	unsigned long long number = ++c->born;

	snprintf(c->cgroups, sizeof(c->cgroups), "cpu=/");
	if (number % CONTAINER_EACH)
		return;
	snprintf(c->cgroups, sizeof(c->cgroups), "cpu=/docker/%012llx%052d",
		 number, 0);
	describe_container(c, number);
}

static void live_and_die(struct churn *c, int64_t tid)
{
	char path[64];

	enter_cgroup(c);
	begin_image(c, PPME_SYSCALL_CLONE_20_X, tid, "sh");
	put(c);
	begin_image(c, PPME_SYSCALL_EXECVE_19_X, tid, "worker");
	snprintf(path, sizeof(path), "/bin/worker-%lld", (long long)tid % 977);
	set_text(c, "trusted_exepath", path);
	put(c);
	begin(c, PPME_SYSCALL_OPENAT_2_X, tid);
	set_number(c, "fd", 3);
	set_number(c, "dirfd", (uint64_t)(int64_t)PPM_AT_FDCWD);
	set_text(c, "name", path);
	put(c);
	begin(c, PPME_SOCKET_SOCKET_X, tid);
	set_number(c, "fd", 4);
	set_number(c, "domain", PPM_AF_INET);
	set_number(c, "type", 1);
	put(c);
	begin(c, PPME_PROCEXIT_1_E, tid);
	put(c);
}

int main(int argc, char **argv)
{
	const struct writer_options options = { .force = true };
	static struct churn c;
	struct meta meta = { .kind = META_SECTION };
	uint64_t processes;

	if (argc != 4)
		return 1;
	processes = strtoull(argv[2], NULL, 10);
	c.step_ns = strtoull(argv[3], NULL, 10) * UINT64_C(3600000000000) /
		    (processes * EVENTS_EACH);
	if (writer_open(&c.writer, argv[1], &options, &c.err)) {
		fprintf(stderr, "churn: %s\n", c.err.text);
		return 1;
	}
	c.item = (struct item){ .kind = ITEM_META, .meta = &meta };
	put(&c);
	meta = (struct meta){ .kind = META_EVENTS };
	put(&c);
	c.item.event.ts_ns = UINT64_C(1700000000000000000);
	for (uint64_t i = 0; i < processes; i++)
		live_and_die(&c, PID_FIRST + (int64_t)(i % PID_SPAN));
	if (writer_sink(c.writer)->finish(writer_sink(c.writer), &c.err)) {
		fprintf(stderr, "churn: %s\n", c.err.text);
		return 1;
	}
	writer_close(c.writer);
	return 0;
}
