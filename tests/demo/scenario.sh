#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo's story, run under `spoor record': the container of a web shop
# serves, is attacked, and is searched.  scenario.sh DIR ID: a container made by
# container_make.  Writes DIR/steps, one line a step, separated by tabs: when it
# began (ns since the epoch), the rules meant for it (spoor's, Falco's), what.
set -eu
dir=$1
id=$2
. tests/demo/container.sh

say() {
	printf '%s\t%s\t%s\t%s\n' "$(date +%s%N)" "$@" >> "$dir/steps"
}

# A step of the attack: our rule, Falco's rule, what it is, the command.
step() {
	say "$1" "$2" "$3"
	shift 3
	container_exec "$@" > /dev/null 2>&1 < /dev/null || true
}

say - - 'set-up'
container_start
tries=0
until container_exec /opt/shop get 127.0.0.1 > /dev/null 2>&1; do
	tries=$((tries + 1))
	if [ $tries = 100 ]; then
		echo "The shop in the container does not answer." >&2
		exit 1
	fi
	sleep 0.1
done

say - - 'benign: the shop serves'
for page in 1 2 3 4 5 6 7 8; do
	container_exec /opt/shop get 127.0.0.1 > /dev/null
	echo "page $page" >> "$dir/served"
done
container_exec ls -l /var/www /tmp > /dev/null
container_exec cat /etc/passwd > /dev/null
container_exec sh -c 'echo "order 1" >> /var/www/orders.txt'
container_exec sh -c 'gzip -k /var/www/orders.txt && rm /var/www/orders.txt.gz'
container_exec ps > /dev/null

say - - 'attack'
step 'Shell with a terminal in a container' 'Terminal shell in container' \
	'a shell with a terminal' -t sh -c "'id; tty'"
step 'Password hashes read' 'Read sensitive file untrusted' \
	'read the password hashes' cat /etc/shadow
step 'Path that climbs to a file' 'Directory traversal monitored file read' \
	'read through ../..' /opt/hostile read /var/www/../../etc/shadow
step 'Search for keys' 'Search Private Keys or Passwords' \
	'search for keys' find / -xdev -name id_rsa
step 'Search for keys' 'Find AWS Credentials' \
	'search for cloud credentials' find /root -path /root/.aws/credentials
step 'Metadata service contacted' \
	'Contact EC2 Instance Metadata Service From Container' \
	'ask the metadata service for a role' /opt/hostile metadata
container_exec nc -l -p 4444 > /dev/null 2>&1 < /dev/null &
sleep 0.3
step 'Netcat runs a program' 'Netcat Remote Code Execution in Container' \
	'a reverse shell' nc 127.0.0.1 4444 -e /bin/true
step 'Program not of the image' 'Drop and execute new binary in container' \
	'drop a binary and run it' \
	sh -c 'cp /opt/hostile /tmp/miner; /tmp/miner'
step 'Program from shared memory' 'Execution from /dev/shm' \
	'run one from shared memory' \
	sh -c 'cp /opt/hostile /dev/shm/x; /dev/shm/x'
step 'Program from memory' 'Fileless execution via memfd_create' \
	'run one from memory only' /opt/hostile memfd
step 'Setuid bit set' 'Set Setuid or Setgid bit' \
	'make it setuid root' chmod 4755 /tmp/miner
step 'Start-up or preload file written' 'Schedule Cron Jobs' \
	'persist with a cron job' \
	sh -c 'mkdir -p /etc/cron.d; echo x > /etc/cron.d/job'
step 'Start-up or preload file written' 'Write below etc' \
	'plant a preload library' sh -c 'echo /tmp/e.so > /etc/ld.so.preload'
step 'Start-up or preload file written' 'Adding ssh keys to authorized_keys' \
	'persist with a key' cp /root/.ssh/id_rsa /root/.ssh/authorized_keys
step 'Link to a password file' 'Create Symlink Over Sensitive Files' \
	'link over the password hashes' ln -s /etc/shadow /tmp/notes
step 'Link to a password file' 'Create Hardlink Over Sensitive Files' \
	'and once more, hard' ln /etc/shadow /etc/notes
step 'Packet socket' 'Packet socket created in container' \
	'sniff packets' /opt/hostile packet
step 'Debugger attached' 'PTRACE attached to process' \
	'attach to a process' /opt/hostile ptrace
step 'Debugger attached' 'PTRACE anti-debug attempt' \
	'hide from debuggers' /opt/hostile antidebug
step 'Data wiped' 'Remove Bulk Data from Disk' \
	'destroy the evidence' shred -n 1 /var/www/orders.txt
step 'Log cut' 'Clear Log Activities' \
	'clear a log' sh -c ': > /var/log/auth.log'
step 'Shell history removed' 'Delete or rename shell history' \
	'delete the history' rm /root/.bash_history
say - - 'end'
container_stop
