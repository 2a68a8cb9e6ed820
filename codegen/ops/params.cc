// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Constant data of params structs, as little-endian bytes.

#include "codegen/ops/params.h"

#include <cstring>

namespace ingot::codegen {
namespace {

template <class T>
Array array_of(Array::Element element, std::span<const T> values) {
    Array array{element, std::vector<uint8_t>(values.size_bytes())};
    if (!values.empty()) std::memcpy(array.bytes.data(), values.data(), values.size_bytes());
    return array;
}

}  // namespace

Array bytes_array(std::span<const uint8_t> bytes) {
    return array_of(Array::Element::kBytes, bytes);
}
Array words_array(std::span<const uint8_t> bytes) {
    return array_of(Array::Element::kWords, bytes);
}
Array int8_array(std::span<const int8_t> values) { return array_of(Array::Element::kInt8, values); }
Array int32_array(std::span<const int32_t> values) {
    return array_of(Array::Element::kInt32, values);
}

}  // namespace ingot::codegen
