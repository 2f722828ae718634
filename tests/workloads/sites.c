/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Call sites in the program's text: of every form that a compiler or a person
 * writes, entered in the middle, read as data, and first reached by many
 * threads at once.
 * Depends on time: futex
 */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "check.h"

enum {
	SITES = 512,
	SITE_BYTES = 16,
	THREADS = 64,
	TIMES = 20,
	PAGE = 4096,
	FAR = 0x1000
};

extern const char __executable_start[], etext[];

typedef long site_fn(void);
typedef long call_fn(long nr);

extern char many_sites[];
site_fn whole, tight, zeroed, spread, before_data, crossing, at_jump,
	sixty_four, earlier;
call_fn middle, backward, only;
long store(void *to); /* there + FAR */
extern const char store_at[];
__asm__(".text\n"
	".balign 16\n"
	"many_sites:\n"
	".rept 512\n mov $110, %eax\n syscall\n ret\n .balign 16\n .endr\n"
	/* The second entry is the call itself, with another number. */
	"whole: mov $110, %eax\n"
	"the_call: syscall\n ret\n"
	"middle: mov %rdi, %rax\n jmp the_call\n"
	/* Nothing but the call, and other code at once behind it. */
	"only: mov %rdi, %rax\n call bare\n ret\n"
	"bare: syscall\n"
	"ret\n"
	"tight: push %rbx\n mov $110, %eax\n syscall\n pop %rbx\n ret\n"
	"zeroed: xor %eax, %eax\n mov $110, %al\n syscall\n ret\n"
	"spread: mov $110, %eax\n xor %edi, %edi\n nop\n lea 1(%rdi), %rsi\n"
	"	syscall\n mov %rax, %rdx\n mov %rdx, %rax\n ret\n"
	"sixty_four: mov $110, %rax\n syscall\n ret\n"
	"earlier: mov $110, %eax\n lea 0x12345(%rdi), %rsi\n syscall\n ret\n"
	".balign 64\n"
	"store: mov $110, %eax\n"
	"store_at: mov %eax, 0x1000(%rdi)\n syscall\n ret\n"
	/* What follows is relative to where it is. */
	"before_data: mov $110, %eax\n syscall\n lea 1f(%rip), %rdx\n"
	"	sub (%rdx), %rax\n add 1f(%rip), %rax\n ret\n"
	"1: .quad 77\n"
	"at_jump: mov $110, %eax\n syscall\n jmp 2f\n .quad 0\n 2: ret\n"
	/* A loop that jumps back to the call, and to just behind it. */
	"backward: push %rbx\n mov $5, %ebx\n"
	"3: mov %rdi, %rax\n jmp 5f\n"
	"4: jmp 6f\n"
	"5: syscall\n"
	"6: dec %ebx\n jg 3b\n je 4b\n pop %rbx\n ret\n"
	".balign 4096\n .skip 4090, 0x90\n"
	"crossing: mov $110, %eax\n syscall\n ret\n");

static long parent, own;
static pthread_barrier_t barrier;

static const struct {
	const char *name;
	site_fn *fn;
} shapes[] = {
	{ "whole", whole },
	{ "between push and pop", tight },
	{ "a number in al", zeroed },
	{ "spread", spread },
	{ "a 64-bit move", sixty_four },
	{ "its number before the last", earlier },
	{ "relative code behind", before_data },
	{ "a jump behind", at_jump },
	{ "across pages", crossing },
};

static void all_shapes(void)
{
	for (size_t n = 0; n < sizeof(shapes) / sizeof(*shapes); n++) {
		for (int i = 0; i < TIMES; i++)
			require(shapes[n].fn() == parent, shapes[n].name);
		passed(shapes[n].name);
	}
}

static void other_entries(void)
{
	for (int i = 0; i < TIMES; i++) {
		require(whole() == parent, "from the start");
		require(middle(SYS_getpid) == own, "into the middle");
		require(only(SYS_getpid) == own && only(SYS_getppid) == parent,
			"a bare call");
		require(backward(SYS_getpid) == own, "a loop to the call");
		require(backward(100000) == -ENOSYS, "a call that is none");
	}
	passed("entries in the middle");
}

static char there[2 * FAR];
static int faults;

/* Faults where the program has it, and again from there. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
	ucontext_t *at = context;

	(void)sig;
	(void)info;
	if (at->uc_mcontext.gregs[REG_RIP] == (greg_t)(uintptr_t)store_at)
		faults++;
	at->uc_mcontext.gregs[REG_RDI] = (greg_t)(uintptr_t)there;
}

static void fault_before(void)
{
	struct sigaction action = { .sa_sigaction = on_fault,
				    .sa_flags = SA_SIGINFO };

	require(!sigaction(SIGSEGV, &action, NULL), "a handler");
	for (int i = 0; i < TIMES; i++)
		require(store(there) == parent, "with a store before it");
	require(store((void *)(uintptr_t)-FAR) == parent && faults == 1 &&
			there[FAR] == 110,
		"a store that faults before it");
	passed("a fault before the call");
}

static void *hammer(void *wrong)
{
	for (int i = 0; i < SITES; i++) {
		char *at = many_sites + (size_t)i * SITE_BYTES;
		site_fn *fn;

		memcpy(&fn, &at, sizeof(fn));
		if (i % 64 == 0)
			pthread_barrier_wait(&barrier);
		if (fn() != parent)
			*(int *)wrong += 1;
	}
	return NULL;
}

static void many_threads(void)
{
	pthread_t threads[THREADS];
	int wrong[THREADS] = { 0 };

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		require(!pthread_create(&threads[i], NULL, hammer, &wrong[i]),
			"pthread_create");
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		require(!wrong[i], "a result in a thread");
	}
	passed("fresh places, many threads");
}

static uint64_t text_sum(void)
{
	uint64_t sum = 0;

	for (const char *at = __executable_start; at < etext; at++)
		sum = sum * 31 + (uint8_t)*at;
	return sum;
}

/* The text's protection is the program's to change. */
static void protect(void)
{
	char *page = (char *)((uintptr_t)many_sites & ~(uintptr_t)(PAGE - 1));

	require(!mprotect(page, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC),
		"text made writable");
	require(whole() == parent && middle(SYS_getpid) == own, "then called");
	require(!mprotect(page, 2 * PAGE, PROT_READ | PROT_EXEC),
		"text made read-only");
	require(whole() == parent && middle(SYS_getpid) == own, "then called");
	passed("the text's protection");
}

int main(void)
{
	uint64_t sum = text_sum();

	parent = getppid();
	own = getpid();
	all_shapes();
	other_entries();
	fault_before();
	many_threads();
	protect();
	prefer(sum == text_sum(), "the text reads other than it was");
	return 0;
}
