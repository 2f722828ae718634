/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A descriptor of one connection becomes that of another, in all possible ways:
 * data received from it then have the ends of the other connection.  Each
 * connection is used more than once, so that an engine can cache its ends.  The
 * ports are not used by anything else here, and not assigned by the system.
 * Usage: rejoined [FILE]: begins when FILE exists, so that a recorder can
 * attach before.  Then another process, which is not attached to, shares its
 * descriptors.
 * Depends on time: futex
 */
#include <arpa/inet.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "expect.h"

enum { SERVER = 27160, TIMES = 3 };

static int servers[2];
static int last_port = SERVER + 1;

static struct sockaddr_in address(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons((uint16_t)port),
				     .sin_addr = { htonl(INADDR_LOOPBACK) } };
}

static int bound(int type, int port)
{
	struct sockaddr_in at = address(port);
	struct linger reset = { 1, 0 }; /* the port is free again at once */
	int fd = socket(AF_INET, type, 0);
	int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	require(!bind(fd, (struct sockaddr *)&at, sizeof(at)), "a port");
	return fd;
}

static int joins(int fd, int port)
{
	struct sockaddr_in at = address(port);

	return !connect(fd, (struct sockaddr *)&at, sizeof(at));
}

/* A connection of the next port, and where what it receives is written to. */
struct connection {
	int fd, far, port, server;
};

static struct connection joined(void)
{
	struct connection c = { .port = ++last_port, .server = SERVER };

	c.fd = bound(SOCK_STREAM, c.port);
	require(joins(c.fd, c.server), "a connection");
	c.far = accept(servers[0], NULL, NULL);
	return c;
}

/* Received by fd, which shall be told to be that connection. */
static void take(int fd, const struct connection *c)
{
	char room[4];

	for (int i = 0; i < TIMES; i++) {
		require(write(c->far, "x", 1) == 1, "write");
		require(recv(fd, room, sizeof(room), 0) == 1, "recv");
	}
	require(recv(fd, room, sizeof(room), MSG_DONTWAIT) < 0, "no more");
	require(send(fd, "y", 1, 0) == 1, "send");
	expect(TIMES + 1,
	       "evt.type=recvfrom and evt.arg.tuple=127.0.0.1:%d->127.0.0.1:%d",
	       c->server, c->port);
	expect(1,
	       "evt.type=sendto and evt.arg.tuple=127.0.0.1:%d->127.0.0.1:%d",
	       c->port, c->server);
}

static void leave(const struct connection *c)
{
	close(c->fd);
	close(c->far);
}

static void by_close(void)
{
	struct connection a = joined();
	struct connection b;

	take(a.fd, &a);
	close(a.fd);
	b = joined();
	require(b.fd == a.fd, "the same descriptor");
	take(b.fd, &b);
	close(a.far);
	leave(&b);
}

static void by_close_range(void)
{
	struct connection a = joined();
	struct connection b;

	take(a.fd, &a);
	syscall(SYS_close_range, a.fd, a.fd, 0);
	b = joined();
	require(b.fd == a.fd, "the same descriptor");
	take(b.fd, &b);
	close(a.far);
	leave(&b);
}

static void by_dup(void)
{
	struct connection a = joined();
	struct connection b = joined();
	struct connection c = joined();

	take(a.fd, &a);
	dup2(b.fd, a.fd);
	take(a.fd, &b);
	syscall(SYS_dup3, c.fd, a.fd, 0);
	take(a.fd, &c);
	close(a.fd);
	close(a.far);
	leave(&b);
	leave(&c);
}

static void *replace(void *user)
{
	struct connection *c = user;

	close(c->fd);
	*c = joined();
	return NULL;
}

static void by_thread(void)
{
	struct connection a = joined();
	struct connection b = a;
	pthread_t thread;

	take(a.fd, &a);
	pthread_create(&thread, NULL, replace, &b);
	pthread_join(thread, NULL);
	require(b.fd == a.fd, "the same descriptor");
	take(b.fd, &b);
	close(a.far);
	leave(&b);
}

