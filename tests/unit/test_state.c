/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "core/cgroup_id.h"
#include "core/event/ppm_constants.h"
#include "replay/state/container.h"
#include "replay/state/state.h"
#include "tests/unit/suites.h"

/* Builds an event of numbers and texts, as the table of its code has them. */
struct maker {
	struct event event;
	int64_t numbers[EVENT_PARAMS_MAX];
};

static void begin(struct maker *m, uint16_t code, int64_t tid)
{
	static uint64_t ts = 1000000000000u;

	*m = (struct maker){
		.event = { .ts_ns = ts += 1000, .tid = tid, .code = code }
	};
	m->event.count = event_kinds[code].nparams;
}

static void number(struct maker *m, unsigned i, int64_t value)
{
	m->numbers[i] = value;
	m->event.params[i] = (struct bytes){
		(const uint8_t *)&m->numbers[i],
		param_type_len((enum param_type)event_kinds[m->event.code]
				       .params[i]
				       .type)
	};
}

static void text(struct maker *m, unsigned i, const char *value)
{
	m->event.params[i] =
		(struct bytes){ (const uint8_t *)value, strlen(value) + 1 };
}

static struct event_context play(struct state *state, struct maker *m)
{
	struct event_context context;

	state_apply(state, &m->event, &context);
	state_finish(state, &context);
	return context;
}

static void add_thread(struct state *state, int64_t tid, int64_t pid,
		       int64_t ptid)
{
	struct meta meta = { .kind = META_THREAD,
			     .thread = meta_thread_unknown() };

	meta.thread.tid = meta.thread.vtid = tid;
	meta.thread.pid = meta.thread.vpid = pid;
	meta.thread.ptid = ptid;
	meta.thread.comm = (struct bytes){ (const uint8_t *)"sh", 2 };
	meta.thread.cwd = (struct bytes){ (const uint8_t *)"/root/", 6 };
	state_meta(state, &meta);
}

static struct state *started(void)
{
	struct state *state = state_new();

	add_thread(state, 1, 1, 0);
	add_thread(state, 100, 100, 1);
	state_meta(state, &(struct meta){ .kind = META_EVENTS });
	return state;
}

static void clone_by(struct state *state, int64_t caller, int64_t child,
		     int64_t flags)
{
	struct maker m;

	begin(&m, PPME_SYSCALL_CLONE_20_X, caller);
	number(&m, 0, child);
	text(&m, 1, "/bin/sh");
	text(&m, 2, "-c");
	number(&m, 15, flags);
	text(&m, 13, "sh");
	play(state, &m);
}

static void exec_by(struct state *state, int64_t tid, const char *path)
{
	struct maker m;

	begin(&m, PPME_SYSCALL_EXECVE_19_X, tid);
	number(&m, 0, 0);
	text(&m, 1, path);
	text(&m, 2, "arg");
	number(&m, 4, tid);
	text(&m, 13, "ls");
	text(&m, 27, path);
	play(state, &m);
}

static void exit_of(struct state *state, int64_t tid)
{
	struct maker m;

	begin(&m, PPME_PROCEXIT_1_E, tid);
	number(&m, 0, 0);
	play(state, &m);
}

static void open_by(struct state *state, int64_t tid, int64_t fd,
		    const char *path, int64_t flags)
{
	struct maker m;

	begin(&m, PPME_SYSCALL_OPENAT_2_X, tid);
	number(&m, 0, fd);
	number(&m, 1, -100);
	text(&m, 2, path);
	number(&m, 3, flags);
	play(state, &m);
}

static void close_by(struct state *state, int64_t tid, int64_t fd)
{
	struct maker m;

	begin(&m, PPME_SYSCALL_CLOSE_X, tid);
	number(&m, 0, 0);
	number(&m, 1, fd);
	play(state, &m);
}

static const char *fd_name(struct state *state, int64_t tid, int64_t fd)
{
	const struct fd *f = state_fd(state, state_thread(state, tid), fd);

	return f ? f->name.data : "(none)";
}

static void test_a_child_has_its_own_copy_of_the_fds(void)
{
	struct state *state = started();

	open_by(state, 100, 3, "a", 1);
	open_by(state, 100, 4, "b", 1);
	clone_by(state, 100, 101, 0);
	close_by(state, 100, 3);
	open_by(state, 101, 4, "/c", 1);
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 3), "(none)");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 101, 3), "/root/a");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 4), "/root/b");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 101, 4), "/c");
	state_free(state);
}

static void test_threads_share_fds_and_directory(void)
{
	struct state *state = started();
	struct maker m;

	clone_by(state, 100, 105, PPM_CL_CLONE_THREAD);
	open_by(state, 105, 7, "x", 1);
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 7), "/root/x");
	begin(&m, PPME_SYSCALL_CHDIR_X, 105);
	number(&m, 0, 0);
	text(&m, 1, "../tmp");
	play(state, &m);
	CU_ASSERT_STRING_EQUAL(thread_cwd(state, state_thread(state, 100)).data,
			       "/tmp/");
	state_free(state);
}

