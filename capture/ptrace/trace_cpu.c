/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the tracer runs.  A wake-up across CPUs costs several times one on the
 * same CPU, so the tracer (never the tracee) moves to where the tracee is, and
 * takes a smaller share of that CPU.  Not so with the inject engine, whose
 * threads record without stops: they would not let the tracer in.
 */
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/proc/proc_files.h"
#include "capture/ptrace/trace.h"
#include "core/clock.h"

enum {
	FOLLOW_EVERY = 8,    /* stops between looks at the tracee's CPU */
	LOOK_EVERY = 64,     /* the same, with the inject engine */
	SHARE_EVERY = 64,    /* stops between looks at how long we waited, */
	SHARE_NS = 20000000, /* or that time */
	STARVED_NS = 300000  /* waiting that long for each stop is too much */
};

/* How long the tracer takes its full share after it has starved. */
static const uint64_t busy_min_ns = 1000000000u;
static const uint64_t busy_max_ns = 32000000000u;

static void set_idle(struct tracer *c, bool idle)
{
	struct sched_param none = { 0 };

	if (c->is_idle == idle)
		return;
	sched_setscheduler(0, idle ? SCHED_IDLE : SCHED_OTHER, &none);
	c->is_idle = idle;
}

bool trace_can_leave_idle(void)
{
	struct sched_param none = { 0 };
	int status = 1;
	pid_t child = fork();

	if (child == 0)
		_exit(sched_setscheduler(0, SCHED_IDLE, &none) ||
		      sched_setscheduler(0, SCHED_OTHER, &none));
	if (child > 0)
		waitpid(child, &status, 0);
	return status == 0;
}

/*
 * The tracer has starved.  A CPU that runs only SCHED_IDLE work counts as free:
 * so a tracee that is resumed wakes on the tracer's CPU, and preempts it at
 * once.  One CPU for both is five times faster than two.  But where other
 * programs keep the CPU busy the tracer starves, and its tracees with it: then
 * it takes its full share for a second, and for twice as long whenever it
 * starves again.
 */
static void on_starved(struct tracer *c, uint64_t now)
{
	if (!c->busy_ns || now > c->busy_until_ns + c->busy_ns)
		c->busy_ns = busy_min_ns;
	else if (c->busy_ns < busy_max_ns)
		c->busy_ns *= 2;
	c->busy_until_ns = now + c->busy_ns;
}

/* Looks whether the tracer waited too long for a CPU, and sets its share. */
static void share_cpu(struct tracer *c, uint64_t now)
{
	unsigned stops = c->stops - c->looked_stops;
	unsigned long long ran;
	unsigned long long waited = 0;
	FILE *in;

	if (!c->may_idle)
		return;
	in = fopen("/proc/thread-self/schedstat", "re");
	if (!in || fscanf(in, "%llu %llu", &ran, &waited) != 2)
		waited = c->waited_ns;
	if (in)
		fclose(in);
	if (c->looked_ns &&
	    waited - c->waited_ns > (uint64_t)stops * STARVED_NS)
		on_starved(c, now);
	c->looked_ns = now;
	c->looked_stops = c->stops;
	c->waited_ns = waited;
	set_idle(c, now >= c->busy_until_ns);
}

void trace_move(struct tracer *c, int cpu)
{
	cpu_set_t set;

	if (cpu < 0 || cpu == c->cpu)
		return;
	c->cpu = cpu;
	if (c->callbacks)
		return;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

void trace_follow(struct tracer *c, pid_t tid)
{
	enum { PROCESSOR = 39 };
	char text[1024];
	uint64_t now = clock_steady_ns();

	if (c->stops % SHARE_EVERY == 0 || now - c->looked_ns > SHARE_NS)
		share_cpu(c, now);
	if (c->stops++ % (c->callbacks ? LOOK_EVERY : FOLLOW_EVERY))
		return;
	if (proc_file(tid, "stat", text, sizeof(text)) > 0)
		trace_move(c, (int)proc_stat_field(text, PROCESSOR));
}
