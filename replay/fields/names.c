/* SPDX-License-Identifier: Apache-2.0 */
/* Names of errno values, signals and descriptor types. */
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

/* clang-format off */
static const char *const errnos[] = {
	[1] = "EPERM",
	[2] = "ENOENT",
	[3] = "ESRCH",
	[4] = "EINTR",
	[5] = "EIO",
	[6] = "ENXIO",
	[7] = "E2BIG",
	[8] = "ENOEXEC",
	[9] = "EBADF",
	[10] = "ECHILD",
	[11] = "EAGAIN",
	[12] = "ENOMEM",
	[13] = "EACCES",
	[14] = "EFAULT",
	[15] = "ENOTBLK",
	[16] = "EBUSY",
	[17] = "EEXIST",
	[18] = "EXDEV",
	[19] = "ENODEV",
	[20] = "ENOTDIR",
	[21] = "EISDIR",
	[22] = "EINVAL",
	[23] = "ENFILE",
	[24] = "EMFILE",
	[25] = "ENOTTY",
	[26] = "ETXTBSY",
	[27] = "EFBIG",
	[28] = "ENOSPC",
	[29] = "ESPIPE",
	[30] = "EROFS",
	[31] = "EMLINK",
	[32] = "EPIPE",
	[33] = "EDOM",
	[34] = "ERANGE",
	[35] = "EDEADLK",
	[36] = "ENAMETOOLONG",
	[37] = "ENOLCK",
	[38] = "ENOSYS",
	[39] = "ENOTEMPTY",
	[40] = "ELOOP",
	[42] = "ENOMSG",
	[43] = "EIDRM",
	[44] = "ECHRNG",
	[45] = "EL2NSYNC",
	[46] = "EL3HLT",
	[47] = "EL3RST",
	[48] = "ELNRNG",
	[49] = "EUNATCH",
	[50] = "ENOCSI",
	[51] = "EL2HLT",
	[52] = "EBADE",
	[53] = "EBADR",
	[54] = "EXFULL",
	[55] = "ENOANO",
	[56] = "EBADRQC",
	[57] = "EBADSLT",
	[59] = "EBFONT",
	[60] = "ENOSTR",
	[61] = "ENODATA",
	[62] = "ETIME",
	[63] = "ENOSR",
	[64] = "ENONET",
	[65] = "ENOPKG",
	[66] = "EREMOTE",
	[67] = "ENOLINK",
	[68] = "EADV",
	[69] = "ESRMNT",
	[70] = "ECOMM",
	[71] = "EPROTO",
	[72] = "EMULTIHOP",
	[73] = "EDOTDOT",
	[74] = "EBADMSG",
	[75] = "EOVERFLOW",
	[76] = "ENOTUNIQ",
	[77] = "EBADFD",
	[78] = "EREMCHG",
	[79] = "ELIBACC",
	[80] = "ELIBBAD",
	[81] = "ELIBSCN",
	[82] = "ELIBMAX",
	[83] = "ELIBEXEC",
	[84] = "EILSEQ",
	[85] = "ERESTART",
	[86] = "ESTRPIPE",
	[87] = "EUSERS",
	[88] = "ENOTSOCK",
	[89] = "EDESTADDRREQ",
	[90] = "EMSGSIZE",
	[91] = "EPROTOTYPE",
	[92] = "ENOPROTOOPT",
	[93] = "EPROTONOSUPPORT",
	[94] = "ESOCKTNOSUPPORT",
	[95] = "EOPNOTSUPP",
	[96] = "EPFNOSUPPORT",
	[97] = "EAFNOSUPPORT",
	[98] = "EADDRINUSE",
	[99] = "EADDRNOTAVAIL",
	[100] = "ENETDOWN",
	[101] = "ENETUNREACH",
	[102] = "ENETRESET",
	[103] = "ECONNABORTED",
	[104] = "ECONNRESET",
	[105] = "ENOBUFS",
	[106] = "EISCONN",
	[107] = "ENOTCONN",
	[108] = "ESHUTDOWN",
	[109] = "ETOOMANYREFS",
	[110] = "ETIMEDOUT",
	[111] = "ECONNREFUSED",
	[112] = "EHOSTDOWN",
	[113] = "EHOSTUNREACH",
	[114] = "EALREADY",
	[115] = "EINPROGRESS",
	[116] = "ESTALE",
	[117] = "EUCLEAN",
	[118] = "ENOTNAM",
	[119] = "ENAVAIL",
	[120] = "EISNAM",
	[121] = "EREMOTEIO",
	[122] = "EDQUOT",
	[123] = "ENOMEDIUM",
	[124] = "EMEDIUMTYPE",
	[125] = "ECANCELED",
	[126] = "ENOKEY",
	[127] = "EKEYEXPIRED",
	[128] = "EKEYREVOKED",
	[129] = "EKEYREJECTED",
	[130] = "EOWNERDEAD",
	[131] = "ENOTRECOVERABLE",
	[132] = "ERFKILL",
	[133] = "EHWPOISON",
	[512] = "ERESTARTSYS", [513] = "ERESTARTNOINTR",
	[514] = "ERESTARTNOHAND", [516] = "ERESTART_RESTARTBLOCK",
};

