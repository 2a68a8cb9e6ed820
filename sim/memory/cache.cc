// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds lines in their sets, and makes room for new ones.

#include "sim/memory/cache.h"

#include <algorithm>
#include <span>

namespace ingot::sim {

CacheModel::CacheModel(const Cache &cache)
    : line_bytes_(static_cast<uint32_t>(cache.line_bytes)),
      ways_(static_cast<size_t>(cache.ways)),
      sets_(
          static_cast<size_t>(std::max<int64_t>(1, cache.bytes / (cache.line_bytes * cache.ways)))),
      lines_(sets_ * ways_) {}

bool CacheModel::read(uint32_t address) {
    const std::span set = std::span(lines_).subspan(set_of(address), ways_);
    const uint32_t tag = line_of(address);
    ++reads_;
    Line *oldest = set.data();
    for (Line &line : set) {
        if (line.used >= 0 && line.tag == tag) {
            line.used = reads_;
            ++hits_;
            return true;
        }
        if (line.used < oldest->used) oldest = &line;
    }
    *oldest = {.tag = tag, .used = reads_};
    ++misses_;
    return false;
}

void CacheModel::switch_to(bool is_on) {
    is_on_ = is_on;
    std::ranges::fill(lines_, Line{});
}

bool CacheModel::holds(uint32_t address) const {
    const std::span set = std::span(lines_).subspan(set_of(address), ways_);
    const uint32_t tag = line_of(address);
    return std::ranges::any_of(set,
                               [&](const Line &line) { return line.used >= 0 && line.tag == tag; });
}

}  // namespace ingot::sim
