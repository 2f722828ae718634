# SPDX-License-Identifier: Apache-2.0
# Lines of strace -f -y about files, as "OPERATION|PATH|TARGET|RESULT": paths
# are joined to the directory that strace shows, or to the one that the process
# changed to last.
function joined(dir, path,    parts, n, i, out, depth) {
	if (path !~ /^\//)
		path = dir "/" path
	n = split(path, parts, "/")
	depth = 0
	for (i = 1; i <= n; i++) {
		if (parts[i] == ".." && depth)
			depth--
		else if (parts[i] != "" && parts[i] != "." && parts[i] != "..")
			out[++depth] = parts[i]
	}
	path = ""
	for (i = 1; i <= depth; i++)
		path = path "/" out[i]
	return path
}

# The path in argument i, below the descriptor in argument i - 1 if it is one.
function path_at(i,    text, dir) {
	text = args[i]
	gsub(/^"|"$/, "", text)
	dir = cwd[pid]
	if (args[i - 1] ~ /</) {
		dir = args[i - 1]
		sub(/^[^<]*</, "", dir)
		sub(/>$/, "", dir)
	}
	return joined(dir, text)
}

function fd_path(text) {
	sub(/^[^<]*</, "", text)
	sub(/>$/, "", text)
	return text
}

function quoted(i,    text) {
	text = args[i]
	gsub(/^"|"$/, "", text)
	return text
}

function tell(path, target) {
	print name "|" path "|" target "|" res
}

{
	pid = $1
	line = $0
	if (line !~ /^[0-9]+ +[a-z0-9_]+\(.*\) += /)
		next
	sub(/^[0-9]+ +/, "", line)
	name = line
	sub(/\(.*/, "", name)
	res = line
	sub(/.*\) += /, "", res)
	if (res ~ /^-1 /) {
		res = res ~ /ENOENT/ ? -2 : res ~ /EACCES/ ? -13 : "?"
	} else {
		sub(/[< ].*/, "", res)
	}
	sub(/^[a-z0-9_]+\(/, "", line)
	sub(/\) += (-1 |[0-9]).*$/, "", line)
	split(line, args, ", ")
	args[0] = ""
}
name == "chdir" { if (res == 0) cwd[pid] = path_at(1) }
name == "fchdir" { cwd[pid] = fd_path(args[1]) }
name ~ /^(mkdir|rmdir|unlink|creat|chmod|chown|lchown|mknod|open|truncate)$/ {
	tell(path_at(1))
}
name ~ /^(mkdirat|unlinkat|openat|fchmodat|fchownat|mknodat)$/ {
	tell(path_at(2))
}
name ~ /^(fchmod|ftruncate)$/ { tell(fd_path(args[1])) }
name == "rename" { tell(path_at(1), joined(cwd[pid], quoted(2))) }
name ~ /^renameat/ { tell(path_at(2), path_at(4)) }
name == "link" { tell(joined(cwd[pid], quoted(2)), path_at(1)) }
name == "linkat" { tell(path_at(4), path_at(2)) }
name == "symlink" { tell(joined(cwd[pid], quoted(2)), quoted(1)) }
name == "symlinkat" { tell(path_at(3), quoted(1)) }
