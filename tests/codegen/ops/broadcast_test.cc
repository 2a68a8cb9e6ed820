// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Broadcasts collapse to the fewest loops that still walk the same elements.

#include "codegen/ops/broadcast.h"

#include <random>

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Shape &a, const Shape &b, const Shape &output) {
    return graph_of(k_maximum, {int8(a), int8(b)}, {int8(output)});
}

std::string loops(const Shape &a, const Shape &b, const Shape &output) {
    return field(lower(node(a, b, output)), "shape");
}

TEST(broadcast, walks_equal_shapes_as_one_run) {
    EXPECT_EQ("{rank 1, extent {24}, stride {{1}, {1}}}", loops({2, 3, 4}, {2, 3, 4}, {2, 3, 4}));
}

TEST(broadcast, walks_scalars_as_one_element) {
    EXPECT_EQ("{rank 1, extent {1}, stride {{1}, {1}}}", loops({}, {}, {}));
    EXPECT_EQ("{rank 1, extent {1}, stride {{1}, {1}}}", loops({1, 1}, {}, {1, 1}));
}

TEST(broadcast, repeats_a_scalar_with_stride_0) {
    EXPECT_EQ("{rank 1, extent {24}, stride {{1}, {0}}}", loops({2, 3, 4}, {}, {2, 3, 4}));
    EXPECT_EQ("{rank 1, extent {24}, stride {{0}, {1}}}", loops({1}, {2, 3, 4}, {2, 3, 4}));
}

TEST(broadcast, repeats_a_vector_of_channels_over_all_pixels) {
    EXPECT_EQ("{rank 2, extent {30, 4}, stride {{4, 1}, {0, 1}}}",
              loops({1, 5, 6, 4}, {4}, {1, 5, 6, 4}));
}

TEST(broadcast, repeats_one_value_per_pixel_over_all_channels) {
    EXPECT_EQ("{rank 2, extent {30, 4}, stride {{4, 1}, {1, 0}}}",
              loops({1, 5, 6, 4}, {1, 5, 6, 1}, {1, 5, 6, 4}));
}

TEST(broadcast, repeats_both_inputs_where_each_lacks_what_the_other_has) {
    EXPECT_EQ("{rank 2, extent {3, 4}, stride {{1, 0}, {0, 1}}}", loops({3, 1}, {4}, {3, 4}));
}

TEST(broadcast, sees_through_dimensions_of_1) {
    EXPECT_EQ("{rank 1, extent {6}, stride {{1}, {1}}}",
              loops({1, 2, 1, 3}, {2, 1, 3}, {1, 2, 1, 3}));
}

// Element i of the output, walked by loops, against coordinates in the shapes themselves.
TEST(broadcast, reads_the_elements_that_coordinates_name) {
    std::mt19937 random(1);
    for (int round = 0; round < 3000; ++round) {
        Shape shapes[2], output;
        for (size_t d = random() % 8; d-- > 0;) {
            output.push_back(1 + static_cast<int32_t>(random() % 4));
            shapes[0].push_back(random() % 3 == 0 ? 1 : output.back());
            shapes[1].push_back(shapes[0].back() != 1 && random() % 3 == 0 ? 1 : output.back());
        }
        const Graph graph = node(shapes[0], shapes[1], output);
        const auto found = broadcast_loops({graph, graph.nodes[0]});
        ASSERT_TRUE(found);
        for (int64_t i = 0; i < element_count(output); ++i) {
            for (int k = 0; k < 2; ++k) {
                int64_t walked = 0, named = 0, rest = i, pitch = 1;
                for (size_t l = found->size(); l-- > 0; rest /= (*found)[l].extent) {
                    walked += rest % (*found)[l].extent * (*found)[l].stride[k];
                }
                rest = i;
                for (size_t d = output.size(); d-- > 0; rest /= output[d]) {
                    named += rest % output[d] % shapes[k][d] * pitch;
                    pitch *= shapes[k][d];
                }
                ASSERT_EQ(named, walked);
            }
        }
    }
}

TEST(broadcast, rejects_shapes_that_do_not_fit_together) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node({2, 3}, {2, 4}, {2, 4})));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node({3}, {2}, {3})));
}

TEST(broadcast, rejects_an_output_that_is_not_what_the_inputs_fill) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node({1, 1}, {1, 1}, {1, 5})));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node({4, 4}, {4, 4}, {4})));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node({4}, {1}, {1})));
}

TEST(broadcast, rejects_patterns_of_more_loops_than_a_kernel_has) {
    const Shape whole(7, 2);
    EXPECT_EQ(Code::kOperatorLimit,
              fault_of(node({2, 1, 2, 1, 2, 1, 2}, {1, 2, 1, 2, 1, 2, 1}, whole)));
    EXPECT_EQ(std::nullopt, fault_of(node({2, 1, 2, 1, 2, 1, 1}, {1, 2, 1, 2, 1, 2, 2}, whole)));
}

TEST(broadcast, wants_int8_everywhere) {
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(graph_of(k_maximum, {int8({4}), tensor(Type::kFloat32, {4})}, {int8({4})})));
}

}  // namespace
}  // namespace ingot::test
