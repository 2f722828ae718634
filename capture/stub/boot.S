/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes, to make their arena: see doc/inject.md, "The
 * arena".  Code that is copied elsewhere, to run before there is an arena, is
 * in one piece and uses nothing outside.
 */
#include "capture/stub/stub.h"

	.section spoor_stub, "ax", @progbits

.macro	restore_sigtrap
	mov	$5, %edi
	lea	-BOOT_STACK + 32(%rbx), %rsi
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$13, %eax		/* rt_sigaction */
	syscall
.endm

/*
 * Where stub_boot goes on, in the arena: here calls go through when those from
 * elsewhere trap.
 */
	.globl	stub_mapped
stub_mapped:
	mov	%r13, %rdi
	mov	$3, %eax		/* close */
	syscall
	restore_sigtrap
	test	$BOOT_IMAGE, %r15d
	jz	stub_dispatch
	mov	$31, %edi		/* rt_sigaction(SIGSYS, stub_sigsys) */
	lea	stub_begin + STUB_OWN + OWN_ACTION(%rip), %rsi
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$13, %eax
	syscall
	mov	%gs:FIXED_STACK, %rsp
	mov	%gs:FIXED_SELF, %rdi
	call	stub_edit_text
	jmp	stub_dispatch

/*
 * Makes an arena.  In: r12, its length; r15, its address (0: anywhere) and
 * BOOT_*; rbx, a struct ucontext to go on with if the tracer is killed
 * meanwhile, with room below it where rsp points.  All signals but SIGTRAP are
 * blocked.
 *
 * Stops by int3: rax is negative if it failed; or 0, and rbp is the arena, r13d
 * its descriptor.  The tracer sizes and fills the memory, seals it, and sets
 * r14, the address in the arena to go on at; rdi, the address for the
 * trampolines once more, or 0; and %gs, the context, which says where the
 * thread goes on.  If something fails then, the thread stops once more.
 */
/* Maps a part of the arena from the file; r10d: MAP_*. */
.macro	map_arena from, len, mode
	lea	\from(%rbp), %rdi
	mov	\len, %rsi
	mov	$\mode, %edx
	mov	%r13, %r8
	mov	$\from, %r9d
	mov	$9, %eax		/* mmap */
	syscall
	test	%rax, %rax
	js	stub_boot_failed
.endm

	.globl	stub_boot
stub_boot:
	mov	$-1, %r13
	mov	$5, %edi		/* rt_sigaction(SIGTRAP, ...) */
	lea	stub_boot_action(%rip), %rsi
	lea	32(%rsp), %rdx
	mov	$8, %r10d
	mov	$13, %eax
	syscall
	lea	boot_name(%rip), %rdi
	mov	$3, %esi		/* MFD_CLOEXEC | MFD_ALLOW_SEALING */
	mov	$319, %eax		/* memfd_create */
	syscall
	test	%rax, %rax
	js	stub_boot_failed
	mov	%rax, %r13
	mov	%r15, %rbp
	and	$-4096, %rbp
	test	$BOOT_CHILD, %r15d
	jnz	1f
	mov	%rbp, %rdi		/* room for all of it */
	mov	%r12, %rsi
	xor	%edx, %edx		/* PROT_NONE */
	mov	$0x4022, %r10d		/* MAP_PRIVATE | _ANONYMOUS | _NORESERVE */
	mov	$-1, %r8
	xor	%r9d, %r9d
	mov	$9, %eax		/* mmap */
	syscall
	test	%rax, %rax
	js	stub_boot_failed
	mov	%rax, %rbp
1:	mov	$0x4011, %r10d		/* MAP_SHARED | _FIXED | _NORESERVE */
	lea	-STUB_STATE(%r12), %rcx
	map_arena STUB_STATE, %rcx, 3	/* PROT_READ | PROT_WRITE */
	mov	$10, %edx		/* MADV_DONTFORK */
	mov	$28, %eax		/* madvise, of the same */
	syscall
	test	%rax, %rax
	jnz	stub_boot_failed
	test	$BOOT_IMAGE, %r15d
	jz	1f
	lea	STUB_LATE(%rbp), %rdi
	mov	$STUB_LATE_LEN, %esi
	mov	$3, %edx		/* PROT_READ | PROT_WRITE */
	mov	$10, %eax		/* mprotect */
	syscall
	test	%rax, %rax
	js	stub_boot_failed
1:	xor	%eax, %eax
	xor	%r14d, %r14d
	int3
	.globl	stub_boot_made
