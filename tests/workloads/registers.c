/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A call preserves all registers except rax, rcx and r11, the flags, the vector
 * registers, and the red zone; it needs no stack, and neither FS nor GS.
 */
#include <asm/prctl.h>
#include <stdint.h>
#include <sys/mman.h>

#include "check.h"

enum { RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R15 = R8 + 7, FLAGS, COUNT };

/* The arithmetic flags and DF; AC makes each unaligned access fault. */
enum { ARITHMETIC = 0x8d5, DIRECTION = 0x400, ALIGNED = 0x40000 };

void call_with(const uint64_t *in, uint64_t *out);
__asm__(".text\n"
	"call_with:\n"
	"	push %rbx\n push %rbp\n push %r12\n push %r13\n"
	"	push %r14\n push %r15\n push %rsi\n"
	"	mov 0*8(%rdi), %rax\n	mov 1*8(%rdi), %rbx\n"
	"	mov 2*8(%rdi), %rcx\n	mov 3*8(%rdi), %rdx\n"
	"	mov 4*8(%rdi), %rsi\n	mov 6*8(%rdi), %rbp\n"
	"	mov 7*8(%rdi), %r8\n	mov 8*8(%rdi), %r9\n"
	"	mov 9*8(%rdi), %r10\n	mov 10*8(%rdi), %r11\n"
	"	mov 11*8(%rdi), %r12\n	mov 12*8(%rdi), %r13\n"
	"	mov 13*8(%rdi), %r14\n	mov 14*8(%rdi), %r15\n"
	"	push 15*8(%rdi)\n	mov 5*8(%rdi), %rdi\n"
	"	popfq\n"
	"	syscall\n"
	"	pushfq\n push %rdi\n mov 16(%rsp), %rdi\n"
	"	mov %rax, 0*8(%rdi)\n	mov %rbx, 1*8(%rdi)\n"
	"	mov %rcx, 2*8(%rdi)\n	mov %rdx, 3*8(%rdi)\n"
	"	mov %rsi, 4*8(%rdi)\n	mov %rbp, 6*8(%rdi)\n"
	"	mov %r8, 7*8(%rdi)\n	mov %r9, 8*8(%rdi)\n"
	"	mov %r10, 9*8(%rdi)\n	mov %r11, 10*8(%rdi)\n"
	"	mov %r12, 11*8(%rdi)\n	mov %r13, 12*8(%rdi)\n"
	"	mov %r14, 13*8(%rdi)\n	mov %r15, 14*8(%rdi)\n"
	"	pop 5*8(%rdi)\n		pop 15*8(%rdi)\n"
	"	push $0x202\n popfq\n"
	"	pop %rsi\n pop %r15\n pop %r14\n pop %r13\n"
	"	pop %r12\n pop %rbp\n pop %rbx\n"
	"	ret\n");

static void general(long nr, uint64_t flags, long arg, long ret)
{
	uint64_t in[COUNT];
	uint64_t out[COUNT] = { 0 };

	for (int i = 0; i < COUNT; i++)
		in[i] = 0x1111111111111111u * (uint64_t)i + 1;
	in[RAX] = (uint64_t)nr;
	in[RDI] = (uint64_t)arg;
	in[FLAGS] = flags | 0x202;
	call_with(in, out);
	require((long)out[RAX] == ret, "the result");
	require(out[FLAGS] == in[FLAGS], "the flags");
	for (int i = RBX; i <= R15; i++)
		if (i != RCX && i != R8 + 3)
			require(in[i] == out[i], "a register");
}

static const struct {
	const char *name;
	uint64_t flags;
} flag_sets[] = {
	{ "general registers", 0 },
	{ "flags", ARITHMETIC },
	{ "the direction flag", DIRECTION },
	{ "the alignment check flag", ALIGNED },
};

