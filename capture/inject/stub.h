/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the code inside traced processes (entry.S, stub.c) and the tracer
 * share.  Each program image has one arena: shared memory, mapped by the
 * process and by the recorder, laid out as below.  A thread has one slot of
 * it, and %gs points there.  All of it is hostile to the recorder.
 *
 *   0             the code, the same in all arenas
 *   STUB_SITES    pieces of code that patched places jump to
 *   STUB_FORESEEN more of them, for code that is not mapped yet
 *   STUB_CONTROL  struct stub_control, then a struct stub_row per call
 *   STUB_SLOTS    slots: context, ends of sockets, stack, ring
 */
#ifndef SPOOR_CAPTURE_INJECT_STUB_H
#define SPOOR_CAPTURE_INJECT_STUB_H

#define STUB_TRAP_AT \
 0x2f00 /* behind the code: a call that is not let through */
#define STUB_SITES 0x3000
#define STUB_FORESEEN \
 0x12000 /* struct stub_foreseen; what is before only runs */
#define STUB_CONTROL   0x13000
#define STUB_SIGACTION 0x13800 /* of stub_sigsys */
#define STUB_ROWS      0x14000
#define STUB_SLOTS     0x17000
#define STUB_SITES_LEN (STUB_CONTROL - STUB_SITES)

/* Offsets in struct stub_context, for the assembler; checked in stub.c. */
#define CTX_ENTRY     0
#define CTX_SELF      8
#define CTX_STACK     16
#define CTX_PHASE     24
#define CTX_HOLD      28
#define CTX_DESC      32
#define CTX_AFTER     40
#define CTX_RSP	      48
#define CTX_FLAGS     56
#define CTX_RET	      64
#define CTX_RAX	      72
#define CTX_RDI	      80
#define CTX_RSI	      88
#define CTX_RDX	      96
#define CTX_R10	      104
#define CTX_R8	      112
#define CTX_R9	      120
#define CTX_RBX	      128
#define CTX_RBP	      136
#define CTX_R12	      144
#define CTX_R13	      152
#define CTX_R14	      160
#define CTX_R15	      168
#define CTX_CALL_RSI  176
#define CTX_ALIVE     184
#define CTX_HELD_MASK 344
#define CTX_SIGSYS    480

/* In struct stub_control. */
#define CONTROL_HAS_GSBASE 24
#define CONTROL_SIGSYS	   32

/* Values of phase. */
#define STUB_OUTSIDE 0
#define STUB_BEFORE  1 /* the call is not made: can be rolled back */
#define STUB_AFTER   2 /* it is made: the record must be completed */

/* What stub_before wants done. */
#define STUB_DO_CALL  0
#define STUB_DO_TRAP  1 /* the tracer makes the call */
#define STUB_DO_NAKED 2 /* it does not return here */
#define STUB_DO_FORK  3 /* a new process comes out of it too, */
#define STUB_DO_VFORK 4 /* or one that has our memory while we wait */

/* What stub_boot is told: that a call shall trap at its end; to do what the
 * tracer cannot, before Linux 6.4. */
#define BOOT_TELLS	1
#define BOOT_DISPATCHES 2

/* Where a new process finds where to go, below its red zone. */
#define FORK_WAY_OUT 136

#ifndef __ASSEMBLER__

# include <stdint.h>

# include "capture/ring.h"
# include "capture/syscalls.h"

enum stub_action {
	STUB_RECORD,
	STUB_TRAP,   /* calls that the tracer must make */
	STUB_NAKED,  /* calls that never return */
	STUB_MASK,   /* a signal set in argument 1 that must not have SIGSYS */
	STUB_FILTER, /* seccomp filters: from now on no calls of our own */
	STUB_EXEC,   /* made here; if it fails, once more by the tracer */
	STUB_FORK,   /* the same, but for those that make threads */
	STUB_MAP,    /* what is mapped may be code to be patched */
	STUB_SKIP    /* not to be recorded */
};

/* After which calls the kernel must be asked anew for ends of sockets. */
enum stub_change {
	CHANGE_NONE,
	CHANGE_FD0, /* what the descriptor in argument 0, or 1, stands for */
	CHANGE_FD1,
	CHANGE_CONNECT, /* any socket, if it ends a connection */
	CHANGE_OPTION,	/* any socket, if it makes IPv4 of IPv6 */
	CHANGE_ALL,	/* any descriptor */
	CHANGE_UNSEEN	/* any, from now on, by what is no call */
};

