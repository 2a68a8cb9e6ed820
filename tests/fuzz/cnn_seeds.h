// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Legal programs for the CNN accelerator, for its fuzzer to start from.

#ifndef INGOT_TESTS_FUZZ_CNN_SEEDS_H
#define INGOT_TESTS_FUZZ_CNN_SEEDS_H

#include <cstdint>
#include <vector>

namespace ingot::test {

// Small programs between which every feature is used, as cnn_record.h has them.
std::vector<std::vector<uint8_t>> cnn_seeds();

}  // namespace ingot::test

#endif
