// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The same numbers in another type.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Tensor converted(const Tensor &input, Type to) {
    return folded(graph_of(k_cast, {input}, {tensor(to, input.shape)}));
}

TEST(cast, keeps_integers) {
    const Tensor input = int32s({-1, 0, 300});
    EXPECT_EQ((std::vector<int64_t>{-1, 0, 300}),
              elements<int64_t>(converted(input, Type::kInt64)));
    EXPECT_EQ((std::vector<float>{-1, 0, 300}), elements<float>(converted(input, Type::kFloat32)));
    EXPECT_EQ((Bytes{1, 0, 1}), converted(input, Type::kBool).data);
}

TEST(cast, truncates_towards_zero) {
    const Tensor input = constant<float>(Type::kFloat32, {3}, {-1.9f, 0.5f, 2.99f});
    EXPECT_EQ((std::vector<int32_t>{-1, 0, 2}), elements<int32_t>(converted(input, Type::kInt32)));
    EXPECT_EQ((Bytes{1, 1, 1}), converted(input, Type::kBool).data);
}

TEST(cast, reads_any_byte_but_zero_as_true) {
    const Tensor input = constant<uint8_t>(Type::kBool, {3}, {0, 1, 255});
    EXPECT_EQ((std::vector<int32_t>{0, 1, 1}), elements<int32_t>(converted(input, Type::kInt32)));
}

TEST(cast, is_not_folded_where_a_number_does_not_fit) {
    EXPECT_TRUE(converted(int32s({128}), Type::kInt8).data.empty());
    EXPECT_EQ(Bytes{127}, converted(int32s({127}), Type::kInt8).data);
    EXPECT_TRUE(converted(int32s({-1}), Type::kUint32).data.empty());
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(converted(constant<float>(Type::kFloat32, {1}, {nan}), Type::kInt32).data.empty());
    const Tensor large = constant<int64_t>(Type::kInt64, {1}, {(int64_t{1} << 53) + 1});
    EXPECT_TRUE(converted(large, Type::kFloat32).data.empty());
}

TEST(cast, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_cast, find_tflite("CAST").op); }

}  // namespace
}  // namespace ingot::test
