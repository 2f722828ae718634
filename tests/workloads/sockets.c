/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both ends of sockets, with and without connection, are in the events of sends
 * and receives; each of several messages is an event; control data of messages,
 * the accept queue of a connection, and pipes are recorded.  The ports are five
 * that are not used by anything else here.
 * Depends on time: write
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "expect.h"

enum { PORT = 17141 };

static struct sockaddr_in address(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons((uint16_t)port),
				     .sin_addr = { htonl(INADDR_LOOPBACK) } };
}

static int bound(int port)
{
	struct sockaddr_in at = address(port);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	require(fd >= 0 && !bind(fd, (struct sockaddr *)&at, sizeof(at)),
		"a port");
	return fd;
}

static void several(int from, int to)
{
	struct sockaddr_in at = address(PORT + 1);
	char text[2][8] = { "first", "second" };
	struct iovec parts[2] = { { text[0], 5 }, { text[1], 6 } };
	struct mmsghdr messages[2] = {
		{ .msg_hdr = { &at, sizeof(at), &parts[0], 1, NULL, 0, 0 } },
		{ .msg_hdr = { &at, sizeof(at), &parts[1], 1, NULL, 0, 0 } },
	};
	char control[64];
	int on = 1;

	setsockopt(to, IPPROTO_IP, IP_RECVTTL, &on, sizeof(on));
	require(sendmmsg(from, messages, 2, 0) == 2, "sendmmsg");
	messages[1].msg_hdr.msg_control = control;
	messages[1].msg_hdr.msg_controllen = sizeof(control);
	require(recvmmsg(to, messages, 2, 0, NULL) == 2, "recvmmsg");
	/* Its length, IPPROTO_IP, IP_TTL. */
	expect(1, "evt.type=recvmmsg and evt.arg.data=second and "
		  "evt.rawarg.msgcontrol bstartswith "
		  "14000000000000000000000002000000");
	for (int i = 0; i < 2; i++) {
		expect(1,
		       "evt.type=sendmmsg and evt.arg.data=%s and "
		       "evt.rawres=%d and evt.arg.size=%d",
		       text[i], 5 + i, 5 + i);
		expect(1,
		       "evt.type=recvmmsg and evt.arg.data=%s and "
		       "evt.rawres=%d and evt.arg.tuple contains 127.0.0.1:%d",
		       text[i], 5 + i, PORT);
	}
	require(recvmmsg(to, messages, 2, MSG_DONTWAIT, NULL) < 0, "nothing");
	expect(3, "evt.type=recvmmsg");
}

/* More than one record has room for: the rest is at least told. */
static void many(int from, int to)
{
	enum { COUNT = 1024 };
	static struct mmsghdr messages[COUNT];
	static char name[COUNT][128];
	struct sockaddr_in at = address(PORT + 1);
	char text[] = "x";
	struct iovec part = { text, 1 };
	int sent;

	for (int i = 0; i < COUNT; i++) {
		memcpy(name[i], &at, sizeof(at));
		messages[i].msg_hdr = (struct msghdr){ .msg_name = name[i],
						       .msg_namelen = 128,
						       .msg_iov = &part,
						       .msg_iovlen = 1 };
	}
	sent = sendmmsg(from, messages, COUNT, MSG_DONTWAIT);
	require(sent == COUNT, "many");
	while (recv(to, name[0], 1, MSG_DONTWAIT) == 1)
		;
	expect(1, "evt.type=notification and evt.arg.desc contains sendmmsg");
}

static int stream(int port)
{
	struct sockaddr_in at = address(port);
	struct linger reset = { 1, 0 }; /* the port is free again at once */
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	require(!bind(fd, (struct sockaddr *)&at, sizeof(at)), "a port");
	return fd;
}

static void connections(void)
{
	struct sockaddr_in at = address(PORT);
	int server = stream(PORT);
	int clients[4];

	require(!listen(server, 8), "a server");
	for (int i = 0; i < 4; i++) {
		clients[i] = stream(PORT + 1 + i);
		require(!connect(clients[i], (struct sockaddr *)&at,
				 sizeof(at)),
			"a client");
	}
	close(accept4(server, NULL, NULL, SOCK_CLOEXEC));
	expect(1, "evt.type=accept4 and evt.arg.queuelen=3 and "
		  "evt.arg.queuemax=8 and evt.arg.queuepct=37");
	close((int)syscall(SYS_accept, server, NULL, NULL));
	expect(1, "evt.type=accept and evt.arg.queuelen=2 and "
		  "evt.arg.queuemax=8 and evt.arg.queuepct=25");
	for (int i = 0; i < 4; i++)
		close(clients[i]);
	close(server);
}

static void datagrams(void)
{
	struct sockaddr_in at = address(PORT + 1);
	socklen_t len = sizeof(at);
	int from = bound(PORT);
	int to = bound(PORT + 1);
	char room[16];

	require(sendto(from, "hello", 5, 0, (struct sockaddr *)&at, len) == 5,
		"sendto");
	require(recvfrom(to, room, sizeof(room), 0, (struct sockaddr *)&at,
			 &len) == 5,
		"recvfrom");
	expect(1,
	       "evt.type=recvfrom and evt.arg.tuple="
	       "127.0.0.1:%d->127.0.0.1:%d",
	       PORT, PORT + 1);
	several(from, to);
	many(from, to);
	at = address(PORT + 1);
	require(!connect(from, (struct sockaddr *)&at, sizeof(at)), "connect");
	require(send(from, "again", 5, 0) == 5, "send");
	require(recv(to, room, sizeof(room), 0) == 5, "recv");
	close(from);
	close(to);
}

static void pairs(void)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { .head = { .cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS } };
	char text[8] = "letter";
	struct iovec part = { text, 6 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct stat st;
	int fds[2];

	require(!socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), "socketpair");
	require(sendmsg(fds[0], &message, 0) == 6, "sendmsg");
	require(recvmsg(fds[1], &message, 0) == 6, "recvmsg");
	/* Its length, SOL_SOCKET, SCM_RIGHTS. */
	expect(1, "evt.type=recvmsg and evt.arg.size=6 and "
		  "evt.arg.data=letter and "
		  "evt.rawarg.msgcontrol bstartswith "
		  "14000000000000000100000001000000");
	close(fds[0]);
	close(fds[1]);
	require(!pipe2(fds, O_CLOEXEC) && !fstat(fds[0], &st), "pipe2");
	expect(1, "evt.type=pipe2 and evt.arg.ino=%llu",
	       (unsigned long long)st.st_ino);
}

int main(void)
{
	datagrams();
	connections();
	pairs();
	return 0;
}
