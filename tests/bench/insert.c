/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What SQLite can do at best: insert FILE ROWS BATCH makes a table of ten
 * integer columns, BATCH rows by one prepared statement, in one transaction
 * without a journal, as spoor load makes a new file.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 10, BATCH_MAX = 50 };

static const char setup[] =
	"PRAGMA page_size = 32768; PRAGMA journal_mode = OFF;"
	"PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
	"PRAGMA locking_mode = EXCLUSIVE;"
	"CREATE TABLE t (a INTEGER PRIMARY KEY, b, c, d, e, f, g, h, i, j);"
	"BEGIN";

static int fail(sqlite3 *db)
{
	fprintf(stderr, "insert: %s\n", sqlite3_errmsg(db));
	return 1;
}

static sqlite3_stmt *prepare(sqlite3 *db, int batch)
{
	char sql[BATCH_MAX * (2 * COLUMNS + 4) + 64] = "INSERT INTO t VALUES ";
	sqlite3_stmt *s = NULL;

	for (int row = 0; row < batch; row++)
		strcat(sql, row ? ",(?,?,?,?,?,?,?,?,?,?)"
				: "(?,?,?,?,?,?,?,?,?,?)");
	sqlite3_prepare_v2(db, sql, -1, &s, NULL);
	return s;
}

/* Values of about the sizes that events have. */
static void bind_row(sqlite3_stmt *s, int at, sqlite3_int64 i)
{
	const sqlite3_int64 values[COLUMNS] = {
		(1LL << 40) + i, 1795617782022615569 + i * 10007,
		226 + i % 200,	 i & 1,
		20000 + i % 97,	 1000 + i % 600,
		i % 12,		 i % 19000,
		i % 4096,	 i % 7 ? 0 : -2
	};

	for (int c = 0; c < COLUMNS; c++)
		sqlite3_bind_int64(s, at + c + 1, values[c]);
}

int main(int argc, char **argv)
{
	sqlite3_int64 rows = argc == 4 ? atoll(argv[2]) : 0;
	int batch = argc == 4 ? atoi(argv[3]) : 0;
	sqlite3_stmt *s;
	sqlite3 *db;

	if (rows < 1 || batch < 1 || batch > BATCH_MAX)
		return 2;
	if (sqlite3_open_v2(argv[1], &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) ||
	    sqlite3_exec(db, setup, NULL, NULL, NULL))
		return fail(db);
	s = prepare(db, batch);
	for (sqlite3_int64 i = 0; i < rows; i += batch) {
		for (int row = 0; row < batch; row++)
			bind_row(s, row * COLUMNS, i + row);
		if (sqlite3_step(s) != SQLITE_DONE)
			return fail(db);
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL))
		return fail(db);
	sqlite3_close(db);
	return 0;
}
