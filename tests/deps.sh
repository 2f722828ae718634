#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes sure that the named Debian packages are there: as root it installs
# what is missing, else it prints the one line that does.  Of "A|B" either will
# do; A is installed if there is none.
set -eu

is_there() {
	dpkg-query -W -f '${Status}' "$1" 2> /dev/null | grep -q 'ok installed'
}

missing=
for package in "$@"; do
	is_there "${package%|*}" || is_there "${package#*|}" ||
		missing="$missing ${package%|*}"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
	echo "Missing packages; install them with:" >&2
	echo "  sudo apt-get install -y --no-install-recommends$missing" >&2
	exit 1
fi
echo "Installing:$missing"
apt-get update -q >/dev/null
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
	--no-install-recommends $missing >/dev/null
