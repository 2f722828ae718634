/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of, and done to, a stopped process. */
#include <CUnit/CUnit.h>
#include <linux/kcmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/inject/remote.h"
#include "tests/unit/suites.h"

static volatile int written = 7;

/* A child that has stopped itself, and is traced; 0: it cannot be. */
static pid_t stopped_child(void)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		_exit(written);
	}
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    !WIFSTOPPED(status))
		return 0;
	return child;
}

/* Lets it end; its exit code. */
static int end(pid_t child)
{
	int status = 0;

	ptrace(PTRACE_DETACH, child, NULL, NULL);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_reads_and_writes_memory(void)
{
	uint64_t at = (uint64_t)(uintptr_t)&written;
	pid_t child = stopped_child();
	int got = 0;

	CU_ASSERT_FATAL(child > 0);
	CU_ASSERT_TRUE(remote_read(child, at, &got, sizeof(got)));
	CU_ASSERT_EQUAL(got, 7);
	got = 42;
	CU_ASSERT_TRUE(remote_write(child, at, &got, sizeof(got)));
	CU_ASSERT_FALSE(remote_read(child, 8, &got, sizeof(got)));
	CU_ASSERT_FALSE(remote_write(child, 8, &got, sizeof(got)));
	CU_ASSERT_EQUAL(end(child), 42);
	CU_ASSERT_EQUAL(written, 7);
	CU_ASSERT_FALSE(remote_read(child, at, &got, sizeof(got)));
}

static void test_writes_where_the_process_may_not(void)
{
	uint64_t at = (uint64_t)(uintptr_t)&stopped_child;
	pid_t child = stopped_child();
	uint8_t trap = 0xcc;
	uint8_t got = 0;

	CU_ASSERT_FATAL(child > 0);
	CU_ASSERT_TRUE(remote_write(child, at, &trap, 1));
	CU_ASSERT_TRUE(remote_read(child, at, &got, 1));
	CU_ASSERT_EQUAL(got, trap);
	end(child);
}

static void test_sets_registers_and_mask(void)
{
	struct user_regs_struct regs;
	pid_t child = stopped_child();
	uint64_t r12;
	uint64_t mask = 0;

	CU_ASSERT_FATAL(child > 0);
	CU_ASSERT_TRUE(remote_regs(child, &regs));
	r12 = regs.r12;
	regs.r12 = 0x1234;
	CU_ASSERT_TRUE(remote_set_regs(child, &regs));
	regs.r12 = 0;
	CU_ASSERT_TRUE(remote_regs(child, &regs));
	CU_ASSERT_EQUAL(regs.r12, 0x1234);
	regs.r12 = r12;
	remote_set_regs(child, &regs);
	CU_ASSERT_TRUE(remote_set_mask(child, 1ull << (SIGUSR1 - 1)));
	CU_ASSERT_TRUE(remote_get_mask(child, &mask));
	CU_ASSERT_EQUAL(mask, 1ull << (SIGUSR1 - 1));
	CU_ASSERT_EQUAL(end(child), 7);
	CU_ASSERT_FALSE(remote_regs(child, &regs));
	CU_ASSERT_FALSE(remote_get_mask(child, &mask));
}

static void test_keeps_files_of_one_thread_open(void)
{
	struct remote_files files = { 0 };
	pid_t child = stopped_child();
	int memory;

	CU_ASSERT_FATAL(child > 0);
	memory = remote_memory(&files, child);
	CU_ASSERT(memory >= 0);
	CU_ASSERT(remote_maps(&files, child) >= 0);
	CU_ASSERT_EQUAL(remote_memory(&files, child), memory);
	CU_ASSERT(remote_maps(&files, getpid()) >= 0);
	CU_ASSERT_EQUAL(files.tid, getpid());
	end(child);
	CU_ASSERT_EQUAL(remote_memory(&files, child), -1);
	CU_ASSERT_EQUAL(remote_maps(&files, child), -1);
	remote_close(&files);
	remote_close(&files);
}

static void test_tells_what_processes_share(void)
{
	pid_t child = stopped_child();

	CU_ASSERT_FATAL(child > 0);
	CU_ASSERT_EQUAL(remote_shares(child, child, KCMP_VM), 1);
	CU_ASSERT_EQUAL(remote_shares(child, getpid(), KCMP_VM), 0);
	end(child);
	CU_ASSERT_EQUAL(remote_shares(child, getpid(), KCMP_VM), 0);
}

static void test_tells_the_auxiliary_vector(void)
{
	struct remote_aux aux = remote_aux(getpid());

	CU_ASSERT_EQUAL(aux.entry, getauxval(AT_ENTRY));
	CU_ASSERT_EQUAL(aux.linker, getauxval(AT_BASE));
	CU_ASSERT_EQUAL(aux.vdso, getauxval(AT_SYSINFO_EHDR));
	CU_ASSERT_EQUAL(remote_aux(0).entry, 0);
}

CU_TestInfo tests_remote[] = {
	{ "reads and writes memory", test_reads_and_writes_memory },
	{ "writes where the process may not",
	  test_writes_where_the_process_may_not },
	{ "sets registers and mask", test_sets_registers_and_mask },
	{ "keeps files of one thread open",
	  test_keeps_files_of_one_thread_open },
	{ "tells what processes share", test_tells_what_processes_share },
	{ "tells the auxiliary vector", test_tells_the_auxiliary_vector },
	CU_TEST_INFO_NULL,
};
