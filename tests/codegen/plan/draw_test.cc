// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Golden pictures of plans.

#include "codegen/plan/draw.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ingot::codegen {
namespace {

using Labels = std::vector<std::string>;

TEST(draw_plan, shows_who_takes_turns_in_which_bytes) {
    const std::vector<Buffer> buffers = {
        {27648, 0, 0}, {18432, 0, 1}, {36864, 1, 2}, {9216, 2, 3}, {10, 3, 3}};
    const Labels labels = {"input 0", "conv2d_0", "conv2d_1", "conv2d_2", "fully_connected_0"};
    const Plan plan = {.offset = {18432, 0, 18432, 0, 9216},
                       .arena_bytes = 55296,
                       .lower_bound_bytes = 55296,
                       .is_optimal = true,
                       .nodes_searched = 0};
    EXPECT_EQ(draw_plan(buffers, labels, plan), R"(
Arena, 55296 bytes. Each row is a tensor; it holds its bytes over the steps marked.
offset  bytes  0
     0  18432  ##..  conv2d_0
     0   9216  ..##  conv2d_2
  9216     10  ...#  fully_connected_0
 18432  27648  #...  input 0
 18432  36864  .##.  conv2d_1
)" + 1);
}

TEST(draw_plan, numbers_every_tenth_step) {
    const std::vector<Buffer> buffers = {{16, 0, 24}, {16, 20, 20}};
    const Plan plan = {.offset = {0, 16},
                       .arena_bytes = 32,
                       .lower_bound_bytes = 32,
                       .is_optimal = true,
                       .nodes_searched = 0};
    EXPECT_EQ(draw_plan(buffers, Labels{"a", "b"}, plan), R"(
Arena, 32 bytes. Each row is a tensor; it holds its bytes over the steps marked.
offset  bytes  0         10        20
     0     16  #########################  a
    16     16  ....................#....  b
)" + 1);
}

TEST(draw_plan, shows_several_steps_per_mark_when_there_are_many) {
    const std::vector<Buffer> buffers = {{16, 0, 99}, {16, 99, 99}};
    const Plan plan = {.offset = {0, 16},
                       .arena_bytes = 32,
                       .lower_bound_bytes = 32,
                       .is_optimal = true,
                       .nodes_searched = 0};
    EXPECT_EQ(draw_plan(buffers, Labels{"a", "b"}, plan), R"(
Arena, 32 bytes. Each row is a tensor; it holds its bytes over the steps marked.
Each mark stands for 2 steps.
offset  bytes  0         20        40        60        80
     0     16  ##################################################  a
    16     16  .................................................#  b
)" + 1);
}

TEST(draw_plan, states_what_is_not_proven) {
    const Plan plan = {.offset = {},
                       .arena_bytes = 64,
                       .lower_bound_bytes = 48,
                       .is_optimal = false,
                       .nodes_searched = 9};
    EXPECT_EQ(draw_plan({}, {}, plan), R"(
Arena, 64 bytes. Each row is a tensor; it holds its bytes over the steps marked.
It may not be the smallest: the least possible is at least 48 bytes.
)" + 1);
}

TEST(draw_plan, keeps_to_the_line_limit_with_long_labels_and_large_arenas) {
    std::vector<Buffer> buffers;
    Labels labels;
    Plan plan;
    for (int step = 0; step < 60; ++step) {
        buffers.push_back({int64_t{1} << 31, step, step});
        labels.push_back("mobilenet_block_13_expanded_convolution_" + std::to_string(step));
        plan.offset.push_back(0);
    }
    plan.arena_bytes = int64_t{1} << 31;
    std::istringstream lines(draw_plan(buffers, labels, plan));
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(("// " + line).size(), 100) << line;
}

}  // namespace
}  // namespace ingot::codegen