/* When there is something to copy or to ask. */
enum stub_when { WHEN_BEFORE = 1, WHEN_AFTER = 2 };

/* What the stub must know of a call: a digest of struct syscall_row. */
struct stub_row {
	struct copy_spec copies[COPY_MAX];
	uint8_t facts;
	uint8_t action;
	uint8_t when;
	uint8_t change; /* enum stub_change */
	uint32_t room;	/* bytes that a record of it may take; 0: none */
};

_Static_assert(sizeof(struct stub_row) == 20, "rows fit their place");

enum { STUB_ROW_COUNT = SYSCALL_MAX + 1 }; /* the last: unknown numbers */

/* Calls that may change what descriptors stand for; see stub_socket.c. */
struct stub_changes {
	uint32_t begun, ended;
};

enum { STUB_CHANGES = 128 };

/* The kernel's struct sigaction: handler, flags, restorer, mask. */
enum { SIGSYS_ACTION_MASK = 3 };
struct sigsys_action {
	uint64_t words[SIGSYS_ACTION_MASK + 1];
};

struct stub_control {
	uint32_t snaplen;
	uint32_t blocks;	     /* a full ring: wait (1) or drop (0) */
	uint32_t filtered;	     /* the program has seccomp filters */
	uint32_t inodes;	     /* enum inodes */
	uint32_t has_rdpid;	     /* of the machine */
	uint32_t keeps_no_ends;	     /* of sockets: not all changes are seen */
	uint32_t has_gsbase;	     /* the CPU tells %gs: see stub_sigsys */
	uint32_t is_held;	     /* a thread makes calls for the tracer */
	struct sigsys_action sigsys; /* where no thread's context tells it */
	struct stub_changes all;
	uint8_t gap[64]; /* what every call reads is in other lines of caches */
	struct stub_changes of[STUB_CHANGES]; /* by descriptor, modulo that */
};

_Static_assert(STUB_CONTROL + sizeof(struct stub_control) <= STUB_SIGACTION,
	       "control fits");

/* Both ends of a socket as the kernel told them; see stub_socket.c. */
struct stub_ends {
	uint32_t fd;
	uint32_t version, epoch; /* changes begun: of fd, of all */
	uint16_t protocol;	 /* IPPROTO_*; 0: not asked yet */
	struct raw_socket head;	 /* peer_len 0: nothing is kept here */
	uint8_t bytes[2 * 28];	 /* struct sockaddr_in6 is 28 */
};

/* Where a patched place jumps; see entry.S. */
struct stub_site {
	uint8_t code[31];
	uint8_t before; /* bytes of it, that stood before the call */
	uint8_t desc[8];
	uint64_t after; /* where the program goes on; 0: nothing jumps here */
};

/* A call in a file: struct site of inject_site.h, and what its patch needs. */
struct stub_place {
	uint32_t at; /* in the file */
	int16_t pad;
	uint8_t before;
	uint8_t was_len; /* of what is changed, at `at' - before, or + pad */
	uint8_t was[8];
};

/* Bytes to change, where they are as they were. */
struct stub_edit {
	uint64_t at;
	uint8_t len, was_len; /* of now, of was */
	uint8_t now[6], was[8];
};

/* A file that was mapped to run, as fstat(2) tells it. */
struct stub_mapped {
	uint64_t at, device, inode;
};

enum { STUB_FORESEEN_MAX = 40, STUB_EDITS_MAX = 48, STUB_MAPPED = 8 };

/*
 * What the code shall patch (stub_text.c).  As the program begins: the edits,
 * which are of the code in `text'.  When it maps a file that others did: the
 * calls of that, and count becomes 0.  Until then it notes what is mapped.
 */
struct stub_foreseen {
	struct stub_edit edits[STUB_EDITS_MAX];
	uint64_t text, text_len;
	uint64_t edit_count;
	struct stub_site sites[STUB_FORESEEN_MAX];
	struct stub_place places[STUB_FORESEEN_MAX];
	uint64_t device, inode, count;
	struct stub_mapped mapped[STUB_MAPPED]; /* the last */
	uint64_t mapped_count;
	uint64_t is_open; /* can be written by the process */
};

