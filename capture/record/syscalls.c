/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The row of a call by its number; see syscalls.h.  Calls without a row in
 * syscall_rows.c are recorded as GENERIC with their number.
 */
#include "capture/record/syscalls.h"

#include <string.h>

#include "capture/record/i386.h"

static struct syscall_row generic[PPM_SC_COUNT];
static const struct syscall_row *by_number[SYSCALL_MAX];
static const struct syscall_row *by_i386_number[I386_MAX];

static const struct syscall_row *own_row(const char *name)
{
	for (const struct syscall_row *row = syscall_rows; row->name; row++)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}

/* Has the memory that the row names the same layout in 32-bit programs? */
static bool is_portable(const struct syscall_row *row)
{
	for (int i = 0; i < COPY_MAX; i++)
		switch (row->copies[i].kind) {
		case COPY_NONE:
		case COPY_PATH:
		case COPY_BYTES_IN:
		case COPY_BYTES_OUT:
		case COPY_ADDR_IN:
		case COPY_ADDR_OUT:
		case COPY_IOVEC_IN:
		case COPY_IOVEC_OUT:
		case COPY_STRINGS:
			break;
		case COPY_FIXED_IN:
		case COPY_FIXED_OUT:
			if (row->copies[i].with != 8)
				return false;
			break;
		default:
			return false;
		}
	return true;
}

static void fill_i386(const struct syscall_row *row, const char *name)
{
	for (int nr = 0; nr < I386_MAX; nr++)
		if (i386_names[nr] && !strcmp(i386_names[nr], name))
			by_i386_number[nr] = row;
}

/* Fills the tables of rows by number. */
static void fill(void)
{
	for (int sc = 0; sc < PPM_SC_COUNT; sc++) {
		int nr = ppm_scs[sc].x86_64_nr;
		const char *name = ppm_scs[sc].name;
		const struct syscall_row *row = own_row(name);

		generic[sc] = (struct syscall_row){ .name = name,
						    .event = PPME_GENERIC_X };
		if (row && row->event == PPME_GENERIC_X) {
			generic[sc] = *row;
			row = &generic[sc];
		}
		generic[sc].ppm_sc = (uint16_t)sc;
		if (nr >= 0 && nr < SYSCALL_MAX)
			by_number[nr] = row ? row : &generic[sc];
		fill_i386(row && is_portable(row) ? row : &generic[sc], name);
	}
}

static const struct syscall_row *i386_row(int nr)
{
	if (nr < 0 || nr >= I386_MAX || !by_i386_number[nr])
		return &generic[0];
	return by_i386_number[nr];
}

const struct syscall_row *syscall_row(enum raw_abi abi, int nr)
{
	if (!generic[0].name)
		fill();
	if (abi == RAW_I386)
		return i386_row(nr);
	if (abi == RAW_X32)
		nr &= ~0x40000000;
	if (nr < 0 || nr >= SYSCALL_MAX || !by_number[nr])
		return &generic[0];
	return by_number[nr];
}

bool copy_is_output(enum copy_kind kind)
{
	return kind == COPY_BYTES_OUT || kind == COPY_FIXED_OUT ||
	       kind == COPY_ADDR_OUT || kind == COPY_IOVEC_OUT ||
	       kind == COPY_MSG_OUT || kind == COPY_MMSG_OUT ||
	       kind == COPY_POLL_OUT || kind == COPY_QUOTA_OUT;
}

int syscall_find(const char *name)
{
	for (int sc = 1; sc < PPM_SC_COUNT; sc++)
		if (!strcmp(ppm_scs[sc].name, name))
			return ppm_scs[sc].x86_64_nr;
	return -1;
}
