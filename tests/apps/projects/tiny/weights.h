// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A 1x1 convolution of four channels to four: outputs 0 to 2 are their channels, output 3 is
// channel 3 plus channel 0. A weight of 64 is 1, as the layer shifts by 1.
//
// Of each processor: its kernel memory's address, a number of words, and in them the nine bytes of
// one kernel word, first byte uppermost. The weight of output 0 is the last byte, that of output 1
// the one before it. A 0 at the end.

#define KERNELS                                                                                   \
    {                                                                                             \
        0x50180000, 3, 0x00000000, 0x00400000, 0x40000000, 0x50184000, 3, 0x00000000, 0x00000040, \
            0x00000000, 0x50188000, 3, 0x00000000, 0x00004000, 0x00000000, 0x5018c000, 3,         \
            0x00000000, 0x00400000, 0x00000000, 0x00000000,                                       \
    }
