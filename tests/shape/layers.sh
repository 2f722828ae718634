#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who may include whom.  Prints file:line of each forbidden include under the
# folder $1 (default: here); exit 1 if there is one.  Two rules:
#  - a folder includes only the folders listed for it;
#  - from outside, only a folder's face (its public header) may be included.
cd "${1:-.}" || exit 1

# folder of the including file | folders it may include
layers='core/event|core core/event
core/file|core core/event core/file
core|core
capture/proc|core core/event capture/proc
capture/record|core core/event capture/proc capture/record
capture/stub|capture/record capture/stub
capture/encode|core core/event capture/proc capture/record capture/encode
capture/ptrace|core capture capture/proc capture/record capture/ptrace
capture/inject|core capture/proc capture/record capture/ptrace capture/stub capture/inject
capture|core core/event capture capture/proc capture/record capture/encode capture/ptrace
replay/state|core core/event replay/state
replay/fields|core core/event replay/state replay/fields
replay/rules|core core/event replay/state replay/fields replay/rules
replay/policies|core core/event replay/rules replay/policies
replay/alerts|core core/event replay/state replay/fields replay/rules replay/alerts
replay|core core/event replay/state replay/fields replay/rules replay
flow|core core/event core/file capture replay replay/state replay/fields replay/rules replay/alerts flow
db|core core/event core/file replay replay/state replay/fields replay/rules replay/alerts flow db
db/extension|core core/event core/file db db/extension
query|core core/event core/file db query query/report
query/report|core core/event core/file db query query/report
cmd|core core/event core/file capture capture/record replay replay/state replay/fields replay/rules replay/alerts flow db query query/report cmd'

# Headers that may be included from outside their own folder.
faces='core/[a-z0-9_]*\.h core/event/[a-z_]*\.h core/file/\(evidence\|file\|keyframe\|parts\|frames\|folder\|origin\|series\|syncer\)\.h
capture/\(capture\|packets\)\.h capture/encode/encode\.h capture/ptrace/trace\.h capture/stub/stub\.h
capture/proc/\(layer\|pidns\|proc\|proc_files\|snapshot\|target\)\.h capture/record/\(copy\|pieces\|raw\|ring\|steps\|syscalls\|users\)\.h
replay/replay\.h replay/[a-z]*/\(state\|text\|container\|fields\|value\|transform\|sockets\|rules\|explain\|profile\|yaml_tree\|policies\|alerts\|codes\)\.h
flow/\(flow\|capture_source\|counters\|dialect\|indexer\|live_rules\|live_source\|output\|parallel\|printer\|selection\|tracker\)\.h
db/db\.h db/schema\.h db/vtab\.h query/\(query\|forms\|safe\|json\|export\)\.h query/report/report\.h'
# shellcheck disable=SC2020  # single characters, as they stand
face_pattern=$(echo "$faces" | tr ' \n' '\n\n' | sed '/^$/d; s/^/^/; s/$/$/')

find core capture replay flow db query cmd -name '*.[ch]' 2>/dev/null | sort |
while read -r file; do
	folder=$(dirname "$file")
	allowed=$(echo "$layers" | sed -n "s#^$folder|##p")
	grep -n '^#include "' "$file" | while IFS= read -r line; do
		header=$(echo "$line" | sed 's/.*#include "\(.*\)".*/\1/')
		target=$(dirname "$header")
		ok=no
		for a in $allowed; do
			[ "$a" = "$target" ] && ok=yes
		done
		[ "$ok" = yes ] ||
			echo "$file:${line%%:*}: $folder may not include $header"
		if [ "$target" != "$folder" ] && [ "$ok" = yes ]; then
			echo "$header" | grep -q -e "$face_pattern" ||
				echo "$file:${line%%:*}: $header is private to $target"
		fi
	done
done > "${TMPDIR:-/tmp}/layers.$$"
cat "${TMPDIR:-/tmp}/layers.$$"
[ ! -s "${TMPDIR:-/tmp}/layers.$$" ]
code=$?
rm -f "${TMPDIR:-/tmp}/layers.$$"
exit $code
