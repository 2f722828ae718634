/* SPDX-License-Identifier: Apache-2.0 */
/* Ready questions: what responders ask first, one row each. */
#include "query/query.h"

#include <stddef.h>

/* clang-format off */
const struct question questions[] = {
	{ "ran", "what ran, in order",
	  "SELECT start_time AS time, pid, ppid, user, container_id, cmdline "
	  "FROM processes WHERE origin = 'exec' ORDER BY start_ns" },
	{ "terminals", "shells with a terminal",
	  "SELECT start_time AS time, pid, user, tty, parent, cmdline, "
	  "container_id FROM processes WHERE origin = 'exec' AND tty <> 0 "
	  "AND name IN ('sh','bash','dash','ash','zsh','ksh') "
	  "ORDER BY start_ns" },
	{ "dropped", "files written, then executed",
	  "SELECT DISTINCT f.path, f.time AS written, f.process AS writer, "
	  "p.start_time AS executed, p.cmdline FROM files f JOIN processes p "
	  "ON p.path = f.path AND p.capture_id = f.capture_id AND "
	  "p.origin = 'exec' AND p.start_ns > f.ts_ns WHERE f.is_write = 1 AND f.res >= 0 "
	  "ORDER BY f.ts_ns" },
	{ "drift", "programs that are not of the image, or in memory only",
	  "SELECT start_time AS time, pid, path, cmdline, is_new_binary, "
	  "is_memfd FROM processes WHERE origin = 'exec' AND "
	  "(is_new_binary = 1 OR is_memfd = 1 OR path LIKE '/tmp/%' "
	  "OR path LIKE '/dev/shm/%') ORDER BY start_ns" },
	{ "credentials", "who read credentials",
	  "SELECT time, path, process, cmdline, res FROM files WHERE "
	  "path LIKE '/etc/shadow%' OR path LIKE '/etc/gshadow%' OR "
	  "path LIKE '%/.ssh/id_%' OR path LIKE '%/.aws/credentials' OR "
	  "path LIKE '/run/secrets/%' OR path LIKE '/proc/%/environ' "
	  "ORDER BY ts_ns" },
	{ "outbound", "connections made, with process, first and last",
	  "SELECT remote_address, remote_port, protocol, process, "
	  "count(*) AS times, min(time) AS first, max(time) AS last "
	  "FROM sockets WHERE action = 'connect' AND remote_address "
	  "IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY first" },
	{ "listening", "ports opened, and by whom",
	  "SELECT time, connection, process, cmdline, container_id "
	  "FROM sockets WHERE action IN ('bind', 'listen') AND family IN "
	  "('ipv4', 'ipv6') ORDER BY ts_ns" },
	{ "failed", "actions that were refused: probing",
	  "SELECT process, operation, count(*) AS times, min(path) AS example "
	  "FROM files WHERE res IN (-1, -13) GROUP BY 1, 2 "
	  "ORDER BY times DESC" },
	{ "persistence", "writes to places that make programs run again",
	  "SELECT time, operation, path, cmdline FROM files WHERE is_write = 1 "
	  "AND (path LIKE '/etc/cron%' OR path LIKE '/var/spool/cron%' OR "
	  "path LIKE '%/authorized_keys' OR path = '/etc/ld.so.preload' OR "
	  "path LIKE '/etc/systemd/%' OR path LIKE '/etc/init.d/%') "
	  "ORDER BY ts_ns" },
	{ "removed", "files deleted or renamed, logs written anew",
	  "SELECT time, operation, path, "
	  "target, cmdline FROM files WHERE operation LIKE 'unlink%' OR "
	  "operation LIKE 'rename%' OR (is_write = 1 AND path LIKE "
	  "'/var/log/%') ORDER BY ts_ns" },
	{ "alerts", "alerts by rule, first and last",
	  "SELECT rule, priority, count(*) AS times, min(time) AS first, "
	  "max(time) AS last FROM alerts GROUP BY rule "
	  "ORDER BY min(severity), first" },
	{ "trust", "what is missing from the captures",
	  "SELECT path, events, coalesce(damage, 'none known') AS damage "
	  "FROM captures" },
	{ NULL, NULL, NULL },
};
/* clang-format on */
