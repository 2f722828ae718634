/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Chain of custody: the report says which bytes it was made from: the hash of
 * the loaded file from the database, and the hash that the file has now.  It
 * says so if the file has changed since.
 */
#include "query/report/custody.h"

#include <jansson.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/file/parts.h"
#include "core/sha256.h"
#include "query/json.h"

enum {
	CAPTURES_MAX = 100, /* as in views/10-captures.sql */
	PATH_CUT = 200
};

static struct bytes text_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void put_member(struct buffer *out, const char *name, const char *text)
{
	buffer_printf(out, ",\"%s\":", name);
	json_put_text(out, text_of(text), PATH_CUT);
}

/* Appends the engine from the capture's end record, if it has one. */
static void put_engine(struct buffer *out, const char *path)
{
	struct parts *parts;
	struct bytes health;
	const char *engine;
	json_t *json;

	if (parts_open(&parts, path, NULL))
		return;
	health = parts_health(parts);
	json = health.len ? json_loadb((const char *)health.data, health.len, 0,
				       NULL)
			  : NULL;
	engine = json_string_value(json_object_get(json, "engine"));
	if (engine && *engine)
		put_member(out, "engine", engine);
	json_decref(json);
	parts_close(parts);
}

/*
 * Appends a file's hash; loaded: the hash in the database, or NULL.  Returns
 * whether the file is unchanged since the load.
 */
static bool put_file(struct buffer *out, const char *path, int64_t len,
		     const char *loaded)
{
	sha256_text hash;
	struct error err;
	struct stat st;

	if (stat(path, &st)) {
		if (loaded)
			put_member(out, "sha256", loaded);
		put_member(out, "note", "the file is not here any more");
		return false;
	}
	if (!S_ISREG(st.st_mode))
		return false;
	if (len && st.st_size != len) {
		put_member(out, "note",
			   "the file is not the one that was loaded: its size "
			   "is another");
		return false;
	}
	if (sha256_file(path, hash, &err)) {
		put_member(out, "note", err.text);
		return false;
	}
	if (loaded && strcmp(hash, loaded) != 0) {
		put_member(out, "sha256", loaded);
		put_member(out, "note",
			   "the file is not the one that was loaded: its hash "
			   "is another");
		return false;
	}
	put_member(out, "sha256", hash);
	put_engine(out, path);
	return loaded;
}

void custody_put(struct buffer *out, struct buffer *readable,
		 struct sqlite3 *db)
{
	/* A series has many files: none has the capture's hash. */
	static const char sql[] =
		"SELECT path, file_size, "
		"iif(sha256 LIKE '%+%', NULL, sha256), capture_id "
		"FROM captures ORDER BY first_ns, capture_id LIMIT ?";
	sqlite3_stmt *s;

	buffer_u8(out, '[');
	buffer_u8(readable, '[');
	if (!sqlite3_prepare_v2(db, sql, -1, &s, NULL)) {
		sqlite3_bind_int(s, 1, CAPTURES_MAX);
		for (int i = 0; sqlite3_step(s) == SQLITE_ROW; i++) {
			buffer_printf(out, "%s{\"path\":", i ? "," : "");
			json_put_column(out, s, 0, PATH_CUT);
			if (put_file(out,
				     (const char *)sqlite3_column_text(s, 0),
				     sqlite3_column_int64(s, 1),
				     (const char *)sqlite3_column_text(s, 2)))
				buffer_printf(readable, "%s%lld",
					      readable->len > 1 ? "," : "",
					      sqlite3_column_int64(s, 3));
			buffer_u8(out, '}');
		}
		sqlite3_finalize(s);
	}
	buffer_u8(out, ']');
	buffer_u8(readable, ']');
}
