/* SPDX-License-Identifier: Apache-2.0 */
/* The cheapest call, COUNT times (100000): what recording one costs. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 100000;
	struct timespec begin;
	struct timespec end;
	double ns;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (long i = 0; i < count; i++)
		syscall(SYS_getppid);
	clock_gettime(CLOCK_MONOTONIC, &end);
	ns = (double)(end.tv_sec - begin.tv_sec) * 1e9 +
	     (double)(end.tv_nsec - begin.tv_nsec);
	printf("%.0f\n", ns / (double)count);
	return 0;
}
