/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of replay/state/; no other file includes this header. */
#ifndef SPOOR_REPLAY_STATE_INTERNAL_H
#define SPOOR_REPLAY_STATE_INTERNAL_H

#include "core/event/ppm_constants.h"
#include "replay/state/container.h"
#include "replay/state/state.h"

/* clang-format off */
enum { THREADS_MAX = 262144, FDS_MAX = 4096, STATE_PATH_MAX = 1024,
       CLONE_STALE_NS = 2000000000 };

/* clang-format on */

/*
 * A descriptor table: shared by the threads of a process, and after fork with
 * the parent until one of them changes it.
 */
struct fd_table {
	uint32_t references;
	struct map fds; /* num -> struct fd */
};

struct thread_group {
	int64_t pid;
	struct thread **threads; /* the main thread first */
	size_t count, capacity;
	uint64_t alive;
	bool is_reaper;
};

/* The last delivered enter event of a thread, of an old capture. */
struct enter_event {
	uint16_t code;
	struct text name; /* path, file name or address bytes */
	int64_t dirfd;
	uint32_t flags;
};

struct user_db;

/* The parser of an event type: updates the state and the context. */
typedef void state_parser(struct state *state, struct event_context *context);

/* One row per event code that changes the state. */
struct parser_row {
	uint16_t code;
	state_parser *parse;
};

/* Properties of an event code, precomputed. */
struct code_row {
	state_parser *parse;
	int8_t fd_param;    /* -1: no descriptor */
	bool no_thread;	    /* meta events */
	bool only_existing; /* an unknown thread gets no placeholder */
	bool has_error;	    /* its first parameter is negative on failure */
	bool renames;	    /* may change the name of a descriptor */
	bool moves_bytes;   /* implies that a socket is connected */
};

/* A thread that ended: its clone event may still come. */
struct ended_thread {
	int64_t tid, pid, ptid;
	uint64_t ts_ns;
};

enum { ENDED_MAX = 1024 };

struct state {
	struct code_row rows[EVENT_KIND_COUNT];
	struct ended_thread ended[ENDED_MAX]; /* hashed by tid, the latest */
	bool is_exact;	       /* restored from a keyframe: no guessing */
	struct thread *latest; /* thread of the previous event, or NULL */
	struct map threads;    /* tid -> struct thread */
	struct map groups;     /* pid -> struct thread_group */
	struct meta_machine machine;
	struct text hostname;
	struct meta_interface *interfaces;
	size_t interface_count, interface_capacity;
	bool resolves_ports;
	struct user_db *users;
	struct containers *containers;
	struct fd *free_fds;	  /* recycled entries */
	uint64_t open_count;	  /* open files so far: the last open_id */
	bool server_ports[65536]; /* bound at the start of the capture */
	bool has_times;
	uint64_t *switched_ns; /* by processor: time of its last switch event */
	size_t cpu_count, cpu_capacity;
	struct given_call given; /* of the next event's call */
	struct text given_path;
	int64_t given_tid;
	uint64_t given_ns;
	bool has_ids_before; /* of the event */
	struct thread_ids ids_before;
	/* Pending until state_finish. */
	struct thread *exiting;
	int64_t closing; /* fd, or -1 */
	struct thread *closing_thread;
};

/* threads.c */

/* Keeps the ids of a thread that the event is about to change. */
void state_keep_ids(struct state *state, const struct thread *thread);

/* Adds a thread, replacing one of the same tid; NULL: too many threads. */
struct thread *thread_add(struct state *state, int64_t tid, int64_t pid,
			  int64_t ptid);

/* Adds a placeholder for an unknown thread; NULL: too many threads. */
struct thread *thread_fake(struct state *state, int64_t tid);

/* Marks a thread as ended; it stays in the table until thread_end(). */
void thread_mark_dead(struct state *state, struct thread *thread);

/*
 * Ends a thread: its children get a new parent, and it leaves the table.  A
 * leader stays until the last thread of its process has ended.
 */
void thread_end(struct state *state, struct thread *thread);

/* Links a new thread to its process and its parent. */
void thread_link(struct state *state, struct thread *thread);

/* Makes the thread a member of process pid. */
void thread_join_group(struct state *state, struct thread *thread, int64_t pid);

/* Removes all other threads of the process (exec). */
void thread_end_others(struct state *state, struct thread *thread);

/* Is the thread the leader of its process? */
bool thread_is_main(const struct thread *thread);

/* Is the thread's tid, pid or ptid unknown? */
bool thread_is_invalid(const struct thread *thread);

