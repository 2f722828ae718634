/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a capture what readers of the field's tools expect?  A second reader,
 * written from doc/capture-format.md alone: of our code it has the table of
 * events only.  Reads a decompressed capture from standard input; each fault
 * is a line on standard error.
 *
 *	zstd -dc FILE.scap.zst | scapcheck [--compat]
 *
 * --compat: written for sysdig 0.29: fewer parameters, and no empty number.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/tables.h"

/* clang-format off */
enum { SECTION = 0x0A0D0D0A, MACHINE = 0x201, PROCESSES_V9 = 0x215,
       EVENT_V2 = 0x216, EVENT_FLAGS_V2 = 0x217, FDS_V2 = 0x218,
       INTERFACES_V2 = 0x219, USERS_V2 = 0x220, EVENT_V2_LARGE = 0x221,
       EVENT_FLAGS_V2_LARGE = 0x222, HEADER = 26, FAULTS_MAX = 20,
       SMALL_BLOCK_MAX = 65536 };
/* clang-format on */

static const uint32_t local_types = UINT32_C(1) << 31;

static struct {
	const uint8_t *data;
	size_t len, at; /* of the block that is looked at */
	uint64_t events;
	unsigned faults;
	bool compat;
} file;

static void fault(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

static void fault(const char *format, ...)
{
	va_list args;

	if (file.faults++ >= FAULTS_MAX)
		return;
	fprintf(stderr, "block at %zu, event %" PRIu64 ": ", file.at,
		file.events);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static uint64_t number(const uint8_t *at, unsigned len)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < len; i++)
		v |= (uint64_t)at[i] << (8 * i);
	return v;
}

/* Widths of the numbers, by type; 0: it is none. */
static unsigned width(unsigned type)
{
	switch (type) {
	case PT_INT8:
	case PT_UINT8:
	case PT_SIGTYPE:
	case PT_FLAGS8:
	case PT_ENUMFLAGS8:
	case PT_L4PROTO:
	case PT_SOCKFAMILY:
		return 1;
	case PT_INT16:
	case PT_UINT16:
	case PT_SYSCALLID:
	case PT_PORT:
	case PT_FLAGS16:
	case PT_ENUMFLAGS16:
		return 2;
	case PT_INT32:
	case PT_UINT32:
	case PT_BOOL:
	case PT_FLAGS32:
	case PT_ENUMFLAGS32:
	case PT_UID:
	case PT_GID:
	case PT_SIGSET:
	case PT_MODE:
	case PT_FD32:
	case PT_PID32:
	case PT_IPV4ADDR:
		return 4;
	case PT_INT64:
	case PT_UINT64:
	case PT_ERRNO:
	case PT_FD:
	case PT_PID:
	case PT_RELTIME:
	case PT_ABSTIME:
	case PT_DOUBLE:
		return 8;
	case PT_IPV6ADDR:
		return 16;
	default:
		return 0;
	}
}

/* What spoor may leave empty: "What spoor does not know". */
static bool may_be_empty(const struct event_kind *kind, const char *param)
{
	static const char *const measures[][2] = {
		{ "mmap", "vm_size vm_rss vm_swap" },
		{ "mmap2", "vm_size vm_rss vm_swap" },
		{ "munmap", "vm_size vm_rss vm_swap" },
		{ "brk", "vm_size vm_rss vm_swap" },
		{ "accept", "queuepct queuelen queuemax" },
		{ "accept4", "queuepct queuelen queuemax" },
	};

	for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++)
		if (!strcmp(kind->name, measures[i][0]) &&
		    strstr(measures[i][1], param))
			return !file.compat;
	return false;
}

/* One text, with its NUL; lists of texts hold several. */
static bool is_text(const struct param_kind *kind, const uint8_t *at,
		    size_t len)
{
	bool is_list = !strcmp(kind->name, "args") ||
		       !strcmp(kind->name, "env") ||
		       !strcmp(kind->name, "cgroups");

	if (at[len - 1])
		return false;
	return is_list || strnlen((const char *)at, len) == len - 1;
}

/* family, one end or both. */
static bool is_address(const uint8_t *at, size_t len, unsigned ends)
{
	enum { UNIX = 1, INET = 2, INET6 = 10 };
	size_t head = ends == 2 ? 17 : 1;

	switch (at[0]) {
	case UNIX:
		return len > head && !at[len - 1] &&
		       strnlen((const char *)at + head, len - head) ==
			       len - head - 1;
	case INET:
		return len == 1 + 6 * (size_t)ends;
	case INET6:
		return len == 1 + 18 * (size_t)ends;
	default:
		return false;
	}
}

static bool is_dyn(const struct param_kind *kind, const uint8_t *at, size_t len)
{
	unsigned want;

	if (at[0] >= kind->dyn_count)
		return false;
	want = width(kind->dyn[at[0]].type);
	return !want || len == 1 + want;
}

static bool is_of_type(const struct param_kind *kind, const uint8_t *at,
		       size_t len)
{
	unsigned want = width(kind->type);

	if (want || !len)
		return len == want || !len;
	switch (kind->type) {
	case PT_CHARBUF:
	case PT_FSPATH:
	case PT_FSRELPATH:
		return is_text(kind, at, len);
	case PT_SOCKADDR:
		return is_address(at, len, 1);
	case PT_SOCKTUPLE:
		return is_address(at, len, 2);
	case PT_FDLIST:
		return len >= 2 && len == 2 + 10 * number(at, 2);
	case PT_DYN:
		return is_dyn(kind, at, len);
	default:
		return true;
	}
}

