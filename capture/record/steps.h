/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the parameters of a call's event are made: a step for each parameter, in
 * the order of the event (core/event/reference/events.tsv).  The rows of
 * syscall_rows.c list the steps; encode/ has the function of each source.
 */
#ifndef SPOOR_CAPTURE_RECORD_STEPS_H
#define SPOOR_CAPTURE_RECORD_STEPS_H

#include <stdint.h>

/* Where a parameter comes from.  "arg" and "with" are members of the step. */
enum param_source {
	/* Registers. */
	FROM_RET,    /* the return value */
	FROM_ARG,    /* argument "arg", 64 bits */
	FROM_INT,    /* its lower 32 bits, signed: descriptors, pids */
	FROM_HALVES, /* arguments "arg" (high) and "with" (low), 32 bits each */
	FROM_ZERO,   /* the number 0 */
	FROM_FLAGS,  /* argument "arg", each bit translated by "set" */
	FROM_VALUE,  /* argument "arg", the whole translated by "set" */
	FROM_OPEN_FLAGS,   /* argument "arg" has the flags of open(2) */
	FROM_OPEN_MODE,	   /* mode in "arg"; 0 unless flags in "with" create */
	FROM_PTRACE_ARG,   /* argument "arg", as the request has it */
	FROM_KEY_ARG,	   /* argument "arg" of keyctl(2) */
	FROM_SOCKET_LEVEL, /* level and name of a socket option */
	FROM_SOCKET_OPTION,
	/* Memory of argument "arg". */
	FROM_PATH,	/* a text */
	FROM_DATA,	/* bytes read or written, at most the snap length */
	FROM_INT_AT,	/* 32-bit signed number "with" of an array */
	FROM_LONG_AT,	/* 64-bit number "with" of an array */
	FROM_FLAGS_AT,	/* 32-bit number "with", its bits translated by "set" */
	FROM_OFFSET,	/* a 64-bit offset; 0 where the pointer is NULL */
	FROM_LENGTH_AT, /* a socklen_t, as the call left it */
	FROM_TIMESPEC,	/* nanoseconds */
	FROM_POLLFDS,
	FROM_HOW_FLAGS, /* members of struct open_how */
	FROM_HOW_RESOLVE,
	FROM_CAPS,	   /* set "with" of capset(2): 0 effective */
	FROM_SEM_MEMBER,   /* member "with" of the first two sembufs */
	FROM_OPTION_VALUE, /* value of a socket option */
	FROM_PRCTL_TEXT,   /* prctl's second argument, text or number */
	FROM_PRCTL_NUMBER,
	FROM_CONFIG_TEXT, /* fsconfig's value, text or bytes by the command */
	FROM_CONFIG_BYTES,
	FROM_QUOTA_COMMAND, /* quotactl(2) */
	FROM_QUOTA_TYPE,
	FROM_QUOTA_FORMAT,     /* given, to turn quotas on */
	FROM_QUOTA_FORMAT_GOT, /* returned by Q_GETFMT */
	FROM_QUOTA_FILE,
	FROM_QUOTA_ID,
	FROM_QUOTA_MEMBER, /* member "with" of its structure */
	/* Messages and addresses of sockets. */
	FROM_MESSAGE_RESULT, /* bytes of one of several messages, or -errno */
	FROM_DONE,	     /* the same; 0 where nothing was transferred */
	FROM_TOTAL,	     /* bytes asked for, of vectors and messages */
	FROM_CONTROL,	     /* control data of a message */
	FROM_SOCKADDR,	     /* the address in argument "arg" */
	FROM_BOUND,	     /* the same, with the port that bind chose for 0 */
	FROM_CONNECTED, /* tuple: from here to the address in "arg" or the peer */
	FROM_RECEIVED, /* tuple: from that address or peer to here */
	FROM_ACCEPTED, /* tuple of accept(2) */
	/* Facts that the engine adds: enum fact of syscalls.h. */
	FROM_FD_PATH,	  /* /proc's path of the new descriptor */
	FROM_DEVICE,	  /* of the opened file; 0 if it was not asked */
	FROM_INODE,	  /* its inode; 0 likewise */
	FROM_CREAT_LAYER, /* its layer, as creat's event numbers layers */
	FROM_WORD,	  /* number "with" of PIECE_WORDS */
	FROM_QUEUE_FULL,  /* per cent of a listening queue that is in use */
	FROM_COUNT
};

/* Tables that translate the kernel's flags and numbers: encode/flags.c. */
enum flag_set {
	SET_CLONE, /* clone, unshare, setns */
	SET_DELETE_MODULE,
	SET_EPOLL,    /* epoll_create1 */
	SET_FCNTL,    /* commands: a value */
	SET_IO_URING, /* io_uring_setup */
	SET_MMAP,
	SET_AT,	  /* AT_* of fchownat */
	SET_FILE, /* of an open file, without its access mode */
	SET_OPEN, /* of open; flag_open() adds the access mode */
	SET_PROT, /* memory protection */
	SET_PIDFD,
	SET_RESOLVE, /* openat2 */
	SET_SOCKET,  /* flags in the type of a socket */
	SET_PTRACE,  /* requests: a value */
	SET_POLL,    /* events that poll found */
	SET_SEMGET,
	SET_SEMOP,
	SET_SEMCTL,   /* commands: a value */
	SET_QUOTACTL, /* commands without the quota type: a value */
	SET_COUNT
};

struct param_step {
	uint8_t source; /* enum param_source */
	uint8_t arg;	/* argument of the call, 0 to 5 */
	uint8_t with;	/* a second argument, or which of several members */
	uint8_t set;	/* enum flag_set */
};

#endif
