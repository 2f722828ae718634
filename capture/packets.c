/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The packet recorder: libpcap -> pcapng blocks -> zstd frames, in a thread of
 * its own.  A frame is closed every second, so that a crash loses no more.
 * pcapng: draft-ietf-opsawg-pcapng (SHB, IDB, EPB, ISB); times are
 * CLOCK_REALTIME, as those of the events.
 */
#include "capture/packets.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include "capture/packets_filter.h"
#include "core/arena.h"
#include "core/bytes.h"
#include "core/newfile.h"

/* clang-format off */
enum {
	BLOCK_SHB = 0x0A0D0D0A, BLOCK_IDB = 1, BLOCK_ISB = 5, BLOCK_EPB = 6,
	OPT_IF_NAME = 2, OPT_IF_TSRESOL = 9,
	OPT_ISB_RECV = 4, OPT_ISB_DROP = 5,
	FRAME_LEN = 1024 * 1024, KERNEL_BUFFER = 16 * 1024 * 1024,
	SNAPLEN = 262144, POLL_MS = 200, BLOCK_MS = 50, FLUSH_S = 1, LEVEL = 3
};
/* clang-format on */

struct packets {
	struct packets_options options;
	pcap_t *pcap;
	ZSTD_CCtx *zstd;
	pthread_t thread;
	bool started;
	atomic_bool stop;
	atomic_ullong packets, bytes, dropped;
	pthread_mutex_t lock; /* of all below, and for the use of pcap */
	struct newfile file;
	struct packets_stats before; /* of the files before this one */
	time_t flushed;
	struct buffer frame;  /* blocks not yet on disk */
	struct buffer packed; /* their compressed form */
	struct error failure; /* text empty: none; else nothing is recorded */
};

/* Adds an option to a block. */
static void put_option(struct buffer *b, uint16_t code, const void *data,
		       size_t len)
{
	static const uint8_t zero[4];

	buffer_u16(b, code);
	buffer_u16(b, (uint16_t)len);
	buffer_put(b, data, len);
	buffer_put(b, zero, -len & 3);
}

/* Starts a block; returns where its length must be put by end_block. */
static size_t begin_block(struct buffer *b, uint32_t type)
{
	size_t at = b->len;

	buffer_u32(b, type);
	buffer_u32(b, 0);
	return at;
}

static void end_block(struct buffer *b, size_t at)
{
	uint32_t len = (uint32_t)(b->len - at) + 4;

	buffer_u32(b, len);
	memcpy(b->data + at + 4, &len, sizeof(len));
}

/* Begins a file: section header and interface description. */
static void put_header(struct packets *p)
{
	const char *interface = p->options.interface;
	struct buffer *b = &p->frame;
	uint8_t nanoseconds = 9;
	size_t at = begin_block(b, BLOCK_SHB);

	buffer_u32(b, 0x1A2B3C4D);
	buffer_u16(b, 1);
	buffer_u16(b, 0);
	buffer_u64(b, UINT64_MAX);
	end_block(b, at);
	at = begin_block(b, BLOCK_IDB);
	buffer_u16(b, (uint16_t)pcap_datalink(p->pcap));
	buffer_u16(b, 0);
	buffer_u32(b, (uint32_t)pcap_snapshot(p->pcap));
	put_option(b, OPT_IF_NAME, interface, strlen(interface));
	put_option(b, OPT_IF_TSRESOL, &nanoseconds, 1);
	buffer_u32(b, 0);
	end_block(b, at);
}

/* The statistics block of a file. */
static void put_statistics(struct packets *p)
{
	struct buffer *b = &p->frame;
	uint64_t received = p->packets - p->before.packets;
	uint64_t dropped = p->dropped - p->before.dropped;
	struct timespec now;
	uint64_t ns;
	size_t at = begin_block(b, BLOCK_ISB);

	clock_gettime(CLOCK_REALTIME, &now);
	ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
	buffer_u32(b, 0);
	buffer_u32(b, (uint32_t)(ns >> 32));
	buffer_u32(b, (uint32_t)ns);
	put_option(b, OPT_ISB_RECV, &received, sizeof(received));
	put_option(b, OPT_ISB_DROP, &dropped, sizeof(dropped));
	buffer_u32(b, 0);
	end_block(b, at);
}

