// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Four pixels of four channels, the first channel in the lowest byte.

#define SAMPLE_INPUT_0 \
    { 0x04030201, 0xfcfdfeff, 0x7f7f7f7f, 0x80808080 }
