// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Loads and reads back kernel memories.

#include "sim/machines/cnn_array/kernel_memory.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {

KernelMemory::KernelMemory(const CnnArray &array)
    : memories_(static_cast<size_t>(array.processor_count())) {
    for (int32_t p = 0; p < array.processor_count(); ++p) {
        const auto words = static_cast<size_t>(kernel_words(array, p));
        memories_[static_cast<size_t>(p)].bytes.resize(words * kWordBytes);
        memories_[static_cast<size_t>(p)].is_written.resize(words);
    }
}

Result<void> KernelMemory::write_word(int32_t processor, uint32_t offset, uint32_t value) {
    Memory &memory = memories_[static_cast<size_t>(processor)];
    const uint32_t part = offset / 4 % 4;
    if (part == 0) memory.arriving[0] = static_cast<uint8_t>(value);
    if (part == 3) return store(processor, offset / 16);
    if (part == 0) return {};
    for (uint32_t i = 0; i < 4; ++i) {
        memory.arriving[part * 4 - 3 + i] = static_cast<uint8_t>(value >> (24 - 8 * i));
    }
    return {};
}

Result<void> KernelMemory::write_packed(int32_t processor, uint32_t value) {
    Memory &memory = memories_[static_cast<size_t>(processor)];
    for (int32_t shift = 24; shift >= 0; shift -= 8) {
        memory.arriving[static_cast<size_t>(memory.arrived++)] =
            static_cast<uint8_t>(value >> shift);
        if (memory.arrived < kWordBytes) continue;
        memory.arrived = 0;
        TRY_DO(store(processor, memory.next++));
    }
    return {};
}

Result<void> KernelMemory::set_next(int32_t processor, uint32_t offset) {
    Memory &memory = memories_[static_cast<size_t>(processor)];
    memory.next = offset / 4;
    memory.arrived = 0;
    return {};
}

Result<void> KernelMemory::store(int32_t processor, int64_t word) {
    Memory &memory = memories_[static_cast<size_t>(processor)];
    const auto words = static_cast<int64_t>(memory.is_written.size());
    if (word >= words) {
        return fail(Code::kCnnProgramInvalid,
                    fmt::format("kernel memory of processor {}", processor),
                    fmt::format("a kernel is written to word {}", word),
                    fmt::format("it has {} words", words));
    }
    std::ranges::copy(memory.arriving, memory.bytes.begin() + word * kWordBytes);
    memory.is_written[static_cast<size_t>(word)] = 1;
    return {};
}

uint32_t KernelMemory::read_word(int32_t processor, uint32_t offset) const {
    const Memory &memory = this->memory(processor);
    const size_t word = offset / 16;
    const uint32_t part = offset / 4 % 4;
    if (word >= memory.is_written.size() || part == 3) return 0;
    const uint8_t *bytes = &memory.bytes[word * kWordBytes];
    if (part == 0) return bytes[0];
    uint32_t value = 0;
    for (uint32_t i = 0; i < 4; ++i) value = value << 8 | bytes[part * 4 - 3 + i];
    return value;
}

void KernelMemory::clear(int32_t quadrant) {
    for (size_t p = static_cast<size_t>(quadrant) * 16; p < static_cast<size_t>(quadrant) * 16 + 16;
         ++p) {
        std::ranges::fill(memories_[p].bytes, uint8_t{0});
        std::ranges::fill(memories_[p].is_written, uint8_t{1});
    }
}

}  // namespace ingot::sim
