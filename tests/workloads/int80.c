/* SPDX-License-Identifier: Apache-2.0 */
/* 32-bit calls from 64-bit code: other numbers, the same calls. */
#include "expect.h"

static long int80(long nr, long a, long b, long c)
{
	long ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

int main(void)
{
	enum {
		I386_GETPPID = 64,
		I386_CLOSE = 6,
		I386_KILL = 37,
		I386_LLSEEK = 140,
		I386_CLOCK_GETTIME64 = 403
	};

	for (int i = 0; i < 10; i++)
		if (int80(I386_GETPPID, 0, 0, 0) == -38)
			return 0; /* this kernel has no 32-bit calls */
	require(int80(I386_CLOSE, 77, 0, 0) == -9, "close of a bad fd");
	require(int80(I386_KILL, getpid(), 0, 0) == 0, "kill with signal 0");
	int80(I386_LLSEEK, 77, 0, 0);
	int80(I386_CLOCK_GETTIME64, 0, 0, 0);
	expect(1, "evt.type=llseek and proc.pid=" PID, (int)getpid());
	expect(1, "syscall.type=clock_gettime and proc.pid=" PID,
	       (int)getpid());
	expect(10, "evt.type=getppid and proc.pid=" PID, (int)getpid());
	expect(1,
	       "evt.type=close and proc.pid=" PID " and fd.num=77 and "
	       "evt.rawres=-9",
	       (int)getpid());
	expect(1, "evt.type=kill and proc.pid=" PID " and evt.rawres=0",
	       (int)getpid());
	return 0;
}
