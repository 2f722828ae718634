/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of the capture dialect: every event code with its parameters,
 * the names of flag bits, the upgrade rules for old events and the syscall
 * codes.  Their rows are generated (core/event/generate.sh) from the
 * reference TSV files; nothing else in the tree lists event types.
 */
#ifndef SPOOR_CORE_EVENT_TABLES_H
#define SPOOR_CORE_EVENT_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/event/event_codes.h"
#include "core/event/flag_names.h"

enum { EVENT_PARAMS_MAX = 32, PPM_SC_COUNT = 454 };

/* Parameter and field types; numbers as in the capture format. */
/* clang-format off */
enum param_type {
	PT_NONE = 0, PT_INT8, PT_INT16, PT_INT32, PT_INT64, PT_UINT8,
	PT_UINT16, PT_UINT32, PT_UINT64, PT_CHARBUF, PT_BYTEBUF, PT_ERRNO,
	PT_SOCKADDR, PT_SOCKTUPLE, PT_FD, PT_PID, PT_FDLIST, PT_FSPATH,
	PT_SYSCALLID, PT_SIGTYPE, PT_RELTIME, PT_ABSTIME, PT_PORT,
	PT_L4PROTO, PT_SOCKFAMILY, PT_BOOL, PT_IPV4ADDR, PT_DYN, PT_FLAGS8,
	PT_FLAGS16, PT_FLAGS32, PT_UID, PT_GID, PT_DOUBLE, PT_SIGSET,
	PT_CHARBUFARRAY, PT_PAIR_ARRAY, PT_IPV4NET, PT_IPV6ADDR, PT_IPV6NET,
	PT_IPADDR, PT_IPNET, PT_MODE, PT_FSRELPATH, PT_ENUMFLAGS8,
	PT_ENUMFLAGS16, PT_ENUMFLAGS32, PT_FD32, PT_PID32, PT_COUNT
};
/* clang-format on */

/* How a number is printed. */
/* clang-format off */
enum print_format {
	PF_NA = 0, PF_DEC, PF_HEX, PF_OCT, PF_ID, PF_DIR, PF_10_PADDED_DEC
};
/* clang-format on */

struct param_kind {
	const char *name;
	uint8_t type;	     /* enum param_type */
	uint8_t format;	     /* enum print_format */
	uint8_t dirfd_param; /* FSRELPATH: 1 + index of its dirfd, else 0 */
	uint8_t dyn_count;   /* DYN: number of alternatives */
	const struct flag_name *flags; /* FLAGS, ENUMFLAGS, MODE: may be NULL */
	const struct param_kind *dyn;
};

/* Bits of event_kind.flags, as in the capture dialect. */
enum event_flag {
	EF_CREATES_FD = 1 << 0,
	EF_DESTROYS_FD = 1 << 1,
	EF_USES_FD = 1 << 2,
	EF_READS_FROM_FD = 1 << 3,
	EF_WRITES_TO_FD = 1 << 4,
	EF_MODIFIES_STATE = 1 << 5,
	EF_UNUSED = 1 << 6,
	EF_WAITS = 1 << 7,
	EF_SKIPPARSERESET = 1 << 8,
	EF_OLD_VERSION = 1 << 9,
	EF_LARGE_PAYLOAD = 1 << 11,
	EF_CONVERTER_MANAGED = 1 << 12,
};

/* event_kind.category: a class in the low bits and an origin bit. */
/* clang-format off */
enum event_category {
	EC_UNKNOWN = 0, EC_OTHER = 1, EC_FILE = 2, EC_NET = 3, EC_IPC = 4,
	EC_MEMORY = 5, EC_PROCESS = 6, EC_SLEEP = 7, EC_SYSTEM = 8,
	EC_SIGNAL = 9, EC_USER = 10, EC_TIME = 11, EC_PROCESSING = 12,
	EC_IO_BASE = 32, EC_IO_READ = 32, EC_IO_WRITE = 33, EC_IO_OTHER = 34,
	EC_WAIT = 64, EC_SCHEDULER = 128, EC_INTERNAL = 256,
	EC_SYSCALL = 512, EC_TRACEPOINT = 1024, EC_PLUGIN = 2048,
	EC_METAEVENT = 4096, EC_ITER = 8192
};
/* clang-format on */

struct event_kind {
	const char *symbol; /* PPME_SYSCALL_OPEN_X */
	const char *name;   /* open; "NA" for unused codes */
	uint16_t category;
	uint16_t flags;
	uint8_t nparams;
	const struct param_kind *params;
};

extern const struct event_kind event_kinds[EVENT_KIND_COUNT];

/* The syscall codes of the capture dialect, stable numbers; [0] is unknown. */
struct ppm_sc {
	const char *name;
	int16_t x86_64_nr;    /* -1: not a call of this architecture */
	uint16_t enter_event; /* PPME_GENERIC_E/X if it has none of its own */
	uint16_t exit_event;
};

extern const struct ppm_sc ppm_scs[PPM_SC_COUNT];

/* Upgrade of events in old captures: key (code, nparams) -> action. */
/* clang-format off */
enum converter_action {
	CONVERT_PASS, CONVERT_STORE, CONVERT_STORE_AND_PASS,
	CONVERT_ADD_PARAMS, CONVERT_CHANGE_TYPE
};

enum converter_source {
	CONVERT_OLD, CONVERT_ENTER, CONVERT_DEFAULT, CONVERT_EMPTY,
	CONVERT_CALLBACK
};
/* clang-format on */

struct converter_step {
	uint8_t source; /* enum converter_source */
	uint8_t param;	/* which one of the source event */
	bool or_empty;	/* unobtainable: zero length instead of a zero value */
};

struct converter_rule {
	uint16_t code;
	uint8_t nparams;
	uint8_t action; /* enum converter_action */
	uint16_t new_code;
	uint8_t step_count;
	const struct converter_step *steps;
};

extern const struct converter_rule converter_rules[];
extern const unsigned int converter_rule_count;

#endif
