// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes the linker script's first part.

#include "apps/link_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace ingot::cli {
namespace {

constexpr std::string_view kHead = R"(/* Memories of {0}: from boards/{0}/board.toml. */

MEMORY
{{
)";

constexpr std::string_view kTail = R"(}}
REGION_ALIAS("PROGRAM", {});
REGION_ALIAS("DATA", {});
INGOT_STACK_BYTES = {};

)";

const Memory *first_memory(const Board &board, bool is_writable) {
    const auto found = std::ranges::find(board.memories, is_writable, &Memory::is_writable);
    return found == board.memories.end() ? nullptr : &*found;
}

}  // namespace

Result<ImageMemories> image_memories(const Board &board) {
    if (board.firmware.start.empty()) {
        return fail(Code::kBoardInvalid, board.name,
                    "has no [firmware], so no image can be built for it",
                    "docs/ADDING_A_BOARD.md tells what it takes");
    }
    const ImageMemories memories{.program = first_memory(board, false),
                                 .data = first_memory(board, true)};
    if (memories.program && memories.data) return memories;
    return fail(Code::kBoardInvalid, board.name,
                fmt::format("has no memory with access = \"{}\", which an image needs",
                            memories.program ? "read-write" : "read"));
}

std::string region_name(const Memory &memory) {
    std::string name = memory.name;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
    return name;
}

Diagnostic as_limit(Diagnostic diagnostic, const ImageMemories &memories) {
    const auto names = [&](const Memory *memory) {
        return diagnostic.what.find("`" + region_name(*memory) + "'") != std::string::npos;
    };
    const size_t at = diagnostic.what.find("overflowed by");
    if (at == std::string::npos) return diagnostic;
    const bool is_program = names(memories.program);
    if (!is_program && !names(memories.data)) return diagnostic;
    const size_t end = diagnostic.what.find('\n', at);
    return {.code = is_program ? Code::kFlashExceeded : Code::kRamExceeded,
            .where = (is_program ? memories.program : memories.data)->name,
            .what = "the firmware image does not fit: the memory " +
                    diagnostic.what.substr(at, end - at),
            .hint = {}};
}

Result<std::string> memory_script(const Board &board, int64_t stack_bytes) {
    TRY(const ImageMemories memories, image_memories(board));
    std::string text = fmt::format(kHead, board.name);
    for (const Memory &memory : board.memories) {
        text +=
            fmt::format("    {} ({}) : ORIGIN = {:#010x}, LENGTH = {:#x}\n", region_name(memory),
                        memory.is_writable ? "rw" : "rx", memory.address, memory.bytes);
    }
    return text + fmt::format(kTail, region_name(*memories.program), region_name(*memories.data),
                              stack_bytes);
}

}  // namespace ingot::cli
