// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a piece of hardware is able to do: a board description, read from boards/<name>/board.toml.

#ifndef INGOT_BOARDS_BOARD_H
#define INGOT_BOARDS_BOARD_H

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace ingot {

// Where a number of a board description comes from: the comment behind it.
struct Provenance {
    std::string key;          // "clock.core_hz"
    std::string value;        // As written.
    std::string source;       // The comment's text.
    bool is_assumed = false;  // The comment begins with "assumed:".
};

struct Memory {
    std::string name;
    uint64_t address = 0;
    int64_t bytes = 0;
    bool is_writable = false;
};

struct Core {
    std::string isa;       // "armv7em", "rv32imac", "x86_64": a folder of kernels/arch, or none.
    std::string compiler;  // "arm-none-eabi-gcc"
    std::vector<std::string> flags;
};

struct Board {
    std::string name;
    std::string summary;
    int64_t clock_hz = 0;  // 0: unknown, as on a host.
    Core core;
    std::vector<Memory> memories;
    std::vector<Provenance> provenance;

    int64_t ram_bytes() const;    // Writable memories; 0: without limit.
    int64_t flash_bytes() const;  // The others; 0: without limit.
};

// Reads a description. Errors: FileMissing, BoardUnreadable, BoardUnsourced, BoardInvalid.
Result<Board> read_board(const std::string &path);

// A board by name, from `folder`, or by path to a board.toml. Errors: UnknownBoard, and
// read_board's.
Result<Board> find_board(const std::string &name, const std::string &folder);

// The names of all boards in `folder`, sorted.
std::vector<std::string> board_names(const std::string &folder);

}  // namespace ingot

#endif
