#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fresh.sh: what README.md promises, on a Debian that has only make and a C
# compiler: debootstrap into a folder, a clone of this checkout's HEAD in it,
# `make demo' and `make test'.  Prints how long the demo took, what failed, and
# the tests' closing line; the exit code is 1 if one of the two failed.
#
# Needs root, debootstrap, 4 GB below TMPDIR and a mirror (MIRROR).  FRESH_BASE
# names a folder that debootstrap has filled before, which is copied instead.
# The logs are copied to the folder FRESH_LOGS.  Ends after FRESH_SECONDS (5400) at
# the latest, and leaves no mount, process or file behind.
set -eu
suite=bookworm
mirror=${MIRROR:-http://deb.debian.org/debian}
seconds=${FRESH_SECONDS:-5400}

# in_root: sets up what a machine has, and makes the folder the root.
in_root() {
	cd "$1"
	mount --bind . .
	cd "$1" # what is mounted now
	mount -t proc proc proc
	mount --rbind /sys sys
	mount -t tmpfs -o mode=755 dev dev
	mkdir dev/pts dev/shm
	for node in null zero full random urandom tty; do
		: > dev/$node
		mount --bind /dev/$node dev/$node
	done
	mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 pts dev/pts
	ln -s pts/ptmx dev/ptmx
	ln -s /proc/self/fd dev/fd
	for number in 0:stdin 1:stdout 2:stderr; do
		ln -s "/proc/self/fd/${number%:*}" "dev/${number#*:}"
	done
	mount -t tmpfs -o mode=1777 shm dev/shm
	mount -t tmpfs -o mode=1777 tmp tmp
	mkdir -p old
	pivot_root . old
	umount -l /old
	rmdir /old
	cd /root/spoor
	exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
		LANG=C.UTF-8 sh tests/fresh.sh --inside
}

# inside: as a user would.  The tests have a network of their own: only loopback.
inside() {
	code=0
	began=$(date +%s)
	echo "== make demo"
	make demo > /root/demo.log 2>&1 || {
		code=1
		tail -n 30 /root/demo.log
	}
	grep -E 'steps seen|^fired|^file:' /root/demo.log || true
	echo "the demo took $(($(date +%s) - began)) s"
	echo "== make test"
	make test-deps > /root/deps.log 2>&1 || tail -n 20 /root/deps.log
	unshare --net sh -c 'busybox ip link set lo up && make test' \
		> /root/test.log 2>&1 || code=1
	grep -E '^(FAIL|SKIP)' /root/test.log || true
	echo "all in all $(($(date +%s) - began)) s"
	grep -E '^[0-9]+ passed' /root/test.log || tail -n 5 /root/test.log
	exit $code
}

case ${1:-} in
--in-root) in_root "$2" ;;
--inside) inside ;;
esac

[ "$(id -u)" = 0 ] || {
	echo "tests/fresh.sh: run it as root" >&2
	exit 1
}
. tests/apart.sh
root=$apart/root

if [ -n "${FRESH_BASE:-}" ]; then
	cp -a "$FRESH_BASE" "$root"
else
	echo "== debootstrap $suite"
	debootstrap --variant=minbase --include=make,gcc,libc6-dev \
		"$suite" "$root" "$mirror" > "$apart/log" 2>&1 || {
		tail -n 5 "$apart/log" >&2
		exit 1
	}
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"
git clone -q "$PWD" "$root/root/spoor"
code=0
apart "$seconds" sh tests/fresh.sh --in-root "$root" || code=$?
[ $code != 124 ] && [ $code != 137 ] || echo "FAIL not done after $seconds s"
[ -z "${FRESH_LOGS:-}" ] || cp "$root"/root/*.log "$FRESH_LOGS"
exit $code
