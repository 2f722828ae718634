/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz-libs: cmd/cmd_test.c cmd/cmd_check.c */
/* fuzz-libs: cmd/falco_options.c cmd/rule_options.c */
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

/* Of cmd/main.c, which would bring all commands. */
int cmd_fail(const char *name, const struct error *err)
{
	(void)name;
	(void)err;
	return EXIT_ERROR;
}

int cmd_usage_error(const char *name, const char *format, ...)
{
	(void)name;
	(void)format;
	return EXIT_ERROR;
}

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
	static int out = -1;

	if (out < 0) {
		out = open("/dev/null", O_WRONLY);
		dup2(out, STDOUT_FILENO);
		freopen("/dev/null", "w", stderr);
	}
	put_file("t.yaml", data, len);
	if (len && data[len - 1] & 1)
		argv[argc++] =
			(char *)(uintptr_t)reports[data[len - 1] / 2 & 1];
	optind = 0;
	cmd_test(argc, argv);
	return 0;
}
