#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make.sh BUILD: makes the captures of tests/corpus anew, as root.  good/ is
# recorded here, in namespaces of its own (a machine called example, on which
# nothing else runs), or written byte by byte as old tools did; bad/ is made of
# that by doing each one damage, after which it is named.  What tests expect of
# them then changes, too: make golden-update, and read the difference.
set -eu
build=$1
case ${2:-} in
'')
	exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
		unshare -mpfuCn --kill-child --mount-proc \
		sh "$0" "$build" --inside
	;;
--inside)
	# Whose folder and machine this is, no capture tells.
	hostname example
	ip link set lo up
	mount -t tmpfs tmpfs /mnt
	mkdir /mnt/spoor
	mount --bind . /mnt/spoor
	grep -E '^(root|www-data|nobody):' /etc/passwd > /mnt/passwd
	grep -E '^(root|www-data|nogroup):' /etc/group > /mnt/group
	mount --bind /mnt/passwd /etc/passwd
	mount --bind /mnt/group /etc/group
	cd /mnt/spoor
	exec env -u OLDPWD sh "$0" "$build" --record
	;;
esac
spoor=/mnt/spoor/$build/spoor
scratch=/mnt/scratch
good=/mnt/good
bad=/mnt/bad
mkdir /mnt/bin $scratch $good $bad
for program in busybox "$build/workloads/int80" "$build/workloads/sockets"; do
	cp "$(command -v "$program")" /mnt/bin/
done
cp tests/corpus/story.sh /mnt/bin/
. tests/corpus/blocks.sh

# record NAME OPTIONS... -- COMMAND...: in an empty folder, with few
# descriptors and an environment that anybody may see
record() {
	out=$good/$1
	shift
	rm -rf /mnt/story
	mkdir /mnt/story
	# shellcheck disable=SC3045
	(cd /mnt/story && ulimit -n 64 && env -i HOME=/root \
		PATH=/mnt/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		"$spoor" record --force -o "$out" "$@" \
		> /mnt/out 2> /mnt/log < /dev/null) || true
	grep -q '^spoor record: .* 0 drops' /mnt/log || cat /mnt/log
}

story='busybox sh /mnt/bin/story.sh'
# shellcheck disable=SC2086
{
	record inject.scap.zst --engine inject -- $story
	record ptrace.scap.zst --engine ptrace -- $story
	record plain.scap --engine inject -- $story
	record sysdig-0.29.scap --engine inject --compat sysdig-0.29 -- $story
	record series.scap.zst --engine ptrace -e 300 -- $story
	record left-out.scap.zst --syscalls execve,connect -- $story
}
gzip -9nc $good/plain.scap > $good/gzip.scap.gz
record int80.scap.zst -- int80
record sockets.scap.zst -- sockets
# A frame a second.
record frames.scap.zst -- busybox sh -c 'for i in 1 2 3 4; do
	busybox cat /etc/hostname; busybox sleep 1.1; done'

# The demo's attack: what happened in the container, and who started it.
DEMO_ID=5ca1ab1e00000000000000000000000000000000000000000000000000000001
env -i PATH="$PATH" HOME=/root TMPDIR=$scratch DEMO_ID=$DEMO_ID \
	sh tests/demo/demo.sh "$build" /mnt/demo > /mnt/log 2>&1 || cat /mnt/log
"$spoor" convert /mnt/demo/demo.scap.zst -o $good/attack.scap.zst \
	'container.id = 5ca1ab1e0000 or (evt.type in (execve, clone, clone3,
	vfork, procexit) and thread.ismain = true)' 2> /mnt/log
cp $good/attack.scap.zst $good/keyframes.scap.zst
"$spoor" index --every 1000 $good/keyframes.scap.zst 2> /mnt/log ||
	cat /mnt/log

# Old dialects.
for version in 1 2 3 4 5 6 7 8 9; do
	v2=$((version > 4 ? 2 : 1))
	{
		section
		machine
		interfaces $v2
		users $v2
		processes $version
		descriptors $v2
		pairs $v2
	} > $good/processes-v$version.scap
done
# What no engine of ours records: metadata of containers, switches, CPU times.
json='{"container":{"id":"0123456789ab","full_id":"'$container_id'","type":0,
"name":"web","image":"registry.example/shop:1.2","imageid":"c0ffee",
"imagerepo":"registry.example/shop","imagetag":"1.2",
"imagedigest":"sha256:0badcafe","privileged":false,"ip":"10.0.0.7",
"cni_json":"{\"net\":1}","created_time":1400000000,
"is_pod_sandbox":false,"pod_sandbox_id":"fedcba9876543210fedcba98",
"host_pid":false,"host_network":true,"host_ipc":false,
"Mounts":[{"Source":"/srv/data","Destination":"/data","Mode":"ro","RW":false,
"Propagation":"private"},{"Source":"/etc","Destination":"/host/etc",
"Mode":"rw","RW":true,"Propagation":"rslave"}],
"labels":{"app":"shop","tier":"web",
"io.kubernetes.pod.name":"shop-1","io.kubernetes.pod.namespace":"prod",
"io.kubernetes.pod.uid":"0000-1111","io.kubernetes.sandbox.id":
"fedcba9876543210fedcba9876543210"},
"pod_sandbox_labels":{"team":"blue"}}}'
{
	section
	machine
	interfaces 2
	users 2
	processes 9
	descriptors 2
	event large -1 324 "t:$(echo "$json" | tr -d '\n')"
	event 2 -1 354 4:33 4:33 t:www t:/var/www t:/bin/sh t:0123456789ab
	event 2 77 152 8:1 8:0 8:0 4:100 4:50 4:25
	event 2 77 234 8:1000000 8:500000
	event 2 77 152 8:1 8:0 8:0 4:100 4:50 4:25
	event 2 77 234 8:9000000 8:700000
	event 2 77 81 8:1 b:2,0,3,0,0,0,0,0,0,0,1,0,4,0,0,0,0,0,0,0,4,0 8:100
	event 2 77 7 8:3 t:abc 8:4 4:100
	event 2 77 5 8:-9 8:44
	event 2 77 5 8:0 8:3
	event 2 -1 280 t:id t:text
	event large -1 402 4:0 t:alarm t:data
} > $good/containers.scap
{
	section
	event 1 77 3 8:5 t:/a 4:1 4:0
	section
	event 2 77 3 8:5 t:/b 4:1 4:0 4:0
} > $good/two-sections.scap

