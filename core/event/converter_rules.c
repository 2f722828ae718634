/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh core/event/reference core/event */
/* clang-format off */
#include "core/event/tables.h"

static const struct converter_step steps_1_1[] = {
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_2_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_3_4[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_3_5[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_5_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_7_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_9_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_11_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_13_8[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_15_11[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
};
static const struct converter_step steps_16_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_19_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_19_4[] = {
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_21_2[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_22_1[] = {
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_23_2[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_23_3[] = {
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_25_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_27_3[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_29_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_31_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_33_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_35_3[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_37_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_43_5[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_49_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_51_0[] = {
	{ CONVERT_DEFAULT, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_53_4[] = {
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_53_5[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_55_0[] = {
	{ CONVERT_DEFAULT, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_57_3[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
	{ CONVERT_DEFAULT, 0, 0 },
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_58_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_59_3[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_59_4[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_59_5[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_63_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_65_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_71_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_79_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_81_2[] = {
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_85_1[] = {
	{ CONVERT_OLD, 0, 0 },
};
static const struct converter_step steps_87_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_89_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_91_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_97_1[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_99_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_101_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_103_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_ENTER, 2, 1 },
	{ CONVERT_ENTER, 3, 1 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_105_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_107_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_ENTER, 2, 1 },
	{ CONVERT_ENTER, 3, 1 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_109_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_111_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_113_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_115_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_117_3[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_119_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_121_3[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_123_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_125_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_127_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_129_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_131_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_133_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_135_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_137_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_139_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_141_3[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_143_3[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_145_5[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_146_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_151_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_151_3[] = {
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_155_13[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_157_16[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
};
static const struct converter_step steps_159_4[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_161_4[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
	{ CONVERT_ENTER, 3, 0 },
	{ CONVERT_ENTER, 4, 0 },
	{ CONVERT_ENTER, 5, 0 },
};
static const struct converter_step steps_163_4[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
	{ CONVERT_ENTER, 3, 0 },
	{ CONVERT_ENTER, 4, 0 },
	{ CONVERT_ENTER, 5, 0 },
};
static const struct converter_step steps_165_4[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_167_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
	{ CONVERT_ENTER, 3, 0 },
};
static const struct converter_step steps_169_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_169_3[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_171_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_173_14[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 13, 0 },
};
static const struct converter_step steps_183_16[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
};
static const struct converter_step steps_185_16[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
};
static const struct converter_step steps_189_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 3, 0 },
};
static const struct converter_step steps_191_14[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
	{ CONVERT_ENTER, 3, 0 },
};
static const struct converter_step steps_193_1[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_ENTER, 2, 1 },
};
static const struct converter_step steps_195_1[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
	{ CONVERT_ENTER, 2, 1 },
};
static const struct converter_step steps_199_1[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_201_1[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_215_15[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 14, 0 },
};
static const struct converter_step steps_217_17[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_OLD, 16, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_219_17[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_OLD, 16, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_221_17[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_OLD, 16, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_223_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_225_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_227_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_228_4[] = {
	{ CONVERT_CALLBACK, 0, 1 },
};
static const struct converter_step steps_231_16[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_237_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_239_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_241_1[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_243_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_249_5[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_251_8[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_253_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
	{ CONVERT_ENTER, 3, 0 },
};
static const struct converter_step steps_255_2[] = {
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_257_4[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_259_2[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
};
static const struct converter_step steps_263_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_265_2[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_272_1[] = {
	{ CONVERT_OLD, 0, 0 },
};
static const struct converter_step steps_277_2[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_282_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_283_17[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_OLD, 16, 0 },
};
static const struct converter_step steps_285_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_288_1[] = {
	{ CONVERT_OLD, 0, 0 },
};
static const struct converter_step steps_289_17[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_OLD, 1, 0 },
	{ CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
	{ CONVERT_OLD, 4, 0 },
	{ CONVERT_OLD, 5, 0 },
	{ CONVERT_OLD, 6, 0 },
	{ CONVERT_OLD, 7, 0 },
	{ CONVERT_OLD, 8, 0 },
	{ CONVERT_OLD, 9, 0 },
	{ CONVERT_OLD, 10, 0 },
	{ CONVERT_OLD, 11, 0 },
	{ CONVERT_OLD, 12, 0 },
	{ CONVERT_OLD, 13, 0 },
	{ CONVERT_OLD, 14, 0 },
	{ CONVERT_OLD, 15, 0 },
	{ CONVERT_OLD, 16, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_18[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_19[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_23[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_26[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_27[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_28[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_29[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_293_30[] = {
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_295_1[] = {
	{ CONVERT_ENTER, 0, 1 },
	{ CONVERT_ENTER, 1, 1 },
};
static const struct converter_step steps_297_1[] = {
	{ CONVERT_OLD, 0, 0 },
	{ CONVERT_ENTER, 0, 1 },
};
static const struct converter_step steps_298_1[] = {
	{ CONVERT_DEFAULT, 0, 0 },
};
static const struct converter_step steps_299_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step steps_306_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_307_5[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_307_6[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_326_0[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_327_6[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_329_1[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_331_19[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_23[] = {
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_26[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_27[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_28[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_331_29[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_333_3[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
	{ CONVERT_ENTER, 2, 0 },
};
static const struct converter_step steps_335_20[] = {
	{ CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step steps_375_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_377_1[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_389_5[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_391_2[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_397_2[] = {
	{ CONVERT_ENTER, 0, 0 },
};
static const struct converter_step steps_399_2[] = {
	{ CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};

const struct converter_rule converter_rules[] = {
	{ 0, 2, CONVERT_STORE, 0, 0, NULL },
	{ 1, 1, CONVERT_ADD_PARAMS, 0, 1, steps_1_1 },
	{ 2, 0, CONVERT_ADD_PARAMS, 0, 3, steps_2_0 },
	{ 2, 3, CONVERT_PASS, 0, 0, NULL },
	{ 3, 4, CONVERT_ADD_PARAMS, 0, 1, steps_3_4 },
	{ 3, 5, CONVERT_ADD_PARAMS, 0, 1, steps_3_5 },
	{ 4, 1, CONVERT_STORE, 0, 0, NULL },
	{ 5, 1, CONVERT_ADD_PARAMS, 0, 1, steps_5_1 },
	{ 6, 2, CONVERT_STORE, 0, 0, NULL },
	{ 7, 2, CONVERT_ADD_PARAMS, 0, 2, steps_7_2 },
	{ 8, 2, CONVERT_STORE, 0, 0, NULL },
	{ 9, 2, CONVERT_ADD_PARAMS, 0, 2, steps_9_2 },
	{ 10, 1, CONVERT_STORE, 0, 0, NULL },
	{ 11, 1, CONVERT_CHANGE_TYPE, 159, 5, steps_11_1 },
	{ 12, 0, CONVERT_CHANGE_TYPE, 154, 0, NULL },
	{ 13, 8, CONVERT_CHANGE_TYPE, 155, 13, steps_13_8 },
	{ 15, 11, CONVERT_CHANGE_TYPE, 157, 16, steps_15_11 },
	{ 16, 0, CONVERT_CHANGE_TYPE, 186, 5, steps_16_0 },
	{ 18, 3, CONVERT_STORE, 0, 0, NULL },
	{ 19, 1, CONVERT_ADD_PARAMS, 0, 3, steps_19_1 },
	{ 19, 4, CONVERT_ADD_PARAMS, 0, 1, steps_19_4 },
	{ 20, 1, CONVERT_STORE, 0, 0, NULL },
	{ 21, 2, CONVERT_ADD_PARAMS, 0, 1, steps_21_2 },
	{ 22, 1, CONVERT_ADD_PARAMS, 0, 1, steps_22_1 },
	{ 22, 2, CONVERT_STORE_AND_PASS, 0, 0, NULL },
	{ 23, 2, CONVERT_ADD_PARAMS, 0, 1, steps_23_2 },
	{ 23, 3, CONVERT_ADD_PARAMS, 0, 1, steps_23_3 },
	{ 24, 2, CONVERT_STORE, 0, 0, NULL },
	{ 25, 1, CONVERT_ADD_PARAMS, 0, 2, steps_25_1 },
	{ 27, 3, CONVERT_CHANGE_TYPE, 247, 5, steps_27_3 },
	{ 28, 2, CONVERT_STORE, 0, 0, NULL },
	{ 29, 2, CONVERT_ADD_PARAMS, 0, 3, steps_29_2 },
	{ 30, 3, CONVERT_STORE, 0, 0, NULL },
	{ 31, 2, CONVERT_ADD_PARAMS, 0, 3, steps_31_2 },
	{ 32, 2, CONVERT_STORE, 0, 0, NULL },
	{ 33, 2, CONVERT_ADD_PARAMS, 0, 3, steps_33_2 },
	{ 34, 2, CONVERT_STORE, 0, 0, NULL },
	{ 35, 3, CONVERT_ADD_PARAMS, 0, 2, steps_35_3 },
	{ 36, 2, CONVERT_STORE, 0, 0, NULL },
	{ 37, 1, CONVERT_ADD_PARAMS, 0, 2, steps_37_1 },
	{ 42, 3, CONVERT_STORE, 0, 0, NULL },
	{ 43, 5, CONVERT_ADD_PARAMS, 0, 3, steps_43_5 },
	{ 48, 3, CONVERT_STORE, 0, 0, NULL },
	{ 49, 2, CONVERT_ADD_PARAMS, 0, 3, steps_49_2 },
	{ 51, 0, CONVERT_ADD_PARAMS, 0, 5, steps_51_0 },
	{ 52, 1, CONVERT_STORE, 0, 0, NULL },
	{ 53, 4, CONVERT_ADD_PARAMS, 0, 1, steps_53_4 },
	{ 53, 5, CONVERT_ADD_PARAMS, 0, 1, steps_53_5 },
	{ 55, 0, CONVERT_ADD_PARAMS, 0, 6, steps_55_0 },
	{ 56, 1, CONVERT_STORE, 0, 0, NULL },
	{ 57, 3, CONVERT_CHANGE_TYPE, 389, 6, steps_57_3 },
	{ 58, 0, CONVERT_ADD_PARAMS, 0, 2, steps_58_0 },
	{ 58, 2, CONVERT_PASS, 0, 0, NULL },
	{ 59, 3, CONVERT_ADD_PARAMS, 0, 1, steps_59_3 },
	{ 59, 4, CONVERT_ADD_PARAMS, 0, 1, steps_59_4 },
	{ 59, 5, CONVERT_ADD_PARAMS, 0, 1, steps_59_5 },
	{ 62, 2, CONVERT_STORE, 0, 0, NULL },
	{ 63, 1, CONVERT_ADD_PARAMS, 0, 2, steps_63_1 },
	{ 64, 3, CONVERT_STORE, 0, 0, NULL },
	{ 65, 1, CONVERT_ADD_PARAMS, 0, 3, steps_65_1 },
	{ 70, 1, CONVERT_STORE, 0, 0, NULL },
	{ 71, 1, CONVERT_ADD_PARAMS, 0, 1, steps_71_1 },
	{ 78, 1, CONVERT_STORE, 0, 0, NULL },
	{ 79, 1, CONVERT_ADD_PARAMS, 0, 1, steps_79_1 },
	{ 80, 2, CONVERT_STORE, 0, 0, NULL },
	{ 81, 2, CONVERT_ADD_PARAMS, 0, 1, steps_81_2 },
	{ 85, 1, CONVERT_CHANGE_TYPE, 83, 1, steps_85_1 },
	{ 86, 3, CONVERT_STORE, 0, 0, NULL },
	{ 87, 1, CONVERT_ADD_PARAMS, 0, 3, steps_87_1 },
	{ 88, 3, CONVERT_STORE, 0, 0, NULL },
	{ 89, 1, CONVERT_ADD_PARAMS, 0, 3, steps_89_1 },
	{ 90, 2, CONVERT_STORE, 0, 0, NULL },
	{ 91, 1, CONVERT_CHANGE_TYPE, 171, 4, steps_91_1 },
	{ 96, 1, CONVERT_STORE, 0, 0, NULL },
	{ 97, 1, CONVERT_ADD_PARAMS, 0, 1, steps_97_1 },
	{ 98, 2, CONVERT_STORE, 0, 0, NULL },
	{ 99, 1, CONVERT_CHANGE_TYPE, 277, 3, steps_99_1 },
	{ 100, 1, CONVERT_STORE, 0, 0, NULL },
	{ 101, 1, CONVERT_CHANGE_TYPE, 279, 2, steps_101_1 },
	{ 102, 4, CONVERT_STORE, 0, 0, NULL },
	{ 103, 1, CONVERT_CHANGE_TYPE, 307, 7, steps_103_1 },
	{ 104, 2, CONVERT_STORE, 0, 0, NULL },
	{ 105, 1, CONVERT_CHANGE_TYPE, 309, 3, steps_105_1 },
	{ 106, 4, CONVERT_STORE, 0, 0, NULL },
	{ 107, 1, CONVERT_CHANGE_TYPE, 311, 6, steps_107_1 },
	{ 108, 1, CONVERT_STORE, 0, 0, NULL },
	{ 109, 1, CONVERT_CHANGE_TYPE, 301, 2, steps_109_1 },
	{ 110, 2, CONVERT_STORE, 0, 0, NULL },
	{ 111, 1, CONVERT_CHANGE_TYPE, 303, 4, steps_111_1 },
	{ 112, 3, CONVERT_STORE, 0, 0, NULL },
	{ 113, 2, CONVERT_ADD_PARAMS, 0, 3, steps_113_2 },
	{ 114, 3, CONVERT_STORE, 0, 0, NULL },
	{ 115, 2, CONVERT_ADD_PARAMS, 0, 3, steps_115_2 },
	{ 116, 1, CONVERT_STORE, 0, 0, NULL },
	{ 117, 3, CONVERT_ADD_PARAMS, 0, 1, steps_117_3 },
	{ 118, 2, CONVERT_STORE, 0, 0, NULL },
	{ 119, 2, CONVERT_ADD_PARAMS, 0, 2, steps_119_2 },
	{ 120, 2, CONVERT_STORE, 0, 0, NULL },
	{ 121, 3, CONVERT_ADD_PARAMS, 0, 2, steps_121_3 },
	{ 122, 3, CONVERT_STORE, 0, 0, NULL },
	{ 123, 2, CONVERT_ADD_PARAMS, 0, 3, steps_123_2 },
	{ 124, 1, CONVERT_STORE, 0, 0, NULL },
	{ 125, 1, CONVERT_CHANGE_TYPE, 367, 2, steps_125_1 },
	{ 126, 3, CONVERT_STORE, 0, 0, NULL },
	{ 127, 1, CONVERT_ADD_PARAMS, 0, 3, steps_127_1 },
	{ 128, 2, CONVERT_STORE, 0, 0, NULL },
	{ 129, 1, CONVERT_ADD_PARAMS, 0, 2, steps_129_1 },
	{ 130, 2, CONVERT_STORE, 0, 0, NULL },
	{ 131, 1, CONVERT_ADD_PARAMS, 0, 2, steps_131_1 },
	{ 132, 3, CONVERT_STORE, 0, 0, NULL },
	{ 133, 1, CONVERT_ADD_PARAMS, 0, 3, steps_133_1 },
	{ 134, 1, CONVERT_STORE, 0, 0, NULL },
	{ 135, 1, CONVERT_ADD_PARAMS, 0, 1, steps_135_1 },
	{ 136, 2, CONVERT_STORE, 0, 0, NULL },
	{ 137, 1, CONVERT_ADD_PARAMS, 0, 2, steps_137_1 },
	{ 138, 1, CONVERT_STORE, 0, 0, NULL },
	{ 139, 1, CONVERT_ADD_PARAMS, 0, 1, steps_139_1 },
	{ 140, 1, CONVERT_STORE, 0, 0, NULL },
	{ 141, 3, CONVERT_ADD_PARAMS, 0, 1, steps_141_3 },
	{ 142, 1, CONVERT_STORE, 0, 0, NULL },
	{ 143, 3, CONVERT_ADD_PARAMS, 0, 1, steps_143_3 },
	{ 144, 2, CONVERT_STORE, 0, 0, NULL },
	{ 145, 5, CONVERT_ADD_PARAMS, 0, 2, steps_145_5 },
	{ 146, 1, CONVERT_CHANGE_TYPE, 152, 6, steps_146_1 },
	{ 150, 2, CONVERT_STORE, 0, 0, NULL },
	{ 151, 1, CONVERT_ADD_PARAMS, 0, 2, steps_151_1 },
	{ 151, 3, CONVERT_ADD_PARAMS, 0, 1, steps_151_3 },
	{ 154, 0, CONVERT_CHANGE_TYPE, 172, 0, NULL },
	{ 155, 13, CONVERT_CHANGE_TYPE, 173, 14, steps_155_13 },
	{ 157, 16, CONVERT_CHANGE_TYPE, 217, 17, steps_157_16 },
	{ 158, 1, CONVERT_STORE, 0, 0, NULL },
	{ 159, 4, CONVERT_ADD_PARAMS, 0, 1, steps_159_4 },
	{ 160, 6, CONVERT_STORE, 0, 0, NULL },
	{ 161, 4, CONVERT_ADD_PARAMS, 0, 6, steps_161_4 },
	{ 162, 6, CONVERT_STORE, 0, 0, NULL },
	{ 163, 4, CONVERT_ADD_PARAMS, 0, 6, steps_163_4 },
	{ 164, 2, CONVERT_STORE, 0, 0, NULL },
	{ 165, 4, CONVERT_ADD_PARAMS, 0, 2, steps_165_4 },
	{ 166, 4, CONVERT_STORE, 0, 0, NULL },
	{ 167, 1, CONVERT_ADD_PARAMS, 0, 4, steps_167_1 },
	{ 168, 2, CONVERT_STORE, 0, 0, NULL },
	{ 169, 0, CONVERT_ADD_PARAMS, 0, 3, steps_169_0 },
	{ 169, 3, CONVERT_ADD_PARAMS, 0, 2, steps_169_3 },
	{ 170, 3, CONVERT_STORE, 0, 0, NULL },
	{ 171, 1, CONVERT_ADD_PARAMS, 0, 3, steps_171_1 },
	{ 172, 0, CONVERT_CHANGE_TYPE, 214, 0, NULL },
	{ 173, 14, CONVERT_CHANGE_TYPE, 215, 15, steps_173_14 },
	{ 183, 16, CONVERT_CHANGE_TYPE, 219, 17, steps_183_16 },
	{ 185, 16, CONVERT_CHANGE_TYPE, 221, 17, steps_185_16 },
	{ 188, 4, CONVERT_STORE, 0, 0, NULL },
	{ 189, 2, CONVERT_ADD_PARAMS, 0, 3, steps_189_2 },
	{ 190, 4, CONVERT_STORE, 0, 0, NULL },
	{ 191, 14, CONVERT_ADD_PARAMS, 0, 4, steps_191_14 },
	{ 192, 3, CONVERT_STORE, 0, 0, NULL },
	{ 193, 1, CONVERT_ADD_PARAMS, 0, 3, steps_193_1 },
	{ 194, 3, CONVERT_STORE, 0, 0, NULL },
	{ 195, 1, CONVERT_ADD_PARAMS, 0, 3, steps_195_1 },
	{ 198, 1, CONVERT_STORE, 0, 0, NULL },
	{ 199, 1, CONVERT_ADD_PARAMS, 0, 1, steps_199_1 },
	{ 200, 1, CONVERT_STORE, 0, 0, NULL },
	{ 201, 1, CONVERT_ADD_PARAMS, 0, 1, steps_201_1 },
	{ 214, 0, CONVERT_CHANGE_TYPE, 230, 0, NULL },
	{ 215, 15, CONVERT_CHANGE_TYPE, 231, 16, steps_215_15 },
	{ 217, 17, CONVERT_CHANGE_TYPE, 223, 20, steps_217_17 },
	{ 219, 17, CONVERT_CHANGE_TYPE, 225, 20, steps_219_17 },
	{ 221, 17, CONVERT_CHANGE_TYPE, 227, 20, steps_221_17 },
	{ 223, 20, CONVERT_ADD_PARAMS, 0, 1, steps_223_20 },
	{ 225, 20, CONVERT_ADD_PARAMS, 0, 1, steps_225_20 },
	{ 227, 20, CONVERT_ADD_PARAMS, 0, 1, steps_227_20 },
	{ 228, 4, CONVERT_CHANGE_TYPE, 272, 1, steps_228_4 },
	{ 230, 0, CONVERT_CHANGE_TYPE, 282, 0, NULL },
	{ 231, 16, CONVERT_CHANGE_TYPE, 283, 17, steps_231_16 },
	{ 236, 1, CONVERT_STORE, 0, 0, NULL },
	{ 237, 1, CONVERT_ADD_PARAMS, 0, 1, steps_237_1 },
	{ 238, 1, CONVERT_STORE, 0, 0, NULL },
	{ 239, 1, CONVERT_ADD_PARAMS, 0, 1, steps_239_1 },
	{ 240, 2, CONVERT_STORE, 0, 0, NULL },
	{ 241, 1, CONVERT_ADD_PARAMS, 0, 2, steps_241_1 },
	{ 242, 2, CONVERT_STORE, 0, 0, NULL },
	{ 243, 1, CONVERT_ADD_PARAMS, 0, 2, steps_243_1 },
	{ 248, 1, CONVERT_STORE, 0, 0, NULL },
	{ 249, 5, CONVERT_CHANGE_TYPE, 389, 6, steps_249_5 },
	{ 250, 1, CONVERT_STORE, 0, 0, NULL },
	{ 251, 8, CONVERT_ADD_PARAMS, 0, 1, steps_251_8 },
	{ 252, 4, CONVERT_STORE, 0, 0, NULL },
	{ 253, 1, CONVERT_ADD_PARAMS, 0, 4, steps_253_1 },
	{ 254, 3, CONVERT_STORE, 0, 0, NULL },
	{ 255, 2, CONVERT_ADD_PARAMS, 0, 2, steps_255_2 },
	{ 256, 1, CONVERT_STORE, 0, 0, NULL },
	{ 257, 4, CONVERT_ADD_PARAMS, 0, 1, steps_257_4 },
	{ 259, 2, CONVERT_CHANGE_TYPE, 387, 2, steps_259_2 },
	{ 262, 3, CONVERT_STORE, 0, 0, NULL },
	{ 263, 1, CONVERT_ADD_PARAMS, 0, 3, steps_263_1 },
	{ 264, 1, CONVERT_STORE, 0, 0, NULL },
	{ 265, 2, CONVERT_ADD_PARAMS, 0, 1, steps_265_2 },
	{ 272, 1, CONVERT_CHANGE_TYPE, 324, 1, steps_272_1 },
	{ 276, 1, CONVERT_STORE, 0, 0, NULL },
	{ 277, 2, CONVERT_ADD_PARAMS, 0, 1, steps_277_2 },
	{ 282, 0, CONVERT_CHANGE_TYPE, 288, 1, steps_282_0 },
	{ 283, 17, CONVERT_CHANGE_TYPE, 289, 17, steps_283_17 },
	{ 284, 1, CONVERT_STORE, 0, 0, NULL },
	{ 285, 1, CONVERT_ADD_PARAMS, 0, 1, steps_285_1 },
	{ 288, 1, CONVERT_CHANGE_TYPE, 292, 1, steps_288_1 },
	{ 289, 17, CONVERT_CHANGE_TYPE, 293, 18, steps_289_17 },
	{ 292, 1, CONVERT_STORE_AND_PASS, 0, 0, NULL },
	{ 293, 18, CONVERT_ADD_PARAMS, 0, 1, steps_293_18 },
	{ 293, 19, CONVERT_ADD_PARAMS, 0, 1, steps_293_19 },
	{ 293, 20, CONVERT_ADD_PARAMS, 0, 3, steps_293_20 },
	{ 293, 23, CONVERT_ADD_PARAMS, 0, 3, steps_293_23 },
	{ 293, 26, CONVERT_ADD_PARAMS, 0, 1, steps_293_26 },
	{ 293, 27, CONVERT_ADD_PARAMS, 0, 1, steps_293_27 },
	{ 293, 28, CONVERT_ADD_PARAMS, 0, 1, steps_293_28 },
	{ 293, 29, CONVERT_ADD_PARAMS, 0, 1, steps_293_29 },
	{ 293, 30, CONVERT_ADD_PARAMS, 0, 1, steps_293_30 },
	{ 294, 2, CONVERT_STORE, 0, 0, NULL },
	{ 295, 1, CONVERT_ADD_PARAMS, 0, 2, steps_295_1 },
	{ 296, 1, CONVERT_STORE, 0, 0, NULL },
	{ 297, 1, CONVERT_CHANGE_TYPE, 369, 2, steps_297_1 },
	{ 298, 1, CONVERT_ADD_PARAMS, 0, 1, steps_298_1 },
	{ 298, 2, CONVERT_STORE, 0, 0, NULL },
	{ 299, 1, CONVERT_ADD_PARAMS, 0, 2, steps_299_1 },
	{ 306, 0, CONVERT_ADD_PARAMS, 0, 4, steps_306_0 },
	{ 306, 4, CONVERT_PASS, 0, 0, NULL },
	{ 307, 5, CONVERT_ADD_PARAMS, 0, 1, steps_307_5 },
	{ 307, 6, CONVERT_ADD_PARAMS, 0, 1, steps_307_6 },
	{ 326, 0, CONVERT_ADD_PARAMS, 0, 5, steps_326_0 },
	{ 326, 5, CONVERT_PASS, 0, 0, NULL },
	{ 327, 6, CONVERT_ADD_PARAMS, 0, 2, steps_327_6 },
	{ 328, 3, CONVERT_STORE, 0, 0, NULL },
	{ 329, 1, CONVERT_ADD_PARAMS, 0, 3, steps_329_1 },
	{ 330, 3, CONVERT_PASS, 0, 0, NULL },
	{ 331, 19, CONVERT_ADD_PARAMS, 0, 1, steps_331_19 },
	{ 331, 20, CONVERT_ADD_PARAMS, 0, 3, steps_331_20 },
	{ 331, 23, CONVERT_ADD_PARAMS, 0, 3, steps_331_23 },
	{ 331, 26, CONVERT_ADD_PARAMS, 0, 1, steps_331_26 },
	{ 331, 27, CONVERT_ADD_PARAMS, 0, 1, steps_331_27 },
	{ 331, 28, CONVERT_ADD_PARAMS, 0, 1, steps_331_28 },
	{ 331, 29, CONVERT_ADD_PARAMS, 0, 1, steps_331_29 },
	{ 332, 3, CONVERT_STORE, 0, 0, NULL },
	{ 333, 3, CONVERT_ADD_PARAMS, 0, 3, steps_333_3 },
	{ 335, 20, CONVERT_ADD_PARAMS, 0, 1, steps_335_20 },
	{ 374, 1, CONVERT_STORE, 0, 0, NULL },
	{ 375, 1, CONVERT_ADD_PARAMS, 0, 1, steps_375_1 },
	{ 376, 1, CONVERT_STORE, 0, 0, NULL },
	{ 377, 1, CONVERT_ADD_PARAMS, 0, 1, steps_377_1 },
	{ 388, 1, CONVERT_STORE, 0, 0, NULL },
	{ 389, 5, CONVERT_ADD_PARAMS, 0, 1, steps_389_5 },
	{ 390, 1, CONVERT_STORE, 0, 0, NULL },
	{ 391, 2, CONVERT_ADD_PARAMS, 0, 1, steps_391_2 },
	{ 396, 1, CONVERT_STORE, 0, 0, NULL },
	{ 397, 2, CONVERT_ADD_PARAMS, 0, 1, steps_397_2 },
	{ 398, 2, CONVERT_STORE, 0, 0, NULL },
	{ 399, 2, CONVERT_ADD_PARAMS, 0, 2, steps_399_2 },
};

const unsigned int converter_rule_count = 253;
