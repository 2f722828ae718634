/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the stub, which runs inside traced processes (entry.S, stub.c), and the
 * tracer share.  Each process has an arena: a memory file that the process and
 * the recorder map, laid out as below.  The parts that are the same in all
 * processes forked from one program are those of the program's arena.  A thread
 * has one slot in its arena, and %gs points to the slot's context.
 *
 * The file is sealed before anybody runs what is in it: no process can ever
 * write to what it only reads.  That part comes first, as a mapping of the part
 * behind can be moved on in the file, but not back.
 *
 *   0             the stub, the same everywhere
 *   STUB_SITES    trampolines, which patched sites jump to
 *   STUB_LATE     the same, for code that was foreseen: in private memory
 *   STUB_TABLES   struct stub_foreseen
 *   STUB_CONTROL  struct stub_control, then a struct stub_row for each call
 *   STUB_PATH     path of a file that the process is to open
 *   STUB_OWN      struct stub_own: of this process
 *   STUB_FIXED    struct stub_fixed of each slot: what the tracer says
 *   STUB_STATE    struct stub_state: what the process may write, from here on
 *   STUB_CONTEXTS struct stub_context of each slot: likewise
 *   STUB_BODIES   of each slot: ends of sockets, stack, ring
 *
 * Each page that is used costs some 5 us: a process with one thread uses
 * three.
 */
#ifndef SPOOR_CAPTURE_STUB_STUB_H
#define SPOOR_CAPTURE_STUB_STUB_H

#define STUB_TRAP_AT	0x3f00 /* behind the stub: a call that traps */
#define STUB_SITES	0x4000
#define STUB_LATE	0x13000
#define STUB_TABLES	0x14000
#define STUB_CONTROL	0x15000
#define STUB_ROWS	(STUB_CONTROL + 64)
#define STUB_PATH	0x18000
#define STUB_OWN	0x19000
#define STUB_FIXED	(STUB_OWN + 0x800)
#define STUB_DISTANCE	0x80000 /* from a slot's fixed part to its context */
#define STUB_STATE	(STUB_OWN + STUB_DISTANCE)
#define STUB_CONTEXTS	(STUB_FIXED + STUB_DISTANCE)
#define STUB_BODIES	(STUB_STATE + STUB_DISTANCE)
#define STUB_SITES_LEN	(STUB_LATE - STUB_SITES)
#define STUB_LATE_LEN	(STUB_TABLES - STUB_LATE)
#define STUB_TABLES_LEN (STUB_PATH - STUB_TABLES)
#define STUB_OWN_LEN	(STUB_STATE - STUB_PATH)

/* In struct stub_own. */
#define OWN_ACTION 32
#define OWN_WAY	   80

/* Offsets from the context to struct stub_fixed; checked in stub.c. */
#define FIXED_ENTRY  (0 - STUB_DISTANCE)
#define FIXED_SELF   (8 - STUB_DISTANCE)
#define FIXED_STACK  (16 - STUB_DISTANCE)
#define FIXED_ALIVE  (24 - STUB_DISTANCE)
#define FIXED_SIGSYS (96 - STUB_DISTANCE)

/* Offsets in struct stub_context, for the assembler; checked in stub.c. */
#define CTX_PHASE     0
#define CTX_HOLD      4
#define CTX_DESC      8
#define CTX_AFTER     16
#define CTX_RSP	      24
#define CTX_FLAGS     32
#define CTX_RET	      40
#define CTX_RAX	      48
#define CTX_RDI	      56
#define CTX_RSI	      64
#define CTX_RDX	      72
#define CTX_R10	      80
#define CTX_R8	      88
#define CTX_R9	      96
#define CTX_RBX	      104
#define CTX_RBP	      112
#define CTX_R12	      120
#define CTX_R13	      128
#define CTX_R14	      136
#define CTX_R15	      144
#define CTX_CALL_RSI  152
#define CTX_HELD_MASK 160

/* In struct stub_control. */
#define CONTROL_HAS_GSBASE 16

/* Values of phase. */
#define STUB_OUTSIDE 0
#define STUB_BEFORE  1 /* the call is not made: can be rolled back */
#define STUB_AFTER   2 /* it is made: the record must be completed */

