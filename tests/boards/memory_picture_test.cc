// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Pictures of memories, letter for letter.

#include "boards/machines/memory_picture.h"

#include <gtest/gtest.h>

namespace ingot {
namespace {

TEST(memory_picture, has_a_letter_for_each_stretch) {
    std::vector<bool> read(12), written(12);
    EXPECT_EQ(memory_picture(read, written, 4), "....");
    read[0] = read[8] = true;
    written[5] = written[8] = written[11] = true;
    EXPECT_EQ(memory_picture(read, written, 4), "rwbw");
    EXPECT_EQ(memory_picture(read, written, 12), "r....w..b..w");
    EXPECT_EQ(memory_picture(read, written, 1), "b");
}

TEST(kernel_picture, has_a_line_for_each_quadrant) {
    std::vector<int64_t> words(32);
    words[0] = 12;
    words[17] = 768;
    EXPECT_EQ(kernel_picture(words, 768, 768),
              "  words of 768 in use\n"
              "  quadrant 0     12    0    0    0    0    0    0    0    0    0    0    0    0    0"
              "    0    0\n"
              "  quadrant 1      0  768    0    0    0    0    0    0    0    0    0    0    0    0"
              "    0    0\n");
}

TEST(kernel_picture, says_that_the_first_processor_has_more) {
    const std::string picture = kernel_picture(std::vector<int64_t>(16), 4096, 5120);
    EXPECT_TRUE(picture.starts_with(
        "  words of 4096 in use, of 5120 in the first processor of a quadrant\n"))
        << picture;
}

}  // namespace
}  // namespace ingot
