/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of what captures know of the machine before the first event. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "core/file/file.h"
#include "tests/vectors/suites.h"

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* Is it the number, if one is given? */
static bool same_number(const json_t *want, const char *key, uint64_t got)
{
	return !json_object_get(want, key) ||
	       (uint64_t)number(want, key) == got;
}

static bool same_text(const json_t *want, const char *key, struct bytes got)
{
	const json_t *text = json_object_get(want, key);

	return !text ||
	       (json_string_length(text) == got.len &&
		!memcmp(json_string_value(text),
			got.data ? got.data : (const uint8_t *)"", got.len));
}

static bool same_address(const json_t *want, const char *key,
			 const uint8_t *addr, bool is_ipv6)
{
	const char *wanted = json_string_value(json_object_get(want, key));
	char text[INET6_ADDRSTRLEN];

	inet_ntop(is_ipv6 ? AF_INET6 : AF_INET, addr, text, sizeof(text));
	return !wanted || !strcmp(wanted, text);
}

/* Calls fn for each piece of meta data. */
typedef void meta_fn(void *user, const struct meta *meta);

static int each_meta(struct vector_run *run, const json_t *vector, meta_fn *fn,
		     void *user)
{
	const char *name = json_string_value(
		json_object_get(json_object_get(vector, "input"), "capture"));
	static struct item item;
	struct reader *reader;
	struct error err = { 0 };
	int code;

	if (reader_open(&reader, vector_path(run, name), NULL, &err)) {
		vector_fail(run, "%s", err.text);
		return -1;
	}
	while ((code = source_next(reader_source(reader), &item, &err)) > 0)
		if (item.kind == ITEM_META)
			fn(user, item.meta);
	reader_close(reader);
	if (code < 0)
		vector_fail(run, "%s", err.text);
	return code;
}

/* What the callbacks below compare with, and what they found. */
struct comparison {
	const json_t *want;
	int64_t seen, matched;
	int64_t sum_tids, main_threads;
	int64_t groups, groups_matched;
	int64_t by_type[256];
	int64_t last_tid, tables;
};

static void see_machine(void *user, const struct meta *meta)
{
	struct comparison *c = user;
	const struct meta_machine *m = &meta->machine;

	if (meta->kind != META_MACHINE || c->seen++)
		return;
	c->matched += same_number(c->want, "num_cpus", m->cpu_count) &&
		      same_number(c->want, "memory", m->memory_len) &&
		      same_number(c->want, "max_pid", m->max_pid) &&
		      same_number(c->want, "boot_ts", m->boot_ns) &&
		      same_number(c->want, "flags", m->flags) &&
		      same_text(c->want, "hostname", m->hostname);
}

enum verdict suite_capture_machine(struct vector_run *run, const json_t *vector)
{
	struct comparison c = { .want = json_object_get(vector, "expected") };

	if (each_meta(run, vector, see_machine, &c))
		return VECTOR_FAIL;
	return c.matched == 1 ? VECTOR_PASS : vector_fail(run, "differs");
}

static void see_interface(void *user, const struct meta *meta)
{
	struct comparison *c = user;
	const struct meta_interface *m = &meta->interface;
	const json_t *want;

	if (meta->kind != META_INTERFACE)
		return;
	want = json_array_get(c->want, (size_t)c->seen++);
	c->matched += want && same_text(want, "name", m->name) &&
		      (number(want, "type") & 1) == !m->is_ipv6 &&
		      same_address(want, "addr", m->addr, m->is_ipv6) &&
		      same_address(want, "netmask", m->netmask, m->is_ipv6);
}

enum verdict suite_capture_interfaces(struct vector_run *run,
				      const json_t *vector)
{
	struct comparison c = { .want = json_object_get(vector, "expected") };

	if (each_meta(run, vector, see_interface, &c))
		return VECTOR_FAIL;
	if (c.seen == (int64_t)json_array_size(c.want) && c.matched == c.seen)
		return VECTOR_PASS;
	return vector_fail(run, "%lld interfaces, %lld as wanted",
			   (long long)c.seen, (long long)c.matched);
}

