// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of the CNN accelerator's register fields, and where registers lie.

#include "boards/machines/cnn_array_registers.h"

#include <gtest/gtest.h>

#include <bit>

#include "boards/board.h"

namespace ingot {
namespace {

using enum CnnArray::Layout;
constexpr CnnArray::Layout kLayouts[] = {kMax78000, kMax78002};

CnnArray array_of(CnnArray::Layout layout) {
    const char *name = layout == kMax78000 ? "max78000" : "max78002";
    return find_board(name, INGOT_BOARDS)->cnn_array.value();
}

TEST(cnn_fields, come_back_as_they_were_set) {
    for (const CnnArray::Layout layout : kLayouts) {
        for (size_t i = 0; i < std::size(kCnnFields); ++i) {
            const auto field = static_cast<CnnField>(i);
            const uint32_t maximum = kCnnFields[i].place(layout).maximum();
            CnnLayerRegisters registers;
            registers.set(field, layout, 0xffffffff);
            EXPECT_EQ(registers.get(field, layout), maximum) << kCnnFields[i].name;
            registers.value.fill(0xffffffff);
            registers.set(field, layout, 0);
            EXPECT_EQ(registers.get(field, layout), 0) << kCnnFields[i].name;
        }
    }
}

TEST(cnn_fields, touch_no_other_field) {
    for (const CnnArray::Layout layout : kLayouts) {
        CnnLayerRegisters registers;
        int bits = 0;
        for (size_t i = 0; i < std::size(kCnnFields); ++i) {
            registers.set(static_cast<CnnField>(i), layout, 0xffffffff);
            bits += kCnnFields[i].place(layout).bits;
        }
        int set = 0;
        for (const uint32_t value : registers.value) set += std::popcount(value);
        EXPECT_EQ(set, bits);
    }
}

// Addresses that programs of the vendor write to.
TEST(cnn_registers, lie_where_programs_write_them) {
    const CnnArray small = array_of(kMax78000);
    EXPECT_EQ(cnn_register_address(small, {.quadrant = 1, .layer = 3, .reg = 6}), 0x5050031cu);
    EXPECT_EQ(cnn_register_address(small, {.quadrant = 0, .layer = 1, .reg = 18}), 0x50100914u);
    EXPECT_EQ(cnn_register_address(small, {.quadrant = 3, .layer = 0, .reg = 20}), 0x50d00a10u);
    const CnnArray large = array_of(kMax78002);
    EXPECT_EQ(cnn_register_address(large, {.quadrant = 2, .layer = 5, .reg = 7}), 0x5310051cu);
    EXPECT_EQ(cnn_register_address(large, {.quadrant = 0, .layer = 2, .reg = 21}), 0x51108028u);
}

TEST(cnn_registers, are_found_at_their_addresses) {
    for (const CnnArray::Layout layout : kLayouts) {
        const CnnArray array = array_of(layout);
        for (const CnnRegisterPlace place :
             {CnnRegisterPlace{0, 0, 0}, CnnRegisterPlace{1, 7, 18}, CnnRegisterPlace{3, 31, 12}}) {
            const auto found = cnn_register_at(array, cnn_register_address(array, place));
            ASSERT_TRUE(found);
            EXPECT_EQ(found->quadrant, place.quadrant);
            EXPECT_EQ(found->layer, place.layer);
            EXPECT_EQ(found->reg, place.reg);
        }
    }
}

TEST(cnn_registers, are_not_found_where_none_lie) {
    const CnnArray small = array_of(kMax78000);
    EXPECT_FALSE(cnn_register_at(small, small.map.control));
    EXPECT_FALSE(cnn_register_at(small, small.map.input_frame));
    EXPECT_FALSE(cnn_register_at(small, small.map.layer_registers + 21 * 0x80));
    EXPECT_FALSE(cnn_register_at(small, small.map.layer_registers + 1));
    EXPECT_FALSE(cnn_register_at(small, 0));
    const CnnArray large = array_of(kMax78002);
    EXPECT_FALSE(cnn_register_at(large, large.map.layer_registers + 20 * 4));
    EXPECT_FALSE(cnn_register_at(large, large.map.input_frame));
}

}  // namespace
}  // namespace ingot
