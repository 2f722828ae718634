/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/packets.h"
#include "tests/unit/suites.h"

static void send_datagrams(unsigned count)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(9),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	for (unsigned i = 0; i < count; i++)
		sendto(fd, "spoor", 5, 0, (struct sockaddr *)&to, sizeof(to));
	close(fd);
}

/* Names of files of this process's own: two may test at a time. */
static char first[64], second[64];

static void name_files(void)
{
	snprintf(first, sizeof(first), "/tmp/spoor-packets-%d-1.zst", getpid());
	snprintf(second, sizeof(second), "/tmp/spoor-packets-%d-2.zst",
		 getpid());
}

/* Reads back with tcpdump, the way a user would. */
static int tcpdump_count(const char *path)
{
	char command[256];
	char line[64] = "";
	FILE *in;

	snprintf(command, sizeof(command),
		 "zstd -dqc %s | tcpdump -nr - 2>/dev/null | wc -l", path);
	in = popen(command, "r");
	if (!in || !fgets(line, sizeof(line), in))
		line[0] = '\0';
	if (in)
		pclose(in);
	return atoi(line);
}

static void test_packets_are_read_by_tcpdump(void)
{
	struct packets_options options = { .interface = "lo",
					   .filter = "udp port 9",
					   .path = first,
					   .force = 1 };
	struct packets_stats stats;
	struct packets *packets;
	struct error err;

	name_files();
	if (packets_start(&packets, &options, &err)) {
		/* Not root: the refusal must still be a sentence. */
		CU_ASSERT(geteuid() != 0 && err.text[0]);
		return;
	}
	usleep(100000);
	send_datagrams(50);
	usleep(400000);
	CU_ASSERT_EQUAL(packets_next(packets, second, &err), 0);
	send_datagrams(30);
	CU_ASSERT_EQUAL(packets_stop(packets, &stats, &err), 0);
	CU_ASSERT_EQUAL(stats.packets, 80);
	CU_ASSERT_EQUAL(tcpdump_count(options.path), 50);
	CU_ASSERT_EQUAL(tcpdump_count(second), 30);
	unlink(options.path);
	unlink(second);
}

/* A second file that cannot be made: said, and once more at the end. */
static void test_packets_stop_without_a_file(void)
{
	struct packets_options options = { .interface = "lo",
					   .path = first,
					   .force = 1 };
	struct packets_stats stats;
	struct packets *packets;
	struct error err;

	name_files();
	if (packets_start(&packets, &options, &err)) {
		CU_ASSERT(geteuid() != 0 && err.text[0]);
		return;
	}
	CU_ASSERT_EQUAL(packets_next(packets, "no folder/2.zst", &err), -1);
	CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "no folder/2.zst"));
	CU_ASSERT_EQUAL(packets_next(packets, second, &err), 0);
	CU_ASSERT_EQUAL(access(second, F_OK), -1);
	err.text[0] = '\0';
	CU_ASSERT_EQUAL(packets_stop(packets, &stats, &err), -1);
	CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "no folder/2.zst"));
	unlink(options.path);
}

static void test_packets_refuse_a_bad_filter(void)
{
	struct packets_options options = { .interface = "lo",
					   .filter = "port eighty eighty",
					   .path = first };
	struct packets *packets;
	struct error err;

	name_files();
	CU_ASSERT_EQUAL(packets_start(&packets, &options, &err), -1);
	CU_ASSERT_EQUAL(access(options.path, F_OK), -1);
}

/* clang-format off */
CU_TestInfo tests_packets[] = {
	{ "packets are read by tcpdump", test_packets_are_read_by_tcpdump },
	{ "no further file: said", test_packets_stop_without_a_file },
	{ "a bad filter is refused", test_packets_refuse_a_bad_filter },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
