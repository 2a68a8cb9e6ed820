// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The mock HAL remembers what an accelerator program did, in order.

#include "hal_mock.h"

#include <gtest/gtest.h>

#include "ingot/hal.h"

namespace {

TEST(hal_mock, records_reads_and_writes_in_order) {
    ingot_mock = {};
    ingot_hal_write(0x40, 7);
    EXPECT_EQ(ingot_hal_read(0x40), 7u);
    ASSERT_EQ(ingot_mock.access_count, 2u);
    EXPECT_TRUE(ingot_mock.accesses[0].is_write);
    EXPECT_FALSE(ingot_mock.accesses[1].is_write);
    EXPECT_EQ(ingot_mock.accesses[1].address, 0x40u);
}

TEST(hal_mock, delivers_bytes_until_there_are_none) {
    ingot_mock = {};
    ingot_mock.received[0] = 0xff;
    ingot_mock.received_count = 1;
    EXPECT_EQ(ingot_hal_read_byte(), 0xff);
    EXPECT_EQ(ingot_hal_read_byte(), -1);
}

TEST(hal_mock, keeps_what_was_sent_and_counts_waits) {
    ingot_mock = {};
    ingot_hal_write_byte(0x12);
    ingot_hal_wait();
    ASSERT_EQ(ingot_mock.sent_count, 1u);
    EXPECT_EQ(ingot_mock.sent[0], 0x12);
    EXPECT_EQ(ingot_mock.waits, 1u);
}

}  // namespace
