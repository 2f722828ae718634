/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads the captures that are not yet in the database, one after the other, in
 * one transaction; indices come last.  Processing of events is in events.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/nearest.h"
#include "core/sha256.h"
#include "db/load.h"
#include "db/objects.h"
#include "db/store.h"
#include "flow/flow.h"

/* clang-format off */
enum { EVENTS_PER_PROGRESS = 65536, COMMIT_NS = 1000000000,
       /* estimated size of rows per byte of a capture */
       GROWTH = 8, HASHED_AT_ONCE = 256 * 1024 };
/* clang-format on */

static bool report(struct load *l)
{
	const struct file_stats *stats = reader_stats(l->reader);
	const struct db_options *o = l->options;
	struct db_progress progress = {
		.path = (const char *)l->capture.path.data,
		.events = (uint64_t)l->capture.events,
		.file_read = stats->file_read,
		.file_len = stats->file_len,
	};

	l->is_stopped |= o->progress && !o->progress(o->user, &progress);
	return !l->is_stopped;
}

/* Commits, with options->follow, so that others see what was loaded so far. */
static void commit(struct load *l)
{
	who_sync(l);
	flows_sync(l);
	timeline_flush(l);
	rows_update(l, TABLE_CAPTURES, &l->capture);
	rows_flush(l);
	if (sqlite3_exec(l->db, "COMMIT; BEGIN", NULL, NULL, NULL))
		load_fail(l);
	l->committed_events = l->capture.events;
}

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void commit_sometimes(struct load *l)
{
	int64_t now = now_ns();

	if (now - l->committed_ns < COMMIT_NS ||
	    l->committed_events == l->capture.events)
		return;
	commit(l);
	l->committed_ns = now;
}

/* The reader is at the end of a growing file: waits, and commits. */
static bool wait_for_more(void *user)
{
	struct load *l = user;

	commit_sometimes(l);
	return !l->has_failed && l->reader ? report(l) : !l->has_failed;
}

/* Called periodically by the pump: false stops it. */
static bool look(void *user)
{
	struct load *l = user;

	if (l->options->follow)
		commit_sometimes(l);
	return report(l);
}

/* All items of the source: 0, or -1 and err says where it is damaged. */
static int load_all(struct load *l, struct error *err)
{
	const struct pump pump = { .source = reader_source(l->reader),
				   .sinks = { &l->sink },
				   .look = look,
				   .user = l,
				   .look_every = EVENTS_PER_PROGRESS };
	enum pump_end end = pump_run(&pump, err);

	return end == PUMP_SOURCE_FAILED && !l->is_stopped ? -1 : 0;
}

static const char *plus(struct load *l, const char *series, const char *more)
{
	return series ? arena_printf(&l->arena, "%s+%s", series, more) : more;
}

/* Computes the fingerprint, and the hash for the chain of custody. */
static int add_hashes(struct load *l, int fd, const char *path,
		      struct error *err)
{
	struct sha256 *sha256 = sha256_new();
	uint8_t *part = mem_alloc(HASHED_AT_ONCE);
	uint64_t hash = hash_begin(), len = 0;
	sha256_text hex;
	ssize_t n;

	while ((n = read(fd, part, HASHED_AT_ONCE)) > 0) {
		sha256_put(sha256, part, (size_t)n);
		hash = hash_more(hash, part, (size_t)n);
		len += (uint64_t)n;
	}
	free(part);
	sha256_end(sha256, hex);
	if (n < 0)
		return error_errno(err, "%s: read", path);
	if (!len)
		return 0;
	l->sha256 = plus(l, l->sha256, arena_strdup(&l->arena, hex));
	l->fingerprint = plus(l, l->fingerprint,
			      arena_printf(&l->arena, "%" PRIu64 "-%016" PRIx64,
					   len, hash_end(hash)));
	return 0;
}

/* Adds a file to the fingerprint of its series; nothing for a pipe. */
static int add_fingerprint(struct load *l, const char *path, struct error *err)
{
	struct stat st;
	int result = 0;
	int fd;

	if (!strcmp(path, "-"))
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st))
		return error_errno(err, "%s: cannot open", path);
	if (S_ISREG(st.st_mode))
		result = add_hashes(l, fd, path, err);
	close(fd);
	return result;
}

