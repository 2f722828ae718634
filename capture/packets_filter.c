/* SPDX-License-Identifier: Apache-2.0 */
/* Packet filters, compiled by a process of its own; see packets_filter.h. */
#include "capture/packets_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/bytes.h"

enum { SECONDS = 10, MEMORY = 1 << 30, CHUNK = 65536 };

/* What the compiling process writes: one of these, then instructions or the
 * text of an error. */
enum { IS_CODE = 'c', IS_ERROR = 'e' };

/* Writes all bytes: 0 or -1. */
static int write_all(int fd, const void *data, size_t len)
{
	const uint8_t *at = data;

	while (len) {
		ssize_t n = write(fd, at, len);

		if (n < 0)
			return -1;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

/* In the process: compiles, within limits, and writes the result. */
static void compile(pcap_t *pcap, const char *filter, int to)
{
	const struct rlimit seconds = { SECONDS, SECONDS };
	const struct rlimit memory __attribute__((unused)) = { MEMORY, MEMORY };
	struct bpf_program code;
	uint8_t kind = IS_CODE;
	const char *text;

	setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow counts */
	setrlimit(RLIMIT_DATA, &memory);
#endif
	if (!pcap_compile(pcap, &code, filter, 1, PCAP_NETMASK_UNKNOWN))
		_exit(write_all(to, &kind, 1) ||
		      write_all(to, code.bf_insns,
				code.bf_len * sizeof(*code.bf_insns)));
	kind = IS_ERROR;
	text = pcap_geterr(pcap);
	_exit(write_all(to, &kind, 1) || write_all(to, text, strlen(text)));
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads all that the process writes; false: it took too long. */
static bool read_all(int from, struct buffer *said)
{
	int64_t end = now_ms() + SECONDS * 1000;
	ssize_t n = 1;

	while (n) {
		struct pollfd in = { .fd = from, .events = POLLIN };
		int64_t left = end - now_ms();
		int code = left > 0 ? poll(&in, 1, (int)left) : 0;

		if (code < 0 && errno == EINTR)
			continue;
		if (code <= 0)
			return false;
		n = read(from, buffer_reserve(said, CHUNK), CHUNK);
		if (n < 0)
			return false;
		said->len += (size_t)n;
	}
	return true;
}

/* Runs the process, and reads what it writes into `said'.  -1: it was killed,
 * or took too long. */
static int run(pcap_t *pcap, const char *filter, struct buffer *said,
	       struct error *err)
{
	int pipes[2], status = 0;
	bool is_done;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC)) {
		error_errno(err, "packets: pipe");
		return -1;
	}
	pid = fork();
	if (pid < 0)
		error_errno(err, "packets: fork");
	if (pid == 0)
		compile(pcap, filter, pipes[1]);
	close(pipes[1]);
	is_done = pid > 0 && read_all(pipes[0], said);
	close(pipes[0]);
	if (pid < 0)
		return -1;
	if (!is_done)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (is_done && WIFEXITED(status) && said->len)
		return 0;
	error_set(err, E2BIG,
		  "packets: the filter takes more than %d s or %d MB "
		  "to compile: it is too complex",
		  SECONDS, MEMORY >> 20);
	return -1;
}

/* Sets the compiled filter. */
static int set(pcap_t *pcap, const char *filter, const struct buffer *said,
	       struct error *err)
{
	struct bpf_program code = { 0 };
	int result = 0;

	if (said->data[0] == IS_ERROR)
		return error_set(err, ERROR_SYNTAX,
				 "packets: filter '%.80s': %.*s", filter,
				 (int)said->len - 1, said->data + 1);
	code.bf_len = (unsigned)((said->len - 1) / sizeof(*code.bf_insns));
	code.bf_insns = malloc(said->len);
	if (!code.bf_insns)
		return error_set(err, ENOMEM, "packets: no memory");
	memcpy(code.bf_insns, said->data + 1, said->len - 1);
	if (pcap_setfilter(pcap, &code))
		result = error_set(err, EINVAL, "packets: %s",
				   pcap_geterr(pcap));
	free(code.bf_insns);
	return result;
}

int packets_filter(pcap_t *pcap, const char *filter, struct error *err)
{
	struct buffer said = { 0 };
	int result = run(pcap, filter, &said, err);

	if (!result)
		result = set(pcap, filter, &said, err);
	buffer_free(&said);
	return result;
}
