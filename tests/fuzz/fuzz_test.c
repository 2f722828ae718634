/* SPDX-License-Identifier: Apache-2.0 */
/* All of cmd but main.c.  fuzz-libs: cmd/[!m]*.c -ledit */
/*
 * What the command prints is closed, not what libFuzzer does:
 * fuzz-options: -max_len=65536 -close_fd_mask=3
 */
/*
 * The test files of `spoor test': the YAML, what it says of rules, captures
 * and alerts, and the reports.
 */
#include <fcntl.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/cmd.h"

static char folder[] = "/tmp/spoor-fuzz-XXXXXX";
static char path[64];

static void put_file(const char *name, const void *data, size_t len)
{
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, len) != (ssize_t)len)
		abort();
	close(fd);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char rules[] =
		"- rule: r\n  desc: d\n  condition: "
		"evt.num>0\n  output: o\n  priority: INFO\n";

	(void)argc;
	(void)argv;
	if (!mkdtemp(folder))
		abort();
	put_file("r.yaml", rules, sizeof(rules) - 1);
	put_file("c.scap", "", 0);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const reports[] = { "--tap", "--junit" };
	char *argv[] = { (char *)(uintptr_t) "test", path, NULL, NULL };
	int argc = 2;

	put_file("t.yaml", data, len);
	if (len && data[len - 1] & 1)
		argv[argc++] =
			(char *)(uintptr_t)reports[data[len - 1] / 2 & 1];
	optind = 0;
	command_test.run(argc, argv);
	return 0;
}
