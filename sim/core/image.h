// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A program to simulate: what an ELF file loads, and the names in it.

#ifndef INGOT_SIM_CORE_IMAGE_H
#define INGOT_SIM_CORE_IMAGE_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot::sim {

enum class Architecture { kArm, kRiscv };

// Bytes as they lie in the file, at the address they are loaded to. What start-up code moves or
// zeroes is its own business.
struct Segment {
    uint32_t address = 0;
    std::vector<uint8_t> bytes;
    uint64_t memory_bytes = 0;  // At the address it runs at; at least the bytes loaded.
    uint32_t run_address = 0;
    bool is_executable = false;
};

struct Symbol {
    std::string name;        // As in the file.
    std::string shown = {};  // The same for people: C++ names as their source has them.
    uint32_t address = 0;    // Without the Thumb bit.
    uint32_t bytes = 0;      // 0: as far as the next symbol.
    bool is_function = false;
};

struct Image {
    Architecture architecture = Architecture::kArm;
    uint32_t entry = 0;
    std::vector<Segment> segments;
    std::vector<Symbol> symbols;  // By address; at one address, functions first.
    std::string hash;             // SHA-256 of the file.

    const Symbol *symbol(std::string_view name) const;  // Null: none.

    // The function that contains the address; null: none.
    const Symbol *function_at(uint32_t address) const;

    // "ingot_conv2d+0x1c (0x00000a34)", or the address alone.
    std::string describe(uint32_t address) const;

    // The same for an address that an instruction leads to, which may be the last of its function.
    std::string describe_near(uint32_t address) const;
};

// Errors: FileMissing, and those of parse_image().
Result<Image> read_image(const std::string &path);

// The same from the bytes of a file. Errors: ImageCorrupt; ImageMachine for anything but Arm and
// RISC-V; ImageLayout when segments overlap.
Result<Image> parse_image(const std::string &path, std::span<const uint8_t> file);

}  // namespace ingot::sim

#endif
