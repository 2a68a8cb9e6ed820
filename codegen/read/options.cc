// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Flatbuffer tables, as far as operators' options need them.
//
// A table starts with the distance back to its vtable. A vtable is a row of 16-bit numbers: its own
// size in bytes, the table's size, then for each field id the field's distance from the table's
// start, where 0 says that the field is absent. A vector is named by the distance to its count.

#include "codegen/read/options.h"

#include <bit>
#include <cstring>

namespace ingot::codegen {
namespace {

static_assert(std::endian::native == std::endian::little, "Model files are read as they lie.");

// No option of the schema is a longer vector. Tables may share one, so it bounds what is copied.
constexpr uint32_t kElementsMax = 64;

}  // namespace

template <class T>
std::optional<T> TableOptions::load(int64_t at) const {
    const auto size = static_cast<int64_t>(file_.size());
    if (at < 0 || at > size - static_cast<int64_t>(sizeof(T))) {
        is_intact_ = false;
        return std::nullopt;
    }
    T value;
    std::memcpy(&value, file_.data() + at, sizeof value);
    return value;
}

std::optional<int64_t> TableOptions::position(int field) const {
    if (!table_) return std::nullopt;
    const auto distance = load<int32_t>(*table_);
    if (!distance) return std::nullopt;
    const int64_t vtable = *table_ - *distance;
    const auto vtable_bytes = load<uint16_t>(vtable);
    const int slot = 4 + 2 * field;
    if (!vtable_bytes || slot + 2 > *vtable_bytes) return std::nullopt;
    const auto offset = load<uint16_t>(vtable + slot);
    if (!offset || *offset == 0) return std::nullopt;
    return *table_ + *offset;
}

template <class T>
std::optional<T> TableOptions::scalar(int field) const {
    const auto at = position(field);
    return at ? load<T>(*at) : std::nullopt;
}

int64_t TableOptions::int8(int field, int64_t otherwise) const {
    const auto value = scalar<int8_t>(field);
    return value ? *value : otherwise;
}

int64_t TableOptions::int32(int field, int64_t otherwise) const {
    const auto value = scalar<int32_t>(field);
    return value ? *value : otherwise;
}

double TableOptions::float32(int field, double otherwise) const {
    const auto value = scalar<float>(field);
    return value ? *value : otherwise;
}

std::vector<int64_t> TableOptions::int32s(int field) const {
    const auto at = position(field);
    const auto offset = at ? load<uint32_t>(*at) : std::nullopt;
    const auto count = offset ? load<uint32_t>(*at + *offset) : std::nullopt;
    if (!count) return {};
    if (*count > kElementsMax) is_intact_ = false;
    std::vector<int64_t> values;
    for (uint32_t i = 0; i < *count && is_intact_; ++i) {
        const auto value = load<int32_t>(*at + *offset + 4 * (int64_t{i} + 1));
        if (value) values.push_back(*value);
    }
    return values;
}

}  // namespace ingot::codegen
