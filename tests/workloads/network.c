/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A network whose truth is known, in a namespace of its own.  It prints what
 * a recording of it must tell, a line a fact, as tests/suite-network.sh asks
 * for it: of each connection and process
 *   connection PID ROLE PROTOCOL LOCAL REMOTE RESULT SENT RECEIVED
 * of each socket that waits
 *   listening PID PROTOCOL LOCAL
 * and of many tries
 *   scan PID KIND PROTOCOL TARGET TRIED FAILED
 */
#include <fcntl.h>
#include <poll.h>
#include <sched.h>

#include "network.h"

enum { CLOSED_PORT = 9 };

static const char *folder;

static int served(int family, struct address at)
{
	int fd = bound(family, SOCK_STREAM, at);

	require(!listen(fd, 8), "listen");
	listening("tcp", fd);
	return fd;
}

static void send_x(int fd, size_t len)
{
	static const char text[8192];

	require(send(fd, text, len, 0) == (ssize_t)len, "send");
}

static void receive(int fd, size_t len)
{
	char text[8192];

	require(recv(fd, text, sizeof(text), 0) == (ssize_t)len, "recv");
}

/* Runs in a child, and waits for it. */
static void in_child(void (*run)(int fd), int fd)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		run(fd);
		_exit(0);
	}
	require(waitpid(pid, &status, 0) == pid && !status, "a child");
}

static void use_inherited(int fd)
{
	struct address peer = { .len = sizeof(peer.local) };

	send_x(fd, 30);
	require(!getpeername(fd, &peer.any, &peer.len), "getpeername");
	connection("client", "tcp", fd, &peer, "- 30 0");
}

static void use_passed(int pair)
{
	char control[CMSG_SPACE(sizeof(int))], byte;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct address peer = { .len = sizeof(peer.local) };
	int fd, copy;

	require(recvmsg(pair, &message, 0) == 1, "recvmsg");
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	copy = dup(fd);
	send_x(fd, 40);
	close(fd);
	send_x(copy, 5);
	require(!getpeername(copy, &peer.any, &peer.len), "getpeername");
	connection("client", "tcp", copy, &peer, "- 45 0");
}

static void pass(int pair, int fd)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { .head = { CMSG_LEN(sizeof(fd)), SOL_SOCKET,
				SCM_RIGHTS } };
	char byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	require(sendmsg(pair, &message, 0) == 1, "sendmsg");
}

/* One connection by many descriptors: copied, inherited, passed by message. */
static void share(int family, struct address at)
{
	int server = served(family, at);
	struct address own = own_of(server), peer;
	int client = make(family, SOCK_STREAM);
	int accepted, copies[3], pair[2];

	require(!connect(client, &own.any, own.len), "connect");
	accepted = accept(server, NULL, NULL);
	for (int i = 0; i < 3; i++)
		copies[i] = i ? fcntl(client, F_DUPFD, 50) : dup2(client, 60);
	send_x(client, 10);
	receive(accepted, 10);
	send_x(copies[0], 7);
	receive(accepted, 7);
	send_x(accepted, 100);
	receive(copies[1], 100);
	in_child(use_inherited, copies[2]);
	receive(accepted, 30);
	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	pass(pair[0], client);
	in_child(use_passed, pair[1]);
	receive(accepted, 45);
	close(client);
	send_x(copies[0], 1);
	receive(accepted, 1);
	connection("client", "tcp", copies[0], &own, "0 18 100");
	peer = own_of(copies[0]);
	connection("server", "tcp", accepted, &peer, "- 100 93");
	for (int i = 0; i < 3; i++)
		close(copies[i]);
	close(accepted);
	close(server);
	close(pair[0]);
	close(pair[1]);
}

/* What a connect that fails must say: of its own end nothing. */
static void failed(const char *protocol, const struct address *to, int error)
{
	char there[TEXT_LEN];

	fact("connection %d client %s - %s %d 0 0", getpid(), protocol,
	     text_of(to, there), -error);
}

static void refuse(void)
{
	struct address to = v4("127.0.0.1", CLOSED_PORT);
	struct address far = v4("203.0.113.1", 80);
	struct address six = v6("::1", CLOSED_PORT);
	struct address mapped = v6("::ffff:127.0.0.1", CLOSED_PORT);
	int fd = make(AF_INET, SOCK_STREAM);

	require(connect(fd, &to.any, to.len) && errno == ECONNREFUSED,
		"refused");
	failed("tcp", &to, ECONNREFUSED);
	/* The same socket again: another try. */
	require(connect(fd, &to.any, to.len) && errno == ECONNREFUSED, "again");
	failed("tcp", &to, ECONNREFUSED);
	close(fd);
	fd = make(AF_INET, SOCK_STREAM);
	require(connect(fd, &far.any, far.len) && errno == ENETUNREACH, "far");
	failed("tcp", &far, ENETUNREACH);
	close(fd);
	fd = make(AF_INET6, SOCK_STREAM);
	require(connect(fd, &six.any, six.len) && errno == ECONNREFUSED, "six");
	failed("tcp", &six, ECONNREFUSED);
	close(fd);
	fd = make(AF_INET6, SOCK_STREAM);
	require(connect(fd, &mapped.any, mapped.len) && errno == ECONNREFUSED,
		"mapped");
	failed("tcp", &mapped, ECONNREFUSED);
	close(fd);
}

