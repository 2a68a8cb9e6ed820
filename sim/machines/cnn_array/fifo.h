// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The FIFOs through which a program hands over input while the accelerator runs.

#ifndef INGOT_SIM_CNN_ARRAY_FIFO_H
#define INGOT_SIM_CNN_ARRAY_FIFO_H

#include <array>
#include <cstdint>
#include <deque>

#include "boards/machines/cnn_array.h"

namespace ingot::sim {

class CnnFifos {
public:
    explicit CnnFifos(const CnnArray &array) : depth_(static_cast<size_t>(array.fifo_words)) {}

    uint32_t control() const { return control_; }
    void set_control(uint32_t value) { control_ = value; }
    // Full, empty and almost so, by thresholds of the control register.
    uint32_t status() const;

    bool is_enabled(int32_t fifo) const;
    bool is_full(int32_t fifo) const { return words(fifo).size() >= depth_; }
    bool is_empty(int32_t fifo) const { return words(fifo).empty(); }

    void push(int32_t fifo, uint32_t value) { words_[static_cast<size_t>(fifo)].push_back(value); }
    uint32_t pop(int32_t fifo);

private:
    const std::deque<uint32_t> &words(int32_t fifo) const {
        return words_[static_cast<size_t>(fifo)];
    }

    size_t depth_;
    uint32_t control_ = 0;
    std::array<std::deque<uint32_t>, 4> words_;
};

}  // namespace ingot::sim

#endif
