/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of the machine when recording began, and changes to it that are
 * not events: one struct per kind of metadata block.  Texts are views (struct
 * bytes, not NUL-terminated), valid as long as the item.  Formats:
 * scap-format.md sections 4 to 8; how readers use them: state.md.
 */
#ifndef SPOOR_CORE_EVENT_META_H
#define SPOOR_CORE_EVENT_META_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/event/process.h"

enum meta_kind {
	META_SECTION, /* a section begins: every table starts empty */
	META_MACHINE,
	META_INTERFACE,
	META_USER,
	META_GROUP,
	META_THREAD,
	META_FD,
	META_EVENTS /* the lists are complete; events follow */
};

struct meta_machine {
	uint32_t cpu_count;
	uint64_t memory_len; /* bytes */
	uint64_t max_pid;
	struct bytes hostname;
	uint64_t boot_ns; /* since the epoch; 0 unknown */
	uint64_t flags;
};

struct meta_interface {
	bool is_ipv6;
	uint8_t addr[16]; /* network order; IPv4 uses 4 bytes */
	uint8_t netmask[16];
	uint8_t broadcast[16];
	uint64_t linkspeed;
	struct bytes name;
};

struct meta_user {
	uint32_t uid;
	uint32_t gid;
	struct bytes name;
	struct bytes home;
	struct bytes shell;
};

struct meta_group {
	uint32_t gid;
	struct bytes name;
};

struct meta_thread {
	PROCESS_GROUP; /* scap blocks have no clone_ns */
	struct bytes comm, exe, exepath, cwd, root;
	struct bytes args, env, cgroups; /* NUL-separated lists */
	/*
	 * Only in keyframes: an entry of a keyframe is taken as it is
	 * (is_exact), unlike an entry that a scan of /proc made.  Scap blocks
	 * cannot hold these members.
	 */
	bool is_exact;
	bool is_dead, is_fake, is_child, group_is_reaper;
	uint64_t lastexec_ns;
	uint64_t exe_ino_ctime_duration_clone_ts;
	uint64_t exe_ino_ctime_duration_pidns_start;
	int64_t reaper_tid;
};

/* Which members are valid depends on type (SCAP_FD_* of ppm_constants.h). */
struct meta_fd {
	int64_t tid; /* the thread whose table it is in */
	int64_t fd;
	uint64_t ino;
	uint8_t type;
	uint8_t l4proto;	  /* SCAP_L4_* */
	uint32_t open_flags;	  /* FILE_V2: PPM_O_* */
	uint32_t dev;		  /* FILE_V2 */
	uint8_t sip[16], dip[16]; /* sockets; network order; servers use sip */
	uint16_t sport, dport;	  /* host order */
	uint64_t unix_source, unix_dest; /* kernel addresses */
	struct bytes name; /* files and all others; UNIX_SOCK: its path */
	/* Of keyframes only, as in meta_thread. */
	bool is_exact;
	uint8_t role;	/* enum fd_role of replay/state/state.h */
	uint16_t flags; /* FD_* of it */
	int64_t pid;	/* pidfd */
	struct bytes name_raw;
};

struct meta {
	enum meta_kind kind;
	union {
		struct meta_machine machine;
		struct meta_interface interface;
		struct meta_user user;
		struct meta_group group;
		struct meta_thread thread;
		struct meta_fd fd;
	};
};

/* A meta_thread with all numbers set to the format's values for "unknown". */
struct meta_thread meta_thread_unknown(void);

#endif