/* Bits of hold: what the tracer must do at the end of the call. */
#define STUB_HOLD_SIGNAL 1 /* to deliver a signal */
#define STUB_HOLD_RECORD 2 /* to complete the record of a failed call */

/* What stub_before returns: how the call is made. */
#define STUB_DO_CALL  0
#define STUB_DO_TRAP  1 /* it traps to the tracer */
#define STUB_DO_NAKED 2 /* it does not return here */
#define STUB_DO_FORK  3 /* a new process returns from it, too, */
#define STUB_DO_VFORK 4 /* or one in our memory while we wait */

/* Bits that stub_boot is told, with the address. */
#define BOOT_IMAGE 1 /* the stub is to be mapped as well */
#define BOOT_CHILD 2 /* it is there: the parent's */

/* Where its stack is, below the state to go on with. */
#define BOOT_STACK 64

/* Offset below the stack pointer, below the red zone, where a new process finds
 * the address to go on at. */
#define FORK_WAY_OUT 136

#ifndef __ASSEMBLER__

# include <stdint.h>

# include "capture/record/ring.h"
# include "capture/record/syscalls.h"
# include "capture/stub/range.h"

enum stub_action {
	STUB_RECORD,
	STUB_TRAP,   /* calls for the slow path */
	STUB_NAKED,  /* calls that never return */
	STUB_MASK,   /* a signal set in argument 1 must lose SIGSYS */
	STUB_FILTER, /* seccomp filters: no calls of ours from now on */
	STUB_EXEC,   /* made here; the tracer adds to the record */
	STUB_FORK,   /* the same; not for those that make threads */
	STUB_MAP,    /* what it maps may be code to be patched */
	STUB_UNMAP,  /* what it unmaps may be ours: see range.h */
	STUB_SKIP    /* not to be recorded */
};

/* What a call changes, after which ends of sockets must be asked for anew. */
enum stub_change {
	CHANGE_NONE,
	CHANGE_FD0, /* the descriptor in argument 0, or 1 */
	CHANGE_FD1,
	CHANGE_CONNECT, /* any socket, if it ends a connection */
	CHANGE_OPTION,	/* any socket, if it makes IPv4 of IPv6 */
	CHANGE_ALL,	/* any descriptor */
	CHANGE_UNSEEN	/* any, from now on, unseen by the stub */
};

/* When there is something to copy or to ask for. */
enum stub_when { WHEN_BEFORE = 1, WHEN_AFTER = 2 };

/* What the stub must know of a call, from struct syscall_row. */
struct stub_row {
	struct copy_spec copies[COPY_MAX];
	uint8_t facts;
	uint8_t action;
	uint8_t when;
	uint8_t change; /* enum stub_change */
	uint32_t room;	/* bytes that its record may take; 0: not recorded */
};

_Static_assert(sizeof(struct stub_row) == 20, "rows fit their place");

enum { STUB_ROW_COUNT = SYSCALL_MAX + 1 }; /* the last: unknown numbers */

/* Counts of calls that may change what descriptors stand for; see
 * stub_socket.c. */
struct stub_changes {
	uint32_t begun, ended;
};

enum { STUB_CHANGES = 128 };

/* The kernel's struct sigaction. */
enum {
	ACTION_HANDLER,
	ACTION_FLAGS,
	ACTION_RESTORER,
	ACTION_MASK,
	ACTION_WORDS
};
struct sigsys_action {
	uint64_t words[ACTION_WORDS];
};

/* What all processes of the recording are told: never changes. */
struct stub_control {
	uint32_t snaplen;
	uint32_t blocks;     /* a full ring: wait (1) or drop (0) */
	uint32_t inodes;     /* enum inodes */
	uint32_t has_rdpid;  /* the machine has rdpid */
	uint32_t has_gsbase; /* the CPU has rdgsbase: see stub_sigsys */
};

_Static_assert(sizeof(struct stub_control) <= STUB_ROWS - STUB_CONTROL,
	       "control fits");

