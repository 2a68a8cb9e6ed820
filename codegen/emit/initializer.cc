// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How values look in C. Arrays of up to kDecimalBytes bytes are decimals, which diff well; larger
// ones are 32-bit words, which compile an order of magnitude faster.

#include "codegen/emit/initializer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "codegen/emit/text.h"

namespace ingot::codegen {
namespace {

constexpr size_t kColumns = 100;
constexpr const char *kIndent = "    ";
constexpr size_t kDecimalBytes = 256;

using Fields = std::vector<Field>;

std::string symbol_of(const Program &program, const Step &step, const Field &field) {
    return fmt::format("{}_{}_{}", program.graph.name, step.label, field.name);
}

bool is_words(const Array &array) {
    if (array.element == Array::Element::kWords) return true;
    return array.element == Array::Element::kBytes && array.bytes.size() > kDecimalBytes;
}

struct ElementType {
    std::string_view name;
    size_t bytes;
};

ElementType element_type(const Array &array) {
    if (is_words(array)) return {"uint32_t", 4};
    if (array.element == Array::Element::kInt32) return {"int32_t", 4};
    return {"int8_t", 1};
}

template <class T>
std::vector<T> elements_of(const Array &array) {
    std::vector<T> values((array.bytes.size() + sizeof(T) - 1) / sizeof(T));
    std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
    return values;
}

// INT32_MIN has no literal: -2147483648 is the negation of a number that is too large.
std::string decimal(int64_t value) {
    return value == INT32_MIN ? "-2147483647 - 1" : fmt::format("{}", value);
}

// Cells right-aligned in rows.
std::string rows(const std::vector<std::string> &cells, size_t per_row) {
    size_t width = 0;
    for (const std::string &cell : cells) width = std::max(width, cell.size());
    std::string text;
    for (size_t i = 0; i < cells.size(); ++i) {
        const bool is_first = i % per_row == 0;
        const bool is_last = i % per_row == per_row - 1 || i + 1 == cells.size();
        text += fmt::format("{}{:>{}},{}", is_first ? "    " : " ", cells[i], width,
                            is_last ? "\n" : "");
    }
    return text;
}

class Printer {
public:
    Printer(const Program &program, const Step &step) : program_(program), step_(step) {}

    // "{...}" on one line.
    std::string in_line(const Fields &fields) const {
        std::string text;
        for (const Field &field : fields) text += (text.empty() ? "" : ", ") + assignment(field);
        return "{" + text + "}";
    }

    // One field per line; what is too long for a line goes on below its opening brace.
    std::string in_lines(const Fields &fields) const {
        std::string text = "{\n";
        for (const Field &field : fields) {
            const std::string line = kIndent + assignment(field) + ",";
            const auto *nested = std::get_if<Fields>(&field.value);
            const bool is_broken = nested && line.size() > kColumns;
            text += (is_broken ? filled(kIndent + prefix(field) + "{", *nested) : line) + "\n";
        }
        return text + "}";
    }

private:
    static std::string prefix(const Field &field) {
        return field.name.empty() ? "" : fmt::format(".{} = ", field.name);
    }

    // "head" and the fields in as few lines as hold them.
    std::string filled(const std::string &head, const Fields &fields) const {
        std::string text, line = head;
        for (size_t i = 0; i < fields.size(); ++i) {
            const std::string item = assignment(fields[i]) + (i + 1 < fields.size() ? "," : "},");
            const bool is_first = line.size() == head.size();
            if (!is_first && line.size() + 1 + item.size() > kColumns) {
                text += line + "\n";
                line = std::string(head.size(), ' ') + item;
            } else {
                line += (is_first ? "" : " ") + item;
            }
        }
        return text + line;
    }

    std::string assignment(const Field &field) const { return prefix(field) + value(field); }

    std::string value(const Field &field) const {
        struct Visitor {
            const Printer &printer;
            const Field &field;
            std::string operator()(int64_t number) const { return decimal(number); }
            std::string operator()(float number) const { return float_literal(number); }
            std::string operator()(const std::string &verbatim) const { return verbatim; }
            std::string operator()(const Fields &nested) const { return printer.in_line(nested); }
            std::string operator()(const Array &) const {
                return symbol_of(printer.program_, printer.step_, field);
            }
            std::string operator()(const std::vector<int64_t> &numbers) const {
                std::vector<std::string> cells;
                for (const int64_t number : numbers) cells.push_back(decimal(number));
                return fmt::format("{{{}}}", fmt::join(cells, ", "));
            }
        };
        return std::visit(Visitor{*this, field}, field.value);
    }

    const Program &program_;
    const Step &step_;
};

void collect(const Program &program, const Step &step, const Fields &fields,
             std::vector<NamedArray> &found) {
    for (const Field &field : fields) {
        if (const auto *array = std::get_if<Array>(&field.value)) {
            found.push_back({symbol_of(program, step, field), array});
        } else if (const auto *nested = std::get_if<Fields>(&field.value)) {
            collect(program, step, *nested, found);
        }
    }
}

}  // namespace

std::vector<NamedArray> named_arrays(const Program &program) {
    std::vector<NamedArray> found;
    for (const Step &step : program.steps) {
        collect(program, step, step.lowered.params.fields(), found);
    }
    return found;
}

std::string params_definition(const Program &program, const Step &step) {
    return fmt::format("static const ingot_{}_params {} = {};\n\n", step.op->name, step.label,
                       Printer(program, step).in_lines(step.lowered.params.fields()));
}

std::string array_declarator(const NamedArray &named) {
    const ElementType type = element_type(*named.array);
    const size_t count = (named.array->bytes.size() + type.bytes - 1) / type.bytes;
    return fmt::format("const {} {}[{}]", type.name, named.symbol, count);
}

std::string array_elements(const Array &array) {
    std::vector<std::string> cells;
    if (is_words(array)) {
        for (const uint32_t word : elements_of<uint32_t>(array)) {
            cells.push_back(fmt::format("{:#010x}", word));
        }
        return rows(cells, 8);
    }
    if (array.element == Array::Element::kInt32) {
        for (const int32_t value : elements_of<int32_t>(array)) cells.push_back(decimal(value));
        return rows(cells, 8);
    }
    for (const int8_t value : elements_of<int8_t>(array)) cells.push_back(decimal(value));
    return rows(cells, 16);
}

}  // namespace ingot::codegen