static int begun(const struct address *to)
{
	int fd = make(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	require(connect(fd, &to->any, to->len) && errno == EINPROGRESS,
		"in progress");
	require(poll(&ready, 1, 1000) == 1, "poll");
	return fd;
}

static int error_of(int fd)
{
	int error = -1;
	socklen_t len = sizeof(error);

	require(!getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len),
		"SO_ERROR");
	return error;
}

/* The outcome of a connect that does not wait comes by another call. */
static void wait_not(void)
{
	struct address to = v4("127.0.0.1", CLOSED_PORT), peer;
	int server = served(AF_INET, v4("127.0.0.1", 0));
	struct address good = own_of(server);
	char byte, here[TEXT_LEN], there[TEXT_LEN];
	int fd, accepted;

	for (int way = 0; way < 3; way++) {
		fd = begun(&to);
		good = own_of(fd);
		if (way == 0)
			require(error_of(fd) == ECONNREFUSED, "SO_ERROR");
		else if (way == 1)
			require(recv(fd, &byte, 1, 0) < 0, "recv");
		else
			require(connect(fd, &to.any, to.len) < 0, "connect");
		fact("connection %d client tcp %s %s %d 0 0", getpid(),
		     text_of(&good, here), text_of(&to, there), -ECONNREFUSED);
		close(fd);
	}
	peer = own_of(server);
	fd = begun(&peer);
	require(!error_of(fd), "SO_ERROR");
	connection("client", "tcp", fd, &peer, "0 0 0");
	close(accept(server, NULL, NULL));
	good = own_of(fd);
	fact("connection %d server tcp %s %s - 0 0", getpid(),
	     text_of(&peer, there), text_of(&good, here));
	close(fd);
	/* The first bytes tell, too. */
	fd = begun(&peer);
	accepted = accept(server, NULL, NULL);
	send_x(fd, 3);
	receive(accepted, 3);
	connection("client", "tcp", fd, &peer, "0 3 0");
	good = own_of(fd);
	connection("server", "tcp", accepted, &good, "- 0 3");
	close(fd);
	close(accepted);
	close(server);
}

static void meet_by_path(const char *name, const char *missing)
{
	struct address at = path(name), none = path(missing);
	int server = bound(AF_UNIX, SOCK_STREAM, at);
	int client = make(AF_UNIX, SOCK_STREAM);
	int nobody = make(AF_UNIX, SOCK_STREAM);
	int accepted;

	require(!listen(server, 1), "listen");
	require(!connect(client, &at.any, at.len), "connect");
	accepted = accept(server, NULL, NULL);
	require(write(client, name, 5) == 5, "write");
	receive(accepted, 5);
	send_x(client, 500);
	receive(accepted, 500);
	send_x(accepted, 20);
	receive(client, 20);
	fact("connection %d listener unix %s - - 0 0", getpid(), name);
	fact("connection %d client unix %s - 0 505 20", getpid(), name);
	fact("connection %d server unix %s - - 20 505", getpid(), name);
	require(connect(nobody, &none.any, none.len) < 0, "nobody");
	fact("connection %d client unix %s - %d 0 0", getpid(), missing,
	     -errno);
	close(server);
	close(client);
	close(accepted);
	close(nobody);
}

/* A log: datagrams to a path. */
static void log_by_path(const char *name)
{
	struct address at = path(name);
	int server = bound(AF_UNIX, SOCK_DGRAM, at);
	int client = make(AF_UNIX, SOCK_DGRAM);

	require(sendto(client, "line", 4, 0, &at.any, at.len) == 4, "sendto");
	receive(server, 4);
	require(!connect(client, &at.any, at.len), "connect");
	send_x(client, 6);
	receive(server, 6);
	fact("connection %d listener unix %s - - 0 10", getpid(), name);
	fact("connection %d client unix %s - 0 10 0", getpid(), name);
	close(server);
	close(client);
}

static void send_to(int fd, const struct address *to, size_t len)
{
	static const char text[8192];

	require(sendto(fd, text, len, 0, &to->any, to->len) == (ssize_t)len,
		"sendto");
}

static struct address receive_from(int fd, size_t len)
{
	struct address from = { .len = sizeof(from.local) };
	char text[8192];

	require(recvfrom(fd, text, sizeof(text), 0, &from.any, &from.len) ==
			(ssize_t)len,
		"recvfrom");
	return from;
}

