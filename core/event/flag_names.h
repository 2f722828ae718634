/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh core/event/reference core/event */
/* clang-format off */
#ifndef SPOOR_CORE_EVENT_FLAG_NAMES_H
#define SPOOR_CORE_EVENT_FLAG_NAMES_H

#include <stdint.h>

/* One name of a flag table; tables end with a NULL name. */
struct flag_name {
	const char *name;
	uint32_t value;
};

extern const struct flag_name flag_names_socket_families[];
extern const struct flag_name flag_names_file_flags[];
extern const struct flag_name flag_names_creat_flags[];
extern const struct flag_name flag_names_flock_flags[];
extern const struct flag_name flag_names_clone_flags[];
extern const struct flag_name flag_names_futex_operations[];
extern const struct flag_name flag_names_lseek_whence[];
extern const struct flag_name flag_names_mount_flags[];
extern const struct flag_name flag_names_umount_flags[];
extern const struct flag_name flag_names_shutdown_how[];
extern const struct flag_name flag_names_rlimit_resources[];
extern const struct flag_name flag_names_fcntl_commands[];
extern const struct flag_name flag_names_sockopt_levels[];
extern const struct flag_name flag_names_sockopt_options[];
extern const struct flag_name flag_names_ptrace_requests[];
extern const struct flag_name flag_names_prot_flags[];
extern const struct flag_name flag_names_mmap_flags[];
extern const struct flag_name flag_names_splice_flags[];
extern const struct flag_name flag_names_quotactl_cmds[];
extern const struct flag_name flag_names_quotactl_types[];
extern const struct flag_name flag_names_quotactl_dqi_flags[];
extern const struct flag_name flag_names_quotactl_quota_fmts[];
extern const struct flag_name flag_names_semop_flags[];
extern const struct flag_name flag_names_semget_flags[];
extern const struct flag_name flag_names_semctl_commands[];
extern const struct flag_name flag_names_access_flags[];
extern const struct flag_name flag_names_pf_flags[];
extern const struct flag_name flag_names_unlinkat_flags[];
extern const struct flag_name flag_names_linkat_flags[];
extern const struct flag_name flag_names_newfstatat_flags[];
extern const struct flag_name flag_names_chmod_mode[];
extern const struct flag_name flag_names_mknod_mode[];
extern const struct flag_name flag_names_renameat2_flags[];
extern const struct flag_name flag_names_openat2_flags[];
extern const struct flag_name flag_names_execve_flags[];
extern const struct flag_name flag_names_execveat_flags[];
extern const struct flag_name flag_names_io_uring_setup_flags[];
extern const struct flag_name flag_names_io_uring_setup_feats[];
extern const struct flag_name flag_names_io_uring_enter_flags[];
extern const struct flag_name flag_names_io_uring_register_opcodes[];
extern const struct flag_name flag_names_mlockall_flags[];
extern const struct flag_name flag_names_mlock2_flags[];
extern const struct flag_name flag_names_fsconfig_cmds[];
extern const struct flag_name flag_names_epoll_create1_flags[];
extern const struct flag_name flag_names_fchownat_flags[];
extern const struct flag_name flag_names_prctl_options[];
extern const struct flag_name flag_names_keyctl_operations[];
extern const struct flag_name flag_names_memfd_create_flags[];
extern const struct flag_name flag_names_pidfd_open_flags[];
extern const struct flag_name flag_names_bpf_commands[];
extern const struct flag_name flag_names_delete_module_flags[];
extern const struct flag_name flag_names_close_range_flags[];
extern const struct flag_name flag_names_finit_module_flags[];
extern const struct flag_name flag_names_anon_inode_fd_types[];

#endif
