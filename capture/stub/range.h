/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that map, unmap or replace memory: before one changes the memory that
 * records calls, the tracer must be asked.  Freestanding: also part of the
 * stub.
 */
#ifndef SPOOR_CAPTURE_STUB_RANGE_H
#define SPOOR_CAPTURE_STUB_RANGE_H

#include <stdint.h>
#include <sys/syscall.h>

struct memory_range {
	uint64_t from, to;
};

/* Is some of the range among len bytes at `at'? */
static inline int range_has(const struct memory_range *range, uint64_t at,
			    uint64_t len)
{
	return len && at < range->to &&
	       (at + len > range->from || at + len < at);
}

/* Does the call replace or unmap some of the range?  args: the first five. */
static inline int range_changes(const struct memory_range *range, uint64_t nr,
				const uint64_t args[5])
{
	enum { FIXED = 0x10, MOVE_TO = 2, REMAP = 040000 };

	switch (nr) {
	case SYS_munmap:
	case SYS_remap_file_pages:
		return range_has(range, args[0], args[1]);
	case SYS_mmap:
		return (args[3] & FIXED) && range_has(range, args[0], args[1]);
	case SYS_mremap:
		return range_has(range, args[0], args[1]) ||
		       ((args[3] & MOVE_TO) &&
			range_has(range, args[4], args[2]));
	case SYS_shmat: /* as long as the segment is */
		return (args[2] & REMAP) &&
		       range_has(range, args[1], UINT64_MAX - args[1]);
	default:
		return 0;
	}
}

#endif
