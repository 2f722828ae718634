#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# questions.sh SPOOR DATABASE CONTAINER: five questions about the incident, answered.
spoor=$1
db=$2
container=$3

ask() {
	printf '\n-- %s\n' "$1"
	"$spoor" query "$db" "$2" | cut -c 1-150 | head -n 14
}

ask "What ran in the container?" "
	SELECT substr(start_time, 12, 12) AS time, pid, user, cmdline
	FROM processes
	WHERE container_id = '$container'
	AND name NOT LIKE 'runc%' AND origin = 'exec' ORDER BY start_ns DESC LIMIT 12"
ask "Which programs were written and then executed?" dropped
ask "Who read credentials?" "
	SELECT substr(time, 12, 12) AS time, path, cmdline FROM files
	WHERE path LIKE '/etc/shadow%' ORDER BY ts_ns"
ask "What was contacted?" outbound
ask "Which alerts, how often?" "
	SELECT priority, rule, count(*) AS times FROM alerts
	GROUP BY rule ORDER BY min(severity) LIMIT 12"
