// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The params of a lowered call as text.

#ifndef INGOT_TESTS_CODEGEN_OPS_CALL_TEXT_H
#define INGOT_TESTS_CODEGEN_OPS_CALL_TEXT_H

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/codegen/ops/moves.h"

namespace ingot::test {

inline Result<Lowered> lower(const Graph &graph, ingot_rounding rounding) {
    const Node &node = graph.nodes[0];
    return node.op->lower({graph, node, rounding});
}

// ---- Text: "rank 1, extent {6}" ----------------------------------------------------------------

inline std::string text_of(const std::vector<Field> &fields);

inline std::vector<int32_t> int32_elements(const Array &array) {
    std::vector<int32_t> values(array.bytes.size() / sizeof(int32_t));
    std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
    return values;
}

inline std::string text_of(const Array &array) {
    const bool is_int32 = array.element == Array::Element::kInt32;
    return is_int32 ? fmt::format("{{{}}}", fmt::join(int32_elements(array), ", "))
                    : fmt::format("{{{} bytes}}", array.bytes.size());
}

inline std::string text_of(const Value &value) {
    struct Visitor {
        std::string operator()(int64_t number) const { return fmt::format("{}", number); }
        std::string operator()(float number) const { return fmt::format("{}", number); }
        std::string operator()(const std::string &verbatim) const { return verbatim; }
        std::string operator()(const Array &array) const { return text_of(array); }
        std::string operator()(const std::vector<int64_t> &numbers) const {
            return fmt::format("{{{}}}", fmt::join(numbers, ", "));
        }
        std::string operator()(const std::vector<Field> &fields) const {
            return fmt::format("{{{}}}", text_of(fields));
        }
    };
    return std::visit(Visitor{}, value);
}

inline std::string text_of(const std::vector<Field> &fields) {
    std::string text;
    for (const Field &field : fields) {
        text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", field.name,
                            field.name.empty() ? "" : " ", text_of(field.value));
    }
    return text;
}

// One field of a call's params, or what stands in the way.
inline std::string field(const Result<Lowered> &call, std::string_view name) {
    if (!call) return to_string(call.error());
    for (const Field &field : call->params.fields()) {
        if (field.name == name) return text_of(field.value);
    }
    return fmt::format("no field {}", name);
}

// The elements of a field that is an array of int32; none when it is not.
inline std::vector<int32_t> table(const Result<Lowered> &call, std::string_view name) {
    if (!call) return {};
    for (const Field &field : call->params.fields()) {
        const auto *array = std::get_if<Array>(&field.value);
        if (field.name == name && array) return int32_elements(*array);
    }
    return {};
}

// Every field.
inline std::string params(const Result<Lowered> &call) {
    return call ? text_of(call->params.fields()) : to_string(call.error());
}

}  // namespace ingot::test

#endif