static bool is_user(const json_t *want, const struct meta_user *user)
{
	return same_number(want, "uid", user->uid) &&
	       same_number(want, "gid", user->gid) &&
	       same_text(want, "name", user->name) &&
	       same_text(want, "home", user->home) &&
	       same_text(want, "shell", user->shell);
}

static void see_user(void *user, const struct meta *meta)
{
	struct comparison *c = user;
	const json_t *want;
	size_t i;

	if (meta->kind == META_USER) {
		c->seen++;
		json_array_foreach(json_object_get(c->want, "users"), i, want)
			c->matched += is_user(want, &meta->user);
	} else if (meta->kind == META_GROUP) {
		c->groups++;
		json_array_foreach(json_object_get(c->want, "groups"), i, want)
			c->groups_matched +=
			same_number(want, "gid", meta->group.gid) &&
			same_text(want, "name", meta->group.name);
	}
}

enum verdict suite_capture_users(struct vector_run *run, const json_t *vector)
{
	const json_t *want = json_object_get(vector, "expected");
	struct comparison c = { .want = want };

	if (each_meta(run, vector, see_user, &c))
		return VECTOR_FAIL;
	if (c.seen == number(want, "num_users") &&
	    c.groups == number(want, "num_groups") &&
	    c.matched ==
		    (int64_t)json_array_size(json_object_get(want, "users")) &&
	    c.groups_matched ==
		    (int64_t)json_array_size(json_object_get(want, "groups")))
		return VECTOR_PASS;
	return vector_fail(run, "%lld users, %lld as wanted, %lld groups, %lld",
			   (long long)c.seen, (long long)c.matched,
			   (long long)c.groups, (long long)c.groups_matched);
}

/* Items of a list that are not empty. */
static uint64_t count_items(struct bytes list)
{
	uint64_t count = 0;

	for (size_t i = 0; i < list.len; i++)
		count += !list.data[i] && i && list.data[i - 1];
	return count;
}

/* A list of texts, each ended by a NUL; empty ones at its end do not count. */
static bool same_list(const json_t *want, struct bytes list)
{
	const char *at = (const char *)list.data;
	const char *end = at + list.len;
	const json_t *item;
	size_t i;

	if (!want)
		return true;
	json_array_foreach(want, i, item)
	{
		size_t len = json_string_length(item);

		if ((size_t)(end - at) < len ||
		    memcmp(at, json_string_value(item), len))
			return false;
		at += len + (at + len < end);
	}
	while (at < end && !*at)
		at++;
	return at == end;
}

static bool is_thread(const json_t *w, const struct meta_thread *t)
{
	return same_number(w, "tid", (uint64_t)t->tid) &&
	       same_number(w, "pid", (uint64_t)t->pid) &&
	       same_number(w, "ptid", (uint64_t)t->ptid) &&
	       same_number(w, "sid", (uint64_t)t->sid) &&
	       same_number(w, "vpgid", (uint64_t)t->vpgid) &&
	       same_number(w, "pgid", (uint64_t)t->pgid) &&
	       same_number(w, "vtid", (uint64_t)t->vtid) &&
	       same_number(w, "vpid", (uint64_t)t->vpid) &&
	       same_number(w, "fdlimit", (uint64_t)t->fdlimit) &&
	       same_number(w, "flags", t->flags) &&
	       same_number(w, "uid", t->uid) && same_number(w, "gid", t->gid) &&
	       same_number(w, "loginuid", t->loginuid) &&
	       same_number(w, "vmsize", t->vmsize_kb) &&
	       same_number(w, "vmrss", t->vmrss_kb) &&
	       same_number(w, "vmswap", t->vmswap_kb) &&
	       same_number(w, "pfmaj", t->pfmajor) &&
	       same_number(w, "pfmin", t->pfminor) &&
	       same_number(w, "tty", t->tty) &&
	       same_number(w, "env_count", count_items(t->env)) &&
	       same_text(w, "comm", t->comm) && same_text(w, "exe", t->exe) &&
	       same_text(w, "exepath", t->exepath) &&
	       same_text(w, "cwd", t->cwd) && same_text(w, "root", t->root) &&
	       same_list(json_object_get(w, "args"), t->args) &&
	       same_list(json_object_get(w, "cgroups"), t->cgroups);
}