/* A process with the same table of descriptors. */
static void by_process(void)
{
	struct connection a = joined();
	struct connection b = joined();
	long pid;
	int status;

	take(a.fd, &a);
	pid = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (!pid) {
		dup2(b.fd, a.fd);
		_exit(0);
	}
	require(waitpid((pid_t)pid, &status, 0) == pid && !status, "a child");
	take(a.fd, &b);
	leave(&a);
	leave(&b);
}

/* The socket ends its connection, known by another descriptor. */
static void by_connect(void)
{
	struct sockaddr none = { .sa_family = AF_UNSPEC };
	struct connection a = joined();
	int other = dup(a.fd);

	take(a.fd, &a);
	require(!connect(other, &none, sizeof(none)), "an end");
	a.server = SERVER + 1;
	require(joins(other, a.server), "another connection");
	close(a.far);
	a.far = accept(servers[1], NULL, NULL);
	take(a.fd, &a);
	close(other);
	leave(&a);
}

static void by_datagrams(void)
{
	struct connection a = { .port = ++last_port };
	int far[2] = { bound(SOCK_DGRAM, SERVER),
		       bound(SOCK_DGRAM, SERVER + 1) };

	a.fd = bound(SOCK_DGRAM, a.port);
	for (int i = 0; i < 2; i++) {
		a.server = SERVER + i;
		a.far = far[i];
		require(joins(a.fd, a.server) && joins(a.far, a.port), "joins");
		take(a.fd, &a);
		close(a.far);
	}
	close(a.fd);
}

/* Of the process that shares them: what it shall copy where, and its answer. */
static int to_sharer[2], from_sharer[2];

static long start_sharer(void)
{
	int pair[2];
	long pid;

	require(!pipe(to_sharer) && !pipe(from_sharer), "pipes");
	pid = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	while (!pid && read(to_sharer[0], pair, sizeof(pair)) == sizeof(pair)) {
		if (pair[0] < 0)
			_exit(0);
		dup2(pair[0], pair[1]);
		if (write(from_sharer[1], pair, 1) != 1)
			_exit(1);
	}
	return pid;
}

static void by_sharer(long pid)
{
	struct connection a = joined();
	struct connection b = joined();
	int pair[2] = { b.fd, a.fd };
	char answer;

	take(a.fd, &a);
	require(write(to_sharer[1], pair, sizeof(pair)) == sizeof(pair) &&
			read(from_sharer[0], &answer, 1) == 1,
		"who shares");
	take(a.fd, &b);
	pair[0] = -1;
	require(write(to_sharer[1], pair, sizeof(pair)) == sizeof(pair) &&
			waitpid((pid_t)pid, NULL, 0) == pid,
		"its end");
	leave(&a);
	leave(&b);
}

static long int80(long nr, long a, long b)
{
	long ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(a), "c"(b)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

static void by_32_bits(void)
{
	enum { I386_GETPPID = 64, I386_DUP2 = 63 };
	struct connection a = joined();
	struct connection b = joined();

	take(a.fd, &a);
	if (int80(I386_GETPPID, 0, 0) != -38) {
		require(int80(I386_DUP2, b.fd, a.fd) == a.fd, "dup2");
		take(a.fd, &b);
	}
	leave(&a);
	leave(&b);
}

int main(int argc, char **argv)
{
	long sharer = argc > 1 ? start_sharer() : 0;

	while (argc > 1 && access(argv[1], F_OK))
		usleep(1000);
	for (int i = 0; i < 2; i++) {
		servers[i] = bound(SOCK_STREAM, SERVER + i);
		require(!listen(servers[i], 8), "a server");
	}
	if (sharer)
		by_sharer(sharer);
	by_close();
	by_close_range();
	by_dup();
	by_thread();
	by_process();
	by_connect();
	by_datagrams();
	by_32_bits();
	return 0;
}
