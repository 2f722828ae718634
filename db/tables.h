/* SPDX-License-Identifier: Apache-2.0 */
/* The tables, in files by family; schema.c lists them. */
#ifndef SPOOR_DB_TABLES_H
#define SPOOR_DB_TABLES_H

#include "db/schema.h"

extern const struct table table_captures, table_strings, table_event_types,
	table_containers, table_users, table_sessions, table_processes,
	table_threads, table_events, table_files, table_sockets,
	table_connections, table_file_io, table_dns, table_timeline,
	table_alerts, table_gaps, table_user_changes;

#endif
