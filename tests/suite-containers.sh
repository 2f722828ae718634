#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Users and groups of containers, from the container's own files, which may be
# hostile.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

if ! command -v runc > /dev/null || ! command -v jq > /dev/null; then
	echo "SKIP users of containers: no runc, or no jq"
	exit
fi
mkdir -p "$dir/rootfs/bin" "$dir/rootfs/etc" "$dir/rootfs/proc"
cp "$(command -v busybox)" "$dir/rootfs/bin/busybox"
ln -s busybox "$dir/rootfs/bin/sh"
ln -s busybox "$dir/rootfs/bin/sleep"
(cd "$dir" && runc spec)
passwd=$dir/rootfs/etc/passwd
group=$dir/rootfs/etc/group

id() {
	od -An -tx1 -N32 /dev/urandom | tr -d ' \n'
}

# contained ARG...: the command of the container, as user 1234
contained() {
	jq -n '$ARGS.positional' --args -- "$@" > "$dir/args"
	jq --slurpfile args "$dir/args" '.process.args = $args[0] |
		.process.terminal = false | .process.user.uid = 1234 |
		.process.user.gid = 1234' "$dir/config.json" > "$dir/new" &&
		mv "$dir/new" "$dir/config.json"
}

# names: whom the capture says the container's programs ran as
names() {
	"$spoor" print "$dir/c.scap.zst" 'container.id != host and
		evt.type = execve and user.uid = 1234' \
		-p '*%user.name:%group.name:%user.homedir' | sort -u | tr '\n' ' '
}

# record ENGINE: a container, from its start
record() {
	timeout -k 5 60 "$spoor" record --force --engine "$1" \
		-o "$dir/c.scap.zst" -- runc run --bundle "$dir" "$(id)" \
		> "$dir/out" 2> "$dir/log" < /dev/null
}

printf 'root:x:0:0:root:/root:/bin/sh\nwebuser:x:1234:1234::/srv:/bin/sh\n' \
	> "$passwd"
printf 'root:x:0:\nwebgrp:x:1234:\n' > "$group"
contained sh -c 'busybox true; :'
runc run --bundle "$dir" "$(id)" > "$dir/log" 2>&1 < /dev/null || {
	cat "$dir/log"
	echo "SKIP users of containers: runc cannot start one here"
	exit
}
for engine in ptrace inject; do
	record $engine
	if grep -q 'inject: needs' "$dir/log"; then
		echo "SKIP users of containers: no engine inject here"
		continue
	fi
	same "names of a container's users ($engine)" "$(names)" \
		"webuser:webgrp:/srv "
	sound "container ($engine)" "$dir/c.scap.zst"
	shown=$("$spoor" print "$dir/c.scap.zst" -p '%evt.num' | wc -l)
	same "events that record counts are those that print shows ($engine)" \
		"$(sed -n 's/^spoor record: \([0-9]*\) events.*/\1/p' \
		"$dir/log")" "$shown"
done
"$spoor" convert --force --compat sysdig-0.29 "$dir/c.scap.zst" \
	-o "$dir/old.scap" > "$dir/out" 2> "$dir/log"
known=$("$spoor" print "$dir/old.scap" -p '%evt.num' 2> "$dir/log" | wc -l)
[ "$known" -lt "$shown" ]
verdict $? "convert --compat leaves events of a container out"
same "it says how many" "$(sed -n 's/.*does not know: \([0-9]*\) .*/\1/p' \
	"$dir/log")" $((shown - known))
"$spoor" load --force -o "$dir/c.db" "$dir/c.scap.zst" 2> "$dir/log"
same "users in SQL, by container" "$(sqlite3 "$dir/c.db" "SELECT name FROM users
	WHERE uid = 1234 AND container_id <> ''" 2>&1)" webuser
same "and of programs" "$(sqlite3 "$dir/c.db" "SELECT DISTINCT user
	FROM processes WHERE uid = 1234" 2>&1)" webuser

# A user that is added while it runs.
contained sh -c 'busybox sleep 0.1
	echo later:x:1234:1234::/later:/bin/sh > /etc/passwd; busybox true; :'
chmod 666 "$passwd"
chmod 777 "$dir/rootfs/etc"
jq '.root.readonly = false' "$dir/config.json" > "$dir/new" &&
	mv "$dir/new" "$dir/config.json"
record ptrace
same "files that change are read again" "$(names)" \
	"later:webgrp:/later webuser:webgrp:/srv "
cat > "$passwd" << 'END'
root:x:0:0:root:/root:/bin/sh
webuser:x:1234:1234::/srv:/bin/sh
END

# One that runs already.
contained sh -c 'while :; do busybox true; busybox sleep 0.1; done'
name=$(id)
runc run --bundle "$dir" --detach --pid-file "$dir/pid" "$name" \
	> /dev/null 2>&1 < /dev/null
timeout -k 5 60 "$spoor" record --force -M 1 -p "$(cat "$dir/pid")" \
	-o "$dir/c.scap.zst" > "$dir/log" 2>&1
runc kill "$name" KILL
same "names in a container that runs already" "$(names)" "webuser:webgrp:/srv "
runc delete --force "$name"

# Files that are none: nothing waits for them, and nothing of the host is told.
for hostile in fifo link long; do
	case $hostile in
	fifo) how='busybox mkfifo /etc/passwd' ;;
	link) how='busybox ln -s ../../../../../../../../etc/passwd /etc/passwd' ;;
	long) how='busybox yes a:x:1:1::/: | busybox head -c 10000000 >
		/etc/passwd' ;;
	esac
	cat > "$passwd" << 'END'
webuser:x:1234:1234::/srv:/bin/sh
END
	printf 'root:x:0:\n+::::\n:\nwebgrp:x:1234:\n' > "$group"
	printf 'x:x:99999999999:\ny:x:-1:\nz:x:\nno' >> "$group"
	contained sh -c "busybox rm /etc/passwd; $how; busybox true; :"
	record inject
	rm -f "$passwd"
	same "a container's passwd that is hostile: $hostile" "$(names)" \
		"webuser:webgrp:/srv "
	sound "hostile container ($hostile)" "$dir/c.scap.zst"
	"$spoor" load --force -o "$dir/c.db" "$dir/c.scap.zst" 2> "$dir/log"
	same "nothing of the host, and not without bounds: $hostile" \
		"$(sqlite3 "$dir/c.db" "SELECT count(*) < 4000 AND
		count(*) FILTER (WHERE name = 'daemon') = 0 FROM users
		WHERE container_id IN (SELECT container_id FROM processes
		WHERE uid = 1234) AND container_id NOT IN ('', 'host')" 2>&1)" 1
done
