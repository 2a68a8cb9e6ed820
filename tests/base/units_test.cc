// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of how numbers are printed.

#include "base/units.h"

#include <gtest/gtest.h>

namespace ingot {
namespace {

TEST(units, groups_digits_by_three) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1 000");
    EXPECT_EQ(grouped(-7489664), "-7 489 664");
    EXPECT_EQ(grouped(-123), "-123");
}

TEST(units, says_which_kind_of_mega_a_byte_count_means) {
    EXPECT_EQ(bytes_text(55296), "55 296 B");
    EXPECT_EQ(bytes_text(1048575), "1 048 575 B");
    EXPECT_EQ(bytes_text(4194304), "4 MiB");
    EXPECT_EQ(bytes_text(4404019), "4.2 MiB");
}

TEST(units, picks_the_prefix_that_suits) {
    EXPECT_EQ(hertz_text(25'000'000), "25 MHz");
    EXPECT_EQ(hertz_text(32'768), "32.768 kHz");
    EXPECT_EQ(macs_text(500), "500 MAC");
    EXPECT_EQ(macs_text(2'656'768), "2.657 M MAC");
    EXPECT_EQ(seconds_text(0.00181), "1.81 ms");
    EXPECT_EQ(seconds_text(0.0000142), "14.2 us");
    EXPECT_EQ(seconds_text(12.5), "12.5 s");
    EXPECT_EQ(seconds_text(0), "0.00 ns");
}

TEST(units, scales_to_three_digits_without_ever_reaching_a_thousand) {
    EXPECT_EQ(scaled_text(0), "0");
    EXPECT_EQ(scaled_text(0.5), "0.50");
    EXPECT_EQ(scaled_text(999), "999");
    EXPECT_EQ(scaled_text(999.9), "1.00 k");
    EXPECT_EQ(scaled_text(9'996), "10.0 k");
    EXPECT_EQ(scaled_text(384'000), "384 k");
    EXPECT_EQ(scaled_text(999'900), "1.00 M");
    EXPECT_EQ(scaled_text(7'489'664), "7.49 M");
    EXPECT_EQ(scaled_text(12'500'000'000), "12.5 G");
}

}  // namespace
}  // namespace ingot
