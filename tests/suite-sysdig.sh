#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The neighbours read what we write: a capture recorded with --compat
# sysdig-0.29 opens in Debian's sysdig, which prints as many events of each
# type it knows as spoor does, with the same descriptors.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

if ! command -v sysdig > /dev/null; then
	echo "SKIP sysdig: not installed (make test-deps)"
	exit 0
fi
if ! "$spoor" record --compat sysdig-0.29 -o "$dir/c.scap.zst" -- sh -c '
	ls -l /etc /usr > /dev/null; cat /etc/passwd | sort | head -n 3
	busybox nc -l -p 17011 > /dev/null < /dev/zero &
	tries=0
	until grep -q ":B7A3 0*:0000 0A" /proc/net/tcp /proc/net/tcp6 ||
		[ $tries = 300 ]; do tries=$((tries + 1)); sleep 0.1; done
	echo hello | busybox nc -w 1 127.0.0.1 17011; wait
	busybox find /etc > /dev/null; ln -s a '"$dir"'/b; mkdir '"$dir"'/d
' > /dev/null 2> "$dir/log"; then
	cat "$dir/log"
	echo "FAIL sysdig: the recording failed"
	exit 0
fi
zstd -qd "$dir/c.scap.zst" -o "$dir/c.scap"
# Enter events say to whom a call was made; what came of it is the exit event.
sysdig -r "$dir/c.scap" -p '%evt.type' 'evt.dir=<' \
	> "$dir/theirs" 2> "$dir/errors"
code=$?
if [ $code = 0 ] && [ ! -s "$dir/errors" ]; then
	echo "PASS sysdig 0.29 reads a compat capture without an error"
else
	cat "$dir/errors"
	echo "FAIL sysdig 0.29 reads a compat capture: exit code $code"
fi
"$spoor" print "$dir/c.scap.zst" -p '%evt.type' 'evt.dir=<' > "$dir/ours"
sort "$dir/theirs" | uniq -c > "$dir/theirs.count"
sort "$dir/ours" | uniq -c > "$dir/ours.count"
# Types that only one of the two tables names are left out; the sum is not.
join -1 2 -2 2 -o 0,1.1,2.1 "$dir/ours.count" \
	"$dir/theirs.count" > "$dir/both"
if [ "$(wc -l < "$dir/ours")" = "$(wc -l < "$dir/theirs")" ]; then
	echo "PASS sysdig prints as many events ($(wc -l < "$dir/theirs"))"
else
	echo "FAIL sysdig prints $(wc -l < "$dir/theirs") events, spoor" \
		"$(wc -l < "$dir/ours")"
fi
if [ -s "$dir/both" ] && ! awk '$2 != $3' "$dir/both" | grep .; then
	echo "PASS sysdig prints as many events of each type it knows" \
		"($(wc -l < "$dir/both") types, $(wc -l < "$dir/theirs") events)"
else
	echo "FAIL sysdig prints other counts than spoor (type, ours, theirs)"
fi
for type in execve openat read write connect accept clone symlinkat mkdir; do
	if grep -qx "$type" "$dir/theirs"; then
		echo "PASS sysdig sees $type"
	else
		echo "FAIL sysdig does not see $type"
	fi
done

# The same through a conversion of a capture of the current dialect. (A failed
# open keeps the descriptor of the open before it there: only results count.)
opened="evt.type=openat and evt.rawres>=0"
"$spoor" record -o "$dir/now.scap.zst" -- ls -lR /etc/apt > /dev/null 2>&1
"$spoor" convert "$dir/now.scap.zst" -o "$dir/old.scap" \
	--compat sysdig-0.29 > /dev/null 2>&1
ours=$("$spoor" print "$dir/now.scap.zst" "$opened" -p '%fd.name' | sort)
theirs=$(sysdig -r "$dir/old.scap" "$opened and evt.dir=<" -p '%fd.name' |
	sort)
if [ -n "$ours" ] && [ "$ours" = "$theirs" ]; then
	echo "PASS convert: sysdig sees the same opened files"
else
	echo "FAIL convert: sysdig sees other opened files"
fi

# bytes COMMAND...: by name of descriptor, as the fields say
bytes() {
	"$@" "$moved" -p '%evt.rawres %fd.name' | awk '{
		n = $1
		sub(/^[^ ]* /, "")
		sum[$0] += n
	} END { for (name in sum) print sum[name], name }' | sort
}
moved="evt.type in (read, write, pread, pwrite, readv, writev, sendto, recvfrom,
	sendmsg, recvmsg) and evt.rawres > 0 and (fd.type=file or fd.type=ipv4)"
