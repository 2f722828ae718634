/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: from a patched place to a recorded call and
 * back.  See doc/inject.md.  A patched place jumps to its trampoline:
 *
 *	lea  desc(%rip), %rcx		a call may clobber rcx and r11: so do we
 *	jmp  *%gs:CTX_ENTRY
 *   desc:	syscall			not allowed here: traps to the tracer
 *		jmp  *after(%rip)
 *   after:	.quad			at desc + 8: where the program goes on
 *
 * Nothing is written to the program's stack, and when the call is made all
 * registers but rip, rcx and r11 are the program's own, so a signal that
 * interrupts it finds what it would find natively.
 */
#include "capture/inject/stub.h"

	.section spoor_stub, "ax", @progbits
	.balign	4096
	.globl	stub_begin
stub_begin:

/* The tracer is no more, or has this thread's calls: make them in place. */
stub_gone:
	jmp	*%r11
	.globl	stub_raw
stub_raw:
	jmp	*%rcx

/* What a call is made with, but for r9. */
.macro	save_call
	mov	%rax, %gs:CTX_RAX
	mov	%rdi, %gs:CTX_RDI
	mov	%rsi, %gs:CTX_RSI
	mov	%rdx, %gs:CTX_RDX
	mov	%r10, %gs:CTX_R10
	mov	%r8, %gs:CTX_R8
.endm

/* In: rcx the descriptor.  No flag changes until they are saved. */
	.globl	stub_enter
stub_enter:
	mov	%rcx, %r11
	movzbl	%gs:CTX_ALIVE, %ecx
	jrcxz	stub_gone
/* The tracer sends threads here, with r11 the descriptor. */
	.globl	stub_enter_live
stub_enter_live:
	mov	8(%r11), %rcx
	mov	%rcx, %gs:CTX_AFTER
	mov	%r11, %gs:CTX_DESC
	mov	%rsp, %gs:CTX_RSP
	save_call
	mov	%r9, %gs:CTX_R9
	mov	%rbx, %gs:CTX_RBX
	mov	%rbp, %gs:CTX_RBP
	mov	%r12, %gs:CTX_R12
	mov	%r13, %gs:CTX_R13
	mov	%r14, %gs:CTX_R14
	mov	%r15, %gs:CTX_R15
	movl	$STUB_BEFORE, %gs:CTX_PHASE
	mov	%gs:CTX_STACK, %rsp
	pushfq
	popq	%gs:CTX_FLAGS
	cld
	mov	%gs:CTX_SELF, %rdi
	call	stub_before
	cmp	$STUB_DO_CALL, %eax
	jne	stub_other
	mov	%gs:CTX_RDI, %rdi
	mov	%gs:CTX_R10, %r10
	mov	%gs:CTX_R8, %r8
	mov	%gs:CTX_R9, %r9
	mov	%gs:CTX_CALL_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_RAX, %rax
	mov	%gs:CTX_RSP, %rsp
	.globl	stub_syscall
stub_syscall:
	syscall
	.globl	stub_after
stub_after:
	movl	$STUB_AFTER, %gs:CTX_PHASE
	mov	%rax, %gs:CTX_RET
	mov	%gs:CTX_STACK, %rsp
	mov	%gs:CTX_SELF, %rdi
	call	stub_finish
	test	%eax, %eax
	jnz	stub_other
	cmpl	$0, %gs:CTX_HOLD
	jne	stub_held
	.globl	stub_exit
stub_exit:
	pushq	%gs:CTX_FLAGS
	popfq
	mov	%gs:CTX_RDI, %rdi
	mov	%gs:CTX_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_R10, %r10
	mov	%gs:CTX_R8, %r8
	mov	%gs:CTX_R9, %r9
	mov	%gs:CTX_RET, %rax
	mov	%gs:CTX_AFTER, %rcx
	mov	%gs:CTX_FLAGS, %r11
	mov	%gs:CTX_RSP, %rsp
	movl	$STUB_OUTSIDE, %gs:CTX_PHASE
	jmp	*%rcx
	.globl	stub_exit_end
stub_exit_end:

/* Behind the trap is a jump to stub_unheld. */
stub_held:
	mov	$-1, %rax
	jmp	stub_begin + STUB_TRAP_AT
/* The tracer is dead: a handler runs on the program's stack, then it exits. */
	.globl	stub_unheld
stub_unheld:
	mov	%gs:CTX_STACK, %rsp
	mov	%gs:CTX_SELF, %rdi
	call	stub_queue_held
	mov	%gs:CTX_SELF, %rsi
	add	$CTX_HELD_MASK, %rsi
	mov	$2, %edi		/* SIG_SETMASK */
	xor	%edx, %edx
	mov	$8, %r10d
	mov	%gs:CTX_RSP, %rsp
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
	mov	%gs:CTX_STACK, %rsp
	jmp	stub_exit

