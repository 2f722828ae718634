/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both ends of sockets, with and without a connection, are in the events of
 * what is sent and received; so are the first of several messages and pipes.
 * The ports are two that nothing else here uses.
 * Depends on time: write
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "expect.h"

enum { PORT = 47141 };

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

	require(sendmmsg(from, messages, 2, 0) == 2, "sendmmsg");
	require(recvmmsg(to, messages, 2, 0, NULL) == 2, "recvmmsg");
	expect(1,
	       "evt.type=recvmmsg and evt.arg.data=first and "
	       "evt.arg.tuple contains 127.0.0.1:%d",
	       PORT);
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
	at = address(PORT + 1);
	require(!connect(from, (struct sockaddr *)&at, sizeof(at)), "connect");
	require(send(from, "again", 5, 0) == 5, "send");
	require(recv(to, room, sizeof(room), 0) == 5, "recv");
	close(from);
	close(to);
}

static void pairs(void)
{
	char text[8] = "letter";
	struct iovec part = { text, 6 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct stat st;
	int fds[2];

	require(!socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), "socketpair");
	require(sendmsg(fds[0], &message, 0) == 6, "sendmsg");
	require(recvmsg(fds[1], &message, 0) == 6, "recvmsg");
	close(fds[0]);
	close(fds[1]);
	require(!pipe2(fds, O_CLOEXEC) && !fstat(fds[0], &st), "pipe2");
	expect(1, "evt.type=pipe2 and evt.arg.ino=%llu",
	       (unsigned long long)st.st_ino);
}

int main(void)
{
	datagrams();
	pairs();
	return 0;
}
