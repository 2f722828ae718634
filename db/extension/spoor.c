/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spoor.so, for plain sqlite3: `.load ./spoor', then
 *     SELECT type, count(*) FROM capture('x.scap.zst') GROUP BY 1;
 * The table is that of db/vtab.c; nothing else is added to the connection.
 */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "db/vtab.h"

int sqlite3_spoor_init(sqlite3 *db, char **ret_error,
		       const sqlite3_api_routines *api);

/* What the host calls; all other symbols stay inside. */
__attribute__((visibility("default"))) int
sqlite3_spoor_init(sqlite3 *db, char **ret_error,
		   const sqlite3_api_routines *api)
{
	enum { VERSION_MIN = 3038000 }; /* sqlite3_vtab_in */
	const struct vtab_options options = { .direct_only = true };

	SQLITE_EXTENSION_INIT2(api)
	if (sqlite3_libversion_number() < VERSION_MIN) {
		*ret_error = sqlite3_mprintf(
			"spoor needs SQLite 3.38 or newer, this is %s",
			sqlite3_libversion());
		return SQLITE_ERROR;
	}
	return vtab_register(db, &options);
}
