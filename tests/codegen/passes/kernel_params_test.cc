// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reading back what was lowered.

#include "codegen/passes/kernel_params.h"

#include <gmock/gmock.h>

namespace ingot::codegen {
namespace {

using testing::ElementsAre;

TEST(kernel_params, finds_nested_fields_by_path) {
    const Params params =
        Params().add("count", 7).add("stage", Params().add("zero_point", -3).add("rounding", "X"));
    EXPECT_EQ(integer_at(params, "count"), 7);
    EXPECT_EQ(integer_at(params, "stage.zero_point"), -3);
}

TEST(kernel_params, finds_elements_of_arrays_of_structs_by_index) {
    const auto factor = [](int64_t multiplier, int64_t shift) {
        return Params().add("multiplier", multiplier).add("shift", shift);
    };
    const Params params =
        Params().add("factor", Params().add("", factor(10, 1)).add("", factor(20, -2)));
    EXPECT_EQ(factor_at(params, "factor.1").multiplier, 20);
    EXPECT_EQ(factor_at(params, "factor.1").shift, -2);
}

TEST(kernel_params, widens_every_kind_of_array) {
    const int8_t bytes[] = {-1, 2};
    const int32_t words[] = {-100'000, 3};
    const uint8_t untyped[] = {255, 4};
    const Params params = Params()
                              .add("list", std::vector<int64_t>{1, 2})
                              .add("int8", int8_array(bytes))
                              .add("int32", int32_array(words))
                              .add("untyped", bytes_array(untyped));
    EXPECT_THAT(integers_at(params, "list"), ElementsAre(1, 2));
    EXPECT_THAT(integers_at(params, "int8"), ElementsAre(-1, 2));
    EXPECT_THAT(integers_at(params, "int32"), ElementsAre(-100'000, 3));
    EXPECT_THAT(integers_at(params, "untyped"), ElementsAre(-1, 4));
}

TEST(kernel_params, a_missing_field_is_our_own_fault) {
    const Params params = Params().add("count", 7);
    EXPECT_DEATH(integer_at(params, "rows"), "");
    EXPECT_DEATH(integer_at(params, "count.rows"), "");
    EXPECT_DEATH(integers_at(params, "count"), "");
}

}  // namespace
}  // namespace ingot::codegen
