/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inject engine outside of the traced processes has two threads: the tracer
 * makes arenas, answers traps and signals, and patches; the recorder (which
 * calls the engine's next) takes records from all rings in the order of time.
 * A function that takes a struct injector is the tracer thread's, one that
 * takes a struct recorder (inject_merge.h) the recorder's.  doc/inject.md.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECTOR_H
#define SPOOR_CAPTURE_INJECT_INJECTOR_H

#include "capture/inject/remote.h"
#include "capture/proc/proc.h"
#include "capture/ptrace/trace.h"
#include "capture/stub/stub.h"
#include <linux/futex.h>
#include <pthread.h>

struct inject_thread;
struct slot;
struct text_file;

/*
 * What both threads share.  Members without a rule of their own are constant
 * once both threads run.
 */
struct inject_shared {
	/* Held to walk or change the list of slots in use, and their states. */
	pthread_mutex_t lock;
	struct slot *slots;
	/* What the tracer itself reports: it puts records, the recorder takes
	 * them (ring.h). */
	struct ring *own_ring;
	uint32_t own_ring_len;
	_Atomic bool may_go;	 /* set by the recorder: records are wanted */
	_Atomic bool must_stop;	 /* set by the recorder: the capture ends */
	_Atomic bool is_started; /* set by the tracer: has_not_started tells */
	_Atomic bool is_done;	 /* set by the tracer: has_failed tells */
	_Atomic bool has_left;	 /* set by the tracer: its thread ends */
	/* Written by the tracer before is_started, or is_done, is set. */
	bool has_not_started, has_failed;
	struct error start_error, end_error;
};

/*
 * The tracer thread's half: no other thread touches it while that one runs, but
 * for tracer.stop_ns, which is atomic, and trace_stats.
 */
struct injector {
	struct tracer tracer;
	struct inject_shared *shared;
	pid_t tid; /* of the tracer thread */
	struct stub_row rows[STUB_ROW_COUNT];
	struct stub_control control;
	uint8_t *image; /* the first pages of every program's arena */
	struct inject_thread *unused_threads; /* free list */
	size_t decoder;			      /* capstone's handle */
	struct remote_files files_open; /* of the thread asked about last */
	struct proc_early early;	/* of a program that begins */
	struct text_file *files;	/* whose code is known: a list */
	struct stub_changes others;	/* of connections: see stub_socket.c */
	/* Slots whose selector the kernel clears if the tracer dies. */
	struct robust_list_head robust;
	struct slot *robust_last;
	unsigned robust_count;
	unsigned filter_count; /* seccomp filters of the recorder itself */
	unsigned stops_told;   /* bits 1 << enum stops_why: noted already */
	bool can_ask;	       /* arena_can_ask */
};

/* The half that a tracer belongs to. */
static inline struct injector *injector_of(const struct tracer *tracer)
{
	return tracer->user;
}

#endif