# Descriptors that are copied, in a shell; others are closed and used again.
"$spoor" record --force -o "$dir/now.scap.zst" -- sh -c 'cd '"$dir"'
	echo one > a; cat a a > b; { echo two; cat b >&2; } 2>> a
	exec 7< b; read line <&7; exec 7<&-
	busybox wget -qO c http://127.0.0.1:17012/b ||
		busybox nc 127.0.0.1 17011; ls -lR /etc/apt > d
	sh -c "cat < a | cat > e"' > /dev/null 2>&1
"$spoor" convert --force "$dir/now.scap.zst" -o "$dir/old.scap" \
	--compat sysdig-0.29 > /dev/null 2>&1
bytes "$spoor" print "$dir/now.scap.zst" > "$dir/ours.bytes"
bytes sysdig -r "$dir/old.scap" > "$dir/theirs.bytes"
bytes "$spoor" print "$dir/old.scap" > "$dir/again.bytes" 2> "$dir/err"
for whose in theirs again; do
	[ -s "$dir/ours.bytes" ] &&
		cmp -s "$dir/ours.bytes" "$dir/$whose.bytes"
	code=$?
	[ $code = 0 ] ||
		diff "$dir/ours.bytes" "$dir/$whose.bytes" | head -n 20
	[ $code = 0 ] && echo PASS || echo FAIL
done > "$dir/verdicts"
sed -n '/^[<>0-9-]/p' "$dir/verdicts"
echo "$(sed -n '/^[PF]/p' "$dir/verdicts" | head -n 1)" \
	"convert: sysdig sees the same bytes of $(wc -l < "$dir/ours.bytes") files"
echo "$(sed -n '/^[PF]/p' "$dir/verdicts" | tail -n 1)" \
	"convert: and so does spoor"

# What the old dialect cannot show is told, with its types: the rest is what
# sysdig prints, beside the enter events that it is given for openat and others.
"$spoor" record -o "$dir/lost.scap.zst" -- setpriv --inh-caps -chown sh -c '
	echo x > /dev/null 2>&1; sort < /dev/null' > /dev/null 2>&1
"$spoor" convert "$dir/lost.scap.zst" -o "$dir/lost.scap" \
	--compat sysdig-0.29 > "$dir/told" 2> "$dir/types"
shown=$(sed -n 's/.* events, \([0-9]*\) of them shown .*/\1/p' "$dir/told")
theirs=$(sysdig -r "$dir/lost.scap" -p '%evt.type %evt.dir' |
	grep -cE ' <|^(procexit|signaldeliver) ')
if [ -n "$shown" ] && [ "$shown" = "$theirs" ]; then
	echo "PASS convert says how many events sysdig shows ($shown)"
else
	cat "$dir/told"
	echo "FAIL convert says that sysdig shows $shown events: $theirs"
fi
if ! grep -q dup2 "$dir/types" &&
	grep -q 'convert: left out.*[0-9] capset' "$dir/types" &&
	grep -q 'convert: shown .* as <unknown>: .*[0-9] rseq' \
		"$dir/types"; then
	echo "PASS convert says which types it does not show"
else
	cat "$dir/types"
	echo "FAIL convert says which types it does not show"
fi
"$spoor" record -o "$dir/lost2.scap.zst" --compat sysdig-0.29 -- \
	setpriv --inh-caps -chown true 2> "$dir/types"
if grep -q 'record: left out.*[0-9] capset' "$dir/types"; then
	echo "PASS and so does record"
else
	cat "$dir/types"
	echo "FAIL and so does record"
fi

# Processes that begin while the start state is read: sysdig refuses a file
# that has descriptors of somebody who is not listed.
churn() {
	while [ ! -e "$dir/stop" ]; do /bin/true; /bin/true | /bin/true; done
}
churn &
churn &
refused=0
for _ in 1 2 3 4 5 6 7 8; do
	"$spoor" record --force -o "$dir/b.scap.zst" --compat sysdig-0.29 -- \
		/bin/true 2> /dev/null
	zstd -qdf "$dir/b.scap.zst" -o "$dir/b.scap"
	sysdig -r "$dir/b.scap" > /dev/null 2> "$dir/errors" || {
		refused=$((refused + 1))
		cat "$dir/errors"
	}
done
touch "$dir/stop"
wait
if [ $refused = 0 ]; then
	echo "PASS sysdig reads captures begun while processes come and go"
else
	echo "FAIL sysdig refuses $refused of 8 captures begun while" \
		"processes come and go"
fi
