// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Scratch: what a step must have, and what it gets when there is room.

#include "codegen/plan/place.h"

#include <gtest/gtest.h>

namespace ingot::codegen {
namespace {

Tensor tensor(int32_t bytes) {
    Tensor made;
    made.type = Type::kInt8;
    made.shape = {bytes};
    return made;
}

Step step(TensorId input, TensorId output, int64_t scratch_bytes, bool is_scratch_optional) {
    return {.op = nullptr,
            .label = {},
            .name = {},
            .lowered = {.inputs = {input},
                        .outputs = {output},
                        .scratch_bytes = scratch_bytes,
                        .is_scratch_optional = is_scratch_optional}};
}

// Two steps: 640 + 640 bytes alive at the first, 640 + 64 at the second.
Program program_of(std::vector<Step> steps) {
    Program program{.graph = {}, .options = {}, .steps = std::move(steps)};
    program.graph.tensors = {tensor(640), tensor(640), tensor(64)};
    program.graph.inputs = {0};
    program.graph.outputs = {2};
    place_tensors(program);
    return program;
}

TEST(place, gives_optional_scratch_only_where_the_arena_does_not_grow) {
    const Program program = program_of({step(0, 1, 160, true), step(1, 2, 160, true)});
    EXPECT_EQ(1280, program.plan.arena_bytes);
    EXPECT_FALSE(scratch_place(program, 0));
    EXPECT_TRUE(scratch_place(program, 1));
}

TEST(place, grows_the_arena_for_scratch_that_a_step_must_have) {
    const Program program = program_of({step(0, 1, 160, false), step(1, 2, 160, true)});
    EXPECT_EQ(1440, program.plan.arena_bytes);
    EXPECT_TRUE(scratch_place(program, 0));
    EXPECT_TRUE(scratch_place(program, 1));
}

TEST(place, gives_no_scratch_that_no_step_asks_for) {
    const Program program = program_of({step(0, 1, 0, true), step(1, 2, 0, false)});
    EXPECT_FALSE(scratch_place(program, 0));
    EXPECT_FALSE(scratch_place(program, 1));
}

}  // namespace
}  // namespace ingot::codegen
