#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ready questions: each is run on a recording whose answer this script knows,
# with every engine; some also on the capture in place.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
pids=
trap 'kill $pids 2> /dev/null; rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

# Who came in: a server whose pages are programs; the client is not recorded.
mkdir -p "$dir/www/cgi-bin"
cat > "$dir/www/cgi-bin/run" << 'END'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\n'
id -un
END
chmod +x "$dir/www/cgi-bin/run"
echo page > "$dir/www/index.html"
port=$((20000 + $$ % 10000))

# Two passwords that nobody knows, and a place for what is made.
mkdir "$dir/made" "$dir/home"
echo secret > "$dir/secret"
chmod 600 "$dir/secret"
chmod 755 "$dir" "$dir/made" "$dir/home"
cat > "$dir/story.sh" << 'END'
dir=$1
port=$2
cd "$dir/made" || exit
# Files: what is cut, deleted and renamed, and what could not be.
echo old > cut
echo new > cut
truncate -s 1 trimmed
echo new > fresh
echo gone > gone
rm gone
rm never-there 2> /dev/null
mkdir room
rmdir room
echo moved > before
mv before after
cat fresh > /dev/null
# Programs: one that was written before, one inside of another, a chain.
cp /bin/true dropped
./dropped
sh -c 'sh -c "sleep 0.01; true inner"; exec cat /dev/null'
# Persistence, credentials, a refusal, another user.
echo 'echo hi' > "$dir/home/.bashrc"
cat /etc/shadow > /dev/null
setpriv --reuid 65534 cat "$dir/secret" 2> /dev/null
# In memory only.
perl -e '$n = "hidden"; $f = syscall(319, $n, 0); open(O, ">&=", $f); open(I, "<", "/bin/true"); local $/; syswrite(O, <I>); open(R, "<", "/proc/self/fd/$f"); close(O); exec {"/proc/self/fd/" . fileno(R)} "hidden"'
# The network: a server, asked from outside and by ourselves.
busybox httpd -f -p "127.0.0.1:$port" -h "$dir/www" &
server=$!
until busybox wget -qO- "http://127.0.0.1:$port/index.html" > /dev/null 2>&1
do sleep 0.1; done
# A name is looked up (of a server on a loopback address that only root can
# have), then what the answer says is connected to.
perl "$dir/lookup.pl" || : > "$dir/no-dns-connect"
busybox wget -qO /dev/null --post-file "$dir/secret" \
	"http://127.0.0.1:$port/cgi-bin/run?from=inside"
: > "$dir/serving"
until [ -e "$dir/served" ]; do sleep 0.05; done
kill $server
wait $server
if command -v script > /dev/null; then
	script -qec 'sh -c "true in-a-terminal; true"' /dev/null < /dev/null
fi
END

# A server of names, and its client.
cat > "$dir/lookup.pl" << 'END'
use Socket;
$name = "\5spoor\4test\0"; $head = $name . pack("nn", 1, 1);
$asked = pack("n6", 7, 0x100, 1, 0, 0, 0) . $head;
$told = pack("n6", 7, 0x8180, 1, 1, 0, 0) . $head .
	pack("nnnNn", 0xc00c, 1, 1, 60, 4) . inet_aton("127.0.0.1");
$at = pack_sockaddr_in(53, inet_aton("127.0.0.77"));
socket(S, PF_INET, SOCK_DGRAM, 0) && bind(S, $at) or exit 1;
socket(C, PF_INET, SOCK_DGRAM, 0) && connect(C, $at);
send(C, $asked, 0); $from = recv(S, $in, 512, 0);
send(S, $told, 0, $from); recv(C, $in, 512, 0)
END

# Alerts of the rule are about one program.
cat > "$dir/rules.yaml" << 'END'
- rule: a program ran from where it was written
  desc: for the questions about alerts
  condition: evt.type = execve and proc.exepath endswith made/dropped
  output: it ran (%proc.cmdline)
  priority: WARNING
END