/* A packet has come (pcap_dispatch): adds its block. */
static void on_packet(u_char *user, const struct pcap_pkthdr *h,
		      const u_char *data)
{
	static const uint8_t zero[4];
	struct packets *p = (struct packets *)(void *)user;
	struct buffer *b = &p->frame;
	/* With nanosecond precision tv_usec holds nanoseconds: pcap(3). */
	uint64_t ns =
		(uint64_t)h->ts.tv_sec * 1000000000u + (uint64_t)h->ts.tv_usec;
	size_t at = begin_block(b, BLOCK_EPB);

	buffer_u32(b, 0);
	buffer_u32(b, (uint32_t)(ns >> 32));
	buffer_u32(b, (uint32_t)ns);
	buffer_u32(b, h->caplen);
	buffer_u32(b, h->len);
	buffer_put(b, data, h->caplen);
	buffer_put(b, zero, -h->caplen & 3);
	end_block(b, at);
	p->packets++;
	p->bytes += h->len;
}

/* Writes all bytes: 0 or -1. */
static int write_all(int file, const uint8_t *data, size_t len)
{
	while (len) {
		ssize_t n = write(file, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Puts the blocks gathered so far on disk as one zstd frame. */
static int flush(struct packets *p, struct error *err)
{
	size_t bound = ZSTD_compressBound(p->frame.len);
	size_t len;

	p->flushed = time(NULL);
	if (!p->frame.len)
		return 0;
	p->packed.len = 0;
	len = ZSTD_compressCCtx(p->zstd, buffer_reserve(&p->packed, bound),
				bound, p->frame.data, p->frame.len, LEVEL);
	if (ZSTD_isError(len))
		return error_set(err, EIO, "packets: zstd: %s",
				 ZSTD_getErrorName(len));
	p->frame.len = 0;
	if (write_all(p->file.fd, p->packed.data, len))
		return error_errno(err, "packets: write");
	return 0;
}

static void count_drops(struct packets *p)
{
	struct pcap_stat stat;

	if (pcap_stats(p->pcap, &stat) == 0)
		p->dropped = (uint64_t)stat.ps_drop + stat.ps_ifdrop;
}

/* Takes the packets that the kernel has; flushes after a second, or when there
 * are many. */
static int take(struct packets *p, struct error *err)
{
	if (pcap_dispatch(p->pcap, 1024, on_packet, (u_char *)p) == PCAP_ERROR)
		return error_set(err, EIO, "packets: %s", pcap_geterr(p->pcap));
	if (p->frame.len < FRAME_LEN && time(NULL) < p->flushed + FLUSH_S)
		return 0;
	count_drops(p);
	return flush(p, err);
}

/* The thread.  poll(2) waits: libpcap's own time-out does not end a wait on an
 * idle device. */
static void *run(void *user)
{
	struct packets *p = user;
	struct pollfd fd = { .fd = pcap_get_selectable_fd(p->pcap),
			     .events = POLLIN };
	bool failed = false;

	while (!p->stop && !failed) {
		poll(&fd, 1, POLL_MS);
		pthread_mutex_lock(&p->lock);
		failed = p->failure.text[0] || take(p, &p->failure);
		pthread_mutex_unlock(&p->lock);
	}
	return NULL;
}

/* Opens and activates libpcap on the interface. */
static int open_interface(struct packets *p, const struct packets_options *o,
			  struct error *err)
{
	char text[PCAP_ERRBUF_SIZE];
	int code;

	p->pcap = pcap_create(o->interface, text);
	if (!p->pcap)
		return error_set(err, EINVAL, "packets: %s", text);
	pcap_set_snaplen(p->pcap, o->snaplen ? (int)o->snaplen : SNAPLEN);
	pcap_set_promisc(p->pcap, 0);
	pcap_set_timeout(p->pcap, BLOCK_MS);
	pcap_set_buffer_size(p->pcap, KERNEL_BUFFER);
	pcap_set_tstamp_precision(p->pcap, PCAP_TSTAMP_PRECISION_NANO);
	code = pcap_activate(p->pcap);
	if (code < 0)
		return error_set(err, EINVAL, "packets: %s: %s (%s)",
				 o->interface, pcap_statustostr(code),
				 pcap_geterr(p->pcap));
	if (pcap_get_tstamp_precision(p->pcap) != PCAP_TSTAMP_PRECISION_NANO)
		return error_set(err, ENOTSUP,
				 "packets: %s has no nanosecond clock",
				 o->interface);
	if (o->filter && packets_filter(p->pcap, o->filter, err))
		return -1;
	if (pcap_setnonblock(p->pcap, 1, text))
		return error_set(err, EINVAL, "packets: %s", text);
	return 0;
}

/* Frees all but the thread. */
static void packets_free(struct packets *p)
{
	if (p->pcap)
		pcap_close(p->pcap);
	ZSTD_freeCCtx(p->zstd);
	buffer_free(&p->frame);
	buffer_free(&p->packed);
	newfile_close(&p->file);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

static struct packets_stats stats_of(const struct packets *p)
{
	return (struct packets_stats){ .packets = p->packets,
				       .bytes = p->bytes,
				       .dropped = p->dropped };
}

/* Makes a file and its header. */
static int begin_file(struct packets *p, const char *path, struct error *err)
{
	unsigned flags = NEWFILE_GROWS | (p->options.force ? NEWFILE_FORCE : 0);

	if (newfile_open(&p->file, path, flags, err))
		return -1;
	p->before = stats_of(p);
	put_header(p);
	return flush(p, err);
}

/* Ends a file: packets that the kernel still holds belong to it. */
static int end_file(struct packets *p, struct error *err)
{
	pcap_dispatch(p->pcap, -1, on_packet, (u_char *)p);
	count_drops(p);
	put_statistics(p);
	if (flush(p, err))
		return -1;
	return newfile_finish(&p->file, err);
}

/* Opens the interface and the first file. */
static int start(struct packets *p, struct error *err)
{
	if (open_interface(p, &p->options, err) ||
	    begin_file(p, p->options.path, err))
		return -1;
	if (pthread_create(&p->thread, NULL, run, p))
		return error_errno(err, "packets: thread");
	p->started = true;
	p->options.path = NULL; /* the caller's */
	return 0;
}

int packets_start(struct packets **ret_packets,
		  const struct packets_options *options, struct error *err)
{
	struct packets *p = mem_zalloc(sizeof(*p));

	p->options = *options;
	p->file.fd = -1;
	pthread_mutex_init(&p->lock, NULL);
	p->zstd = ZSTD_createCCtx();
	if (!p->zstd || start(p, err)) {
		packets_free(p);
		return -1;
	}
	*ret_packets = p;
	return 0;
}

static void stop_thread(struct packets *packets)
{
	packets->stop = true;
	if (packets->started)
		pthread_join(packets->thread, NULL);
}

int packets_next(struct packets *p, const char *path, struct error *err)
{
	int result = 0;

	pthread_mutex_lock(&p->lock);
	if (!p->failure.text[0] &&
	    (end_file(p, &p->failure) || begin_file(p, path, &p->failure))) {
		*err = p->failure;
		result = -1;
	}
	pthread_mutex_unlock(&p->lock);
	return result;
}

int packets_stop(struct packets *packets, struct packets_stats *ret_stats,
		 struct error *err)
{
	int result = 0;

	/*
	 * The kernel hands over packets by the block: when one is full, or its
	 * timer has come by twice since the first packet.
	 */
	usleep(2 * BLOCK_MS * 1000);
	stop_thread(packets);
	if (packets->failure.text[0]) {
		*err = packets->failure;
		result = -1;
	} else {
		result = end_file(packets, err);
	}
	*ret_stats = stats_of(packets);
	packets_free(packets);
	return result;
}

void packets_discard(struct packets *packets)
{
	if (!packets)
		return;
	stop_thread(packets);
	newfile_discard(&packets->file);
	packets_free(packets);
}
