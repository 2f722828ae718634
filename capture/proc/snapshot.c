/* SPDX-License-Identifier: Apache-2.0 */
/* The start state of the machine from /proc, as metadata; see snapshot.h. */
#include "capture/proc/snapshot.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

#include "capture/proc/proc.h"
#include "capture/proc/proc_files.h"
#include "core/arena.h"
#include "core/event/ppm_constants.h"
#include "core/map.h"

enum { PROC_ROOM = 64 * 1024 };

/* Where the pieces go, and what the walk remembers. */
struct walk {
	int (*put)(void *user, const struct meta *meta, struct error *err);
	void *user;
	struct error *err;
	struct map sockets;    /* inode -> struct meta_fd, of all namespaces */
	struct map namespaces; /* network namespaces that were read */
	struct map given;      /* threads that were put, by tid */
	struct arena arena;
	uint64_t boot_ns; /* since the epoch */
};

static struct bytes view(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

static int give(struct walk *w, const struct meta *meta)
{
	return w->put(w->user, meta, w->err);
}

static int put_kind(struct walk *w, enum meta_kind kind)
{
	struct meta meta = { .kind = kind };

	return give(w, &meta);
}

/* When the machine was booted, in whole seconds since the epoch. */
static uint64_t boot_ns(void)
{
	struct timespec real;
	struct timespec boot;

	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	return (uint64_t)(real.tv_sec - boot.tv_sec) * 1000000000u;
}

/* The machine: host name, CPUs, memory, boot time. */
static int put_machine(struct walk *w)
{
	struct meta meta = { .kind = META_MACHINE };
	struct sysinfo info;
	char name[128] = "";

	gethostname(name, sizeof(name) - 1);
	sysinfo(&info);
	meta.machine.cpu_count = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
	meta.machine.memory_len = (uint64_t)info.totalram * info.mem_unit;
	meta.machine.max_pid = 4194304;
	meta.machine.hostname = view(name);
	meta.machine.boot_ns = w->boot_ns;
	return give(w, &meta);
}

/* Copies an address of IPv4 or IPv6. */
static void take_address(uint8_t out[16], const struct sockaddr *sa)
{
	if (!sa)
		return;
	if (sa->sa_family == AF_INET)
		memcpy(out,
		       &((const struct sockaddr_in *)(const void *)sa)
				->sin_addr,
		       4);
	else if (sa->sa_family == AF_INET6)
		memcpy(out,
		       &((const struct sockaddr_in6 *)(const void *)sa)
				->sin6_addr,
		       16);
}

/* The network interfaces and their addresses. */
static int put_interfaces(struct walk *w)
{
	struct ifaddrs *all;
	int result = 0;

	if (getifaddrs(&all))
		return 0;
	for (struct ifaddrs *i = all; i && !result; i = i->ifa_next) {
		struct meta meta = { .kind = META_INTERFACE };

		if (!i->ifa_addr || (i->ifa_addr->sa_family != AF_INET &&
				     i->ifa_addr->sa_family != AF_INET6))
			continue;
		meta.interface.is_ipv6 = i->ifa_addr->sa_family == AF_INET6;
		take_address(meta.interface.addr, i->ifa_addr);
		take_address(meta.interface.netmask, i->ifa_netmask);
		if (!meta.interface.is_ipv6)
			take_address(meta.interface.broadcast,
				     i->ifa_broadaddr);
		meta.interface.name = view(i->ifa_name);
		result = give(w, &meta);
	}
	freeifaddrs(all);
	return result;
}

/* Users and groups of the machine. */
static int put_users(struct walk *w)
{
	FILE *in = fopen("/etc/passwd", "re");
	int result = 0;
	const struct passwd *pw;
	const struct group *gr;

	while (in && !result && (pw = fgetpwent(in))) {
		struct meta meta = { .kind = META_USER };

		meta.user.uid = pw->pw_uid;
		meta.user.gid = pw->pw_gid;
		meta.user.name = view(pw->pw_name);
		meta.user.home = view(pw->pw_dir);
		meta.user.shell = view(pw->pw_shell);
		result = give(w, &meta);
	}
	if (in)
		fclose(in);
	in = fopen("/etc/group", "re");
	while (in && !result && (gr = fgetgrent(in))) {
		struct meta meta = { .kind = META_GROUP };

		meta.group.gid = gr->gr_gid;
		meta.group.name = view(gr->gr_name);
		result = give(w, &meta);
	}
	if (in)
		fclose(in);
	return result;
}

/* The kernel prints addresses as words in its own byte order. */
static void parse_hex_ip(const char *hex, uint8_t out[16])
{
	size_t words = strlen(hex) / 8;

	for (size_t i = 0; i < words && i < 4; i++) {
		char part[9] = "";
		uint32_t word;

		memcpy(part, hex + 8 * i, 8);
		word = (uint32_t)strtoul(part, NULL, 16);
		memcpy(out + 4 * i, &word, 4);
	}
}

/* Remembers a socket by its inode. */
static void keep_socket(struct walk *w, uint64_t ino, const struct meta_fd *fd)
{
	struct meta_fd *copy;

	if (!ino || map_get(&w->sockets, ino))
		return;
	copy = arena_alloc(&w->arena, sizeof(*copy));
	*copy = *fd;
	map_put(&w->sockets, ino, copy);
}

/* Reads one of /proc/PID/net/{tcp,udp,raw}[6]. */
static void read_inet(struct walk *w, pid_t pid, const char *name,
		      uint8_t l4proto)
{
	char path[64];
	char line[512];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", (int)pid, name);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in)) {
		struct meta_fd fd = { .l4proto = l4proto };
		char local[40];
		char remote[40];
		unsigned lport, rport, state;
		unsigned long long ino;
		bool six;
		bool server;

		if (sscanf(line,
			   " %*d: %39[0-9A-F]:%x %39[0-9A-F]:%x %x %*s %*s %*s %*d %*d %llu",
			   local, &lport, remote, &rport, &state, &ino) != 6)
			continue;
		six = strlen(local) == 32;
		/* State 10 is TCP_LISTEN; an unconnected UDP socket serves. */
		server = state == 10 || !rport;
		parse_hex_ip(local, fd.sip);
		parse_hex_ip(remote, fd.dip);
		fd.sport = (uint16_t)lport;
		fd.dport = (uint16_t)rport;
		fd.type = six ? (server ? SCAP_FD_IPV6_SERVSOCK
					: SCAP_FD_IPV6_SOCK)
			      : (server ? SCAP_FD_IPV4_SERVSOCK
					: SCAP_FD_IPV4_SOCK);
		keep_socket(w, ino, &fd);
	}
	if (in)
		fclose(in);
}