.macro	program_registers
	pushq	%gs:CTX_FLAGS
	popfq
	mov	%gs:CTX_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_RAX, %rax
	mov	%gs:CTX_RSP, %rsp
.endm

/* eax: STUB_DO_*.  All registers become the program's. */
stub_other:
	mov	%gs:CTX_RDI, %rdi
	mov	%gs:CTX_R10, %r10
	mov	%gs:CTX_R8, %r8
	mov	%gs:CTX_R9, %r9
	cmp	$STUB_DO_NAKED, %eax
	je	1f
	cmp	$STUB_DO_FORK, %eax
	jae	stub_fork
	program_registers
	mov	%gs:CTX_DESC, %r11
	movl	$STUB_OUTSIDE, %gs:CTX_PHASE
	jmp	*%r11
1:	program_registers
	movl	$STUB_OUTSIDE, %gs:CTX_PHASE
	.globl	stub_naked
stub_naked:
	syscall
	.globl	stub_naked_end
stub_naked_end:
	ud2

/*
 * The tracer gives a new process its own slot and sends it to the program.  If
 * the tracer is dead, or the program did not want it traced, the process goes
 * there by itself: %gs is its parent's, who may be in another call by now, so
 * it finds the way on its own copy of the stack, where the kernel would put
 * the frame of a signal; but of a parent that waits for it, in the context.
 */
stub_fork:
	mov	%eax, %ecx
	program_registers
	lea	-STUB_DO_FORK(%ecx), %ecx
	jrcxz	1f
	syscall
	.globl	stub_vforked
stub_vforked:
	mov	%rax, %rcx
	jrcxz	2f
	jmp	stub_after
2:	mov	%gs:CTX_AFTER, %rcx
	jmp	*%rcx
	.globl	stub_vforked_end
stub_vforked_end:
1:	mov	%gs:CTX_AFTER, %rcx
	mov	%rcx, -FORK_WAY_OUT(%rsp)
	syscall
	.globl	stub_forked
stub_forked:
	mov	%rax, %rcx
	jrcxz	3f
	jmp	stub_after
3:	mov	-FORK_WAY_OUT(%rsp), %rcx
	jmp	*%rcx
	.globl	stub_forked_end
stub_forked_end:

/* Calls from elsewhere shall trap (prctl(2)).  In: the slot; changes rax, rdi,
 * rsi, rdx, r10, r8. */
.macro	dispatch base, slot
	mov	$59, %edi		/* PR_SET_SYSCALL_USER_DISPATCH, _ON */
	mov	$1, %esi
	mov	\base, %rdx
	mov	$STUB_TRAP_AT, %r10d
	lea	CTX_ALIVE(\slot), %r8
	mov	$157, %eax
	syscall
.endm

/*
 * A new thread of an old kernel, where the tracer cannot ask for that: before
 * it goes where it was to go.  It has its slot and all its registers, and no
 * signal comes until the mask is as it was; one that waited finds it in here.
 */
	.globl	stub_dispatch
stub_dispatch:
	save_call
	lea	stub_begin(%rip), %rax
	mov	%gs:CTX_SELF, %r8
	dispatch %rax, %r8
	mov	%gs:CTX_SELF, %rsi
	lea	CTX_HELD_MASK(%rsi), %rsi
	mov	$2, %edi		/* SIG_SETMASK */
	mov	$0, %edx
	mov	$8, %r10d
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
	mov	%gs:CTX_RAX, %rax
	mov	%gs:CTX_RDI, %rdi
	mov	%gs:CTX_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_R10, %r10
	mov	%gs:CTX_R8, %r8
	mov	%gs:CTX_AFTER, %rcx
	jmp	*%rcx
	.globl	stub_dispatch_end
stub_dispatch_end:

/*
 * size_t stub_copy(void *to, const void *from, size_t len): bytes copied.
 * Memory of the program may not be there: the tracer then moves the thread
 * from the words to the bytes, and from those (here or below) to
 * stub_copy_fault.
 */
	.globl	stub_copy
stub_copy:
	xor	%eax, %eax
	.globl	stub_copy_begin
stub_copy_begin:
	lea	8(%rax), %rcx
	cmp	%rdx, %rcx
	ja	2f
1:	mov	(%rsi, %rax), %r8
	mov	%r8, (%rdi, %rax)
	mov	%rcx, %rax
	add	$8, %rcx
	cmp	%rdx, %rcx
	jbe	1b
	.globl	stub_copy_bytes