/* The fingerprint of a capture: sizes and hashes of its files. */
static int take_fingerprint(struct load *l, const char *const *paths,
			    unsigned count, struct error *err)
{
	l->fingerprint = l->sha256 = NULL;
	for (unsigned i = 0; i < count; i++)
		if (add_fingerprint(l, paths[i], err))
			return -1;
	return 0;
}

static void begin_capture(struct load *l, const char *path)
{
	l->capture = (struct capture_record){
		.capture_id = load_next_id(l, TABLE_CAPTURES),
		.path = bytes_of(path),
		.status = bytes_of("loading"),
		.file_len = NO_NUMBER,
		.first_ns = NO_NUMBER,
		.last_ns = NO_NUMBER,
		.cpu_count = NO_NUMBER,
		.memory_len = NO_NUMBER,
		.boot_ns = NO_NUMBER,
		.drops = NO_NUMBER,
	};
	rows_put_object(l, TABLE_CAPTURES, &l->capture);
	l->second = (struct second){ 0 };
	memset(l->lacking, 0, sizeof(l->lacking));
	l->replay = load_replay(l);
	l->who = who_new();
	l->owners = owners_new();
	l->flows = flows_new();
	l->objects = objects_new();
	l->lookups = lookups_new();
}

/* Inserts the row of the capture; file_len: NO_NUMBER if unknown. */
static void end_capture(struct load *l, const struct evidence *evidence,
			int64_t file_len)
{
	struct buffer damage = { 0 };

	/* The fingerprint of a file that grew. */
	if (l->options->follow && !l->is_stopped)
		take_fingerprint(
			l, (const char *[]){ (char *)l->capture.path.data }, 1,
			NULL);
	l->capture.fingerprint = bytes_of(l->fingerprint);
	l->capture.sha256 = bytes_of(l->sha256);
	who_end(l);
	timeline_flush(l);
	gaps_end(l, evidence);
	evidence_text(&damage, evidence);
	if (strcmp(evidence_status(evidence), "whole") != 0)
		l->capture.damage = (struct bytes){ damage.data, damage.len };
	if (l->options->evidence)
		evidence_join(l->options->evidence, evidence);
	l->capture.hostname = bytes_of(replay_hostname(l->replay));
	l->capture.file_len = file_len;
	rows_update(l, TABLE_CAPTURES, &l->capture);
	rows_flush(l);
	buffer_free(&damage);
	flows_free(l->flows);
	objects_free(l->objects);
	lookups_free(l->lookups);
	who_free(l->who);
	owners_free(l->owners);
	replay_free(l->replay);
	l->flows = NULL;
	l->lookups = NULL;
	l->who = NULL;
	l->owners = NULL;
	l->replay = NULL;
}

static void add_reason(struct evidence *evidence, const struct error *why)
{
	struct gap gap = gap_of(GAP_DAMAGED);

	gap_set_reason(&gap, evidence->path, why);
	evidence_add(evidence, &gap);
}

/*
 * A file that is not a capture: among other files it gets a row; alone it is
 * an error.
 */
static int load_none(struct load *l, const char *path, const struct error *why,
		     struct db_result *result, struct error *err)
{
	struct evidence evidence = { .path = path };

	if (!l->is_one_of_many) {
		*err = *why;
		return -1;
	}
	add_reason(&evidence, why);
	begin_capture(l, path);
	end_capture(l, &evidence, NO_NUMBER);
	evidence_free(&evidence);
	result->damaged++;
	return 0;
}

static int64_t known_len(const struct file_stats *stats)
{
	return stats->file_len ? (int64_t)stats->file_len : NO_NUMBER;
}

/*
 * Loads the readable part of a capture and records what is missing.  *count:
 * number of files read.
 */
static int load_one(struct load *l, const char *const *paths, unsigned *count,
		    struct db_result *result, struct error *err)
{
	struct reader_options options = { .user = l,
					  .next = paths + 1,
					  .next_count = *count - 1 };
	struct evidence found = { .path = paths[0] };
	struct error failure;
	bool is_damaged;
	int code;

