/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inject engine: calls are recorded where they are made, by code mapped
 * into each process at exec; what that code does not see traps to the tracer
 * (Syscall User Dispatch).  Two threads: the tracer, and the caller of next,
 * which records.  See doc/inject.md.
 */
#include <capstone/capstone.h>
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "capture/inject/inject.h"
#include "capture/proc/proc.h"
#include "core/arena.h"

enum {
	OWN_RING_LEN = 4 * 1024 * 1024,
	TRIES = 1 << 16, /* threads made until an id fits */
	HAS_GSBASE = 2,	 /* HWCAP2_FSGSBASE, of the kernel's asm/hwcap2.h */
	SLEEP_MIN_NS = 50000,
	CALL_NAPS = 25,
	PRIORITY = 10, /* as nice(1) */
	SLEEP_MAX_NS = 2000000,
	RING_FEW = STUB_RING_LEN / 4,
	RING_MANY = STUB_RING_LEN / 2
};

static bool has_steady_counter(void)
{
	char line[4096];
	FILE *in = fopen("/proc/cpuinfo", "re");
	bool found = false;

	while (in && !found && fgets(line, sizeof(line), in))
		found = !strncmp(line, "flags", 5) &&
			strstr(line, " constant_tsc") &&
			strstr(line, " nonstop_tsc") && strstr(line, " rdtscp");
	if (in)
		fclose(in);
	return found;
}

static bool has_rdpid(void)
{
	unsigned a;
	unsigned b;
	unsigned c;
	unsigned d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (c & bit_RDPID);
}

static bool has_dispatch(void)
{
	return !prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0,
		      0);
}

/* PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG: may a program have its own? */
static bool can_look(void)
{
	struct utsname name;
	int major = 0;
	int minor = 0;

	if (uname(&name))
		return false;
	sscanf(name.release, "%d.%d", &major, &minor);
	return major > 6 || (major == 6 && minor >= 4);
}

static int inject_probe(const struct capture_options *options,
			struct error *err)
{
	if (options->seccomp)
		return error_set(
			err, EINVAL,
			"needs no seccomp filter: leave --seccomp out");
	if (options->snaplen > COPY_SNAPLEN_MAX / 2)
		return error_set(err, EINVAL,
				 "records at most %d bytes of data a call",
				 COPY_SNAPLEN_MAX / 2);
	if (!has_dispatch())
		return error_set(
			err, ENOSYS,
			"needs Linux 5.11 or newer, with Syscall User Dispatch");
	if (!options->command && !can_look())
		return error_set(err, ENOSYS,
				 "needs Linux 6.4 or newer to attach");
	if (!has_steady_counter())
		return error_set(
			err, ENOTSUP,
			"needs a time stamp counter that is steady on all CPUs");
	return 0;
}

static void open_own_ring(struct capture *c)
{
	c->own.ring = mem_zalloc(sizeof(struct ring) + OWN_RING_LEN);
	c->own.ring_size = OWN_RING_LEN;
	ring_init(c->own.ring, OWN_RING_LEN);
}

void inject_tell(struct capture *c, const struct raw_record *record)
{
	const struct timespec nap = { 0, 100000 };
	struct raw_record *to;

	while (!(to = ring_place(c->own.ring, OWN_RING_LEN, record->len))) {
		if (c->must_stop)
			return;
		nanosleep(&nap, NULL);
	}
	memcpy(to, record, record->len);
	ring_commit(c->own.ring, record->len);
}

static void trace_all(struct capture *c)
{
	const struct raw_record *record;
	struct error err;
	bool done = false;

	while (!done && !c->must_stop) {
		int code = trace_next(&c->tracer, &record, &done, &err);

		if (code < 0) {
			c->end_error = err;
			c->has_failed = true;
			break;
		}
		if (code)
			inject_tell(c, record);
		c->tracer.stop_ns = 0;
	}
}