static void check_param(const struct event_kind *event, unsigned i,
			const uint8_t *at, size_t len)
{
	const struct param_kind *kind = &event->params[i];

	if (!len && width(kind->type) && !may_be_empty(event, kind->name))
		fault("%s: number %s is empty", event->symbol, kind->name);
	else if (!is_of_type(kind, at, len))
		fault("%s: %s has %zu bytes, which its type has not",
		      event->symbol, kind->name, len);
}

static void check_params(const struct event_kind *kind, const uint8_t *event,
			 size_t len, unsigned count)
{
	unsigned wide = kind->flags & EF_LARGE_PAYLOAD ? 4 : 2;
	const uint8_t *lens = event + HEADER;
	size_t at = HEADER + (size_t)wide * count;

	if (count > kind->nparams || (count < kind->nparams && !file.compat))
		fault("%s has %u parameters, not %u", kind->symbol, count,
		      kind->nparams);
	for (unsigned i = 0; i < count && i < kind->nparams; i++) {
		size_t n = number(lens + (size_t)wide * i, wide);

		if (at + n > len) {
			fault("%s: %s leaves the event", kind->symbol,
			      kind->params[i].name);
			return;
		}
		check_param(kind, i, event + at, n);
		at += n;
	}
	if (at != len)
		fault("%s: parameters of %zu bytes in %zu", kind->symbol, at,
		      len);
}

static bool is_zero(const uint8_t *at, size_t len)
{
	while (len)
		if (at[--len])
			return false;
	return true;
}

static void check_event(uint32_t type, const uint8_t *body, size_t len)
{
	bool flags = type == EVENT_FLAGS_V2 || type == EVENT_FLAGS_V2_LARGE;
	bool large = type == EVENT_V2_LARGE || type == EVENT_FLAGS_V2_LARGE;
	size_t start = flags ? 6 : 2;
	const uint8_t *event = body + start;
	uint64_t event_len, code;

	file.events++;
	if (len < start + HEADER) {
		fault("no room for an event");
		return;
	}
	event_len = number(event + 16, 4);
	code = number(event + 20, 2);
	if (code >= EVENT_KIND_COUNT || event_len > len - start ||
	    event_len < HEADER + 2 * number(event + 22, 4)) {
		fault("code %" PRIu64 " of %" PRIu64 " bytes in %zu", code,
		      event_len, len);
		return;
	}
	if (large != !!(event_kinds[code].flags & EF_LARGE_PAYLOAD) ||
	    (!large && len + 4 > SMALL_BLOCK_MAX))
		fault("%s in a block of type %x with %zu bytes",
		      event_kinds[code].symbol, (unsigned)type, len);
	if (len - start - event_len > 3 ||
	    !is_zero(event + event_len, len - start - event_len))
		fault("more than padding behind the event");
	check_params(&event_kinds[code], event, event_len,
		     (unsigned)number(event + 22, 4));
}

/* Entries that begin with their length, until less than a length is left. */
static void check_list(const uint8_t *body, size_t len, size_t head,
		       bool counts_itself, size_t least)
{
	size_t at = head;

	while (at + 4 <= len) {
		size_t n = number(body + at, 4) + (counts_itself ? 0 : 4);

		if (n < least || n > len - at) {
			fault("entry of %zu bytes at %zu of %zu", n, at, len);
			return;
		}
		at += n;
	}
	if (!is_zero(body + at, len - at))
		fault("more than padding behind the list");
}

static void check_block(uint32_t type, const uint8_t *body, size_t len)
{
	switch (type) {
	case SECTION:
		if (len != 16 || number(body, 4) != 0x1A2B3C4D ||
		    number(body + 4, 2) != 1)
			fault("section head of %zu bytes", len);
		break;
	case MACHINE:
		if (len != 180)
			fault("machine of %zu bytes", len);
		break;
	case INTERFACES_V2:
		check_list(body, len, 0, false, 8);
		break;
	case USERS_V2:
		check_list(body, len, 0, true, 11);
		break;
	case PROCESSES_V9:
		check_list(body, len, 0, true, 150);
		break;
	case FDS_V2:
		check_list(body, len, 8, true, 21);
		break;
	case EVENT_V2:
	case EVENT_FLAGS_V2:
	case EVENT_V2_LARGE:
	case EVENT_FLAGS_V2_LARGE:
		check_event(type, body, len);
		return;
	default:
		/* For own use (pcapng): readers skip them at the start. */
		if (!(type & local_types)) {
			fault("block of type %x", (unsigned)type);
			return;
		}
		break;
	}
	if (file.events && type != SECTION && file.at)
		fault("block of type %x among events", (unsigned)type);
}

static void check_file(void)
{
	for (size_t n; file.at < file.len; file.at += n) {
		const uint8_t *block = file.data + file.at;
		size_t left = file.len - file.at;
		uint32_t type;

		n = left < 12 ? 0 : number(block + 4, 4);
		if (n < 12 || n % 4 || n > left ||
		    number(block + n - 4, 4) != n) {
			fault("block of %zu bytes with %zu left", n, left);
			return;
		}
		type = (uint32_t)number(block, 4);
		if (!file.at && type != SECTION)
			fault("begins with a block of type %x", (unsigned)type);
		if (type == SECTION)
			file.events = 0;
		check_block(type, block + 8, n - 12);
	}
	if (!file.events)
		fault("no events");
}

int main(int argc, char **argv)
{
	size_t room = 1 << 20;
	uint8_t *data = malloc(room);
	size_t n;

	file.compat = argc > 1 && !strcmp(argv[1], "--compat");
	while (data &&
	       (n = fread(data + file.len, 1, room - file.len, stdin)) > 0) {
		file.len += n;
		if (file.len == room)
			data = realloc(data, room *= 2);
	}
	if (!data)
		return 2;
	file.data = data;
	check_file();
	if (file.faults)
		fprintf(stderr, "%u faults\n", file.faults);
	free(data);
	return file.faults != 0;
}
