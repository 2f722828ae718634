#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A real container for the demo: runc over an overlay of a busybox image, all
# of it below $dir.  Sourced; needs root, runc and busybox-static.  Each
# returns 1 after it said on stderr what failed.
#
#	container_make HELPER    image, overlay and bundle below $dir; sets $id,
#	                         64 hex digits (DEMO_ID, if set)
#	container_start          runs it detached: a web server
#	container_exec [-t] ...  a command in it
#	container_stop           ends it, unmounts, removes its control groups
#
# shellcheck disable=SC2154

# With its own folder of state: nothing of it stays in /run.
container_runc() {
	runc --root "$dir/runc" "$@"
}

container_make() {
	bundle=$dir/bundle
	id=${DEMO_ID:-$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')}
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
	cp "$1" "$image/opt/hostile"
	cp "$1" "$image/opt/shop"
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
	# What script(1) starts on its terminal, in place of a shell.
	cat > "$dir/enter" <<- ENTER
		#!/bin/sh
		eval "exec runc --root '$dir/runc' \$2"
	ENTER
	chmod 755 "$dir/enter"
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
  "linux": { "cgroupsPath": "/$id",
    "namespaces": [ { "type": "pid" }, { "type": "network" },
      { "type": "ipc" }, { "type": "uts" }, { "type": "mount" } ] } }
CONFIG
}

container_start() {
	if ! container_runc run -d -b "$dir/bundle" "$id" \
		< /dev/null > "$dir/runc.log" 2>&1; then
		cat "$dir/runc.log" >&2
		return 1
	fi
	pid=$(container_runc state "$id" |
		sed -n 's/.*"pid": \([0-9]*\).*/\1/p')
	# Its own network: loopback, and a stand-in for the cloud's metadata
	# service.  Nothing leaves this network namespace.
	busybox nsenter -t "$pid" -n busybox ip link set lo up &&
		busybox nsenter -t "$pid" -n busybox \
			ip addr add 169.254.169.254/32 dev lo
}

container_exec() {
	if [ "$1" = -t ]; then
		shift
		SHELL=$dir/enter script -qec "exec -t $id $*" /dev/null
	else
		container_runc exec "$id" "$@"
	fi
}

container_stop() {
	container_runc delete -f "$id" > /dev/null 2>&1 || true
	! mountpoint -q "$dir/bundle/rootfs" || umount "$dir/bundle/rootfs" ||
		umount -l "$dir/bundle/rootfs"
	rmdir /sys/fs/cgroup/"$id" /sys/fs/cgroup/*/"$id" 2> /dev/null || true
}
