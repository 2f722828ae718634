/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw records become events: each parameter is made by the source that the
 * syscall's row names for it.  Process events are in encode_process.c.
 */
#include "capture/encode/encode.h"

#include <stdlib.h>
#include <string.h>

#include "capture/encode/encode_internal.h"
#include "core/arena.h"
#include "core/event/numbers.h"
#include "core/event/ppm_constants.h"

struct encoder *encoder_new(uint32_t snaplen)
{
	struct encoder *e = mem_zalloc(sizeof(*e));

	e->snaplen = snaplen;
	e->needed = numbers_needed(EMPTY_MEASURES);
	return e;
}

void encoder_set_offset(struct encoder *e, int64_t offset_ns)
{
	e->offset_ns = offset_ns;
}

void encoder_free(struct encoder *e)
{
	if (!e)
		return;
	arena_free(&e->scratch);
	free(e);
}

static struct bytes (*const sources[FROM_COUNT])(struct making *m) = {
	[FROM_RET] = from_ret,
	[FROM_ARG] = from_arg,
	[FROM_INT] = from_int,
	[FROM_HALVES] = from_halves,
	[FROM_ZERO] = from_zero,
	[FROM_FLAGS] = from_flags,
	[FROM_VALUE] = from_value,
	[FROM_OPEN_FLAGS] = from_open_flags,
	[FROM_OPEN_MODE] = from_open_mode,
	[FROM_PTRACE_ARG] = from_ptrace_arg,
	[FROM_KEY_ARG] = from_key_arg,
	[FROM_SOCKET_LEVEL] = from_socket_level,
	[FROM_SOCKET_OPTION] = from_socket_option,
	[FROM_PATH] = from_path,
	[FROM_DATA] = from_data,
	[FROM_INT_AT] = from_int_at,
	[FROM_LONG_AT] = from_long_at,
	[FROM_FLAGS_AT] = from_flags_at,
	[FROM_OFFSET] = from_offset,
	[FROM_LENGTH_AT] = from_length_at,
	[FROM_TIMESPEC] = from_timespec,
	[FROM_POLLFDS] = from_pollfds,
	[FROM_HOW_FLAGS] = from_how_flags,
	[FROM_HOW_RESOLVE] = from_how_resolve,
	[FROM_CAPS] = from_caps,
	[FROM_SEM_MEMBER] = from_sem_member,
	[FROM_OPTION_VALUE] = from_option_value,
	[FROM_PRCTL_TEXT] = from_prctl_text,
	[FROM_PRCTL_NUMBER] = from_prctl_number,
	[FROM_CONFIG_TEXT] = from_config_text,
	[FROM_CONFIG_BYTES] = from_config_bytes,
	[FROM_QUOTA_COMMAND] = from_quota_command,
	[FROM_QUOTA_TYPE] = from_quota_type,
	[FROM_QUOTA_FORMAT] = from_quota_format,
	[FROM_QUOTA_FORMAT_GOT] = from_quota_format_got,
	[FROM_QUOTA_FILE] = from_quota_file,
	[FROM_QUOTA_ID] = from_quota_id,
	[FROM_QUOTA_MEMBER] = from_quota_member,
	[FROM_MESSAGE_RESULT] = from_message_result,
	[FROM_DONE] = from_done,
	[FROM_TOTAL] = from_total,
	[FROM_CONTROL] = from_control,
	[FROM_SOCKADDR] = from_sockaddr,
	[FROM_BOUND] = from_bound,
	[FROM_CONNECTED] = from_connected,
	[FROM_RECEIVED] = from_received,
	[FROM_ACCEPTED] = from_accepted,
	[FROM_FD_PATH] = from_fd_path,
	[FROM_DEVICE] = from_device,
	[FROM_INODE] = from_inode,
	[FROM_CREAT_LAYER] = from_creat_layer,
	[FROM_WORD] = from_word,
	[FROM_QUEUE_FULL] = from_queue_full,
};

