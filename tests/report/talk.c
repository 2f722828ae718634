/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A conversation to be recorded: a client sends 5000 bytes to a server on
 * this machine, which answers with 300.  Prints the server's port.  With
 *
 *     talk REQUEST COMMAND
 *
 * the client sends the request, and the server runs the command, as a web
 * shell does, before it answers.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void serve(int listener, size_t len, const char *command)
{
	static const char answer[ANSWERED];
	int fd = accept(listener, NULL, NULL);

	read_all(fd, len);
	if (command && system(command))
		_exit(1);
	_exit(send(fd, answer, ANSWERED, 0) != ANSWERED);
}

int main(int argc, char **argv)
{
	static const char zeroes[ASKED];
	const char *question = argc > 2 ? argv[1] : zeroes;
	size_t asked = argc > 2 ? strlen(question) : ASKED;
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
		serve(listener, asked, argc > 2 ? argv[2] : NULL);
	if (connect(fd, (struct sockaddr *)&at, len) ||
	    send(fd, question, asked, 0) != (ssize_t)asked)
		return 1;
	read_all(fd, ANSWERED);
	wait(&status);
	return status != 0;
}
