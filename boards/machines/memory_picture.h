// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Draws what layers take of the memories of a CNN accelerator: planned ones, and those of a program
// that runs.

#ifndef INGOT_BOARDS_MACHINES_MEMORY_PICTURE_H
#define INGOT_BOARDS_MACHINES_MEMORY_PICTURE_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ingot {

// Letters that an instance of data memory is drawn in.
inline constexpr int64_t kMemoryMarks = 32;

// A memory, or a row of them, in `marks` letters: "rrb.". r: some of what a letter stands for is
// read, w: written, b: both. The two are of equal size.
std::string memory_picture(const std::vector<bool> &read, const std::vector<bool> &written,
                           int64_t marks);

// Words of kernel memory of all processors, a line for each quadrant below a title. The first
// processor of a quadrant has `first_limit` of them, the others `limit`.
std::string kernel_picture(std::span<const int64_t> words, int64_t limit, int64_t first_limit);

}  // namespace ingot

#endif
