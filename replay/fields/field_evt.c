/* SPDX-License-Identifier: Apache-2.0 */
/* evt.*: the event itself: its time, type, class and result. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

static const uint64_t second_ns = 1000000000;

static bool get_num(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	return give_number(v, PT_UINT64, c->about.event->num);
}

/* Formats of evt.time and similar fields: values of `which'. */
enum clock { TIME, TIME_S, ISO, DATETIME, DATETIME_S };

/* evt.time and similar: the time as text. */
static bool get_clock(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	uint64_t ts = c->about.event->ts_ns;
	time_t seconds = (time_t)(ts / second_ns);
	unsigned ns = (unsigned)(ts % second_ns);
	enum clock clock = (enum clock)ref->field->which;
	struct tm tm;
	char text[64];
	size_t n;

	if (clock == ISO)
		gmtime_r(&seconds, &tm);
	else
		localtime_r(&seconds, &tm);
	n = strftime(text, sizeof(text),
		     clock == ISO	 ? "%Y-%m-%dT%H:%M:%S"
		     : clock >= DATETIME ? "%Y-%m-%d %H:%M:%S"
					 : "%H:%M:%S",
		     &tm);
	if (clock == TIME || clock == DATETIME)
		n += (size_t)snprintf(text + n, sizeof(text) - n, ".%09u", ns);
	else if (clock == ISO)
		n += (size_t)snprintf(text + n, sizeof(text) - n, ".%09u+0000",
				      ns);
	return give_text(v, arena_copy(c->scratch, text, n), n);
}

/* Numbers of time: which = base * 4 + part (0 all, 1 seconds, 2 ns). */
enum base { RAW, RELATIVE, DELTA };

/* evt.rawtime, evt.reltime, evt.deltatime and their parts. */
static bool get_time(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	uint64_t t = c->about.event->ts_ns;
	uint32_t which = ref->field->which;

	if (which / 4 == RELATIVE)
		t = t > c->first_ts_ns ? t - c->first_ts_ns : 0;
	else if (which / 4 == DELTA)
		t = t > c->previous_ts_ns ? t - c->previous_ts_ns : 0;
	if (which % 4)
		t = which % 4 == 1 ? t / second_ns : t % second_ns;
	return give_number(v, (enum param_type)ref->type, t);
}

static bool get_zero(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	(void)c;
	return give_number(v, (enum param_type)ref->type, 0);
}

static bool get_latency_human(const struct field_context *c,
			      const struct field_ref *ref, struct value *v)
{
	(void)c;
	(void)ref;
	return give_string(v, "0ns");
}

static bool get_source(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	(void)c;
	(void)ref;
	return give_string(v, "syscall");
}

static bool get_hostname(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	(void)ref;
	return c->hostname && give_string(v, c->hostname);
}

static bool is_async(const struct event *e)
{
	return event_kind(e)->category & EC_METAEVENT;
}

static bool get_is_async(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	(void)ref;
	return give_bool(v, is_async(c->about.event));
}

static bool get_asynctype(const struct field_context *c,
			  const struct field_ref *ref, struct value *v)
{
	const struct event *e = c->about.event;
	struct bytes name;

	(void)ref;
	if (!is_async(e))
		return false;
	if (e->code != PPME_ASYNCEVENT_E)
		return give_string(v, event_name(e));
	name = event_text(e, 1);
	return name.data && give_text(v, (const char *)name.data, name.len);
}

static bool get_dir(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	return give_string(v, event_is_exit(c->about.event) ? "<" : ">");
}

static bool get_type(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	if (c->about.event->code == PPME_ASYNCEVENT_E)
		return get_asynctype(c, ref, v);
	return give_string(v, event_name(c->about.event));
}

static bool get_type_is(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	char *end;
	unsigned long code = strtoul(ref->arg, &end, 10);

	if (*ref->arg && !*end)
		return give_number(v, PT_UINT32, code == c->about.event->code);
	return give_number(v, PT_UINT32,
			   !strcmp(ref->arg, event_name(c->about.event)));
}

