// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The watch on a function's stores.

#include "sim/core/store_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingot::sim {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr uint32_t kFunction = 0x100;
constexpr uint32_t kBuffer = 0x2000'0000;
constexpr uint32_t kStack = 0x2001'0000;

Image image() {
    Image image;
    image.symbols = {{.name = "unload",
                      .shown = "unload",
                      .address = kFunction,
                      .bytes = 64,
                      .is_function = true},
                     {.name = "buffer", .shown = "buffer", .address = kBuffer, .bytes = 16},
                     {.name = "behind", .shown = "behind", .address = kBuffer + 16, .bytes = 4}};
    return image;
}

TEST(store_guard, finds_nothing_while_stores_end_with_the_buffer) {
    const Image program = image();
    StoreGuard guard(program, program.symbol("unload"));
    guard.enter(kBuffer);
    guard.store(kBuffer + 12, 4, kStack);
    EXPECT_EQ(guard.finding(), std::nullopt);
}

TEST(store_guard, tells_how_far_a_store_went_and_what_it_hit) {
    const Image program = image();
    StoreGuard guard(program, program.symbol("unload"));
    guard.enter(kBuffer + 4);
    guard.store(kBuffer + 16, 1, kStack);
    guard.store(kBuffer + 18, 4, kStack);
    EXPECT_THAT(guard.finding(), Optional(Eq("unload writes 6 B past the end of buffer, which has "
                                             "16 B, into behind")));
}

TEST(store_guard, leaves_the_functions_own_stack_alone) {
    const Image program = image();
    StoreGuard guard(program, program.symbol("unload"));
    guard.enter(kBuffer);
    guard.store(kStack, 4, kStack);
    EXPECT_EQ(guard.finding(), std::nullopt);
    guard.store(kStack - 4, 4, kStack);
    EXPECT_NE(guard.finding(), std::nullopt);
}

TEST(store_guard, watches_the_function_only_once_its_buffer_is_known) {
    const Image program = image();
    StoreGuard guard(program, program.symbol("unload"));
    EXPECT_TRUE(guard.begins_at(kFunction));
    EXPECT_FALSE(guard.watches(kFunction));
    guard.enter(kStack);  // No variable.
    EXPECT_FALSE(guard.watches(kFunction));
    guard.enter(kBuffer);
    EXPECT_TRUE(guard.watches(kFunction + 63));
    EXPECT_FALSE(guard.watches(kFunction + 64));
    EXPECT_FALSE(StoreGuard().begins_at(0));
}

}  // namespace
}  // namespace ingot::sim
