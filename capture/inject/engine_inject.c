/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inject engine: calls are recorded where they are made, by a stub mapped
 * into each process at exec; calls that do not reach the stub trap to the
 * tracer (Syscall User Dispatch).  Two threads: the tracer, and the recorder,
 * which is the caller of next.  See doc/inject.md.
 */
#include <capstone/capstone.h>
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
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

#include "capture/inject/inject_merge.h"
#include "capture/inject/inject_notice.h"
#include "capture/inject/inject_rows.h"
#include "capture/inject/inject_site.h"
#include "capture/inject/inject_thread.h"
#include "capture/inject/inject_trap.h"
#include "core/arena.h"
#include "core/clock.h"

enum {
	OWN_RING_LEN = 4 * 1024 * 1024,
	TRIES = 1 << 16, /* threads made in search of an id that fits */
	HAS_GSBASE = 2,	 /* HWCAP2_FSGSBASE: asm/hwcap2.h */
	SLEEP_MIN_NS = 50000,
	CALL_NAPS = 25,
	PRIORITY = 10, /* as nice(1) */
	SLEEP_MAX_NS = 2000000,
	RING_FEW = STUB_RING_LEN / 4,
	RING_MANY = STUB_RING_LEN / 2
};

/* Each half is one thread's; the caller's thread makes and frees both. */
struct capture {
	struct injector injector;
	struct recorder recorder;
	struct inject_shared shared;
	struct capture_options options; /* constant once the tracer runs */
	pthread_t thread;		/* the tracer's */
	sem_t has_tid;			/* and injector.tid is set */
};

/* Is the time stamp counter steady on all CPUs, by what the kernel says?  0, or
 * -1 and why not. */
static int has_steady_counter(struct error *err)
{
	char line[4096];
	FILE *in = fopen("/proc/cpuinfo", "re");
	bool found = false;

	if (!in)
		return error_errno(err, "needs /proc/cpuinfo");
	while (!found && fgets(line, sizeof(line), in))
		found = !strncmp(line, "flags", 5) &&
			strstr(line, " constant_tsc") &&
			strstr(line, " nonstop_tsc") && strstr(line, " rdtscp");
	fclose(in);
	return found ? 0
		     : error_set(err, ENOTSUP,
				 "needs a time stamp counter that is steady on "
				 "all CPUs");
}

static bool has_rdpid(void)
{
	unsigned a;
	unsigned b;
	unsigned c;
	unsigned d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (c & bit_RDPID);
}

/* Has the kernel Syscall User Dispatch?  0, or -1 and why not. */
static int has_dispatch(struct error *err)
{
	struct utsname name = { .release = "" };
	int code;

	if (!prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0, 0))
		return 0;
	code = errno;
	uname(&name);
	return error_set(err, code,
			 "needs Linux 5.11 or newer, with Syscall User "
			 "Dispatch (this is Linux %s; prctl(2): %s)",
			 name.release, strerror(code));
}

/* Has the kernel PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG, which tells whether a
 * program has a dispatch of its own? */
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

/* Can the engine work here, with these options? */
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
	if (trace_probe(options, err) || has_dispatch(err))
		return -1;
	if (!options->command && !can_look())
		return error_set(err, ENOSYS,
				 "needs Linux 6.4 or newer to attach");
	return has_steady_counter(err);
}

/* Where memory cannot be made or sealed, no code is put into processes. */
static void inject_limits(const struct capture_options *options,
			  struct buffer *out)
{
	const char *failed = "memfd_create(2)";
	const int fd = memfd_create("spoor", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int code = fd < 0 ? errno : 0;

	if (fd >= 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE)) {
		code = errno;
		failed = "F_SEAL_FUTURE_WRITE (Linux 5.1)";
	}
	if (fd >= 0)
		close(fd);
	if (code)
		buffer_printf(out,
			      "every call is recorded by stops, as by ptrace: "
			      "%s is needed (%s)\n",
			      failed, strerror(code));
	if (!trace_can_borrow(&code))
		buffer_printf(out,
			      "no check that no other process has opened the "
			      "memory for records: pidfd_getfd(2) is needed "
			      "(%s)\n",
			      strerror(code));
	trace_limits(options, out);
}

static void open_own_ring(struct capture *c)
{
	struct ring *ring = mem_zalloc(sizeof(struct ring) + OWN_RING_LEN);

	ring_init(ring, OWN_RING_LEN);
	c->shared.own_ring = c->recorder.own.ring = ring;
	c->shared.own_ring_len = c->recorder.own.ring_size = OWN_RING_LEN;
}

/* Handles stops until no tracee is left, or the capture ends. */
static void trace_all(struct injector *in)
{
	struct inject_shared *shared = in->shared;
	const struct raw_record *record;
	struct error err;
	bool done = false;

	while (!done && !shared->must_stop) {
		int code = trace_next(&in->tracer, &record, &done, &err);

		if (code < 0) {
			shared->end_error = err;
			shared->has_failed = true;
			break;
		}
		if (code)
			notice_put(in, record);
		in->tracer.stop_ns = 0;
	}
}