static bool get_syscall_type(const struct field_context *c,
			     const struct field_ref *ref, struct value *v)
{
	if (!(event_kind(c->about.event)->category & EC_SYSCALL))
		return false;
	return get_type(c, ref, v);
}

static uint16_t class_of(const struct event *e)
{
	return event_kind(e)->category & (EC_SYSCALL - 1);
}

/* evt.category: the class of the event; I/O is classified by its descriptor. */
static bool get_category(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	static const char *const names[] = {
		"unknown", "other",   "file",	    "net",    "IPC",
		"memory",  "process", "sleep",	    "system", "signal",
		"user",	   "time",    "processing",
	};
	uint16_t class = class_of(c->about.event);
	const struct fd *fd = c->about.fd;
	bool net = fd && fd->type >= SCAP_FD_IPV4_SOCK &&
		   fd->type <= SCAP_FD_UNIX_SOCK && fd->type != SCAP_FD_FIFO;

	(void)ref;
	if (class == EC_IO_READ || class == EC_IO_WRITE || class == EC_IO_OTHER)
		return give_string(v, net ? "net" : fd ? "file" : "unknown");
	if (class == EC_WAIT)
		return give_string(v, "wait");
	if (class == EC_SCHEDULER)
		return give_string(v, "scheduler");
	if (class == EC_INTERNAL)
		return give_string(v, "internal");
	return give_string(v, class < sizeof(names) / sizeof(names[0])
				      ? names[class]
				      : "unknown");
}

static bool get_cpu(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	return give_number(v, PT_INT16, c->about.event->cpu);
}

/* evt.res: SUCCESS, or the name of the error. */
static bool get_res(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	const char *name;
	int64_t res;

	(void)ref;
	if (!event_result(c->about.event, &res))
		return false;
	if (res >= 0)
		return give_string(v, "SUCCESS");
	name = errno_name(res);
	return give_string(v, name ? name
				   : arena_printf(c->scratch, "%" PRId64, res));
}

static bool get_rawres(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	int64_t res;

	(void)ref;
	return event_result(c->about.event, &res) &&
	       give_number(v, PT_INT64, (uint64_t)res);
}

static bool get_failed(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	int64_t res;

	(void)ref;
	return event_result(c->about.event, &res) && give_bool(v, res < 0);
}

/* which: event flags, one of which must be set. */
static bool get_event_flag(const struct field_context *c,
			   const struct field_ref *ref, struct value *v)
{
	return give_bool(v,
			 event_kind(c->about.event)->flags & ref->field->which);
}

static bool get_io_dir(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	uint16_t flags = event_kind(c->about.event)->flags;

	(void)ref;
	if (flags & EF_WRITES_TO_FD)
		return give_string(v, "write");
	return flags & EF_READS_FROM_FD && give_string(v, "read");
}

static bool get_is_syslog(const struct field_context *c,
			  const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;
	bool writes = event_kind(c->about.event)->flags & EF_WRITES_TO_FD;

	(void)ref;
	return give_bool(v, writes && fd && strstr(fd->name.data, "/dev/log"));
}

/* Counters: values of `which'. */
/* clang-format off */
enum counter { ALL, ERRORS, FILE_ERRORS, NET_ERRORS, MEMORY_ERRORS,
	       OTHER_ERRORS, EXITS, PROCINFO, THREADINFO };
/* clang-format on */

static bool is_net(const struct field_context *c)
{
	const struct fd *fd = c->about.fd;
	uint16_t code = c->about.event->code;

	if (fd)
		return (fd->type >= SCAP_FD_IPV4_SOCK &&
			fd->type <= SCAP_FD_IPV6_SERVSOCK) ||
		       fd->type == SCAP_FD_UNIX_SOCK;
	return code == PPME_SOCKET_ACCEPT_5_X ||
	       code == PPME_SOCKET_ACCEPT4_6_X || code == PPME_SOCKET_CONNECT_X;
}

