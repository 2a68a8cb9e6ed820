// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A table of results, and its four faces: aligned text, Markdown, CSV and JSON.

#ifndef INGOT_BASE_TABLE_H
#define INGOT_BASE_TABLE_H

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ingot {

// Nothing prints as "-", and as null in JSON.
using Cell = std::variant<std::monostate, std::string, int64_t, double, bool>;

template <class T>
Cell cell_of(const std::optional<T> &value) {
    if (value) return *value;
    return std::monostate();
}

struct Column {
    std::string key;         // For CSV and JSON: "weight_bytes".
    std::string title;       // For people: "weights".
    bool is_number = false;  // Its cells are numbers, though some or all are given as text.
};

struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  // One cell per column.
};

// Columns of numbers are set to the right, others to the left; two blanks between them, none at the
// end of a line. Numbers are grouped in text and Markdown, plain in CSV and JSON.
std::string to_text(const Table &table);
std::string to_markdown(const Table &table);
std::string to_csv(const Table &table);
nlohmann::ordered_json to_json(const Table &table);  // An array of objects.

}  // namespace ingot

#endif
