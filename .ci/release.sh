#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Before a release, as root where debootstrap is: README.md's two commands on a
# fresh Debian, from a clone of this checkout and nothing else.
set -eu
cd "$(dirname "$0")/.."
make fresh
