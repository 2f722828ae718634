/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of the loader.  For each event, loader.c calls who.c
 * (its process), then flows.c (data it moves), then rows.c, which inserts a
 * row into each table that has rows for its type.
 */
#ifndef SPOOR_DB_LOAD_H
#define SPOOR_DB_LOAD_H

#include <sqlite3.h>

#include "core/file/file.h"
#include "db/db.h"
#include "db/records.h"
#include "db/schema.h"
#include "replay/replay.h"
#include "replay/state/sockets.h"

/* clang-format off */
enum {
	EVENT_ID_BITS = 40, /* of evt.num; the higher bits are the capture */
	/* Types of calls without an event type: by syscall code, by number. */
	TYPE_GENERIC = 1000,
	TYPE_NATIVE = 2000,
	TYPE_COUNT = 3000
};

/* clang-format on */

struct rows;
struct strings;
struct who;
struct owners;
struct flows;
struct objects;
struct lookups;

/* Counts of one second of the timeline. */
enum { CLASS_COUNT = 10 };

struct second {
	int64_t second;
	struct timeline_record classes[CLASS_COUNT];
};

/* Counts of what the events of a capture lack. */
/* clang-format off */
enum lack { LACK_ARGS, LACK_DIRECTORY, LACK_COUNT };

/* clang-format on */

struct lacking {
	uint64_t count, last_num;
	int64_t first_ns, last_ns;
};

/* A call that moves bytes between two objects, see moves.c. */
struct move {
	struct event event; /* read(2) or write(2) of so many bytes */
	int64_t bytes, mapped;
	struct fd memory; /* of another process, where it is that */
	struct field_context context;
};

struct moves {
	unsigned count;
	struct move parts[2];
};

/* Fields that several columns use. */
/* clang-format off */
enum load_field { LINK_TEXT, DATA, FIELD_COUNT };

/* clang-format on */

struct load {
	struct event_sink sink;
	sqlite3 *db;
	const struct db_options *options;
	struct arena arena; /* fields, statements */
	struct field_ref *refs[FIELD_COUNT];
	struct rows *rows[TABLE_COUNT]; /* NULL: not loaded */
	/* Tables with rows for a type, as bits of TABLE_*; see rows_open. */
	uint32_t tables_of[TYPE_COUNT];
	bool is_type_known[TYPE_COUNT]; /* event_types has a row for it */
	int64_t next_ids[TABLE_COUNT];
	struct strings *strings;
	struct who *who;
	struct owners *owners;
	struct flows *flows;
	struct objects *objects;
	struct lookups *lookups;
	struct second second;
	struct lacking lacking[LACK_COUNT];
	struct reader *reader;
	struct replay *replay;
	struct capture_record capture;
	/* files of the capture, in order */
	const char *const *files;
	const char *fingerprint, *sha256;	/* of the files; NULL: none */
	bool is_stopped;			/* by the user */
	int64_t committed_ns, committed_events; /* with options->follow */
	/* Of the current event. */
	unsigned type;
	int64_t process_id, connection_id; /* NO_NUMBER: none */
	struct bytes named;		   /* the file; data NULL: none */
	struct moves moves;		   /* too large for the stack */
	bool is_beginning;		   /* start state known, no event yet */
	bool is_one_of_many;		   /* captures that are loaded */
	bool has_failed;
	struct error error; /* the first failure */
};

/* Records that SQLite failed; the load ends at its next event. */
void load_fail(struct load *load);

/* events.c: a replay whose events become rows, and put() of the sink. */
struct replay *load_replay(struct load *load);
int load_put(struct event_sink *sink, const struct item *item,
	     struct error *err);

/* gaps.c: inserts the gaps that an event reports. */
void gaps_event(struct load *load, const struct event *event);

/* lacks.c: counts something that is lacking, once for each event. */
void lacks_count(struct load *load, enum lack which, const struct event *event);

/* Inserts the gaps of the whole capture. */
void gaps_end(struct load *load, const struct evidence *evidence);

/* rows.c: opens a table for inserting rows.  0 or -1. */
int rows_open(struct load *load, enum table_id id, struct error *err);

/* Inserts a row for an event. */
void rows_put(struct load *load, enum table_id id,
	      const struct row_source *from);

/* Inserts a row for an object without event. */
void rows_put_object(struct load *load, enum table_id id, const void *object);

/*
 * Updates the COLUMN_LATE columns of the object's row, found by its key (the
 * first column).
 */
void rows_update(struct load *load, enum table_id id, const void *object);

/* Inserts all buffered rows into the database. */
void rows_flush(struct load *load);

/* To be called after rows were deleted from the tables. */
void rows_refresh(struct load *load);

/* Closes a table. */
void rows_close(struct load *load, enum table_id id);