static void run_tracer(struct capture *c)
{
	const struct timespec nap = { 0, 1000000 };

	c->thread_tid = gettid();
	sem_post(&c->has_tid);
	if ((c->thread_tid & 0xff) != 1)
		return;
	c->robust.list.next = &c->robust.list;
	c->robust.futex_offset = (long)offsetof(struct stub_fixed, alive) -
				 (long)offsetof(struct stub_fixed, robust_next);
	syscall(SYS_set_robust_list, &c->robust, sizeof(c->robust));
	c->start_failed = trace_start(&c->tracer, &c->options, &c->start_error);
	/*
	 * Threads that record do not stop: one that takes only what is left
	 * of a CPU would wait for ever.
	 */
	c->tracer.may_idle = false;
	c->is_started = true;
	if (c->start_failed)
		return;
	while (!c->may_go && !c->must_stop)
		nanosleep(&nap, NULL);
	trace_all(c);
	c->is_done = true;
	while (!c->must_stop)
		nanosleep(&nap, NULL);
	trace_stop(&c->tracer);
}

static void *tracer_thread(void *user)
{
	struct capture *c = user;

	run_tracer(c);
	c->has_left = true;
	return NULL;
}

/*
 * Who may, says what id was given last: the next one fits.  Ids do not go back,
 * lest those of who has ended come again soon.
 */
static void skip_ids(void)
{
	char text[32] = "";
	int fd = open("/proc/sys/kernel/ns_last_pid", O_RDWR | O_CLOEXEC);
	int len;

	if (fd < 0)
		return;
	if (pread(fd, text, sizeof(text) - 1, 0) > 0) {
		len = snprintf(text, sizeof(text), "%d",
			       (atoi(text) & ~0xff) + 0x100);
		(void)!pwrite(fd, text, (size_t)len, 0);
	}
	close(fd);
}

/*
 * The selector of Syscall User Dispatch must be 1 in the low byte of the
 * tracer's thread id (stub.h, alive): threads are made until one has it.  Ids
 * are given in order, to all; so each is looked at.
 */
static int start_thread(struct capture *c, struct error *err)
{
	skip_ids();
	for (int i = 0; i < TRIES; i++) {
		c->has_left = false;
		if (pthread_create(&c->thread, NULL, tracer_thread, c))
			return error_errno(err, "inject: thread");
		while (sem_wait(&c->has_tid))
			;
		if ((c->thread_tid & 0xff) == 1)
			return 0;
		pthread_join(c->thread, NULL);
		c->thread_tid = 0;
	}
	return error_set(err, EAGAIN, "inject: no thread with an id that fits");
}

static int inject_stop(struct capture *c);

static int inject_start(struct capture **ret_capture,
			const struct capture_options *options,
			struct error *err)
{
	const struct timespec nap = { 0, 100000 };
	struct capture *c = mem_zalloc(sizeof(*c));

	c->options = *options;
	c->tracer.looker = &inject_looker;
	c->tracer.user = c;
	c->tracer.copier.early = &c->early;
	c->tracer.ignores_setxid = trace_ignores_setxid();
	c->control.snaplen = options->snaplen;
	c->control.inodes = options->inodes;
	c->control.has_rdpid = has_rdpid();
	c->control.blocks = options->overflow == OVERFLOW_BLOCK;
	c->control.has_gsbase = (getauxval(AT_HWCAP2) & HAS_GSBASE) != 0;
	c->filter_count = remote_filter_count(getpid());
	for (int nr = 0; nr < STUB_ROW_COUNT; nr++)
		inject_fill_row(&c->rows[nr], nr, options);
	pthread_mutex_init(&c->lock, NULL);
	sem_init(&c->has_tid, 0, 0);
	if (cs_open(CS_ARCH_X86, CS_MODE_64, &c->decoder))
		return error_set(err, ENOMEM, "inject: no decoder");
	open_own_ring(c);
	arena_image(c);
	c->can_ask = arena_can_ask();
	clock_begin(&c->clock);
	if (start_thread(c, err)) {
		c->thread_tid = 0;
		inject_stop(c);
		return -1;
	}
	while (!c->is_started)
		nanosleep(&nap, NULL);
	if (c->start_failed) {
		*err = c->start_error;
		inject_stop(c);
		return -1;
	}
	*ret_capture = c;
	return 0;
}

