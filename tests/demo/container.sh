#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A real container for the demo and the tests: runc over an overlay of a
# busybox image.  Sourced; needs root, runc and busybox-static.
#
#	container_make DIR [HELPER...]   image, overlay and bundle below DIR
#	container_start                  runs it detached: a web server
#	container_stop                   ends it and unmounts
#
# Sets $id (64 hex digits) and $bundle.

container_make() {
	dir=$1
	shift
	bundle=$dir/bundle
	id=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
	image=$dir/image
	mkdir -p "$image/bin" "$image/etc" "$image/root/.ssh" \
		"$image/root/.aws" "$image/tmp" "$image/var/log" \
		"$image/var/www" "$image/proc" "$image/sys" "$image/dev" \
		"$image/var/spool/cron/crontabs" "$image/opt" \
		"$dir/upper" "$dir/work" "$bundle/rootfs"
	cp "$(command -v busybox)" "$image/bin/busybox"
	for applet in $("$image/bin/busybox" --list); do
		[ "$applet" = busybox ] || ln -sf busybox "$image/bin/$applet"
	done
	for helper in "$@"; do
		cp "$helper" "$image/opt/"
		cp "$helper" "$image/opt/shop"
	done
	printf 'root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/var/www:/bin/sh\n' \
		> "$image/etc/passwd"
	printf 'root:x:0:\nwww:x:33:\n' > "$image/etc/group"
	# shellcheck disable=SC2016
	echo 'root:$6$demo$notarealhash:19000:0:99999:7:::' \
		> "$image/etc/shadow"
	echo '[default]' > "$image/root/.aws/credentials"
	echo 'not a key' > "$image/root/.ssh/id_rsa"
	echo 'ls -la' > "$image/root/.bash_history"
	echo 'started' > "$image/var/log/auth.log"
	echo '<h1>shop</h1>' > "$image/var/www/index.html"
	mount -t overlay overlay -o \
		"lowerdir=$image,upperdir=$dir/upper,workdir=$dir/work" \
		"$bundle/rootfs"
	container_config > "$bundle/config.json"
}

container_config() {
	caps='["CAP_CHOWN","CAP_DAC_OVERRIDE","CAP_FOWNER","CAP_FSETID",
	"CAP_KILL","CAP_SETGID","CAP_SETUID","CAP_NET_BIND_SERVICE",
	"CAP_NET_RAW","CAP_SYS_CHROOT","CAP_MKNOD"]'
	cat <<CONFIG
{ "ociVersion": "1.0.2",
  "hostname": "shop",
  "root": { "path": "rootfs", "readonly": false },
  "process": { "terminal": false, "cwd": "/",
    "user": { "uid": 0, "gid": 0 },
    "args": [ "/opt/shop", "serve" ],
    "env": [ "PATH=/bin", "HOME=/root" ],
    "capabilities": { "bounding": $caps, "effective": $caps,
      "permitted": $caps } },
  "mounts": [
    { "destination": "/proc", "type": "proc", "source": "proc" },
    { "destination": "/dev", "type": "tmpfs", "source": "tmpfs",
      "options": [ "nosuid", "mode=755" ] },
    { "destination": "/dev/pts", "type": "devpts", "source": "devpts",
      "options": [ "nosuid", "noexec", "newinstance", "ptmxmode=0666" ] },
    { "destination": "/dev/shm", "type": "tmpfs", "source": "shm",
      "options": [ "nosuid", "nodev", "mode=1777" ] } ],
  "linux": { "cgroupsPath": "/docker/$id",
    "namespaces": [ { "type": "pid" }, { "type": "network" },
      { "type": "ipc" }, { "type": "uts" }, { "type": "mount" } ] } }
CONFIG
}

container_start() {
	runc run -d -b "$bundle" "$id" < /dev/null > "$dir/runc.log" 2>&1
	pid=$(runc state "$id" | sed -n 's/.*"pid": \([0-9]*\).*/\1/p')
	# Its own network: loopback, and a stand-in for the cloud's metadata
	# service.  Nothing leaves this network namespace.
	busybox nsenter -t "$pid" -n busybox ip link set lo up
	busybox nsenter -t "$pid" -n busybox \
		ip addr add 169.254.169.254/32 dev lo
}

container_stop() {
	runc delete -f "$id" > /dev/null 2>&1 || true
	umount "$bundle/rootfs" 2> /dev/null || true
	rmdir /sys/fs/cgroup/*/docker/"$id" 2> /dev/null || true
}
