// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the linker script's part that comes from a board's description.

#include "apps/link_script.h"

#include <gtest/gtest.h>

namespace ingot::test {
namespace {

Memory memory(const std::string &name, uint64_t address, int64_t bytes) {
    Memory memory;
    memory.name = name;
    memory.address = address;
    memory.bytes = bytes;
    return memory;
}

Board part() {
    Board board;
    board.name = "part";
    board.firmware.start = "cortex_m";
    board.memories = {memory("boot", 0, 0x1000), memory("flash", 0x08000000, 0x20000),
                      memory("sram", 0x20000000, 0x8000)};
    board.memories.back().is_writable = true;
    return board;
}

TEST(link_script, lists_every_memory_and_takes_the_first_of_each_kind) {
    EXPECT_EQ(cli::memory_script(part()).value(),
              R"(/* Memories of part: from boards/part/board.toml. */

MEMORY
{
    BOOT (rx) : ORIGIN = 0x00000000, LENGTH = 0x1000
    FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 0x20000
    SRAM (rw) : ORIGIN = 0x20000000, LENGTH = 0x8000
}
REGION_ALIAS("PROGRAM", BOOT);
REGION_ALIAS("DATA", SRAM);
INGOT_STACK_BYTES = 2048;

)");
}

TEST(link_script, needs_firmware_and_a_memory_of_each_kind) {
    Board board = part();
    board.firmware = {};
    EXPECT_EQ(cli::memory_script(board).error().code, Code::kBoardInvalid);
    board = part();
    board.memories.pop_back();
    EXPECT_EQ(cli::memory_script(board).error().what,
              "has no memory with access = \"read-write\", which an image needs");
    board = part();
    board.memories = {board.memories.back()};
    EXPECT_EQ(cli::memory_script(board).error().what,
              "has no memory with access = \"read\", which an image needs");
}

}  // namespace
}  // namespace ingot::test
