// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Borders: from operands to params.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Tensor widths(const std::vector<int32_t> &values) {
    return constant(Type::kInt32, {static_cast<int32_t>(values.size() / 2), 2}, values);
}

Graph surround(const Tensor &input, const std::vector<int32_t> &border, const Tensor &output) {
    return graph_of(k_pad, {input, widths(border)}, {output});
}

TEST(pad, pads_an_image_in_two_dimensions) {
    const auto lowered =
        lower(surround(int8({1, 5, 6, 3}), {0, 0, 1, 2, 3, 4, 0, 0}, int8({1, 8, 13, 3})));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(1, integer(lowered, "element_bytes"));
    EXPECT_EQ(2, integer(lowered, "rank"));
    EXPECT_EQ((Integers{5, 18}), integers(lowered, "extent"));
    EXPECT_EQ((Integers{1, 9}), integers(lowered, "before"));
    EXPECT_EQ((Integers{2, 12}), integers(lowered, "after"));
}

TEST(pad, joins_dimensions_only_where_the_inner_one_is_bare) {
    const auto lowered = lower(surround(int8({2, 3, 4}), {0, 0, 0, 0, 1, 0}, int8({2, 3, 5})));
    EXPECT_EQ((Integers{6, 4}), integers(lowered, "extent"));
    EXPECT_EQ((Integers{0, 1}), integers(lowered, "before"));
    EXPECT_EQ((Integers{0, 0}), integers(lowered, "after"));
}

TEST(pad, keeps_one_dimension_where_there_is_nothing_to_pad) {
    const auto lowered = lower(surround(int8({2, 3}), {0, 0, 0, 0}, int8({2, 3})));
    EXPECT_EQ(1, integer(lowered, "rank"));
    EXPECT_EQ(Integers{6}, integers(lowered, "extent"));
}

TEST(pad, writes_what_stands_for_zero) {
    const auto value = [](const Tensor &input, const Tensor &output) {
        return integer(lower(surround(input, {1, 0}, output)), "value");
    };
    EXPECT_EQ(-3, value(int8({2}), int8({3})));
    EXPECT_EQ(0, value(tensor(Type::kFloat32, {2}), tensor(Type::kFloat32, {3})));
    Tensor input = tensor(Type::kUint8, {2}), output = tensor(Type::kUint8, {3});
    input.quantization = output.quantization = {.scale = {1.0f}, .zero_point = {128}};
    EXPECT_EQ(-128, value(input, output)) << "one byte, 0x80, extended";
}

TEST(pad, writes_the_value_it_is_given) {
    const auto value = [](const Tensor &input, const Tensor &operand, const Tensor &output) {
        return integer(lower(graph_of(k_pad, {input, widths({1, 0}), operand}, {output})), "value");
    };
    Tensor seven = constant<int8_t>(Type::kInt8, {}, {-7});
    seven.quantization = int8({}).quantization;
    EXPECT_EQ(-7, value(int8({2}), seven, int8({3})));
    EXPECT_EQ(0x3f800000,
              value(tensor(Type::kFloat32, {2}), constant<float>(Type::kFloat32, {1}, {1.0f}),
                    tensor(Type::kFloat32, {3})));
    EXPECT_EQ(-2, value(tensor(Type::kInt64, {2}), constant<int64_t>(Type::kInt64, {}, {-2}),
                        tensor(Type::kInt64, {3})));
}

TEST(pad, refuses_values_that_it_cannot_write) {
    const auto fault = [](const Tensor &input, const Tensor &operand, const Tensor &output) {
        return fault_of(graph_of(k_pad, {input, widths({1, 0}), operand}, {output}));
    };
    const Tensor in = tensor(Type::kInt64, {2}), out = tensor(Type::kInt64, {3});
    EXPECT_EQ(Code::kOperatorLimit,
              fault(in, constant<int64_t>(Type::kInt64, {}, {int64_t{1} << 32}), out));
    EXPECT_EQ(Code::kModelInconsistent,
              fault(in, constant<int64_t>(Type::kInt64, {2}, {1, 2}), out));
    EXPECT_EQ(Code::kNotConstant, fault(in, tensor(Type::kInt64, {}), out));
    EXPECT_EQ(Code::kTypeNotExecutable, fault(in, int32_scalar(1), out));
    EXPECT_EQ(Code::kQuantizationWrong,
              fault(int8({2}), constant<int8_t>(Type::kInt8, {}, {1}), int8({3})));
}

TEST(pad, refuses_zero_points_that_are_no_value) {
    const Tensor input = int8({2}, 0.5f, 128), output = int8({3}, 0.5f, 128);
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(surround(input, {1, 0}, output)));
    Tensor many_in = int8({2}), many_out = int8({3});
    many_in.quantization = many_out.quantization = {.scale = {1, 2}, .zero_point = {0, 0}};
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(surround(many_in, {1, 0}, many_out)));
}

TEST(pad, refuses_mirrors) {
    const Graph graph = graph_of(k_pad, {int8({2}), widths({1, 0})}, {int8({3})}, {{"mirror", 1}});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(graph));
}

TEST(pad, refuses_borders_below_zero) {
    EXPECT_EQ(Code::kOperatorLimit, fault_of(surround(int8({4}), {-1, 0}, int8({3}))));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(surround(int8({4}), {1, -1}, int8({4}))));
    const Graph far = graph_of(
        k_pad, {int8({4}), constant<int64_t>(Type::kInt64, {1, 2}, {INT64_MAX, INT64_MAX})},
        {int8({4})});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(far));
}

TEST(pad, refuses_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(surround(int8({4}), {1, 1}, int8({7}))));
}

TEST(pad, refuses_borders_of_another_rank_or_that_are_computed) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(surround(int8({4}), {0, 0, 1, 1}, int8({6}))));
    EXPECT_EQ(Code::kNotConstant,
              fault_of(graph_of(k_pad, {int8({4}), tensor(Type::kInt32, {1, 2})}, {int8({6})})));
}

TEST(pad, refuses_more_dimensions_than_a_kernel_has) {
    const std::vector<int32_t> border(14, 1);
    EXPECT_EQ(Code::kOperatorLimit,
              fault_of(surround(int8(Shape(7, 1)), border, int8(Shape(7, 3)))));
}

TEST(pad, is_imported_from_three_operators_one_of_which_it_refuses) {
    EXPECT_EQ(&k_pad, find_tflite("PAD").op);
    EXPECT_EQ(&k_pad, find_tflite("PADV2").op);
    EXPECT_EQ(&k_pad, find_tflite("MIRROR_PAD").op);
    EXPECT_EQ((Values{{"mirror", 1}}), imported("MIRROR_PAD"));
}

}  // namespace
}  // namespace ingot::test