/* What the tracer says of a process. */
struct stub_own {
	struct sigsys_action sigsys; /* for threads without a slot */
	struct sigsys_action action; /* for the kernel: handler stub_sigsys */
	struct stub_changes others;  /* to connections, by any process */
	uint64_t is_held;	     /* a thread makes remote calls */
	uint8_t way[256];	     /* the state it goes on with */
};

_Static_assert(sizeof(struct stub_own) <= STUB_FIXED - STUB_OWN, "own fits");

/* Both ends of a socket as the kernel told them; see stub_socket.c. */
struct stub_ends {
	uint32_t fd;
	uint32_t version, epoch; /* counts of changes begun: of fd, of all, */
	uint32_t others;	 /* by other processes */
	uint16_t protocol;	 /* IPPROTO_*; 0: not asked yet */
	struct raw_socket head;	 /* peer_len 0: nothing is kept */
	uint8_t bytes[2 * 28];	 /* a struct sockaddr_in6 has 28 */
};

/* A trampoline, which a patched site jumps to; see entry.S. */
struct stub_site {
	uint8_t code[31];
	uint8_t before; /* bytes of code that stood before the call */
	uint8_t desc[8];
	uint64_t after; /* where the program goes on; 0: not in use */
};

/* A site in a file: struct site of inject_study.h, and what its patch needs. */
struct stub_place {
	uint32_t at; /* in the file */
	int16_t pad;
	uint8_t before;
	uint8_t was_len; /* bytes of was, at `at' - before, or + pad */
	uint8_t was[8];
};

/* Bytes to change, if they are as they were. */
struct stub_edit {
	uint64_t at;
	uint8_t len, was_len; /* bytes of now, of was */
	uint8_t now[6], was[8];
};

/* A file that was mapped to be run, as fstat(2) tells it. */
struct stub_mapped {
	uint64_t at, device, inode;
};

enum { STUB_FORESEEN_MAX = 40, STUB_EDITS_MAX = 48, STUB_MAPPED = 8 };

/*
 * What the stub is to patch (stub_text.c).  As the program begins: the edits,
 * which are in the code at `text'.  As it maps the library that other programs
 * mapped: the places, each of which jumps to a copy of its site at STUB_LATE.
 */
struct stub_foreseen {
	struct stub_edit edits[STUB_EDITS_MAX];
	uint64_t text, text_len;
	uint64_t edit_count;
	struct stub_site sites[STUB_FORESEEN_MAX];
	struct stub_place places[STUB_FORESEEN_MAX];
	uint64_t device, inode, count;
};

_Static_assert(sizeof(struct stub_foreseen) <= STUB_CONTROL - STUB_TABLES &&
		       STUB_FORESEEN_MAX * sizeof(struct stub_site) <=
			       STUB_LATE_LEN,
	       "foreseen fits");

/* What a process may write of itself: hostile. */
struct stub_state {
	uint32_t filtered;	/* the program has seccomp filters */
	uint32_t keeps_no_ends; /* of sockets: changes may be unseen */
	uint32_t foresees;	/* its library is still to be patched */
	uint32_t mapped_count;
	struct stub_mapped
		mapped[STUB_MAPPED]; /* mapped before that: the last */
	struct sigsys_action action; /* room for the kernel's answer */
	struct stub_changes all;
	uint8_t gap
		[64]; /* every call reads what is before: other cache lines */
	struct stub_changes
		of[STUB_CHANGES]; /* by descriptor, modulo STUB_CHANGES */
};

_Static_assert(sizeof(struct stub_state) <= STUB_CONTEXTS - STUB_STATE,
	       "state fits");

/* What the tracer says of a slot. */
struct stub_fixed {
	uint64_t entry; /* where trampolines jump: stub_enter or stub_raw */
	struct stub_context *self;
	uint64_t stack; /* top of the stack in the slot */
	/*
	 * The low byte is the selector of Syscall User Dispatch.  1: calls from
	 * elsewhere than the stub trap; 0: every call goes through.  The word
	 * is a robust futex held by the tracer, whose thread id ends in that
	 * byte: the kernel clears the word as the tracer dies, before it
	 * resumes the tracees.
	 */
	uint32_t alive;
	uint32_t ring_size;
	uint64_t robust_next; /* robust_list(2) of the tracer: next entry */
	struct ring *ring;
	const struct stub_row *rows;
	const struct stub_control *control;
	const struct stub_own *own;
	struct stub_state *state;
	struct stub_ends *ends;
	int32_t pid, tid;
	struct sigsys_action sigsys; /* the program's, of SIGSYS */
	/* The whole arena of the slot, and the one that has the stub. */
	struct memory_range arena, code;
	uint32_t is_robust; /* the kernel will clear the selector */
};

