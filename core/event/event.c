/* SPDX-License-Identifier: Apache-2.0 */
/* Typed access to the parameters of an event; see event.h. */
#include "core/event/event.h"

#include <string.h>

/* clang-format off */
static const uint8_t type_lens[PT_COUNT] = {
	[PT_INT8] = 1, [PT_INT16] = 2, [PT_INT32] = 4, [PT_INT64] = 8,
	[PT_UINT8] = 1, [PT_UINT16] = 2, [PT_UINT32] = 4, [PT_UINT64] = 8,
	[PT_ERRNO] = 8, [PT_FD] = 8, [PT_PID] = 8, [PT_SYSCALLID] = 2,
	[PT_SIGTYPE] = 1, [PT_RELTIME] = 8, [PT_ABSTIME] = 8, [PT_PORT] = 2,
	[PT_L4PROTO] = 1, [PT_SOCKFAMILY] = 1, [PT_BOOL] = 4,
	[PT_IPV4ADDR] = 4, [PT_FLAGS8] = 1, [PT_FLAGS16] = 2,
	[PT_FLAGS32] = 4, [PT_UID] = 4, [PT_GID] = 4, [PT_DOUBLE] = 8,
	[PT_SIGSET] = 4, [PT_MODE] = 4, [PT_ENUMFLAGS8] = 1,
	[PT_ENUMFLAGS16] = 2, [PT_ENUMFLAGS32] = 4, [PT_FD32] = 4,
	[PT_PID32] = 4, [PT_IPV6ADDR] = 16,
};
/* clang-format on */

unsigned param_type_len(enum param_type type)
{
	return type_lens[type];
}

bool param_type_is_signed(enum param_type type)
{
	switch (type) {
	case PT_INT8:
	case PT_INT16:
	case PT_INT32:
	case PT_INT64:
	case PT_ERRNO:
	case PT_FD:
	case PT_PID:
	case PT_FD32:
	case PT_PID32:
		return true;
	default:
		return false;
	}
}

int64_t param_int(enum param_type type, struct bytes p, int64_t fallback)
{
	unsigned len = type_lens[type];

	if (!len || p.len < len)
		return fallback;
	switch (len) {
	case 1:
		return param_type_is_signed(type) ? (int8_t)p.data[0]
						  : p.data[0];
	case 2:
		return param_type_is_signed(type) ? (int16_t)load_u16(p.data)
						  : load_u16(p.data);
	case 4:
		return param_type_is_signed(type) ? (int32_t)load_u32(p.data)
						  : (int64_t)load_u32(p.data);
	case 8:
		return (int64_t)load_u64(p.data);
	default:
		return fallback;
	}
}

int64_t event_int(const struct event *event, unsigned i, int64_t fallback)
{
	const struct event_kind *kind = event_kind(event);

	if (i >= kind->nparams)
		return fallback;
	return param_int((enum param_type)kind->params[i].type,
			 event_param(event, i), fallback);
}

bool event_result(const struct event *event, int64_t *ret_result)
{
	const struct event_kind *kind = event_kind(event);
	struct bytes p = event_param(event, 0);

	if (!event_is_exit(event) || !kind->nparams ||
	    event->code == PPME_GENERIC_X || !(kind->category & EC_SYSCALL))
		return false;
	if (p.len == 4)
		*ret_result = (int32_t)load_u32(p.data);
	else if (p.len == 8)
		*ret_result = (int64_t)load_u64(p.data);
	else
		return false;
	return true;
}

struct bytes event_text(const struct event *event, unsigned i)
{
	struct bytes p = event_param(event, i);

	if (!p.len)
		return (struct bytes){ NULL, 0 };
	p.len = strnlen((const char *)p.data, p.len);
	return p;
}

int event_code_find(const char *symbol)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		if (!strcmp(event_kinds[i].symbol, symbol))
			return i;
	return -1;
}

/* The name of a native x86-64 number, for GENERIC events without a code. */
static const char *native_name(int64_t nr)
{
	for (int i = 1; i < PPM_SC_COUNT; i++)
		if (ppm_scs[i].x86_64_nr == nr)
			return ppm_scs[i].name;
	return ppm_scs[0].name;
}

const char *event_name(const struct event *event)
{
	int64_t sc;

	if (event->code != PPME_GENERIC_X && event->code != PPME_GENERIC_E)
		return event_kind(event)->name;
	sc = event_int(event, 0, 0);
	if (sc > 0 && sc < PPM_SC_COUNT)
		return ppm_scs[sc].name;
	return native_name(event_int(event, 1, -1));
}

struct meta_thread meta_thread_unknown(void)
{
	return (struct meta_thread){
		.process = {
			.tid = -1,
			.pid = -1,
			.ptid = -1,
			.sid = -1,
			.vpgid = -1,
			.pgid = -1,
			.vtid = -1,
			.vpid = -1,
			.uid = 0xffffffff,
			.gid = 0xffffffff,
			.loginuid = 0xffffffff,
		},
	};
}
