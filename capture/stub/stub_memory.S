/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs inside traced processes: copies memory of the program, which may not be
 * there.  A copy then faults: the tracer moves the thread from copying words to
 * copying bytes, and from there to stub_copy_fault (inject_fault.c).
 */
	.section spoor_stub, "ax", @progbits
/*
 * size_t stub_copy(void *to, const void *from, size_t len): bytes copied.
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
	.section .note.GNU-stack, "", @progbits