stub_boot_made:
	test	%r14, %r14		/* nobody answered */
	jz	stub_boot_failed
	mov	$0x11, %r10d		/* MAP_SHARED | MAP_FIXED */
	test	$BOOT_IMAGE, %r15d
	jz	2f
	test	%rdi, %rdi
	jz	1f
	mov	$0x100001, %r10d	/* MAP_SHARED | MAP_FIXED_NOREPLACE */
	mov	$STUB_SITES_LEN, %esi
	mov	$5, %edx		/* PROT_READ | PROT_EXEC */
	mov	%r13, %r8
	mov	$STUB_SITES, %r9d
	mov	$9, %eax		/* mmap */
	syscall
	test	%rax, %rax
	js	stub_boot_failed
	mov	$0x11, %r10d
1:	map_arena 0, $STUB_LATE, 5
	map_arena STUB_TABLES, $STUB_TABLES_LEN, 1
2:	map_arena STUB_PATH, $STUB_OWN_LEN, 1	/* PROT_READ */
	mov	%rbp, %rdi
	mov	%r12, %rsi
	mov	$16, %edx		/* MADV_DONTDUMP */
	mov	$28, %eax		/* madvise */
	syscall
	jmp	*%r14
/* Without a tracer, the handler of SIGTRAP takes the thread back. */
	.globl	stub_boot_failed
stub_boot_failed:
	int3
	jmp	stub_boot_failed
/*
 * The handler: takes the thread back to the program, by changing its frame;
 * the FPU is the program's all the time.  rdx: struct ucontext; the registers
 * are from 40 on, the signal mask at 296.
 */
	.globl	stub_boot_abort
stub_boot_abort:
	mov	%rdx, %r14
	mov	40 + 5 * 8(%rdx), %r13
	mov	40 + 11 * 8(%rdx), %rbx
	mov	%r13, %rdi
	mov	$3, %eax		/* close */
	syscall
	restore_sigtrap
	cld
	lea	40(%rbx), %rsi
	lea	40(%r14), %rdi
	mov	$19, %ecx
	rep	movsq
	mov	296(%rbx), %rax
	mov	%rax, 296(%r14)
	ret
	.globl	stub_boot_return
stub_boot_return:
	mov	$15, %eax
	syscall
	.balign	8
/* The kernel's struct sigaction; the tracer fills in the addresses. */
	.globl	stub_boot_action
stub_boot_action:
	.quad	0
	.quad	0x4c000000		/* SA_RESTORER | _ONSTACK | _NODEFER */
	.quad	0, 0
boot_name:
	.asciz	"spoor"
	.globl	stub_boot_end
stub_boot_end:

/*
 * Remote calls: the tracer stops the thread at the start and at the end of
 * each, and puts its registers back after the last.  If the tracer is killed,
 * the thread goes on from here: closes r13d, the memory file (or -1), and takes
 * mask and registers from \way: a struct user_regs_struct of sys/user.h, then
 * the mask.  The stack is not touched, as it may be a goroutine's, nor is the
 * FPU.
 */
.macro	make_calls way
	syscall
	test	%r13d, %r13d
	js	1f
	mov	%r13d, %edi
	mov	$3, %eax		/* close */
	syscall
1:	lea	\way + 18 * 8(%rip), %rsp
	popfq				/* a call leaves them as they are */
	mov	\way + 19 * 8(%rip), %rsp
	mov	$2, %edi		/* SIG_SETMASK */
	lea	\way + 27 * 8(%rip), %rsi
	mov	$0, %edx
	mov	$8, %r10d
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
	mov	\way(%rip), %r15
	mov	\way + 8(%rip), %r14
	mov	\way + 16(%rip), %r13
	mov	\way + 24(%rip), %r12
	mov	\way + 32(%rip), %rbp
	mov	\way + 40(%rip), %rbx
	mov	\way + 48(%rip), %r11
	mov	\way + 56(%rip), %r10
	mov	\way + 64(%rip), %r9
	mov	\way + 72(%rip), %r8
	mov	\way + 80(%rip), %rax
	mov	\way + 88(%rip), %rcx
	mov	\way + 96(%rip), %rdx
	mov	\way + 104(%rip), %rsi
	mov	\way + 112(%rip), %rdi
	jmp	*\way + 16 * 8(%rip)
.endm

/* In an arena. */
	.globl	stub_remote_call
stub_remote_call:
	make_calls stub_begin+STUB_OWN+OWN_WAY
/*
 * To be copied to a process without one, with the state to go on with behind.
 */
	.globl	stub_attach
stub_attach:
	make_calls attach_way
	.globl	stub_attach_name
stub_attach_name:
	.asciz	"spoor"
	.balign	8
	.globl	stub_attach_end
stub_attach_end:
attach_way:
	.section .note.GNU-stack, "", @progbits