static void vectors(void)
{
	uint8_t in[256], out[256];
	uint32_t control = 0x1f80 | 0x6000; /* rounds to zero */
	uint32_t now = 0;

	for (int i = 0; i < 256; i++)
		in[i] = (uint8_t)(i * 7 + 1);
	__asm__ volatile(
		"ldmxcsr %[control]\n"
		".set at, 0\n"
		".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
		"movdqu at(%[in]), %%xmm\\n\n .set at, at + 16\n .endr\n"
		"mov $110, %%eax\n syscall\n"
		".set at, 0\n"
		".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
		"movdqu %%xmm\\n, at(%[out])\n .set at, at + 16\n .endr\n"
		"stmxcsr %[now]\n"
		: [now] "=m"(now)
		: [in] "r"(in), [out] "r"(out), [control] "m"(control)
		: "rax", "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3",
		  "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
		  "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
	control = 0x1f80;
	__asm__ volatile("ldmxcsr %0" ::"m"(control));
	require(!memcmp(in, out, sizeof(in)), "xmm registers");
	require((now & 0xffc0) == (0x1f80 | 0x6000), "mxcsr");
	passed("vector registers");
}

/* A leaf function may keep data in the 128 bytes below the stack pointer. */
static void red_zone(void)
{
	uint64_t wrong = 0;

	__asm__ volatile(
		".set at, 8\n .rept 16\n"
		"movq $0x5a5a5a5a, -at(%%rsp)\n .set at, at + 8\n .endr\n"
		"mov $110, %%eax\n syscall\n"
		".set at, 8\n .rept 16\n"
		"mov -at(%%rsp), %%rdx\n sub $0x5a5a5a5a, %%rdx\n"
		"or %%rdx, %[wrong]\n .set at, at + 8\n .endr\n"
		: [wrong] "+r"(wrong)
		:
		: "rax", "rcx", "rdx", "r11", "memory", "cc");
	require(!wrong, "the red zone");
}

static long without_stack(uint64_t stack)
{
	long ret = 110;

	__asm__ volatile("mov %%rsp, %%rbx\n mov %[stack], %%rsp\n"
			 "syscall\n mov %%rbx, %%rsp\n"
			 : "+a"(ret)
			 : [stack] "r"(stack)
			 : "rbx", "rcx", "r11", "memory");
	return ret;
}

static void stacks(void)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pid_t parent = getppid();

	memset(page, 1, 4096);
	require(without_stack((uint64_t)page + 8) == parent, "a full stack");
	for (int i = 0; i < 4096; i++)
		require(page[i] == 1, "memory near the stack pointer");
	passed("a full stack");
	mprotect(page, 4096, PROT_READ);
	require(without_stack((uint64_t)page + 64) == parent,
		"a stack that cannot be written");
	munmap(page, 4096);
	require(without_stack((uint64_t)page) == parent, "an unmapped stack");
	require(without_stack(0) == parent, "no stack");
	require(without_stack(0x123456789abcdef1) == parent, "no address");
	passed("no stack");
}

static void segments(void)
{
	uint64_t fs = 0;
	uint64_t gs = 1;
	long parent = getppid();
	long with_none;

	require(!raw3(SYS_arch_prctl, ARCH_GET_FS, (long)&fs, 0), "get FS");
	raw3(SYS_arch_prctl, ARCH_SET_GS, 0x123456, 0);
	raw3(SYS_arch_prctl, ARCH_SET_FS, 0, 0);
	with_none = raw3(SYS_getppid, 0, 0, 0);
	raw3(SYS_arch_prctl, ARCH_SET_FS, (long)fs, 0);
	require(with_none == parent, "a call without FS");
	require(!raw3(SYS_arch_prctl, ARCH_GET_GS, (long)&gs, 0) &&
			gs == 0x123456,
		"GS is the program's");
	raw3(SYS_arch_prctl, ARCH_SET_GS, 0, 0);
	passed("FS and GS");
}

int main(void)
{
	long parent = getppid();

	for (int n = 0; n < 4; n++) {
		for (int i = 0; i < 100; i++) {
			general(SYS_getppid, flag_sets[n].flags, 0, parent);
			general(SYS_close, flag_sets[n].flags, -1, -EBADF);
			general(100000, flag_sets[n].flags, 0, -ENOSYS);
		}
		passed(flag_sets[n].name);
	}
	for (int i = 0; i < 100; i++)
		red_zone();
	passed("the red zone");
	vectors();
	stacks();
	segments();
	return 0;
}
