/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of quotactl(2), which is many calls in one: its command says what
 * the other arguments are.  What does not belong to a command is 0, as in
 * captures of others.  Called by encode.c as those of encode_params.c.
 */
#include <linux/quota.h>

#include "capture/encode/encode_internal.h"
#include "capture/encode/flags.h"
#include "core/event/ppm_constants.h"

static uint32_t command_of(const struct making *m)
{
	return flag_value(SET_QUOTACTL,
			  (uint32_t)m->record->args[0] >> SUBCMDSHIFT);
}

/* The type of quota that a command is for, as events number it. */
static uint32_t type_of(const struct making *m)
{
	switch (m->record->args[0] & SUBCMDMASK) {
	case USRQUOTA:
		return PPM_USRQUOTA;
	case GRPQUOTA:
		return PPM_GRPQUOTA;
	default:
		return 0;
	}
}

/* The quota format, as events number it. */
static uint32_t format_of(uint64_t kernel)
{
	switch (kernel) {
	case QFMT_VFS_OLD:
		return PPM_QFMT_VFS_OLD;
	case QFMT_VFS_V0:
		return PPM_QFMT_VFS_V0;
	case QFMT_VFS_V1:
		return PPM_QFMT_VFS_V1;
	default:
		return PPM_QFMT_NOT_USED;
	}
}

/* The user or group that a command is for; 0: it is for none. */
static uint32_t id_of(const struct making *m)
{
	enum {
		ABOUT_ONE = PPM_Q_GETQUOTA | PPM_Q_SETQUOTA | PPM_Q_XGETQUOTA |
			    PPM_Q_XSETQLIM
	};

	return command_of(m) & ABOUT_ONE ? (uint32_t)m->record->args[2] : 0;
}

/* The format that Q_GETFMT returned. */
static uint32_t format_got(const struct making *m)
{
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, 3);

	return command_of(m) == PPM_Q_GETFMT && b.len >= 4
		       ? format_of(load_u32(b.data))
		       : PPM_QFMT_NOT_USED;
}

struct bytes from_quota_command(struct making *m)
{
	return param_number(m, command_of(m));
}

struct bytes from_quota_type(struct making *m)
{
	return param_number(m, type_of(m));
}

struct bytes from_quota_format(struct making *m)
{
	return param_number(m, command_of(m) == PPM_Q_QUOTAON
				       ? format_of(m->record->args[2])
				       : PPM_QFMT_NOT_USED);
}

struct bytes from_quota_format_got(struct making *m)
{
	return param_number(m, format_got(m));
}

struct bytes from_quota_file(struct making *m)
{
	return command_of(m) == PPM_Q_QUOTAON ? from_path(m)
					      : (struct bytes){ NULL, 0 };
}

struct bytes from_quota_id(struct making *m)
{
	return param_number(m, id_of(m));
}

/*
 * A member of struct if_dqblk (by GETQUOTA, SETQUOTA) or if_dqinfo
 * (by GETINFO, SETINFO), if the structure says that it is set.
 */
struct bytes from_quota_member(struct making *m)
{
	enum {
		BLOCK = PPM_Q_GETQUOTA | PPM_Q_SETQUOTA,
		INFO = PPM_Q_GETINFO | PPM_Q_SETINFO,
		ROOT_SQUASH = 1 /* DQF_ROOT_SQUASH, the one flag kept */
	};
	static const struct {
		uint32_t commands;
		uint8_t at, len, valid_at, valid;
	} members[] = {
		{ BLOCK, 0, 8, 64, QIF_BLIMITS }, /* hard limit of blocks */
		{ BLOCK, 8, 8, 64, QIF_BLIMITS }, /* soft */
		{ BLOCK, 16, 8, 64, QIF_SPACE },
		{ BLOCK, 24, 8, 64, QIF_ILIMITS }, /* hard limit of inodes */
		{ BLOCK, 32, 8, 64, QIF_ILIMITS }, /* soft */
		{ BLOCK, 48, 8, 64, QIF_BTIME },
		{ BLOCK, 56, 8, 64, QIF_ITIME },
		{ INFO, 0, 8, 20, IIF_BGRACE },
		{ INFO, 8, 8, 20, IIF_IGRACE },
		{ INFO, 16, 4, 20, IIF_FLAGS }, /* flags */
	};
	struct bytes b = piece_bytes(m->record, PIECE_MEMORY, 3);
	unsigned i = m->step->with;

	if (!(command_of(m) & members[i].commands) ||
	    b.len < members[i].valid_at + 4u ||
	    !(load_u32(b.data + members[i].valid_at) & members[i].valid))
		return param_number(m, 0);
	if (members[i].len == 8)
		return param_number(m, load_u64(b.data + members[i].at));
	return param_number(m, load_u32(b.data + members[i].at) & ROOT_SQUASH
				       ? PPM_V1_DQF_RSQUASH
				       : PPM_DQF_NONE);
}
