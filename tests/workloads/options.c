/* SPDX-License-Identifier: Apache-2.0 */
/* Socket options: numbers, times, errors and bytes, set and read. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "expect.h"

int main(void)
{
	const struct timeval wait = { 2, 500000 };
	int fd = socket(AF_INET, SOCK_STREAM, 0), value = 1;
	socklen_t len = sizeof(value);

	require(fd >= 0, "socket");
	require(!setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &value, len),
		"SO_REUSEADDR");
	require(!setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)),
		"SO_RCVTIMEO");
	require(!setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &value, len),
		"TCP_NODELAY");
	require(!getsockopt(fd, SOL_SOCKET, SO_ERROR, &value, &len),
		"SO_ERROR");
	len = sizeof(value);
	require(!getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len), "SO_TYPE");
	require(setsockopt(-1, SOL_SOCKET, SO_TYPE, &value, len) < 0, "-1");
	expect(1, "evt.type=setsockopt and evt.arg.optname=SO_REUSEADDR and "
		  "evt.arg.val=1 and evt.arg.optlen=4");
	expect(1, "evt.type=setsockopt and evt.arg.optname=SO_RCVTIMEO and "
		  "evt.arg.val=2.5s");
	expect(1, "evt.type=setsockopt and evt.arg.level=SOL_TCP");
	expect(1, "evt.type=getsockopt and evt.arg.optname=SO_ERROR and "
		  "evt.arg.val=0");
	expect(1, "evt.type=getsockopt and evt.arg.optname=SO_TYPE and "
		  "evt.arg.val=1");
	expect(1, "evt.type=setsockopt and evt.res=EBADF");
	return 0;
}
