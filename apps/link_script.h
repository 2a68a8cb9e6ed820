// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The linker script of a board: its memories, from the description, and the sections, from
// boards/firmware/sections.ld.

#ifndef INGOT_APPS_LINK_SCRIPT_H
#define INGOT_APPS_LINK_SCRIPT_H

#include <cstdint>
#include <string>

#include "base/result.h"
#include "boards/board.h"

namespace ingot::cli {

// Of firmware for any board. Networks need a few hundred bytes; the rest is for interrupts.
inline constexpr int64_t kStackBytes = 2048;

// The first memory of each kind: where an image's code lies, and where its variables do.
struct ImageMemories {
    const Memory *program = nullptr;
    const Memory *data = nullptr;
};

// Errors: BoardInvalid when there is no such memory, or no [firmware].
Result<ImageMemories> image_memories(const Board &board);

// MEMORY, PROGRAM, DATA and INGOT_STACK_BYTES, as text. A memory's region has its name in capitals.
// Errors: those of image_memories().
Result<std::string> memory_script(const Board &board, int64_t stack_bytes = kStackBytes);

// What a linker said of an image that does not fit, as FlashExceeded or RamExceeded; anything else
// as it is.
Diagnostic as_limit(Diagnostic diagnostic, const ImageMemories &memories);

// The name of a memory's region.
std::string region_name(const Memory &memory);

}  // namespace ingot::cli

#endif
