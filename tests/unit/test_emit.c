/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A state that was given to another as items goes on like the first: on
 * captures, cut at several places.
 */
#include <CUnit/CUnit.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "core/file/file.h"
#include "replay/state/container.h"
#include "replay/state/state.h"
#include "tests/unit/suites.h"

static int take(void *user, const struct item *item, struct error *err)
{
	struct state *state = user;
	struct event_context context;

	(void)err;
	if (item->kind == ITEM_META) {
		state_meta(state, item->meta);
		return 0;
	}
	state_apply(state, &item->event, &context);
	state_finish(state, &context);
	return 0;
}

static struct state *copy_of(const struct state *from)
{
	struct state *to = state_new();
	struct error err = { 0 };

	CU_ASSERT_EQUAL(state_emit(from, take, to, &err), 0);
	return to;
}

static bool same_text(struct text a, struct text b)
{
	return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

static bool same_fd(const struct fd *a, const struct fd *b)
{
	return a->num == b->num && a->type == b->type &&
	       a->l4proto == b->l4proto && a->role == b->role &&
	       a->flags == b->flags && a->openflags == b->openflags &&
	       a->dev == b->dev && a->ino == b->ino && a->pid == b->pid &&
	       a->sport == b->sport && a->dport == b->dport &&
	       !memcmp(a->sip, b->sip, 16) && !memcmp(a->dip, b->dip, 16) &&
	       a->unix_source == b->unix_source &&
	       a->unix_dest == b->unix_dest && same_text(a->name, b->name) &&
	       same_text(a->name_raw, b->name_raw);
}

static bool same_ids(const struct thread *a, const struct thread *b)
{
	return a->tid == b->tid && a->pid == b->pid && a->ptid == b->ptid &&
	       a->sid == b->sid && a->vpgid == b->vpgid && a->pgid == b->pgid &&
	       a->vtid == b->vtid && a->vpid == b->vpid && a->uid == b->uid &&
	       a->gid == b->gid && a->loginuid == b->loginuid &&
	       a->tty == b->tty && a->flags == b->flags &&
	       a->is_dead == b->is_dead && a->is_fake == b->is_fake &&
	       a->reaper_tid == b->reaper_tid &&
	       !strcmp(a->container_id, b->container_id);
}

static bool same_texts(const struct thread *a, const struct thread *b)
{
	return same_text(a->comm, b->comm) && same_text(a->exe, b->exe) &&
	       same_text(a->exepath, b->exepath) && same_text(a->cwd, b->cwd) &&
	       same_text(a->root, b->root) &&
	       same_text(a->cmdline, b->cmdline) &&
	       same_text(a->args.bytes, b->args.bytes) &&
	       a->args.count == b->args.count &&
	       same_text(a->env.bytes, b->env.bytes) &&
	       same_text(a->cgroups.bytes, b->cgroups.bytes);
}

static bool same_numbers(const struct thread *a, const struct thread *b)
{
	return a->fdlimit == b->fdlimit && a->vmsize_kb == b->vmsize_kb &&
	       a->vmrss_kb == b->vmrss_kb && a->vmswap_kb == b->vmswap_kb &&
	       a->pfmajor == b->pfmajor && a->pfminor == b->pfminor &&
	       a->cap_permitted == b->cap_permitted &&
	       a->cap_effective == b->cap_effective &&
	       a->cap_inheritable == b->cap_inheritable &&
	       a->exe_writable == b->exe_writable &&
	       a->exe_upper_layer == b->exe_upper_layer &&
	       a->exe_lower_layer == b->exe_lower_layer &&
	       a->exe_from_memfd == b->exe_from_memfd &&
	       a->exe_ino == b->exe_ino &&
	       a->exe_ino_ctime == b->exe_ino_ctime &&
	       a->exe_ino_mtime == b->exe_ino_mtime &&
	       a->exe_ino_ctime_duration_clone_ts ==
		       b->exe_ino_ctime_duration_clone_ts &&
	       a->exe_ino_ctime_duration_pidns_start ==
		       b->exe_ino_ctime_duration_pidns_start &&
	       a->pidns_init_start_ns == b->pidns_init_start_ns &&
	       a->clone_ns == b->clone_ns && a->lastexec_ns == b->lastexec_ns;
}

static bool same_fds(const struct state *sa, const struct thread *a,
		     const struct state *sb, const struct thread *b)
{
	const struct fd *fd;
	size_t at = 0;

	if (thread_fd_count(sa, a) != thread_fd_count(sb, b))
		return false;
	while ((fd = thread_fd_next(a, &at))) {
		const struct fd *other = state_fd(sb, b, fd->num);

		if (!other || !same_fd(fd, other))
			return false;
	}
	return true;
}

static bool same_thread(const struct state *sa, const struct thread *a,
			const struct state *sb)
{
	const struct thread *b = state_thread(sb, a->tid);
	struct thread_group_info ga = { 0 };
	struct thread_group_info gb = { 0 };

	if (!b || !same_ids(a, b) || !same_texts(a, b) || !same_numbers(a, b) ||
	    !same_fds(sa, a, sb, b))
		return false;
	state_group_info(sa, a->pid, &ga);
	state_group_info(sb, b->pid, &gb);
	return ga.alive == gb.alive && ga.in_table == gb.in_table &&
	       ga.is_reaper == gb.is_reaper &&
	       thread_child_count(sa, a) == thread_child_count(sb, b) &&
	       (a->container ? a->container->has_metadata : 0) ==
		       (b->container ? b->container->has_metadata : 0);
}

/* The tid of a thread that differs, or 0. */
static int64_t difference(const struct state *a, const struct state *b)
{
	const struct thread *t;
	size_t at = 0;
	size_t count = 0;

	while ((t = state_thread_next(a, &at))) {
		count++;
		if (!same_thread(a, t, b))
			return t->tid ? t->tid : -1;
	}
	at = 0;
	while (state_thread_next(b, &at))
		count--;
	return count ? -2 : 0;
}

/* Plays a capture; after `cut' events a copy plays on beside it. */
static int64_t play_cut(const char *path, uint64_t cut)
{
	struct reader *reader;
	struct error err = { 0 };
	struct item item;
	struct state *first = state_new();
	struct state *second = NULL;
	uint64_t n = 0;
	int64_t result;

	if (reader_open(&reader, path, NULL, &err)) {
		state_free(first);
		return -3;
	}
	while (source_next(reader_source(reader), &item, &err) == 1) {
		if (item.kind == ITEM_EVENT && n++ == cut)
			second = copy_of(first);
		take(first, &item, &err);
		if (second)
			take(second, &item, &err);
	}
	if (!second)
		second = copy_of(first);
	result = difference(first, second);
	state_free(first);
	state_free(second);
	reader_close(reader);
	return result;
}

/* All captures that a pattern names, with copies made at several places. */
static unsigned check_captures(const char *pattern)
{
	static const uint64_t cuts[] = { 0, 100, 1500, 100000000 };
	glob_t found = { 0 };
	unsigned count;

	glob(pattern, 0, NULL, &found);
	count = (unsigned)found.gl_pathc;
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t c = 0; c < sizeof(cuts) / sizeof(cuts[0]); c++) {
			int64_t tid = play_cut(found.gl_pathv[i], cuts[c]);

			if (tid)
				printf("%s, cut %d: thread %lld differs\n",
				       found.gl_pathv[i], (int)cuts[c],
				       (long long)tid);
			CU_ASSERT_EQUAL(tid, 0);
		}
	globfree(&found);
	return count;
}

