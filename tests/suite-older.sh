#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The inject engine as on Linux 5.11 to 6.3, where new threads must request
# themselves that their calls trap, and finding a mapping means reading all
# mappings: behaviour and events as in suite-engines.
build=$1
older=$build/workloads/older

if ! "$older" true; then
	echo "SKIP inject as on older kernels: no seccomp filter can be set"
	exit 0
fi
only="births vfork threads storm signals exec_thread crowds restarts"
UNDER=$older ENGINES="ptrace inject" ONLY="$only sites sites-static" \
	sh tests/suite-engines.sh "$build" | sed 's/(inject)/(inject, older)/'
