/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Capture engines: each delivers raw syscall records of a set of processes,
 * launched or attached to.  Engines are rows of engines.c, in order of
 * preference; live.c makes an event_source of one (snapshot, encoder).
 */
#ifndef SPOOR_CAPTURE_CAPTURE_H
#define SPOOR_CAPTURE_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "capture/record/raw.h"
#include "capture/record/syscalls.h"
#include "core/bytes.h"
#include "core/error.h"
#include "core/event/event.h"

enum overflow { OVERFLOW_BLOCK, OVERFLOW_DROP };

struct capture_options {
	char *const *command; /* argv to run, ends with NULL; or NULL */
	const pid_t *pids;    /* processes to attach to */
	unsigned pid_count;
	const char *container; /* all of its processes (target.h); or NULL */
	uint32_t snaplen;      /* bytes of I/O data per call */
	const bool *syscalls;  /* by x86-64 number, 512 of them: record only
				    these; NULL: all */
	/* The other calls do not stop; if the tracer dies, those that are
	 * recorded fail. */
	bool seccomp;
	enum inodes inodes;
	struct users_told *users; /* of containers (users.h); live.c's */
	enum overflow overflow;	  /* when the ring is full */
	uint32_t ring_len;	  /* 0: the engine's default */
};

struct capture_stats {
	uint64_t records;
	uint64_t dropped;    /* records lost for want of room */
	uint64_t unreadable; /* pieces of memory that could not be read */
	uint64_t cut;	     /* pieces cut for want of room */
	uint32_t threads, threads_max; /* traced now; at most at once */
	uint64_t slow_path;	       /* records that took a stop (inject) */
};

struct capture;

struct capture_engine {
	const char *name;
	const char *help;
	/* Sentences: what it needs; what its records are worth, where a program
	 * is hostile; what it costs (measured: doc/inject.md). */
	const char *needs, *trust, *cost;
	/* Can it work here?  Changes nothing. 0 or -1 and why not. */
	int (*probe)(const struct capture_options *options, struct error *err);
	/* Where it works: appends what it cannot do or record here, and why, a
	 * line each.  Changes nothing. */
	void (*limits)(const struct capture_options *options,
		       struct buffer *out);
	/*
	 * Starts the command or attaches.  When it returns, nothing of the
	 * command has run, so that the caller can take the snapshot first;
	 * the first next() lets it go.
	 */
	int (*start)(struct capture **ret_capture,
		     const struct capture_options *options, struct error *err);
	/*
	 * Gives the next record, in time order as far as the engine can:
	 * 1 a record (valid until the next call), 0 none within timeout_ms,
	 * -1 failed.  After the last process ended: 0 and *ret_done true.
	 */
	int (*next)(struct capture *capture, int timeout_ms,
		    const struct raw_record **ret_record, bool *ret_done,
		    struct error *err);
	void (*stats)(const struct capture *capture,
		      struct capture_stats *ret_stats);
	/* Thread ids traced at the start, at most max; returns how many.  For
	 * the snapshot. */
	unsigned (*pids)(const struct capture *capture, pid_t *pids,
			 unsigned max);
	/*
	 * Detaches: all processes go on unrecorded.  Frees the capture.
	 * Returns the wait(2) status of the command; -1: it has not ended, or
	 * there is none.
	 */
	int (*stop)(struct capture *capture);
};

/* In order of preference; ends with NULL. */
extern const struct capture_engine *const capture_engines[];

/*
 * Finds an engine by name; "auto" takes the first whose probe succeeds, and
 * puts into why (of why_len bytes) a sentence: which one, and why not the
 * better ones.  NULL and err: none works, and why not, or no engine has this
 * name.
 */
const struct capture_engine *
capture_engine_find(const char *name, const struct capture_options *options,
		    char *why, size_t why_len, struct error *err);

/* A running capture as items: the start state, then events. */
struct live;

struct live_options {
	struct capture_options capture;
	const char *engine; /* NULL: auto */
};

/* Starts an engine: the command is stopped before its program, until the first
 * live_next.  0 and a new live (free with live_close), or -1. */
int live_open(struct live **ret_live, const struct live_options *options,
	      struct error *err);

/* Gives the start state, piece by piece (snapshot.h), before the first
 * live_next.  -1: put failed. */
int live_snapshot(struct live *live,
		  int (*put)(void *user, const struct meta *meta,
			     struct error *err),
		  void *user, struct error *err);

/*
 * Gives the next item: 1, or 0 (none within timeout_ms, or *ret_done), or -1.
 */
int live_next(struct live *live, int timeout_ms, struct item *ret_item,
	      bool *ret_done, struct error *err);

/* The engine's name; a view. */
const char *live_engine(const struct live *live);
/* The sentence of capture_engine_find; a view until live_close. */
const char *live_why(const struct live *live);

/* Threads traced at the start, in any order; returns how many, at most max. */
unsigned live_pids(const struct live *live, pid_t *pids, unsigned max);

/* The command's process; 0 if there is none. */
pid_t live_command(const struct live *live);

/* Counts so far. */
void live_stats(const struct live *live, struct capture_stats *ret_stats);

/*
 * Detaches; the processes go on.  Accepts NULL.  Returns the wait(2) status of
 * the command; -1: it has not ended, or there is none.
 */
int live_close(struct live *live);

#endif
