/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads into a file: a new file is written under a temporary name and renamed
 * when complete; an existing one is changed in a transaction, whose journal
 * keeps the old state.  A load that is killed at any moment leaves the
 * previous contents.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/newfile.h"
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

/* Loads into the temporary file, without journal: no other program sees it. */
static int load_scratch(const char *part, const struct db_options *options,
			struct db_result *ret_result, struct error *err)
{
	static const char settings[] =
		"PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA cache_size = -24576;"
		"PRAGMA locking_mode = EXCLUSIVE;";
	sqlite3 *db = NULL;
	int result = open_db(&db, part, settings, err);

	if (!result)
		result = db_load_into(db, options, ret_result, err);
	sqlite3_close(db);
	return result;
}

static int load_new(const char *path, const struct db_options *options,
		    struct db_result *ret_result, struct error *err)
{
	/* An empty file is not yet a database: it may be replaced. */
	unsigned flags = options->replace || !access(path, F_OK)
				 ? NEWFILE_NO_STREAM | NEWFILE_FORCE
				 : NEWFILE_NO_STREAM;
	struct newfile file;
	struct error finish;
	int result;

	if (newfile_open(&file, path, flags, err))
		return -1;
	result = load_scratch(file.part, options, ret_result, err);
	if (result < 0) {
		newfile_discard(&file);
		return -1;
	}
	if (!newfile_finish(&file, &finish))
		return result;
	*err = finish;
	return -1;
}

/* Creates the file with mode 0600: SQLite would make it readable for all. */
static int make_empty(const char *path, struct error *err)
{
	struct newfile file;

	if (newfile_open(&file, path, NEWFILE_NO_STREAM | NEWFILE_GROWS, err))
		return -1;
	return newfile_finish(&file, err);
}

/*
 * Loads into an existing file; with options->follow, readers see each commit.
 */
static int load_in_place(const char *path, const struct db_options *options,
			 struct db_result *ret_result, struct error *err)
{
	sqlite3 *db = NULL;
	int result = open_db(&db, path,
			     options->follow ? "PRAGMA page_size = 32768; "
					       "PRAGMA journal_mode = WAL;"
					     : "PRAGMA cache_size = -65536;",
			     err);

	if (!result)
		result = db_load_into(db, options, ret_result, err);
	if (options->follow)
		sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL,
			     NULL);
	sqlite3_close(db);
	return result;
}

int db_load_file(const char *path, const struct db_options *options,
		 struct db_result *ret_result, struct error *err)
{
	struct stat st;
	bool is_there = !lstat(path, &st);
	bool is_former = is_there && S_ISREG(st.st_mode) && st.st_size > 0;

	*ret_result = (struct db_result){ 0 };
	if (is_there && S_ISLNK(st.st_mode) && !options->replace)
		return error_set(err, ELOOP,
				 "%s: is a symbolic link; --force replaces it",
				 path);
	if (is_there && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return error_set(err, EINVAL, "%s: is not a regular file",
				 path);
	if (!options->follow && (!is_former || options->replace))
		return load_new(path, options, ret_result, err);
	if (!is_there && make_empty(path, err))
		return -1;
	return load_in_place(path, options, ret_result, err);
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
