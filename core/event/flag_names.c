/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh core/event/reference core/event */
/* clang-format off */
#include "core/event/tables.h"

const struct flag_name flag_names_socket_families[] = {
	{ "AF_NFC", 0x27u },
	{ "AF_ALG", 0x26u },
	{ "AF_CAIF", 0x25u },
	{ "AF_IEEE802154", 0x24u },
	{ "AF_PHONET", 0x23u },
	{ "AF_ISDN", 0x22u },
	{ "AF_RXRPC", 0x21u },
	{ "AF_IUCV", 0x20u },
	{ "AF_BLUETOOTH", 0x1fu },
	{ "AF_TIPC", 0x1eu },
	{ "AF_CAN", 0x1du },
	{ "AF_LLC", 0x1au },
	{ "AF_WANPIPE", 0x19u },
	{ "AF_PPPOX", 0x18u },
	{ "AF_IRDA", 0x17u },
	{ "AF_SNA", 0x16u },
	{ "AF_RDS", 0x15u },
	{ "AF_ATMSVC", 0x14u },
	{ "AF_ECONET", 0x13u },
	{ "AF_ASH", 0x12u },
	{ "AF_PACKET", 0x11u },
	{ "AF_ROUTE", 0x10u },
	{ "AF_NETLINK", 0x10u },
	{ "AF_KEY", 0xfu },
	{ "AF_SECURITY", 0xeu },
	{ "AF_NETBEUI", 0xdu },
	{ "AF_DECnet", 0xcu },
	{ "AF_ROSE", 0xbu },
	{ "AF_INET6", 0xau },
	{ "AF_X25", 0x9u },
	{ "AF_ATMPVC", 0x8u },
	{ "AF_BRIDGE", 0x7u },
	{ "AF_NETROM", 0x6u },
	{ "AF_APPLETALK", 0x5u },
	{ "AF_IPX", 0x4u },
	{ "AF_AX25", 0x3u },
	{ "AF_INET", 0x2u },
	{ "AF_LOCAL", 0x1u },
	{ "AF_UNIX", 0x1u },
	{ "AF_UNSPEC", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_file_flags[] = {
	{ "O_LARGEFILE", 0x800u },
	{ "O_DIRECTORY", 0x400u },
	{ "O_DIRECT", 0x200u },
	{ "O_TRUNC", 0x100u },
	{ "O_SYNC", 0x80u },
	{ "O_NONBLOCK", 0x40u },
	{ "O_EXCL", 0x20u },
	{ "O_DSYNC", 0x10u },
	{ "O_APPEND", 0x8u },
	{ "O_CREAT", 0x4u },
	{ "O_RDWR", 0x3u },
	{ "O_WRONLY", 0x2u },
	{ "O_RDONLY", 0x1u },
	{ "O_CLOEXEC", 0x1000u },
	{ "O_NONE", 0x0u },
	{ "O_TMPFILE", 0x2000u },
	{ "O_F_CREATED", 0x4000u },
	{ "FD_UPPER_LAYER", 0x8000u },
	{ "FD_LOWER_LAYER", 0x10000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_creat_flags[] = {
	{ "FD_UPPER_LAYER_CREAT", 0x1u },
	{ "FD_LOWER_LAYER_CREAT", 0x2u },
	{ NULL, 0 },
};

const struct flag_name flag_names_flock_flags[] = {
	{ "LOCK_SH", 0x1u },
	{ "LOCK_EX", 0x2u },
	{ "LOCK_NB", 0x4u },
	{ "LOCK_UN", 0x8u },
	{ "LOCK_NONE", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_clone_flags[] = {
	{ "CLONE_FILES", 0x1u },
	{ "CLONE_FS", 0x2u },
	{ "CLONE_IO", 0x4u },
	{ "CLONE_NEWIPC", 0x8u },
	{ "CLONE_NEWNET", 0x10u },
	{ "CLONE_NEWNS", 0x20u },
	{ "CLONE_NEWPID", 0x40u },
	{ "CLONE_NEWUTS", 0x80u },
	{ "CLONE_PARENT", 0x100u },
	{ "CLONE_PARENT_SETTID", 0x200u },
	{ "CLONE_PTRACE", 0x400u },
	{ "CLONE_SIGHAND", 0x800u },
	{ "CLONE_SYSVSEM", 0x1000u },
	{ "CLONE_THREAD", 0x2000u },
	{ "CLONE_UNTRACED", 0x4000u },
	{ "CLONE_VM", 0x8000u },
	{ "CLONE_INVERTED", 0x10000u },
	{ "NAME_CHANGED", 0x20000u },
	{ "CLOSED", 0x40000u },
	{ "CLONE_NEWUSER", 0x100000u },
	{ "CLONE_CHILD_CLEARTID", 0x800000u },
	{ "CLONE_CHILD_SETTID", 0x1000000u },
	{ "CLONE_SETTLS", 0x2000000u },
	{ "CLONE_STOPPED", 0x4000000u },
	{ "CLONE_VFORK", 0x8000000u },
	{ "CLONE_NEWCGROUP", 0x10000000u },
	{ "CLONE_CHILD_IN_PIDNS", 0x20000000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_futex_operations[] = {
	{ "FUTEX_CLOCK_REALTIME", 0x100u },
	{ "FUTEX_PRIVATE_FLAG", 0x80u },
	{ "FUTEX_CMP_REQUEUE_PI", 0xcu },
	{ "FUTEX_WAIT_REQUEUE_PI", 0xbu },
	{ "FUTEX_WAKE_BITSET", 0xau },
	{ "FUTEX_WAIT_BITSET", 0x9u },
	{ "FUTEX_TRYLOCK_PI", 0x8u },
	{ "FUTEX_UNLOCK_PI", 0x7u },
	{ "FUTEX_LOCK_PI", 0x6u },
	{ "FUTEX_WAKE_OP", 0x5u },
	{ "FUTEX_CMP_REQUEUE", 0x4u },
	{ "FUTEX_REQUEUE", 0x3u },
	{ "FUTEX_FD", 0x2u },
	{ "FUTEX_WAKE", 0x1u },
	{ "FUTEX_WAIT", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_lseek_whence[] = {
	{ "SEEK_END", 0x2u },
	{ "SEEK_CUR", 0x1u },
	{ "SEEK_SET", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_mount_flags[] = {
	{ "RDONLY", 0x1u },
	{ "NOSUID", 0x2u },
	{ "NODEV", 0x4u },
	{ "NOEXEC", 0x8u },
	{ "SYNCHRONOUS", 0x10u },
	{ "REMOUNT", 0x20u },
	{ "MANDLOCK", 0x40u },
	{ "DIRSYNC", 0x80u },
	{ "NOATIME", 0x400u },
	{ "NODIRATIME", 0x800u },
	{ "BIND", 0x1000u },
	{ "MOVE", 0x2000u },
	{ "REC", 0x4000u },
	{ "SILENT", 0x8000u },
	{ "POSIXACL", 0x10000u },
	{ "UNBINDABLE", 0x20000u },
	{ "PRIVATE", 0x40000u },
	{ "SLAVE", 0x80000u },
	{ "SHARED", 0x100000u },
	{ "RELATIME", 0x200000u },
	{ "KERNMOUNT", 0x400000u },
	{ "I_VERSION", 0x800000u },
	{ "STRICTATIME", 0x1000000u },
	{ "LAZYTIME", 0x2000000u },
	{ "NOSEC", 0x10000000u },
	{ "BORN", 0x20000000u },
	{ "ACTIVE", 0x40000000u },
	{ "NOUSER", 0x80000000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_umount_flags[] = {
	{ "FORCE", 0x1u },
	{ "DETACH", 0x2u },
	{ "EXPIRE", 0x4u },
	{ "NOFOLLOW", 0x8u },
	{ NULL, 0 },
};

const struct flag_name flag_names_shutdown_how[] = {
	{ "SHUT_UNKNOWN", 0xffffu },
	{ "SHUT_RDWR", 0x2u },
	{ "SHUT_WR", 0x1u },
	{ "SHUT_RD", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_rlimit_resources[] = {
	{ "RLIMIT_UNKNOWN", 0xffu },
	{ "RLIMIT_RTTIME", 0xfu },
	{ "RLIMIT_RTPRIO", 0xeu },
	{ "RLIMIT_NICE", 0xdu },
	{ "RLIMIT_MSGQUEUE", 0xcu },
	{ "RLIMIT_SIGPENDING", 0xbu },
	{ "RLIMIT_LOCKS", 0xau },
	{ "RLIMIT_AS", 0x9u },
	{ "RLIMIT_MEMLOCK", 0x8u },
	{ "RLIMIT_NOFILE", 0x7u },
	{ "RLIMIT_NPROC", 0x6u },
	{ "RLIMIT_RSS", 0x5u },
	{ "RLIMIT_CORE", 0x4u },
	{ "RLIMIT_STACK", 0x3u },
	{ "RLIMIT_DATA", 0x2u },
	{ "RLIMIT_FSIZE", 0x1u },
	{ "RLIMIT_CPU", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_fcntl_commands[] = {
	{ "F_GETPIPE_SZ", 0x1du },
	{ "F_SETPIPE_SZ", 0x1cu },
	{ "F_NOTIFY", 0x1bu },
	{ "F_DUPFD_CLOEXEC", 0x1au },
	{ "F_CANCELLK", 0x19u },
	{ "F_GETLEASE", 0x18u },
	{ "F_SETLEASE", 0x17u },
	{ "F_GETOWN_EX", 0x16u },
	{ "F_SETOWN_EX", 0x15u },
	{ "F_SETLKW64", 0x13u },
	{ "F_SETLK64", 0x12u },
	{ "F_GETLK64", 0x11u },
	{ "F_GETSIG", 0xfu },
	{ "F_SETSIG", 0xdu },
	{ "F_GETOWN", 0xcu },
	{ "F_SETOWN", 0xau },
	{ "F_SETLKW", 0x9u },
	{ "F_SETLK", 0x8u },
	{ "F_GETLK", 0x6u },
	{ "F_SETFL", 0x5u },
	{ "F_GETFL", 0x4u },
	{ "F_SETFD", 0x3u },
	{ "F_GETFD", 0x2u },
	{ "F_DUPFD", 0x1u },
	{ "F_OFD_GETLK", 0x1eu },
	{ "F_OFD_SETLK", 0x1fu },
	{ "F_OFD_SETLKW", 0x20u },
	{ "UNKNOWN", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_sockopt_levels[] = {
	{ "SOL_SOCKET", 0x1u },
	{ "SOL_TCP", 0x2u },
	{ "UNKNOWN", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_sockopt_options[] = {
	{ "SO_COOKIE", 0x35u },
	{ "SO_MEMINFO", 0x34u },
	{ "SO_PEERGROUPS", 0x33u },
	{ "SO_ATTACH_BPF", 0x32u },
	{ "SO_INCOMING_CPU", 0x31u },
	{ "SO_BPF_EXTENSIONS", 0x30u },
	{ "SO_MAX_PACING_RATE", 0x2fu },
	{ "SO_BUSY_POLL", 0x2eu },
	{ "SO_SELECT_ERR_QUEUE", 0x2du },
	{ "SO_LOCK_FILTER", 0x2cu },
	{ "SO_NOFCS", 0x2bu },
	{ "SO_PEEK_OFF", 0x2au },
	{ "SO_WIFI_STATUS", 0x29u },
	{ "SO_RXQ_OVFL", 0x28u },
	{ "SO_DOMAIN", 0x27u },
	{ "SO_PROTOCOL", 0x26u },
	{ "SO_TIMESTAMPING", 0x25u },
	{ "SO_MARK", 0x24u },
	{ "SO_TIMESTAMPNS", 0x23u },
	{ "SO_PASSSEC", 0x22u },
	{ "SO_PEERSEC", 0x1fu },
	{ "SO_ACCEPTCONN", 0x1eu },
	{ "SO_TIMESTAMP", 0x1du },
	{ "SO_PEERNAME", 0x1cu },
	{ "SO_DETACH_FILTER", 0x1bu },
	{ "SO_ATTACH_FILTER", 0x1au },
	{ "SO_BINDTODEVICE", 0x19u },
	{ "SO_SECURITY_ENCRYPTION_NETWORK", 0x18u },
	{ "SO_SECURITY_ENCRYPTION_TRANSPORT", 0x17u },
	{ "SO_SECURITY_AUTHENTICATION", 0x16u },
	{ "SO_SNDTIMEO", 0x15u },
	{ "SO_RCVTIMEO", 0x14u },
	{ "SO_SNDLOWAT", 0x13u },
	{ "SO_RCVLOWAT", 0x12u },
	{ "SO_PEERCRED", 0x11u },
	{ "SO_PASSCRED", 0x10u },
	{ "SO_REUSEPORT", 0xfu },
	{ "SO_BSDCOMPAT", 0xeu },
	{ "SO_LINGER", 0xdu },
	{ "SO_PRIORITY", 0xcu },
	{ "SO_NO_CHECK", 0xbu },
	{ "SO_OOBINLINE", 0xau },
	{ "SO_KEEPALIVE", 0x9u },
	{ "SO_RCVBUFFORCE", 0x21u },
	{ "SO_SNDBUFFORCE", 0x20u },
	{ "SO_RCVBUF", 0x8u },
	{ "SO_SNDBUF", 0x7u },
	{ "SO_BROADCAST", 0x6u },
	{ "SO_DONTROUTE", 0x5u },
	{ "SO_ERROR", 0x4u },
	{ "SO_TYPE", 0x3u },
	{ "SO_REUSEADDR", 0x2u },
	{ "SO_DEBUG", 0x1u },
	{ "UNKNOWN", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_ptrace_requests[] = {
	{ "PTRACE_SINGLEBLOCK", 0x26u },
	{ "PTRACE_SYSEMU_SINGLESTEP", 0x25u },
	{ "PTRACE_SYSEMU", 0x24u },
	{ "PTRACE_ARCH_PRCTL", 0x23u },
	{ "PTRACE_SET_THREAD_AREA", 0x22u },
	{ "PTRACE_GET_THREAD_AREA", 0x21u },
	{ "PTRACE_OLDSETOPTIONS", 0x20u },
	{ "PTRACE_SETFPXREGS", 0x1fu },
	{ "PTRACE_GETFPXREGS", 0x1eu },
	{ "PTRACE_SETFPREGS", 0x1du },
	{ "PTRACE_GETFPREGS", 0x1cu },
	{ "PTRACE_SETREGS", 0x1bu },
	{ "PTRACE_GETREGS", 0x1au },
	{ "PTRACE_SETSIGMASK", 0x19u },
	{ "PTRACE_GETSIGMASK", 0x18u },
	{ "PTRACE_PEEKSIGINFO", 0x17u },
	{ "PTRACE_LISTEN", 0x16u },
	{ "PTRACE_INTERRUPT", 0x15u },
	{ "PTRACE_SEIZE", 0x14u },
	{ "PTRACE_SETREGSET", 0x13u },
	{ "PTRACE_GETREGSET", 0x12u },
	{ "PTRACE_SETSIGINFO", 0x11u },
	{ "PTRACE_GETSIGINFO", 0x10u },
	{ "PTRACE_GETEVENTMSG", 0xfu },
	{ "PTRACE_SETOPTIONS", 0xeu },
	{ "PTRACE_SYSCALL", 0xdu },
	{ "PTRACE_DETACH", 0xcu },
	{ "PTRACE_ATTACH", 0xbu },
	{ "PTRACE_SINGLESTEP", 0xau },
	{ "PTRACE_KILL", 0x9u },
	{ "PTRACE_CONT", 0x8u },
	{ "PTRACE_POKEUSR", 0x7u },
	{ "PTRACE_POKEDATA", 0x6u },
	{ "PTRACE_POKETEXT", 0x5u },
	{ "PTRACE_PEEKUSR", 0x4u },
	{ "PTRACE_PEEKDATA", 0x3u },
	{ "PTRACE_PEEKTEXT", 0x2u },
	{ "PTRACE_TRACEME", 0x1u },
	{ "PTRACE_UNKNOWN", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_prot_flags[] = {
	{ "PROT_READ", 0x1u },
	{ "PROT_WRITE", 0x2u },
	{ "PROT_EXEC", 0x4u },
	{ "PROT_SEM", 0x8u },
	{ "PROT_GROWSDOWN", 0x10u },
	{ "PROT_GROWSUP", 0x20u },
	{ "PROT_SAO", 0x40u },
	{ "PROT_NONE", 0x0u },
	{ NULL, 0 },
};

const struct flag_name flag_names_mmap_flags[] = {
	{ "MAP_SHARED", 0x1u },
	{ "MAP_PRIVATE", 0x2u },
	{ "MAP_FIXED", 0x4u },
	{ "MAP_ANONYMOUS", 0x8u },
	{ "MAP_32BIT", 0x10u },
	{ "MAP_RENAME", 0x20u },
	{ "MAP_NORESERVE", 0x40u },
	{ "MAP_POPULATE", 0x80u },
	{ "MAP_NONBLOCK", 0x100u },
	{ "MAP_GROWSDOWN", 0x200u },
	{ "MAP_DENYWRITE", 0x400u },
	{ "MAP_EXECUTABLE", 0x800u },
	{ "MAP_INHERIT", 0x1000u },
	{ "MAP_FILE", 0x2000u },
	{ "MAP_LOCKED", 0x4000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_splice_flags[] = {
	{ "SPLICE_F_MOVE", 0x1u },
	{ "SPLICE_F_NONBLOCK", 0x2u },
	{ "SPLICE_F_MORE", 0x4u },
	{ "SPLICE_F_GIFT", 0x8u },
	{ NULL, 0 },
};

const struct flag_name flag_names_quotactl_cmds[] = {
	{ "Q_QUOTAON", 0x1u },
	{ "Q_QUOTAOFF", 0x2u },
	{ "Q_GETFMT", 0x4u },
	{ "Q_GETINFO", 0x8u },
	{ "Q_SETINFO", 0x10u },
	{ "Q_GETQUOTA", 0x20u },
	{ "Q_SETQUOTA", 0x40u },
	{ "Q_SYNC", 0x80u },
	{ "Q_XQUOTAON", 0x100u },
	{ "Q_XQUOTAOFF", 0x200u },
	{ "Q_XGETQUOTA", 0x400u },
	{ "Q_XSETQLIM", 0x800u },
	{ "Q_XGETQSTAT", 0x1000u },
	{ "Q_XQUOTARM", 0x2000u },
	{ "Q_XQUOTASYNC", 0x4000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_quotactl_types[] = {
	{ "USRQUOTA", 0x1u },
	{ "GRPQUOTA", 0x2u },
	{ NULL, 0 },
};

const struct flag_name flag_names_quotactl_dqi_flags[] = {
	{ "DQF_NONE", 0x1u },
	{ "V1_DQF_RSQUASH", 0x2u },
	{ NULL, 0 },
};

const struct flag_name flag_names_quotactl_quota_fmts[] = {
	{ "QFMT_NOT_USED", 0x1u },
	{ "QFMT_VFS_OLD", 0x2u },
	{ "QFMT_VFS_V0", 0x4u },
	{ "QFMT_VFS_V1", 0x8u },
	{ NULL, 0 },
};

const struct flag_name flag_names_semop_flags[] = {
	{ "IPC_NOWAIT", 0x1u },
	{ "SEM_UNDO", 0x2u },
	{ NULL, 0 },
};

const struct flag_name flag_names_semget_flags[] = {
	{ "IPC_EXCL", 0x4000u },
	{ "IPC_CREAT", 0x2000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_semctl_commands[] = {
	{ "IPC_STAT", 0x1u },
	{ "IPC_SET", 0x2u },
	{ "IPC_RMID", 0x4u },
	{ "IPC_INFO", 0x8u },
	{ "SEM_INFO", 0x10u },
	{ "SEM_STAT", 0x20u },
	{ "GETALL", 0x40u },
	{ "GETNCNT", 0x80u },
	{ "GETPID", 0x100u },
	{ "GETVAL", 0x200u },
	{ "GETZCNT", 0x400u },
	{ "SETALL", 0x800u },
	{ "SETVAL", 0x1000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_access_flags[] = {
	{ "F_OK", 0x0u },
	{ "R_OK", 0x4u },
	{ "W_OK", 0x2u },
	{ "X_OK", 0x1u },
	{ NULL, 0 },
};

const struct flag_name flag_names_pf_flags[] = {
	{ "PROTECTION_VIOLATION", 0x1u },
	{ "PAGE_NOT_PRESENT", 0x2u },
	{ "WRITE_ACCESS", 0x4u },
	{ "READ_ACCESS", 0x8u },
	{ "USER_FAULT", 0x10u },
	{ "SUPERVISOR_FAULT", 0x20u },
	{ "RESERVED_PAGE", 0x40u },
	{ "INSTRUCTION_FETCH", 0x80u },
	{ NULL, 0 },
};

const struct flag_name flag_names_unlinkat_flags[] = {
	{ "AT_REMOVEDIR", 0x200u },
	{ NULL, 0 },
};

const struct flag_name flag_names_linkat_flags[] = {
	{ "AT_SYMLINK_FOLLOW", 0x400u },
	{ "AT_EMPTY_PATH", 0x1000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_newfstatat_flags[] = {
	{ "AT_EMPTY_PATH", 0x1000u },
	{ "AT_NO_AUTOMOUNT", 0x800u },
	{ "AT_SYMLINK_NOFOLLOW", 0x100u },
	{ NULL, 0 },
};

const struct flag_name flag_names_chmod_mode[] = {
	{ "S_IXOTH", 0x1u },
	{ "S_IWOTH", 0x2u },
	{ "S_IROTH", 0x4u },
	{ "S_IXGRP", 0x8u },
	{ "S_IWGRP", 0x10u },
	{ "S_IRGRP", 0x20u },
	{ "S_IXUSR", 0x40u },
	{ "S_IWUSR", 0x80u },
	{ "S_IRUSR", 0x100u },
	{ "S_ISVTX", 0x200u },
	{ "S_ISGID", 0x400u },
	{ "S_ISUID", 0x800u },
	{ NULL, 0 },
};

const struct flag_name flag_names_mknod_mode[] = {
	{ "S_IXOTH", 0x1u },
	{ "S_IWOTH", 0x2u },
	{ "S_IROTH", 0x4u },
	{ "S_IXGRP", 0x8u },
	{ "S_IWGRP", 0x10u },
	{ "S_IRGRP", 0x20u },
	{ "S_IXUSR", 0x40u },
	{ "S_IWUSR", 0x80u },
	{ "S_IRUSR", 0x100u },
	{ "S_ISVTX", 0x200u },
	{ "S_ISGID", 0x400u },
	{ "S_ISUID", 0x800u },
	{ "S_IFREG", 0x8000u },
	{ "S_IFCHR", 0x2000u },
	{ "S_IFBLK", 0x6000u },
	{ "S_IFIFO", 0x1000u },
	{ "S_IFSOCK", 0xc000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_renameat2_flags[] = {
	{ "RENAME_NOREPLACE", 0x1u },
	{ "RENAME_EXCHANGE", 0x2u },
	{ "RENAME_WHITEOUT", 0x4u },
	{ NULL, 0 },
};

const struct flag_name flag_names_openat2_flags[] = {
	{ "RESOLVE_BENEATH", 0x1u },
	{ "RESOLVE_IN_ROOT", 0x2u },
	{ "RESOLVE_NO_MAGICLINKS", 0x4u },
	{ "RESOLVE_NO_SYMLINKS", 0x8u },
	{ "RESOLVE_NO_XDEV", 0x10u },
	{ "RESOLVE_CACHED", 0x20u },
	{ NULL, 0 },
};

const struct flag_name flag_names_execve_flags[] = {
	{ "EXE_WRITABLE", 0x1u },
	{ "EXE_UPPER_LAYER", 0x2u },
	{ "EXE_FROM_MEMFD", 0x4u },
	{ "EXE_LOWER_LAYER", 0x8u },
	{ NULL, 0 },
};

const struct flag_name flag_names_execveat_flags[] = {
	{ "AT_EMPTY_PATH", 0x1u },
	{ "AT_SYMLINK_NOFOLLOW", 0x2u },
	{ NULL, 0 },
};

const struct flag_name flag_names_io_uring_setup_flags[] = {
	{ "IORING_SETUP_IOPOLL", 0x1u },
	{ "IORING_SETUP_SQPOLL", 0x2u },
	{ "IORING_SQ_NEED_WAKEUP", 0x4u },
	{ "IORING_SETUP_SQ_AFF", 0x8u },
	{ "IORING_SETUP_CQSIZE", 0x10u },
	{ "IORING_SETUP_CLAMP", 0x20u },
	{ "IORING_SETUP_ATTACH_RW", 0x40u },
	{ "IORING_SETUP_R_DISABLED", 0x80u },
	{ NULL, 0 },
};

const struct flag_name flag_names_io_uring_setup_feats[] = {
	{ "IORING_FEAT_SINGLE_MMAP", 0x1u },
	{ "IORING_FEAT_NODROP", 0x2u },
	{ "IORING_FEAT_SUBMIT_STABLE", 0x4u },
	{ "IORING_FEAT_RW_CUR_POS", 0x8u },
	{ "IORING_FEAT_CUR_PERSONALITY", 0x10u },
	{ "IORING_FEAT_FAST_POLL", 0x20u },
	{ "IORING_FEAT_POLL_32BITS", 0x40u },
	{ "IORING_FEAT_SQPOLL_NONFIXED", 0x80u },
	{ "IORING_FEAT_ENTER_EXT_ARG", 0x100u },
	{ "IORING_FEAT_NATIVE_WORKERS", 0x200u },
	{ "IORING_FEAT_RSRC_TAGS", 0x400u },
	{ NULL, 0 },
};

const struct flag_name flag_names_io_uring_enter_flags[] = {
	{ "IORING_ENTER_GETEVENTS", 0x1u },
	{ "IORING_ENTER_SQ_WAKEUP", 0x2u },
	{ "IORING_ENTER_SQ_WAIT", 0x4u },
	{ "IORING_ENTER_EXT_ARG", 0x8u },
	{ NULL, 0 },
};

const struct flag_name flag_names_io_uring_register_opcodes[] = {
	{ "IORING_REGISTER_BUFFERS", 0x0u },
	{ "IORING_UNREGISTER_BUFFERS", 0x1u },
	{ "IORING_REGISTER_FILES", 0x2u },
	{ "IORING_UNREGISTER_FILES", 0x3u },
	{ "IORING_REGISTER_EVENTFD", 0x4u },
	{ "IORING_UNREGISTER_EVENTFD", 0x5u },
	{ "IORING_REGISTER_FILES_UPDATE", 0x6u },
	{ "IORING_REGISTER_EVENTFD_ASYNC", 0x7u },
	{ "IORING_REGISTER_PROBE", 0x8u },
	{ "IORING_REGISTER_PERSONALITY", 0x9u },
	{ "IORING_UNREGISTER_PERSONALITY", 0xau },
	{ "IORING_REGISTER_RESTRICTIONS", 0xbu },
	{ "IORING_REGISTER_ENABLE_RINGS", 0xcu },
	{ "IORING_REGISTER_FILES2", 0xdu },
	{ "IORING_REGISTER_FILES_UPDATE2", 0xeu },
	{ "IORING_REGISTER_BUFFERS2", 0xfu },
	{ "IORING_REGISTER_BUFFERS_UPDATE", 0x10u },
	{ "IORING_REGISTER_IOWQ_AFF", 0x11u },
	{ "IORING_UNREGISTER_IOWQ_AFF", 0x12u },
	{ "IORING_REGISTER_IOWQ_MAX_WORKERS", 0x13u },
	{ "IORING_REGISTER_RING_FDS", 0x14u },
	{ "IORING_UNREGISTER_RING_FDS", 0x15u },
	{ NULL, 0 },
};

const struct flag_name flag_names_mlockall_flags[] = {
	{ "MCL_CURRENT", 0x1u },
	{ "MCL_FUTURE", 0x2u },
	{ "MCL_ONFAULT", 0x4u },
	{ NULL, 0 },
};

const struct flag_name flag_names_mlock2_flags[] = {
	{ "MLOCK_ONFAULT", 0x1u },
	{ NULL, 0 },
};

const struct flag_name flag_names_fsconfig_cmds[] = {
	{ "FSCONFIG_SET_FLAG", 0x0u },
	{ "FSCONFIG_SET_STRING", 0x1u },
	{ "FSCONFIG_SET_BINARY", 0x2u },
	{ "FSCONFIG_SET_PATH", 0x3u },
	{ "FSCONFIG_SET_PATH_EMPTY", 0x4u },
	{ "FSCONFIG_SET_FD", 0x5u },
	{ "FSCONFIG_CMD_CREATE", 0x6u },
	{ "FSCONFIG_CMD_RECONFIGURE", 0x7u },
	{ NULL, 0 },
};

const struct flag_name flag_names_epoll_create1_flags[] = {
	{ "EPOLL_CLOEXEC", 0x1u },
	{ NULL, 0 },
};

const struct flag_name flag_names_fchownat_flags[] = {
	{ "AT_SYMLINK_NOFOLLOW", 0x400u },
	{ "AT_EMPTY_PATH", 0x1000u },
	{ NULL, 0 },
};

const struct flag_name flag_names_prctl_options[] = {
	{ "PR_GET_DUMPABLE", 0x3u },
	{ "PR_SET_DUMPABLE", 0x4u },
	{ "PR_GET_KEEPCAPS", 0x7u },
	{ "PR_SET_KEEPCAPS", 0x8u },
	{ "PR_SET_NAME", 0xfu },
	{ "PR_GET_NAME", 0x10u },
	{ "PR_GET_SECCOMP", 0x15u },
	{ "PR_SET_SECCOMP", 0x16u },
	{ "PR_CAPBSET_READ", 0x17u },
	{ "PR_CAPBSET_DROP", 0x18u },
	{ "PR_GET_SECUREBITS", 0x1bu },
	{ "PR_SET_SECUREBITS", 0x1cu },
	{ "PR_MCE_KILL", 0x21u },
	{ "PR_MCE_KILL", 0x21u },
	{ "PR_SET_MM", 0x23u },
	{ "PR_SET_CHILD_SUBREAPER", 0x24u },
	{ "PR_GET_CHILD_SUBREAPER", 0x25u },
	{ "PR_SET_NO_NEW_PRIVS", 0x26u },
	{ "PR_GET_NO_NEW_PRIVS", 0x27u },
	{ "PR_GET_TID_ADDRESS", 0x28u },
	{ "PR_SET_THP_DISABLE", 0x29u },
	{ "PR_GET_THP_DISABLE", 0x2au },
	{ "PR_CAP_AMBIENT", 0x2fu },
	{ NULL, 0 },
};

const struct flag_name flag_names_keyctl_operations[] = {
	{ "KEYCTL_GET_KEYRING_ID", 0x0u },
	{ "KEYCTL_JOIN_SESSION_KEYRING", 0x1u },
	{ "KEYCTL_UPDATE", 0x2u },
	{ "KEYCTL_REVOKE", 0x3u },
	{ "KEYCTL_CHOWN", 0x4u },
	{ "KEYCTL_SETPERM", 0x5u },
	{ "KEYCTL_DESCRIBE", 0x6u },
	{ "KEYCTL_CLEAR", 0x7u },
	{ "KEYCTL_LINK", 0x8u },
	{ "KEYCTL_UNLINK", 0x9u },
	{ "KEYCTL_SEARCH", 0xau },
	{ "KEYCTL_READ", 0xbu },
	{ "KEYCTL_INSTANTIATE", 0xcu },
	{ "KEYCTL_NEGATE", 0xdu },
	{ "KEYCTL_SET_REQKEY_KEYRING", 0xeu },
	{ "KEYCTL_SET_TIMEOUT", 0xfu },
	{ "KEYCTL_ASSUME_AUTHORITY", 0x10u },
	{ "KEYCTL_GET_SECURITY", 0x11u },
	{ "KEYCTL_SESSION_TO_PARENT", 0x12u },
	{ "KEYCTL_REJECT", 0x13u },
	{ "KEYCTL_INSTANTIATE_IOV", 0x14u },
	{ "KEYCTL_INVALIDATE", 0x15u },
	{ "KEYCTL_GET_PERSISTENT", 0x16u },
	{ "KEYCTL_DH_COMPUTE", 0x17u },
	{ "KEYCTL_PKEY_QUERY", 0x18u },
	{ "KEYCTL_PKEY_ENCRYPT", 0x19u },
	{ "KEYCTL_PKEY_DECRYPT", 0x1au },
	{ "KEYCTL_PKEY_SIGN", 0x1bu },
	{ "KEYCTL_PKEY_VERIFY", 0x1cu },
	{ "KEYCTL_RESTRICT_KEYRING", 0x1du },
	{ "KEYCTL_MOVE", 0x1eu },
	{ "KEYCTL_CAPABILITIES", 0x1fu },
	{ "KEYCTL_WATCH_KEY", 0x20u },
	{ NULL, 0 },
};

const struct flag_name flag_names_memfd_create_flags[] = {
	{ "MFD_CLOEXEC", 0x1u },
	{ "MFD_ALLOW_SEALING", 0x2u },
	{ "MFD_HUGETLB", 0x4u },
	{ NULL, 0 },
};

const struct flag_name flag_names_pidfd_open_flags[] = {
	{ "PIDFD_NONBLOCK", 0x1u },
	{ NULL, 0 },
};

const struct flag_name flag_names_bpf_commands[] = {
	{ "BPF_MAP_CREATE", 0x0u },
	{ "BPF_MAP_LOOKUP_ELEM", 0x1u },
	{ "BPF_MAP_UPDATE_ELEM", 0x2u },
	{ "BPF_MAP_DELETE_ELEM", 0x3u },
	{ "BPF_MAP_GET_NEXT_KEY", 0x4u },
	{ "BPF_PROG_LOAD", 0x5u },
	{ "BPF_OBJ_PIN", 0x6u },
	{ "BPF_OBJ_GET", 0x7u },
	{ "BPF_PROG_ATTACH", 0x8u },
	{ "BPF_PROG_DETACH", 0x9u },
	{ "BPF_PROG_TEST_RUN", 0xau },
	{ "BPF_PROG_RUN", 0xau },
	{ "BPF_PROG_GET_NEXT_ID", 0xbu },
	{ "BPF_MAP_GET_NEXT_ID", 0xcu },
	{ "BPF_PROG_GET_FD_BY_ID", 0xdu },
	{ "BPF_MAP_GET_FD_BY_ID", 0xeu },
	{ "BPF_OBJ_GET_INFO_BY_FD", 0xfu },
	{ "BPF_PROG_QUERY", 0x10u },
	{ "BPF_RAW_TRACEPOINT_OPEN", 0x11u },
	{ "BPF_BTF_LOAD", 0x12u },
	{ "BPF_BTF_GET_FD_BY_ID", 0x13u },
	{ "BPF_TASK_FD_QUERY", 0x14u },
	{ "BPF_MAP_LOOKUP_AND_DELETE_ELEM", 0x15u },
	{ "BPF_MAP_FREEZE", 0x16u },
	{ "BPF_BTF_GET_NEXT_ID", 0x17u },
	{ "BPF_MAP_LOOKUP_BATCH", 0x18u },
	{ "BPF_MAP_LOOKUP_AND_DELETE_BATCH", 0x19u },
	{ "BPF_MAP_UPDATE_BATCH", 0x1au },
	{ "BPF_MAP_DELETE_BATCH", 0x1bu },
	{ "BPF_LINK_CREATE", 0x1cu },
	{ "BPF_LINK_UPDATE", 0x1du },
	{ "BPF_LINK_GET_FD_BY_ID", 0x1eu },
	{ "BPF_LINK_GET_NEXT_ID", 0x1fu },
	{ "BPF_ENABLE_STATS", 0x20u },
	{ "BPF_ITER_CREATE", 0x21u },
	{ "BPF_LINK_DETACH", 0x22u },
	{ "BPF_PROG_BIND_MAP", 0x23u },
	{ NULL, 0 },
};

const struct flag_name flag_names_delete_module_flags[] = {
	{ "O_NONBLOCK", 0x2u },
	{ "O_TRUNC", 0x1u },
	{ NULL, 0 },
};

const struct flag_name flag_names_close_range_flags[] = {
	{ "CLOSE_RANGE_UNSHARE", 0x2u },
	{ "CLOSE_RANGE_CLOEXEC", 0x4u },
	{ NULL, 0 },
};

const struct flag_name flag_names_finit_module_flags[] = {
	{ "MODULE_INIT_IGNORE_MODVERSIONS", 0x1u },
	{ "MODULE_INIT_IGNORE_VERMAGIC", 0x2u },
	{ "MODULE_INIT_COMPRESSED_FILE", 0x4u },
	{ NULL, 0 },
};

const struct flag_name flag_names_anon_inode_fd_types[] = {
	{ "ANON_INODE_FD_TYPE_UNKNOWN", 0x0u },
	{ "ANON_INODE_FD_TYPE_EVENTFD", 0x1u },
	{ "ANON_INODE_FD_TYPE_EVENTPOLL", 0x2u },
	{ "ANON_INODE_FD_TYPE_INOTIFY", 0x3u },
	{ "ANON_INODE_FD_TYPE_SIGNALFD", 0x4u },
	{ "ANON_INODE_FD_TYPE_TIMERFD", 0x5u },
	{ "ANON_INODE_FD_TYPE_IO_URING", 0x6u },
	{ "ANON_INODE_FD_TYPE_USERFAULTFD", 0x7u },
	{ "ANON_INODE_FD_TYPE_PIDFD", 0x8u },
	{ "ANON_INODE_FD_TYPE_BPF_MAP", 0x9u },
	{ "ANON_INODE_FD_TYPE_BPF_PROG", 0xau },
	{ "ANON_INODE_FD_TYPE_BPF_LINK", 0xbu },
	{ "ANON_INODE_FD_TYPE_BPF_ITER", 0xcu },
	{ "ANON_INODE_FD_TYPE_PERF_EVENT", 0xdu },
	{ NULL, 0 },
};
