// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Both ways into kernel memory, by hand.

#include "sim/machines/cnn_array/kernel_memory.h"

#include <gmock/gmock.h>

#include <span>

#include "tests/sim/machines/cnn_array/trace.h"

namespace ingot::sim::test {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

class kernel_memory : public testing::Test {
protected:
    std::span<const uint8_t> word(int processor, size_t number) const {
        return {memory.bytes(processor) + 9 * number, 9};
    }

    KernelMemory memory{cnn_array_of("max78000")};
};

TEST_F(kernel_memory, unpacks_nine_bytes_for_each_kernel) {
    ASSERT_TRUE(memory.set_next(3, 2 * 4 + 1));
    for (const uint32_t value : {0x01020304u, 0x05060708u, 0x090a0b0cu, 0x0d0e0f10u, 0x11120000u}) {
        ASSERT_TRUE(memory.write_packed(3, value));
    }
    EXPECT_THAT(word(3, 2), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
    EXPECT_THAT(word(3, 3), ElementsAre(10, 11, 12, 13, 14, 15, 16, 17, 18));
    EXPECT_TRUE(memory.is_written(3, 3));
    EXPECT_FALSE(memory.is_written(3, 4));
}

TEST_F(kernel_memory, drops_what_is_left_when_a_number_is_set) {
    ASSERT_TRUE(memory.set_next(0, 1));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(memory.write_packed(0, 0xffffffff));
    ASSERT_TRUE(memory.set_next(0, 1 * 4 + 1));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(memory.write_packed(0, 0x11111111));
    EXPECT_THAT(word(0, 1), ElementsAreArray(std::vector<int>(9, 0x11)));
}

TEST_F(kernel_memory, takes_a_kernel_in_four_words_and_stores_it_with_the_fourth) {
    const uint32_t offset = 5 * 16;
    ASSERT_TRUE(memory.write_word(7, offset, 0xffffff01));
    ASSERT_TRUE(memory.write_word(7, offset + 4, 0x02030405));
    ASSERT_TRUE(memory.write_word(7, offset + 8, 0x06070809));
    EXPECT_FALSE(memory.is_written(7, 5));
    ASSERT_TRUE(memory.write_word(7, offset + 12, 0));
    EXPECT_THAT(word(7, 5), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST_F(kernel_memory, reads_back_what_was_written) {
    for (uint32_t part = 0; part < 4; ++part) {
        ASSERT_TRUE(memory.write_word(0, part * 4, part == 0 ? 0x5a : part * 0x01020304));
    }
    EXPECT_EQ(memory.read_word(0, 0), 0x5au);
    EXPECT_EQ(memory.read_word(0, 4), 0x01020304u);
    EXPECT_EQ(memory.read_word(0, 8), 0x02040608u);
    EXPECT_EQ(memory.read_word(0, 12), 0u);
    EXPECT_EQ(memory.read_word(0, 768 * 16), 0u);
}

TEST_F(kernel_memory, ends_where_the_part_does) {
    EXPECT_TRUE(memory.write_word(0, 767 * 16 + 12, 0));
    const auto beyond = memory.write_word(0, 768 * 16 + 12, 0);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.error().code, Code::kCnnProgramInvalid);
}

TEST(kernel_memory_of_max78002, is_larger_for_the_first_processor_of_a_quadrant) {
    KernelMemory memory(cnn_array_of("max78002"));
    EXPECT_TRUE(memory.write_word(16, 5119 * 16 + 12, 0));
    EXPECT_FALSE(memory.write_word(16, 5120 * 16 + 12, 0));
    EXPECT_TRUE(memory.write_word(17, 4095 * 16 + 12, 0));
    EXPECT_FALSE(memory.write_word(17, 4096 * 16 + 12, 0));
}

}  // namespace
}  // namespace ingot::sim::test
