/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: from a patched site to a recorded call and
 * back.  See doc/inject.md.  A patched site jumps to its trampoline:
 *
 *	lea  desc(%rip), %rcx		a call may clobber rcx and r11: so do we
 *	jmp  *%gs:FIXED_ENTRY
 *   desc:	syscall			not allowed here: traps to the tracer
 *		jmp  *after(%rip)
 *   after:	.quad			at desc + 8: where the program goes on
 *
 * Nothing is written to the program's stack, and when the call is made all
 * registers but rip, rcx and r11 are the program's own: a signal that
 * interrupts the call finds the thread as it would natively.
 */
#include "capture/stub/stub.h"

	.section spoor_stub, "ax", @progbits
	.balign	4096
	.globl	stub_begin
stub_begin:

/* The tracer is dead, or takes this thread's calls: they are made in place. */
stub_gone:
	jmp	*%r11
	.globl	stub_raw
stub_raw:
	jmp	*%rcx

/* The registers that a call is made with, but for r9. */
.macro	save_call
	mov	%rax, %gs:CTX_RAX
	mov	%rdi, %gs:CTX_RDI
	mov	%rsi, %gs:CTX_RSI
	mov	%rdx, %gs:CTX_RDX
	mov	%r10, %gs:CTX_R10
	mov	%r8, %gs:CTX_R8
.endm

/* In: rcx, the descriptor.  The flags do not change until they are saved. */
	.globl	stub_enter
stub_enter:
	mov	%rcx, %r11
	movzbl	%gs:FIXED_ALIVE, %ecx
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
	mov	%gs:FIXED_STACK, %rsp
	pushfq
	popq	%gs:CTX_FLAGS
	cld
	mov	%gs:FIXED_SELF, %rdi
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
	mov	%gs:FIXED_STACK, %rsp
	mov	%gs:FIXED_SELF, %rdi
	call	stub_finish
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

/* A call at whose end the tracer has something to do: traps.  Behind that
 * system call is a jump to stub_unheld. */
stub_held:
	mov	$-1, %rax
	jmp	stub_begin + STUB_TRAP_AT
/* The tracer is dead: does what it was to do.  A handler runs on the program's
 * stack; then the thread leaves the stub. */
	.globl	stub_unheld
stub_unheld:
	testl	$STUB_HOLD_SIGNAL, %gs:CTX_HOLD
	jz	stub_unasked
	mov	%gs:FIXED_STACK, %rsp
	mov	%gs:FIXED_SELF, %rdi
	call	stub_queue_held
	mov	%gs:FIXED_SELF, %rsi
	add	$CTX_HELD_MASK, %rsi
	mov	$2, %edi		/* SIG_SETMASK */
	xor	%edx, %edx
	mov	$8, %r10d
	mov	%gs:CTX_RSP, %rsp
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
stub_unasked:
	movl	$0, %gs:CTX_HOLD
	mov	%gs:FIXED_STACK, %rsp
	jmp	stub_exit

.macro	program_registers
	pushq	%gs:CTX_FLAGS
	popfq
	mov	%gs:CTX_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_RAX, %rax
	mov	%gs:CTX_RSP, %rsp
.endm

/* Calls made in another way, eax: STUB_DO_*.  All registers become the
 * program's. */
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
	syscall
	ud2

/*
 * The tracer gives a new process its own slot and sends it to the program.  If
 * the tracer is dead, or the program did not want the process traced, it goes
 * there by itself.  Its %gs is the parent's, which may be in another call by
 * now: so it finds the address on its own copy of the stack, where the kernel
 * would put the frame of a signal; or in the context, if the parent waits.
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

/*
 * Switches the dispatch on, and goes on as the context says: a new thread,
 * where the tracer cannot do that from outside (an old kernel), and a thread
 * that has made an arena (boot.S).  Calls from elsewhere than the stub trap
 * from here on (PR_SET_SYSCALL_USER_DISPATCH, _ON).  No signal is delivered
 * until the mask is as it was; a pending one finds the thread behind that call.
 */
	.globl	stub_dispatch
