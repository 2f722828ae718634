#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The unit tests again, under ASan and UBSan.
sh tests/suite-unit.sh "$1/san"