stub_copy_bytes:
2:	cmp	%rdx, %rax
	jae	3f
	movzbl	(%rsi, %rax), %r8d
	mov	%r8b, (%rdi, %rax)
	inc	%rax
	jmp	2b
3:	ret

/*
 * size_t stub_copy_text(char *to, const char *from, size_t len): bytes before
 * the NUL, or len, or as many as there are.
 */
	.globl	stub_copy_text
stub_copy_text:
	xor	%eax, %eax
	.balign	16
4:	cmp	%rdx, %rax
	jae	5f
	movzbl	(%rsi, %rax), %ecx
	mov	%cl, (%rdi, %rax)
	test	%cl, %cl
	je	5f
	inc	%rax
	jmp	4b
5:	ret
	.globl	stub_copy_end
stub_copy_end:
	.globl	stub_copy_fault
stub_copy_fault:
	ret

/*
 * SIGSYS handler.  Of our own it is only if the tracer died holding a thread:
 * back, to make the call; the selector lets it through now.  Unless the tracer
 * has already sent the thread on.  A restart_syscall is made here: what it is
 * to restart would be forgotten by rt_sigreturn.
 * Others are the program's: to its handler, as if that were called by the
 * kernel.
 * rsi: siginfo, rdx: struct ucontext; its rax is at 144, its rip at 168.
 */
	.globl	stub_sigsys
stub_sigsys:
	cmpl	$2, 8(%rsi)		/* si_code: SYS_USER_DISPATCH */
	jne	1f
	movb	$0, %gs:CTX_ALIVE
	mov	16(%rsi), %r8		/* si_call_addr: behind the call */
	mov	168(%rdx), %rcx
	cmp	%r8, %rcx
	je	2f
	add	$2, %rcx
	cmp	%r8, %rcx
	jne	3f
2:	cmpq	$219, 144(%rdx)
	je	4f
	sub	$2, %r8
	mov	%r8, 168(%rdx)
3:	ret
4:	mov	$219, %eax
	syscall
	mov	%rax, 144(%rdx)
	mov	%r8, 168(%rdx)
	ret
1:	testl	$1, stub_begin + STUB_CONTROL + CONTROL_HAS_GSBASE(%rip)
	jz	6f
	rdgsbase %rcx			/* a thread may have none, or its own */
	jrcxz	7f
	cmp	%gs:CTX_SELF, %rcx
	jne	7f
6:	mov	%gs:CTX_SIGSYS, %rcx
	jmp	8f
7:	mov	stub_begin + STUB_CONTROL + CONTROL_SIGSYS(%rip), %rcx
8:	cmp	$1, %rcx		/* SIG_IGN */
	je	3b
	jb	5f
	jmp	*%rcx
5:	push	$0			/* no such call: die as by SIG_DFL */
	push	$0
	push	$0
	push	$0
	mov	$31, %edi		/* rt_sigaction(SIGSYS, SIG_DFL) */
	mov	%rsp, %rsi
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$13, %eax
	syscall
	mov	$186, %eax		/* gettid, tkill: at the return */
	syscall
	mov	%eax, %edi
	mov	$31, %esi
	mov	$200, %eax
	syscall
	add	$32, %rsp
	ret
	.globl	stub_restorer
stub_restorer:
	mov	$15, %eax
	syscall

/*
 * Makes an arena.  In: r12 its length, r15 where (0: anywhere), rbx a struct
 * ucontext to go on with, if the tracer is killed meanwhile, on the program's
 * stack, with room below it where rsp points; r14 where to have the trampolines
 * once more, or 0.  Stops by int3: rax negative, it failed; or 0: rbp is the
 * arena, r13d its descriptor, r12 where they are once more.  The tracer then
 * gives r14, the context in it, and r12d, the word that arms the thread; and
 * r15, BOOT_*: whether a call that traps shall tell that all is done, or the
 * thread goes on by the struct ucontext.
 */
