/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads into a file: a new one is made beside its place and put there when it
 * is whole; one that exists is added to in a transaction, whose journal keeps
 * the old state.  Killed at any moment, a load leaves what was there before.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "db/db.h"
#include "db/store.h"

enum { BUSY_MS = 5000 };

static int open_db(sqlite3 **ret_db, const char *path, const char *settings,
		   struct error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX;

	if (sqlite3_open_v2(path, ret_db, flags, NULL))
		return error_set(err, EIO, "%s: %s", path,
				 sqlite3_errmsg(*ret_db));
	sqlite3_busy_timeout(*ret_db, BUSY_MS);
	return store_run(*ret_db, settings, err);
}

/* Nobody sees the scratch file: it needs no journal. */
static int load_scratch(const char *part, const char *const *captures,
			unsigned count, const struct db_options *options,
			struct db_result *ret_result, struct error *err)
{
	static const char settings[] =
		"PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA cache_size = -24576;"
		"PRAGMA locking_mode = EXCLUSIVE;";
	sqlite3 *db = NULL;
	int result = open_db(&db, part, settings, err);

	if (!result)
		result = db_load_into(db, captures, count, options, ret_result,
				      err);
	sqlite3_close(db);
	return result;
}

/* The scratch file is ours alone; one that a killed load left is emptied. */
static int open_part(const char *part, struct error *err)
{
	int fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return error_errno(err, "%s", part);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		return error_set(err, EBUSY, "%s: another load is writing it",
				 part);
	}
	if (ftruncate(fd, 0)) {
		error_errno(err, "%s", part);
		close(fd);
		return -1;
	}
	return fd;
}

static int load_new(const char *path, const char *const *captures,
		    unsigned count, const struct db_options *options,
		    struct db_result *ret_result, struct error *err)
{
	struct arena arena = { 0 };
	const char *part = arena_printf(&arena, "%s.part", path);
	int fd = open_part(part, err);
	int result = -1;

	if (fd >= 0) {
		result = load_scratch(part, captures, count, options,
				      ret_result, err);
		if (result >= 0 && (fsync(fd) || rename(part, path)))
			result = error_errno(err, "%s", path);
		if (result < 0)
			unlink(part);
		close(fd);
	}
	arena_free(&arena);
	return result;
}

/* Readers go on meanwhile, and see each commit of a load that follows. */
static int load_in_place(const char *path, const char *const *captures,
			 unsigned count, const struct db_options *options,
			 struct db_result *ret_result, struct error *err)
{
	sqlite3 *db = NULL;
	int result = open_db(&db, path,
			     options->follow ? "PRAGMA page_size = 32768; "
					       "PRAGMA journal_mode = WAL;"
					     : "PRAGMA cache_size = -65536;",
			     err);

	if (!result)
		result = db_load_into(db, captures, count, options, ret_result,
				      err);
	if (options->follow)
		sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL,
			     NULL);
	sqlite3_close(db);
	return result;
}

int db_load_file(const char *path, const char *const *captures, unsigned count,
		 const struct db_options *options, struct db_result *ret_result,
		 struct error *err)
{
	static const struct db_options defaults = { 0 };
	struct stat st;
	bool is_there = !stat(path, &st) && st.st_size > 0;

	*ret_result = (struct db_result){ 0 };
	if (!options)
		options = &defaults;
	if (is_there && !S_ISREG(st.st_mode))
		return error_set(err, EINVAL, "%s: not a file", path);
	if (options->follow || (is_there && !options->replace))
		return load_in_place(path, captures, count, options, ret_result,
				     err);
	return load_new(path, captures, count, options, ret_result, err);
}

int db_migrate(const char *path, struct error *err)
{
	sqlite3 *db = NULL;
	int result;

	if (access(path, F_OK))
		return error_errno(err, "%s", path);
	result = open_db(&db, path, "BEGIN IMMEDIATE", err) ||
				 store_prepare(db, err) ||
				 store_index(db, err) ||
				 store_run(db, "COMMIT", err)
			 ? -1
			 : 0;
	sqlite3_close(db);
	return result;
}