stub_dispatch:
	mov	$59, %edi
	mov	$1, %esi
	lea	stub_begin(%rip), %rdx
	mov	$STUB_TRAP_AT, %r10d
	mov	%gs:FIXED_SELF, %r8
	add	$FIXED_ALIVE, %r8
	mov	$157, %eax		/* prctl */
	syscall
	mov	%gs:FIXED_SELF, %rsi
	lea	CTX_HELD_MASK(%rsi), %rsi
	mov	$2, %edi		/* SIG_SETMASK */
	xor	%edx, %edx
	mov	$8, %r10d
	mov	$14, %eax		/* rt_sigprocmask */
	syscall
	.globl	stub_unmasked
stub_unmasked:
	mov	%gs:FIXED_STACK, %rsp
	pushq	%gs:CTX_FLAGS
	popfq
	mov	%gs:CTX_RAX, %rax
	mov	%gs:CTX_RDI, %rdi
	mov	%gs:CTX_RSI, %rsi
	mov	%gs:CTX_RDX, %rdx
	mov	%gs:CTX_R10, %r10
	mov	%gs:CTX_R8, %r8
	mov	%gs:CTX_R9, %r9
	mov	%gs:CTX_RBX, %rbx
	mov	%gs:CTX_RBP, %rbp
	mov	%gs:CTX_R12, %r12
	mov	%gs:CTX_R13, %r13
	mov	%gs:CTX_R14, %r14
	mov	%gs:CTX_R15, %r15
	mov	%gs:CTX_FLAGS, %r11
	mov	%gs:CTX_AFTER, %rcx
	mov	%gs:CTX_RSP, %rsp
	jmp	*%rcx
	.globl	stub_dispatch_end
stub_dispatch_end:

/*
 * Handler of SIGSYS.  A trap comes here only if the tracer has died: goes back
 * to make the call, which the selector lets through now; unless the tracer has
 * already sent the thread on.  If there were too many threads for the kernel to
 * clear the selector, the dispatch is switched off
 * (PR_SET_SYSCALL_USER_DISPATCH, _OFF), and patched calls go through, also in
 * processes forked from here on.  A restart_syscall is made here: rt_sigreturn
 * would make the kernel forget what it is to restart.  Others are the
 * program's: to its handler, as if that were called by the kernel.  rsi:
 * siginfo, rdx: struct ucontext; its rax is at 144, its rip at 168.
 */
	.globl	stub_sigsys
stub_sigsys:
	cmpl	$2, 8(%rsi)		/* si_code: SYS_USER_DISPATCH */
	jne	1f
	cmpb	$0, %gs:FIXED_ALIVE
	jne	9f
0:	mov	16(%rsi), %r8		/* si_call_addr: behind the call */
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
9:	mov	%rsi, %r9
	mov	%rdx, %r12		/* rt_sigreturn gives it back */
	mov	$59, %edi
	xor	%esi, %esi
	xor	%edx, %edx
	xor	%r10d, %r10d
	xor	%r8d, %r8d
	mov	$157, %eax		/* prctl */
	syscall
	mov	$0x1001, %edi		/* ARCH_SET_GS: nobody's slot */
	lea	stub_begin + STUB_CONTEXTS(%rip), %rsi
	mov	$158, %eax		/* arch_prctl */
	syscall
	mov	%r9, %rsi
	mov	%r12, %rdx
	jmp	0b
1:	testl	$1, stub_begin + STUB_CONTROL + CONTROL_HAS_GSBASE(%rip)
	jz	6f
	rdgsbase %rcx			/* a thread may have none, or its own */
	jrcxz	7f
	cmp	%gs:FIXED_SELF, %rcx
	jne	7f
6:	mov	%gs:FIXED_SIGSYS, %rcx
	jmp	8f
7:	mov	stub_begin + STUB_OWN(%rip), %rcx
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
	.section .note.GNU-stack, "", @progbits
