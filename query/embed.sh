#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# embed.sh FILE.sql...: C source of the table of ready questions.
echo '/* Generated from query/saved by query/embed.sh */'
echo '#include "query/sources.h"'
echo 'const struct question_source question_sources[] = {'
for file; do
	printf '{ "%s",\n' "$(basename "$file" .sql)"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/\\n"/' "$file"
	echo '},'
done
echo '{ 0, 0 } };'