static bool is_file(const struct field_context *c)
{
	const struct fd *fd = c->about.fd;

	if (fd)
		return fd_type_char(fd->type) == 'f' ||
		       fd->type == SCAP_FD_DIRECTORY;
	return event_is_open(c->about.event, NULL, NULL);
}

/* Does this counter of errors count the event? */
static bool is_counted(const struct field_context *c, enum counter counter)
{
	bool is_memory = class_of(c->about.event) == EC_MEMORY;

	switch (counter) {
	case FILE_ERRORS:
		return is_file(c);
	case NET_ERRORS:
		return is_net(c);
	case MEMORY_ERRORS:
		return is_memory;
	case OTHER_ERRORS:
		return !is_file(c) && !is_net(c) && (c->about.fd || !is_memory);
	default:
		return true;
	}
}

static bool get_error_count(const struct field_context *c,
			    const struct field_ref *ref, struct value *v)
{
	int64_t res;

	return is_counted(c, (enum counter)ref->field->which) &&
	       event_result(c->about.event, &res) &&
	       give_number(v, PT_UINT32, res < 0);
}

/* evt.count and similar: 1 if the counter counts this event. */
static bool get_count(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct event *e = c->about.event;
	const struct thread *t = c->about.thread;
	bool is_info = e->code == PPME_PROCINFO_E;

	switch (ref->field->which) {
	case EXITS:
		return event_is_exit(e) && give_number(v, PT_UINT32, 1);
	case PROCINFO:
		is_info = is_info && t && thread_main(c->state, t) == t;
		return give_number(v, PT_UINT32, is_info);
	case THREADINFO:
		return give_number(v, PT_UINT32, is_info);
	default:
		return give_number(v, PT_UINT32, 1);
	}
}

#define ROW(n, t, f, g, w, h)                                        \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .help = (h)                                                        \
 }
static struct text trimmed(const char *at, const char *end)
{
	while (at < end && *at == ' ')
		at++;
	while (end > at && end[-1] == ' ')
		end--;
	return (struct text){ at, (uint32_t)(end - at) };
}

/*
 * The description of an old Docker event is "Event: start; ID: ...; ...";
 * which: the part.  Ids are shortened.
 */
static bool get_docker(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	static const char *const parts[] = { "Event", "ID", "Name", "Image" };
	const char *name = parts[ref->field->which];
	struct bytes all = event_text(c->about.event, 2);
	const char *at = (const char *)all.data, *end, *stop;

	if (c->about.event->code != PPME_INFRASTRUCTURE_EVENT_E || !all.len)
		return false;
	end = at + all.len;
	for (; at < end; at = stop + 1) {
		struct text part, value;
		const char *colon;

		stop = memchr(at, ';', (size_t)(end - at));
		stop = stop ? stop : end;
		part = trimmed(at, stop);
		colon = memchr(part.data, ':', part.len);
		if (!colon || strncmp(part.data, name, strlen(name)) != 0)
			continue;
		value = trimmed(colon + 1, stop);
		if (!strcmp(name, "ID") && value.len > 12)
			value.len = 12;
		return give_text(v, value.data, value.len);
	}
	return false;
}

#define FLAG(n, t, f, g, w, fl, h)                                   \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .flags = (fl), .help = (h)                                         \
 }

/* Fields that depend on the event alone. */
#define ALONE(n, t, f, g, w, h) FLAG(n, t, f, g, w, FIELD_STATELESS, h)