/* Makes the parameters of an event, by the steps of the syscall's row. */
static void make_params(struct encoder *e, const struct raw_record *record,
			const struct syscall_row *row)
{
	struct making m = { .encoder = e, .record = record, .row = row };
	const struct event_kind *kind = &event_kinds[row->event];
	uint32_t empty = 0;

	for (unsigned i = 0; i < row->step_count; i++) {
		m.step = &row->steps[i];
		m.kind = &kind->params[i];
		m.number = &e->numbers[i];
		e->event->params[i] = sources[m.step->source](&m);
		if (!e->event->params[i].len)
			empty |= UINT32_C(1) << i;
	}
	e->event->count = row->step_count;
	if (empty & e->needed[e->event->code])
		event_fill_numbers(e->event, e->needed);
}

/* Makes the event of a call without an event type of its own. */
static void make_generic(struct encoder *e, const struct raw_record *record,
			 const struct syscall_row *row)
{
	uint16_t *ids = arena_alloc(&e->scratch, 4);

	ids[0] = row->ppm_sc;
	ids[1] = (uint16_t)record->nr;
	e->event->params[0] = (struct bytes){ (uint8_t *)ids, 2 };
	e->event->params[1] = (struct bytes){ (uint8_t *)(ids + 1), 2 };
	e->event->count = 2;
}

/*
 * A GENERIC event has the number of its call alone.  Its result and the
 * descriptor or path that it was given go before it, as a note for the state:
 * "RESULT FD PATH", where FD is -1 or PATH is empty.
 */
static void make_given(struct encoder *e, const struct raw_record *record,
		       const struct syscall_row *row)
{
	struct making m = {
		.encoder = e, .record = record, .row = row, .step = row->steps
	};
	bool is_path = row->steps[0].source == FROM_PATH;
	struct bytes path = { (const uint8_t *)"", 1 };
	char *text;

	if (is_path)
		path = from_path(&m);
	text = arena_printf(
		&e->scratch, "%lld %d %s", (long long)record->ret,
		is_path ? -1 : (int)(int32_t)record->args[row->steps[0].arg],
		path.len ? (const char *)path.data : "");
	e->event->code = PPME_NOTIFICATION_E;
	e->event->flags |= EVENT_STATE_ONLY;
	e->event->params[0] = (struct bytes){ (const uint8_t *)NOTE_OF_CALL,
					      sizeof(NOTE_OF_CALL) };
	e->event->params[1] =
		(struct bytes){ (uint8_t *)text, strlen(text) + 1 };
	e->event->count = 2;
	e->has_event = true;
}

/* Makes the event of a call. */
static void encode_syscall(struct encoder *e, const struct raw_record *record)
{
	const struct syscall_row *row =
		syscall_row((enum raw_abi)record->abi, record->nr);

	if (row->event == PPME_GENERIC_X && row->step_count && !e->has_given) {
		e->has_given = true;
		e->record = record; /* its own event is the next */
		make_given(e, record, row);
		return;
	}
	e->event->code = row->event;
	if (row->copies[0].kind == COPY_MMSG_OUT)
		e->messages = record;
	if (row->event == PPME_GENERIC_X)
		make_generic(e, record, row);
	else if (row->step_count)
		make_params(e, record, row);
	else
		encode_process_call(e, record, row);
	e->has_event = true;
}

/* Makes the event of a signal. */
static void encode_signal(struct encoder *e, const struct raw_record *record)
{
	int64_t *ids = arena_alloc(&e->scratch, 24);

	ids[0] = (int64_t)record->args[0];
	ids[1] = record->pid;
	ids[2] = record->nr;
	e->event->code = PPME_SIGNALDELIVER_E;
	e->event->params[0] = (struct bytes){ (uint8_t *)ids, 8 };
	e->event->params[1] = (struct bytes){ (uint8_t *)(ids + 1), 8 };
	e->event->params[2] = (struct bytes){ (uint8_t *)(ids + 2), 1 };
	e->event->count = 3;
	e->has_event = true;
}

