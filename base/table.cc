// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Printing of tables.

#include "base/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/units.h"

namespace ingot {
namespace {

bool is_number(const Cell &cell) {
    return std::holds_alternative<int64_t>(cell) || std::holds_alternative<double>(cell);
}

struct ForPeople {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(const std::string &text) const { return printable(text); }
    std::string operator()(int64_t count) const { return grouped(count); }
    std::string operator()(double value) const { return fmt::format("{:.3f}", value); }
    std::string operator()(bool value) const { return value ? "yes" : "no"; }
};

std::string quoted(const std::string &text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string inside;
    for (const char c : text) inside += c == '"' ? "\"\"" : std::string(1, c);
    return '"' + inside + '"';
}

struct ForPrograms {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string &text) const { return quoted(text); }
    std::string operator()(int64_t count) const { return fmt::format("{}", count); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
};

struct ForJson {
    nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
    template <class T>
    nlohmann::ordered_json operator()(const T &value) const {
        return value;
    }
};

// Width in characters: a byte that continues a UTF-8 character takes no place of its own.
size_t width(const std::string &text) {
    return static_cast<size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; }));
}

// The text of every cell, and how wide and on which side each column is.
struct Layout {
    std::vector<std::vector<std::string>> rows;  // The first holds the titles.
    std::vector<size_t> widths;
    std::vector<bool> to_the_right;
};

Layout lay_out(const Table &table) {
    Layout layout;
    std::vector<std::string> titles;
    titles.reserve(table.columns.size());
    for (const Column &column : table.columns) titles.push_back(column.title);
    layout.rows.push_back(std::move(titles));
    for (const auto &row : table.rows) {
        std::vector<std::string> texts;
        texts.reserve(row.size());
        for (const Cell &cell : row) texts.push_back(std::visit(ForPeople{}, cell));
        layout.rows.push_back(std::move(texts));
    }
    for (size_t i = 0; i < table.columns.size(); ++i) {
        size_t widest = 0;
        for (const auto &row : layout.rows) widest = std::max(widest, width(row[i]));
        layout.widths.push_back(widest);
        layout.to_the_right.push_back(
            table.columns[i].is_number ||
            std::any_of(table.rows.begin(), table.rows.end(),
                        [i](const auto &row) { return is_number(row[i]); }));
    }
    return layout;
}

std::string padded(const Layout &layout, const std::vector<std::string> &row, size_t i) {
    const std::string blanks(layout.widths[i] - width(row[i]), ' ');
    return layout.to_the_right[i] ? blanks + row[i] : row[i] + blanks;
}

}  // namespace

std::string to_text(const Table &table) {
    const Layout layout = lay_out(table);
    std::string text;
    for (const auto &row : layout.rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) line += (i ? "  " : "") + padded(layout, row, i);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

std::string to_markdown(const Table &table) {
    const Layout layout = lay_out(table);
    std::string text;
    for (size_t n = 0; n < layout.rows.size(); ++n) {
        text += '|';
        for (size_t i = 0; i < layout.widths.size(); ++i) {
            text += ' ' + padded(layout, layout.rows[n], i) + " |";
        }
        text += '\n';
        if (n > 0) continue;
        text += '|';
        for (size_t i = 0; i < layout.widths.size(); ++i) {
            text += std::string(layout.widths[i] + 1, '-') + (layout.to_the_right[i] ? ":|" : "-|");
        }
        text += '\n';
    }
    return text;
}

std::string to_csv(const Table &table) {
    std::string text;
    for (size_t i = 0; i < table.columns.size(); ++i) {
        text += (i ? "," : "") + table.columns[i].key;
    }
    text += '\n';
    for (const auto &row : table.rows) {
        for (size_t i = 0; i < row.size(); ++i) {
            text += (i ? "," : "") + std::visit(ForPrograms{}, row[i]);
        }
        text += '\n';
    }
    return text;
}

nlohmann::ordered_json to_json(const Table &table) {
    auto rows = nlohmann::ordered_json::array();
    for (const auto &row : table.rows) {
        auto object = nlohmann::ordered_json::object();
        for (size_t i = 0; i < row.size(); ++i) {
            object[table.columns[i].key] = std::visit(ForJson{}, row[i]);
        }
        rows.push_back(std::move(object));
    }
    return rows;
}

}  // namespace ingot