/* The next key of a table. */
int64_t load_next_id(struct load *load, enum table_id id);

/* strings.c: texts of the table strings by id; free with strings_free. */
struct strings *strings_new(struct load *load);
void strings_free(struct strings *strings);

/* The id of a text; a new text gets a row. */
int64_t strings_id(struct load *load, struct bytes text);

/* owners.c: the containers and users of processes. */
struct owners *owners_new(void);

/* Accepts NULL. */
void owners_free(struct owners *owners);

/* A number for a container's id. */
uint64_t owners_key(const char *container_id);

/* Inserts rows for a new process's container and user, if they are new. */
void owners_note(struct load *load, const struct thread *thread,
		 int64_t first_ns);

/* Processes an event without thread, which may have container metadata. */
void owners_event(struct load *load, const struct event *event);

/* Updates rows whose metadata came late. */
void owners_sync(struct load *load);

/* Inserts a row for a user of a container, if it is new. */
void owners_user(struct load *load, const char *container_id,
		 const struct meta_user *user);

/* who.c: processes, threads and sessions; free with who_free. */
struct flow;
struct who *who_new(void);
void who_free(struct who *who);

/* Inserts rows for the start state, when its lists are complete. */
void who_begin(struct load *load);

/*
 * Sets load->process_id; returns the process's flows, NULL: the event has no
 * process.
 */
struct flow **who_event(struct load *load, const struct field_context *context);

/* The flows of a process's leader; sets load->process_id. */
struct flow **who_flows(struct load *load, const struct thread *leader);

/* Processes what must follow the rules: exits. */
void who_finish(struct load *load, const struct event *event);

/* Updates the rows of running processes. */
void who_sync(struct load *load);

/* Updates all rows at the end of the capture. */
void who_end(struct load *load);

/* Counts an alert for the current event's process. */
void who_alert(struct load *load);

/* user_changes.c: a row of a call that changes ids or capabilities. */
void user_changes_event(struct load *load, const struct field_context *context);

/*
 * moves.c: is the event a call that moves bytes between two objects?  Then
 * *moves has its parts, until moves_done.
 */
bool moves_of(const struct field_context *context, struct moves *moves);
void moves_done(struct moves *moves);

/* flows.c, flow_events.c: connections, and files that are read and written. */
struct flows *flows_new(void);
void flows_free(struct flows *flows);

/*
 * Adds an event to its flow, in the list of its process; sets
 * load->connection_id.
 */
void flows_event(struct load *load, const struct field_context *context,
		 struct flow **list);

/* A file is mapped: the part of the event is a read or write of nothing. */
void flows_map(struct load *load, const struct move *part, struct flow **list);

/* Ends all flows of a process that ended or executed another program. */
void flows_end(struct load *load, struct flow **list, int64_t closed_ns);

/* Updates the rows of open flows. */
void flows_sync(struct load *load);
/* The state at the start is known: sockets that listen have rows. */
void flows_begin(struct load *load, const struct field_context *context);

/* ends.c: what an event tells of its socket, the source is its own end ... */
struct ends_told {
	struct sock_tuple ends;
	bool has_own, has_peer;
};
void ends_tell(const struct field_context *context, struct ends_told *ret_told);
/* ... and the end that the state knows of a descriptor; false: none. */
bool ends_known(const struct fd *fd, bool own, struct sock_tuple *ends);
/* "tcp", "udp" ...; NULL: it has none. */
const char *ends_protocol(const struct fd *fd);
/* What the name of a unix socket's descriptor has as its path. */
struct bytes ends_unix_path(const struct fd *fd);
/* Both ends, a path, or what a call that failed was given; data NULL: none. */
struct bytes ends_name(const struct field_context *context);
/* Both as text, which lives as long as the event. */
struct ends {
	struct bytes local, remote;	 /* data NULL: not known */
	int64_t local_port, remote_port; /* NO_NUMBER: not known */
};

/* The ends of the event's socket. */
void ends_of(const struct field_context *context, struct ends *ret_ends);

/* lookups.c: rows of the DNS messages in an event. */
struct lookups *lookups_new(void);
/* Accepts NULL. */
void lookups_free(struct lookups *lookups);
void lookups_event(struct load *load, const struct field_context *context);

/*
 * timeline.c: counts an event; moves: its two ends if moves_of() is true, else
 * NULL.
 */
void timeline_event(struct load *load, const struct field_context *context,
		    const struct moves *moves);

/* Inserts the rows of the current second. */
void timeline_flush(struct load *load);

/* A string as struct bytes; NULL: empty, with data NULL. */
static inline struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

/* The direction of an event's data, seen from its process. */
enum direction { GOES_NOWHERE, GOES_IN, GOES_OUT };

/* The direction of an event's data. */
enum direction event_direction(const struct event *event);

#endif
