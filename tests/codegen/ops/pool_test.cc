// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Both kinds of pooling.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

const Settings kTwoByThree = {{"window_height", 2}, {"window_width", 3}};

Graph pool(const Operator &op, const Tensor &input, const Tensor &output,
           Settings settings = kTwoByThree) {
    return graph_of(op, {input}, {output}, settings);
}

Settings with(Settings settings, const Settings &more) {
    settings.insert(settings.end(), more.begin(), more.end());
    return settings;
}

const Operator *const kPools[] = {&k_average_pool, &k_max_pool};

TEST(pool, becomes_the_params_of_its_kernel) {
    const Settings settings =
        with(kTwoByThree,
             {{"padding", 1}, {"stride_height", 2}, {"stride_width", 3}, {"activation", 3}});
    for (const Operator *op : kPools) {
        EXPECT_EQ(
            "input {1, 5, 6, 7}, output {1, 2, 2, 7}, window {height 2, width 3, stride_height 2, "
            "stride_width 3, pad_top 0, pad_left 0, dilation_height 1, dilation_width 1}, "
            "activation_min -3, activation_max 9",
            params(lower(pool(*op, int8({1, 5, 6, 7}), int8({1, 2, 2, 7}), settings))));
    }
}

TEST(pool, checks_shapes_and_quantisation) {
    const Tensor input = int8({1, 4, 4, 3});
    for (const Operator *op : kPools) {
        EXPECT_EQ(std::nullopt, fault_of(pool(*op, input, int8({1, 4, 4, 3}))));
        EXPECT_EQ(Code::kModelInconsistent, fault_of(pool(*op, input, int8({1, 4, 4, 2}))));
        EXPECT_EQ(Code::kModelInconsistent, fault_of(pool(*op, input, int8({1, 3, 4, 3}))));
        EXPECT_EQ(Code::kOperatorLimit, fault_of(pool(*op, input, int8({4, 4, 3}))));
        EXPECT_EQ(Code::kOperatorLimit, fault_of(pool(*op, input, int8({2, 4, 4, 3}))));
        EXPECT_EQ(Code::kOperatorLimit, fault_of(pool(*op, input, int8({1, 4, 4, 3}), {})))
            << "no window";
        EXPECT_EQ(Code::kQuantizationWrong, fault_of(pool(*op, input, int8({1, 4, 4, 3}, 0.25f))));
        EXPECT_EQ(Code::kTypeNotExecutable,
                  fault_of(pool(*op, tensor(Type::kFloat32, {1, 4, 4, 3}), input)));
    }
}

TEST(pool, imports_the_options_of_its_table) {
    EXPECT_EQ(&k_average_pool, find_tflite("AVERAGE_POOL_2D").op);
    EXPECT_EQ(&k_max_pool, find_tflite("MAX_POOL_2D").op);
    for (const char *name : {"AVERAGE_POOL_2D", "MAX_POOL_2D"}) {
        EXPECT_EQ((Values{{"padding", 1},
                          {"stride_width", 2},
                          {"stride_height", 3},
                          {"window_width", 4},
                          {"window_height", 5},
                          {"activation", 1}}),
                  imported(name, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 1}}));
    }
}

}  // namespace
}  // namespace ingot::test
