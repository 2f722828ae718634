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
	int64_t offset_ns;		    /* wall clock - time of records */
	struct arena scratch;		    /* of the record being encoded */
	const struct raw_record *record;    /* put, and not looked at yet */
	struct event *event;		    /* being made */
	bool has_event;			    /* it is one */
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

/* A message piece has its own header and address before the data. */
bool is_message(const struct making *m);
struct raw_msg message_head(struct bytes piece);

/*
 * Sources: the bytes of a parameter, valid until the next record; empty where
 * nothing is known.  Each is named as its enum param_source, which says what it
 * gives.
 */
struct bytes from_ret(struct making *m);
struct bytes from_arg(struct making *m);
struct bytes from_int(struct making *m);
struct bytes from_halves(struct making *m);
struct bytes from_zero(struct making *m);
struct bytes from_flags(struct making *m);
struct bytes from_value(struct making *m);
struct bytes from_open_flags(struct making *m);
struct bytes from_open_mode(struct making *m);
struct bytes from_ptrace_arg(struct making *m);
struct bytes from_key_arg(struct making *m);
struct bytes from_socket_level(struct making *m);
struct bytes from_socket_option(struct making *m);
struct bytes from_path(struct making *m);
struct bytes from_data(struct making *m);
struct bytes from_int_at(struct making *m);
struct bytes from_long_at(struct making *m);
struct bytes from_flags_at(struct making *m);
struct bytes from_offset(struct making *m);
struct bytes from_length_at(struct making *m);
struct bytes from_timespec(struct making *m);
struct bytes from_pollfds(struct making *m);
struct bytes from_how_flags(struct making *m);
struct bytes from_how_resolve(struct making *m);
struct bytes from_caps(struct making *m);
struct bytes from_sem_member(struct making *m);
struct bytes from_option_value(struct making *m);
struct bytes from_prctl_text(struct making *m);
struct bytes from_prctl_number(struct making *m);
struct bytes from_config_text(struct making *m);
struct bytes from_config_bytes(struct making *m);
struct bytes from_quota_command(struct making *m);
struct bytes from_quota_type(struct making *m);
struct bytes from_quota_format(struct making *m);
struct bytes from_quota_format_got(struct making *m);
struct bytes from_quota_file(struct making *m);
struct bytes from_quota_id(struct making *m);
struct bytes from_quota_member(struct making *m);
struct bytes from_message_result(struct making *m);
struct bytes from_done(struct making *m);
struct bytes from_total(struct making *m);
struct bytes from_control(struct making *m);
struct bytes from_sockaddr(struct making *m);
struct bytes from_connected(struct making *m);
struct bytes from_received(struct making *m);
struct bytes from_accepted(struct making *m);
struct bytes from_fd_path(struct making *m);
struct bytes from_device(struct making *m);
struct bytes from_inode(struct making *m);
struct bytes from_creat_layer(struct making *m);
struct bytes from_word(struct making *m);
struct bytes from_queue_full(struct making *m);

/* encode_process.c: execve, clone and kin; new threads; ends. */
void encode_process_call(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row);
void encode_thread(struct encoder *e, const struct raw_record *record);
void encode_exit(struct encoder *e, const struct raw_record *record);

/* encode_users.c: finds the users that a record tells of, if any. */
void users_begin(struct encoder *e, const struct raw_record *record);
/* Makes the event of the next user or group: false, none are left. */
bool encode_user(struct encoder *e);

/* encode_socket.c: of sockaddr bytes; empty where they are none of IP. */
struct bytes socket_address(struct encoder *e, struct bytes address);
struct bytes socket_tuple(struct encoder *e, struct bytes from,
			  struct bytes to);

/* encode_passed.c: makes the event of the next descriptor that came with a
 * message: false, none are left. */
bool encode_passed(struct encoder *e);

#endif