/* Reads /proc/PID/net/unix. */
static void read_unix(struct walk *w, pid_t pid)
{
	char path[64];
	char line[512];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/net/unix", (int)pid);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in)) {
		struct meta_fd fd = { .type = SCAP_FD_UNIX_SOCK };
		char name[128] = "";
		unsigned long long ino;

		if (sscanf(line, "%*[^:]: %*s %*s %*s %*s %*s %llu %127s", &ino,
			   name) < 1)
			continue;
		fd.name = view(arena_strdup(&w->arena, name));
		keep_socket(w, ino, &fd);
	}
	if (in)
		fclose(in);
}

/*
 * Reads the sockets of a process's network namespace, once for each namespace.
 * The kernel looks for TCP sockets through a table of a size that depends on
 * the machine's memory, which takes milliseconds: not where its counts say that
 * there are none.
 */
static void read_sockets(struct walk *w, pid_t pid, struct map *seen)
{
	static const struct {
		const char *name, *none;
		uint8_t l4proto;
		bool six;
	} files[] = {
		{ "tcp", "TCP: inuse 0 ", SCAP_L4_TCP, false },
		{ "tcp6", "TCP6: inuse 0\n", SCAP_L4_TCP, true },
		{ "udp", "UDP: inuse 0 ", SCAP_L4_UDP, false },
		{ "udp6", "UDP6: inuse 0\n", SCAP_L4_UDP, true },
		{ "raw", "RAW: inuse 0\n", SCAP_L4_RAW, false },
		{ "raw6", "RAW6: inuse 0\n", SCAP_L4_RAW, true },
	};
	char counts[2][1024] = { "", "" };
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid);
	if (stat(path, &st) || map_put(seen, st.st_ino, seen))
		return;
	proc_file(pid, "net/sockstat", counts[0], sizeof(counts[0]));
	proc_file(pid, "net/sockstat6", counts[1], sizeof(counts[1]));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (!strstr(counts[files[i].six], files[i].none))
			read_inet(w, pid, files[i].name, files[i].l4proto);
	read_unix(w, pid);
}

