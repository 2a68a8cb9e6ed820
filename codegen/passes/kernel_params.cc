// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds fields by path and widens what they hold.

#include "codegen/passes/kernel_params.h"

#include <charconv>
#include <cstring>

#include "base/result.h"

namespace ingot::codegen {
namespace {

using Fields = std::vector<Field>;

const Field &named(const Fields &fields, std::string_view name) {
    for (const Field &field : fields) {
        if (field.name == name) return field;
    }
    size_t index = fields.size();
    std::from_chars(name.data(), name.data() + name.size(), index);
    INGOT_CHECK(index < fields.size() && fields[index].name.empty());
    return fields[index];
}

const Value &find(const Params &params, std::string_view path) {
    const Fields *fields = &params.fields();
    while (true) {
        const size_t dot = path.find('.');
        const Value &value = named(*fields, path.substr(0, dot)).value;
        if (dot == path.npos) return value;
        fields = std::get_if<Fields>(&value);
        INGOT_CHECK(fields != nullptr);
        path.remove_prefix(dot + 1);
    }
}

template <class T>
std::vector<int64_t> widened(const std::vector<uint8_t> &bytes) {
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return {values.begin(), values.end()};
}

// The integers of one nested struct.
class Struct {
public:
    Struct(const Params &params, std::string_view path)
        : fields_(std::get_if<Fields>(&find(params, path))) {
        INGOT_CHECK(fields_ != nullptr);
    }
    int32_t operator[](std::string_view name) const {
        const auto *value = std::get_if<int64_t>(&named(*fields_, name).value);
        INGOT_CHECK(value != nullptr);
        return static_cast<int32_t>(*value);
    }

private:
    const Fields *fields_;
};

}  // namespace

int64_t integer_at(const Params &params, std::string_view path) {
    const auto *value = std::get_if<int64_t>(&find(params, path));
    INGOT_CHECK(value != nullptr);
    return *value;
}

std::vector<int64_t> integers_at(const Params &params, std::string_view path) {
    const Value &value = find(params, path);
    if (const auto *list = std::get_if<std::vector<int64_t>>(&value)) return *list;
    const auto *array = std::get_if<Array>(&value);
    INGOT_CHECK(array != nullptr);
    const bool is_wide = array->element == Array::Element::kInt32;
    return is_wide ? widened<int32_t>(array->bytes) : widened<int8_t>(array->bytes);
}

ingot_factor factor_at(const Params &params, std::string_view path) {
    const Struct factor(params, path);
    return {.multiplier = factor["multiplier"], .shift = factor["shift"]};
}

ingot_window window_at(const Params &params, std::string_view path) {
    const Struct window(params, path);
    return {.height = window["height"],
            .width = window["width"],
            .stride_height = window["stride_height"],
            .stride_width = window["stride_width"],
            .pad_top = window["pad_top"],
            .pad_left = window["pad_left"],
            .dilation_height = window["dilation_height"],
            .dilation_width = window["dilation_width"]};
}

}  // namespace ingot::codegen
