// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Fingerprints of files.

#ifndef INGOT_BASE_HASH_H
#define INGOT_BASE_HASH_H

#include <cstdint>
#include <span>
#include <string>

namespace ingot {

// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const uint8_t> bytes);

}  // namespace ingot

#endif