/* The life of the tracer thread: starts, waits to be let go, traces, detaches.
 * A thread whose id does not fit returns at once. */
static void run_tracer(struct capture *c)
{
	const struct timespec nap = { 0, 1000000 };
	struct inject_shared *shared = &c->shared;
	struct injector *in = &c->injector;

	in->tid = gettid();
	sem_post(&c->has_tid);
	if ((in->tid & 0xff) != 1)
		return;
	in->robust.list.next = &in->robust.list;
	in->robust.futex_offset =
		(long)offsetof(struct stub_fixed, alive) -
		(long)offsetof(struct stub_fixed, robust_next);
	syscall(SYS_set_robust_list, &in->robust, sizeof(in->robust));
	shared->has_not_started =
		trace_start(&in->tracer, &c->options, &shared->start_error);
	/* The threads of the stub do not stop: a tracer that ran only on an
	 * idle CPU would wait for ever. */
	in->tracer.may_idle = false;
	shared->is_started = true;
	if (shared->has_not_started)
		return;
	while (!shared->may_go && !shared->must_stop)
		nanosleep(&nap, NULL);
	trace_all(in);
	shared->is_done = true;
	while (!shared->must_stop)
		nanosleep(&nap, NULL);
	trace_stop(&in->tracer);
}

static void *tracer_thread(void *user)
{
	struct capture *c = user;

	run_tracer(c);
	c->shared.has_left = true;
	return NULL;
}

/*
 * Sets the id that the kernel gave last, if we may, so that the next one fits.
 * Ids only go up, lest those of threads that have just ended come again soon.
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
 * tracer's thread id (stub.h, alive): makes threads until one has such an id.
 * The kernel gives ids in order, but to all programs; so each is looked at.
 */
static int start_thread(struct capture *c, struct error *err)
{
	skip_ids();
	for (int i = 0; i < TRIES; i++) {
		c->shared.has_left = false;
		if (pthread_create(&c->thread, NULL, tracer_thread, c))
			return error_errno(err, "inject: thread");
		while (sem_wait(&c->has_tid))
			;
		if ((c->injector.tid & 0xff) == 1)
			return 0;
		pthread_join(c->thread, NULL);
		c->injector.tid = 0;
	}
	return error_set(err, EAGAIN, "inject: no thread with an id that fits");
}

static int inject_stop(struct capture *c);

/* What the tracer's half has from the start. */
static void fill_injector(struct injector *in,
			  const struct capture_options *options)
{
	in->tracer.callbacks = &inject_callbacks;
	in->tracer.user = in;
	in->tracer.copier.early = &in->early;
	in->tracer.ignores_setxid = trace_ignores_setxid();
	in->control.snaplen = options->snaplen;
	in->control.inodes = options->inodes;
	in->control.has_rdpid = has_rdpid();
	in->control.blocks = options->overflow == OVERFLOW_BLOCK;
	in->control.has_gsbase = (getauxval(AT_HWCAP2) & HAS_GSBASE) != 0;
	in->filter_count = remote_filter_count(getpid());
	for (int nr = 0; nr < STUB_ROW_COUNT; nr++)
		inject_fill_row(&in->rows[nr], nr, options);
}

/* Starts both halves; returns when the command stands, or all threads are
 * attached to. */
static int inject_start(struct capture **ret_capture,
			const struct capture_options *options,
			struct error *err)
{
	const struct timespec nap = { 0, 100000 };
	struct capture *c = mem_zalloc(sizeof(*c));

	c->options = *options;
	c->injector.shared = c->recorder.shared = &c->shared;
	c->recorder.tracer_since_ns = &c->injector.tracer.stop_ns;
	fill_injector(&c->injector, options);
	pthread_mutex_init(&c->shared.lock, NULL);
	sem_init(&c->has_tid, 0, 0);
	if (cs_open(CS_ARCH_X86, CS_MODE_64, &c->injector.decoder))
		return error_set(err, ENOMEM, "inject: no decoder");
	open_own_ring(c);
	arena_image(&c->injector);
	c->injector.can_ask = arena_can_ask();
	tsc_clock_begin(&c->recorder.clock);
	if (start_thread(c, err)) {
		c->injector.tid = 0;
		inject_stop(c);
		return -1;
	}
	while (!c->shared.is_started)
		nanosleep(&nap, NULL);
	if (c->shared.has_not_started) {
		*err = c->shared.start_error;
		inject_stop(c);
		return -1;
	}
	*ret_capture = c;
	return 0;
}