static void test_a_copy_goes_on_like_the_original(void)
{
	CU_ASSERT(check_captures("tests/corpus/good/*.scap*") > 20);
}

static void test_so_does_one_of_captures_of_others(void)
{
	unsigned count =
		check_captures("../shared/captures/*.scap") +
		check_captures("../shared/vectors/captures/falco*.scap");

	if (!count)
		puts("SKIP emit: there are no ../shared/captures");
}

/* clang-format off */
#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }
/* clang-format on */

/* Does a new process of the container find its metadata? */
static bool knows_container(struct state *state)
{
	struct meta meta = { .kind = META_THREAD,
			     .thread = meta_thread_unknown() };
	const struct thread *t;

	meta.thread.tid = meta.thread.pid = 7;
	meta.thread.cgroups = (struct bytes)TEXT(
		"cpu=/docker/0123456789ab0123456789ab0123456789ab0123456789ab"
		"0123456789abcdef\0");
	state_meta(state, &meta);
	state_meta(state, &(struct meta){ .kind = META_EVENTS });
	t = state_thread(state, 7);
	return t && t->container && t->container->has_metadata &&
	       !strcmp(t->container->name, "web");
}

static void test_containers_and_their_users_go_along(void)
{
	static const char json[] =
		"{\"container\":{\"id\":\"0123456789ab\",\"type\":0,"
		"\"name\":\"web\",\"image\":\"nginx:1\",\"imagetag\":\"1\"}}";
	static const uint32_t uid = 33;
	struct event event = { .code = PPME_CONTAINER_JSON_2_E,
			       .tid = -1,
			       .count = 1 };
	struct item item = { .kind = ITEM_EVENT };
	struct state *first = state_new();
	struct state *second;
	const struct meta_user *user;

	event.params[0] = (struct bytes){ (const uint8_t *)json, sizeof(json) };
	item.event = event;
	take(first, &item, NULL);
	item.event = (struct event){ .code = PPME_USER_ADDED_E,
				     .tid = -1,
				     .count = 6,
				     .params = { { (const uint8_t *)&uid, 4 },
						 { (const uint8_t *)&uid, 4 },
						 TEXT("www\0"),
						 TEXT("/w\0"),
						 TEXT("/sh\0"),
						 TEXT("0123456789ab\0") } };
	take(first, &item, NULL);
	second = copy_of(first);
	user = state_user(second, "0123456789ab", 33);
	CU_ASSERT_PTR_NOT_NULL_FATAL(user);
	CU_ASSERT_EQUAL(user->name.len, 3);
	CU_ASSERT_PTR_NULL(state_user(second, "", 33));
	CU_ASSERT_TRUE(knows_container(second));
	item.event = (struct event){ .code = PPME_ASYNCEVENT_E,
				     .tid = -1,
				     .count = 3,
				     .params = { { (const uint8_t *)&uid, 4 },
						 TEXT("container_removed\0"),
						 { (const uint8_t *)json,
						   sizeof(json) } } };
	take(second, &item, NULL);
	CU_ASSERT_FALSE(knows_container(second));
	state_free(first);
	state_free(second);
}

/* clang-format off */
CU_TestInfo tests_emit[] = {
	{ "a copy goes on like the original",
	  test_a_copy_goes_on_like_the_original },
	{ "so does one of captures of others",
	  test_so_does_one_of_captures_of_others },
	{ "containers and their users go along",
	  test_containers_and_their_users_go_along },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
