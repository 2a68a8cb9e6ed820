// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Small texts, and values that are awkward in C.

#include "codegen/emit/text.h"

#include <gtest/gtest.h>

#include "codegen/emit/initializer.h"

namespace ingot::codegen {
namespace {

TEST(text, escapes_what_a_string_literal_cannot_hold) {
    EXPECT_EQ(quoted("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(quoted("what?"
                     "?/"),
              R"("what\?\?/")");
    EXPECT_EQ(quoted("tab\tnul\x01\xff"), "\"tab_nul__\"");
}

TEST(text, cuts_names_that_are_longer_than_64_characters) {
    const std::string name(500, 'x');
    EXPECT_EQ(codegen::quoted(name).size(), 64u + 2);
}

TEST(text, writes_floats_that_read_back_as_themselves) {
    EXPECT_EQ(float_literal(0.25f), "0.25f");
    EXPECT_EQ(float_literal(3.0f), "3.0f");
    EXPECT_EQ(float_literal(1e-30f), "1e-30f");
    EXPECT_EQ(float_literal(0.003921568859368563f), "0.003921569f");
}

TEST(text, counts_work_in_readable_units) {
    EXPECT_EQ(with_unit(999), "999 MAC");
    EXPECT_EQ(with_unit(320000), "320 kMAC");
    EXPECT_EQ(with_unit(12501632), "12.50 MMAC");
}

TEST(text, leaves_out_a_batch_of_one) {
    EXPECT_EQ(short_shape({1, 32, 32, 3}), "[32][32][3]");
    EXPECT_EQ(short_shape({2, 32}), "[2][32]");
    EXPECT_EQ(short_shape({1}), "[1]");
}

TEST(text, pads_columns_to_their_widest_cell) {
    EXPECT_EQ(aligned_rows({{"a", "long", "x"}, {"wide", "b", "y"}}, {}),
              "    {a,    long, x},\n"
              "    {wide, b,    y},\n");
}

TEST(initializer, writes_the_least_int32_as_an_expression) {
    const std::vector<int32_t> values = {INT32_MIN, 7};
    EXPECT_EQ(array_elements(int32_array(values)), "    -2147483647 - 1,               7,\n");
}

TEST(initializer, writes_few_bytes_as_decimals_and_many_as_words) {
    const std::vector<uint8_t> few = {0x01, 0xff, 0x80}, many(300, 0x11);
    const Array decimals = bytes_array(few), words = bytes_array(many);
    EXPECT_EQ(array_declarator({"w", &decimals}), "const int8_t w[3]");
    EXPECT_EQ(array_elements(decimals), "       1,   -1, -128,\n");
    EXPECT_EQ(array_declarator({"w", &words}), "const uint32_t w[75]");
    EXPECT_EQ(array_elements(words).substr(0, 16), "    0x11111111, ");
}

TEST(initializer, fills_the_last_word_with_zeros) {
    const std::vector<uint8_t> bytes(257, 0xff);
    const std::string text = array_elements(bytes_array(bytes));
    EXPECT_NE(text.find("0x000000ff"), std::string::npos);
}

}  // namespace
}  // namespace ingot::codegen
