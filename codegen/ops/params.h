// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The initialiser of a params struct, as the emitter will print it: fields by name, in order.

#ifndef INGOT_CODEGEN_PARAMS_H
#define INGOT_CODEGEN_PARAMS_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ingot::codegen {

// Constant data that a params field points to. The emitter names it after its step and field.
struct Array {
    // kBytes is for `const void *` fields: printed as decimals while few, else as words.
    enum class Element { kInt8, kInt32, kBytes, kWords };
    Element element;
    std::vector<uint8_t> bytes;  // Little-endian.
};

struct Field;

using Value = std::variant<int64_t,               // 12
                           float,                 // 0.25f
                           std::string,           // Verbatim: an enumerator, NULL
                           std::vector<int64_t>,  // {1, 32, 32, 3}
                           Array,                 // A pointer to constant data
                           std::vector<Field>>;   // A nested struct, or array of arrays

struct Field {
    std::string name;  // Empty: positional, as in an array of structs.
    Value value;
};

// Built in the order of the C struct:  params.add("rows", 4).add("weights", bytes(...))
class Params {
public:
    Params &add(std::string_view name, Value value) {
        fields_.push_back({std::string(name), std::move(value)});
        return *this;
    }
    Params &add(std::string_view name, const Params &nested) {
        return add(name, Value(nested.fields_));
    }
    const std::vector<Field> &fields() const { return fields_; }

private:
    std::vector<Field> fields_;
};

Array bytes_array(std::span<const uint8_t> bytes);  // For `const void *` fields.
Array words_array(std::span<const uint8_t> bytes);  // The same, aligned to 4 however few.
Array int8_array(std::span<const int8_t> values);
Array int32_array(std::span<const int32_t> values);

}  // namespace ingot::codegen

#endif
