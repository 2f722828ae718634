#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The words of the condition language, as a dictionary of libFuzzer.
build/spoor fields -N | sed 's/.*/"&"/'
for word in '%' '*%' '[1]' '[HOME]' .name .src tolower\( toupper\( b64\( \
	basename\( len\( join\( concat\( getopt\( val\( ' and ' ' or ' 'not ' \
	' = ' ' != ' ' in (' ' intersects (' ' pmatch (' ' glob ' ' regex ' \
	' contains ' ' icontains ' ' bcontains ' ' startswith ' ' exists' \
	' oneof (' ' anyof (' ' allof (' ' >= ' '0x1f' '/etc/*'; do
	echo "\"$word\""
done