static const char *const signals[] = {
	[1] = "SIGHUP",
	[2] = "SIGINT",
	[3] = "SIGQUIT",
	[4] = "SIGILL",
	[5] = "SIGTRAP",
	[6] = "SIGABRT",
	[7] = "SIGBUS",
	[8] = "SIGFPE",
	[9] = "SIGKILL",
	[10] = "SIGUSR1",
	[11] = "SIGSEGV",
	[12] = "SIGUSR2",
	[13] = "SIGPIPE",
	[14] = "SIGALRM",
	[15] = "SIGTERM",
	[16] = "SIGSTKFLT",
	[17] = "SIGCHLD",
	[18] = "SIGCONT",
	[19] = "SIGSTOP",
	[20] = "SIGTSTP",
	[21] = "SIGTTIN",
	[22] = "SIGTTOU",
	[23] = "SIGURG",
	[24] = "SIGXCPU",
	[25] = "SIGXFSZ",
	[26] = "SIGVTALRM",
	[27] = "SIGPROF",
	[28] = "SIGWINCH",
	[29] = "SIGIO",
	[30] = "SIGPWR",
	[31] = "SIGSYS",
};
/* clang-format on */

/* By SCAP_FD_*: the letter of fd.typechar and the word of fd.type. */
static const struct {
	char letter;
	const char *name;
} fd_types[] = {
	[SCAP_FD_UNKNOWN] = { 'o', "<NA>" },
	[SCAP_FD_FILE] = { 'f', "file" },
	[SCAP_FD_DIRECTORY] = { 'd', "directory" },
	[SCAP_FD_IPV4_SOCK] = { '4', "ipv4" },
	[SCAP_FD_IPV6_SOCK] = { '6', "ipv6" },
	[SCAP_FD_IPV4_SERVSOCK] = { '4', "ipv4" },
	[SCAP_FD_IPV6_SERVSOCK] = { '6', "ipv6" },
	[SCAP_FD_FIFO] = { 'p', "pipe" },
	[SCAP_FD_UNIX_SOCK] = { 'u', "unix" },
	[SCAP_FD_EVENT] = { 'e', "event" },
	[SCAP_FD_UNSUPPORTED] = { 'X', "<NA>" },
	[SCAP_FD_SIGNALFD] = { 's', "signalfd" },
	[SCAP_FD_EVENTPOLL] = { 'l', "eventpoll" },
	[SCAP_FD_INOTIFY] = { 'i', "inotify" },
	[SCAP_FD_TIMERFD] = { 't', "timerfd" },
	[SCAP_FD_NETLINK] = { 'n', "netlink" },
	[SCAP_FD_FILE_V2] = { 'f', "file" },
	[SCAP_FD_BPF] = { 'b', "bpf" },
	[SCAP_FD_USERFAULTFD] = { 'u', "userfaultfd" },
	[SCAP_FD_IOURING] = { 'r', "io_uring" },
	[SCAP_FD_MEMFD] = { 'm', "memfd" },
	[SCAP_FD_PIDFD] = { 'P', "pidfd" },
};

enum { FD_TYPES = sizeof(fd_types) / sizeof(fd_types[0]) };

const char *fd_type_name(uint8_t type)
{
	return type < FD_TYPES ? fd_types[type].name : "<NA>";
}

char fd_type_char(uint8_t type)
{
	return type < FD_TYPES ? fd_types[type].letter : '?';
}

uint8_t fd_l4proto(const struct fd *fd)
{
	if (!fd_is_inet(fd) ||
	    (fd->role == FD_ROLE_NONE && fd->l4proto != SCAP_L4_RAW))
		return SCAP_L4_NA;
	return fd->l4proto;
}

const char *errno_name(int64_t result)
{
	int64_t count = sizeof(errnos) / sizeof(errnos[0]);

	return result < 0 && result > -count ? errnos[-result] : NULL;
}

const char *signal_name(int64_t number)
{
	size_t count = sizeof(signals) / sizeof(signals[0]);

	return number > 0 && (size_t)number < count ? signals[number] : NULL;
}