/*
 * The recorder is in no hurry: it takes a CPU that is free, or when its turn
 * has come, takes many records at once, and never preempts the threads that
 * make them: sched(7).  Its turns are short (nice) as a thread whose ring is
 * full waits for it; but not where records would be dropped.
 */
static void yield_to_all(const struct capture *c)
{
	const struct sched_param none = { 0 };

	sched_setscheduler(0, SCHED_BATCH, &none);
	if (c->options.overflow == OVERFLOW_BLOCK)
		setpriority(PRIO_PROCESS, (id_t)gettid(), PRIORITY);
}

/* The first record is wanted: the rest of the start has taken the 5 ms that the
 * clock needs. */
static void begin(struct capture *c)
{
	tsc_clock_start(&c->recorder.clock);
	yield_to_all(c);
	c->shared.may_go = true;
}

/* Naps while there is nothing to give: longer when rings stay nearly empty, as
 * a wake-up costs time; shorter when one fills. */
static void rest(struct recorder *r)
{
	struct timespec nap = { 0 };

	if (r->fullest > RING_MANY)
		r->nap_ns /= 2;
	else if (r->fullest < RING_FEW)
		r->nap_ns *= 2;
	if (r->nap_ns > SLEEP_MAX_NS)
		r->nap_ns = SLEEP_MAX_NS;
	if (r->nap_ns < SLEEP_MIN_NS)
		r->nap_ns = SLEEP_MIN_NS;
	r->fullest = 0;
	nap.tv_nsec = (long)r->nap_ns;
	nanosleep(&nap, NULL);
}

/* Gives the next record; waits for it, timeout_ms at most. */
static int inject_next(struct capture *c, int timeout_ms,
		       const struct raw_record **ret_record, bool *ret_done,
		       struct error *err)
{
	uint64_t until = 0;

	*ret_done = false;
	if (!c->shared.may_go)
		begin(c);
	for (;;) {
		bool is_done = c->shared.is_done;

		if (inject_take(&c->recorder, ret_record))
			return 1;
		if (is_done && inject_is_empty(&c->recorder)) {
			*ret_done = true;
			if (c->shared.has_failed)
				*err = c->shared.end_error;
			return c->shared.has_failed ? -1 : 0;
		}
		if (!until)
			until = clock_steady_ns() +
				(uint64_t)timeout_ms * 1000000u;
		else if (clock_steady_ns() > until)
			return 0;
		rest(&c->recorder);
	}
}

static void inject_stats(const struct capture *c,
			 struct capture_stats *ret_stats)
{
	trace_stats(&c->injector.tracer, ret_stats);
	ret_stats->records = c->recorder.taken;
	ret_stats->dropped = c->recorder.dropped;
}

static unsigned inject_pids(const struct capture *c, pid_t *pids, unsigned max)
{
	return trace_pids(&c->injector.tracer, pids, max);
}

/* Waits for the tracer thread to end.  It may be in wait(2), or about to be: a
 * signal interrupts that now and then, until the thread has seen must_stop. */
static void join_tracer(const struct capture *c)
{
	const struct timespec nap = { 0, 200000 };

	for (unsigned naps = 1; !c->shared.has_left; naps++) {
		nanosleep(&nap, NULL);
		if (naps % CALL_NAPS == 0 && !c->shared.has_left)
			pthread_kill(c->thread, SIGALRM);
	}
	pthread_join(c->thread, NULL);
}

/* Ends the tracer thread, and frees both halves. */
static int inject_stop(struct capture *c)
{
	struct injector *in = &c->injector;
	struct inject_thread *next;
	int status;

	c->shared.must_stop = true;
	if (in->tid)
		join_tracer(c);
	for (; in->unused_threads; in->unused_threads = next) {
		next = in->unused_threads->next;
		free(in->unused_threads);
	}
	remote_close(&in->files_open);
	inject_merge_free(&c->recorder);
	cs_close(&in->decoder);
	site_forget(in);
	free(c->shared.own_ring);
	free(in->image);
	pthread_mutex_destroy(&c->shared.lock);
	sem_destroy(&c->has_tid);
	status = in->tracer.command_status;
	free(c);
	return status;
}

const struct capture_engine engine_inject = {
	.name = "inject",
	.help = "records where calls are made, by code in each process",
	.needs = "the right to ptrace(2), Linux 5.11 or newer (6.4 to attach), "
		 "a steady time stamp counter",
	.trust = "Calls are recorded by code inside the process. A program "
		 "cannot switch that off, but a hostile one can forge, change "
		 "or hide records of its own calls, never of other processes; "
		 "what is noticed of that is noted in the capture. What is "
		 "done by io_uring(7) is not recorded, but its own calls are.",
	.cost = "no stop for most calls: getppid(2) takes 1.5 times as long",
	.probe = inject_probe,
	.limits = inject_limits,
	.start = inject_start,
	.next = inject_next,
	.stats = inject_stats,
	.pids = inject_pids,
	.stop = inject_stop,
};
