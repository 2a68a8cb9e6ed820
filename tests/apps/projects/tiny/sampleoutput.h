// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Address, number of words, words; a 0 at the end. Sums are clamped to 8 bits.

#define SAMPLE_OUTPUT \
    { 0x50400400, 4, 0x05030201, 0xfbfdfeff, 0x7f7f7f7f, 0x80808080, 0 }
