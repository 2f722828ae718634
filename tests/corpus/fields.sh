#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fields.sh [--json] CAPTURE...: every field of `spoor fields', with the first and the
# last value that events of these captures have, and how many have one; then a
# sum over all values.  A field that none of them has ends in "<NA> 0".  $tmp is
# the golden test's folder.  --json: the first value of each, in JSON.
# shellcheck disable=SC2154
set -eu

# Those that need an argument, or say more with one.
spoor fields -N | sed '
	s/^evt\.type\.is$/&.read/
	s/^evt\.arg$/&.fd/
	s/^evt\.rawarg$/&.size/
	s/^evt\.around$/&[0]/
	s/^proc\.env$/&[HOME]/
	s/^thread\.cgroup$/&.cpu/
	s/^proc\.a[a-z]*$/&[1]/
	s/^proc\.args[[]1[]]$/proc.args/
	s/^container\.mount\.source$/&[\/data]/
	s/^container\.mount\.dest$/&[\/srv\/data]/
	s/^container\.mount\(\.[a-z]*\)*$/&[0]/
	s/^container\.label$/&.app/
	s/^k8s\.pod\.label$/&.team/
	s/^k8s\.[a-z]*\.label$/&.app/' | grep -v '^evt\.around' > "$tmp/fields"
if [ "$1" = --json ]; then
	shift
	format=$(sed 's/^/%/' "$tmp/fields" | tr '\n' ' ')
	spoor print "$@" -j -p "*$format" 2> /dev/null > "$tmp/values"
	awk '
	# The value behind a name: a text, a list, or a word.
	function value(rest,    form) {
		form = "^[^,}]*"
		if (rest ~ /^"/) form = "^\"([^\"\\\\]|\\\\.)*\""
		if (rest ~ /^\[/) form = "^\\[[^]]*\\]"
		match(rest, form)
		return substr(rest, 1, RLENGTH)
	}
	NR == FNR { name[++fields] = $0; next }
	{
		for (i = 1; i <= fields; i++) {
			key = "\"" name[i] "\":"
			if (i in first || !(at = index($0, key)))
				continue
			v = value(substr($0, at + length(key)))
			if (v != "null")
				first[i] = v
		}
	}
	END {
		for (i = 1; i <= fields; i++)
			print name[i], (i in first) ? first[i] : "null"
	}' "$tmp/fields" "$tmp/values"
	exit
fi
format=$(sed 's/^/%/' "$tmp/fields" | tr '\n' '\001')
spoor print "$@" -p "*$format" > "$tmp/values" 2> /dev/null
awk -F '\001' '
	NR == FNR { name[++fields] = $0; next }
	{
		for (i = 1; i <= fields; i++)
			if ($i != "<NA>") {
				if (!count[i]++)
					first[i] = $i
				last[i] = $i
			}
	}
	END {
		for (i = 1; i <= fields; i++)
			if (!count[i])
				print name[i], "<NA>", 0
			else
				print name[i], substr(first[i], 1, 60) " ... " \
					substr(last[i], 1, 60), count[i]
	}' "$tmp/fields" "$tmp/values"
cksum < "$tmp/values"