/* Sets the path of the executable, without a trailing " (deleted)". */
void thread_set_exepath(struct thread *thread, struct bytes path);

/*
 * Sets args, and the cached command line of comm and args.  like: a thread
 * whose texts may be shared, or NULL.
 */
void thread_set_args(struct thread *thread, const void *data, size_t len,
		     const struct thread *like);

/* Sets the container according to the thread's cgroups. */
void thread_update_container(struct state *state, struct thread *thread);

/* Changes the container, and the thread counts of both; NULL: the host. */
void thread_set_container(struct thread *thread,
			  const struct container *container);

/* Links all threads of the start state to processes and parents. */
void threads_link(struct state *state);

/* Frees all threads and groups. */
void threads_free(struct state *state);

/* fds.c */

/*
 * The thread whose descriptor table is used, the leader; NULL: it is unknown.
 */
struct thread *fds_owner(const struct thread *thread);

/* Drops a reference; the last one frees the table. */
void fd_table_release(struct state *state, struct fd_table *table);

/* The table for changes: created or copied if necessary; NULL: no leader. */
struct fd_table *fds_writable(struct state *state, struct thread *thread);

/*
 * Adds an entry, replacing one of the same number; NULL: no leader, or too
 * many.
 */
struct fd *fd_add(struct state *state, struct thread *thread, int64_t num,
		  uint8_t type);

/* An entry for changes, in a table that is not shared; NULL: none. */
struct fd *fd_writable(struct state *state, struct thread *thread, int64_t num);

/* Removes an entry, if there is one. */
void fd_remove(struct state *state, struct thread *thread, int64_t num);

/* Gives `to' the table of `from', shared until one of them changes it. */
void fds_copy(struct state *state, struct thread *to,
	      const struct thread *from);

/* Removes the entries for which test() is true. */
void fds_remove_if(struct state *state, struct thread *thread,
		   bool (*test)(const struct fd *fd, const void *user),
		   const void *user);

/* Copies all members; the texts are shared. */
void fd_copy_from(struct fd *to, const struct fd *from);

/* users.c */

/* An empty table of users and groups by container; free: user_db_free. */
struct user_db *user_db_new(void);
void user_db_free(struct user_db *db);

/* Adds or replaces a user; container_id "" is the host. */
void user_db_add(struct user_db *db, const char *container_id,
		 const struct meta_user *user);
void user_db_add_group(struct user_db *db, const char *container_id,
		       const struct meta_group *group);

/*
 * Iterates over users, then groups; one of *ret_user and *ret_group is set.
 * Start with *at = 0; false at the end.
 */
bool user_db_next(const struct user_db *db, size_t *at,
		  const char **ret_container_id,
		  const struct meta_user **ret_user,
		  const struct meta_group **ret_group);

/*
 * Removes users of containers that no longer exist, if the table is very
 * large.
 */
void user_db_sweep(struct user_db *db, const struct containers *containers);

/* Removes a user or group, if it exists. */
void user_db_remove(struct user_db *db, const char *container_id, uint32_t id,
		    bool is_group);

/* parse_socket.c */

/* Marks the event's IP socket as connected. */
void fd_set_connected(struct state *state, struct event_context *context);

/* Derives the roles of sockets of the start state: state.md 4.5. */
void sockets_after_scan(struct state *state);

/* Fills an entry from a metadata item. */
void fd_from_meta(struct state *state, struct fd *fd,
		  const struct meta_fd *meta);

/* interfaces.c: an unsaid end of an IP socket gets the address of the interface
 * that leads to its other end. */
void fd_patch_ends(const struct state *state, struct fd *fd);

/* Tables of parsers, each ending with a NULL parse. */
extern const struct parser_row parsers_process[];
extern const struct parser_row parsers_call[];
extern const struct parser_row parsers_file[];
extern const struct parser_row parsers_socket[];
extern const struct parser_row parsers_meta[];

/* A parameter known to be a 64-bit integer (results, descriptors). */
static inline int64_t param_s64(const struct event *event, unsigned i,
				int64_t fallback)
{
	if (i >= event->count || event->params[i].len < 8)
		return fallback;
	return (int64_t)load_u64(event->params[i].data);
}

/*
 * Resolves a path relative to dirfd, as in state.md 4.2; the result may be in
 * buffer.  Defined in parse_file.c.
 */
struct text resolve_at(struct state *state, const struct thread *thread,
		       int64_t dirfd, struct bytes path,
		       char buffer[STATE_PATH_MAX + 1]);

#endif