/*
 * The recorder has time: it takes a CPU when that is free or its turn has come,
 * and many records at once, but never stops who makes them: sched(7).  Its turn
 * is short, as who fills a ring waits for it; unless records would be lost.
 */
static void yield_to_all(const struct capture *c)
{
	const struct sched_param none = { 0 };

	sched_setscheduler(0, SCHED_BATCH, &none);
	if (c->control.blocks)
		setpriority(PRIO_PROCESS, (id_t)gettid(), PRIORITY);
}

/* The rest of the start has taken the time that the clock needs. */
static void begin(struct capture *c)
{
	clock_start(&c->clock);
	yield_to_all(c);
	c->may_go = true;
}

/* Waits a little: long, as to wake takes time, but no ring shall be full. */
static void rest(struct capture *c)
{
	struct timespec nap = { 0 };

	if (c->fullest > RING_MANY)
		c->nap_ns /= 2;
	else if (c->fullest < RING_FEW)
		c->nap_ns *= 2;
	if (c->nap_ns > SLEEP_MAX_NS)
		c->nap_ns = SLEEP_MAX_NS;
	if (c->nap_ns < SLEEP_MIN_NS)
		c->nap_ns = SLEEP_MIN_NS;
	c->fullest = 0;
	nap.tv_nsec = (long)c->nap_ns;
	nanosleep(&nap, NULL);
}

static int inject_next(struct capture *c, int timeout_ms,
		       const struct raw_record **ret_record, bool *ret_done,
		       struct error *err)
{
	uint64_t until = 0;

	*ret_done = false;
	if (!c->may_go)
		begin(c);
	for (;;) {
		bool is_done = c->is_done;

		if (inject_take(c, ret_record))
			return 1;
		if (is_done && inject_is_empty(c)) {
			*ret_done = true;
			if (c->has_failed)
				*err = c->end_error;
			return c->has_failed ? -1 : 0;
		}
		if (!until)
			until = trace_now_ns() +
				(uint64_t)timeout_ms * 1000000u;
		else if (trace_now_ns() > until)
			return 0;
		rest(c);
	}
}

static void inject_stats(const struct capture *c,
			 struct capture_stats *ret_stats)
{
	trace_stats(&c->tracer, ret_stats);
	ret_stats->records = c->taken;
	ret_stats->dropped = c->dropped;
}

static unsigned inject_pids(const struct capture *c, pid_t *pids, unsigned max)
{
	return trace_pids(&c->tracer, pids, max);
}

/*
 * The tracer may be waiting, or about to: now and then a signal ends its wait,
 * until it has seen that it must stop.
 */
static void join_tracer(const struct capture *c)
{
	const struct timespec nap = { 0, 200000 };

	for (unsigned naps = 1; !c->has_left; naps++) {
		nanosleep(&nap, NULL);
		if (naps % CALL_NAPS == 0 && !c->has_left)
			pthread_kill(c->thread, SIGALRM);
	}
	pthread_join(c->thread, NULL);
}

static int inject_stop(struct capture *c)
{
	struct inject_thread *next;
	int status;

	c->must_stop = true;
	if (c->thread_tid)
		join_tracer(c);
	for (; c->unused_threads; c->unused_threads = next) {
		next = c->unused_threads->next;
		free(c->unused_threads);
	}
	remote_close(&c->files_open);
	inject_merge_free(c);
	cs_close(&c->decoder);
	inject_forget_files(c);
	free(c->own.ring);
	free(c->image);
	pthread_mutex_destroy(&c->lock);
	sem_destroy(&c->has_tid);
	status = c->tracer.command_status;
	free(c);
	return status;
}

const struct capture_engine engine_inject = {
	.name = "inject",
	.help = "records where calls are made, by code in each process",
	.probe = inject_probe,
	.start = inject_start,
	.next = inject_next,
	.stats = inject_stats,
	.pids = inject_pids,
	.stop = inject_stop,
};
