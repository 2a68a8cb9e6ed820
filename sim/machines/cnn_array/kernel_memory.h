// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Kernel memories ("mask RAM") of a CNN accelerator: words of nine bytes, and the two ways in.
//
//   by words   four words of the bus for each kernel: byte 0; bytes 1 to 4; bytes 5 to 8, first
//              byte uppermost; the fourth stores the kernel
//   packed     ("mexpress") a byte written to an odd address sets the next kernel's number; words
//              written anywhere in the processor's window carry four bytes each, first byte
//              uppermost, nine for each kernel; bytes of an unfinished kernel are dropped when the
//              number is set anew
// Source: ai8x-synthesis, izer/kernels.py.

#ifndef INGOT_SIM_CNN_ARRAY_KERNEL_MEMORY_H
#define INGOT_SIM_CNN_ARRAY_KERNEL_MEMORY_H

#include <array>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "boards/machines/cnn_array.h"

namespace ingot::sim {

class KernelMemory {
public:
    static constexpr int32_t kWordBytes = 9;

    explicit KernelMemory(const CnnArray &array);

    // `offset`: bytes from where the processor's window begins.
    Result<void> write_word(int32_t processor, uint32_t offset, uint32_t value);
    Result<void> write_packed(int32_t processor, uint32_t value);
    Result<void> set_next(int32_t processor, uint32_t offset);
    // As write_word() takes it; 0 beyond the memory's end.
    uint32_t read_word(int32_t processor, uint32_t offset) const;

    // All bytes of a processor, word after word.
    const uint8_t *bytes(int32_t processor) const { return memory(processor).bytes.data(); }
    bool is_written(int32_t processor, int64_t word) const {
        return memory(processor).is_written[static_cast<size_t>(word)] != 0;
    }
    // Zeros the memories of a quadrant; they count as written.
    void clear(int32_t quadrant);

private:
    struct Memory {
        std::vector<uint8_t> bytes;
        std::vector<uint8_t> is_written;
        std::array<uint8_t, kWordBytes> arriving{};
        int32_t arrived = 0;
        int64_t next = 0;
    };
    const Memory &memory(int32_t processor) const {
        return memories_[static_cast<size_t>(processor)];
    }
    Result<void> store(int32_t processor, int64_t word);

    std::vector<Memory> memories_;
};

}  // namespace ingot::sim

#endif
