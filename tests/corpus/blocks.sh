#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Blocks of plain captures (doc/scap-format.md), written byte by byte: for
# captures of dialects that nothing writes any more, and for damaged ones.  To
# be sourced; what is written goes to standard output, by way of $scratch.
# shellcheck disable=SC2154

# le WIDTH NUMBER...: little-endian numbers
le() {
	width=$1
	shift
	for n; do
		for _ in $(seq "$width"); do
			# shellcheck disable=SC2059
			printf "\\$(printf %03o $((n & 255)))"
			n=$((n >> 8))
		done
	done
}

# string TEXT: with its length, without a NUL
string() {
	le 2 ${#1}
	printf %s "$1"
}

# strings TEXT...: a list as one string, with a NUL behind each
strings() {
	len=0
	for item; do len=$((len + ${#item} + 1)); done
	le 2 $len
	[ $# = 0 ] || printf '%s\0' "$@"
}

# block TYPE: of the bytes on standard input
block() {
	cat > "$scratch/body"
	len=$(wc -c < "$scratch/body")
	pad=$(((4 - len % 4) % 4))
	le 4 "$1" $((len + pad + 12))
	cat "$scratch/body"
	head -c $pad /dev/zero
	le 4 $((len + pad + 12))
}

section() {
	le 4 0x1A2B3C4D | cat - "$scratch/version" | block 0x0A0D0D0A
}

# The length of a section is not known.
le 2 1 2 > "$scratch/version"
le 8 -1 >> "$scratch/version"

# lengths WIDTH PARAMETER...: so many bytes each.  A parameter is WIDTH:NUMBER,
# t:TEXT, b:BYTE,BYTE..., or nothing.
lengths() {
	wide=$1
	shift
	for p; do
		case $p in
		'') le "$wide" 0 ;;
		t:*) le "$wide" $((${#p} - 1)) ;;
		b:*) le "$wide" "$(echo "$p" | tr ',' '\n' | wc -l)" ;;
		*) le "$wide" "${p%%:*}" ;;
		esac
	done
}

values() {
	for p; do
		case $p in
		'') ;;
		t:*) printf '%s\0' "${p#t:}" ;;
		b:*)
			# shellcheck disable=SC2046
			le 1 $(echo "${p#b:}" | tr ',' ' ')
			;;
		*) le "${p%%:*}" "${p#*:}" ;;
		esac
	done
}

# event VERSION TID CODE PARAMETER...: a millisecond after the one before.
# VERSION: 1, 2, or large
now=1500000000000000000
event() {
	version=$1
	tid=$2
	code=$3
	shift 3
	now=$((now + 1000000))
	case $version in
	large) lengths 4 "$@" ;;
	*) lengths 2 "$@" ;;
	esac > "$scratch/data"
	values "$@" >> "$scratch/data"
	len=$(wc -c < "$scratch/data")
	if [ "$version" = 1 ]; then
		{
			le 2 0
			le 8 $now "$tid"
			le 4 $((len + 22))
			le 2 "$code"
			cat "$scratch/data"
		} | block 0x204
	else
		{
			le 2 0
			le 8 $now "$tid"
			le 4 $((len + 26))
			le 2 "$code"
			le 4 $#
			cat "$scratch/data"
		} | block "$([ "$version" = 2 ] && echo 0x216 || echo 0x221)"
	fi
}

machine() {
	{
		le 4 4
		le 8 2000000000 32768
		printf %s oldhost
		head -c 121 /dev/zero
		le 8 0 0 0 0
	} | block 0x201
}

container_id=0123456789abcdef0123456789abcdef
container_id=$container_id$container_id

# process VERSION: process 77 as lists of that version have it
process() {
	{
		le 8 77 77 1
		[ "$1" -lt 6 ] || le 8 70
		[ "$1" -lt 8 ] || le 8 71
		string cat
		string /bin/cat
		[ "$1" -lt 7 ] || string /usr/bin/cat
		strings -n /etc/passwd
		string /home
		le 8 1024
		le 4 0 5 6
		[ "$1" -lt 2 ] || {
			le 4 100 50 25
			le 8 3 4
		}
		[ "$1" -lt 3 ] || strings HOME=/home LANG=C
		[ "$1" -lt 4 ] || {
			le 8 7 7
			strings "cpu=/docker/$container_id"
		}
		[ "$1" -lt 5 ] || string /jail
		[ "$1" -lt 9 ] || {
			le 8 1400000000000000000
			le 4 34816 1000
			le 1 1
			le 8 1 2 3
			le 1 1
			le 8 123 1300000000000000000 1310000000000000000
			le 1 0 1
			le 8 72
		}
	} > "$scratch/entry"
	if [ "$1" -lt 9 ]; then
		cat "$scratch/entry"
	else
		le 4 $(($(wc -c < "$scratch/entry") + 4))
		cat "$scratch/entry"
	fi
}

# processes VERSION
processes() {
	case $1 in
	1) type=0x202 ;;
	2) type=0x207 ;;
	3) type=0x209 ;;
	*) type=$((0x20c + $1)) ;;
	esac
	process "$1" | block $type
}

# descriptors VERSION: a file and a connection of process 77
descriptors() {
	{
		le 8 77
		entry "$1" 3 16 "$(le 4 1 | od -An -tu1)" /etc/motd
		entry "$1" 4 3 '10 0 0 1 10 0 0 2' ''
	} | block $((${1} == 1 ? 0x203 : 0x218))
}

# entry VERSION FD KIND BYTES PATH
entry() {
	{
		le 8 "$2" 9
		le 1 "$3"
		# shellcheck disable=SC2086
		le 1 $4
		if [ "$3" = 16 ]; then
			string "$5"
			[ "$1" = 1 ] || le 4 2049
		else
			le 2 1000 80
			le 1 2
		fi
	} > "$scratch/fd"
	[ "$1" = 1 ] || le 4 $(($(wc -c < "$scratch/fd") + 4))
	cat "$scratch/fd"
}

# users VERSION: user 5 and group 6
users() {
	{
		[ "$1" = 1 ] || le 4 $((4 + 1 + 8 + 5 + 7 + 9))
		le 1 0
		le 4 5 6
		string web
		string /home
		string /bin/sh
		[ "$1" = 1 ] || le 4 $((4 + 1 + 4 + 5))
		le 1 1
		le 4 6
		string www
	} | block $((${1} == 1 ? 0x206 : 0x220))
}

# interfaces VERSION: eth0
interfaces() {
	{
		[ "$1" = 1 ] || le 4 $((2 + 2 + 12 + 8 + 4))
		le 2 1 4
		le 1 10 0 0 1 255 255 255 0 10 0 0 255
		le 8 1000
		printf eth0
	} | block $((${1} == 1 ? 0x205 : 0x219))
}

# pairs VERSION: calls as two events each, as drivers before 2024 told them
pairs() {
	event "$1" 77 2 # open, without parameters then
	event "$1" 77 3 8:5 t:/etc/passwd 4:1 4:0
	event "$1" 77 6 8:5 4:100
	event "$1" 77 7 8:5 t:root
	event "$1" 77 4 8:5
	event "$1" 77 5 8:0
	event "$1" 77 12
	event "$1" 77 13 8:0 t:/bin/ls t:-l 8:77 8:77 8:1 t:/tmp 8:1024
	event "$1" 77 16
}