	options.more = l->options->follow ? wait_for_more : NULL;
	if (reader_open(&l->reader, paths[0], &options, &failure)) {
		*count = 1;
		return load_none(l, paths[0], &failure, result, err);
	}
	l->files = paths;
	begin_capture(l, paths[0]);
	code = load_all(l, &failure);
	evidence_join(&found, reader_evidence(l->reader));
	found.checksums = reader_evidence(l->reader)->checksums;
	found.is_lost_known = reader_evidence(l->reader)->is_lost_known;
	if (code && !l->capture.events && !found.is_damaged)
		add_reason(&found, &failure);
	end_capture(l, &found, known_len(reader_stats(l->reader)));
	is_damaged = code || found.is_damaged;
	evidence_free(&found);
	*count = (unsigned)reader_stats(l->reader)->files;
	reader_close(l->reader);
	l->reader = NULL;
	result->events += (uint64_t)l->capture.events;
	if (l->has_failed) {
		*err = l->error;
		return -1;
	}
	if (code && !l->capture.events && !l->is_one_of_many) {
		*err = failure;
		return -1;
	}
	result->loaded++;
	result->damaged += is_damaged;
	return 0;
}

/* The first capture_id that a query with one parameter returns; 0: none. */
static int64_t find_capture(struct load *l, const char *sql, const char *text)
{
	sqlite3_stmt *s;
	int64_t id = 0;

	if (sqlite3_prepare_v2(l->db, sql, -1, &s, NULL))
		return 0;
	sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW)
		id = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return id;
}

/*
 * Finds a loaded capture by its fingerprint; a loaded series may have more
 * files.
 */
static int64_t find_loaded(struct load *l, const char *fingerprint)
{
	return find_capture(l,
			    "SELECT capture_id FROM captures WHERE "
			    "(fingerprint = ?1 OR substr(fingerprint, 1, "
			    "length(?1) + 1) = ?1 || '+') "
			    "AND status <> 'loading'",
			    fingerprint);
}

/* A capture that was incomplete when it was loaded; 0: none. */
static int64_t find_part(struct load *l, const char *path, unsigned count)
{
	int64_t part = find_capture(l,
				    "SELECT capture_id FROM captures "
				    "WHERE path = ? AND status <> 'whole'",
				    path);

	if (part || count == 1 || !l->fingerprint)
		return part;
	return find_loaded(l, arena_copy(&l->arena, l->fingerprint,
					 strcspn(l->fingerprint, "+")));
}

/*
 * Is the capture already loaded?  One that was incomplete then is removed, to
 * be reloaded.
 */
static int is_loaded(struct load *l, const char *const *paths, unsigned count,
		     struct error *err)
{
	int64_t part;

	if (take_fingerprint(l, paths, count, err))
		return -1;
	if (l->fingerprint && find_loaded(l, l->fingerprint))
		return 1;
	part = find_part(l, paths[0], count);
	if (!part || !strcmp(paths[0], "-"))
		return 0;
	if (store_forget(l->db, part, err))
		return -1;
	rows_refresh(l);
	return 0;
}

static bool is_named(const char *name, const char *at, size_t len)
{
	return name && strlen(name) == len && !memcmp(name, at, len);
}

static int no_table(const char *word, size_t len, struct error *err)
{
	char name[NEAREST_LEN];
	struct nearest n = { .word = name };

	snprintf(name, sizeof(name), "%.*s", (int)len, word);
	for (int i = 0; i < TABLE_COUNT; i++)
		if (tables[i]->only)
			nearest_offer(&n, tables[i]->only);
	error_set(err, EINVAL, "no table '%.*s' to load", (int)len, word);
	nearest_tell(&n, err);
	return -1;
}

/* Chooses the tables: those always loaded, and those that the user named. */
static int choose(const struct db_options *options, bool wanted[TABLE_COUNT],
		  struct error *err)
{
	const char *at = options->only;

