// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the .npy reader and writer. Any bytes must give an array or a diagnostic.

#include "base/npy.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace ingot {
namespace {

// A file of any version with this header text and these elements.
std::vector<uint8_t> file(int version, const std::string &header, size_t element_bytes) {
    std::string text = "\x93NUMPY";
    text += {static_cast<char>(version), '\0'};
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i) {
        text += static_cast<char>(header.size() >> (8 * i) & 0xff);
    }
    text += header + std::string(element_bytes, '\1');
    return {text.begin(), text.end()};
}

constexpr const char *kPlain = "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n";

TEST(npy, reads_back_every_type_and_shape_it_writes) {
    for (const auto type :
         {Npy::Type::kBool, Npy::Type::kInt8, Npy::Type::kUint8, Npy::Type::kInt16,
          Npy::Type::kInt32, Npy::Type::kInt64, Npy::Type::kFloat32, Npy::Type::kFloat64}) {
        for (const std::vector<int64_t> &shape :
             {std::vector<int64_t>{}, {4}, {0}, {2, 3}, {1, 49, 10, 1}}) {
            Npy array{.type = type, .shape = shape, .data = {}};
            array.data.resize(element_count(array) * element_bytes(type), 7);
            EXPECT_EQ(parse_npy(npy_bytes(array), "x").value(), array) << to_string(array);
        }
    }
}

TEST(npy, writes_what_numpy_writes) {
    const Npy array{.type = Npy::Type::kInt16, .shape = {2}, .data = {1, 0, 2, 0}};
    const std::vector<uint8_t> bytes = npy_bytes(array);
    const std::string text(bytes.begin(), bytes.end());
    EXPECT_EQ(bytes.size(), 128u + 4u);
    EXPECT_EQ(text.substr(10, 56), "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), ");
    EXPECT_EQ(text[127], '\n');
}

TEST(npy, reads_versions_1_to_3_and_no_other) {
    for (const int version : {1, 2, 3}) {
        EXPECT_EQ(to_string(parse_npy(file(version, kPlain, 6), "x").value()), "int8 [2][3]");
    }
    EXPECT_EQ(parse_npy(file(0, kPlain, 6), "x").error().code, Code::kNotAnArray);
    EXPECT_EQ(parse_npy(file(4, kPlain, 6), "x").error().code, Code::kNotAnArray);
}

TEST(npy, takes_the_header_in_any_order_and_spacing) {
    const std::string header = "{\"shape\":(6 , ),\"fortran_order\" : False,'descr':'<u1'}   ";
    EXPECT_EQ(to_string(parse_npy(file(1, header, 6), "x").value()), "uint8 [6]");
}

TEST(npy, refuses_what_it_does_not_read_and_names_the_reason) {
    const struct {
        std::string header;
        std::string reason;
    } cases[] = {
        {"{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }", "Fortran order"},
        {"{'descr': '>i4', 'fortran_order': False, 'shape': (2, 3), }", "'>i4'"},
        {"{'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), }", "'<f2'"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "'|O'"},
        {"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 4), }", "needs 8 B"},
        {"{'descr': '|i1', 'fortran_order': False, 'shape': (2, -3), }", "dictionary"},
        {"{'descr': '|i1', 'fortran_order': False, }", "dictionary"},
        {"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), 'more': 1}", "dictionary"},
        {"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), } and", "dictionary"},
        {"{'descr': [('x', '|i1')], 'fortran_order': False, 'shape': (6,), }", "dictionary"},
        {"", "dictionary"},
    };
    for (const auto &c : cases) {
        const auto result = parse_npy(file(1, c.header, 6), "input.npy");
        ASSERT_FALSE(result) << c.header;
        EXPECT_EQ(result.error().code, Code::kNotAnArray);
        EXPECT_EQ(result.error().where, "input.npy");
        EXPECT_NE(result.error().what.find(c.reason), std::string::npos) << result.error().what;
    }
}

TEST(npy, does_not_overflow_on_an_absurd_shape) {
    const std::string header =
        "{'descr': '<i8', 'fortran_order': False, "
        "'shape': (9223372036854775807, 9223372036854775807), }";
    EXPECT_EQ(parse_npy(file(1, header, 8), "x").error().code, Code::kNotAnArray);
}

TEST(npy, refuses_every_file_cut_short_or_lengthened) {
    std::vector<uint8_t> bytes =
        npy_bytes({.type = Npy::Type::kInt8, .shape = {6}, .data = {1, 2, 3, 4, 5, 6}});
    for (size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_FALSE(parse_npy(std::span(bytes).first(length), "x")) << length;
    }
    bytes.push_back(0);
    EXPECT_FALSE(parse_npy(bytes, "x"));
}

TEST(npy, survives_ten_thousand_damaged_files) {
    const std::vector<uint8_t> whole = file(1, kPlain, 6);
    std::mt19937 random(1);
    for (int i = 0; i < 10'000; ++i) {
        std::vector<uint8_t> bytes = whole;
        for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        const auto result = parse_npy(bytes, "x");
        EXPECT_TRUE(result || result.error().code == Code::kNotAnArray);
    }
}

TEST(npy, says_when_the_file_is_missing) {
    EXPECT_EQ(read_npy("/no/such/file.npy").error().code, Code::kFileMissing);
}

}  // namespace
}  // namespace ingot
