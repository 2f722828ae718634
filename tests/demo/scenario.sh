#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo's story, run under `spoor record': a web shop's container serves,
# is attacked, and is searched.  scenario.sh DIR HELPER; writes DIR/steps:
# one line a step, "ns-since-epoch<TAB>rule that is meant for it<TAB>step".
set -eu
. tests/demo/container.sh
container_make "$1" "$2"
trap container_stop EXIT
container_start

in_container() {
	runc exec "$id" "$@"
}

say() {
	printf '%s\t%s\t%s\n' "$(date +%s%N)" "$1" "$2" >> "$dir/steps"
}

# A step of the attack: the rule meant for it, what it is, the command.
step() {
	say "$1" "$2"
	shift 2
	"$@" > /dev/null 2>&1 < /dev/null || true
}

# Its start is not part of what it does.
tries=0
until in_container /opt/shop get 127.0.0.1 > /dev/null 2>&1 ||
	[ $tries = 300 ]; do
	tries=$((tries + 1))
	sleep 0.1
done

say - 'benign: the shop serves'
for page in 1 2 3 4 5 6 7 8; do
	in_container /opt/shop get 127.0.0.1 > /dev/null
	echo "page $page" >> "$dir/served"
done
in_container ls -l /var/www /tmp > /dev/null
in_container cat /etc/passwd > /dev/null
in_container sh -c 'echo "order 1" >> /var/www/orders.txt'
in_container sh -c 'gzip -k /var/www/orders.txt && rm /var/www/orders.txt.gz'
in_container ps > /dev/null

say - 'attack'
step 'Terminal shell in container' 'a shell with a terminal' \
	script -qec "runc exec -t $id sh -c 'id; tty'" /dev/null
step 'Read sensitive file untrusted' 'read the password hashes' \
	in_container cat /etc/shadow
step 'Directory traversal monitored file read' 'read through ../..' \
	in_container /opt/hostile read /var/www/../../etc/shadow
step 'Search Private Keys or Passwords' 'search for keys' \
	in_container find / -xdev -name id_rsa
step 'Find AWS Credentials' 'search for cloud credentials' \
	in_container find /root -path /root/.aws/credentials
step 'Contact EC2 Instance Metadata Service From Container' \
	'ask the metadata service for a role' \
	in_container /opt/hostile metadata
in_container nc -l -p 4444 > /dev/null 2>&1 < /dev/null &
sleep 0.3
step 'Netcat Remote Code Execution in Container' 'a reverse shell' \
	in_container nc 127.0.0.1 4444 -e /bin/true
step 'Drop and execute new binary in container' 'drop a binary and run it' \
	in_container sh -c 'cp /opt/hostile /tmp/miner; /tmp/miner'
step 'Execution from /dev/shm' 'run one from shared memory' \
	in_container sh -c 'cp /opt/hostile /dev/shm/x; /dev/shm/x'
step 'Fileless execution via memfd_create' 'run one from memory only' \
	in_container /opt/hostile memfd
step 'Set Setuid or Setgid bit' 'make it setuid root' \
	in_container chmod 4755 /tmp/miner
step 'Schedule Cron Jobs' 'persist with a cron job' \
	in_container sh -c 'mkdir -p /etc/cron.d; echo x > /etc/cron.d/job'
step 'Write below etc' 'plant a preload library' \
	in_container sh -c 'echo /tmp/e.so > /etc/ld.so.preload'
step 'Adding ssh keys to authorized_keys' 'persist with a key' \
	in_container cp /root/.ssh/id_rsa /root/.ssh/authorized_keys
step 'Create Symlink Over Sensitive Files' 'link over the password hashes' \
	in_container ln -s /etc/shadow /tmp/notes
step 'Create Hardlink Over Sensitive Files' 'and once more, hard' \
	in_container ln /etc/shadow /etc/notes
step 'Packet socket created in container' 'sniff packets' \
	in_container /opt/hostile packet
step 'PTRACE attached to process' 'attach to a process' \
	in_container /opt/hostile ptrace
step 'PTRACE anti-debug attempt' 'hide from debuggers' \
	in_container /opt/hostile antidebug
step 'Remove Bulk Data from Disk' 'destroy the evidence' \
	in_container shred -n 1 /var/www/orders.txt
step 'Clear Log Activities' 'clear a log' \
	in_container sh -c ': > /var/log/auth.log'
step 'Delete or rename shell history' 'delete the history' \
	in_container rm /root/.bash_history
say - 'end'
