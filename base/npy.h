// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// NumPy's .npy files: one array of numbers, with its type and shape.

#ifndef INGOT_BASE_NPY_H
#define INGOT_BASE_NPY_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot {

struct Npy {
    enum class Type { kBool, kInt8, kUint8, kInt16, kInt32, kInt64, kFloat32, kFloat64 };

    Type type = Type::kInt8;
    std::vector<int64_t> shape;  // Row-major; empty for a scalar.
    std::vector<uint8_t> data;   // Little-endian elements.

    bool operator==(const Npy &) const = default;
};

std::string_view name(Npy::Type type);  // "int8"
int64_t element_bytes(Npy::Type type);
int64_t element_count(const Npy &array);
std::string to_string(const Npy &array);  // "int8 [1][49][10][1]"

// Format versions 1 to 3, little-endian, row-major. Any bytes give an array or NotAnArray, filed
// under `where`.
Result<Npy> parse_npy(std::span<const uint8_t> bytes, std::string_view where);

// The same from a file. Errors: FileMissing too.
Result<Npy> read_npy(const std::string &path);

// The bytes of a file of format version 1.
std::vector<uint8_t> npy_bytes(const Npy &array);

}  // namespace ingot

#endif