	for (int i = 0; i < TABLE_COUNT; i++)
		wanted[i] = !at || !tables[i]->only;
	while (at && *at) {
		size_t len = strcspn(at, ",");
		bool found = false;

		for (int i = 0; i < TABLE_COUNT; i++)
			if (is_named(tables[i]->only, at, len) ||
			    is_named(tables[i]->name, at, len))
				found = wanted[i] = true;
		if (!found)
			return no_table(at, len, err);
		at += len + (at[len] == ',');
	}
	return 0;
}

static void take_known_types(struct load *l)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(l->db, "SELECT type FROM event_types", -1, &s,
			       NULL))
		return;
	while (sqlite3_step(s) == SQLITE_ROW) {
		unsigned type = (unsigned)sqlite3_column_int(s, 0);

		if (type < TYPE_COUNT)
			l->is_type_known[type] = true;
	}
	sqlite3_finalize(s);
}

static int take_fields(struct load *l, struct error *err)
{
	static const char *const names[FIELD_COUNT] = {
		[LINK_TEXT] = "fs.path.targetraw",
		[DATA] = "evt.buffer",
	};

	for (int i = 0; i < FIELD_COUNT; i++)
		if (field_find(&fields_syscall, names[i], &l->arena,
			       &l->refs[i], err))
			return -1;
	return 0;
}

static int load_open(struct load *l, struct error *err)
{
	bool wanted[TABLE_COUNT];

	if (choose(l->options, wanted, err) || take_fields(l, err))
		return -1;
	/* Keys continue after the existing ones. */
	for (int i = 0; i < TABLE_COUNT; i++) {
		l->next_ids[i] = store_last_key(l->db, tables[i]->name);
		if (wanted[i] && rows_open(l, (enum table_id)i, err))
			return -1;
	}
	take_known_types(l);
	l->strings = strings_new(l);
	return 0;
}

static void load_close(struct load *l)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		rows_close(l, (enum table_id)i);
	strings_free(l->strings);
	arena_free(&l->arena);
	free(l);
}

/* With many new rows, recreating the indices is faster than updating them. */
static int prepare_indices(struct load *l, struct error *err)
{
	const struct db_options *o = l->options;
	int64_t pages = store_number(l->db, "PRAGMA page_count", 0);
	int64_t len = pages * store_number(l->db, "PRAGMA page_size", 0);
	struct stat st;

	for (unsigned i = 0; i < o->count; i++)
		if (!stat(o->captures[i], &st) && S_ISREG(st.st_mode))
			len -= st.st_size * GROWTH;
	return len < 0 ? store_drop_indices(l->db, err) : 0;
}

static int run(struct load *l, struct db_result *result, struct error *err)
{
	const char *const *captures = l->options->captures;
	unsigned count = l->options->count;
	bool is_new = false;

	if (store_prepare(l->db, err) || load_open(l, err))
		return -1;
	l->is_one_of_many = series_len(captures, count) < count;
	for (unsigned i = 0, n; i < count && !l->is_stopped; i += n) {
		int known;

		n = series_len(captures + i, count - i);
		known = is_loaded(l, captures + i, n, err);
		if (known < 0)
			return -1;
		if (known) {
			result->known++;
			continue;
		}
		if (!is_new && prepare_indices(l, err))
			return -1;
		is_new = true;
		if (load_one(l, captures + i, &n, result, err))
			return -1;
	}
	if (!is_new || l->options->no_indices)
		return 0;
	/* No more rows come: sorting may have the memory. */
	strings_free(l->strings);
	l->strings = NULL;
	return store_index(l->db, err);
}

int db_load_into(struct sqlite3 *db, const struct db_options *options,
		 struct db_result *ret_result, struct error *err)
{
	struct load *l;
	int result;

	*ret_result = (struct db_result){ 0 };
	if (store_run(db, "BEGIN IMMEDIATE", err))
		return -1;
	l = mem_zalloc(sizeof(*l));
	l->sink.put = load_put;
	l->db = db;
	l->options = options;
	result = run(l, ret_result, err);
	load_close(l);
	if (!result)
		result = store_run(db, "COMMIT", err);
	if (result)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return !result && ret_result->damaged ? 1 : result;
}