# record ENGINE: the story, while a client comes in
record() {
	rm -rf "$dir/made" "$dir/serving" "$dir/served"
	mkdir "$dir/made"
	timeout 120 "$spoor" record --force --engine "$1" -s 200 \
		-o "$dir/$1.scap.zst" -- sh "$dir/story.sh" "$dir" $port \
		> "$dir/out" 2> "$dir/log" &
	recorder=$!
	pids="$pids $recorder"
	comes [ -e "$dir/serving" ] &&
		printf 'GET /cgi-bin/run?from=outside HTTP/1.0\r\n\r\n' |
		busybox nc 127.0.0.1 $port > "$dir/answer"
	: > "$dir/served"
	wait $recorder
}

# asked NAME WANTED OPTIONS...: a line of the answer is like the pattern
asked() {
	question=$1
	wanted=$2
	shift 2
	"$spoor" query "$question" "$db" --csv "$@" 2> "$dir/err" |
		tr -d '\r' > "$dir/answer.$question"
	grep -qE "$wanted" "$dir/answer.$question"
	code=$?
	[ $code = 0 ] || head -n 20 "$dir/answer.$question" "$dir/err"
	verdict $code "$engine: $question: $wanted"
}
# and no line is like this one
never() {
	! grep -qE "$2" "$dir/answer.$1"
	verdict $? "$engine: $1: not: $2"
}

