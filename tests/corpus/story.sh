#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the captures of tests/corpus tell: run by busybox's shell, in a folder
# of its own, with a loopback interface (make.sh).  Little of everything that
# rules, tables and questions ask for.
set -u
echo first > orders.txt
cat orders.txt
cat /etc/shadow > /dev/null
cp orders.txt copy.txt
mv copy.txt moved.txt
ln orders.txt hard
ln -s /etc/shadow soft
chmod 4755 moved.txt
chown 33:33 moved.txt
mkdir folder
touch folder/file
cd folder || exit 1
echo relative > ../below.txt
cat nothing
cd ..
rm folder/file
rmdir folder
: > orders.txt
dd if=/dev/zero of=zeroes bs=4096 count=4 2> /dev/null
truncate -s 5 zeroes
# shellcheck disable=SC2010
ls -l / | grep -c etc

# A program that was written here, and one with a strange name.
busybox cp /bin/busybox dropped
./dropped true
busybox cp /bin/busybox "$(printf 'odd\n\033[31mname')"
ls odd*

# Connections: one that is taken, with data both ways, and one that is not.
busybox nc -l -p 7001 -e busybox cat > /dev/null &
until cat /proc/net/tcp /proc/net/tcp6 | grep -q ':1B59 0*:0000 0A'; do
	busybox usleep 100000
done
echo hello | busybox nc -w 1 127.0.0.1 7001
wait
busybox nc -w 1 127.0.0.1 7002 < /dev/null
busybox nslookup example.com 127.0.0.1 > /dev/null

# Other users, signals, ends.
busybox su -s /bin/sh www-data -c 'id -u'
sleep 5 &
kill $!
wait
sh -c 'kill -SEGV $$' 2> /dev/null
sh -c 'exit 3'
exit 7
