/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the workloads share that write down what they do on the network: a
 * fact is a line of the standard output, as tests/suite-network.sh asks for it.
 */
#ifndef SPOOR_TESTS_WORKLOADS_NETWORK_H
#define SPOOR_TESTS_WORKLOADS_NETWORK_H

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_LEN = 128 };

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
		struct sockaddr_un local;
	};
	socklen_t len;
};

static inline void require(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

__attribute__((format(printf, 1, 2))) static inline void
fact(const char *format, ...)
{
	char line[1024];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	line[len++] = '\n';
	require(write(STDOUT_FILENO, line, (size_t)len) == len, "stdout");
}

static inline struct address v4(const char *ip, int port)
{
	struct address a = { .len = sizeof(a.v4) };

	a.v4.sin_family = AF_INET;
	a.v4.sin_port = htons((uint16_t)port);
	inet_pton(AF_INET, ip, &a.v4.sin_addr);
	return a;
}

static inline struct address v6(const char *ip, int port)
{
	struct address a = { .len = sizeof(a.v6) };

	a.v6.sin6_family = AF_INET6;
	a.v6.sin6_port = htons((uint16_t)port);
	inet_pton(AF_INET6, ip, &a.v6.sin6_addr);
	return a;
}

/* A path; an abstract name begins with an @. */
static inline struct address path(const char *name)
{
	struct address a = { .local = { .sun_family = AF_UNIX } };
	size_t len = strlen(name);

	memcpy(a.local.sun_path, name, len);
	if (*name == '@')
		*a.local.sun_path = '\0';
	a.len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len +
			    (*name != '@'));
	return a;
}

static inline struct address own_of(int fd)
{
	struct address a = { .len = sizeof(a.local) };

	require(!getsockname(fd, &a.any, &a.len), "getsockname");
	return a;
}

static inline int port_of(int fd)
{
	return ntohs(own_of(fd).v4.sin_port);
}

/* As SQL prints it: 127.0.0.1:80, [::1]:80; of IPv4 in IPv6 the former. */
static inline const char *text_of(const struct address *a, char out[TEXT_LEN])
{
	const uint8_t *ip6 = a->v6.sin6_addr.s6_addr;
	char ip[INET6_ADDRSTRLEN];

	if (a->any.sa_family == AF_INET)
		inet_ntop(AF_INET, &a->v4.sin_addr, ip, sizeof(ip));
	else if (IN6_IS_ADDR_V4MAPPED(&a->v6.sin6_addr))
		inet_ntop(AF_INET, ip6 + 12, ip, sizeof(ip));
	else
		inet_ntop(AF_INET6, ip6, ip, sizeof(ip));
	snprintf(out, TEXT_LEN, strchr(ip, ':') ? "[%s]:%d" : "%s:%d", ip,
		 ntohs(a->v4.sin_port));
	return out;
}

static inline int make(int family, int type)
{
	int fd = socket(family, type, 0);

	require(fd >= 0, "socket");
	return fd;
}

static inline int bound(int family, int type, struct address at)
{
	int fd = make(family, type);

	require(!bind(fd, &at.any, at.len), "bind");
	return fd;
}

/* What connections must say of one; result "": it is not of connect. */
static inline void connection(const char *role, const char *protocol, int fd,
			      const struct address *peer, const char *rest)
{
	struct address own = own_of(fd);
	char here[TEXT_LEN], there[TEXT_LEN];

	fact("connection %d %s %s %s %s %s", getpid(), role, protocol,
	     text_of(&own, here), text_of(peer, there), rest);
}

static inline void listening(const char *protocol, int fd)
{
	struct address own = own_of(fd);
	char here[TEXT_LEN];

	fact("listening %d %s %s", getpid(), protocol, text_of(&own, here));
}

static inline void raise_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = make(AF_INET, SOCK_DGRAM);

	require(!ioctl(fd, SIOCSIFFLAGS, &request), "lo");
	close(fd);
}

#endif