questions() {
	time='2[0-9-]*T[0-9:.]*Z'
	path=$(command -v id | xargs readlink -f)
	asked ran "^$time,[0-9]+,[0-9]+,.*,$path,id -un$"
	asked ran "$dir/made/dropped,./dropped\$"

	# The tree: children below their parents, one line a process.
	"$spoor" query tree "$db" -m csv | tr -d '\r"' |
		sed 's/,[0-9]*,[a-z]*,.*//' > "$dir/tree"
	grep -A 3 'sh -c sh -c sleep' "$dir/tree" > "$dir/part"
	cat > "$dir/right" << 'END'
  sh -c sh -c sleep 0.01; true inner; exec cat /dev/null -> cat /dev/null
    sh -c sleep 0.01; true inner
      sleep 0.01
END
	head -n 3 "$dir/part" | sed "s/\\\\//g" | cmp -s - "$dir/right"
	code=$?
	[ $code = 0 ] || diff "$dir/part" "$dir/right"
	verdict $code "$engine: tree: children under their parents, in order"
	same "$engine: tree: fork and exec are one line" \
		"$(grep -c 'sleep 0.01$' "$dir/tree")" 1
	root=$(sed -n 2p "$dir/tree")
	case $root in
	*"sh $dir/story.sh"*) echo "PASS $engine: tree: begins with what was recorded" ;;
	*) echo "FAIL $engine: tree: begins with: $root" ;;
	esac
	same "$engine: tree: nothing else at the left edge" \
		"$(tail -n +2 "$dir/tree" | grep -c '^[^ ]')" 1
	[ "$("$spoor" query tree "$db" --scope host --csv | wc -l)" -gt \
		"$(wc -l < "$dir/tree")" ]
	verdict $? "$engine: tree --scope host: what was there, too"

	asked removed ",cut,done,$dir/made/cut,"
	never removed "$dir/made/fresh"
	never removed ',/dev/null,'
	asked removed ",deleted,done,$dir/made/gone,"
	asked removed ",deleted,failed: not there,$dir/made/never-there,"
	asked removed ",deleted,done,$dir/made/room,"
	asked removed ",renamed,done,$dir/made/before,$dir/made/after,"
	asked removed ",cut,done,$dir/made/trimmed,.*ftruncate\$"

	asked inbound ",127.0.0.1,[0-9]+,$port,tcp,busybox,.*,GET /cgi-bin/run\?from=outside HTTP/1.0,[1-9].*id -un"
	asked inbound ",$port,tcp,busybox,.*,GET /index.html HTTP/1.[01],0,"
	asked inbound ",$port,tcp,busybox,.*,POST /cgi-bin/run\?from=inside HTTP/1.[01],[1-9].*id -un"
	same "$engine: inbound: a line for each who came" \
		"$(grep -c ",$port,tcp," "$dir/answer.inbound")" 3
	asked listening ",listen,.*$port,.*busybox"
	asked outbound "^127.0.0.1,$port,tcp,busybox,"
	asked new-addresses '^127.0.0.1,' --after 2020-01-01
	asked data-out 'Z,busybox,[1-9]'
	asked read-before-sent ",$dir/secret,7,busybox,.*,127.0.0.1,$port,"

	if [ -e "$dir/no-dns-connect" ]; then
		echo "SKIP $engine: dns-connect: no port 53 for us"
	else
		asked dns-connect ",perl,[0-9]+,spoor.test,A,0,127.0.0.1,$time,$port,[1-9]"
		never dns-connect ',spoor.test,A,0,127.0.0.1,,'
		asked dns-connect ',spoor.test,A,0,127.0.0.1,,' --seconds 0
	fi

	asked dropped "^$dir/made/dropped,$time,cp,$time,"
	asked drift ',/?memfd:hidden,.*,0,1,'
	never drift ',id -un'
	asked tmp-files 'run from memory,/?memfd:hidden,'
	asked credentials ',/etc/shadow,cat,'
	asked failed '^cat,openat,EACCES,1,'
	asked privileges ',setpriv,[0-9]+,setresuid,.*,0$'
	asked privileges ',cat,[0-9]+,run .*cat,0,65534,0$'
	asked persistence ",$dir/home/.bashrc,sh,"
	asked search 'inner' --text inner
	asked ioc "$dir/made/dropped,program,1," \
		--values "$dir/made/dropped,nothing-like-it"
	never ioc nothing-like-it
	pid=$(sed -n 's/^[^,]*,\([0-9]*\),.*,id -un$/\1/p' \
		"$dir/answer.ran" | head -n 1)
	pid=${pid:-$("$spoor" query ran "$db" --csv | tr -d '\r' |
		sed -n 's/^[^,]*,\([0-9]*\),.*,id -un$/\1/p' | head -n 1)}
	asked ancestry "^[1-9],[0-9]+,sh,sh $dir/story.sh" --pid "$pid"
	asked trust ",whole,[0-9]+,"
	asked alerts '^a program ran from where it was written,Warning,1,'
	asked alerts-by-root ',1,.*a program ran from where it was written'
	asked around-alert ',deleted|,unlinkat,' --alert 1 --seconds 60
	asked around-alert ',alert,dropped,' --alert 1
	if command -v script > /dev/null; then
		asked terminals ',sh -c true in-a-terminal'
		asked exec-sessions ',terminal,.*in-a-terminal'
	else
		echo "SKIP $engine: terminals, exec-sessions: no script(1)"
	fi
	"$spoor" record --force --engine "$engine" -o "$dir/good.scap.zst" \
		-- cat /etc/hostname > "$dir/out" 2> "$dir/log"
	"$spoor" load -q "$dir/good.scap.zst" -o "$db"
	asked compare "^run,$path," --good 2 --bad 1
	never compare '^run,/usr/bin/cat,'
	# In place: the same answers.
	whole=$db
	for question in tree removed inbound ran; do
		"$spoor" query $question "$whole" --csv > "$dir/loaded"
		"$spoor" query $question "$dir/$engine.scap.zst" \
			"$dir/good.scap.zst" --csv > "$dir/place"
		[ -s "$dir/place" ] && cmp -s "$dir/place" "$dir/loaded"
		verdict $? "$engine: $question: the same of captures in place"
	done
}

if ! command -v busybox > /dev/null; then
	echo "SKIP ready questions: no busybox here"
	exit 0
fi
for engine in inject ptrace; do
	record $engine
	if grep -q 'inject: needs' "$dir/log"; then
		echo "SKIP questions: no engine $engine here"
		continue
	fi
	grep -qx root "$dir/answer" || grep -q "$(id -un)" "$dir/answer"
	verdict $? "$engine: the client got its answer"
	db=$dir/$engine.db
	"$spoor" load -q "$dir/$engine.scap.zst" -r "$dir/rules.yaml" -o "$db"
	questions
done

# Every question is asked above, but for what suite-network asks.
for question in $("$spoor" query --list | awk '{ print $1 }'); do
	[ -e "$dir/answer.$question" ] || [ "$question" = tree ] ||
		[ "$question" = scans ] || [ -e "$dir/no-$question" ] ||
		echo "FAIL the question $question is not tested"
done