/* Of one socket, what is exchanged with each of two servers. */
static void ask_two(int family, const char *ip, bool is_bound)
{
	struct address any = family == AF_INET ? v4(ip, 0) : v6(ip, 0);
	int a = bound(family, SOCK_DGRAM, any);
	int b = bound(family, SOCK_DGRAM, any);
	int client = is_bound ? bound(family, SOCK_DGRAM, any)
			      : make(family, SOCK_DGRAM);
	struct address at_a = own_of(a), at_b = own_of(b), from;
	char here[TEXT_LEN], there[TEXT_LEN];

	listening("udp", a);
	listening("udp", b);
	if (is_bound)
		listening("udp", client);
	send_to(client, &at_a, 3);
	send_to(client, &at_b, 5);
	from = receive_from(a, 3);
	send_to(a, &from, 9);
	receive(client, 9); /* it is not told whose it is */
	receive_from(b, 5);
	text_of(&from, here);
	fact("connection %d client udp %s %s - 3 9", getpid(), here,
	     text_of(&at_a, there));
	fact("connection %d client udp %s %s - 5 0", getpid(), here,
	     text_of(&at_b, there));
	connection("server", "udp", a, &from, "- 9 3");
	connection("server", "udp", b, &from, "- 0 5");
	close(a);
	close(b);
	close(client);
}

/* Several messages by one call, and a socket that is connected. */
static void ask_by_many(void)
{
	int server = bound(AF_INET, SOCK_DGRAM, v4("127.0.0.1", 0));
	int client = make(AF_INET, SOCK_DGRAM);
	struct address at = own_of(server), from;
	char text[2][16] = { "one", "three" };
	struct iovec parts[2] = { { text[0], 3 }, { text[1], 5 } };
	struct mmsghdr messages[2] = {
		{ .msg_hdr = { .msg_iov = &parts[0], .msg_iovlen = 1 } },
		{ .msg_hdr = { .msg_iov = &parts[1], .msg_iovlen = 1 } },
	};

	listening("udp", server);
	require(!connect(client, &at.any, at.len), "connect");
	require(sendmmsg(client, messages, 2, 0) == 2, "sendmmsg");
	for (int i = 0; i < 2; i++)
		parts[i].iov_len = sizeof(text[i]);
	require(recvmmsg(server, messages, 2, 0, NULL) == 2, "recvmmsg");
	from = own_of(client);
	send_to(server, &from, 11);
	require(read(client, text[0], 16) == 11, "read");
	connection("client", "udp", client, &at, "0 8 11");
	connection("server", "udp", server, &from, "- 11 8");
	close(client);
	close(server);
}

static void ask_nobody(void)
{
	struct address to = v4("127.0.0.1", CLOSED_PORT);
	int fd = make(AF_INET, SOCK_DGRAM);
	char byte;

	require(!connect(fd, &to.any, to.len), "connect");
	send_x(fd, 1);
	require(recv(fd, &byte, 1, 0) < 0 && errno == ECONNREFUSED, "recv");
	connection("client", "udp", fd, &to, "-111 1 0");
	close(fd);
}

static void fail_to_bind(void)
{
	int server = served(AF_INET, v4("127.0.0.1", 0));
	struct address taken = own_of(server), away = v4("192.0.2.1", 80);
	int fd = make(AF_INET, SOCK_STREAM);

	require(bind(fd, &taken.any, taken.len) < 0, "taken");
	require(bind(fd, &away.any, away.len) < 0, "away");
	close(fd);
	/* A port of its own makes no server of who connects. */
	fd = bound(AF_INET, SOCK_STREAM, v4("127.0.0.1", 0));
	require(!connect(fd, &taken.any, taken.len), "connect");
	connection("client", "tcp", fd, &taken, "0 0 0");
	close(fd);
	close(server);
}

static void scan(void)
{
	for (int port = 1; port <= 8; port++) {
		struct address to = v4("127.0.0.77", port);
		int fd = make(AF_INET, SOCK_STREAM);

		require(connect(fd, &to.any, to.len) < 0, "scan");
		failed("tcp", &to, ECONNREFUSED);
		close(fd);
	}
	fact("scan %d ports tcp 127.0.0.77 8 8", getpid());
}

static void connections(void)
{
	char name[64], other[64];

	share(AF_INET, v4("127.0.0.1", 0));
	share(AF_INET6, v6("::1", 0));
	refuse();
	wait_not();
	fail_to_bind();
	scan();
	snprintf(name, sizeof(name), "%s/stream", folder);
	snprintf(other, sizeof(other), "%s/none", folder);
	meet_by_path(name, other);
	meet_by_path("@abstract", "@nobody");
	snprintf(name, sizeof(name), "%s/log", folder);
	log_by_path(name);
	ask_two(AF_INET, "127.0.0.1", false);
	ask_two(AF_INET, "127.0.0.1", true);
	ask_two(AF_INET6, "::1", false);
	ask_by_many();
	ask_nobody();
}

/* Listens, says where, and waits to be ended: for who comes later. */
static void wait_forever(void)
{
	int fd = bound(AF_INET, SOCK_STREAM, v4("127.0.0.1", 0));

	require(!listen(fd, 1), "listen");
	fact("%d", port_of(fd));
	close(STDOUT_FILENO);
	pause();
}

int main(int argc, char **argv)
{
	require(argc == 2, "usage: network FOLDER | network listen");
	if (!strcmp(argv[1], "listen"))
		wait_forever();
	folder = argv[1];
	if (unshare(CLONE_NEWNET))
		return 0; /* it says nothing: not possible here */
	raise_loopback();
	connections();
	return 0;
}
