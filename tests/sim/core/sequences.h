// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Short pieces of code and what they cost, as tables for the tests of each core.

#ifndef INGOT_TESTS_SIM_CORE_SEQUENCES_H
#define INGOT_TESTS_SIM_CORE_SEQUENCES_H

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "sim/core/block_cost.h"

namespace ingot::sim {

// Text and encodings are those of GNU as 2.40. Encodings are in hexadecimal, one group per
// instruction with the first halfword in front, as in the manuals; of RISC-V, one word or halfword.
struct Sequence {
    const char *assembly;
    const char *encoding;
    uint32_t cycles;        // Left by falling through, or by a jump that always goes.
    uint32_t taken_cycles;  // Left by its conditional branch; the same if there is none.
};

// Compares the names of failing sequences only by their text.
inline void PrintTo(const Sequence &sequence, std::ostream *stream) {
    *stream << sequence.assembly;
}

// The encodings as they lie in memory: halfwords, of words the half that `is_high_first` says.
std::vector<uint8_t> bytes_of(Isa isa, const std::string &encoding);

std::vector<Instruction> decode_all(Isa isa, const std::string &encoding, uint32_t address = 0);

CoreTiming core(const std::string &name);

// One instruction and what is known of it, as describe() tells it.
struct Decoding {
    const char *assembly;
    const char *encoding;
    const char *description;
};

// "load_narrow: r0 r1 <- r1; loads 2 at r1 updates r1": kind, registers written and read, the rest.
std::string describe(Isa isa, const Instruction &instruction);

void expect_decodings(Isa isa, std::span<const Decoding> decodings);

// Expects that every halfword, with a second one of any kind behind it, is an instruction of two
// bytes or four whose cost can be told.
void expect_any_bytes_decode(Isa isa, const CoreTiming &timing);

// Expects of each sequence its cycles, and that all of it was known.
void expect_cycles(Isa isa, const CoreTiming &timing, std::span<const Sequence> sequences);

}  // namespace ingot::sim

#endif
