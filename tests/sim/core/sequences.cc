// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Short pieces of code and what they cost.

#include "tests/sim/core/sequences.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <random>
#include <sstream>

namespace ingot::sim {
namespace {

std::string name_of(Isa isa, int number) {
    const bool is_thumb = isa == Isa::kThumb;
    if (number >= 32) return fmt::format("{}{}", is_thumb ? 's' : 'f', number - 32);
    if (!is_thumb) return fmt::format("x{}", number);
    constexpr std::array<const char *, 4> kSpecial = {"sp", "lr", "pc", "flags"};
    return number < 13 ? fmt::format("r{}", number) : kSpecial.at(static_cast<size_t>(number - 13));
}

std::string names(Isa isa, Registers registers) {
    std::vector<std::string> found;
    for (int i = 0; i < 64; ++i) {
        if (registers >> i & 1) found.push_back(name_of(isa, i));
    }
    return fmt::to_string(fmt::join(found, " "));
}

}  // namespace

std::vector<uint8_t> bytes_of(Isa isa, const std::string &encoding) {
    std::vector<uint8_t> bytes;
    const auto add = [&](uint32_t halfword) {
        bytes.push_back(static_cast<uint8_t>(halfword));
        bytes.push_back(static_cast<uint8_t>(halfword >> 8));
    };
    std::istringstream groups(encoding);
    for (std::string group; groups >> group;) {
        const auto value = static_cast<uint32_t>(std::stoul(group, nullptr, 16));
        const bool is_wide = group.size() == 8;
        if (is_wide && isa == Isa::kThumb) add(value >> 16);
        add(value & 0xffff);
        if (is_wide && isa == Isa::kRiscV32) add(value >> 16);
    }
    return bytes;
}

std::vector<Instruction> decode_all(Isa isa, const std::string &encoding, uint32_t address) {
    return decode_block(isa, bytes_of(isa, encoding), address);
}

CoreTiming core(const std::string &name) {
    Result<CoreTiming> timing = read_timing(std::string(INGOT_CORES) + "/" + name + ".toml");
    EXPECT_TRUE(timing) << to_string(timing.error());
    return timing.value();
}

std::string describe(Isa isa, const Instruction &instruction) {
    std::string text = fmt::format("{}: {} <- {};", ingot::name_of(instruction.kind),
                                   names(isa, instruction.writes), names(isa, instruction.reads));
    if (instruction.bytes_loaded) text += fmt::format(" loads {}", instruction.bytes_loaded);
    if (instruction.bytes_stored) text += fmt::format(" stores {}", instruction.bytes_stored);
    const auto add = [&](const char *word, Registers registers) {
        if (registers) text += fmt::format(" {} {}", word, names(isa, registers));
    };
    add("at", instruction.addresses);
    add("updates", instruction.updated);
    add("shifts", instruction.shifted);
    add("adds to", instruction.addends);
    if (instruction.is_branch) text += instruction.is_conditional ? " may jump" : " jumps";
    return text;
}

void expect_decodings(Isa isa, std::span<const Decoding> decodings) {
    for (const Decoding &decoding : decodings) {
        const std::vector<uint8_t> bytes = bytes_of(isa, decoding.encoding);
        const std::optional<Instruction> instruction = decode(isa, bytes, 0x100);
        ASSERT_TRUE(instruction) << decoding.assembly;
        EXPECT_EQ(instruction->bytes, bytes.size()) << decoding.assembly;
        EXPECT_EQ(instruction->address, 0x100u) << decoding.assembly;
        EXPECT_EQ(describe(isa, *instruction), decoding.description) << decoding.assembly;
    }
}

void expect_any_bytes_decode(Isa isa, const CoreTiming &timing) {
    std::minstd_rand random(1);
    for (uint32_t halfword = 0; halfword < 0x10000; ++halfword) {
        const uint32_t second = random();
        const std::array<uint8_t, 4> bytes = {
            static_cast<uint8_t>(halfword), static_cast<uint8_t>(halfword >> 8),
            static_cast<uint8_t>(second), static_cast<uint8_t>(second >> 8)};
        const std::optional<Instruction> instruction = decode(isa, bytes, 0);
        ASSERT_TRUE(instruction) << halfword;
        ASSERT_TRUE(instruction->bytes == 2 || instruction->bytes == 4) << halfword;
        ASSERT_LT(cost_of(decode_block(isa, bytes, 0), timing).cycles, 100u) << halfword;
    }
}

void expect_cycles(Isa isa, const CoreTiming &timing, std::span<const Sequence> sequences) {
    for (const Sequence &sequence : sequences) {
        const BlockCost cost = cost_of(decode_all(isa, sequence.encoding), timing);
        EXPECT_EQ(cost.unknown, 0u) << sequence.assembly;
        EXPECT_EQ(cost.cycles, sequence.cycles) << sequence.assembly;
        EXPECT_EQ(cost.cycles + cost.taken_cycles, sequence.taken_cycles) << sequence.assembly;
    }
}

}  // namespace ingot::sim
