/* SPDX-License-Identifier: Apache-2.0 */
/* What encode.c and encode_process.c share. */
#ifndef SPOOR_CAPTURE_ENCODE_ENCODE_INTERNAL_H
#define SPOOR_CAPTURE_ENCODE_ENCODE_INTERNAL_H

#include "capture/encode/encode.h"
#include "capture/record/pieces.h"
#include "core/arena.h"
#include "core/map.h"

struct encoder {
	uint32_t snaplen;
	int64_t offset_ns;		 /* wall clock - time of records */
	struct arena scratch;		 /* of the record being encoded */
	const struct raw_record *record; /* put, and not looked at yet */
	struct event *event;		 /* being made */
	bool has_event;			 /* it is one */
	bool has_given;			 /* what its call was given was told */
	uint64_t numbers[EVENT_PARAMS_MAX]; /* that its parameters are */
	const uint32_t *needed;		    /* of EMPTY_MEASURES */
	/* Messages of one call are an event each: which, and its call. */
	unsigned message;
	const struct raw_record *messages;
	struct passed_reading {
		const struct raw_record *record; /* NULL: none are left */
		const struct raw_piece *piece; /* of which the last event was */
		bool has_socket; /* told; where it leads is the next */
	} passed; /* descriptors, each an event behind the record's own */
	struct asking {
		int32_t pid; /* 0: none */
		int64_t fd;
	} asking[16]; /* sockets that sent to a name server, the last ones */
	unsigned asking_at;
	struct users_reading {
		const struct raw_record *record; /* NULL: none are left */
		struct bytes container, users, groups;
	} users; /* of a container, each an event before the record's own */
};

/* One parameter being made. */
struct making {
	struct encoder *encoder;
	const struct raw_record *record;
	const struct syscall_row *row;
	const struct param_kind *kind;
	uint64_t *number; /* where it may be kept */
	const struct param_step *step;
};

/* The memory that the step's argument points to; of several messages, one's. */
struct bytes param_memory(const struct making *m);

/* A number as wide as the parameter's type; one for a parameter. */
struct bytes param_number(struct making *m, uint64_t value);

/* Is the step's memory a message, which has a header and an address before the
 * data? */
bool is_message(const struct making *m);
/* The header of a message's piece; all 0: it is none. */
struct raw_msg message_head(struct bytes piece);

/*
 * Sources: the bytes of a parameter, valid until the next record; empty where
 * nothing is known.  Each is named as its enum param_source, which says what it
 * gives.
 */
typedef struct bytes param_function(struct making *m);
param_function from_ret, from_arg, from_int, from_halves, from_zero, from_flags,
	from_value, from_open_flags, from_open_mode, from_ptrace_arg,
	from_key_arg, from_socket_level, from_socket_option, from_path,
	from_data, from_int_at, from_long_at, from_flags_at, from_offset,
	from_length_at, from_timespec, from_pollfds, from_how_flags,
	from_how_resolve, from_caps, from_sem_member, from_option_value,
	from_prctl_text, from_prctl_number, from_config_text, from_config_bytes,
	from_quota_command, from_quota_type, from_quota_format,
	from_quota_format_got, from_quota_file, from_quota_id,
	from_quota_member, from_message_result, from_done, from_total,
	from_control, from_sockaddr, from_bound, from_connected, from_received,
	from_accepted, from_fd_path, from_device, from_inode, from_creat_layer,
	from_word, from_queue_full;
/* Does the record's socket lead to a name server, or is it a server's own? */
bool is_of_lookup(const struct making *m);

/* encode_process.c: makes the event of execve, clone and its kin. */
void encode_process_call(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row);
/* Makes the event of a new thread. */
void encode_thread(struct encoder *e, const struct raw_record *record);
/* Makes the event of a thread's end. */
void encode_exit(struct encoder *e, const struct raw_record *record);

/* encode_users.c: finds the users that a record tells of, if any. */
void users_begin(struct encoder *e, const struct raw_record *record);
/* Makes the event of the next user or group: false, none are left. */
bool encode_user(struct encoder *e);

/*
 * encode_socket.c: sockaddr bytes as events have addresses; empty: not of IP.
 */
struct bytes socket_address(struct encoder *e, struct bytes address);
/* Two of them as events have both ends of a socket; likewise. */
struct bytes socket_tuple(struct encoder *e, struct bytes from,
			  struct bytes to);

/* encode_passed.c: makes the event of the next descriptor that came with a
 * message: false, none are left. */
bool encode_passed(struct encoder *e);

#endif
