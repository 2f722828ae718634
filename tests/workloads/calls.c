/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls whose parameters have other numbers in captures, or are determined
 * separately from the call: each with the values that its event must have.
 * mkdtemp(3) requests further random bits if a name exists.
 * Depends on time: write semget semop semctl getrandom
 */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/openat2.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "expect.h"

static char folder[] = "/tmp/spoor-calls-XXXXXX";

static void files(void)
{
	struct open_how how = { .flags = O_RDONLY, .resolve = RESOLVE_NO_XDEV };
	struct stat st;
	int dir = open(folder, O_RDONLY | O_DIRECTORY);
	int fd;

	require(dir >= 0, "the folder");
	fd = openat(dir, "new", O_CREAT | O_WRONLY, 0640);
	require(fd >= 0 && !fstat(fd, &st), "a new file");
	expect(1,
	       "evt.type=openat and evt.arg.name contains calls and "
	       "evt.is_open_create=true and evt.arg.flags contains O_F_CREATED and "
	       "evt.arg.ino=%llu",
	       (unsigned long long)st.st_ino);
	close(fd);
	close(openat(dir, "new", O_CREAT | O_APPEND | O_RDWR, 0640));
	expect(1,
	       "evt.type=openat and evt.arg.name contains calls and "
	       "evt.is_open_create=false and evt.arg.flags contains O_APPEND");
	close((int)syscall(SYS_openat2, dir, "new", &how, sizeof(how)));
	expect(1, "evt.type=openat2 and evt.arg.name contains calls and "
		  "evt.arg.resolve=RESOLVE_NO_XDEV");
	syscall(SYS_fchownat, dir, "new", -1, -1, AT_SYMLINK_NOFOLLOW);
	expect(1, "evt.type=fchownat and evt.arg.flags=AT_SYMLINK_NOFOLLOW");
	unlinkat(dir, "new", 0);
	close(dir);
}

static void pipes(void)
{
	int fds[2];
	struct stat st;
	struct pollfd poll_fds[2] = { { .events = POLLOUT }, { .fd = -1 } };

	require(!pipe2(fds, O_CLOEXEC | O_NONBLOCK) && !fstat(fds[0], &st),
		"pipe2");
	expect(1,
	       "evt.type=pipe2 and evt.arg.ino=%llu and "
	       "evt.arg.flags contains O_CLOEXEC",
	       (unsigned long long)st.st_ino);
	poll_fds[0].fd = fds[1];
	close(fds[0]);
	require(syscall(SYS_poll, poll_fds, 2, -1) == 1, "poll");
	expect(1,
	       "evt.type=poll and evt.arg.timeout=-1 and "
	       "evt.arg.fds contains '%d:'",
	       fds[1]);
	fcntl(fds[1], F_SETPIPE_SZ, 4096);
	expect(1, "evt.type=fcntl and evt.arg.cmd=F_SETPIPE_SZ and "
		  "evt.arg.arg=1000");
	close(fds[1]);
}

static void semaphores(void)
{
	struct sembuf ops[2] = { { 0, 1, IPC_NOWAIT }, { 1, 2, SEM_UNDO } };
	int id = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);

	if (id < 0)
		return;
	syscall(SYS_semop, id, ops, 2);
	expect(1,
	       "evt.type=semop and evt.arg.nsops=2 and evt.arg.semid=%d "
	       "and evt.arg.sem_flg_0=IPC_NOWAIT and evt.arg.sem_num_1=1 "
	       "and evt.arg.sem_op_1=2 and evt.arg.sem_flg_1=SEM_UNDO",
	       id);
	semctl(id, 0, IPC_RMID);
	expect(1, "evt.type=semctl and evt.arg.cmd=IPC_RMID");
	expect(1, "evt.type=semget and evt.arg.nsems=2 and "
		  "evt.arg.semflg=IPC_CREAT");
}

static void sockets(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX,
				    .sun_path = "\0spoor-calls" };
	socklen_t len =
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 12);
	int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int client = socket(AF_UNIX, SOCK_STREAM, 0);

	expect(1, "evt.type=socket and evt.arg.domain contains AF_UNIX and "
		  "evt.arg.flags contains O_CLOEXEC");
	require(!bind(server, (struct sockaddr *)&name, len) &&
			!listen(server, 5) &&
			!connect(client, (struct sockaddr *)&name, len),
		"an abstract socket");
	expect(1, "evt.type=bind and evt.arg.addr contains @spoor-calls");
	expect(1, "evt.type=connect and evt.arg.tuple contains @spoor-calls");
	close(client);
	close(server);
}

