// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes small ELF executables, for tests that need a program and no compiler.

#ifndef INGOT_TESTS_SUPPORT_ELF_WRITER_H
#define INGOT_TESTS_SUPPORT_ELF_WRITER_H

#include <cstdint>
#include <string>
#include <vector>

namespace ingot::test {

struct ElfSegment {
    uint32_t address = 0;  // To which it is loaded and, unless said otherwise, at which it runs.
    std::vector<uint8_t> bytes;
    uint32_t memory_bytes = 0;  // If more than the bytes.
    bool is_executable = true;
};

struct ElfSymbol {
    std::string name;
    uint32_t address = 0;
    uint32_t bytes = 0;
    bool is_function = true;
};

constexpr uint16_t kElfArm = 40, kElfRiscv = 243;

struct Elf {
    uint16_t machine = kElfArm;
    uint32_t entry = 0;
    std::vector<ElfSegment> segments = {};
    std::vector<ElfSymbol> symbols = {};
};

// The file: header, program headers, segments, symbols, names, section headers.
std::vector<uint8_t> write_elf(const Elf &elf);

}  // namespace ingot::test

#endif
