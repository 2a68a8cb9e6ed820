// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Data, bias and line buffer memories of a CNN accelerator, and which of their words were ever
// written.

#ifndef INGOT_SIM_CNN_ARRAY_MEMORIES_H
#define INGOT_SIM_CNN_ARRAY_MEMORIES_H

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "boards/machines/cnn_array.h"

namespace ingot::sim {

// Words of four channels, instance after instance.
class DataMemory {
public:
    DataMemory(int64_t instances, int64_t words)
        : words_(words),
          bytes_(static_cast<size_t>(instances * words * 4)),
          is_written_(static_cast<size_t>(instances * words)) {}

    int64_t words() const { return words_; }
    uint8_t *at(int64_t instance, int64_t word) {
        return &bytes_[static_cast<size_t>((instance * words_ + word) * 4)];
    }
    const uint8_t *at(int64_t instance, int64_t word) const {
        return &bytes_[static_cast<size_t>((instance * words_ + word) * 4)];
    }

    uint32_t read(int64_t instance, int64_t word) const {
        uint32_t value;
        std::memcpy(&value, at(instance, word), sizeof value);
        return value;
    }
    void write(int64_t instance, int64_t word, uint32_t value) {
        std::memcpy(at(instance, word), &value, sizeof value);
        mark_written(instance, word);
    }

    bool is_written(int64_t instance, int64_t word) const {
        return is_written_[static_cast<size_t>(instance * words_ + word)] != 0;
    }
    void mark_written(int64_t instance, int64_t word) {
        is_written_[static_cast<size_t>(instance * words_ + word)] = 1;
    }

    // Zeros `count` instances; they count as written.
    void clear(int64_t first_instance, int64_t count) {
        std::fill_n(at(first_instance, 0), count * words_ * 4, uint8_t{0});
        std::fill_n(&is_written_[static_cast<size_t>(first_instance * words_)], count * words_,
                    uint8_t{1});
    }

private:
    int64_t words_;
    std::vector<uint8_t> bytes_;
    std::vector<uint8_t> is_written_;
};

// A byte for each output, quadrant after quadrant.
class BiasMemory {
public:
    explicit BiasMemory(const CnnArray &array)
        : each_(array.bias_bytes),
          bytes_(static_cast<size_t>(array.quadrants * each_)),
          is_written_(bytes_.size()) {}

    int8_t read(int32_t quadrant, int64_t byte) const { return bytes_[index(quadrant, byte)]; }
    bool is_written(int32_t quadrant, int64_t byte) const {
        return is_written_[index(quadrant, byte)] != 0;
    }
    void write(int32_t quadrant, int64_t byte, int8_t value) {
        bytes_[index(quadrant, byte)] = value;
        is_written_[index(quadrant, byte)] = 1;
    }
    void clear(int32_t quadrant) {
        for (int64_t i = 0; i < each_; ++i) write(quadrant, i, 0);
    }

private:
    size_t index(int32_t quadrant, int64_t byte) const {
        return static_cast<size_t>(quadrant * each_ + byte);
    }

    int64_t each_;
    std::vector<int8_t> bytes_;
    std::vector<uint8_t> is_written_;
};

// Rows that sliding windows need again ("TRAM"). Programs may read and write it; results do not
// depend on it.
class LineBuffers {
public:
    explicit LineBuffers(const CnnArray &array)
        : each_(array.line_buffer_words),
          words_(static_cast<size_t>(array.processor_count() * each_)) {}

    uint16_t &at(int64_t processor, int64_t word) {
        return words_[static_cast<size_t>(processor * each_ + word)];
    }
    void clear(int64_t first_processor, int64_t count) {
        std::fill_n(&at(first_processor, 0), count * each_, uint16_t{0});
    }

private:
    int64_t each_;
    std::vector<uint16_t> words_;
};

}  // namespace ingot::sim

#endif
