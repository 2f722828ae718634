/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the machine looked like at this event: threads, file descriptors,
 * users, containers, interfaces.  First stage of replay.  Built from the
 * metadata of a capture and kept up by its events, with the rules (and
 * quirks) of the field's tools, so that the same fields come out.
 * Semantics: doc/state.md; fed by items, read by replay/fields/.
 */
#ifndef SPOOR_REPLAY_STATE_STATE_H
#define SPOOR_REPLAY_STATE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/event/event.h"
#include "core/map.h"
#include "replay/state/shared_text.h"

struct fd_table;

enum fd_role { FD_ROLE_NONE, FD_ROLE_CLIENT, FD_ROLE_SERVER };

/* clang-format off */
enum { FD_UPPER_LAYER = 1, FD_LOWER_LAYER = 2, FD_CONNECTED = 4,
       FD_PENDING = 8, FD_FAILED = 16, FD_NAME_CHANGED = 32,
       FD_FROM_PROC = 64, FD_CLONED = 128 };
/* clang-format on */

struct fd {
	int64_t num;
	uint8_t type;	    /* SCAP_FD_* */
	uint8_t l4proto;    /* SCAP_L4_* */
	uint8_t role;	    /* enum fd_role */
	uint16_t flags;	    /* FD_* above */
	uint32_t openflags; /* PPM_O_* */
	uint32_t dev;
	uint64_t ino;
	struct text name;
	struct text name_raw;	  /* as the program passed it */
	uint8_t sip[16], dip[16]; /* client and server end, network order */
	uint16_t sport, dport;
	uint64_t unix_source, unix_dest;
	int64_t pid; /* pidfd: whose */
};

struct container;    /* replay/state/container.h */
struct thread_group; /* private to state/ */
struct enter_event;

struct thread {
	/* What every event touches stands first, in one cache line. */
	bool is_dead;
	bool is_fake;	      /* made up: its pid is unknown */
	bool wants_parent;    /* private: restored, not linked yet */
	struct fd_table *fds; /* of the leader; shared by its threads */
	const struct container *container; /* NULL: the host */
	struct thread_group *group;	   /* private to state/ */
	PROCESS_GROUP;			   /* its ids stand first */
	struct enter_event *enter;	   /* private: TOCTOU, see state.c */
	const char *container_id;	   /* "" host; short form */
	struct text cwd, comm, exe, exepath, root;
	struct text cmdline;   /* comm and args, cached */
	struct text_list args; /* argv[1..] */
	struct text_list env;
	struct text_list cgroups; /* subsys=path */
	uint32_t ruid, rgid; /* real ids: see struct thread_ids */
	uint64_t exe_ino_ctime_duration_clone_ts;
	uint64_t exe_ino_ctime_duration_pidns_start;
	uint64_t lastexec_ns;
	int64_t reaper_tid;
	/* From events of old captures: see state_has_times. */
	uint64_t slice_ns, run_ns;	     /* at switch events: last, all */
	uint64_t user_ns, system_ns;	     /* at procinfo events: so far, */
	uint64_t user_was_ns, system_was_ns; /* and at the one before */
	struct thread *parent, *children;    /* private: for reparenting */
	struct thread *sibling, **sibling_of;
};

/*
 * Whose rights a thread has.  Captures tell the effective ids; the real ones
 * follow from the calls that set them, and are taken to be the effective ones
 * of a process whose ancestors made no such call in the capture.
 */
struct thread_ids {
	uint32_t uid, gid, ruid, rgid; /* 0xffffffff: not known */
	uint64_t cap_effective;
};

struct state;

struct state *state_new(void);

/* Accepts NULL. */
void state_free(struct state *state);

/* What one event is about, valid from state_apply to state_finish. */
struct event_context {
	const struct event *event;
	struct thread *thread; /* NULL for meta events and unknown clones */
	struct fd *fd;	       /* the entry the event uses or made, or NULL */
	int64_t fd_num;	       /* its number; -1 none */
	int64_t errorcode;     /* -res of a failed event, else 0 */
};

/* Takes a metadata item. */
void state_meta(struct state *state, const struct meta *meta);

/*
 * Updates the state by an event and tells what it is about.  Filters and
 * outputs run on the new state; then state_finish() applies what waits
 * (closed fds, exited threads).
 */
void state_apply(struct state *state, const struct event *event,
		 struct event_context *ret_context);
void state_finish(struct state *state, struct event_context *context);

/*
 * Gives the whole state as items: a fresh state that takes them answers as
 * this one does.  For keyframes and for replay in parts.  Between events
 * only.  META_SECTION is not given; META_EVENTS is, and after it events of
 * containers and their users with EVENT_STATE_ONLY.  Enter events of old
 * captures that wait for their exit are not part of it.  0, or what put()
 * returned if not 0.
 */
typedef int state_put_fn(void *user, const struct item *item,
			 struct error *err);
int state_emit(const struct state *state, state_put_fn *put, void *user,
	       struct error *err);

/*
 * Were there switch or procinfo events?  What is counted from them is not
 * given by state_emit.
 */
bool state_has_times(const struct state *state);

/*
 * What the thread of the event had before it, of calls that change ids or
 * capabilities (set*id, capset, exec); else NULL.  Valid until state_finish.
 */
const struct thread_ids *state_ids_before(const struct state *state);
struct thread_ids thread_ids(const struct thread *thread);

/* Look-ups; NULL if absent. */
struct thread *state_thread(const struct state *state, int64_t tid);
struct fd *state_fd(const struct state *state, const struct thread *thread,
		    int64_t fd);
/* The main thread of its process (itself, if it is that), or NULL. */
struct thread *thread_main(const struct state *state,
			   const struct thread *thread);
/* The parent process's main thread, or NULL. */
struct thread *thread_parent(const struct state *state,
			     const struct thread *thread);
/* Of the main thread, ends with '/'; "./" if unknown. */
struct text thread_cwd(const struct state *state, const struct thread *thread);
/* Open fds of its process. */
uint64_t thread_fd_count(const struct state *state,
			 const struct thread *thread);
/* Walks them, in no order: start with *at = 0; NULL at the end. */
struct fd *thread_fd_next(const struct thread *thread, size_t *at);
uint64_t thread_alive_count(const struct state *state,
			    const struct thread *thread);
uint64_t thread_child_count(const struct state *state,
			    const struct thread *thread);

/* Users and groups, by the container of the thread ("" the host). */
const struct meta_user *state_user(const struct state *state,
				   const char *container_id, uint32_t uid);
const struct meta_group *state_group(const struct state *state,
				     const char *container_id, uint32_t gid);

/* Walks the containers that are known: start with *at = 0; NULL at the end. */
const struct container *state_container_next(const struct state *state,
					     size_t *at);

/* Names of sockets have names of ports, of this machine's services. */
void state_resolve_ports(struct state *state, bool resolve);

/* Did the capture list the machine's interfaces? */
bool state_has_interfaces(const struct state *state);

/* Walks all threads: start with *at = 0. */
struct thread *state_thread_next(const struct state *state, size_t *at);

/* The group of threads of a process; for tests. */
struct thread_group_info {
	uint64_t alive, in_table;
	bool is_reaper;
};
bool state_group_info(const struct state *state, int64_t pid,
		      struct thread_group_info *ret_info);

/*
 * Joins a path to a directory and normalises it (no symlinks are followed):
 * state.md 4.2.  Writes at most len bytes with the NUL; returns the length.
 */
size_t path_join(char *out, size_t len, struct bytes dir, struct bytes path);

#endif
