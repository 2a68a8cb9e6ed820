// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Status and words of the FIFOs. Source of the bits: MAX78000 User Guide, tables 27-10 to 27-16.

#include "sim/machines/cnn_array/fifo.h"

#include "boards/machines/cnn_array_registers.h"

namespace ingot::sim {

bool CnnFifos::is_enabled(int32_t fifo) const {
    return control_ >> (cnn_fifo::kEnableShift + static_cast<uint32_t>(fifo)) & 1;
}

uint32_t CnnFifos::status() const {
    const size_t full_at = control_ >> cnn_fifo::kFullThresholdShift & cnn_fifo::kThresholdMask;
    const size_t empty_at = control_ >> cnn_fifo::kEmptyThresholdShift & cnn_fifo::kThresholdMask;
    uint32_t status = 0;
    for (uint32_t f = 0; f < 4; ++f) {
        const size_t count = words_[f].size();
        const auto set = [&](uint32_t shift, bool is_so) {
            status |= static_cast<uint32_t>(is_so) << (shift + f);
        };
        set(cnn_fifo::kFullShift, count >= depth_);
        set(cnn_fifo::kEmptyShift, count == 0);
        set(cnn_fifo::kAlmostFullShift, count + full_at >= depth_);
        set(cnn_fifo::kAlmostEmptyShift, count <= empty_at);
    }
    // Bits 16 to 19 say whether any FIFO has each of the four above.
    for (uint32_t kind = 0; kind < 4; ++kind) {
        status |= static_cast<uint32_t>((status >> (4 * kind) & 0xf) != 0) << (16 + kind);
    }
    return status;
}

uint32_t CnnFifos::pop(int32_t fifo) {
    std::deque<uint32_t> &words = words_[static_cast<size_t>(fifo)];
    const uint32_t value = words.front();
    words.pop_front();
    return value;
}

}  // namespace ingot::sim
