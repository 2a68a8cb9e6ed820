// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A known-answer test must fail when the answer is wrong, and say where.

#include <gtest/gtest.h>

#include "tests/runtime/toy_model.h"

namespace ingot::testing {
namespace {

constexpr uint8_t kQuestion[] = {1, 2, 3, 4};
constexpr uint8_t kAnswer[] = {12, 13, 14, 15};

constexpr ingot_layer kLayers[] = {
    {"add", "first", "core", 1, {4}, 1, {4}, 1, 1, 0, {4}, {4}, 0},
    {"add", "second", "core", 1, {4}, 1, {4}, 1, 1, 0, {4}, {4}, 0},
};

struct Case {
    uint32_t crc[2] = {};
    ingot_known_answer answer = {kQuestion, kAnswer, crc};

    Case() {
        constexpr uint8_t between[] = {2, 3, 4, 5};
        crc[0] = ingot_crc32(0, between, 4);
        crc[1] = ingot_crc32(0, kAnswer, 4);
    }
};

alignas(INGOT_ARENA_ALIGNMENT) uint8_t arena[48];

TEST(known_answer, crc32_has_the_standard_check_value) {
    EXPECT_EQ(ingot_crc32(0, "123456789", 9), 0xcbf43926u);
    EXPECT_EQ(ingot_crc32(ingot_crc32(0, "1234", 4), "56789", 5), 0xcbf43926u);
}

TEST(known_answer, accepts_the_right_answer) {
    const Case test;
    EXPECT_EQ(ingot_check_answer(&kToy, &test.answer, arena), INGOT_OK);
}

TEST(known_answer, refuses_an_answer_that_differs_in_its_last_byte) {
    Case test;
    constexpr uint8_t wrong[] = {12, 13, 14, 16};
    test.answer.output = wrong;
    EXPECT_EQ(ingot_check_answer(&kToy, &test.answer, arena), INGOT_ERROR_ANSWER);
}

TEST(known_answer, names_the_first_layer_that_differs) {
    Case test;
    uint32_t wrong_step = 0;
    EXPECT_EQ(ingot_check_layers(&kToy, kLayers, &test.answer, arena, &wrong_step), INGOT_OK);
    EXPECT_EQ(wrong_step, kToy.step_count);

    test.crc[1] ^= 1;
    EXPECT_EQ(ingot_check_layers(&kToy, kLayers, &test.answer, arena, &wrong_step),
              INGOT_ERROR_ANSWER);
    EXPECT_EQ(wrong_step, 1u);
}

TEST(known_answer, refuses_a_bad_arena_before_it_writes) {
    const Case test;
    EXPECT_EQ(ingot_check_answer(&kToy, &test.answer, arena + 1), INGOT_ERROR_ARENA);
}

}  // namespace
}  // namespace ingot::testing