# Damage.  cut NAME FROM BYTES, flip NAME FROM OFFSET
cut() {
	head -c "$3" "$good/$2" > "$bad/$1"
}
flip() {
	cp "$good/$2" "$bad/$1"
	byte=$(od -An -tu1 -j "$3" -N 1 "$bad/$1" | tr -d ' ')
	le 1 $((byte ^ 16)) |
		dd of="$bad/$1" bs=1 seek="$3" conv=notrunc status=none
}
size() {
	stat -c %s "$good/$1"
}
# Where the last data frame's mark begins: SPOF is its tag.
mark=$(grep -abo SPOF $good/frames.scap.zst | tail -n 1 |
	sed "s/:.*//")
mark=$((mark - 8))
cut cut-in-a-frame.scap.zst frames.scap.zst $((mark + 100))
cut cut-at-a-frame.scap.zst frames.scap.zst $mark
cut cut-in-the-first-frame.scap.zst inject.scap.zst 5000
cut cut-in-the-seek-table.scap.zst frames.scap.zst \
	$(($(size frames.scap.zst) - 5))
cut cut-in-a-block.scap plain.scap $(($(size plain.scap) / 2 | 1))
cut cut-in-gzip.scap.gz gzip.scap.gz $(($(size gzip.scap.gz) / 2))
flip flipped-bit-in-a-frame.scap.zst frames.scap.zst $((mark + 100))
flip flipped-bit-in-a-mark.scap.zst frames.scap.zst $((mark + 20))
flip flipped-bit-in-the-seek-table.scap.zst frames.scap.zst \
	$(($(size frames.scap.zst) - 17))
flip flipped-bit-in-gzip.scap.gz gzip.scap.gz $(($(size gzip.scap.gz) / 2))
flip flipped-bit-in-a-length.scap processes-v9.scap 33
mkdir $bad/file-missing-from-series
cp $good/series.scap.zst0 $good/series.scap.zst2 $bad/file-missing-from-series/
mkdir $bad/last-file-missing-from-series
cp $good/series.scap.zst0 $good/series.scap.zst1 \
	$bad/last-file-missing-from-series/
flip keyframe-damaged.scap.zst keyframes.scap.zst $(($(grep -abo SPOK \
	$good/keyframes.scap.zst | head -n 1 | sed 's/:.*//') + 50))
: > $bad/empty.scap
echo 'this is a text, and long enough to be a section' > $bad/text.scap
section > $bad/no-events.scap
{
	section
	event 2 77 3 8:5 t:/a 4:1 4:0 4:0 8:0
	{
		le 2 0
		le 8 $now 77
		le 4 36
		le 2 5
		le 4 1000 # parameters
		le 8 0 0
	} | block 0x216
} > $bad/more-parameters-than-bytes.scap
{
	section
	event 2 77 3 8:5 t:/a 4:1 4:0 4:0 8:0
	{
		le 2 0
		le 8 $now 77
		le 4 5000 # its length
		le 2 5
		le 4 2
		le 2 8 8
		le 8 0 5
	} | block 0x216
} > $bad/event-longer-than-its-block.scap
{
	section
	event 2 77 3 8:5 t:/a 4:1 4:0 4:0 8:0
	{
		le 2 0
		le 8 $now 77
		le 4 46
		le 2 5
		le 4 2
		le 2 8 80 # the second's length
		le 8 0 5
	} | block 0x216
} > $bad/parameter-longer-than-its-event.scap
{
	section
	event 2 77 3 8:5 t:/a 4:1 4:0 4:0 8:0
	event 2 77 5 8:0 8:5 | head -c -4
	le 4 999
} > $bad/other-length-at-the-end-of-a-block.scap
{
	section
	le 4 0x216 0xfffffff0
} > $bad/block-longer-than-the-file.scap
{
	section
	le 4 0x216 4
	le 4 4
} > $bad/block-shorter-than-its-head.scap
{
	le 4 0x4D3C2B1A | cat - $scratch/version | block 0x0A0D0D0A
	event 2 77 5 8:0 8:5
} > $bad/other-byte-order.scap
{
	{
		le 4 0x1A2B3C4D
		le 2 7 0
		le 8 -1
	} | block 0x0A0D0D0A
	event 2 77 5 8:0 8:5
} > $bad/other-major-version.scap
{
	section
	{
		le 4 900
		process 8
	} | block 0x215
	event 2 77 5 8:0 8:5
} > $bad/process-longer-than-its-block.scap
{
	section
	event 2 77 5000 8:0
	event 2 77 5 8:0 8:5
} > $bad/event-of-an-unknown-type.scap

chmod -R a+rX $good $bad
rm -rf tests/corpus/good tests/corpus/bad
cp -r $good $bad tests/corpus/
du -sh tests/corpus/good tests/corpus/bad
