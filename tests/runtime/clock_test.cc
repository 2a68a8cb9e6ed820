// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The clock port of a host.

#include "ingot/clock.h"

#include <gtest/gtest.h>

namespace {

TEST(clock, moves_forward) {
    ingot_clock_start();
    const uint32_t start = ingot_clock_ticks();
    while (ingot_clock_ticks() == start) {
    }
    EXPECT_LT(ingot_clock_ticks() - start, 1000000000u);  // Less than a second, across a wrap too.
}

}  // namespace