static void test_exec_keeps_fds_but_those_closed_on_exec(void)
{
	struct state *state = started();

	open_by(state, 100, 3, "a", 1);
	open_by(state, 100, 4, "b", 1 | PPM_O_CLOEXEC);
	exec_by(state, 100, "/bin/ls");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 3), "/root/a");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 4), "(none)");
	CU_ASSERT_STRING_EQUAL(state_thread(state, 100)->exepath.data,
			       "/bin/ls");
	CU_ASSERT_STRING_EQUAL(state_thread(state, 100)->cmdline.data,
			       "ls arg");
	state_free(state);
}

static void test_close_is_seen_before_the_fd_goes(void)
{
	struct state *state = started();
	struct event_context context;
	struct maker m;

	open_by(state, 100, 3, "a", 1);
	begin(&m, PPME_SYSCALL_CLOSE_X, 100);
	number(&m, 0, 0);
	number(&m, 1, 3);
	state_apply(state, &m.event, &context);
	CU_ASSERT_PTR_NOT_NULL_FATAL(context.fd);
	CU_ASSERT_STRING_EQUAL(context.fd->name.data, "/root/a");
	state_finish(state, &context);
	CU_ASSERT_STRING_EQUAL(fd_name(state, 100, 3), "(none)");
	state_free(state);
}

static void test_a_failed_exec_changes_nothing(void)
{
	struct state *state = started();
	struct maker m;

	begin(&m, PPME_SYSCALL_EXECVE_19_X, 100);
	number(&m, 0, -2);
	text(&m, 13, "evil");
	CU_ASSERT_EQUAL(play(state, &m).errorcode, 2);
	CU_ASSERT_STRING_EQUAL(state_thread(state, 100)->comm.data, "sh");
	state_free(state);
}

static void test_an_unknown_thread_gets_a_fake_entry(void)
{
	struct state *state = started();
	const struct thread *t;

	open_by(state, 777, 5, "/etc/passwd", 1);
	t = state_thread(state, 777);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(t->is_fake);
	CU_ASSERT_STRING_EQUAL(t->comm.data, "<NA>");
	CU_ASSERT_STRING_EQUAL(fd_name(state, 777, 5), "/etc/passwd");
	state_free(state);
}

static void test_orphans_go_to_init(void)
{
	struct state *state = started();

	clone_by(state, 100, 101, 0);
	clone_by(state, 101, 102, 0);
	exit_of(state, 101);
	CU_ASSERT_PTR_NULL(state_thread(state, 101));
	CU_ASSERT_PTR_NOT_NULL_FATAL(state_thread(state, 102));
	CU_ASSERT_EQUAL(state_thread(state, 102)->ptid, 1);
	state_free(state);
}

static void test_a_caller_does_not_revive_a_child_that_just_ended(void)
{
	struct state *state = started();
	struct maker m;

	begin(&m, PPME_SYSCALL_CLONE_20_X, 300);
	number(&m, 0, 0);
	number(&m, 4, 300);
	number(&m, 5, 100);
	play(state, &m);
	CU_ASSERT_PTR_NOT_NULL(state_thread(state, 300));
	exit_of(state, 300);
	clone_by(state, 100, 300, 0);
	CU_ASSERT_PTR_NULL(state_thread(state, 300));
	state_free(state);
}

static void churn(struct state *state, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		int64_t tid = 1000 + i % 30000;

		clone_by(state, 100, tid, 0);
		open_by(state, tid, 5, "/some/file/of/it", 1);
		exec_by(state, tid, "/usr/bin/thing");
		clone_by(state, tid, tid + 40000, PPM_CL_CLONE_THREAD);
		exit_of(state, tid + 40000);
		exit_of(state, tid);
	}
}

/* Processes come and go; what they held is given back. */
static void test_memory_does_not_grow_with_the_capture(void)
{
	struct state *state = started();
	size_t before;
	size_t after;
	size_t at = 0;
	int left = 0;

	churn(state, 40000);
	before = mallinfo2().uordblks;
	churn(state, 120000);
	after = mallinfo2().uordblks;
	CU_ASSERT_TRUE(after <= before + 65536);
	while (state_thread_next(state, &at))
		left++;
	CU_ASSERT_EQUAL(left, 2);
	state_free(state);
}

static void test_the_thread_table_is_bounded(void)
{
	struct state *state = started();
	size_t at = 0;
	int count = 0;

	for (int i = 0; i < 300000; i++)
		clone_by(state, 100, 1000 + i, 0);
	while (state_thread_next(state, &at))
		count++;
	CU_ASSERT_EQUAL(count, 262144);
	state_free(state);
}

