#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Formatting, clang-tidy, cppcheck and shellcheck over the tree; generated
# tables (clang-format off in their third line) are left out of the first two.
failed=0
sources=
for file in "$@"; do
	sed -n 3p "$file" | grep -q 'clang-format off' ||
		sources="$sources $file"
done
# shellcheck disable=SC2086
clang-format --dry-run --Werror $sources || failed=1
flags=$(pkg-config --cflags libzstd sqlite3 libpcap yaml-0.1 jansson)
# shellcheck disable=SC2086
printf '%s\n' $sources | xargs -P "$(nproc)" -n 8 sh -c '
	flags=$1
	shift
	exec clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE \
		-DSPOOR_VERSION="\"lint\"" -I. $flags' sh "$flags" || failed=1
# What cppcheck 2.10 takes amiss: places between symbols of the linker; tables
# of functions, and the limits of tables that are found first; "&err", which
# callees set; loops that it cannot parse.
# shellcheck disable=SC2086
cppcheck --quiet --std=c11 --enable=warning,performance,portability \
	--suppress=comparePointers:capture/inject/*.c \
	--suppress=assignBoolToPointer:replay/rules/check.c \
	--suppress=arrayIndexOutOfBoundsCond:replay/fields/names.c \
	--suppress=ctuuninitvar:replay/state/emit.c \
	--inline-suppr --error-exitcode=1 -I. $sources || failed=1
find . -name '*.sh' -not -path './build/*' -exec shellcheck -x {} + || failed=1
sh tests/shape/layers.sh || failed=1
exit $failed
