// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the tests of both ways to resize an image share.

#ifndef INGOT_TESTS_CODEGEN_OPS_IMAGES_H
#define INGOT_TESTS_CODEGEN_OPS_IMAGES_H

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {

constexpr const char *kResizeOptions[] = {"none", "align_corners", "half_pixel_centers"};

// Resizes an image to the size of another.
inline Graph resize_graph(const Operator &op, const Tensor &input, const Tensor &output,
                          const Settings &options = {}) {
    const Tensor size = int32s({output.shape[1], output.shape[2]});
    return graph_of(op, {input, size}, {output}, options);
}

// The table of columns of an image that is resized from one width to another.
inline std::vector<int32_t> columns(const Operator &op, int32_t from, int32_t to,
                                    std::string_view option = "none") {
    const Tensor input = int8({1, 1, from, 1}), output = int8({1, 1, to, 1});
    return table(lower(resize_graph(op, input, output, {{option, 1}})), "columns");
}

// No table leads out of the image, whatever the sizes and options.
inline void expect_positions_inside(const Operator &op, int32_t positions_per_pixel) {
    for (const char *option : kResizeOptions) {
        for (int32_t from = 1; from < 40; ++from) {
            for (const int32_t to : {1, 2, 3, 31, 150, 3001}) {
                const std::vector<int32_t> found = columns(op, from, to, option);
                ASSERT_EQ(to, std::ssize(found));
                for (const int32_t position : found) {
                    ASSERT_GE(position, 0);
                    ASSERT_LE(position, (from - 1) * positions_per_pixel);
                }
            }
        }
    }
}

inline void expect_wrong_sizes_rejected(const Operator &op) {
    const auto fault = [&op](const Tensor &size, const Shape &input, const Shape &output) {
        return fault_of(graph_of(op, {int8(input), size}, {int8(output)}));
    };
    const Shape small = {1, 2, 2, 3}, large = {1, 4, 4, 3};
    const Tensor size = int32s({4, 4});
    EXPECT_EQ(std::nullopt, fault(size, small, large));
    EXPECT_EQ(Code::kModelInconsistent, fault(int32s({4, 5}), small, large));
    EXPECT_EQ(Code::kModelInconsistent, fault(int32s({1, 4, 4}), small, large));
    EXPECT_EQ(Code::kModelInconsistent, fault(size, small, {1, 4, 4, 2}));
    EXPECT_EQ(Code::kModelInconsistent, fault(size, small, {2, 4, 4, 3}));
    EXPECT_EQ(Code::kModelInconsistent, fault(size, {2, 2, 3}, {4, 4, 3}));
    EXPECT_EQ(Code::kNotConstant, fault(tensor(Type::kInt32, {2}), small, large));

    constexpr int32_t kTooWide = (1 << 20) + 1;
    EXPECT_EQ(Code::kOperatorLimit,
              fault(int32s({1, kTooWide}), {1, 1, 1, 1}, {1, 1, kTooWide, 1}));
}

}  // namespace ingot::test

#endif
