/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both ends of connections in a network namespace whose addresses are not in
 * the machine's list of interfaces: the local end follows from the calls of the
 * process.
 * Depends on time: accept bind close connect recvfrom sendto (ports).
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "expect.h"

#define NEAR "10.77.0.2"
#define FAR  "10.77.0.3"

enum { CLIENT_PORT = 40000, SERVER_PORT = 5353, OTHER_PORT = 443 };

static struct sockaddr_in at(const char *ip, uint16_t port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(port) };

	inet_pton(AF_INET, ip, &a.sin_addr);
	return a;
}

static const struct sockaddr *as(const struct sockaddr_in *a)
{
	return (const struct sockaddr *)a;
}

static void give_address(const char *name, const char *ip)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in a = at(ip, 0);
	struct ifreq request = { 0 };

	strcpy(request.ifr_name, name);
	memcpy(&request.ifr_addr, &a, sizeof(a));
	require(!ioctl(fd, SIOCSIFADDR, &request), "SIOCSIFADDR");
	request.ifr_flags = IFF_UP;
	require(!ioctl(fd, SIOCSIFFLAGS, &request), "SIOCSIFFLAGS");
	close(fd);
}

static int bound(int type, const char *ip, uint16_t port)
{
	struct sockaddr_in a = at(ip, port);
	int fd = socket(AF_INET, type, 0);
	int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	require(fd >= 0 && !bind(fd, as(&a), sizeof(a)), "bind");
	return fd;
}

/* A client whose port was chosen, and one whose was not. */
static void meet_by_stream(int client)
{
	struct sockaddr_in to = at(FAR, OTHER_PORT);
	int server = bound(SOCK_STREAM, "0.0.0.0", OTHER_PORT);
	char text[8];
	int accepted;

	require(!listen(server, 1), "listen");
	require(!connect(client, as(&to), sizeof(to)), "connect");
	accepted = accept(server, NULL, NULL);
	require(send(client, "hello", 5, 0) == 5, "send");
	require(recv(accepted, text, sizeof(text), 0) == 5, "recv");
	close(accepted);
	close(client);
	close(server);
}

/* The server receives before anything else is known of its socket. */
static void meet_by_datagram(void)
{
	struct sockaddr_in to = at(FAR, SERVER_PORT);
	int server = bound(SOCK_DGRAM, FAR, SERVER_PORT);
	int client = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	char text[8];

	require(!connect(client, as(&to), sizeof(to)), "connect");
	require(send(client, "ask", 3, 0) == 3, "send");
	require(recvfrom(server, text, sizeof(text), 0,
			 (struct sockaddr *)&from, &len) == 3,
		"recvfrom");
	require(sendto(server, "answer", 6, 0, as(&from), len) == 6, "sendto");
	require(recv(client, text, sizeof(text), 0) == 6, "recv");
	close(client);
	close(server);
}

int main(void)
{
	if (unshare(CLONE_NEWNET))
		return 0;
	give_address("lo", "127.0.0.1");
	give_address("lo:1", NEAR);
	give_address("lo:2", FAR);
	meet_by_stream(bound(SOCK_STREAM, NEAR, CLIENT_PORT));
	meet_by_stream(socket(AF_INET, SOCK_STREAM, 0));
	meet_by_datagram();
	expect(1, "evt.type=connect and fd.lip=" NEAR " and fd.lport=40000 and "
		  "fd.rip=" FAR " and fd.rport=443 and fd.sip=" FAR
		  " and fd.cip=" NEAR " and fd.is_server=false");
	expect(2, "evt.type=connect and fd.rip=" FAR " and fd.rport=443");
	expect(1, "evt.type=accept and fd.lip=" FAR " and fd.lport=443 and "
		  "fd.rip=" NEAR " and fd.rport=40000 and fd.is_server=true");
	expect(2, "evt.type=accept and fd.lip=" FAR " and fd.lport=443");
	expect(2, "evt.type=recvfrom and fd.lport=443 and evt.rawres=5");
	expect(1, "evt.type=recvfrom and fd.lip=" FAR " and fd.lport=5353 and "
		  "fd.is_server=true and evt.rawres=3");
	expect(1, "evt.type=sendto and fd.lport=5353 and fd.sip=" FAR
		  " and evt.rawres=6");
	expect(1, "evt.type=recvfrom and fd.rport=5353 and fd.rip=" FAR
		  " and fd.is_server=false");
	return 0;
}