static void test_the_fd_table_is_bounded(void)
{
	struct state *state = started();

	for (int i = 0; i < 6000; i++)
		open_by(state, 100, i, "/f", 1);
	CU_ASSERT_EQUAL(thread_fd_count(state, state_thread(state, 100)), 4096);
	state_free(state);
}

static void join(const char *dir, const char *path, const char *want)
{
	char out[2048];

	path_join(out, sizeof(out),
		  (struct bytes){ (const uint8_t *)dir, strlen(dir) },
		  (struct bytes){ (const uint8_t *)path, strlen(path) });
	CU_ASSERT_STRING_EQUAL(out, want);
}

static void test_paths_join(void)
{
	char path[1024];

	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	join("/a/b/", "../c//./d/", "/a/c/d");
	join("/", "../../x", "/x");
	join("", "foo/../a", "a");
	join("<UNKNOWN>", "file", "<UNKNOWN>file");
	join("/x/", "", "");
	join("/", path, "/DIR_TOO_LONG/FILENAME_TOO_LONG");
}

static void id_of(const char *path, const char *id, const char *full)
{
	struct cgroup_id found = { 0 };

	CU_ASSERT_EQUAL(cgroup_id_of_path(path, &found), id != NULL);
	if (!id)
		return;
	CU_ASSERT_STRING_EQUAL(found.id, id);
	CU_ASSERT_STRING_EQUAL(found.full, full);
}

static void test_ids_in_cgroups(void)
{
	static const char task[] = "0123456789abcdef0123456789abcdef";
	char path[256], id[64];

	snprintf(id, sizeof(id), "%s-265927825", task);
	snprintf(path, sizeof(path), "/ecs/%s/%s", task, id);
	id_of(path, id, id);
	snprintf(path, sizeof(path), "/ecs/%s/%s%s", task, task, task);
	snprintf(id, sizeof(id), "%.12s", task);
	id_of(path, id, path + 5 + 32 + 1);
	id_of("/ecs/x/y-1.service", NULL, NULL);
	id_of("/default/redis", "redis", "redis");
	id_of("/user/joe/0", NULL, NULL);
	id_of("/user/1000.user/c2.session", NULL, NULL);
	id_of("/user/joe", NULL, NULL);
	id_of("/system/getty@.service/tty1", NULL, NULL);
	id_of("/default/a/b", NULL, NULL);
}

/* The container number i, with a name: by its own event. */
static const struct container *tell_of(struct containers *all, unsigned i)
{
	char json[128];
	int len = snprintf(json, sizeof(json),
			   "{\"container\":{\"id\":\"c%u\",\"name\":\"n%u\"}}",
			   i, i);

	return containers_add_json(
		all, (struct bytes){ (const uint8_t *)json, (size_t)len });
}

static void test_unused_containers_go(void)
{
	struct containers *all = containers_new();
	const struct container *used = tell_of(all, 0);
	size_t at = 0, count = 0;

	container_use(used, 1);
	for (unsigned i = 1; i <= 20000; i++)
		tell_of(all, i);
	while (containers_next(all, &at))
		count++;
	CU_ASSERT_TRUE(count < 5000);
	CU_ASSERT_PTR_EQUAL(containers_find(all, "c0"), used);
	CU_ASSERT_STRING_EQUAL(used->name, "n0");
	CU_ASSERT_PTR_NOT_NULL(containers_find(all, "c19500"));
	CU_ASSERT_PTR_NULL(containers_find(all, "c1"));
	container_use(used, -1);
	containers_free(all);
}

/* clang-format off */
CU_TestInfo tests_state[] = {
	{ "a child has its own copy of the fds",
	  test_a_child_has_its_own_copy_of_the_fds },
	{ "threads share fds and directory",
	  test_threads_share_fds_and_directory },
	{ "exec closes what is marked",
	  test_exec_keeps_fds_but_those_closed_on_exec },
	{ "close is seen before the fd goes",
	  test_close_is_seen_before_the_fd_goes },
	{ "a failed exec changes nothing",
	  test_a_failed_exec_changes_nothing },
	{ "an unknown thread gets a fake entry",
	  test_an_unknown_thread_gets_a_fake_entry },
	{ "orphans go to init", test_orphans_go_to_init },
	{ "a caller does not revive a child",
	  test_a_caller_does_not_revive_a_child_that_just_ended },
	{ "memory does not grow with the capture",
	  test_memory_does_not_grow_with_the_capture },
	{ "the thread table is bounded", test_the_thread_table_is_bounded },
	{ "the fd table is bounded", test_the_fd_table_is_bounded },
	{ "paths join", test_paths_join },
	{ "ids in cgroups", test_ids_in_cgroups },
	{ "unused containers go", test_unused_containers_go },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
