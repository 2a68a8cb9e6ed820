// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Arithmetic on constants.

#include "codegen/ops/fold.h"

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

using Fold = bool (*)(Graph &graph, const Node &node);

Tensor result(Fold fold, const std::vector<Tensor> &inputs, const Tensor &output,
              const Settings &settings = {}) {
    const Operator op = {.name = "test", .fold = fold};
    return folded(graph_of(op, inputs, {output}, settings));
}

TEST(fold, computes_with_integers) {
    const Tensor a = int32s({7, -7}), b = int32s({2, 2}), output = tensor(Type::kInt32, {2});
    const auto of = [&](Fold fold) { return elements<int32_t>(result(fold, {a, b}, output)); };
    EXPECT_EQ((std::vector<int32_t>{9, -5}), of(fold_add));
    EXPECT_EQ((std::vector<int32_t>{5, -9}), of(fold_sub));
    EXPECT_EQ((std::vector<int32_t>{14, -14}), of(fold_mul));
    EXPECT_EQ((std::vector<int32_t>{2, -7}), of(fold_minimum));
    EXPECT_EQ((std::vector<int32_t>{7, 2}), of(fold_maximum));
    EXPECT_EQ((std::vector<int32_t>{3, -4}), of(fold_floor_div));
    EXPECT_EQ((std::vector<int32_t>{1, 1}), of(fold_floor_mod));
}

TEST(fold, gives_the_sign_of_the_divisor_to_what_is_left) {
    const Tensor output = tensor(Type::kInt32, {});
    EXPECT_EQ(
        std::vector<int32_t>{-1},
        elements<int32_t>(result(fold_floor_mod, {int32_scalar(7), int32_scalar(-2)}, output)));
}

TEST(fold, rounds_floats_as_float32_does) {
    const float a = 0.1f, b = 0.7f;
    const Tensor x = constant<float>(Type::kFloat32, {1}, {a});
    const Tensor y = constant<float>(Type::kFloat32, {1}, {b});
    const Tensor output = tensor(Type::kFloat32, {1});
    EXPECT_EQ(std::vector<float>{a + b}, elements<float>(result(fold_add, {x, y}, output)));
    EXPECT_EQ(std::vector<float>{a * b}, elements<float>(result(fold_mul, {x, y}, output)));
}

TEST(fold, repeats_the_smaller_operand) {
    const Tensor rows = constant<int32_t>(Type::kInt32, {2, 1}, {10, 20}),
                 columns = int32s({1, 2, 3});
    EXPECT_EQ((std::vector<int32_t>{11, 12, 13, 21, 22, 23}),
              elements<int32_t>(result(fold_add, {rows, columns}, tensor(Type::kInt32, {2, 3}))));
}

TEST(fold, leaves_alone_what_is_not_exact) {
    const Tensor large = int32_scalar(1 << 30), output = tensor(Type::kInt32, {});
    EXPECT_TRUE(result(fold_mul, {large, int32_scalar(2)}, output).data.empty());
    EXPECT_FALSE(result(fold_mul, {large, int32_scalar(-2)}, output).data.empty());
    EXPECT_TRUE(result(fold_floor_div, {large, int32_scalar(0)}, output).data.empty());
    EXPECT_TRUE(result(fold_floor_mod, {large, int32_scalar(0)}, output).data.empty());
}

TEST(fold, leaves_alone_what_it_does_not_understand) {
    const Tensor one = int32_scalar(1), output = tensor(Type::kInt32, {});
    EXPECT_FALSE(result(fold_add, {one, one}, output).data.empty());
    EXPECT_TRUE(result(fold_add, {one, one}, output, {{"activation", 1}}).data.empty());
    EXPECT_TRUE(result(fold_add, {one, tensor(Type::kInt32, {})}, output).data.empty());
    EXPECT_TRUE(result(fold_add, {one}, output).data.empty());
    EXPECT_TRUE(result(fold_add, {one, one}, tensor(Type::kInt64, {})).data.empty());
    EXPECT_TRUE(result(fold_add, {int32s({1, 2}), one}, output).data.empty());
    EXPECT_TRUE(result(fold_add, {int32s({1, 2}), int32s({1, 2, 3})}, tensor(Type::kInt32, {3}))
                    .data.empty());
    Tensor quantized = int8({});
    quantized.data = {1};
    EXPECT_TRUE(result(fold_add, {quantized, quantized}, int8({})).data.empty());
    const Tensor half = constant<float>(Type::kFloat32, {}, {0.5f});
    EXPECT_TRUE(result(fold_floor_div, {half, half}, tensor(Type::kFloat32, {})).data.empty());
}

std::vector<float> reals(const Tensor &input) {
    return elements<float>(result(fold_dequantize, {input}, tensor(Type::kFloat32, input.shape)));
}

TEST(fold, scales_integers_to_reals) {
    Tensor input = constant<int8_t>(Type::kInt8, {3}, {-128, -3, 127});
    EXPECT_TRUE(reals(input).empty()) << "no scale";
    input.quantization = {.scale = {0.5f}, .zero_point = {-3}};
    EXPECT_EQ((std::vector<float>{-62.5f, 0.0f, 65.0f}), reals(input));
}

TEST(fold, scales_every_channel_by_its_own) {
    Tensor input = constant<int8_t>(Type::kInt8, {2, 2, 2}, {1, 1, 1, 1, 1, 1, 1, 1});
    input.quantization = {.scale = {1.0f, 3.0f}, .zero_point = {0, 2}, .axis = 1};
    EXPECT_EQ((std::vector<float>{1, 1, -3, -3, 1, 1, -3, -3}), reals(input));
}

TEST(fold, widens_halves) {
    const Tensor input = constant<uint16_t>(
        Type::kFloat16, {7}, {0x0000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x7c00});
    EXPECT_EQ((std::vector<float>{0.0f, 1.0f, -2.0f, 65504.0f, 0x1p-24f, 0x1p-14f,
                                  std::numeric_limits<float>::infinity()}),
              reals(input));
}

}  // namespace
}  // namespace ingot::test
