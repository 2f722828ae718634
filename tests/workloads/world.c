/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small world whose truth is known: processes act on files below a folder,
 * and each writes down what it did, a line a fact, as tests/suite-truth.sh
 * reads it from a database.  To be run by root: world FOLDER TRUTH
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534, MODE = 0644 };

static const char *folder;
static int truth;

/* A line of the truth, in one write: processes do not mix theirs. */
__attribute__((format(printf, 1, 2))) static void fact(const char *format, ...)
{
	char line[8192];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	line[len++] = '\n';
	if (write(truth, line, (size_t)len) != len)
		_exit(99);
}

static void require(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "world: %s: %s\n", what, strerror(errno));
	_exit(99);
}

/* Where a path of the world is: below its folder. */
static const char *at(const char *name)
{
	static char paths[8][512];
	static int turn;
	char *path = paths[turn++ % 8];

	if (*name == '/' || !*name)
		snprintf(path, sizeof(paths[0]), "%s", name);
	else
		snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

/*
 * An action on files: what it was, the path and target that it meant (names
 * below the folder, or as they are), and what it returned.
 */
static long acts(const char *operation, const char *path, const char *target,
		 long res)
{
	long told = res < 0 ? -errno : res;

	fact("file|%d|%s|%s|%s|%ld|%d|%d", getpid(), operation, at(path),
	     target ? at(target) : "", told, geteuid(), getuid());
	return res;
}

/* So many bytes of a file were read and written by the process. */
static void moved(const char *path, long in, long out)
{
	fact("io|%d|%s|%ld|%ld", getpid(), at(path), in, out);
}

#define ACT(operation, path, target, call) \
 acts(#operation, path, target, syscall(SYS_##operation, call))
/* Arguments of a call, which a macro takes as one; argv of a program. */
#define A(...)	  __VA_ARGS__
#define ARGV(...) ((char *const *)(const char *[]){ __VA_ARGS__, NULL })

/* Runs a part of the world in a process of its own; returns its status. */
static int apart(void (*part)(void))
{
	int status = 0;
	pid_t pid = fork();

	require(pid >= 0, "fork");
	if (!pid) {
		part();
		_exit(0);
	}
	require(waitpid(pid, &status, 0) == pid, "waitpid");
	fact("exit|%d|%s%d", pid, WIFSIGNALED(status) ? "signal " : "",
	     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	return status;
}

static int made(const char *name, int flags)
{
	int fd = (int)acts(
		"openat", name, NULL,
		syscall(SYS_openat, AT_FDCWD, at(name), flags | O_CREAT, MODE));

	require(fd >= 0, name);
	return fd;
}

/* Relative paths, by the working directory and by descriptors. */
static void names(void)
{
	int dir, fd;

	require(!ACT(mkdir, "names", NULL, A(at("names"), 0755)), "mkdir");
	require(!chdir(at("names")), "chdir");
	fd = (int)ACT(openat, "names/x", NULL,
		      A(AT_FDCWD, "x", O_CREAT | O_WRONLY, MODE));
	close(fd);
	ACT(mkdirat, "names/dir", NULL, A(AT_FDCWD, "dir", 0755));
	dir = (int)ACT(openat, "names/dir", NULL,
		       A(AT_FDCWD, "./dir", O_DIRECTORY));
	fd = (int)ACT(openat, "names/dir/y", NULL,
		      A(dir, "y", O_CREAT | O_RDWR, MODE));
	close(fd);
	ACT(mkdirat, "names/dir/sub", NULL, A(dir, "sub", 0755));
	acts("symlinkat", "names/dir/soft", "/text/of/link",
	     syscall(SYS_symlinkat, "/text/of/link", dir, "soft"));
	ACT(linkat, "names/dir/hard", "names/x",
	    A(AT_FDCWD, "x", dir, "hard", 0));
	ACT(fchmodat, "names/dir/y", NULL, A(dir, "y", 0600));
	ACT(fchownat, "names/dir/y", NULL, A(dir, "y", 1, 1, 0));
	ACT(fchmod, "names/dir", NULL, A(dir, 0700));
	ACT(renameat2, "names/x", "names/dir/moved",
	    A(AT_FDCWD, "x", dir, "moved", 0));
	ACT(renameat, "names/dir/moved", "names/back",
	    A(dir, "moved", AT_FDCWD, "back"));
	ACT(rename, "names/dir/y", "names/z", A("dir/y", "dir/../z"));
	ACT(link, "names/again", "names/z", A("z", "again"));
	acts("symlink", "names/soft", "/elsewhere",
	     syscall(SYS_symlink, "/elsewhere", "soft"));
	ACT(mknodat, "names/dir/fifo", NULL, A(dir, "fifo", S_IFIFO | 0600, 0));
	ACT(mknod, "names/pipe", NULL, A("pipe", S_IFIFO | 0600, 0));
	ACT(unlinkat, "names/dir/hard", NULL, A(dir, "hard", 0));
	ACT(unlinkat, "names/dir/sub", NULL, A(dir, "sub", AT_REMOVEDIR));
	ACT(unlinkat, "names/dir/none", NULL, A(dir, "none", 0));
	ACT(unlink, "names/again", NULL, A("again"));
	require(!fchdir(dir), "fchdir");
	ACT(unlink, "names/dir/fifo", NULL, A("fifo"));
	ACT(chmod, "names/z", NULL, A("../z", 0640));
	ACT(chown, "names/z", NULL, A("../z", 2, 2));
	ACT(lchown, "names/dir/soft", NULL, A("soft", 3, 3));
	ACT(rmdir, "names/none", NULL, A("../none"));
	ACT(creat, "names/dir/w", NULL, A("w", MODE));
	require(!chdir(".."), "chdir");
	ACT(unlinkat, "names/dir/w", NULL, A(AT_FDCWD, "dir/w", 0));
}

/* Below another root, a path is one of that folder. */
static void jailed(void)
{
	ACT(mkdir, "jail", NULL, A(at("jail"), 0755));
	require(!chroot(at("jail")) && !chdir("/"), "chroot");
	close((int)ACT(openat, "jail/in", NULL,
		       A(AT_FDCWD, "/in", O_CREAT | O_WRONLY, MODE)));
	ACT(mkdirat, "jail/room", NULL, A(AT_FDCWD, "room", 0755));
	ACT(rename, "jail/in", "jail/room/in", A("/in", "room/in"));
	ACT(unlink, "jail/room/in", NULL, A("/room/in"));
}

static void *reads_20(void *user)
{
	char bytes[20];

	require(read(*(int *)user, bytes, 20) == 20, "read");
	return NULL;
}

/* A descriptor over a socket to the process itself. */
static int passed(int fd)
{
	char room[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = room,
			      .msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&msg);
	int pair[2], got;

	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	require(sendmsg(pair[0], &msg, 0) == 1, "sendmsg");
	require(recvmsg(pair[1], &msg, 0) == 1, "recvmsg");
	memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(got));
	close(pair[0]);
	close(pair[1]);
	return got;
}

/* One file by many descriptors: dup, thread, message, after its deletion. */
static void descriptors(void)
{
	int fd = made("many", O_RDWR), other, fds[2];
	char bytes[1000] = "";
	pthread_t thread;

	require(write(fd, bytes, 1000) == 1000, "write");
	require(!lseek(fd, 0, SEEK_SET), "lseek");
	other = dup(fd);
	require(read(other, bytes, 100) == 100, "read");
	require(dup3(fd, 77, O_CLOEXEC) == 77 && read(77, bytes, 50) == 50,
		"dup3");
	require(!pthread_create(&thread, NULL, reads_20, &fd) &&
			!pthread_join(thread, NULL),
		"thread");
	other = passed(fd);
	require(read(other, bytes, 30) == 30, "read of a passed one");
	ACT(unlink, "many", NULL, A(at("many")));
	require(pread(fd, bytes, 7, 0) == 7, "pread of a deleted file");
	moved("many", 100 + 50 + 20 + 30 + 7, 1000);
	require(!pipe(fds) && write(fds[1], bytes, 9) == 9 &&
			read(fds[0], bytes, 9) == 9,
		"pipe");
}

/* Bytes that move without read and write. */
static void copies(void)
{
	char seven[7] = "123456";
	struct iovec iov = { seven, 7 };
	int in = made("in", O_RDWR), out = made("out", O_RDWR), fds[2];
	char bytes[1000] = "", theirs[16] = "";
	struct iovec here = { theirs, 16 }, there = { bytes, 16 };
	off_t offset = 0;
	off_t from = 0;

	require(write(in, bytes, 1000) == 1000, "write");
	require(sendfile(out, in, &offset, 300) == 300, "sendfile");
	require(copy_file_range(in, &from, out, NULL, 200, 0) == 200,
		"copy_file_range");
	from = 0;
	require(!pipe(fds) && splice(in, &from, fds[1], NULL, 50, 0) == 50 &&
			splice(fds[0], NULL, out, NULL, 50, 0) == 50,
		"splice");
	require(pwritev(out, &iov, 1, 0) == 7, "pwritev");
	iov.iov_base = bytes;
	require(preadv(in, &iov, 1, 0) == 7, "preadv");
	moved("in", 300 + 200 + 50 + 7, 1000);
	moved("out", 0, 300 + 200 + 50 + 7);
	fact("mapped|%d|%s|4096", getpid(), at("in"));
	require(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, in, 0) != MAP_FAILED,
		"mmap");
	require(process_vm_readv(getpid(), &here, 1, &there, 1, 0) == 16,
		"process_vm_readv");
	fact("io|%d|/proc/%d/mem|16|0", getpid(), getpid());
}

/* Calls that captures have no event for: files are cut, and more. */
static void cuts(void)
{
	int fd = made("cut", O_RDWR);
	char bytes[64] = "";
	struct iovec iov = { bytes, 64 };

	require(pwritev2(fd, &iov, 1, 0, RWF_DSYNC) == 64, "pwritev2");
	iov.iov_len = 11;
	require(preadv2(fd, &iov, 1, 0, RWF_HIPRI) == 11, "preadv2");
	moved("cut", 11, 64);
	ACT(ftruncate, "cut", NULL, A(fd, 5));
	require(!chdir(folder), "chdir");
	ACT(truncate, "cut", NULL, A("./cut", 3));
	ACT(truncate, "uncut", NULL, A("uncut", 3));
	close((int)ACT(openat, "cut", NULL,
		       A(AT_FDCWD, "cut", O_WRONLY | O_TRUNC)));
}

/* The same file by paths that mean it. */
static void objects(void)
{
	char path[512];
	int fd = made("secret", O_RDWR);

	fact("means|%d|%s|", getpid(), at("secret"));
	ACT(symlinkat, "way", "secret", A(at("secret"), AT_FDCWD, at("way")));
	close((int)ACT(openat, "way", NULL, A(AT_FDCWD, at("way"), O_RDONLY)));
	fact("means|%d|%s|%s", getpid(), at("way"), at("secret"));
	snprintf(path, sizeof(path), "/proc/self/root%s", at("secret"));
	close((int)ACT(openat, path, NULL, A(AT_FDCWD, path, O_RDONLY)));
	fact("means|%d|%s|%s", getpid(), path, at("secret"));
	require(!chdir(folder), "chdir");
	close((int)ACT(openat, "/proc/self/cwd/secret", NULL,
		       A(AT_FDCWD, "/proc/self/cwd/secret", O_RDONLY)));
	fact("means|%d|/proc/self/cwd/secret|%s", getpid(), at("secret"));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	close((int)ACT(openat, path, NULL, A(AT_FDCWD, path, O_RDONLY)));
	fact("means|%d|%s|%s", getpid(), path, at("secret"));
	ACT(rename, "way", "path", A("way", "path"));
	close((int)ACT(openat, "path", NULL, A(AT_FDCWD, "path", O_RDONLY)));
	fact("means|%d|%s|%s", getpid(), at("path"), at("secret"));
	ACT(link, "twin", "secret", A("secret", "twin"));
	close((int)ACT(openat, "twin", NULL, A(AT_FDCWD, "twin", O_RDONLY)));
	fact("means|%d|%s|%s", getpid(), at("twin"), at("secret"));
	ACT(unlink, "path", NULL, A("path"));
}

/* A call that sets ids: before and after, effective and real. */
static void becomes(const char *call, long res, const int before[2])
{
	fact("user|%d|%s|%d|%d|%d|%d|%ld", getpid(), call, before[0],
	     (int)geteuid(), before[1], (int)getuid(), res < 0 ? -errno : res);
}

#define BECOME(call, arguments)                            \
 do {                                                      \
  const int before[2] = { (int)geteuid(), (int)getuid() }; \
  becomes(#call, syscall(SYS_##call, arguments), before);  \
 } while (0)

/* Down, up and down for good; files are opened by whom it is then. */
static void users(void)
{
	BECOME(setresuid, A(NOBODY, NOBODY, 0));
	ACT(openat, "/etc/shadow", NULL, A(AT_FDCWD, "/etc/shadow", O_RDONLY));
	BECOME(setreuid, A(-1, 0));
	ACT(openat, "private", NULL,
	    A(AT_FDCWD, at("private"), O_CREAT | O_WRONLY, 0600));
	BECOME(setresuid, A(1, -1, -1));
	ACT(chmod, "private", NULL, A(at("private"), 0400));
	BECOME(setuid, A(NOBODY));
	ACT(openat, "private", NULL, A(AT_FDCWD, at("private"), O_RDONLY));
	BECOME(setuid, A(0));
}

/* Becomes a program: what it is called with, where, and as whom. */
static void runs(const char *path, const char *line, char *const argv[])
{
	char cwd[512];

	require(getcwd(cwd, sizeof(cwd)) != NULL, "getcwd");
	fact("exec|%d|%s|%s|%d|%d", getpid(), line, cwd, geteuid(), getuid());
	execv(path, argv);
	require(0, path);
}

static void by_another_name(void)
{
	require(!chdir("/"), "chdir");
	runs("/bin/true", "[kworker/0:1] -x", ARGV("[kworker/0:1]", "-x"));
}

static void by_a_script(void)
{
	int fd = made("script.sh", O_WRONLY);

	require(write(fd, "#!/bin/sh -e\nexit 3\n", 20) == 20, "write");
	/* The interpreter opens and reads it. */
	moved("script.sh", 20, 20);
	require(!fchmod(fd, 0755) && !close(fd) && !chdir(folder), "fchmod");
	acts("fchmod", "script.sh", NULL, 0);
	acts("openat", "script.sh", NULL, fd);
	fact("dropped|%d|%s", getpid(), at("script.sh"));
	runs("./script.sh", "/bin/sh -e ./script.sh one",
	     ARGV("./script.sh", "one"));
}

/* Programs that cannot be run: the path that was to be. */
static void in_vain(void)
{
	close(made("noexec", O_WRONLY));
	require(!chdir(folder), "chdir");
	execv("noexec", ARGV("noexec"));
	fact("vain|%d|%s|%d", getpid(), at("noexec"), -errno);
	execv("/nonexistent", ARGV("x"));
	fact("vain|%d|/nonexistent|%d", getpid(), -errno);
	syscall(SYS_execveat, AT_FDCWD, "nothing", ARGV("x"), environ, 0);
	fact("vain|%d|%s|%d", getpid(), at("nothing"), -errno);
}

static void killed(void)
{
	raise(SIGKILL);
}

static void ends_with_7(void)
{
	_exit(7);
}

static void daemon_child(void)
{
	close(made("daemon", O_WRONLY));
}

/* Its parent ends first. */
static void daemon_parent(void)
{
	pid_t pid;

	setsid();
	pid = fork();
	if (pid)
		_exit(0);
	daemon_child();
	_exit(0);
}

int main(int argc, char **argv)
{
	static void (*const parts[])(void) = {
		names,	 jailed,      descriptors,     copies,	    cuts,
		objects, users,	      by_another_name, by_a_script, in_vain,
		killed,	 ends_with_7, daemon_parent,
	};

	if (argc != 3)
		return 2;
	folder = argv[1];
	truth = open(argv[2], O_WRONLY | O_APPEND | O_CREAT, MODE);
	require(truth >= 0, argv[2]);
	umask(0);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		apart(parts[i]);
	usleep(100000); /* the daemon */
	return 0;
}