static void put_note(struct encoder *e, const char *note)
{
	e->event->code = PPME_NOTIFICATION_E;
	e->event->params[0] = (struct bytes){ (const uint8_t *)"spoor", 6 };
	e->event->params[1] =
		(struct bytes){ (const uint8_t *)note, strlen(note) + 1 };
	e->event->count = 2;
	e->has_event = true;
}

/* Losses and notes are events too: what a reader must know. */
static void encode_note(struct encoder *e, const struct raw_record *record)
{
	struct bytes text = piece_bytes(record, PIECE_TEXT, 0);

	if (record->kind == RAW_LOST)
		put_note(e, arena_printf(&e->scratch,
					 "%llu records of thread %d were lost",
					 (unsigned long long)record->args[0],
					 (int)record->tid));
	else
		put_note(e, arena_copy(&e->scratch, text.data, text.len));
}

/* Makes the event of a record, or none. */
static void encode(struct encoder *e, const struct raw_record *record)
{
	switch (record->kind) {
	case RAW_SYSCALL:
		encode_syscall(e, record);
		break;
	case RAW_THREAD:
		encode_thread(e, record);
		break;
	case RAW_EXIT:
		encode_exit(e, record);
		break;
	case RAW_SIGNAL:
		encode_signal(e, record);
		break;
	case RAW_NOTE:
	case RAW_LOST:
		encode_note(e, record);
		break;
	default:
		break;
	}
}

void encoder_put(struct encoder *e, const struct raw_record *record)
{
	arena_reset(&e->scratch);
	e->record = record;
	e->messages = NULL;
	e->message = 0;
	e->has_given = false;
	e->users.record = NULL;
	if (record->flags & RAW_HAS_USERS)
		users_begin(e, record);
	e->passed = (struct passed_reading){
		.record = record->flags & RAW_HAS_PASSED ? record : NULL
	};
}

/* Makes the event of the next message of a call.  A note comes last, if there
 * were more messages than the record had room for. */
static void encode_further(struct encoder *e)
{
	const struct raw_record *record = e->messages;
	const struct syscall_row *row =
		syscall_row((enum raw_abi)record->abi, record->nr);
	char *text;

	e->message++;
	if (e->message >= record->ret) {
		e->messages = NULL;
	} else if (nth_piece_bytes(record, 1, e->message).data) {
		encode_syscall(e, record);
	} else {
		text = arena_printf(&e->scratch,
				    "%s of thread %d: %lld more messages",
				    row->name, (int)record->tid,
				    (long long)record->ret - e->message);
		put_note(e, text);
		e->messages = NULL;
	}
}

/* Begins an event with what all events of the record have. */
static void begin_event(struct encoder *e, struct event *event,
			const struct raw_record *record)
{
	e->event = event;
	e->has_event = false;
	event->num = 0;
	event->ts_ns = record->exit_ns + (uint64_t)e->offset_ns;
	event->tid = record->tid;
	event->cpu = record->cpu;
	event->flags = 0;
	event->count = 0;
}

/* The next event that a record gives besides its own: all of these are rare. */
static int next_besides(struct encoder *e, struct event *ret_event)
{
	if (e->messages) {
		begin_event(e, ret_event, e->messages);
		encode_further(e);
		if (e->has_event)
			return 1;
	}
	if (e->passed.record) {
		begin_event(e, ret_event, e->passed.record);
		return encode_passed(e);
	}
	return 0;
}

/* The event is made in the caller's struct: copying one would take as long as
 * making it. */
int encoder_next(struct encoder *e, struct event *ret_event)
{
	const struct raw_record *record = e->record;

	if (e->users.record) {
		begin_event(e, ret_event, e->users.record);
		if (encode_user(e))
			return 1;
	}
	e->record = NULL;
	if (!record)
		return next_besides(e, ret_event);
	begin_event(e, ret_event, record);
	encode(e, record);
	return e->has_event;
}