_Static_assert(sizeof(struct stub_foreseen) <= STUB_CONTROL - STUB_FORESEEN &&
		       (STUB_FORESEEN - STUB_SITES) %
				       sizeof(struct stub_site) ==
			       0,
	       "foreseen fits");

/* A thread's context: one page at the start of its slot. */
struct stub_context {
	uint64_t entry; /* where trampolines jump: stub_enter or stub_raw */
	struct stub_context *self;
	uint64_t stack; /* top of the stack in the slot */
	uint32_t phase;
	uint32_t hold; /* the tracer has a signal for the end of the call */
	uint64_t desc, after, rsp, flags, ret;
	uint64_t rax, rdi, rsi, rdx, r10, r8, r9, rbx, rbp, r12, r13, r14, r15;
	uint64_t call_rsi; /* what the call is made with */
	/*
	 * The low byte is the selector of Syscall User Dispatch: 1, calls
	 * from elsewhere than the code trap; 0, every call goes through.  The
	 * word is a robust futex held by the tracer, whose thread id ends in
	 * that byte: the kernel clears it as the tracer dies, before it lets
	 * the traced threads go.
	 */
	uint32_t alive;
	uint32_t ring_size;
	uint64_t robust_next; /* robust_list(2) of the tracer: next entry */
	struct stub_control *control;
	const struct stub_row *rows;
	struct ring *ring;
	const struct stub_row *row;
	struct raw_record *record;     /* being built; NULL: not recorded */
	struct stub_changes *changing; /* by the call being made; or NULL */
	uint64_t exit_tsc;	       /* of the record being completed */
	uint64_t seq;
	int32_t pid, tid;
	uint32_t asked, blocked; /* SIGSYS: by this call; by the program */
	uint64_t mask;
	struct sigsys_action action; /* of any signal, for the call at hand */
	uint64_t sent[2]; /* a descriptor for calls that the tracer sends */
	uint32_t again;	  /* the call that traps next is for the tracer */
	/* The signal that waits for the end of a call, should the tracer die. */
	uint32_t held_signal;
	uint64_t held_mask;
	uint64_t held_info[16];	     /* siginfo_t */
	struct sigsys_action sigsys; /* the program's, of SIGSYS */
	/* A SIGSYS that came while the program blocks it, if it waits. */
	uint64_t waiting_info[16];
	uint32_t waits;
	uint32_t may_unblock; /* a handler that runs since before us may end */
};

/* In the slot: context, ends of sockets, stack, ring. */
enum {
	STUB_PAGE = 4096,
	STUB_ENDS_AT = STUB_PAGE,
	STUB_ENDS_LEN = 2 * STUB_PAGE,
	STUB_ENDS = STUB_ENDS_LEN / sizeof(struct stub_ends),
	STUB_RING_AT = 32 * 1024,
	STUB_RING_LEN = 256 * 1024,
	STUB_SLOT_LEN = STUB_RING_AT + STUB_PAGE + STUB_RING_LEN
};

_Static_assert(sizeof(struct stub_context) <= STUB_PAGE, "context fits");

/* Places in entry.S. */
extern const char stub_begin[], __stop_spoor_stub[];
extern const char stub_enter[], stub_enter_live[], stub_raw[];
extern const char stub_syscall[], stub_after[], stub_exit[], stub_exit_end[];
extern const char stub_unheld[], stub_forked[], stub_forked_end[];
extern const char stub_vforked[], stub_vforked_end[];
extern const char stub_naked[], stub_naked_end[];
extern const char stub_dispatch[], stub_dispatch_end[];
extern const char stub_copy_begin[], stub_copy_bytes[];
extern const char stub_copy_end[], stub_copy_fault[];
extern const char stub_boot[], stub_boot_end[], stub_sigsys[], stub_restorer[];
extern const char stub_attach[], stub_attach_way[], stub_attach_name[];
extern const char stub_attach_end[];
extern const char stub_boot_abort[], stub_boot_return[], stub_boot_action[];

/* Where in an arena at base a place is. */
# define STUB_AT(base, place) \
  ((uint64_t)(base) + (uint64_t)((place)-stub_begin))

#endif
#endif