static void see_thread(void *user, const struct meta *meta)
{
	struct comparison *c = user;
	const json_t *want;
	size_t i;

	if (meta->kind != META_THREAD)
		return;
	c->seen++;
	c->sum_tids += meta->thread.tid;
	c->main_threads += meta->thread.tid == meta->thread.pid;
	json_array_foreach(json_object_get(c->want, "threads"), i, want)
		c->matched += is_thread(want, &meta->thread);
}

enum verdict suite_capture_threads(struct vector_run *run, const json_t *vector)
{
	const json_t *want = json_object_get(vector, "expected");
	struct comparison c = { .want = want };

	if (each_meta(run, vector, see_thread, &c))
		return VECTOR_FAIL;
	if (c.seen == number(want, "num_threads") &&
	    c.main_threads == number(want, "num_main_threads") &&
	    c.sum_tids == number(want, "sum_tids") &&
	    c.matched ==
		    (int64_t)json_array_size(json_object_get(want, "threads")))
		return VECTOR_PASS;
	return vector_fail(run,
			   "%lld threads, %lld main, sum %lld, %lld as wanted",
			   (long long)c.seen, (long long)c.main_threads,
			   (long long)c.sum_tids, (long long)c.matched);
}

static bool is_fd(const json_t *w, const struct meta_fd *f)
{
	bool is_ipv6 = f->type == SCAP_FD_IPV6_SOCK ||
		       f->type == SCAP_FD_IPV6_SERVSOCK;

	return same_number(w, "tid", (uint64_t)f->tid) &&
	       same_number(w, "fd", (uint64_t)f->fd) &&
	       same_number(w, "type", f->type) &&
	       same_number(w, "ino", f->ino) &&
	       same_number(w, "flags", f->open_flags) &&
	       same_number(w, "dev", f->dev) &&
	       same_number(w, "src", f->unix_source) &&
	       same_number(w, "dst", f->unix_dest) &&
	       same_number(w, "sport", f->sport) &&
	       same_number(w, "dport", f->dport) &&
	       same_number(w, "l4", f->l4proto) &&
	       same_text(w, "name", f->name) &&
	       same_address(w, "sip", f->sip, is_ipv6) &&
	       same_address(w, "dip", f->dip, is_ipv6);
}

static void see_fd(void *user, const struct meta *meta)
{
	struct comparison *c = user;
	const json_t *want;
	size_t i;

	if (meta->kind != META_FD)
		return;
	c->tables += !c->seen++ || c->last_tid != meta->fd.tid;
	c->last_tid = meta->fd.tid;
	c->by_type[meta->fd.type]++;
	json_array_foreach(json_object_get(c->want, "first_of_each_type"), i,
			   want) c->matched += is_fd(want, &meta->fd);
}

enum verdict suite_capture_fds(struct vector_run *run, const json_t *vector)
{
	const json_t *want = json_object_get(vector, "expected");
	struct comparison c = { .want = want };
	const json_t *count;
	const char *type;

	if (each_meta(run, vector, see_fd, &c))
		return VECTOR_FAIL;
	json_object_foreach(json_object_get(want, "count_by_type"), type, count)
	{
		long long got = c.by_type[atoi(type) & 255];

		if (got != json_integer_value(count))
			return vector_fail(run, "%lld of type %s", got, type);
	}
	if (c.seen == number(want, "num_fds") &&
	    c.tables == number(want, "fdlist_blocks_with_entries") &&
	    c.matched == (int64_t)json_array_size(
				 json_object_get(want, "first_of_each_type")))
		return VECTOR_PASS;
	return vector_fail(run, "%lld fds in %lld tables, %lld as wanted",
			   (long long)c.seen, (long long)c.tables,
			   (long long)c.matched);
}
