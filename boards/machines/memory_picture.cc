// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Pictures of letters.

#include "boards/machines/memory_picture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/result.h"
#include "boards/machines/cnn_layer.h"

namespace ingot {
namespace {

bool any(const std::vector<bool> &words, int64_t from, int64_t to) {
    return std::find(words.begin() + from, words.begin() + to, true) != words.begin() + to;
}

char mark(bool is_read, bool is_written) {
    if (is_read) return is_written ? 'b' : 'r';
    return is_written ? 'w' : '.';
}

}  // namespace

std::string memory_picture(const std::vector<bool> &read, const std::vector<bool> &written,
                           int64_t marks) {
    INGOT_CHECK(read.size() == written.size());
    const auto words = static_cast<int64_t>(read.size());
    std::string picture;
    for (int64_t i = 0; i < marks; ++i) {
        const int64_t from = i * words / marks;
        const int64_t to = (i + 1) * words / marks;
        picture += mark(any(read, from, to), any(written, from, to));
    }
    return picture;
}

std::string kernel_picture(std::span<const int64_t> words, int64_t limit, int64_t first_limit) {
    constexpr size_t kRow = kCnnProcessorsPerQuadrant;
    std::string picture = fmt::format("  words of {} in use", limit);
    if (first_limit != limit) {
        picture += fmt::format(", of {} in the first processor of a quadrant", first_limit);
    }
    picture += '\n';
    for (size_t q = 0; (q + 1) * kRow <= words.size(); ++q) {
        picture += fmt::format("  quadrant {}   {:>4}\n", q,
                               fmt::join(words.subspan(q * kRow, kRow), " "));
    }
    return picture;
}

}  // namespace ingot
