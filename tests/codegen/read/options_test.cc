// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of reading options tables, on flatbuffers written by hand.

#include "codegen/read/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/tflite_builder.h"

namespace ingot::codegen {
namespace {

using test::bytes_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A vtable of three fields, at 0, then the table, at 10: {int32: 7, int8: -2}, field 1 absent.
constexpr int64_t kTable = 10;
std::vector<uint8_t> small_table() {
    return {10, 0, 9, 0, 4, 0, 0, 0, 8, 0, /* table */ 10, 0, 0, 0, 7, 0, 0, 0, 0xfe};
}

// The table at 6 has one field, a vector of two elements that starts at 14.
constexpr int64_t kVectorTable = 6;
std::vector<uint8_t> table_with_vector() {
    return {6,
            0,
            8,
            0,
            4,
            0,
            /* table */ 6,
            0,
            0,
            0,
            4,
            0,
            0,
            0,
            /* vector */ 2,
            0,
            0,
            0,
            5,
            0,
            0,
            0,
            0xff,
            0xff,
            0xff,
            0xff};
}

TEST(options, read_scalars_by_field_id) {
    const auto file = small_table();
    const TableOptions options(file, kTable);
    EXPECT_EQ(options.int32(0), 7);
    EXPECT_EQ(options.int8(2), -2);
    EXPECT_TRUE(options.is_intact());
}

TEST(options, read_floats) {
    auto file = small_table();
    const auto half = bytes_of<float>({0.5f});
    std::ranges::copy(half, file.begin() + 14);
    EXPECT_EQ(TableOptions(file, kTable).float32(0), 0.5);
}

TEST(options, answer_with_the_default_where_a_field_is_absent_or_unheard_of) {
    const auto file = small_table();
    const TableOptions options(file, kTable);
    EXPECT_EQ(options.int32(1, 42), 42);
    EXPECT_EQ(options.int8(3, 43), 43);
    EXPECT_EQ(options.float32(1000, 0.25), 0.25);
    EXPECT_THAT(options.int32s(1), IsEmpty());
    EXPECT_TRUE(options.is_intact());
}

TEST(options, answer_with_the_default_where_there_is_no_table) {
    const TableOptions options({}, std::nullopt);
    EXPECT_EQ(options.int32(0, 42), 42);
    EXPECT_THAT(options.int32s(0), IsEmpty());
    EXPECT_TRUE(options.is_intact());
}

TEST(options, read_vectors) {
    const auto file = table_with_vector();
    const TableOptions options(file, kVectorTable);
    EXPECT_THAT(options.int32s(0), ElementsAre(5, -1));
    EXPECT_TRUE(options.is_intact());
}

TEST(options, notice_a_field_that_crosses_the_end_of_the_file) {
    const auto file = small_table();
    const TableOptions options(file, kTable);
    EXPECT_EQ(options.int32(2, 42), 42);  // Its four bytes would end three past the file's end.
    EXPECT_FALSE(options.is_intact());
}

TEST(options, notice_a_table_that_crosses_an_end_of_the_file) {
    const auto file = small_table();
    for (const int64_t table : {int64_t{-1}, int64_t{16}, int64_t{1} << 40}) {
        const TableOptions options(file, table);
        EXPECT_EQ(options.int32(0, 42), 42);
        EXPECT_FALSE(options.is_intact()) << table;
    }
}

TEST(options, notice_a_vtable_outside_the_file) {
    for (const uint8_t high_byte : {0x7f, 0x80}) {
        auto file = small_table();
        file[13] = high_byte;
        const TableOptions options(file, kTable);
        EXPECT_EQ(options.int32(0, 42), 42);
        EXPECT_FALSE(options.is_intact());
    }
}

TEST(options, notice_a_vtable_that_claims_more_fields_than_the_file_has_room_for) {
    auto file = small_table();
    file[1] = 0xff;
    const TableOptions options(file, kTable);
    EXPECT_EQ(options.int32(100, 42), 42);
    EXPECT_FALSE(options.is_intact());
}

TEST(options, take_a_vtable_without_room_for_its_own_size_as_empty) {
    auto file = small_table();
    file[0] = 0;
    const TableOptions options(file, kTable);
    EXPECT_EQ(options.int32(0, 42), 42);
    EXPECT_TRUE(options.is_intact());
}

struct BrokenVector {
    size_t at;
    uint8_t value;
};

TEST(options, notice_a_vector_that_is_not_inside_the_file) {
    // Its offset too large, its count off by one, its count beyond all reason.
    for (const auto &[at, value] : {BrokenVector{13, 0x7f}, {14, 3}, {17, 0xff}}) {
        auto file = table_with_vector();
        file[at] = value;
        const TableOptions options(file, kVectorTable);
        EXPECT_LE(options.int32s(0).size(), 2u);
        EXPECT_FALSE(options.is_intact()) << at;
    }
}

TEST(options, refuse_vectors_longer_than_any_option_is) {
    auto file = table_with_vector();
    file.resize(file.size() + 4 * 64);
    file[14] = 64;
    EXPECT_EQ(TableOptions(file, kVectorTable).int32s(0).size(), 64u);
    file[14] = 65;
    const TableOptions options(file, kVectorTable);
    EXPECT_THAT(options.int32s(0), IsEmpty());
    EXPECT_FALSE(options.is_intact());
}

}  // namespace
}  // namespace ingot::codegen
