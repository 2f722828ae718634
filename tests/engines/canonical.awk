# SPDX-License-Identifier: Apache-2.0
# Makes recordings of the same work comparable, whatever the engine: threads
# are named by who began them ("1.2" is the second child of "1"), addresses and
# what depends on memory or time is masked, and each thread's events come one
# after another in their order.  Input: spoor print -p
# '%thread.tid %evt.type %evt.args', of MINE and of OTHER, the recording to
# compare with: pass=1 MINE pass=2 OTHER pass=3 OTHER pass=4 MINE.
# Variables: skip, names to leave out; temp, the folder of temporary files.
BEGIN {
	n = split(skip, list, " ")
	for (i = 1; i <= n; i++)
		skipped[list[i]] = 1
	n = split("tid pid ptid res spid dpid vtid vpid tgid pgid vpgid", \
		list, " ")
	for (i = 1; i <= n; i++)
		is_thread[list[i]] = 1
	n = split("clone clone3 fork vfork wait4 waitid getpid gettid getppid " \
		"set_tid_address setsid getpgid getpgrp getsid", list, " ")
	for (i = 1; i <= n; i++)
		returns_thread[list[i]] = 1
	n = split("vm_size vm_rss vm_swap pgft_maj pgft_min ino addr argument " \
		"cgroups arg arg2_int", list, " ")
	for (i = 1; i <= n; i++)
		masked[list[i]] = 1
}

function is_birth() {
	return $2 ~ /^(clone3?|v?fork)$/ && match($0, / res=[1-9][0-9]*/)
}

# Programs may be copies made by the work itself.
/ exe_ino_/ {
	gsub(/ exe_ino_[cm]time=[-0-9]+ [0-9:.]+ [-+0-9]+/, "")
	if (/ trusted_exepath=[^ ]*\/spoor-/)
		sub(/ exe_ino=[0-9]+/, " exe_ino=*")
}

# The parent says in which order its children were born.
pass == 1 {
	if (!first)
		first = $1
	if (is_birth()) {
		child = substr($0, RSTART + 5, RLENGTH - 5)
		rank[child] = ++children[$1]
		if (child + 0 > 9) # less: in a pid namespace of its own
			parent[child] = $1
	}
	next
}

pass == 2 {
	theirs[$1] = 1
	if (is_birth())
		theirs[substr($0, RSTART + 5, RLENGTH - 5)] = 1
	next
}

function is_mine(number) {
	return number == first || number in parent
}

function name_of(tid) {
	if (tid == first)
		return "1"
	if (tid in parent)
		return name_of(parent[tid]) "." rank[tid]
	if (!(tid in unknown)) # born in another pid namespace
		unknown[tid] = "?" ++unknowns
	return unknown[tid]
}

# Free text with the ids of threads in it.  A number that happens to be such
# an id, but is in the other recording's text while no thread has it there, is
# what it is (the size of a file, say).
function without_ids(text,   out, number) {
	while (match(text, /[0-9][0-9]+/)) {
		number = substr(text, RSTART, RLENGTH)
		if (pass == 3 && !(number in theirs))
			fixed[number] = 1
		out = out substr(text, 1, RSTART - 1) \
			(is_mine(number) && !(number in fixed) ? \
			"thread " name_of(number) : number)
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

# VALUE of KEY, which may go on behind the number: "7652(sh)"
function canonical(key, value,   number) {
	if (key in masked || ($2 == "brk" && key == "res"))
		return "*"
	if (pass == 3 && key in is_thread)
		return value
	if (key in is_thread && (key != "res" || $2 in returns_thread) && \
	    match(value, /^[0-9]+(\(|$)/)) {
		number = value + 0
		if (is_mine(number))
			return "thread " name_of(number)
		if (key ~ /^(p?tid|v?pgid)$/ || # not of this recording
		    (key == "pid" && name_of($1) ~ /^\?/))
			return "*"
	}
	if (key == "env") # the same, whatever numbers it has
		return value
	if (key == "data" || key == "args" || value ~ /\//)
		return without_ids(value)
	if (key == "tuple" && value !~ /[.:]/) # inodes of sockets
		return "*"
	if (value ~ /^[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]/ \
	    && value !~ /^18446744073709/)
		return "*"
	return value
}

# What a workload says of itself alone is no part of its work.
/ data=differs:/ {
	next
}

# When a signal comes is the kernel's choice, and of several SIGCHLD one stays.
$2 == "signaldeliver" && / sig=17/ {
	next
}

!($2 in skipped) {
	line = (pass == 3 ? "" : name_of($1)) ($2 == "signaldeliver" ? " signals " : " calls ") $2
	varies = $2 == "getrandom" || $0 ~ /\(<s>\)|>\/(proc|dev\/u?random)/
	for (i = 3; i <= NF; i++) {
		at = index($i, "=")
		if (at && substr($i, 1, at - 1) ~ /^[a-z_0-9]+$/) {
			key = substr($i, 1, at - 1)
			value = canonical(key, substr($i, at + 1))
			if (key == "data" && varies)
				value = "*"
			line = line " " key "=" value
		} else if (key != "data" || !varies) {
			line = line " " without_ids($i)
		}
	}
	if (pass == 3)
		next
	gsub(/<u>[0-9a-f]+->[0-9a-f]+/, "<u>*", line) # inodes as well
	if (line ~ />\/proc\/[a-z0-9]+\/s?maps/) # an engine may be seen there
		sub(/ res=[0-9]+/, " res=*", line)
	gsub(temp "/(cc|sort)[A-Za-z0-9]+", "*", line)
	gsub(/spoor-[a-z]+-[A-Za-z0-9]+/, "spoor-*", line)
	if (!($1 in events))
		order[++threads] = $1
	events[$1] = events[$1] line "\n"
}

END {
	for (i = 1; i <= threads; i++)
		printf "%s", events[order[i]] | "sort -s -V -k 1,2"
}
