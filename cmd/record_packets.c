/* SPDX-License-Identifier: Apache-2.0 */
/* Recording of packets; see record_packets.h. */
#include "cmd/record_packets.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "capture/packets.h"
#include "cmd/cmd.h"

enum { NAME_LEN = 4096 };

void record_packets_name(const char *path, char *ret_name, size_t len)
{
	const char *slash = strrchr(path, '/');
	const char *end = strstr(slash ? slash : path, ".scap");
	const char *number = end ? end + strlen(".scap") : "";

	if (!strncmp(number, ".zst", 4))
		number += 4;
	snprintf(ret_name, len, "%.*s.pcapng.zst%s",
		 (int)(end ? (size_t)(end - path) : strlen(path)), path,
		 number);
}

int record_packets_start(struct recording *r, struct error *err)
{
	char path[NAME_LEN];
	const struct packets_options options = {
		.interface = r->interface,
		.filter = r->packet_filter,
		.path = path,
		.force = r->output_options.writer.force
	};

	if (!r->interface)
		return 0;
	if (output_is_stream(r->output))
		return error_set(err, EINVAL,
				 "%s: is not a regular file: packets cannot "
				 "be written beside it",
				 output_path(r->output));
	record_packets_name(output_path(r->output), path, sizeof(path));
	return packets_start(&r->packets, &options, err);
}

void record_packets_next(struct recording *r)
{
	char path[NAME_LEN];
	struct error err;

	if (!r->packets)
		return;
	record_packets_name(output_path(r->output), path, sizeof(path));
	if (packets_next(r->packets, path, &err))
		cmd_note("record", "%s; no more packets are recorded",
			 err.text);
}

int record_packets_stop(struct recording *r)
{
	struct packets_stats stats;
	struct error err;

	if (!r->packets)
		return EXIT_OK;
	if (packets_stop(r->packets, &stats, &err))
		return cmd_fail("record", &err);
	fprintf(stderr, "spoor record: %llu packets, %llu dropped\n",
		(unsigned long long)stats.packets,
		(unsigned long long)stats.dropped);
	return EXIT_OK;
}