/* clang-format off */
const struct field fields_evt[] = {
ALONE("evt.num", PT_UINT64, PF_ID, get_num, 0, "number of the event, from 1"),
ALONE("evt.time", PT_CHARBUF, PF_NA, get_clock, TIME,
    "local time with nanoseconds"),
ROW("evt.time.s", PT_CHARBUF, PF_NA, get_clock, TIME_S,
    "local time, whole seconds"),
ALONE("evt.time.iso8601", PT_CHARBUF, PF_NA, get_clock, ISO,
    "date and time in UTC, with nanoseconds"),
ROW("evt.datetime", PT_CHARBUF, PF_NA, get_clock, DATETIME,
    "local date and time with nanoseconds"),
ROW("evt.datetime.s", PT_CHARBUF, PF_NA, get_clock, DATETIME_S,
    "local date and time, whole seconds"),
ALONE("evt.rawtime", PT_ABSTIME, PF_DEC, get_time, RAW * 4,
    "nanoseconds since the epoch"),
ALONE("evt.rawtime.s", PT_ABSTIME, PF_DEC, get_time, RAW * 4 + 1,
    "seconds since the epoch"),
ALONE("evt.rawtime.ns", PT_ABSTIME, PF_10_PADDED_DEC, get_time, RAW * 4 + 2,
    "nanoseconds of the second"),
ROW("evt.reltime", PT_RELTIME, PF_10_PADDED_DEC, get_time, RELATIVE * 4,
    "nanoseconds since the first event"),
ROW("evt.reltime.s", PT_RELTIME, PF_DEC, get_time, RELATIVE * 4 + 1,
    "seconds since the first event"),
ROW("evt.reltime.ns", PT_RELTIME, PF_10_PADDED_DEC, get_time, RELATIVE * 4 + 2,
    "nanoseconds of that second"),
ROW("evt.pluginname", PT_CHARBUF, PF_NA, get_absent, 0,
    "plugin that made the event"),
ROW("evt.plugininfo", PT_CHARBUF, PF_NA, get_absent, 0,
    "what the plugin says of the event"),
ROW("evt.source", PT_CHARBUF, PF_NA, get_source, 0,
    "source of the event: syscall"),
ROW("evt.is_async", PT_BOOL, PF_NA, get_is_async, 0,
    "an asynchronous (meta) event"),
ROW("evt.asynctype", PT_CHARBUF, PF_NA, get_asynctype, 0,
    "name of the asynchronous event"),
ROW("evt.hostname", PT_CHARBUF, PF_NA, get_hostname, 0, "name of the machine"),
FLAG("evt.latency", PT_RELTIME, PF_DEC, get_zero, 0, FIELD_DEPRECATED,
    "deprecated: 0"),
FLAG("evt.latency.s", PT_RELTIME, PF_DEC, get_zero, 0, FIELD_DEPRECATED,
    "deprecated: 0"),
FLAG("evt.latency.ns", PT_RELTIME, PF_10_PADDED_DEC, get_zero, 0,
    FIELD_DEPRECATED, "deprecated: 0"),
FLAG("evt.latency.quantized", PT_UINT64, PF_DEC, get_zero, 0,
    FIELD_TABLE_ONLY | FIELD_DEPRECATED, "deprecated: 0"),
FLAG("evt.latency.human", PT_CHARBUF, PF_NA, get_latency_human, 0,
    FIELD_DEPRECATED, "deprecated: 0ns"),
ROW("evt.deltatime", PT_RELTIME, PF_DEC, get_time, DELTA * 4,
    "nanoseconds since the event before"),
ROW("evt.deltatime.s", PT_RELTIME, PF_DEC, get_time, DELTA * 4 + 1,
    "seconds since the event before"),
ROW("evt.deltatime.ns", PT_RELTIME, PF_10_PADDED_DEC, get_time, DELTA * 4 + 2,
    "nanoseconds of that second"),
FLAG("evt.outputtime", PT_CHARBUF, PF_NA, get_clock, TIME, FIELD_PRINT_ONLY,
    "time as the output is set to show it"),
FLAG("evt.dir", PT_CHARBUF, PF_DIR, get_dir, 0, FIELD_DEPRECATED,
    "deprecated: < leaving a call, > entering it"),
ALONE("evt.type", PT_CHARBUF, PF_NA, get_type, 0,
    "name of the event or system call"),
FLAG("evt.type.is", PT_UINT32, PF_NA, get_type_is, 0,
    FIELD_ARG_REQUIRED | FIELD_ARG_NAME,
    "1 if the event is of the type: evt.type.is.open"),
ROW("syscall.type", PT_CHARBUF, PF_NA, get_syscall_type, 0,
    "name of the system call"),
ROW("evt.category", PT_CHARBUF, PF_NA, get_category, 0,
    "file, net, process, memory ..."),
ALONE("evt.cpu", PT_INT16, PF_ID, get_cpu, 0, "CPU on which it happened"),
ALONE("evt.res", PT_CHARBUF, PF_DEC, get_res, 0,
    "SUCCESS or the name of the error"),
ALONE("evt.rawres", PT_INT64, PF_DEC, get_rawres, 0, "return value"),
ALONE("evt.failed", PT_BOOL, PF_NA, get_failed, 0,
    "the call returned an error"),
ROW("evt.is_io", PT_BOOL, PF_NA, get_event_flag,
    EF_READS_FROM_FD | EF_WRITES_TO_FD, "reads from or writes to an fd"),
ROW("evt.is_io_read", PT_BOOL, PF_NA, get_event_flag, EF_READS_FROM_FD,
    "reads from an fd"),
ROW("evt.is_io_write", PT_BOOL, PF_NA, get_event_flag, EF_WRITES_TO_FD,
    "writes to an fd"),
ROW("evt.io_dir", PT_CHARBUF, PF_NA, get_io_dir, 0, "read or write"),
ROW("evt.is_wait", PT_BOOL, PF_NA, get_event_flag, EF_WAITS,
    "waits for something"),
FLAG("evt.wait_latency", PT_RELTIME, PF_DEC, get_zero, 0, FIELD_DEPRECATED,
    "deprecated: 0"),
ROW("evt.is_syslog", PT_BOOL, PF_NA, get_is_syslog, 0, "writes to /dev/log"),
ROW("evt.count", PT_UINT32, PF_DEC, get_count, ALL, "1"),
ROW("evt.count.error", PT_UINT32, PF_DEC, get_error_count, ERRORS,
    "1 if the call failed, else 0"),
ROW("evt.count.error.file", PT_UINT32, PF_DEC, get_error_count, FILE_ERRORS,
    "of a file call: 1 if it failed, else 0"),
ROW("evt.count.error.net", PT_UINT32, PF_DEC, get_error_count, NET_ERRORS,
    "1 if a network call failed"),
ROW("evt.count.error.memory", PT_UINT32, PF_DEC, get_error_count, MEMORY_ERRORS,
    "of a memory call: 1 if it failed, else 0"),
ROW("evt.count.error.other", PT_UINT32, PF_DEC, get_error_count, OTHER_ERRORS,
    "of another call: 1 if it failed, else 0"),
ROW("evt.count.exit", PT_UINT32, PF_DEC, get_count, EXITS,
    "1 if it is the end of a call"),
FLAG("evt.count.procinfo", PT_UINT32, PF_DEC, get_count, PROCINFO,
    FIELD_TABLE_ONLY, "1 for procinfo events of main threads"),
FLAG("evt.count.threadinfo", PT_UINT32, PF_DEC, get_count, THREADINFO,
    FIELD_TABLE_ONLY, "1 for procinfo events"),
FLAG("evt.infra.docker.name", PT_CHARBUF, PF_NA, get_docker, 0,
    FIELD_TABLE_ONLY, "name of an old Docker event"),
FLAG("evt.infra.docker.container.id", PT_CHARBUF, PF_NA, get_docker, 1,
    FIELD_TABLE_ONLY, "container id of an old Docker event"),
FLAG("evt.infra.docker.container.name", PT_CHARBUF, PF_NA, get_docker, 2,
    FIELD_TABLE_ONLY, "container name of an old Docker event"),
FLAG("evt.infra.docker.container.image", PT_CHARBUF, PF_NA, get_docker, 3,
    FIELD_TABLE_ONLY, "image of an old Docker event"),
{ .name = NULL },
};
/* clang-format on */