/* What the link text of an anonymous inode means. */
static const struct {
	const char *link;
	uint8_t type;
} anonymous[] = {
	{ "anon_inode:[eventfd]", SCAP_FD_EVENT },
	{ "anon_inode:[eventpoll]", SCAP_FD_EVENTPOLL },
	{ "anon_inode:inotify", SCAP_FD_INOTIFY },
	{ "anon_inode:[inotify]", SCAP_FD_INOTIFY },
	{ "anon_inode:[signalfd]", SCAP_FD_SIGNALFD },
	{ "anon_inode:[timerfd]", SCAP_FD_TIMERFD },
	{ "anon_inode:bpf", SCAP_FD_BPF },
	{ "anon_inode:[userfaultfd]", SCAP_FD_USERFAULTFD },
	{ "anon_inode:[io_uring]", SCAP_FD_IOURING },
	{ "anon_inode:[pidfd]", SCAP_FD_PIDFD },
	{ "/memfd:", SCAP_FD_MEMFD },
	{ "pipe:", SCAP_FD_FIFO },
};

/* The type of a descriptor, by the text of its link. */
static uint8_t type_of_link(const char *link, mode_t mode)
{
	for (size_t i = 0; i < sizeof(anonymous) / sizeof(anonymous[0]); i++)
		if (!strncmp(link, anonymous[i].link,
			     strlen(anonymous[i].link)))
			return anonymous[i].type;
	if (S_ISDIR(mode))
		return SCAP_FD_DIRECTORY;
	if (S_ISFIFO(mode))
		return SCAP_FD_FIFO;
	return link[0] == '/' ? SCAP_FD_FILE_V2 : SCAP_FD_UNSUPPORTED;
}

/* Kernel open flags from fdinfo as PPM_O_*; only what readers use. */
static uint32_t open_flags_of(pid_t pid, const char *fd)
{
	char path[80];
	char line[128];
	unsigned long flags = 0;
	uint32_t out;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%.10s", (int)pid, fd);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in))
		if (!strncmp(line, "flags:", 6))
			flags = strtoul(line + 6, NULL, 8);
	if (in)
		fclose(in);
	out = (flags & O_ACCMODE) == O_RDWR	? PPM_O_RDWR
	      : (flags & O_ACCMODE) == O_WRONLY ? PPM_O_WRONLY
						: PPM_O_RDONLY;
	if (flags & O_CLOEXEC)
		out |= PPM_O_CLOEXEC;
	if (flags & O_APPEND)
		out |= PPM_O_APPEND;
	return out;
}