static void rings(void)
{
	struct io_uring_params p = { .flags = IORING_SETUP_CQSIZE,
				     .cq_entries = 16 };
	long fd = syscall(SYS_io_uring_setup, 8, &p);

	if (fd >= 0)
		expect(1, "evt.type=io_uring_setup and evt.arg.entries=8 and "
			  "evt.arg.sq_entries=8 and evt.arg.cq_entries=16 and "
			  "evt.arg.flags=IORING_SETUP_CQSIZE");
	else
		expect(1, "evt.type=io_uring_setup");
	close((int)fd);
}

static void others(void)
{
	struct rlimit limit = { 7, 9 };
	sigset_t mask;

	prctl(PR_SET_NAME, "renamed");
	expect(1, "evt.type=prctl and evt.arg.option=PR_SET_NAME and "
		  "evt.arg.arg2_str=renamed");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	expect(1, "evt.type=prctl and evt.arg.arg2_int=1 and "
		  "evt.arg.option=PR_SET_CHILD_SUBREAPER");
	sigemptyset(&mask);
	sigaddset(&mask, SIGHUP);
	close((int)syscall(SYS_signalfd4, -1, &mask, 8, O_CLOEXEC));
	expect(1, "evt.type=signalfd4 and evt.arg.mask=1");
	close((int)syscall(SYS_pidfd_open, getpid(), O_NONBLOCK));
	expect(1,
	       "evt.type=pidfd_open and fd.name=/proc/" PID " and "
	       "evt.arg.flags=PIDFD_NONBLOCK",
	       getpid());
	syscall(SYS_delete_module, "spoor_none", O_NONBLOCK | O_TRUNC);
	expect(1, "evt.type=delete_module and evt.arg.name=spoor_none and "
		  "evt.arg.flags contains O_TRUNC");
	syscall(SYS_keyctl, 0, -3, 0, 0, 0);
	expect(1, "evt.type=keyctl and "
		  "evt.arg.operation=KEYCTL_GET_KEYRING_ID");
	syscall(SYS_quotactl, 0x800007 << 8, "/dev/none", 0, NULL);
	expect(1, "evt.type=quotactl and evt.arg.cmd=Q_GETQUOTA and "
		  "evt.arg.type=USRQUOTA and evt.arg.special=/dev/none");
	syscall(SYS_quotactl, 0x800002 << 8 | 1, "/dev/none", 2, "/quota.file");
	expect(1, "evt.type=quotactl and evt.arg.cmd=Q_QUOTAON and "
		  "evt.arg.type=GRPQUOTA and evt.arg.quota_fmt=QFMT_VFS_V0 "
		  "and evt.arg.quotafilepath=/quota.file");
	syscall(SYS_fsconfig, -1, 1, "source", "here", 0);
	expect(1, "evt.type=fsconfig and evt.arg.cmd=FSCONFIG_SET_STRING and "
		  "evt.arg.key=source and evt.arg.value_charbuf=here");
	syscall(SYS_fsconfig, -1, 2, "source", "bytes", 5);
	expect(1, "evt.type=fsconfig and evt.arg.cmd=FSCONFIG_SET_BINARY and "
		  "evt.arg.value_bytebuf=bytes");
	syscall(SYS_prlimit64, 0, RLIMIT_CORE, &limit, &limit);
	expect(1, "evt.type=prlimit and evt.arg.newmax=9 and "
		  "evt.arg.newcur=7");
}

/* How much memory the process has. */
static void memory(void)
{
	void *at = mmap(NULL, 1 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
			-1, 0);

	expect(1, "evt.type=mmap and evt.arg.length=1048576 and "
		  "evt.arg.vm_size > 1024 and evt.arg.vm_rss > 0");
	munmap(at, 1 << 20);
	expect(1, "evt.type=munmap and evt.arg.length=1048576 and "
		  "evt.arg.vm_size > 0 and evt.arg.vm_rss > 0");
	expect(0, "evt.type=brk and not evt.arg.vm_size > 0");
}

int main(void)
{
	require(mkdtemp(folder) != NULL, "mkdtemp");
	files();
	rmdir(folder);
	pipes();
	semaphores();
	sockets();
	rings();
	others();
	memory();
	return 0;
}