.macro	restore_sigtrap
	mov	$5, %edi
	lea	-256 + 32(%rbx), %rsi
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$13, %eax		/* rt_sigaction */
	syscall
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
	js	boot_failed
	mov	%rax, %r13
	mov	%rax, %rdi
	mov	%r12, %rsi
	mov	$77, %eax		/* ftruncate */
	syscall
	test	%rax, %rax
	js	boot_failed
	mov	%r15, %rdi
	mov	%r12, %rsi
	mov	$3, %edx		/* PROT_READ | PROT_WRITE */
	mov	$0x4001, %r10d		/* MAP_SHARED | MAP_NORESERVE */
	mov	%r13, %r8
	xor	%r9d, %r9d
	mov	$9, %eax		/* mmap */
	syscall
	test	%rax, %rax
	js	boot_failed
	mov	%rax, %rbp
	mov	%rax, %rdi
	mov	$STUB_FORESEEN, %esi
	mov	$5, %edx		/* PROT_READ | PROT_EXEC */
	mov	$10, %eax		/* mprotect */
	syscall
	test	%rax, %rax
	js	boot_failed
	mov	%rbp, %rdi
	mov	%r12, %rsi
	mov	$16, %edx		/* MADV_DONTDUMP */
	mov	$28, %eax		/* madvise */
	syscall
	xor	%r12d, %r12d
	test	%r14, %r14
	jz	1f
	mov	%r14, %rdi
	mov	$STUB_SITES_LEN, %esi
	mov	$5, %edx
	mov	$1, %r10d		/* MAP_SHARED */
	mov	%r13, %r8
	mov	$STUB_SITES, %r9d
	mov	$9, %eax		/* mmap */
	syscall
	mov	%rax, %r12
1:	xor	%eax, %eax
	xor	%r14d, %r14d
	int3
	test	%r14, %r14		/* nobody answered */
	jz	boot_failed
	mov	%r13, %rdi
	mov	$3, %eax		/* close */
	syscall
	mov	$-1, %r13
	mov	$31, %edi		/* rt_sigaction(SIGSYS, stub_sigsys) */
	lea	STUB_SIGACTION(%rbp), %rsi
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$13, %eax
	syscall
	restore_sigtrap
	test	$BOOT_DISPATCHES, %r15d
	jz	1f
	dispatch %rbp, %r14
1:	mov	%r12d, CTX_ALIVE(%r14)
	mov	%r14, %rdi
	lea	stub_edit_text - stub_begin(%rbp), %rax
	call	*%rax
	test	$BOOT_TELLS, %r15d
	jnz	1f
	mov	%rbx, %rsp
	lea	stub_restorer - stub_begin(%rbp), %rax
	jmp	*%rax
1:	mov	$-1, %eax
	syscall				/* traps */
	mov	%rbx, %rsp
	mov	$15, %eax		/* rt_sigreturn */
	syscall
/* If nobody is there, the handler of SIGTRAP ends it. */
boot_failed:
	int3
	jmp	boot_failed
/*
 * The handler: goes on as if nothing had been, by changing what it returns to;
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
 * A program that runs already makes calls for the tracer, which stops it at
 * the start and at the end of each, and gives it back its registers after the
 * last.  If the tracer is killed, the thread goes on from here: closes r13d,
 * where the memory is (or -1), and takes mask and registers from below.  Its
 * stack is not touched, as it may be a goroutine's, nor the FPU.
 */
	.globl	stub_attach
stub_attach:
	syscall
	test	%r13d, %r13d
	js	1f
	mov	%r13d, %edi
	mov	$3, %eax		/* close */
	syscall
1:	lea	attach_flags(%rip), %rsp
	popfq				/* a call leaves them as they are */
	mov	attach_rsp(%rip), %rsp
	mov	$2, %edi		/* SIG_SETMASK */
	lea	attach_mask(%rip), %rsi
	mov	$0, %edx
	mov	$8, %r10d
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
	mov	attach_registers(%rip), %r15
	mov	attach_registers + 8(%rip), %r14
	mov	attach_registers + 16(%rip), %r13
	mov	attach_registers + 24(%rip), %r12
	mov	attach_registers + 32(%rip), %rbp
	mov	attach_registers + 40(%rip), %rbx
	mov	attach_registers + 48(%rip), %r11
	mov	attach_registers + 56(%rip), %r10
	mov	attach_registers + 64(%rip), %r9
	mov	attach_registers + 72(%rip), %r8
	mov	attach_registers + 80(%rip), %rax
	mov	attach_registers + 88(%rip), %rcx
	mov	attach_registers + 96(%rip), %rdx
	mov	attach_registers + 104(%rip), %rsi
	mov	attach_registers + 112(%rip), %rdi
	jmp	*attach_rip(%rip)
	.balign	8
/* struct user_regs_struct, of sys/user.h; then the mask, and a name. */
	.globl	stub_attach_way
stub_attach_way:
attach_registers:
	.skip	16 * 8
attach_rip:
	.skip	2 * 8
attach_flags:
	.skip	8
attach_rsp:
	.skip	8 * 8
attach_mask:
	.skip	8
	.globl	stub_attach_name
stub_attach_name:
	.asciz	"spoor"
	.globl	stub_attach_end
stub_attach_end:
	.section .note.GNU-stack, "", @progbits
