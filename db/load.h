/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of a load share.  An event goes through loader.c: who.c
 * says whose it is, flows.c what it moves; then rows.c puts a row into each
 * table that wants one.
 */
#ifndef SPOOR_DB_LOAD_H
#define SPOOR_DB_LOAD_H

#include <sqlite3.h>

#include "core/file/file.h"
#include "db/db.h"
#include "db/records.h"
#include "db/schema.h"
#include "replay/replay.h"

/* clang-format off */
enum {
	EVENT_ID_BITS = 40, /* of evt.num; above it the capture */
	/* Calls without an event of their own: by syscall code, by number. */
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

/* Counts of one second of the timeline. */
enum { CLASS_COUNT = 8 };

struct second {
	int64_t second;
	struct timeline_record classes[CLASS_COUNT];
};

/* What the events of a capture lack, counted over all of it. */
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

/* Fields that several columns are made of. */
/* clang-format off */
enum load_field { LINK_TEXT, FAMILY, PROTOCOL, DATA,
		  FIELD_COUNT };
/* clang-format on */

struct load {
	struct event_sink sink;
	sqlite3 *db;
	const struct db_options *options;
	struct arena arena; /* fields, statements */
	struct field_ref *refs[FIELD_COUNT];
	struct rows *rows[TABLE_COUNT]; /* NULL: not wanted */
	/* Tables with a row for a type, as bits of TABLE_*; see rows_open. */
	uint32_t tables_of[TYPE_COUNT];
	bool is_type_known[TYPE_COUNT]; /* it is in event_types */
	int64_t next_ids[TABLE_COUNT];
	struct strings *strings;
	struct who *who;
	struct owners *owners;
	struct flows *flows;
	struct objects *objects;
	struct second second;
	struct lacking lacking[LACK_COUNT];
	struct reader *reader;
	struct replay *replay;
	struct capture_record capture;
	const char *const *files;		/* of the capture, in order */
	const char *fingerprint, *sha256;	/* of them; NULL: none */
	bool is_stopped;			/* by the user */
	int64_t committed_ns, committed_events; /* of a load that follows */
	/* Of the event. */
	unsigned type;
	int64_t process_id, connection_id; /* NO_NUMBER: none */
	struct bytes named;		   /* the file; data NULL: none */
	struct moves moves;		   /* too large for the stack */
	bool is_one_of_many;		   /* captures that are loaded */
	bool has_failed;
	struct error error; /* of the first failure */
};

/* Notes that SQLite failed; the load ends at its next event. */
void load_fail(struct load *load);

/* events.c: a replay whose events become rows, and put() of the sink. */
struct replay *load_replay(struct load *load);
int load_put(struct event_sink *sink, const struct item *item,
	     struct error *err);

/* gaps.c: what an event says that is missing, and what the whole capture. */
void gaps_event(struct load *load, const struct event *event);
/* Counts something that is lacking, once of each event. */
void gaps_lack(struct load *load, enum lack which, const struct event *event);
void gaps_end(struct load *load, const struct evidence *evidence);

/* rows.c: rows of one table, gathered and inserted. */
int rows_open(struct load *load, enum table_id id, struct error *err);
void rows_put(struct load *load, enum table_id id,
	      const struct row_source *from);
/* The row of an object (no event). */
void rows_put_object(struct load *load, enum table_id id, const void *object);
/* Sets the COLUMN_LATE columns of the row with the key (its first column). */
void rows_update(struct load *load, enum table_id id, const void *object);
/* All rows that were put are in the database after it. */
void rows_flush(struct load *load);
/* Rows were taken out of the tables. */
void rows_refresh(struct load *load);
void rows_close(struct load *load, enum table_id id);

/* The next key of a table. */
int64_t load_next_id(struct load *load, enum table_id id);

/* strings.c: texts by number. */
struct strings *strings_new(struct load *load);
void strings_free(struct strings *strings);
int64_t strings_id(struct load *load, struct bytes text);

/* owners.c: the containers and users of processes. */
struct owners *owners_new(void);
/* Accepts NULL. */
void owners_free(struct owners *owners);
/* What stands for a container's id. */
uint64_t owners_key(const char *container_id);
/* A process began: whose it is has a row from now on. */
void owners_note(struct load *load, const struct thread *thread,
		 int64_t first_ns);
/* An event without a thread may tell of a container. */
void owners_event(struct load *load, const struct event *event);
/* All metadata that came late is put down. */
void owners_sync(struct load *load);
void owners_user(struct load *load, const char *container_id,
		 const struct meta_user *user);

/* who.c: processes, threads and sessions. */
struct flow;
struct who *who_new(void);
void who_free(struct who *who);
/* The lists of the capture are complete. */
void who_begin(struct load *load);
/* Sets load->process_id; returns its flows, NULL: the event is of none. */
struct flow **who_event(struct load *load, const struct field_context *context);
/* What waits for the end of the event, after rules. */
void who_finish(struct load *load, const struct event *event);
/* Brings rows up to date of what goes on; the capture has ended. */
void who_sync(struct load *load);
void who_end(struct load *load);
void who_alert(struct load *load);

/* user_changes.c: a row of a call that changes ids or capabilities. */
void user_changes_event(struct load *load, const struct field_context *context);

/* moves.c: is the event such a call?  *moves has its parts then, until moves_done. */
bool moves_of(const struct field_context *context, struct moves *moves);
void moves_done(struct moves *moves);

/* flows.c: connections, and files that are read and written. */
struct flows *flows_new(void);
void flows_free(struct flows *flows);
/* Sets load->connection_id. */
void flows_event(struct load *load, const struct field_context *context,
		 struct flow **list);
/* A file is mapped: the part of the event is a read or write of nothing. */
void flows_map(struct load *load, const struct move *part, struct flow **list);
/* The process has ended or runs another program. */
void flows_end(struct load *load, struct flow **list, int64_t closed_ns);
/* Puts rows of those that go on. */
void flows_sync(struct load *load);

/* ends.c: of the event's socket; texts live as long as the event. */
struct ends {
	struct bytes local, remote;	 /* data NULL: not known */
	int64_t local_port, remote_port; /* NO_NUMBER: not known */
};
void ends_of(const struct field_context *context, struct ends *ret_ends);

/* dns.c: rows of the DNS messages in an event. */
void dns_event(struct load *load, const struct field_context *context);

/* timeline.c */
void timeline_event(struct load *load, const struct field_context *context);
void timeline_flush(struct load *load);

static inline struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

/* Where the bytes go that an event moves, seen from its process. */
enum direction { GOES_NOWHERE, GOES_IN, GOES_OUT };
enum direction event_direction(const struct event *event);

#endif
