#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo as a test: a real container, recorded and replayed.
build=$1

if [ "$(id -u)" != 0 ]; then
	echo "SKIP demo: needs root for runc"
	exit 0
fi
if ! command -v runc > /dev/null; then
	echo "SKIP demo: runc is not installed (make demo-deps)"
	exit 0
fi
if ! sh tests/demo/demo.sh "$build" > "$build/demo.log" 2>&1; then
	tail -n 20 "$build/demo.log"
	echo "FAIL demo: see $build/demo.log"
	exit 0
fi
echo "PASS demo runs"
if grep -q '^nothing fired in the benign half' "$build/demo.log"; then
	echo "PASS no rule fires in the benign half"
else
	echo "FAIL a rule fires in the benign half"
fi
if [ ! -d ../shared/rules ]; then
	echo "SKIP demo steps: the Falco rules are not here"
	exit 0
fi
grep -E '^  (yes|NO ) ' "$build/demo.log" | while read -r seen what; do
	case $seen in
	yes) echo "PASS step $what" ;;
	*) echo "FAIL step $what" ;;
	esac
done
