/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context of a signal: what a handler learns of the interrupted place and
 * may change there: registers, the program counter (as runtimes do for
 * preemption, or to recover from faults), and the mask.
 * Depends on time: all
 */
#include <signal.h>
#include <stdint.h>
#include <sys/time.h>
#include <ucontext.h>

#include "check.h"

enum { WANTED = 300 };

/* Calls until *stop; ends with what is in r15 then. */
uint64_t call_loop(volatile int *stop);
extern char loop_begin[], loop_end[];
void preempt(void);
__asm__(".text\n"
	"call_loop:\n"
	"	push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n"
	"	push %r15\n"
	"	mov %rdi, %rbp\n"
	"	mov $0x1111, %ebx\n mov $0x2222, %esi\n mov $0x3333, %edx\n"
	"	mov $0x8888, %r8d\n mov $0x9999, %r9d\n mov $0xaaaa, %r10d\n"
	"	mov $0xcccc, %r12d\n mov $0xdddd, %r13d\n mov $0xeeee, %r14d\n"
	"	xor %r15d, %r15d\n"
	"loop_begin:\n"
	"	mov $110, %eax\n"
	"	syscall\n"
	"	cmpl $0, (%rbp)\n"
	"	je loop_begin\n"
	"loop_end:\n"
	"	mov %r15, %rax\n"
	"	pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n"
	"	pop %rbx\n"
	"	ret\n"
	/* Goes in between any two instructions, with a call of its own. */
	"preempt:\n"
	"	pushfq\n push %rax\n push %rcx\n push %r11\n"
	"	mov $39, %eax\n"
	"	syscall\n"
	"	incl preempted(%rip)\n"
	"	pop %r11\n pop %rcx\n pop %rax\n popfq\n"
	"	ret\n");

volatile int preempted;

static volatile int stop, seen, edits, outside;
static void (*volatile act)(ucontext_t *);
static volatile uintptr_t fault_address;

static const struct {
	int reg;
	long long value;
} wanted[] = {
	{ REG_RBX, 0x1111 }, { REG_RSI, 0x2222 }, { REG_RDX, 0x3333 },
	{ REG_R8, 0x8888 },  { REG_R9, 0x9999 },  { REG_R10, 0xaaaa },
	{ REG_R12, 0xcccc }, { REG_R13, 0xdddd }, { REG_R14, 0xeeee },
};

static void on_alarm(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	uintptr_t at = (uintptr_t)uc->uc_mcontext.gregs[REG_RIP];

	(void)sig;
	if (info->si_code != SI_KERNEL)
		_exit(97);
	if (at < (uintptr_t)loop_begin || at >= (uintptr_t)loop_end) {
		outside++;
	} else {
		for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
			if (uc->uc_mcontext.gregs[wanted[i].reg] !=
			    wanted[i].value)
				_exit(96);
		act(uc);
	}
	if (++seen >= WANTED)
		stop = 1;
}

static void edit(ucontext_t *uc)
{
	uc->uc_mcontext.gregs[REG_R15]++;
	edits++;
}

static void push_call(ucontext_t *uc)
{
	uint64_t *sp = (uint64_t *)(uintptr_t)uc->uc_mcontext.gregs[REG_RSP];

	*--sp = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
	uc->uc_mcontext.gregs[REG_RSP] = (greg_t)(uintptr_t)sp;
	uc->uc_mcontext.gregs[REG_RIP] = (greg_t)(uintptr_t)preempt;
	edits++;
}

static uint64_t interrupted(void (*what)(ucontext_t *))
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };
	struct itimerval timer = { { 0, 300 }, { 0, 300 } };
	uint64_t r15;

	action.sa_sigaction = on_alarm;
	act = what;
	stop = seen = edits = outside = 0;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
	r15 = call_loop(&stop);
	timer = (struct itimerval){ { 0, 0 }, { 0, 0 } };
	setitimer(ITIMER_REAL, &timer, NULL);
	return r15;
}

/* "mov (%rdi), %eax; nop" is 3 bytes. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	if (sig == SIGSEGV) {
		fault_address = (uintptr_t)info->si_addr;
		uc->uc_mcontext.gregs[REG_RIP] += 3;
		uc->uc_mcontext.gregs[REG_RAX] = 77;
	}
	seen++;
}

static void faults(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = on_fault;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);
	seen = 0;
	for (uintptr_t at = 64; at < 74; at++) {
		int got = 0;

		__asm__ volatile("mov (%1), %0\n nop" : "=a"(got) : "D"(at));
		require(got == 77 && fault_address == at, "a fault");
		require(raw3(SYS_access, (long)at, 0, 0) == -EFAULT,
			"a call does not fault");
		__asm__ volatile("int3");
	}
	require(seen == 20, "each fault and each breakpoint once");
	signal(SIGSEGV, SIG_DFL);
	signal(SIGTRAP, SIG_DFL);
	passed("faults and breakpoints");
}

static void on_mask(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	sigaddset(&uc->uc_sigmask, SIGUSR2);
}

static void masks(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };
	sigset_t now;

	action.sa_sigaction = on_mask;
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	sigprocmask(SIG_SETMASK, NULL, &now);
	require(sigismember(&now, SIGUSR2) == 1, "a mask set by a handler");
	require(sigismember(&now, SIGUSR1) == 0, "and nothing else");
	require(sigismember(&now, SIGSYS) == 0, "SIGSYS is not masked");
	passed("masks");
}

int main(void)
{
	uint64_t r15 = interrupted(edit);

	require(r15 == (uint64_t)edits, "changed registers stay changed");
	prefer(!outside, "places outside of its own code in handlers");
	passed("registers in handlers");
	preempted = 0;
	interrupted(push_call);
	require(preempted == edits, "calls put in between");
	passed("calls put in between");
	faults();
	masks();
	return 0;
}
