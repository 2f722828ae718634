/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors of all kinds received in messages: their new owner uses them, and
 * exits at once.
 * Depends on time: accept close connect sendto listen (a port).
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "expect.h"

enum {
	FILE_FD,
	DIR_FD,
	PIPE_FD,
	MEMORY_FD,
	EVENT_FD,
	TCP_FD,
	LISTEN_FD,
	COUNT
};

enum { PORT = 17155 };

/* Room for the descriptors of one message. */
union control {
	struct cmsghdr head;
	char room[CMSG_SPACE(COUNT * sizeof(int))];
};

static void connect_own(int fds[COUNT])
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(PORT),
				 .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int server = socket(AF_INET, SOCK_STREAM, 0);
	int client = socket(AF_INET, SOCK_STREAM, 0);
	int on = 1;

	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	require(!bind(server, (struct sockaddr *)&a, sizeof(a)), "bind");
	require(!listen(server, 1), "listen");
	require(!connect(client, (struct sockaddr *)&a, sizeof(a)), "connect");
	fds[TCP_FD] = accept(server, NULL, NULL);
	fds[LISTEN_FD] = server;
	require(send(client, "hello", 5, 0) == 5, "send");
}

static void open_all(int fds[COUNT])
{
	int ends[2];

	fds[FILE_FD] = open("/etc/passwd", O_RDONLY);
	fds[DIR_FD] = open("/etc", O_RDONLY | O_DIRECTORY);
	require(!pipe(ends) && write(ends[1], "pipe", 4) == 4, "pipe");
	fds[PIPE_FD] = ends[0];
	fds[MEMORY_FD] = memfd_create("passed", 0);
	fds[EVENT_FD] = eventfd(1, 0);
	connect_own(fds);
}

static void send_all(int to, int fds[COUNT])
{
	union control control = { 0 };
	struct iovec data = { (char[]){ "x" }, 1 };
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(COUNT * sizeof(int));
	memcpy(CMSG_DATA(&control.head), fds, COUNT * sizeof(int));
	require(sendmsg(to, &message, 0) == 1, "sendmsg");
}

static void receive_all(int from, int fds[COUNT], int by_array)
{
	union control control = { 0 };
	char byte;
	struct iovec data = { &byte, 1 };
	struct mmsghdr message = { .msg_hdr = { .msg_iov = &data,
						.msg_iovlen = 1,
						.msg_control = &control,
						.msg_controllen =
							sizeof(control) } };

	if (by_array)
		require(recvmmsg(from, &message, 1, 0, NULL) == 1, "recvmmsg");
	else
		require(recvmsg(from, &message.msg_hdr, 0) == 1, "recvmsg");
	memcpy(fds, CMSG_DATA(&control.head), COUNT * sizeof(int));
}

static void use(int from, int by_array)
{
	int fds[COUNT];
	char text[64];

	receive_all(from, fds, by_array);
	require(read(fds[FILE_FD], text, 7) == 7, "file");
	require(!fchdir(fds[DIR_FD]), "folder");
	if (!by_array)
		require(read(fds[PIPE_FD], text, 4) == 4, "pipe");
	require(write(fds[MEMORY_FD], text, 9) == 9, "memory");
	require(write(fds[EVENT_FD], &(uint64_t){ 1 }, 8) == 8, "eventfd");
	require(send(fds[TCP_FD], "hi", 2, 0) == 2, "send");
	require(!listen(fds[LISTEN_FD], 2), "listen");
	_exit(0);
}

int main(void)
{
	int fds[COUNT], ends[2], status;

	require(!socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "socketpair");
	open_all(fds);
	for (int by_array = 0; by_array < 2; by_array++) {
		if (!fork()) {
			for (int i = 0; i < COUNT; i++)
				close(fds[i]);
			use(ends[1], by_array);
		}
		send_all(ends[0], fds);
		require(wait(&status) > 0 && !status, "child");
	}
	expect(2, "evt.type=read and evt.rawres=7 and fd.name=/etc/passwd");
	expect(2, "evt.type=fchdir and fd.name=/etc and fd.type=directory");
	expect(1, "evt.type=read and evt.rawres=4 and fd.type=pipe");
	expect(2, "evt.type=write and evt.rawres=9 and fd.type=memfd and "
		  "fd.name=passed");
	expect(2, "evt.type=write and evt.rawres=8 and fd.type=event");
	expect(2, "evt.type=sendto and evt.rawres=2 and fd.type=ipv4 and "
		  "fd.lport=17155 and fd.lip=127.0.0.1 and fd.l4proto=tcp");
	expect(2, "evt.type=listen and evt.arg.backlog=2 and fd.sport=17155");
	expect(0, "evt.type=open_by_handle_at");
	return 0;
}
