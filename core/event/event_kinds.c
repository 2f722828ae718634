/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh core/event/reference core/event */
/* clang-format off */
#include "core/event/tables.h"

static const struct param_kind bpf_dynamic_param[] = {
	{ .name = "", .type = PT_FD, .format = PF_DEC },
	{ .name = "", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind keyctl_dynamic_param[] = {
	{ .name = "", .type = PT_INT64, .format = PF_DEC },
	{ .name = "", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind ptrace_dynamic_param[] = {
	{ .name = "", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind sockopt_dynamic_param[] = {
	{ .name = "", .type = PT_BYTEBUF, .format = PF_HEX },
	{ .name = "", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "", .type = PT_RELTIME, .format = PF_DEC },
};

static const struct param_kind params_0[] = {
	{ .name = "ID", .type = PT_SYSCALLID, .format = PF_DEC },
	{ .name = "nativeID", .type = PT_UINT16, .format = PF_DEC },
};

static const struct param_kind params_1[] = {
	{ .name = "ID", .type = PT_SYSCALLID, .format = PF_DEC },
	{ .name = "nativeID", .type = PT_UINT16, .format = PF_DEC },
};

static const struct param_kind params_2[] = {
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
};

static const struct param_kind params_3[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
	{ .name = "dev", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_4[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_5[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_6[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_7[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_8[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_9[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_10[] = {
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_11[] = {
	{ .name = "res", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_13[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_15[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_18[] = {
	{ .name = "domain", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_socket_families },
	{ .name = "type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "proto", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_19[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "domain", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_socket_families },
	{ .name = "type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "proto", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
};

static const struct param_kind params_20[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_21[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_SOCKADDR, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_22[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "addr", .type = PT_SOCKADDR, .format = PF_NA },
};

static const struct param_kind params_23[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "addr", .type = PT_SOCKADDR, .format = PF_NA },
};

static const struct param_kind params_24[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "backlog", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_25[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "backlog", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_27[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "queuepct", .type = PT_UINT8, .format = PF_DEC },
};

static const struct param_kind params_28[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_29[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_30[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_31[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_32[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_33[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_34[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_35[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_36[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "how", .type = PT_ENUMFLAGS8, .format = PF_HEX,
	  .flags = flag_names_shutdown_how },
};

static const struct param_kind params_37[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "how", .type = PT_ENUMFLAGS8, .format = PF_HEX,
	  .flags = flag_names_shutdown_how },
};

static const struct param_kind params_42[] = {
	{ .name = "domain", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_socket_families },
	{ .name = "type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "proto", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_43[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd1", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd2", .type = PT_FD, .format = PF_DEC },
	{ .name = "source", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "peer", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "domain", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_socket_families },
	{ .name = "type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "proto", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_45[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "level", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_sockopt_levels },
	{ .name = "optname", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_sockopt_options },
	{ .name = "val", .type = PT_DYN, .format = PF_DEC,
	  .dyn = sockopt_dynamic_param, .dyn_count = 5 },
	{ .name = "optlen", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_47[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "level", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_sockopt_levels },
	{ .name = "optname", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_sockopt_options },
	{ .name = "val", .type = PT_DYN, .format = PF_DEC,
	  .dyn = sockopt_dynamic_param, .dyn_count = 5 },
	{ .name = "optlen", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_48[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_49[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_51[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
};

static const struct param_kind params_52[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_53[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "msgcontrol", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_55[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "msgcontrol", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_56[] = {
	{ .name = "flags", .type = PT_INT32, .format = PF_HEX },
};

static const struct param_kind params_57[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "queuepct", .type = PT_UINT8, .format = PF_DEC },
};

static const struct param_kind params_58[] = {
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
};

static const struct param_kind params_59[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
	{ .name = "dev", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "creat_flags", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_creat_flags },
};

static const struct param_kind params_61[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd1", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd2", .type = PT_FD, .format = PF_DEC },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_62[] = {
	{ .name = "initval", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_63[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "initval", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_64[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "op", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_futex_operations },
	{ .name = "val", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_65[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "op", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_futex_operations },
	{ .name = "val", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_67[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_69[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_70[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_71[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_73[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_75[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_76[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_77[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_78[] = {
	{ .name = "maxevents", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_79[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "maxevents", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_80[] = {
	{ .name = "fds", .type = PT_FDLIST, .format = PF_DEC },
	{ .name = "timeout", .type = PT_INT64, .format = PF_DEC },
};

static const struct param_kind params_81[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fds", .type = PT_FDLIST, .format = PF_DEC },
	{ .name = "timeout", .type = PT_INT64, .format = PF_DEC },
};

static const struct param_kind params_83[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_85[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_86[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "whence", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_lseek_whence },
};

static const struct param_kind params_87[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "whence", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_lseek_whence },
};

static const struct param_kind params_88[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "whence", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_lseek_whence },
};

static const struct param_kind params_89[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "whence", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_lseek_whence },
};

static const struct param_kind params_90[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "request", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_91[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_93[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_95[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_96[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_97[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_98[] = {
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_99[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_100[] = {
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_101[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_102[] = {
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
};

static const struct param_kind params_103[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_104[] = {
	{ .name = "oldpath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "newpath", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_105[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_106[] = {
	{ .name = "olddir", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "newdir", .type = PT_FD, .format = PF_DEC },
	{ .name = "newpath", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_107[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_108[] = {
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_109[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_110[] = {
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_111[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_112[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_113[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_114[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_115[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_116[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_117[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_118[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_119[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_120[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_121[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_122[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_123[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pos", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_124[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_125[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_126[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mask", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_127[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mask", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_128[] = {
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_129[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_130[] = {
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_131[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_132[] = {
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_133[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_134[] = {
	{ .name = "interval", .type = PT_RELTIME, .format = PF_DEC },
};

static const struct param_kind params_135[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "interval", .type = PT_RELTIME, .format = PF_DEC },
};

static const struct param_kind params_136[] = {
	{ .name = "clockid", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_137[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "clockid", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_138[] = {
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_139[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT8, .format = PF_HEX },
};

static const struct param_kind params_140[] = {
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_141[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "cur", .type = PT_INT64, .format = PF_DEC },
	{ .name = "max", .type = PT_INT64, .format = PF_DEC },
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_142[] = {
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_143[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "cur", .type = PT_INT64, .format = PF_DEC },
	{ .name = "max", .type = PT_INT64, .format = PF_DEC },
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_144[] = {
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_145[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "newcur", .type = PT_INT64, .format = PF_DEC },
	{ .name = "newmax", .type = PT_INT64, .format = PF_DEC },
	{ .name = "oldcur", .type = PT_INT64, .format = PF_DEC },
	{ .name = "oldmax", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pid", .type = PT_INT64, .format = PF_DEC },
	{ .name = "resource", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_rlimit_resources },
};

static const struct param_kind params_146[] = {
	{ .name = "next", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_148[] = {
	{ .name = "ratio", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_149[] = {
	{ .name = "ratio", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_150[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "cmd", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_fcntl_commands },
};

static const struct param_kind params_151[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "cmd", .type = PT_ENUMFLAGS8, .format = PF_DEC,
	  .flags = flag_names_fcntl_commands },
	{ .name = "arg", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_152[] = {
	{ .name = "next", .type = PT_PID, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_155[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_157[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_158[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_159[] = {
	{ .name = "res", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_160[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mmap_flags },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_161[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_HEX },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mmap_flags },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_162[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mmap_flags },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pgoffset", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_163[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_HEX },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mmap_flags },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pgoffset", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_164[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_165[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_166[] = {
	{ .name = "fd_in", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd_out", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_splice_flags },
};

static const struct param_kind params_167[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd_in", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd_out", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_splice_flags },
};

static const struct param_kind params_168[] = {
	{ .name = "request", .type = PT_ENUMFLAGS16, .format = PF_DEC,
	  .flags = flag_names_ptrace_requests },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_169[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_DYN, .format = PF_HEX,
	  .dyn = ptrace_dynamic_param, .dyn_count = 2 },
	{ .name = "data", .type = PT_DYN, .format = PF_HEX,
	  .dyn = ptrace_dynamic_param, .dyn_count = 2 },
	{ .name = "request", .type = PT_ENUMFLAGS16, .format = PF_DEC,
	  .flags = flag_names_ptrace_requests },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_170[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "request", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "argument", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_171[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "request", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "argument", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_173[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_175[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "newpath", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_177[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "olddirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "newdirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "newpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 3 + 1 },
};

static const struct param_kind params_179[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "target", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "linkpath", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_181[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "target", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "linkdirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "linkpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 2 + 1 },
};

static const struct param_kind params_183[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_185[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_186[] = {
	{ .name = "status", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "ret", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
	{ .name = "core", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "reaper_tid", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_188[] = {
	{ .name = "out_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "in_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_189[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "offset", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "out_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "in_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "size", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_190[] = {
	{ .name = "cmd", .type = PT_FLAGS16, .format = PF_DEC,
	  .flags = flag_names_quotactl_cmds },
	{ .name = "type", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_types },
	{ .name = "id", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "quota_fmt", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_quota_fmts },
};

static const struct param_kind params_191[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "special", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "quotafilepath", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "dqb_bhardlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "dqb_bsoftlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "dqb_curspace", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "dqb_ihardlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "dqb_isoftlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "dqb_btime", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "dqb_itime", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "dqi_bgrace", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "dqi_igrace", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "dqi_flags", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_dqi_flags },
	{ .name = "quota_fmt_out", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_quota_fmts },
	{ .name = "cmd", .type = PT_FLAGS16, .format = PF_DEC,
	  .flags = flag_names_quotactl_cmds },
	{ .name = "type", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_types },
	{ .name = "id", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "quota_fmt", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_quotactl_quota_fmts },
};

static const struct param_kind params_192[] = {
	{ .name = "ruid", .type = PT_UID, .format = PF_DEC },
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
	{ .name = "suid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_193[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "ruid", .type = PT_UID, .format = PF_DEC },
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
	{ .name = "suid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_194[] = {
	{ .name = "rgid", .type = PT_GID, .format = PF_DEC },
	{ .name = "egid", .type = PT_GID, .format = PF_DEC },
	{ .name = "sgid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_195[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "rgid", .type = PT_GID, .format = PF_DEC },
	{ .name = "egid", .type = PT_GID, .format = PF_DEC },
	{ .name = "sgid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_196[] = {
	{ .name = "event_type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "event_data", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_198[] = {
	{ .name = "uid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_199[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "uid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_200[] = {
	{ .name = "gid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_201[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "gid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_203[] = {
	{ .name = "uid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_205[] = {
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_207[] = {
	{ .name = "gid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_209[] = {
	{ .name = "egid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_211[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "ruid", .type = PT_UID, .format = PF_DEC },
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
	{ .name = "suid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_213[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "rgid", .type = PT_GID, .format = PF_DEC },
	{ .name = "egid", .type = PT_GID, .format = PF_DEC },
	{ .name = "sgid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_215[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_217[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_219[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_221[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_223[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vtid", .type = PT_PID, .format = PF_DEC },
	{ .name = "vpid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pidns_init_start_ts", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_225[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vtid", .type = PT_PID, .format = PF_DEC },
	{ .name = "vpid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pidns_init_start_ts", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_227[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vtid", .type = PT_PID, .format = PF_DEC },
	{ .name = "vpid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pidns_init_start_ts", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_228[] = {
	{ .name = "id", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "type", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "image", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_231[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_232[] = {
	{ .name = "spid", .type = PT_PID, .format = PF_DEC },
	{ .name = "dpid", .type = PT_PID, .format = PF_DEC },
	{ .name = "sig", .type = PT_SIGTYPE, .format = PF_DEC },
};

static const struct param_kind params_234[] = {
	{ .name = "cpu_usr", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "cpu_sys", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_236[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_237[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_238[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_239[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
};

static const struct param_kind params_240[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
	{ .name = "nstype", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
};

static const struct param_kind params_241[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
	{ .name = "nstype", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
};

static const struct param_kind params_242[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
	{ .name = "operation", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_flock_flags },
};

static const struct param_kind params_243[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_NA },
	{ .name = "operation", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_flock_flags },
};

static const struct param_kind params_244[] = {
	{ .name = "cpu", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "action", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_247[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "queuepct", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "queuelen", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "queuemax", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_248[] = {
	{ .name = "flags", .type = PT_INT32, .format = PF_HEX },
};

static const struct param_kind params_249[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "queuepct", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "queuelen", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "queuemax", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_250[] = {
	{ .name = "semid", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_251[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "nsops", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "sem_num_0", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sem_op_0", .type = PT_INT16, .format = PF_DEC },
	{ .name = "sem_flg_0", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_semop_flags },
	{ .name = "sem_num_1", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sem_op_1", .type = PT_INT16, .format = PF_DEC },
	{ .name = "sem_flg_1", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_semop_flags },
	{ .name = "semid", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_252[] = {
	{ .name = "semid", .type = PT_INT32, .format = PF_DEC },
	{ .name = "semnum", .type = PT_INT32, .format = PF_DEC },
	{ .name = "cmd", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_semctl_commands },
	{ .name = "val", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_253[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "semid", .type = PT_INT32, .format = PF_DEC },
	{ .name = "semnum", .type = PT_INT32, .format = PF_DEC },
	{ .name = "cmd", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_semctl_commands },
	{ .name = "val", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_254[] = {
	{ .name = "fds", .type = PT_FDLIST, .format = PF_DEC },
	{ .name = "timeout", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "sigmask", .type = PT_SIGSET, .format = PF_DEC },
};

static const struct param_kind params_255[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fds", .type = PT_FDLIST, .format = PF_DEC },
	{ .name = "timeout", .type = PT_RELTIME, .format = PF_DEC },
	{ .name = "sigmask", .type = PT_SIGSET, .format = PF_DEC },
};

static const struct param_kind params_256[] = {
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mount_flags },
};

static const struct param_kind params_257[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dev", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "dir", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "type", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mount_flags },
};

static const struct param_kind params_258[] = {
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_umount_flags },
};

static const struct param_kind params_259[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_260[] = {
	{ .name = "json", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_262[] = {
	{ .name = "key", .type = PT_INT32, .format = PF_HEX },
	{ .name = "nsems", .type = PT_INT32, .format = PF_DEC },
	{ .name = "semflg", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_semget_flags },
};

static const struct param_kind params_263[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "key", .type = PT_INT32, .format = PF_HEX },
	{ .name = "nsems", .type = PT_INT32, .format = PF_DEC },
	{ .name = "semflg", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_semget_flags },
};

static const struct param_kind params_264[] = {
	{ .name = "mode", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_access_flags },
};

static const struct param_kind params_265[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_access_flags },
};

static const struct param_kind params_267[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_268[] = {
	{ .name = "id", .type = PT_INT64, .format = PF_DEC },
	{ .name = "tags", .type = PT_CHARBUFARRAY, .format = PF_NA },
	{ .name = "args", .type = PT_PAIR_ARRAY, .format = PF_NA },
};

static const struct param_kind params_269[] = {
	{ .name = "id", .type = PT_INT64, .format = PF_DEC },
	{ .name = "tags", .type = PT_CHARBUFARRAY, .format = PF_NA },
	{ .name = "args", .type = PT_PAIR_ARRAY, .format = PF_NA },
};

static const struct param_kind params_270[] = {
	{ .name = "json", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_272[] = {
	{ .name = "json", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_275[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_276[] = {
	{ .name = "mode", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_277[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_279[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_280[] = {
	{ .name = "id", .type = PT_CHARBUF, .format = PF_DEC },
	{ .name = "desc", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_283[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tty", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_284[] = {
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
};

static const struct param_kind params_285[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
};

static const struct param_kind params_286[] = {
	{ .name = "source", .type = PT_CHARBUF, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "description", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "scope", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_288[] = {
	{ .name = "filename", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_289[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tty", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_290[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "ip", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "error", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_pf_flags },
};

static const struct param_kind params_292[] = {
	{ .name = "filename", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_293[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tty", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vpgid", .type = PT_PID, .format = PF_DEC },
	{ .name = "loginuid", .type = PT_UID, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_execve_flags },
	{ .name = "cap_inheritable", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_permitted", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_effective", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "exe_ino", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "exe_ino_ctime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "exe_ino_mtime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "uid", .type = PT_UID, .format = PF_DEC },
	{ .name = "trusted_exepath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "pgid", .type = PT_PID, .format = PF_NA },
	{ .name = "gid", .type = PT_GID, .format = PF_DEC },
	{ .name = "filename", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_294[] = {
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pgid", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_295[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pgid", .type = PT_PID, .format = PF_DEC },
};

static const struct param_kind params_296[] = {
	{ .name = "cmd", .type = PT_INT64, .format = PF_DEC },
};

static const struct param_kind params_297[] = {
	{ .name = "res_or_fd", .type = PT_DYN, .format = PF_DEC,
	  .dyn = bpf_dynamic_param, .dyn_count = 2 },
};

static const struct param_kind params_298[] = {
	{ .name = "op", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_299[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "op", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_301[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_303[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_unlinkat_flags },
};

static const struct param_kind params_305[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "path", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "mode", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_306[] = {
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 0 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
};

static const struct param_kind params_307[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
	{ .name = "dev", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_309[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "newpath", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_311[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "olddir", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "newdir", .type = PT_FD, .format = PF_DEC },
	{ .name = "newpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 3 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_linkat_flags },
};

static const struct param_kind params_313[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "filename", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "mode", .type = PT_MODE, .format = PF_OCT,
	  .flags = flag_names_chmod_mode },
};

static const struct param_kind params_315[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "filename", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_MODE, .format = PF_OCT,
	  .flags = flag_names_chmod_mode },
};

static const struct param_kind params_317[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mode", .type = PT_MODE, .format = PF_OCT,
	  .flags = flag_names_chmod_mode },
};

static const struct param_kind params_319[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "olddirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "newdirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "newpath", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 3 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_renameat2_flags },
};

static const struct param_kind params_321[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
};

static const struct param_kind params_322[] = {
	{ .name = "plugin_id", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "event_data", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_324[] = {
	{ .name = "json", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_326[] = {
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 0 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
	{ .name = "resolve", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_openat2_flags },
};

static const struct param_kind params_327[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mode", .type = PT_UINT32, .format = PF_OCT },
	{ .name = "resolve", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_openat2_flags },
	{ .name = "dev", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_328[] = {
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
};

static const struct param_kind params_329[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "prot", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_prot_flags },
};

static const struct param_kind params_330[] = {
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pathname", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 0 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_execveat_flags },
};

static const struct param_kind params_331[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "env", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tty", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vpgid", .type = PT_PID, .format = PF_DEC },
	{ .name = "loginuid", .type = PT_UID, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_execve_flags },
	{ .name = "cap_inheritable", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_permitted", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_effective", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "exe_ino", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "exe_ino_ctime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "exe_ino_mtime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "uid", .type = PT_UID, .format = PF_DEC },
	{ .name = "trusted_exepath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "pgid", .type = PT_PID, .format = PF_NA },
	{ .name = "gid", .type = PT_GID, .format = PF_DEC },
};

static const struct param_kind params_332[] = {
	{ .name = "fdin", .type = PT_FD, .format = PF_DEC },
	{ .name = "offin", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "len", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_333[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fdout", .type = PT_FD, .format = PF_DEC },
	{ .name = "offout", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "fdin", .type = PT_FD, .format = PF_DEC },
	{ .name = "offin", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "len", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_335[] = {
	{ .name = "res", .type = PT_PID, .format = PF_DEC },
	{ .name = "exe", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "args", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "tid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "ptid", .type = PT_PID, .format = PF_DEC },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "cgroups", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_clone_flags },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vtid", .type = PT_PID, .format = PF_DEC },
	{ .name = "vpid", .type = PT_PID, .format = PF_DEC },
	{ .name = "pidns_init_start_ts", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_337[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mountfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "dev", .type = PT_UINT32, .format = PF_HEX },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_339[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "entries", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "sq_entries", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "cq_entries", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_io_uring_setup_flags },
	{ .name = "sq_thread_cpu", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "sq_thread_idle", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "features", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_io_uring_setup_feats },
};

static const struct param_kind params_341[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "to_submit", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "min_complete", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_io_uring_enter_flags },
	{ .name = "sig", .type = PT_SIGSET, .format = PF_DEC },
};

static const struct param_kind params_343[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "opcode", .type = PT_ENUMFLAGS16, .format = PF_DEC,
	  .flags = flag_names_io_uring_register_opcodes },
	{ .name = "arg", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "nr_args", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_345[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "len", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_347[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "len", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_349[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mlockall_flags },
};

static const struct param_kind params_351[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
};

static const struct param_kind params_353[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "cap_inheritable", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_permitted", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_effective", .type = PT_UINT64, .format = PF_HEX },
};

static const struct param_kind params_354[] = {
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "home", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "shell", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "container_id", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_356[] = {
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "home", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "shell", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "container_id", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_358[] = {
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "container_id", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_360[] = {
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "container_id", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_362[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_363[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "newfd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_364[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_365[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "newfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
};

static const struct param_kind params_366[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_367[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "oldfd", .type = PT_FD, .format = PF_DEC },
};

static const struct param_kind params_368[] = {
	{ .name = "cmd", .type = PT_INT64, .format = PF_DEC },
};

static const struct param_kind params_369[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "cmd", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_bpf_commands },
};

static const struct param_kind params_371[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "addr", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "len", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_mlock2_flags },
};

static const struct param_kind params_373[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "cmd", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_fsconfig_cmds },
	{ .name = "key", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "value_bytebuf", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "value_charbuf", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "aux", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_374[] = {
	{ .name = "size", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_375[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "size", .type = PT_INT32, .format = PF_DEC },
};

static const struct param_kind params_376[] = {
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_epoll_create1_flags },
};

static const struct param_kind params_377[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_epoll_create1_flags },
};

static const struct param_kind params_379[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_381[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_383[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_385[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pathname", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "uid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "gid", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_fchownat_flags },
};

static const struct param_kind params_387[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
};

static const struct param_kind params_388[] = {
	{ .name = "flags", .type = PT_INT32, .format = PF_HEX },
};

static const struct param_kind params_389[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "tuple", .type = PT_SOCKTUPLE, .format = PF_NA },
	{ .name = "queuepct", .type = PT_UINT8, .format = PF_DEC },
	{ .name = "queuelen", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "queuemax", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_INT32, .format = PF_HEX },
};

static const struct param_kind params_390[] = {
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_umount_flags },
};

static const struct param_kind params_391[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "name", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_umount_flags },
};

static const struct param_kind params_393[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd1", .type = PT_FD, .format = PF_DEC },
	{ .name = "fd2", .type = PT_FD, .format = PF_DEC },
	{ .name = "ino", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
};

static const struct param_kind params_395[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_file_flags },
};

static const struct param_kind params_396[] = {
	{ .name = "initval", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_397[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "initval", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_398[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mask", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_399[] = {
	{ .name = "res", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS16, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "mask", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_401[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "option", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_prctl_options },
	{ .name = "arg2_str", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "arg2_int", .type = PT_INT64, .format = PF_DEC },
};

static const struct param_kind params_402[] = {
	{ .name = "plugin_id", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_405[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_memfd_create_flags },
};

static const struct param_kind params_407[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pid_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "target_fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "flags", .type = PT_UINT32, .format = PF_HEX },
};

static const struct param_kind params_409[] = {
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_pidfd_open_flags },
};

static const struct param_kind params_411[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "img", .type = PT_BYTEBUF, .format = PF_NA },
	{ .name = "length", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "uargs", .type = PT_CHARBUF, .format = PF_NA },
};

static const struct param_kind params_413[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "fd", .type = PT_FD, .format = PF_DEC },
	{ .name = "uargs", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_finit_module_flags },
};

static const struct param_kind params_415[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "mode", .type = PT_MODE, .format = PF_OCT,
	  .flags = flag_names_mknod_mode },
	{ .name = "dev", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_417[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "path", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "mode", .type = PT_MODE, .format = PF_OCT,
	  .flags = flag_names_mknod_mode },
	{ .name = "dev", .type = PT_UINT32, .format = PF_DEC },
};

static const struct param_kind params_419[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "dirfd", .type = PT_FD, .format = PF_DEC },
	{ .name = "path", .type = PT_FSRELPATH, .format = PF_NA,
	  .dirfd_param = 1 + 1 },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_newfstatat_flags },
};

static const struct param_kind params_421[] = {
	{ .name = "res", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_423[] = {
	{ .name = "res", .type = PT_INT64, .format = PF_DEC },
	{ .name = "pid", .type = PT_PID, .format = PF_DEC },
	{ .name = "data", .type = PT_BYTEBUF, .format = PF_NA },
};

static const struct param_kind params_425[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "name", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_delete_module_flags },
};

static const struct param_kind params_427[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "ruid", .type = PT_UID, .format = PF_DEC },
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_429[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "rgid", .type = PT_UID, .format = PF_DEC },
	{ .name = "egid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_430[] = {
	{ .name = "ppid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "pgid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "vpgid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "sid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "comm", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "argv", .type = PT_CHARBUFARRAY, .format = PF_NA },
	{ .name = "exepath", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_execve_flags },
	{ .name = "env", .type = PT_CHARBUFARRAY, .format = PF_NA },
	{ .name = "cwd", .type = PT_CHARBUF, .format = PF_NA },
	{ .name = "fdlimit", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "euid", .type = PT_UID, .format = PF_DEC },
	{ .name = "egid", .type = PT_GID, .format = PF_DEC },
	{ .name = "cap_permitted", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_effective", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "cap_inheritable", .type = PT_UINT64, .format = PF_HEX },
	{ .name = "exe_ino_num", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "exe_ino_ctime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "exe_ino_mtime", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "vm_size", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_rss", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "vm_swap", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "pgft_maj", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "pgft_min", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "vtgid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "vpid", .type = PT_PID32, .format = PF_DEC },
	{ .name = "pidns_init_start_ts", .type = PT_UINT64, .format = PF_DEC },
	{ .name = "cgroups", .type = PT_CHARBUFARRAY, .format = PF_NA },
	{ .name = "root", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "start_time", .type = PT_ABSTIME, .format = PF_DEC },
	{ .name = "tty", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "loginuid", .type = PT_UID, .format = PF_DEC },
};

static const struct param_kind params_432[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_434[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_436[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_file_flags },
	{ .name = "mnt_id", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_438[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_440[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "sk_type", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sk_proto", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "local_ip", .type = PT_IPV4ADDR, .format = PF_HEX },
	{ .name = "local_port", .type = PT_PORT, .format = PF_HEX },
	{ .name = "remote_ip", .type = PT_IPV4ADDR, .format = PF_HEX },
	{ .name = "remote_port", .type = PT_PORT, .format = PF_HEX },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_442[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "sk_type", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sk_proto", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "local_ip", .type = PT_IPV6ADDR, .format = PF_HEX },
	{ .name = "local_port", .type = PT_PORT, .format = PF_HEX },
	{ .name = "remote_ip", .type = PT_IPV6ADDR, .format = PF_HEX },
	{ .name = "remote_port", .type = PT_PORT, .format = PF_HEX },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_444[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "sk_type", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sk_proto", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sk_pointer", .type = PT_UINT64, .format = PF_NA },
	{ .name = "sun_path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_446[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "sk_type", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "sk_proto", .type = PT_UINT16, .format = PF_DEC },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_448[] = {
	{ .name = "fd", .type = PT_FD32, .format = PF_DEC },
	{ .name = "fd_type", .type = PT_FLAGS8, .format = PF_DEC,
	  .flags = flag_names_anon_inode_fd_types },
	{ .name = "path", .type = PT_FSPATH, .format = PF_NA },
	{ .name = "ino_num", .type = PT_UINT64, .format = PF_DEC },
};

static const struct param_kind params_451[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "first", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "last", .type = PT_UINT32, .format = PF_DEC },
	{ .name = "flags", .type = PT_FLAGS32, .format = PF_HEX,
	  .flags = flag_names_close_range_flags },
};

static const struct param_kind params_453[] = {
	{ .name = "res", .type = PT_ERRNO, .format = PF_DEC },
	{ .name = "operation", .type = PT_ENUMFLAGS32, .format = PF_DEC,
	  .flags = flag_names_keyctl_operations },
	{ .name = "arg2", .type = PT_DYN, .format = PF_DEC,
	  .dyn = keyctl_dynamic_param, .dyn_count = 2 },
	{ .name = "arg3", .type = PT_DYN, .format = PF_DEC,
	  .dyn = keyctl_dynamic_param, .dyn_count = 2 },
	{ .name = "arg4", .type = PT_DYN, .format = PF_DEC,
	  .dyn = keyctl_dynamic_param, .dyn_count = 2 },
	{ .name = "arg5", .type = PT_DYN, .format = PF_DEC,
	  .dyn = keyctl_dynamic_param, .dyn_count = 2 },
};

const struct event_kind event_kinds[EVENT_KIND_COUNT] = {
	[0] = { "PPME_GENERIC_E", "syscall", EC_OTHER | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_0 },
	[1] = { "PPME_GENERIC_X", "syscall", EC_OTHER | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 2, params_1 },
	[2] = { "PPME_SYSCALL_OPEN_E", "open", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3,
	  params_2 },
	[3] = { "PPME_SYSCALL_OPEN_X", "open", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 6,
	  params_3 },
	[4] = { "PPME_SYSCALL_CLOSE_E", "close", EC_IO_OTHER | EC_SYSCALL,
	  EF_DESTROYS_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_4 },
	[5] = { "PPME_SYSCALL_CLOSE_X", "close", EC_IO_OTHER | EC_SYSCALL,
	  EF_DESTROYS_FD | EF_USES_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 2, params_5 },
	[6] = { "PPME_SYSCALL_READ_E", "read", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_6 },
	[7] = { "PPME_SYSCALL_READ_X", "read", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_CONVERTER_MANAGED, 4, params_7 },
	[8] = { "PPME_SYSCALL_WRITE_E", "write", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_8 },
	[9] = { "PPME_SYSCALL_WRITE_X", "write", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_CONVERTER_MANAGED, 4, params_9 },
	[10] = { "PPME_SYSCALL_BRK_1_E", "brk", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_10 },
	[11] = { "PPME_SYSCALL_BRK_1_X", "brk", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_11 },
	[12] = { "PPME_SYSCALL_EXECVE_8_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[13] = { "PPME_SYSCALL_EXECVE_8_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 8,
	  params_13 },
	[14] = { "PPME_SYSCALL_CLONE_11_E", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[15] = { "PPME_SYSCALL_CLONE_11_X", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 11,
	  params_15 },
	[16] = { "PPME_PROCEXIT_E", "procexit", EC_PROCESS | EC_TRACEPOINT,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[17] = { "PPME_PROCEXIT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[18] = { "PPME_SOCKET_SOCKET_E", "socket", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_18 },
	[19] = { "PPME_SOCKET_SOCKET_X", "socket", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 5,
	  params_19 },
	[20] = { "PPME_SOCKET_BIND_E", "bind", EC_NET | EC_SYSCALL, EF_USES_FD |
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_20 },
	[21] = { "PPME_SOCKET_BIND_X", "bind", EC_NET | EC_SYSCALL, EF_USES_FD |
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3, params_21 },
	[22] = { "PPME_SOCKET_CONNECT_E", "connect", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 2, params_22 },
	[23] = { "PPME_SOCKET_CONNECT_X", "connect", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4, params_23 },
	[24] = { "PPME_SOCKET_LISTEN_E", "listen", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_24 },
	[25] = { "PPME_SOCKET_LISTEN_X", "listen", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 3, params_25 },
	[26] = { "PPME_SOCKET_ACCEPT_E", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[27] = { "PPME_SOCKET_ACCEPT_X", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_27 },
	[28] = { "PPME_SOCKET_SEND_E", "send", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_28 },
	[29] = { "PPME_SOCKET_SEND_X", "send", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_CONVERTER_MANAGED, 5, params_29 },
	[30] = { "PPME_SOCKET_SENDTO_E", "sendto", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_30 },
	[31] = { "PPME_SOCKET_SENDTO_X", "sendto", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 5, params_31 },
	[32] = { "PPME_SOCKET_RECV_E", "recv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_32 },
	[33] = { "PPME_SOCKET_RECV_X", "recv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_CONVERTER_MANAGED, 5, params_33 },
	[34] = { "PPME_SOCKET_RECVFROM_E", "recvfrom", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_34 },
	[35] = { "PPME_SOCKET_RECVFROM_X", "recvfrom", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 5, params_35 },
	[36] = { "PPME_SOCKET_SHUTDOWN_E", "shutdown", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_36 },
	[37] = { "PPME_SOCKET_SHUTDOWN_X", "shutdown", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3, params_37 },
	[38] = { "PPME_SOCKET_GETSOCKNAME_E", "getsockname", EC_NET |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[39] = { "PPME_SOCKET_GETSOCKNAME_X", "getsockname", EC_NET |
	  EC_SYSCALL, 0, 0, NULL },
	[40] = { "PPME_SOCKET_GETPEERNAME_E", "getpeername", EC_NET |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[41] = { "PPME_SOCKET_GETPEERNAME_X", "getpeername", EC_NET |
	  EC_SYSCALL, 0, 0, NULL },
	[42] = { "PPME_SOCKET_SOCKETPAIR_E", "socketpair", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_42 },
	[43] = { "PPME_SOCKET_SOCKETPAIR_X", "socketpair", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 8,
	  params_43 },
	[44] = { "PPME_SOCKET_SETSOCKOPT_E", "setsockopt", EC_NET | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[45] = { "PPME_SOCKET_SETSOCKOPT_X", "setsockopt", EC_NET | EC_SYSCALL,
	  EF_USES_FD, 6, params_45 },
	[46] = { "PPME_SOCKET_GETSOCKOPT_E", "getsockopt", EC_NET | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[47] = { "PPME_SOCKET_GETSOCKOPT_X", "getsockopt", EC_NET | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE, 6, params_47 },
	[48] = { "PPME_SOCKET_SENDMSG_E", "sendmsg", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_48 },
	[49] = { "PPME_SOCKET_SENDMSG_X", "sendmsg", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 5, params_49 },
	[50] = { "PPME_SOCKET_SENDMMSG_E", "sendmmsg", EC_IO_WRITE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[51] = { "PPME_SOCKET_SENDMMSG_X", "sendmmsg", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 5, params_51 },
	[52] = { "PPME_SOCKET_RECVMSG_E", "recvmsg", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_52 },
	[53] = { "PPME_SOCKET_RECVMSG_X", "recvmsg", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 6, params_53 },
	[54] = { "PPME_SOCKET_RECVMMSG_E", "recvmmsg", EC_IO_READ | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[55] = { "PPME_SOCKET_RECVMMSG_X", "recvmmsg", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_MODIFIES_STATE |
	  EF_CONVERTER_MANAGED, 6, params_55 },
	[56] = { "PPME_SOCKET_ACCEPT4_E", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_56 },
	[57] = { "PPME_SOCKET_ACCEPT4_X", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_57 },
	[58] = { "PPME_SYSCALL_CREAT_E", "creat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 2,
	  params_58 },
	[59] = { "PPME_SYSCALL_CREAT_X", "creat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 6,
	  params_59 },
	[60] = { "PPME_SYSCALL_PIPE_E", "pipe", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[61] = { "PPME_SYSCALL_PIPE_X", "pipe", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE, 4, params_61 },
	[62] = { "PPME_SYSCALL_EVENTFD_E", "eventfd", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_62 },
	[63] = { "PPME_SYSCALL_EVENTFD_X", "eventfd", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3,
	  params_63 },
	[64] = { "PPME_SYSCALL_FUTEX_E", "futex", EC_IPC | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_64 },
	[65] = { "PPME_SYSCALL_FUTEX_X", "futex", EC_IPC | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 4, params_65 },
	[66] = { "PPME_SYSCALL_STAT_E", "stat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[67] = { "PPME_SYSCALL_STAT_X", "stat", EC_FILE | EC_SYSCALL, 0, 2,
	  params_67 },
	[68] = { "PPME_SYSCALL_LSTAT_E", "lstat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[69] = { "PPME_SYSCALL_LSTAT_X", "lstat", EC_FILE | EC_SYSCALL, 0, 2,
	  params_69 },
	[70] = { "PPME_SYSCALL_FSTAT_E", "fstat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_70 },
	[71] = { "PPME_SYSCALL_FSTAT_X", "fstat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 2, params_71 },
	[72] = { "PPME_SYSCALL_STAT64_E", "stat64", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[73] = { "PPME_SYSCALL_STAT64_X", "stat64", EC_FILE | EC_SYSCALL, 0, 2,
	  params_73 },
	[74] = { "PPME_SYSCALL_LSTAT64_E", "lstat64", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[75] = { "PPME_SYSCALL_LSTAT64_X", "lstat64", EC_FILE | EC_SYSCALL, 0,
	  2, params_75 },
	[76] = { "PPME_SYSCALL_FSTAT64_E", "fstat64", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION, 1, params_76 },
	[77] = { "PPME_SYSCALL_FSTAT64_X", "fstat64", EC_FILE | EC_SYSCALL, 0,
	  1, params_77 },
	[78] = { "PPME_SYSCALL_EPOLLWAIT_E", "epoll_wait", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_78 },
	[79] = { "PPME_SYSCALL_EPOLLWAIT_X", "epoll_wait", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_CONVERTER_MANAGED, 2, params_79 },
	[80] = { "PPME_SYSCALL_POLL_E", "poll", EC_WAIT | EC_SYSCALL, EF_WAITS |
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_80 },
	[81] = { "PPME_SYSCALL_POLL_X", "poll", EC_WAIT | EC_SYSCALL, EF_WAITS |
	  EF_CONVERTER_MANAGED, 3, params_81 },
	[82] = { "PPME_SYSCALL_SELECT_E", "select", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_OLD_VERSION, 0, NULL },
	[83] = { "PPME_SYSCALL_SELECT_X", "select", EC_WAIT | EC_SYSCALL,
	  EF_WAITS, 1, params_83 },
	[84] = { "PPME_SYSCALL_NEWSELECT_E", "select", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_OLD_VERSION, 0, NULL },
	[85] = { "PPME_SYSCALL_NEWSELECT_X", "select", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_85 },
	[86] = { "PPME_SYSCALL_LSEEK_E", "lseek", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_86 },
	[87] = { "PPME_SYSCALL_LSEEK_X", "lseek", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 4, params_87 },
	[88] = { "PPME_SYSCALL_LLSEEK_E", "llseek", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_88 },
	[89] = { "PPME_SYSCALL_LLSEEK_X", "llseek", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 4, params_89 },
	[90] = { "PPME_SYSCALL_IOCTL_2_E", "ioctl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_90 },
	[91] = { "PPME_SYSCALL_IOCTL_2_X", "ioctl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_91 },
	[92] = { "PPME_SYSCALL_GETCWD_E", "getcwd", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[93] = { "PPME_SYSCALL_GETCWD_X", "getcwd", EC_FILE | EC_SYSCALL, 0, 2,
	  params_93 },
	[94] = { "PPME_SYSCALL_CHDIR_E", "chdir", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[95] = { "PPME_SYSCALL_CHDIR_X", "chdir", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE, 2, params_95 },
	[96] = { "PPME_SYSCALL_FCHDIR_E", "fchdir", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_96 },
	[97] = { "PPME_SYSCALL_FCHDIR_X", "fchdir", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 2, params_97 },
	[98] = { "PPME_SYSCALL_MKDIR_E", "mkdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_98 },
	[99] = { "PPME_SYSCALL_MKDIR_X", "mkdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_99 },
	[100] = { "PPME_SYSCALL_RMDIR_E", "rmdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_100 },
	[101] = { "PPME_SYSCALL_RMDIR_X", "rmdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_101 },
	[102] = { "PPME_SYSCALL_OPENAT_E", "openat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 4, params_102 },
	[103] = { "PPME_SYSCALL_OPENAT_X", "openat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_103 },
	[104] = { "PPME_SYSCALL_LINK_E", "link", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_104 },
	[105] = { "PPME_SYSCALL_LINK_X", "link", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_105 },
	[106] = { "PPME_SYSCALL_LINKAT_E", "linkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 4, params_106 },
	[107] = { "PPME_SYSCALL_LINKAT_X", "linkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_107 },
	[108] = { "PPME_SYSCALL_UNLINK_E", "unlink", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_108 },
	[109] = { "PPME_SYSCALL_UNLINK_X", "unlink", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_109 },
	[110] = { "PPME_SYSCALL_UNLINKAT_E", "unlinkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_110 },
	[111] = { "PPME_SYSCALL_UNLINKAT_X", "unlinkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_111 },
	[112] = { "PPME_SYSCALL_PREAD_E", "pread", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  3, params_112 },
	[113] = { "PPME_SYSCALL_PREAD_X", "pread", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_CONVERTER_MANAGED, 5, params_113 },
	[114] = { "PPME_SYSCALL_PWRITE_E", "pwrite", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  3, params_114 },
	[115] = { "PPME_SYSCALL_PWRITE_X", "pwrite", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_CONVERTER_MANAGED, 5, params_115 },
	[116] = { "PPME_SYSCALL_READV_E", "readv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  1, params_116 },
	[117] = { "PPME_SYSCALL_READV_X", "readv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_CONVERTER_MANAGED, 4, params_117 },
	[118] = { "PPME_SYSCALL_WRITEV_E", "writev", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_118 },
	[119] = { "PPME_SYSCALL_WRITEV_X", "writev", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_CONVERTER_MANAGED, 4, params_119 },
	[120] = { "PPME_SYSCALL_PREADV_E", "preadv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  2, params_120 },
	[121] = { "PPME_SYSCALL_PREADV_X", "preadv", EC_IO_READ | EC_SYSCALL,
	  EF_USES_FD | EF_READS_FROM_FD | EF_CONVERTER_MANAGED, 5, params_121 },
	[122] = { "PPME_SYSCALL_PWRITEV_E", "pwritev", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  3, params_122 },
	[123] = { "PPME_SYSCALL_PWRITEV_X", "pwritev", EC_IO_WRITE | EC_SYSCALL,
	  EF_USES_FD | EF_WRITES_TO_FD | EF_CONVERTER_MANAGED, 5, params_123 },
	[124] = { "PPME_SYSCALL_DUP_E", "dup", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_124 },
	[125] = { "PPME_SYSCALL_DUP_X", "dup", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_125 },
	[126] = { "PPME_SYSCALL_SIGNALFD_E", "signalfd", EC_SIGNAL | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 3, params_126 },
	[127] = { "PPME_SYSCALL_SIGNALFD_X", "signalfd", EC_SIGNAL | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4,
	  params_127 },
	[128] = { "PPME_SYSCALL_KILL_E", "kill", EC_SIGNAL | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_128 },
	[129] = { "PPME_SYSCALL_KILL_X", "kill", EC_SIGNAL | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_129 },
	[130] = { "PPME_SYSCALL_TKILL_E", "tkill", EC_SIGNAL | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_130 },
	[131] = { "PPME_SYSCALL_TKILL_X", "tkill", EC_SIGNAL | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_131 },
	[132] = { "PPME_SYSCALL_TGKILL_E", "tgkill", EC_SIGNAL | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_132 },
	[133] = { "PPME_SYSCALL_TGKILL_X", "tgkill", EC_SIGNAL | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 4, params_133 },
	[134] = { "PPME_SYSCALL_NANOSLEEP_E", "nanosleep", EC_SLEEP |
	  EC_SYSCALL, EF_WAITS | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_134 },
	[135] = { "PPME_SYSCALL_NANOSLEEP_X", "nanosleep", EC_SLEEP |
	  EC_SYSCALL, EF_WAITS | EF_CONVERTER_MANAGED, 2, params_135 },
	[136] = { "PPME_SYSCALL_TIMERFD_CREATE_E", "timerfd_create", EC_TIME |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_136 },
	[137] = { "PPME_SYSCALL_TIMERFD_CREATE_X", "timerfd_create", EC_TIME |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED,
	  3, params_137 },
	[138] = { "PPME_SYSCALL_INOTIFY_INIT_E", "inotify_init", EC_IPC |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_138 },
	[139] = { "PPME_SYSCALL_INOTIFY_INIT_X", "inotify_init", EC_IPC |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED,
	  2, params_139 },
	[140] = { "PPME_SYSCALL_GETRLIMIT_E", "getrlimit", EC_PROCESS |
	  EC_SYSCALL, EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_140 },
	[141] = { "PPME_SYSCALL_GETRLIMIT_X", "getrlimit", EC_PROCESS |
	  EC_SYSCALL, EF_CONVERTER_MANAGED, 4, params_141 },
	[142] = { "PPME_SYSCALL_SETRLIMIT_E", "setrlimit", EC_PROCESS |
	  EC_SYSCALL, EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_142 },
	[143] = { "PPME_SYSCALL_SETRLIMIT_X", "setrlimit", EC_PROCESS |
	  EC_SYSCALL, EF_CONVERTER_MANAGED, 4, params_143 },
	[144] = { "PPME_SYSCALL_PRLIMIT_E", "prlimit", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_144 },
	[145] = { "PPME_SYSCALL_PRLIMIT_X", "prlimit", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 7, params_145 },
	[146] = { "PPME_SCHEDSWITCH_1_E", "switch", EC_SCHEDULER |
	  EC_TRACEPOINT, EF_SKIPPARSERESET | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_146 },
	[147] = { "PPME_SCHEDSWITCH_1_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[148] = { "PPME_DROP_E", "drop", EC_INTERNAL | EC_METAEVENT,
	  EF_SKIPPARSERESET, 1, params_148 },
	[149] = { "PPME_DROP_X", "drop", EC_INTERNAL | EC_METAEVENT,
	  EF_SKIPPARSERESET, 1, params_149 },
	[150] = { "PPME_SYSCALL_FCNTL_E", "fcntl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_150 },
	[151] = { "PPME_SYSCALL_FCNTL_X", "fcntl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4,
	  params_151 },
	[152] = { "PPME_SCHEDSWITCH_6_E", "switch", EC_SCHEDULER |
	  EC_TRACEPOINT, 0, 6, params_152 },
	[153] = { "PPME_SCHEDSWITCH_6_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[154] = { "PPME_SYSCALL_EXECVE_13_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[155] = { "PPME_SYSCALL_EXECVE_13_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 13,
	  params_155 },
	[156] = { "PPME_SYSCALL_CLONE_16_E", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[157] = { "PPME_SYSCALL_CLONE_16_X", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 16,
	  params_157 },
	[158] = { "PPME_SYSCALL_BRK_4_E", "brk", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_158 },
	[159] = { "PPME_SYSCALL_BRK_4_X", "brk", EC_MEMORY | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 5, params_159 },
	[160] = { "PPME_SYSCALL_MMAP_E", "mmap", EC_MEMORY | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 6, params_160 },
	[161] = { "PPME_SYSCALL_MMAP_X", "mmap", EC_MEMORY | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 10, params_161 },
	[162] = { "PPME_SYSCALL_MMAP2_E", "mmap2", EC_MEMORY | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 6, params_162 },
	[163] = { "PPME_SYSCALL_MMAP2_X", "mmap2", EC_MEMORY | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 10, params_163 },
	[164] = { "PPME_SYSCALL_MUNMAP_E", "munmap", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_164 },
	[165] = { "PPME_SYSCALL_MUNMAP_X", "munmap", EC_MEMORY | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 6, params_165 },
	[166] = { "PPME_SYSCALL_SPLICE_E", "splice", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 4, params_166 },
	[167] = { "PPME_SYSCALL_SPLICE_X", "splice", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 5, params_167 },
	[168] = { "PPME_SYSCALL_PTRACE_E", "ptrace", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_168 },
	[169] = { "PPME_SYSCALL_PTRACE_X", "ptrace", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 5, params_169 },
	[170] = { "PPME_SYSCALL_IOCTL_3_E", "ioctl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_170 },
	[171] = { "PPME_SYSCALL_IOCTL_3_X", "ioctl", EC_IO_OTHER | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 4, params_171 },
	[172] = { "PPME_SYSCALL_EXECVE_14_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[173] = { "PPME_SYSCALL_EXECVE_14_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 14,
	  params_173 },
	[174] = { "PPME_SYSCALL_RENAME_E", "rename", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[175] = { "PPME_SYSCALL_RENAME_X", "rename", EC_FILE | EC_SYSCALL, 0, 3,
	  params_175 },
	[176] = { "PPME_SYSCALL_RENAMEAT_E", "renameat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[177] = { "PPME_SYSCALL_RENAMEAT_X", "renameat", EC_FILE | EC_SYSCALL,
	  0, 5, params_177 },
	[178] = { "PPME_SYSCALL_SYMLINK_E", "symlink", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[179] = { "PPME_SYSCALL_SYMLINK_X", "symlink", EC_FILE | EC_SYSCALL, 0,
	  3, params_179 },
	[180] = { "PPME_SYSCALL_SYMLINKAT_E", "symlinkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[181] = { "PPME_SYSCALL_SYMLINKAT_X", "symlinkat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 4, params_181 },
	[182] = { "PPME_SYSCALL_FORK_E", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[183] = { "PPME_SYSCALL_FORK_X", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 16,
	  params_183 },
	[184] = { "PPME_SYSCALL_VFORK_E", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[185] = { "PPME_SYSCALL_VFORK_X", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 16,
	  params_185 },
	[186] = { "PPME_PROCEXIT_1_E", "procexit", EC_PROCESS | EC_TRACEPOINT,
	  EF_MODIFIES_STATE, 5, params_186 },
	[187] = { "PPME_PROCEXIT_1_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[188] = { "PPME_SYSCALL_SENDFILE_E", "sendfile", EC_IO_WRITE |
	  EC_SYSCALL, EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 4,
	  params_188 },
	[189] = { "PPME_SYSCALL_SENDFILE_X", "sendfile", EC_IO_WRITE |
	  EC_SYSCALL, EF_USES_FD | EF_CONVERTER_MANAGED, 5, params_189 },
	[190] = { "PPME_SYSCALL_QUOTACTL_E", "quotactl", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 4, params_190 },
	[191] = { "PPME_SYSCALL_QUOTACTL_X", "quotactl", EC_USER | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 18, params_191 },
	[192] = { "PPME_SYSCALL_SETRESUID_E", "setresuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3,
	  params_192 },
	[193] = { "PPME_SYSCALL_SETRESUID_X", "setresuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4, params_193 },
	[194] = { "PPME_SYSCALL_SETRESGID_E", "setresgid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3,
	  params_194 },
	[195] = { "PPME_SYSCALL_SETRESGID_X", "setresgid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4, params_195 },
	[196] = { "PPME_SCAPEVENT_E", "scapevent", EC_INTERNAL | EC_METAEVENT,
	  EF_SKIPPARSERESET, 2, params_196 },
	[197] = { "PPME_SCAPEVENT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[198] = { "PPME_SYSCALL_SETUID_E", "setuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_198 },
	[199] = { "PPME_SYSCALL_SETUID_X", "setuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 2, params_199 },
	[200] = { "PPME_SYSCALL_SETGID_E", "setgid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_200 },
	[201] = { "PPME_SYSCALL_SETGID_X", "setgid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 2, params_201 },
	[202] = { "PPME_SYSCALL_GETUID_E", "getuid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[203] = { "PPME_SYSCALL_GETUID_X", "getuid", EC_USER | EC_SYSCALL, 0, 1,
	  params_203 },
	[204] = { "PPME_SYSCALL_GETEUID_E", "geteuid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[205] = { "PPME_SYSCALL_GETEUID_X", "geteuid", EC_USER | EC_SYSCALL, 0,
	  1, params_205 },
	[206] = { "PPME_SYSCALL_GETGID_E", "getgid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[207] = { "PPME_SYSCALL_GETGID_X", "getgid", EC_USER | EC_SYSCALL, 0, 1,
	  params_207 },
	[208] = { "PPME_SYSCALL_GETEGID_E", "getegid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[209] = { "PPME_SYSCALL_GETEGID_X", "getegid", EC_USER | EC_SYSCALL, 0,
	  1, params_209 },
	[210] = { "PPME_SYSCALL_GETRESUID_E", "getresuid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[211] = { "PPME_SYSCALL_GETRESUID_X", "getresuid", EC_USER | EC_SYSCALL,
	  0, 4, params_211 },
	[212] = { "PPME_SYSCALL_GETRESGID_E", "getresgid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[213] = { "PPME_SYSCALL_GETRESGID_X", "getresgid", EC_USER | EC_SYSCALL,
	  0, 4, params_213 },
	[214] = { "PPME_SYSCALL_EXECVE_15_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[215] = { "PPME_SYSCALL_EXECVE_15_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 15,
	  params_215 },
	[216] = { "PPME_SYSCALL_CLONE_17_E", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[217] = { "PPME_SYSCALL_CLONE_17_X", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 17,
	  params_217 },
	[218] = { "PPME_SYSCALL_FORK_17_E", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[219] = { "PPME_SYSCALL_FORK_17_X", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 17,
	  params_219 },
	[220] = { "PPME_SYSCALL_VFORK_17_E", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[221] = { "PPME_SYSCALL_VFORK_17_X", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 17,
	  params_221 },
	[222] = { "PPME_SYSCALL_CLONE_20_E", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[223] = { "PPME_SYSCALL_CLONE_20_X", "clone", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 21, params_223 },
	[224] = { "PPME_SYSCALL_FORK_20_E", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[225] = { "PPME_SYSCALL_FORK_20_X", "fork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 21, params_225 },
	[226] = { "PPME_SYSCALL_VFORK_20_E", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[227] = { "PPME_SYSCALL_VFORK_20_X", "vfork", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 21, params_227 },
	[228] = { "PPME_CONTAINER_E", "container", EC_INTERNAL | EC_METAEVENT,
	  EF_MODIFIES_STATE | EF_SKIPPARSERESET | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 4, params_228 },
	[229] = { "PPME_CONTAINER_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[230] = { "PPME_SYSCALL_EXECVE_16_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[231] = { "PPME_SYSCALL_EXECVE_16_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 16,
	  params_231 },
	[232] = { "PPME_SIGNALDELIVER_E", "signaldeliver", EC_SIGNAL |
	  EC_TRACEPOINT, 0, 3, params_232 },
	[233] = { "PPME_SIGNALDELIVER_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[234] = { "PPME_PROCINFO_E", "procinfo", EC_INTERNAL | EC_METAEVENT,
	  EF_SKIPPARSERESET, 2, params_234 },
	[235] = { "PPME_PROCINFO_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[236] = { "PPME_SYSCALL_GETDENTS_E", "getdents", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_236 },
	[237] = { "PPME_SYSCALL_GETDENTS_X", "getdents", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 2, params_237 },
	[238] = { "PPME_SYSCALL_GETDENTS64_E", "getdents64", EC_FILE |
	  EC_SYSCALL, EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_238 },
	[239] = { "PPME_SYSCALL_GETDENTS64_X", "getdents64", EC_FILE |
	  EC_SYSCALL, EF_USES_FD | EF_CONVERTER_MANAGED, 2, params_239 },
	[240] = { "PPME_SYSCALL_SETNS_E", "setns", EC_PROCESS | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_240 },
	[241] = { "PPME_SYSCALL_SETNS_X", "setns", EC_PROCESS | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 3, params_241 },
	[242] = { "PPME_SYSCALL_FLOCK_E", "flock", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_242 },
	[243] = { "PPME_SYSCALL_FLOCK_X", "flock", EC_FILE | EC_SYSCALL,
	  EF_USES_FD | EF_CONVERTER_MANAGED, 3, params_243 },
	[244] = { "PPME_CPU_HOTPLUG_E", "cpu_hotplug", EC_SYSTEM | EC_METAEVENT,
	  EF_MODIFIES_STATE | EF_SKIPPARSERESET, 2, params_244 },
	[245] = { "PPME_CPU_HOTPLUG_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[246] = { "PPME_SOCKET_ACCEPT_5_E", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[247] = { "PPME_SOCKET_ACCEPT_5_X", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE, 5, params_247 },
	[248] = { "PPME_SOCKET_ACCEPT4_5_E", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_248 },
	[249] = { "PPME_SOCKET_ACCEPT4_5_X", "accept", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 5, params_249 },
	[250] = { "PPME_SYSCALL_SEMOP_E", "semop", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_250 },
	[251] = { "PPME_SYSCALL_SEMOP_X", "semop", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 9, params_251 },
	[252] = { "PPME_SYSCALL_SEMCTL_E", "semctl", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 4, params_252 },
	[253] = { "PPME_SYSCALL_SEMCTL_X", "semctl", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 5, params_253 },
	[254] = { "PPME_SYSCALL_PPOLL_E", "ppoll", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_254 },
	[255] = { "PPME_SYSCALL_PPOLL_X", "ppoll", EC_WAIT | EC_SYSCALL,
	  EF_WAITS | EF_CONVERTER_MANAGED, 4, params_255 },
	[256] = { "PPME_SYSCALL_MOUNT_E", "mount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_256 },
	[257] = { "PPME_SYSCALL_MOUNT_X", "mount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 5, params_257 },
	[258] = { "PPME_SYSCALL_UMOUNT_E", "umount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 1, params_258 },
	[259] = { "PPME_SYSCALL_UMOUNT_X", "umount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2,
	  params_259 },
	[260] = { "PPME_K8S_E", "k8s", EC_INTERNAL | EC_METAEVENT,
	  EF_MODIFIES_STATE | EF_SKIPPARSERESET | EF_OLD_VERSION, 1,
	  params_260 },
	[261] = { "PPME_K8S_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[262] = { "PPME_SYSCALL_SEMGET_E", "semget", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_262 },
	[263] = { "PPME_SYSCALL_SEMGET_X", "semget", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 4, params_263 },
	[264] = { "PPME_SYSCALL_ACCESS_E", "access", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_264 },
	[265] = { "PPME_SYSCALL_ACCESS_X", "access", EC_FILE | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_265 },
	[266] = { "PPME_SYSCALL_CHROOT_E", "chroot", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[267] = { "PPME_SYSCALL_CHROOT_X", "chroot", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE, 2, params_267 },
	[268] = { "PPME_TRACER_E", "tracer", EC_OTHER | EC_METAEVENT,
	  EF_OLD_VERSION, 3, params_268 },
	[269] = { "PPME_TRACER_X", "NA", EC_UNKNOWN, EF_UNUSED, 3, params_269 },
	[270] = { "PPME_MESOS_E", "mesos", EC_INTERNAL | EC_METAEVENT,
	  EF_MODIFIES_STATE | EF_SKIPPARSERESET | EF_OLD_VERSION, 1,
	  params_270 },
	[271] = { "PPME_MESOS_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[272] = { "PPME_CONTAINER_JSON_E", "container", EC_PROCESS |
	  EC_METAEVENT, EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_272 },
	[273] = { "PPME_CONTAINER_JSON_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[274] = { "PPME_SYSCALL_SETSID_E", "setsid", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[275] = { "PPME_SYSCALL_SETSID_X", "setsid", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE, 1, params_275 },
	[276] = { "PPME_SYSCALL_MKDIR_2_E", "mkdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_276 },
	[277] = { "PPME_SYSCALL_MKDIR_2_X", "mkdir", EC_FILE | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_277 },
	[278] = { "PPME_SYSCALL_RMDIR_2_E", "rmdir", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[279] = { "PPME_SYSCALL_RMDIR_2_X", "rmdir", EC_FILE | EC_SYSCALL, 0, 2,
	  params_279 },
	[280] = { "PPME_NOTIFICATION_E", "notification", EC_OTHER |
	  EC_METAEVENT, EF_SKIPPARSERESET, 2, params_280 },
	[281] = { "PPME_NOTIFICATION_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[282] = { "PPME_SYSCALL_EXECVE_17_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 0, NULL },
	[283] = { "PPME_SYSCALL_EXECVE_17_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 17,
	  params_283 },
	[284] = { "PPME_SYSCALL_UNSHARE_E", "unshare", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1, params_284 },
	[285] = { "PPME_SYSCALL_UNSHARE_X", "unshare", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 2, params_285 },
	[286] = { "PPME_INFRASTRUCTURE_EVENT_E", "infra", EC_INTERNAL |
	  EC_METAEVENT, EF_SKIPPARSERESET, 4, params_286 },
	[287] = { "PPME_INFRASTRUCTURE_EVENT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[288] = { "PPME_SYSCALL_EXECVE_18_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_288 },
	[289] = { "PPME_SYSCALL_EXECVE_18_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 17,
	  params_289 },
	[290] = { "PPME_PAGE_FAULT_E", "page_fault", EC_OTHER | EC_TRACEPOINT,
	  EF_SKIPPARSERESET, 3, params_290 },
	[291] = { "PPME_PAGE_FAULT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[292] = { "PPME_SYSCALL_EXECVE_19_E", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_292 },
	[293] = { "PPME_SYSCALL_EXECVE_19_X", "execve", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 31, params_293 },
	[294] = { "PPME_SYSCALL_SETPGID_E", "setpgid", EC_PROCESS | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_294 },
	[295] = { "PPME_SYSCALL_SETPGID_X", "setpgid", EC_PROCESS | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_295 },
	[296] = { "PPME_SYSCALL_BPF_E", "bpf", EC_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_296 },
	[297] = { "PPME_SYSCALL_BPF_X", "bpf", EC_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_297 },
	[298] = { "PPME_SYSCALL_SECCOMP_E", "seccomp", EC_OTHER | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 2, params_298 },
	[299] = { "PPME_SYSCALL_SECCOMP_X", "seccomp", EC_OTHER | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 3, params_299 },
	[300] = { "PPME_SYSCALL_UNLINK_2_E", "unlink", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[301] = { "PPME_SYSCALL_UNLINK_2_X", "unlink", EC_FILE | EC_SYSCALL, 0,
	  2, params_301 },
	[302] = { "PPME_SYSCALL_UNLINKAT_2_E", "unlinkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[303] = { "PPME_SYSCALL_UNLINKAT_2_X", "unlinkat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 4, params_303 },
	[304] = { "PPME_SYSCALL_MKDIRAT_E", "mkdirat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[305] = { "PPME_SYSCALL_MKDIRAT_X", "mkdirat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 4, params_305 },
	[306] = { "PPME_SYSCALL_OPENAT_2_E", "openat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 4,
	  params_306 },
	[307] = { "PPME_SYSCALL_OPENAT_2_X", "openat", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 7,
	  params_307 },
	[308] = { "PPME_SYSCALL_LINK_2_E", "link", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[309] = { "PPME_SYSCALL_LINK_2_X", "link", EC_FILE | EC_SYSCALL, 0, 3,
	  params_309 },
	[310] = { "PPME_SYSCALL_LINKAT_2_E", "linkat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[311] = { "PPME_SYSCALL_LINKAT_2_X", "linkat", EC_FILE | EC_SYSCALL, 0,
	  6, params_311 },
	[312] = { "PPME_SYSCALL_FCHMODAT_E", "fchmodat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[313] = { "PPME_SYSCALL_FCHMODAT_X", "fchmodat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 4, params_313 },
	[314] = { "PPME_SYSCALL_CHMOD_E", "chmod", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[315] = { "PPME_SYSCALL_CHMOD_X", "chmod", EC_FILE | EC_SYSCALL, 0, 3,
	  params_315 },
	[316] = { "PPME_SYSCALL_FCHMOD_E", "fchmod", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[317] = { "PPME_SYSCALL_FCHMOD_X", "fchmod", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 3, params_317 },
	[318] = { "PPME_SYSCALL_RENAMEAT2_E", "renameat2", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[319] = { "PPME_SYSCALL_RENAMEAT2_X", "renameat2", EC_FILE | EC_SYSCALL,
	  0, 6, params_319 },
	[320] = { "PPME_SYSCALL_USERFAULTFD_E", "userfaultfd", EC_FILE |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0,
	  NULL },
	[321] = { "PPME_SYSCALL_USERFAULTFD_X", "userfaultfd", EC_FILE |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 2, params_321 },
	[322] = { "PPME_PLUGINEVENT_E", "pluginevent", EC_OTHER | EC_PLUGIN,
	  EF_LARGE_PAYLOAD, 2, params_322 },
	[323] = { "PPME_PLUGINEVENT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[324] = { "PPME_CONTAINER_JSON_2_E", "container", EC_PROCESS |
	  EC_METAEVENT, EF_MODIFIES_STATE | EF_LARGE_PAYLOAD, 1, params_324 },
	[325] = { "PPME_CONTAINER_JSON_2_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[326] = { "PPME_SYSCALL_OPENAT2_E", "openat2", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 5,
	  params_326 },
	[327] = { "PPME_SYSCALL_OPENAT2_X", "openat2", EC_FILE | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 8,
	  params_327 },
	[328] = { "PPME_SYSCALL_MPROTECT_E", "mprotect", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_328 },
	[329] = { "PPME_SYSCALL_MPROTECT_X", "mprotect", EC_MEMORY | EC_SYSCALL,
	  EF_CONVERTER_MANAGED, 4, params_329 },
	[330] = { "PPME_SYSCALL_EXECVEAT_E", "execveat", EC_PROCESS |
	  EC_SYSCALL, EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED,
	  3, params_330 },
	[331] = { "PPME_SYSCALL_EXECVEAT_X", "execveat", EC_PROCESS |
	  EC_SYSCALL, EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 30,
	  params_331 },
	[332] = { "PPME_SYSCALL_COPY_FILE_RANGE_E", "copy_file_range", EC_FILE |
	  EC_SYSCALL, EF_USES_FD | EF_READS_FROM_FD | EF_WRITES_TO_FD |
	  EF_OLD_VERSION | EF_CONVERTER_MANAGED, 3, params_332 },
	[333] = { "PPME_SYSCALL_COPY_FILE_RANGE_X", "copy_file_range", EC_FILE |
	  EC_SYSCALL, EF_USES_FD | EF_READS_FROM_FD | EF_WRITES_TO_FD |
	  EF_CONVERTER_MANAGED, 6, params_333 },
	[334] = { "PPME_SYSCALL_CLONE3_E", "clone3", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[335] = { "PPME_SYSCALL_CLONE3_X", "clone3", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 21, params_335 },
	[336] = { "PPME_SYSCALL_OPEN_BY_HANDLE_AT_E", "open_by_handle_at",
	  EC_FILE | EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE |
	  EF_OLD_VERSION, 0, NULL },
	[337] = { "PPME_SYSCALL_OPEN_BY_HANDLE_AT_X", "open_by_handle_at",
	  EC_FILE | EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 6,
	  params_337 },
	[338] = { "PPME_SYSCALL_IO_URING_SETUP_E", "io_uring_setup",
	  EC_IO_OTHER | EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE |
	  EF_OLD_VERSION, 0, NULL },
	[339] = { "PPME_SYSCALL_IO_URING_SETUP_X", "io_uring_setup",
	  EC_IO_OTHER | EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 8,
	  params_339 },
	[340] = { "PPME_SYSCALL_IO_URING_ENTER_E", "io_uring_enter",
	  EC_IO_OTHER | EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[341] = { "PPME_SYSCALL_IO_URING_ENTER_X", "io_uring_enter",
	  EC_IO_OTHER | EC_SYSCALL, EF_USES_FD, 6, params_341 },
	[342] = { "PPME_SYSCALL_IO_URING_REGISTER_E", "io_uring_register",
	  EC_IO_OTHER | EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[343] = { "PPME_SYSCALL_IO_URING_REGISTER_X", "io_uring_register",
	  EC_IO_OTHER | EC_SYSCALL, EF_USES_FD, 5, params_343 },
	[344] = { "PPME_SYSCALL_MLOCK_E", "mlock", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[345] = { "PPME_SYSCALL_MLOCK_X", "mlock", EC_MEMORY | EC_SYSCALL, 0, 3,
	  params_345 },
	[346] = { "PPME_SYSCALL_MUNLOCK_E", "munlock", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[347] = { "PPME_SYSCALL_MUNLOCK_X", "munlock", EC_MEMORY | EC_SYSCALL,
	  0, 3, params_347 },
	[348] = { "PPME_SYSCALL_MLOCKALL_E", "mlockall", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[349] = { "PPME_SYSCALL_MLOCKALL_X", "mlockall", EC_MEMORY | EC_SYSCALL,
	  0, 2, params_349 },
	[350] = { "PPME_SYSCALL_MUNLOCKALL_E", "munlockall", EC_MEMORY |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[351] = { "PPME_SYSCALL_MUNLOCKALL_X", "munlockall", EC_MEMORY |
	  EC_SYSCALL, 0, 1, params_351 },
	[352] = { "PPME_SYSCALL_CAPSET_E", "capset", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[353] = { "PPME_SYSCALL_CAPSET_X", "capset", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE, 4, params_353 },
	[354] = { "PPME_USER_ADDED_E", "useradded", EC_PROCESS | EC_METAEVENT,
	  EF_MODIFIES_STATE, 6, params_354 },
	[355] = { "PPME_USER_ADDED_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[356] = { "PPME_USER_DELETED_E", "userdeleted", EC_PROCESS |
	  EC_METAEVENT, EF_MODIFIES_STATE, 6, params_356 },
	[357] = { "PPME_USER_DELETED_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[358] = { "PPME_GROUP_ADDED_E", "groupadded", EC_PROCESS | EC_METAEVENT,
	  EF_MODIFIES_STATE, 3, params_358 },
	[359] = { "PPME_GROUP_ADDED_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[360] = { "PPME_GROUP_DELETED_E", "groupdeleted", EC_PROCESS |
	  EC_METAEVENT, EF_MODIFIES_STATE, 3, params_360 },
	[361] = { "PPME_GROUP_DELETED_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[362] = { "PPME_SYSCALL_DUP2_E", "dup2", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 1,
	  params_362 },
	[363] = { "PPME_SYSCALL_DUP2_X", "dup2", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE, 3, params_363 },
	[364] = { "PPME_SYSCALL_DUP3_E", "dup3", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 1,
	  params_364 },
	[365] = { "PPME_SYSCALL_DUP3_X", "dup3", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE, 4, params_365 },
	[366] = { "PPME_SYSCALL_DUP_1_E", "dup", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 1,
	  params_366 },
	[367] = { "PPME_SYSCALL_DUP_1_X", "dup", EC_IO_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_USES_FD | EF_MODIFIES_STATE, 2, params_367 },
	[368] = { "PPME_SYSCALL_BPF_2_E", "bpf", EC_OTHER | EC_SYSCALL,
	  EF_CREATES_FD | EF_OLD_VERSION, 1, params_368 },
	[369] = { "PPME_SYSCALL_BPF_2_X", "bpf", EC_OTHER | EC_SYSCALL,
	  EF_CREATES_FD, 2, params_369 },
	[370] = { "PPME_SYSCALL_MLOCK2_E", "mlock2", EC_MEMORY | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[371] = { "PPME_SYSCALL_MLOCK2_X", "mlock2", EC_MEMORY | EC_SYSCALL, 0,
	  4, params_371 },
	[372] = { "PPME_SYSCALL_FSCONFIG_E", "fsconfig", EC_SYSTEM | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[373] = { "PPME_SYSCALL_FSCONFIG_X", "fsconfig", EC_SYSTEM | EC_SYSCALL,
	  EF_USES_FD, 7, params_373 },
	[374] = { "PPME_SYSCALL_EPOLL_CREATE_E", "epoll_create", EC_WAIT |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_374 },
	[375] = { "PPME_SYSCALL_EPOLL_CREATE_X", "epoll_create", EC_WAIT |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED,
	  2, params_375 },
	[376] = { "PPME_SYSCALL_EPOLL_CREATE1_E", "epoll_create1", EC_WAIT |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_376 },
	[377] = { "PPME_SYSCALL_EPOLL_CREATE1_X", "epoll_create1", EC_WAIT |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED,
	  2, params_377 },
	[378] = { "PPME_SYSCALL_CHOWN_E", "chown", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[379] = { "PPME_SYSCALL_CHOWN_X", "chown", EC_FILE | EC_SYSCALL, 0, 4,
	  params_379 },
	[380] = { "PPME_SYSCALL_LCHOWN_E", "lchown", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[381] = { "PPME_SYSCALL_LCHOWN_X", "lchown", EC_FILE | EC_SYSCALL, 0, 4,
	  params_381 },
	[382] = { "PPME_SYSCALL_FCHOWN_E", "fchown", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[383] = { "PPME_SYSCALL_FCHOWN_X", "fchown", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 4, params_383 },
	[384] = { "PPME_SYSCALL_FCHOWNAT_E", "fchownat", EC_FILE | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[385] = { "PPME_SYSCALL_FCHOWNAT_X", "fchownat", EC_FILE | EC_SYSCALL,
	  EF_USES_FD, 6, params_385 },
	[386] = { "PPME_SYSCALL_UMOUNT_1_E", "umount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[387] = { "PPME_SYSCALL_UMOUNT_1_X", "umount", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE, 2, params_387 },
	[388] = { "PPME_SOCKET_ACCEPT4_6_E", "accept4", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_388 },
	[389] = { "PPME_SOCKET_ACCEPT4_6_X", "accept4", EC_NET | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 6,
	  params_389 },
	[390] = { "PPME_SYSCALL_UMOUNT2_E", "umount2", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION | EF_CONVERTER_MANAGED, 1,
	  params_390 },
	[391] = { "PPME_SYSCALL_UMOUNT2_X", "umount2", EC_FILE | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3, params_391 },
	[392] = { "PPME_SYSCALL_PIPE2_E", "pipe2", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[393] = { "PPME_SYSCALL_PIPE2_X", "pipe2", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE, 5, params_393 },
	[394] = { "PPME_SYSCALL_INOTIFY_INIT1_E", "inotify_init1", EC_IPC |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0,
	  NULL },
	[395] = { "PPME_SYSCALL_INOTIFY_INIT1_X", "inotify_init1", EC_IPC |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 2, params_395 },
	[396] = { "PPME_SYSCALL_EVENTFD2_E", "eventfd2", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 1, params_396 },
	[397] = { "PPME_SYSCALL_EVENTFD2_X", "eventfd2", EC_IPC | EC_SYSCALL,
	  EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED, 3,
	  params_397 },
	[398] = { "PPME_SYSCALL_SIGNALFD4_E", "signalfd4", EC_SIGNAL |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION |
	  EF_CONVERTER_MANAGED, 2, params_398 },
	[399] = { "PPME_SYSCALL_SIGNALFD4_X", "signalfd4", EC_SIGNAL |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_CONVERTER_MANAGED,
	  4, params_399 },
	[400] = { "PPME_SYSCALL_PRCTL_E", "prctl", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[401] = { "PPME_SYSCALL_PRCTL_X", "prctl", EC_PROCESS | EC_SYSCALL,
	  EF_MODIFIES_STATE, 4, params_401 },
	[402] = { "PPME_ASYNCEVENT_E", "asyncevent", EC_OTHER | EC_METAEVENT,
	  EF_LARGE_PAYLOAD, 3, params_402 },
	[403] = { "PPME_ASYNCEVENT_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[404] = { "PPME_SYSCALL_MEMFD_CREATE_E", "memfd_create", EC_MEMORY |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0,
	  NULL },
	[405] = { "PPME_SYSCALL_MEMFD_CREATE_X", "memfd_create", EC_MEMORY |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 3, params_405 },
	[406] = { "PPME_SYSCALL_PIDFD_GETFD_E", "pidfd_getfd", EC_PROCESS |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0,
	  NULL },
	[407] = { "PPME_SYSCALL_PIDFD_GETFD_X", "pidfd_getfd", EC_PROCESS |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 4, params_407 },
	[408] = { "PPME_SYSCALL_PIDFD_OPEN_E", "pidfd_open", EC_PROCESS |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE | EF_OLD_VERSION, 0,
	  NULL },
	[409] = { "PPME_SYSCALL_PIDFD_OPEN_X", "pidfd_open", EC_PROCESS |
	  EC_SYSCALL, EF_CREATES_FD | EF_MODIFIES_STATE, 3, params_409 },
	[410] = { "PPME_SYSCALL_INIT_MODULE_E", "init_module", EC_OTHER |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[411] = { "PPME_SYSCALL_INIT_MODULE_X", "init_module", EC_OTHER |
	  EC_SYSCALL, 0, 4, params_411 },
	[412] = { "PPME_SYSCALL_FINIT_MODULE_E", "finit_module", EC_OTHER |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[413] = { "PPME_SYSCALL_FINIT_MODULE_X", "finit_module", EC_OTHER |
	  EC_SYSCALL, EF_USES_FD | EF_READS_FROM_FD, 4, params_413 },
	[414] = { "PPME_SYSCALL_MKNOD_E", "mknod", EC_OTHER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[415] = { "PPME_SYSCALL_MKNOD_X", "mknod", EC_OTHER | EC_SYSCALL, 0, 4,
	  params_415 },
	[416] = { "PPME_SYSCALL_MKNODAT_E", "mknodat", EC_OTHER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[417] = { "PPME_SYSCALL_MKNODAT_X", "mknodat", EC_OTHER | EC_SYSCALL,
	  EF_USES_FD, 5, params_417 },
	[418] = { "PPME_SYSCALL_NEWFSTATAT_E", "newfstatat", EC_FILE |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[419] = { "PPME_SYSCALL_NEWFSTATAT_X", "newfstatat", EC_FILE |
	  EC_SYSCALL, EF_USES_FD, 4, params_419 },
	[420] = { "PPME_SYSCALL_PROCESS_VM_READV_E", "process_vm_readv",
	  EC_IPC | EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[421] = { "PPME_SYSCALL_PROCESS_VM_READV_X", "process_vm_readv",
	  EC_IPC | EC_SYSCALL, 0, 3, params_421 },
	[422] = { "PPME_SYSCALL_PROCESS_VM_WRITEV_E", "process_vm_writev",
	  EC_IPC | EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[423] = { "PPME_SYSCALL_PROCESS_VM_WRITEV_X", "process_vm_writev",
	  EC_IPC | EC_SYSCALL, 0, 3, params_423 },
	[424] = { "PPME_SYSCALL_DELETE_MODULE_E", "delete_module", EC_OTHER |
	  EC_SYSCALL, EF_OLD_VERSION, 0, NULL },
	[425] = { "PPME_SYSCALL_DELETE_MODULE_X", "delete_module", EC_OTHER |
	  EC_SYSCALL, 0, 3, params_425 },
	[426] = { "PPME_SYSCALL_SETREUID_E", "setreuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE | EF_OLD_VERSION, 0, NULL },
	[427] = { "PPME_SYSCALL_SETREUID_X", "setreuid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE, 3, params_427 },
	[428] = { "PPME_SYSCALL_SETREGID_E", "setregid", EC_USER | EC_SYSCALL,
	  EF_OLD_VERSION, 0, NULL },
	[429] = { "PPME_SYSCALL_SETREGID_X", "setregid", EC_USER | EC_SYSCALL,
	  EF_MODIFIES_STATE, 3, params_429 },
	[430] = { "PPME_ITER_TASK_E", "task", EC_PROCESS | EC_ITER,
	  EF_MODIFIES_STATE, 32, params_430 },
	[431] = { "PPME_ITER_TASK_X", "NA", EC_UNKNOWN, EF_UNUSED, 0, NULL },
	[432] = { "PPME_ITER_TASK_FILE_PIPE_E", "task_file_pipe", EC_FILE |
	  EC_ITER, EF_MODIFIES_STATE, 3, params_432 },
	[433] = { "PPME_ITER_TASK_FILE_PIPE_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[434] = { "PPME_ITER_TASK_FILE_MEMFD_E", "task_file_memfd", EC_FILE |
	  EC_ITER, EF_MODIFIES_STATE, 3, params_434 },
	[435] = { "PPME_ITER_TASK_FILE_MEMFD_X", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[436] = { "PPME_ITER_TASK_FILE_REGULAR_E", "task_file_regular",
	  EC_FILE | EC_ITER, EF_MODIFIES_STATE, 5, params_436 },
	[437] = { "PPME_ITER_TASK_FILE_REGULAR_X", "NA", EC_UNKNOWN, EF_UNUSED,
	  0, NULL },
	[438] = { "PPME_ITER_TASK_FILE_DIRECTORY_E", "task_file_directory",
	  EC_FILE | EC_ITER, EF_MODIFIES_STATE, 3, params_438 },
	[439] = { "PPME_ITER_TASK_FILE_DIRECTORY_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[440] = { "PPME_ITER_TASK_FILE_SOCKET_INET_E", "task_file_socket_inet",
	  EC_FILE | EC_ITER, EF_MODIFIES_STATE, 8, params_440 },
	[441] = { "PPME_ITER_TASK_FILE_SOCKET_INET_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[442] = { "PPME_ITER_TASK_FILE_SOCKET_INET6_E",
	  "task_file_socket_inet6", EC_FILE | EC_ITER, EF_MODIFIES_STATE, 8,
	  params_442 },
	[443] = { "PPME_ITER_TASK_FILE_SOCKET_INET6_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[444] = { "PPME_ITER_TASK_FILE_SOCKET_UNIX_E", "task_file_socket_unix",
	  EC_FILE | EC_ITER, EF_MODIFIES_STATE, 6, params_444 },
	[445] = { "PPME_ITER_TASK_FILE_SOCKET_UNIX_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[446] = { "PPME_ITER_TASK_FILE_SOCKET_NETLINK_E",
	  "task_file_socket_netlink", EC_FILE | EC_ITER, EF_MODIFIES_STATE, 4,
	  params_446 },
	[447] = { "PPME_ITER_TASK_FILE_SOCKET_NETLINK_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[448] = { "PPME_ITER_TASK_FILE_ANON_INODE_E", "task_file_anon_inode",
	  EC_FILE | EC_ITER, EF_MODIFIES_STATE, 4, params_448 },
	[449] = { "PPME_ITER_TASK_FILE_ANON_INODE_X", "NA", EC_UNKNOWN,
	  EF_UNUSED, 0, NULL },
	[450] = { "PPME_SYSCALL_CLOSE_RANGE_E", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[451] = { "PPME_SYSCALL_CLOSE_RANGE_X", "close_range", EC_IO_OTHER |
	  EC_SYSCALL, EF_MODIFIES_STATE, 4, params_451 },
	[452] = { "PPME_SYSCALL_KEYCTL_E", "NA", EC_UNKNOWN, EF_UNUSED, 0,
	  NULL },
	[453] = { "PPME_SYSCALL_KEYCTL_X", "keyctl", EC_OTHER | EC_SYSCALL, 0,
	  6, params_453 },
};
