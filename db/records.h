/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects of rows that are not one event (struct row_source).  Columns
 * name their members by offset (fills.h).
 */
#ifndef SPOOR_DB_RECORDS_H
#define SPOOR_DB_RECORDS_H

#include <stdint.h>

#include "core/bytes.h"

/* An unknown number: NULL in SQL. */
#define NO_NUMBER INT64_MIN

struct capture_record {
	int64_t capture_id;
	struct bytes path, fingerprint, sha256, hostname, damage, status,
		checksums;
	int64_t file_len, events, first_ns, last_ns, cpu_count, memory_len,
		boot_ns, drops;
};

struct string_record {
	int64_t string_id;
	struct bytes text;
};

struct type_record {
	int64_t type;
	struct bytes name, category;
};

struct container_record {
	struct bytes container_id, full_id, name, image, image_id, image_digest,
		runtime, ip, labels;
	int64_t is_privileged, created_ns, first_ns;
};

struct user_record {
	struct bytes container_id, name, home, shell;
	int64_t uid, gid;
};

struct session_record {
	int64_t session_id, root_process_id, start_ns, end_ns, process_count,
		alert_count;
	struct bytes kind;
};

struct process_record {
	int64_t process_id, parent_id, session_id, event_id, start_ns, end_ns,
		exit_code, exit_signal, args_len, env_count, env_len, has_moved;
	struct bytes origin, overflows, script, entered;
};

struct thread_record {
	int64_t thread_id, tid, process_id, start_ns, end_ns;
};

/* A connection, or reads and writes of an open file. */
struct flow_record {
	int64_t flow_id, process_id, fd, local_port, remote_port, first_ns,
		last_ns, closed_ns, bytes_in, bytes_out, calls_in, calls_out,
		mapped, res;
	struct bytes role, made_by, family, protocol, local_address,
		remote_address, path, first_line;
};

struct dns_record {
	int64_t dns_id, process_id, server_port, rcode, ttl, is_cut;
	struct bytes direction, server_address, question, name, type, answer;
};

struct timeline_record {
	int64_t second, events, failed, bytes;
	struct bytes class;
};

/* Ids and capabilities before and after a call. */
struct user_change_record {
	int64_t uid_before, uid_after, ruid_before, ruid_after, gid_before,
		gid_after, rgid_before, rgid_after;
	struct bytes caps_before, caps_after;
};

struct alert_record {
	int64_t alert_id, severity;
	struct bytes rule, priority, output, tags, fields;
};

struct gap_record {
	int64_t gap_id, start_ns, end_ns, event_num, count, offset, bytes;
	struct bytes kind, detail, path, calls;
};

#endif