/* One descriptor of a process. */
static int put_fd(struct walk *w, pid_t pid, int dir, const char *name)
{
	struct meta meta = { .kind = META_FD };
	const struct meta_fd *socket;
	char link[1024];
	struct stat st;
	ssize_t n = readlinkat(dir, name, link, sizeof(link) - 1);

	if (n <= 0 || fstatat(dir, name, &st, 0))
		return 0;
	link[n] = '\0';
	if (S_ISSOCK(st.st_mode)) {
		socket = map_get(&w->sockets, st.st_ino);
		if (socket)
			meta.fd = *socket;
		else
			meta.fd.type = SCAP_FD_NETLINK;
	} else {
		meta.fd.type = type_of_link(link, st.st_mode);
		meta.fd.name = view(link);
		meta.fd.open_flags = open_flags_of(pid, name);
		meta.fd.dev = (uint32_t)st.st_dev;
	}
	meta.fd.tid = pid;
	meta.fd.fd = atoll(name);
	meta.fd.ino = st.st_ino;
	return give(w, &meta);
}

/* Calls take() for each number that a folder of /proc lists. */
static int each_number(const char *path,
		       int (*take)(struct walk *w, pid_t pid, int dir,
				   const char *name),
		       struct walk *w, pid_t pid)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int result = 0;

	while (dir && !result && (entry = readdir(dir)))
		if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
			result = take(w, pid, dirfd(dir), entry->d_name);
	if (dir)
		closedir(dir);
	return result;
}

/* One thread, as proc_read has it. */
static int put_thread(struct walk *w, pid_t pid, int dir, const char *name)
{
	static _Alignas(8) uint8_t room[PROC_ROOM];
	struct meta meta = { .kind = META_THREAD };
	pid_t tid = (pid_t)atoll(name);
	unsigned want =
		tid == pid ? PROC_ALL : PROC_EXE | PROC_CGROUPS | PROC_LOGIN;
	const struct proc_wanted wanted = { .tid = tid, .want = want };
	uint32_t len = proc_read(&wanted, room, sizeof(room));

	(void)dir;
	if (!len)
		return 0;
	proc_view(room, len, &meta.thread);
	/* Events tell it from the boot on, lists of processes from 1970 on. */
	if (meta.thread.pidns_init_start_ns)
		meta.thread.pidns_init_start_ns += w->boot_ns;
	if (tid == pid)
		meta.thread.flags = PPM_CL_IS_MAIN_THREAD;
	else
		meta.thread.flags = PPM_CL_CLONE_THREAD | PPM_CL_CLONE_FILES;
	map_put(&w->given, (uint64_t)tid, w);
	return give(w, &meta);
}

/* A process: all its threads. */
static int put_process(struct walk *w, pid_t unused, int dir, const char *name)
{
	pid_t pid = (pid_t)atoll(name);
	char path[64];

	(void)unused;
	(void)dir;
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	return each_number(path, put_thread, w, pid);
}

/* The descriptors of a process. */
static int put_process_fds(struct walk *w, pid_t unused, int dir,
			   const char *name)
{
	pid_t pid = (pid_t)atoll(name);
	char path[64];

	(void)unused;
	(void)dir;
	/* A process born meanwhile is left out: readers refuse descriptors of
	 * unknown processes. */
	if (!map_get(&w->given, (uint64_t)pid))
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	return each_number(path, put_fd, w, pid);
}

static int take_sockets(struct walk *w, pid_t unused, int dir, const char *name)
{
	(void)unused;
	(void)dir;
	read_sockets(w, (pid_t)atoll(name), &w->namespaces);
	return 0;
}

int snapshot_take(int (*put)(void *user, const struct meta *meta,
			     struct error *err),
		  void *user, struct error *err)
{
	struct walk w = {
		.put = put, .user = user, .err = err, .boot_ns = boot_ns()
	};
	int result;

	each_number("/proc", take_sockets, &w, 0);
	result = put_kind(&w, META_SECTION) || put_machine(&w) ||
		 put_interfaces(&w) || put_users(&w) ||
		 each_number("/proc", put_process, &w, 0) ||
		 each_number("/proc", put_process_fds, &w, 0) ||
		 put_kind(&w, META_EVENTS);
	map_free(&w.namespaces);
	map_free(&w.given);
	map_free(&w.sockets);
	arena_free(&w.arena);
	return result ? -1 : 0;
}
