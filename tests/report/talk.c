/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A conversation to be recorded: a client sends 5000 bytes to a server on
 * this machine, which answers with 300.  Prints the server's port.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ASKED = 5000, ANSWERED = 300 };

static void read_all(int fd, size_t len)
{
	char data[ASKED];

	while (len > 0) {
		ssize_t n = recv(fd, data, len, 0);

		if (n <= 0)
			_exit(1);
		len -= (size_t)n;
	}
}

static void serve(int listener)
{
	static const char answer[ANSWERED];
	int fd = accept(listener, NULL, NULL);

	read_all(fd, ASKED);
	_exit(send(fd, answer, ANSWERED, 0) != ANSWERED);
}

int main(void)
{
	static const char question[ASKED];
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int status;

	if (bind(listener, (struct sockaddr *)&at, len) ||
	    listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&at, &len))
		return 1;
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	if (!fork())
		serve(listener);
	if (connect(fd, (struct sockaddr *)&at, len) ||
	    send(fd, question, ASKED, 0) != ASKED)
		return 1;
	read_all(fd, ANSWERED);
	wait(&status);
	return status != 0;
}
