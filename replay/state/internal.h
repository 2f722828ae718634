/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of replay/state/ share; nobody else includes this. */
#ifndef SPOOR_REPLAY_STATE_INTERNAL_H
#define SPOOR_REPLAY_STATE_INTERNAL_H

#include "core/event/ppm_constants.h"
#include "replay/state/container.h"
#include "replay/state/state.h"

/* clang-format off */
enum { THREADS_MAX = 262144, FDS_MAX = 4096, STATE_PATH_MAX = 1024,
       CLONE_STALE_NS = 2000000000 };
/* clang-format on */

/* Shared by the threads of a process, and by its copies until one writes. */
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

/* The last enter event of a thread that the converter let through. */
struct enter_event {
	uint16_t code;
	struct text name; /* path, file name or address bytes */
	int64_t dirfd;
	uint32_t flags;
};

struct user_db;

/* The parser of an event; updates the state and the context. */
typedef void state_parser(struct state *state, struct event_context *context);

/* One row per event code that means something to the state. */
struct parser_row {
	uint16_t code;
	state_parser *parse;
};

/* What is known of an event code before any event of it comes. */
struct code_row {
	state_parser *parse;
	int8_t fd_param;    /* -1: it uses no fd */
	bool no_thread;	    /* meta events */
	bool only_existing; /* no thread is made up for it */
	bool has_error;	    /* its first parameter is negative on failure */
	bool renames;	    /* it may give an entry another name */
	bool moves_bytes;   /* it shows that a socket is connected */
};

/* A thread that ended: its clone may be reported later still. */
struct ended_thread {
	int64_t tid, pid, ptid;
	uint64_t ts_ns;
};

enum { ENDED_MAX = 1024 };

struct state {
	struct code_row rows[EVENT_KIND_COUNT];
	struct ended_thread ended[ENDED_MAX]; /* by tid, the latest */
	bool is_exact;	       /* restored: nothing is to be guessed */
	struct thread *latest; /* of the event before; NULL: none */
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
	bool server_ports[65536]; /* bound at the start of the capture */
	bool has_times;
	uint64_t *switched_ns; /* by processor: its last switch event */
	size_t cpu_count, cpu_capacity;
	bool has_ids_before; /* of the event */
	struct thread_ids ids_before;
	/* What waits for state_finish. */
	struct thread *exiting;
	int64_t closing; /* fd, or -1 */
	struct thread *closing_thread;
};

/* state.c: notes the ids that the event is about to change. */
void state_keep_ids(struct state *state, const struct thread *thread);

/* threads.c */
struct thread *thread_add(struct state *state, int64_t tid, int64_t pid,
			  int64_t ptid);
struct thread *thread_fake(struct state *state, int64_t tid);
/* It no longer runs, but stays in the table until thread_end(). */
void thread_mark_dead(struct state *state, struct thread *thread);
/*
 * The thread has ended: its children get another parent, it leaves the table;
 * a leader stays until the last of its threads has ended.
 */
void thread_end(struct state *state, struct thread *thread);
/* Puts a new thread into its process and under its parent. */
void thread_link(struct state *state, struct thread *thread);
void thread_join_group(struct state *state, struct thread *thread, int64_t pid);
/* Removes the other threads of its group (exec). */
void thread_become_only(struct state *state, struct thread *thread);
bool thread_is_main(const struct thread *thread);
bool thread_is_invalid(const struct thread *thread);
/* The path of the executable, without the kernel's " (deleted)" behind it. */
void thread_set_exepath(struct thread *thread, struct bytes path);
/* Sets args, and the cached command line from comm and args. */
void thread_set_args(struct thread *thread, const void *data, size_t len,
		     const struct thread *like);
void thread_update_container(struct state *state, struct thread *thread);
void thread_set_container(struct thread *thread,
			  const struct container *container);
void threads_link(struct state *state);
void threads_free(struct state *state);

/* fds.c */
/* Whose table a thread uses; NULL: that of a leader that is not known. */
struct thread *fds_owner(const struct thread *thread);
void fd_table_release(struct state *state, struct fd_table *table);
/* The table to write to: made, or unshared, if need be; NULL: no leader. */
struct fd_table *fds_writable(struct state *state, struct thread *thread);
struct fd *fd_add(struct state *state, struct thread *thread, int64_t num,
		  uint8_t type);
/* An entry that can be written: unshares the table. */
struct fd *fd_writable(struct state *state, struct thread *thread, int64_t num);
void fd_remove(struct state *state, struct thread *thread, int64_t num);
void fds_copy(struct state *state, struct thread *to,
	      const struct thread *from);
/* Removes the entries that test() wants gone. */
void fds_remove_if(struct state *state, struct thread *thread,
		   bool (*test)(const struct fd *fd, const void *user),
		   const void *user);
void fd_copy_from(struct fd *to, const struct fd *from);

/* users.c */
struct user_db *user_db_new(void);
void user_db_free(struct user_db *db);
void user_db_add(struct user_db *db, const char *container_id,
		 const struct meta_user *user);
void user_db_add_group(struct user_db *db, const char *container_id,
		       const struct meta_group *group);
/* Walks users, then groups: one of them is set; start with *at = 0. */
bool user_db_next(const struct user_db *db, size_t *at,
		  const char **ret_container_id,
		  const struct meta_user **ret_user,
		  const struct meta_group **ret_group);
/* Drops those of containers that are gone, if there are very many. */
void user_db_sweep(struct user_db *db, const struct containers *containers);
void user_db_remove(struct user_db *db, const char *container_id, uint32_t id,
		    bool is_group);

/* parse_socket.c */
void fd_set_connected(struct state *state, struct event_context *context);
void sockets_after_scan(struct state *state);
void fd_from_meta(struct state *state, struct fd *fd,
		  const struct meta_fd *meta);

/* Tables of parsers, each ending with a NULL parse. */
extern const struct parser_row parsers_process[];
extern const struct parser_row parsers_call[];
extern const struct parser_row parsers_file[];
extern const struct parser_row parsers_socket[];
extern const struct parser_row parsers_meta[];

/* A 64-bit parameter: results and fds, without a look at the table. */
static inline int64_t param_s64(const struct event *event, unsigned i,
				int64_t fallback)
{
	if (i >= event->count || event->params[i].len < 8)
		return fallback;
	return (int64_t)load_u64(event->params[i].data);
}

/* Path helpers of parse_file.c: dirfd rules of state.md 4.2. */
struct text resolve_at(struct state *state, const struct thread *thread,
		       int64_t dirfd, struct bytes path,
		       char buffer[STATE_PATH_MAX + 1]);

#endif
