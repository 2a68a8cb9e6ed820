// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A set-associative cache that replaces the line unused for longest. It remembers which lines it
// holds, not what is in them: the bytes are the memory's.

#ifndef INGOT_SIM_CACHE_H
#define INGOT_SIM_CACHE_H

#include <cstdint>
#include <vector>

#include "boards/board.h"

namespace ingot::sim {

class CacheModel {
public:
    explicit CacheModel(const Cache &cache);

    // Whether the line of this address is there; a miss brings it in.
    bool read(uint32_t address);

    // The same without bringing it in: writes go through to the memory.
    bool holds(uint32_t address) const;

    // Off, it holds nothing.
    void switch_to(bool is_on);
    bool is_on() const { return is_on_; }

    uint32_t line_of(uint32_t address) const { return address / line_bytes_ * line_bytes_; }
    uint32_t line_bytes() const { return line_bytes_; }
    int64_t hits() const { return hits_; }
    int64_t misses() const { return misses_; }

private:
    struct Line {
        uint32_t tag = 0;
        int64_t used = -1;  // Negative: empty.
    };
    size_t set_of(uint32_t address) const { return address / line_bytes_ % sets_ * ways_; }

    uint32_t line_bytes_;
    size_t ways_, sets_;
    std::vector<Line> lines_;  // Set after set.
    bool is_on_ = true;
    int64_t reads_ = 0, hits_ = 0, misses_ = 0;
};

}  // namespace ingot::sim

#endif
