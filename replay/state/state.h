/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of the machine at an event: threads, file descriptors, users,
 * containers, interfaces.  First stage of replay.  Built from the metadata of
 * a capture and updated by its events, with the rules (and quirks) of Falco
 * and sysdig, so that fields have the same values.  Semantics: doc/state.md.
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
       FD_FROM_PROC = 64, FD_CLONED = 128, FD_DUPLICATED = 256 };
/* clang-format on */

struct fd {
	int64_t num;
	/* The open file it stands for: its copies (dup, fork) have the same. */
	uint64_t open_id;
	uint8_t type;	    /* SCAP_FD_* */
	uint8_t l4proto;    /* SCAP_L4_* */
	uint8_t role;	    /* enum fd_role */
	bool is_datagram;   /* made by socket() with SOCK_DGRAM or SOCK_RAW */
	uint16_t flags;	    /* FD_* above */
	uint32_t openflags; /* PPM_O_* */
	uint32_t dev;
	uint64_t ino;
	struct text name;
	struct text name_raw;	  /* the path as the program passed it */
	uint8_t sip[16], dip[16]; /* client and server end, network order */
	uint16_t sport, dport;
	uint64_t unix_source, unix_dest;
	int64_t pid; /* pidfd: its process */
};

struct container;    /* replay/state/container.h */
struct thread_group; /* private to state/ */
struct enter_event;

struct thread {
	/* The members that every event needs, in one cache line. */
	bool is_dead;
	bool is_fake;	      /* a placeholder: its pid is unknown */
	bool wants_parent;    /* private: restored, not yet linked */
	struct fd_table *fds; /* of the leader; shared by its threads */
	const struct container *container; /* NULL: the host */
	struct thread_group *group;	   /* private to state/ */
	PROCESS_GROUP;			   /* begins with its ids */
	struct enter_event *enter;	   /* private: TOCTOU, see state.c */
	const char *container_id;	   /* "" host; short form */
	struct text cwd, comm, exe, exepath, root;
	struct text cmdline;   /* comm and args, cached */
	struct text_list args; /* argv[1..] */
	struct text_list env;
	struct text_list cgroups; /* subsys=path */
	uint32_t ruid, rgid;	  /* real ids: see struct thread_ids */
	uint64_t exe_ino_ctime_duration_clone_ts;
	uint64_t exe_ino_ctime_duration_pidns_start;
	uint64_t lastexec_ns;
	int64_t reaper_tid;
	/* From events of old captures: state_has_times. */
	uint64_t slice_ns, run_ns;   /* from switch events: last, total */
	uint64_t user_ns, system_ns; /* from procinfo events: total, */
	uint64_t user_was_ns, system_was_ns; /* and at the previous event */
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

/* An empty state; free with state_free. */
struct state *state_new(void);

/* Accepts NULL. */
void state_free(struct state *state);

/* The subject of an event; valid from state_apply to state_finish. */
struct event_context {
	const struct event *event;
	struct thread *thread; /* NULL for meta events and unknown clones */
	/* the entry that the event uses or creates, or NULL */
	struct fd *fd;
	int64_t fd_num;	   /* its number; -1 none */
	int64_t errorcode; /* -res of a failed event, else 0 */
};

/* Updates the state by a metadata item. */
void state_meta(struct state *state, const struct meta *meta);

/*
 * Updates the state by an event and determines its subject.  Filters and
 * outputs read the new state.
 */
void state_apply(struct state *state, const struct event *event,
		 struct event_context *ret_context);

/* Applies the event's pending changes: closed descriptors, ended threads. */
void state_finish(struct state *state, struct event_context *context);

/*
 * Delivers the whole state as items: a fresh state that takes them has the
 * same contents.  For keyframes and for replay in parts.  Only between events.
 * META_SECTION is not delivered; META_EVENTS is, and after it events of
 * containers and their users with EVENT_STATE_ONLY.  Stored enter events of
 * old captures are not included.  Returns 0, or the first result of put() that
 * is not 0.
 */
typedef int state_put_fn(void *user, const struct item *item,
			 struct error *err);
int state_emit(const struct state *state, state_put_fn *put, void *user,
	       struct error *err);

/*
 * Were there switch or procinfo events?  The times derived from them are not
 * delivered by state_emit.
 */
bool state_has_times(const struct state *state);

/*
 * The ids and capabilities of the event's thread before the event, for calls
 * that change them (set*id, capset, exec); else NULL.  Valid until
 * state_finish.
 */
const struct thread_ids *state_ids_before(const struct state *state);

/* The ids and capabilities of a thread now. */
struct thread_ids thread_ids(const struct thread *thread);

/*
 * The arguments of a call without an event type, if the recorder stored them;
 * else NULL.  Valid until the next event.
 */
struct given_call {
	int64_t res;
	int64_t fd;	   /* -1: none */
	struct bytes path; /* len 0: none */
};
const struct given_call *state_given(const struct state *state,
				     const struct event *event);

/* A thread by its tid; NULL if absent. */
struct thread *state_thread(const struct state *state, int64_t tid);

/* A descriptor of the thread's process; NULL if absent. */
struct fd *state_fd(const struct state *state, const struct thread *thread,
		    int64_t fd);

/* The leader of the thread's process (maybe itself), or NULL. */
struct thread *thread_main(const struct state *state,
			   const struct thread *thread);

/* The leader of the parent process, or NULL. */
struct thread *thread_parent(const struct state *state,
			     const struct thread *thread);

/* The working directory of the process, ending with '/'; "./" if unknown. */
struct text thread_cwd(const struct state *state, const struct thread *thread);

/* Number of open descriptors of the process. */
uint64_t thread_fd_count(const struct state *state,
			 const struct thread *thread);

/*
 * Iterates over the descriptors, unordered: start with *at = 0; NULL at the
 * end.
 */
struct fd *thread_fd_next(const struct thread *thread, size_t *at);

/* Number of running threads of the process. */
uint64_t thread_alive_count(const struct state *state,
			    const struct thread *thread);

/* Number of children of the process. */
uint64_t thread_child_count(const struct state *state,
			    const struct thread *thread);

/* A user by id, in a container ("" is the host); NULL if unknown. */
const struct meta_user *state_user(const struct state *state,
				   const char *container_id, uint32_t uid);

/* A group by id, in a container ("" is the host); NULL if unknown. */
const struct meta_group *state_group(const struct state *state,
				     const char *container_id, uint32_t gid);

/* Iterates over the known containers: start with *at = 0; NULL at the end. */
const struct container *state_container_next(const struct state *state,
					     size_t *at);

/*
 * Whether socket names contain service names (of this machine) instead of
 * ports.
 */
void state_resolve_ports(struct state *state, bool resolve);

/* Did the capture list the machine's interfaces? */
bool state_has_interfaces(const struct state *state);

/* Iterates over all threads: start with *at = 0; NULL at the end. */
struct thread *state_thread_next(const struct state *state, size_t *at);

/* The threads of a process, for tests. */
struct thread_group_info {
	uint64_t alive, in_table;
	bool is_reaper;
};
bool state_group_info(const struct state *state, int64_t pid,
		      struct thread_group_info *ret_info);

/*
 * Joins a path to a directory and normalises it, without following symbolic
 * links: state.md 4.2.  Writes at most len bytes including the NUL; returns
 * the length.
 */
size_t path_join(char *out, size_t len, struct bytes dir, struct bytes path);

#endif
