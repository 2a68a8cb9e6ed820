// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the schema's tables, at their ends and where they are easily off by one.

#include "codegen/read/tflite_tables.h"

#include <gtest/gtest.h>

#include <set>

namespace ingot::codegen {
namespace {

TEST(builtin_name, is_the_schemas) {
    EXPECT_EQ(builtin_name(0), "ADD");
    EXPECT_EQ(builtin_name(3), "CONV_2D");
    EXPECT_EQ(builtin_name(kBuiltinCustom), "CUSTOM");
    EXPECT_EQ(builtin_name(67), "TRANSPOSE_CONV");
    EXPECT_EQ(builtin_name(97), "RESIZE_NEAREST_NEIGHBOR");
    EXPECT_EQ(builtin_name(114), "QUANTIZE");
    EXPECT_EQ(builtin_name(127), "PLACEHOLDER_FOR_GREATER_OP_CODES");
    EXPECT_EQ(builtin_name(150), "GELU");
    EXPECT_EQ(builtin_name(209), "STABLEHLO_CASE");
}

TEST(builtin_name, is_empty_outside_the_table) {
    EXPECT_EQ(builtin_name(-1), "");
    EXPECT_EQ(builtin_name(210), "");
    EXPECT_EQ(builtin_name(INT32_MAX), "");
}

TEST(builtin_name, names_no_operator_twice) {
    std::set<std::string_view> names;
    for (int32_t code = 0; code < 210; ++code) EXPECT_TRUE(names.insert(builtin_name(code)).second);
}

TEST(type_of_code, is_the_schemas) {
    EXPECT_EQ(type_of_code(0), Type::kFloat32);
    EXPECT_EQ(type_of_code(3), Type::kUint8);
    EXPECT_EQ(type_of_code(7), Type::kInt16);
    EXPECT_EQ(type_of_code(9), Type::kInt8);
    EXPECT_EQ(type_of_code(15), Type::kUint32);
    EXPECT_EQ(type_of_code(17), Type::kInt4);
}

TEST(type_of_code, is_other_for_what_ingot_has_no_name_for) {
    for (const int code : {8, 10, 13, 18, 127, -1, -128}) {
        EXPECT_EQ(type_of_code(static_cast<int8_t>(code)), Type::kOther) << code;
    }
}

}  // namespace
}  // namespace ingot::codegen
