/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/proc/snapshot.h"
#include "core/map.h"
#include "tests/unit/suites.h"

/* What was told, and a process that begins once all are listed. */
struct told {
	struct map processes;
	pid_t born;
	int fds, strangers;
};

static int take(void *user, const struct meta *meta, struct error *err)
{
	struct told *told = user;

	(void)err;
	if (meta->kind == META_THREAD) {
		map_put(&told->processes, (uint64_t)meta->thread.tid, told);
		if (!told->born)
			told->born = fork();
		while (!told->born)
			pause();
	}
	if (meta->kind == META_FD) {
		told->fds++;
		told->strangers +=
			!map_get(&told->processes, (uint64_t)meta->fd.tid);
	}
	return 0;
}

static void test_no_fds_of_processes_that_were_not_told(void)
{
	struct told told = { 0 };
	struct error err;

	CU_ASSERT_EQUAL(snapshot_take(take, &told, &err), 0);
	CU_ASSERT(told.fds > 0);
	CU_ASSERT_EQUAL(told.strangers, 0);
	CU_ASSERT(told.born > 0);
	kill(told.born, SIGKILL);
	waitpid(told.born, NULL, 0);
	map_free(&told.processes);
}

/* clang-format off */
CU_TestInfo tests_snapshot[] = {
	{ "no fds of processes that were not told",
	  test_no_fds_of_processes_that_were_not_told },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