/* What the process may write of a slot: hostile. */
struct stub_context {
	uint32_t phase;
	uint32_t hold; /* STUB_HOLD_* */
	uint64_t desc, after, rsp, flags, ret;
	uint64_t rax, rdi, rsi, rdx, r10, r8, r9, rbx, rbp, r12, r13, r14, r15;
	uint64_t call_rsi;  /* argument 1 as the call is made */
	uint64_t held_mask; /* the mask for the held signal */
	const struct stub_row *row;
	struct raw_record *record;     /* being built; NULL: not recorded */
	struct stub_changes *changing; /* by the call at hand; or NULL */
	uint64_t exit_tsc;	       /* of the record being completed */
	uint64_t seq;
	uint32_t asked, blocked; /* SIGSYS: asked for by this call; blocked */
	uint64_t mask;
	struct sigsys_action action; /* of any signal, for the call at hand */
	uint64_t sent[2]; /* a descriptor for calls that the tracer sends */
	uint64_t held_info[16]; /* siginfo_t, for when the tracer dies */
	/* A SIGSYS that came while the program blocks it, if waits. */
	uint64_t waiting_info[16];
	uint32_t waits;
	uint32_t may_unblock; /* a handler called before we came may end */
	uint32_t again;	      /* the call that traps next is for the tracer */
	uint32_t held_signal; /* held until the call at hand is over */
	uint32_t waited;      /* times in a row that the ring was full */
	/* The last descriptor that led to a name server, plus 1; 0: none. */
	uint32_t lookup_fd;
};

enum {
	STUB_PAGE = 4096,
	STUB_STRIDE = 1024, /* of fixed parts, and of contexts */
	STUB_SLOTS_MAX = (STUB_STATE - STUB_FIXED) / STUB_STRIDE,
	/* The body of a slot.  The end of the stack, which is used, is in one
	 * page with the start of the ring. */
	STUB_ENDS_LEN = 2 * STUB_PAGE,
	STUB_ENDS = STUB_ENDS_LEN / sizeof(struct stub_ends),
	STUB_RING_AT = 26 * 1024,
	STUB_RING_LEN = 256 * 1024,
	STUB_BODY_LEN = 284 * 1024
};

_Static_assert(STUB_RING_AT + sizeof(struct ring) + STUB_RING_LEN <=
		       STUB_BODY_LEN,
	       "a body fits");

_Static_assert(sizeof(struct stub_context) <= STUB_STRIDE &&
		       sizeof(struct stub_fixed) <= STUB_STRIDE,
	       "slots fit");

/* Places in entry.S, boot.S and stub_memory.S. */
extern const char stub_begin[], __stop_spoor_stub[];
extern const char stub_enter[], stub_enter_live[], stub_raw[];
extern const char stub_syscall[], stub_after[], stub_exit[], stub_exit_end[];
extern const char stub_unheld[], stub_forked[], stub_forked_end[];
extern const char stub_vforked[], stub_vforked_end[];
extern const char stub_dispatch[], stub_dispatch_end[], stub_unmasked[];
extern const char stub_copy_begin[], stub_copy_bytes[];
extern const char stub_copy_end[], stub_copy_fault[];
extern const char stub_boot[], stub_boot_end[], stub_sigsys[], stub_restorer[];
extern const char stub_boot_made[], stub_boot_failed[], stub_mapped[];
extern const char stub_remote_call[];
extern const char stub_attach[], stub_attach_name[], stub_attach_end[];
extern const char stub_boot_abort[], stub_boot_return[], stub_boot_action[];

/* The address of a place in an arena at base. */
# define STUB_AT(base, place) \
  ((uint64_t)(base) + (uint64_t)((place)-stub_begin))

#endif
#endif
