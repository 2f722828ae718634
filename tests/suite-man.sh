#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each command has --help with a usage line and a man page without warnings.
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

sh doc/man.sh "$build/spoor" "$dir"
for command in $("$build/spoor" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	page=$dir/spoor-$command.1
	case $("$build/spoor" "$command" --help | head -n 1) in
	"usage: spoor $command "*) echo "PASS $command --help" ;;
	*) echo "FAIL $command --help has no usage line" ;;
	esac
	if ! command -v groff > /dev/null; then
		echo "SKIP man page of $command: no groff here"
	elif [ -s "$page" ] && [ -z "$(groff -man -Tascii -ww -z "$page" 2>&1)" ]
	then
		echo "PASS man page of $command"
	else
		echo "FAIL man page of $command"
		groff -man -Tascii -ww -z "$page"
	fi
done
