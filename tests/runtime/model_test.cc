// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The walker does what a step table says, and nothing else.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/runtime/toy_model.h"

namespace ingot::testing {
namespace {

struct alignas(INGOT_ARENA_ALIGNMENT) Arena {
    std::array<uint8_t, 48> bytes = {};
};

TEST(model, runs_its_steps_in_order) {
    Arena arena{{1, 2, 3, 4}};
    ASSERT_EQ(ingot_run(&kToy, arena.bytes.data()), INGOT_OK);
    EXPECT_EQ(arena.bytes[32], 12);
    EXPECT_EQ(arena.bytes[35], 15);
}

TEST(model, writes_only_where_its_steps_say) {
    Arena arena;
    arena.bytes.fill(0x55);
    ASSERT_EQ(ingot_run(&kToy, arena.bytes.data()), INGOT_OK);
    const auto untouched = [&](int first, int last) {
        return std::all_of(arena.bytes.begin() + first, arena.bytes.begin() + last,
                           [](uint8_t byte) { return byte == 0x55; });
    };
    EXPECT_TRUE(untouched(0, 16));
    EXPECT_TRUE(untouched(20, 32));
    EXPECT_TRUE(untouched(36, 48));
}

// Answers OK only with the scratch that its params point to.
ingot_status expect_scratch(const void *params, const ingot_io *io) {
    return io->scratch == *static_cast<void *const *>(params) ? INGOT_OK : INGOT_ERROR_SHAPE;
}

TEST(model, gives_a_step_its_scratch_or_null) {
    Arena arena;
    const void *none = nullptr;
    const void *given = arena.bytes.data() + 16;
    const ingot_step steps[] = {{expect_scratch, &none, {0}, {0}, INGOT_NONE},
                                {expect_scratch, &given, {0}, {0}, 16}};
    ingot_model model = kToy;
    model.steps = steps;
    EXPECT_EQ(ingot_run(&model, arena.bytes.data()), INGOT_OK);
}

TEST(model, runs_a_single_step_on_request) {
    Arena arena{{1, 2, 3, 4}};
    ASSERT_EQ(ingot_run_step(&kToy, arena.bytes.data(), 0), INGOT_OK);
    EXPECT_EQ(arena.bytes[16], 2);
    EXPECT_EQ(arena.bytes[32], 0);
}

TEST(model, stops_at_the_first_step_that_fails) {
    constexpr ingot_step steps[] = {
        {add_number, &kBroken, {0}, {16}, 0},
        {add_number, &kAddTen, {0}, {32}, 0},
    };
    ingot_model model = kToy;
    model.steps = steps;
    Arena arena;
    EXPECT_EQ(ingot_run(&model, arena.bytes.data()), INGOT_ERROR_SHAPE);
    EXPECT_EQ(arena.bytes[32], 0);
}

TEST(model, reads_constants_from_their_own_region) {
    alignas(INGOT_ARENA_ALIGNMENT) constexpr int8_t constants[20] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                                                     0, 0, 0, 0, 0, 0, 5, 6, 7, 8};
    constexpr ingot_step steps[] = {{add_number, &kAddTen, {INGOT_CONSTANT + 16}, {32}, 0}};
    ingot_model model = kToy;
    model.steps = steps;
    model.step_count = 1;
    model.constants = constants;
    Arena arena;
    ASSERT_EQ(ingot_run(&model, arena.bytes.data()), INGOT_OK);
    EXPECT_EQ(arena.bytes[32], 15);
    EXPECT_EQ(arena.bytes[35], 18);
}

TEST(model, refuses_an_arena_that_is_missing_or_not_aligned) {
    Arena arena;
    EXPECT_EQ(ingot_init(&kToy, arena.bytes.data()), INGOT_OK);
    EXPECT_EQ(ingot_init(&kToy, arena.bytes.data() + 8), INGOT_ERROR_ARENA);
    EXPECT_EQ(ingot_init(&kToy, nullptr), INGOT_ERROR_ARENA);
}

TEST(model, runs_in_two_arenas_at_once) {
    Arena one{{1, 1, 1, 1}}, two{{2, 2, 2, 2}};
    for (uint32_t step = 0; step < kToy.step_count; ++step) {
        ASSERT_EQ(ingot_run_step(&kToy, one.bytes.data(), step), INGOT_OK);
        ASSERT_EQ(ingot_run_step(&kToy, two.bytes.data(), step), INGOT_OK);
    }
    EXPECT_EQ(one.bytes[32], 12);
    EXPECT_EQ(two.bytes[32], 13);
}

}  // namespace
}  // namespace ingot::testing
