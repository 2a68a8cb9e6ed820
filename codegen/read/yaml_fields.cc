// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Turns scalars into numbers, flags and words.

#include "codegen/read/yaml_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace ingot::codegen {
namespace {

bool is_hex(std::string_view text) { return text.starts_with("0x") || text.starts_with("0X"); }

template <class T>
std::optional<T> number_of(std::string_view text, int base) {
    T value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

// As people see it in a message; long ones are cut.
std::string shown(const YamlNode &node) {
    constexpr size_t kShownMax = 40;
    switch (node.kind) {
        case YamlNode::Kind::kNothing:
            return "nothing";
        case YamlNode::Kind::kList:
            return fmt::format("a list of {}", node.items.size());
        case YamlNode::Kind::kMap:
            return "a map";
        case YamlNode::Kind::kScalar:
            break;
    }
    std::string text = node.text.substr(0, kShownMax);
    for (char &c : text) {
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    }
    return fmt::format("\"{}\"{}", text, node.text.size() > kShownMax ? "..." : "");
}

}  // namespace

void YamlFault::file(Code code, int64_t line, std::string what, std::string hint) {
    if (first_) return;
    first_ = Diagnostic{code, fmt::format("{}:{}", where_, line), std::move(what), std::move(hint)};
}

YamlFields::YamlFields(const YamlNode &map, std::string_view what,
                       std::span<const std::string_view> known, YamlFault &fault)
    : map_(map), fault_(fault) {
    if (map.kind != YamlNode::Kind::kMap) {
        fault.file(Code::kNetworkValue, map.line,
                   fmt::format("{} is {}; accepted: a map of keys and values", what, shown(map)));
    }
    for (const YamlEntry &entry : map.entries) {
        if (std::ranges::find(known, entry.key) != known.end()) continue;
        const YamlNode key = yaml_scalar(entry.key);
        fault.file(Code::kNetworkKey, entry.line,
                   fmt::format("unknown key {} of {}; known: {}", shown(key), what,
                               fmt::join(known, ", ")));
    }
}

const YamlEntry *YamlFields::find(std::initializer_list<std::string_view> keys) {
    const YamlEntry *found = nullptr;
    for (const std::string_view key : keys) {
        const YamlEntry *entry = map_.find(key);
        if (!entry) continue;
        if (found) {
            fault_.file(Code::kNetworkKey, entry->line,
                        fmt::format("key {} means the same as {} in line {}", key, found->key,
                                    found->line));
        }
        found = entry;
    }
    return found;
}

void YamlFields::wrong(const YamlEntry &entry, std::string_view accepted) {
    fault_.file(Code::kNetworkValue, entry.line,
                fmt::format("{} is {}; accepted: {}", entry.key, shown(entry.value), accepted));
}

std::string YamlFields::lower(std::string_view text) {
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::optional<int64_t> YamlFields::to_integer(const YamlNode &node) {
    if (node.kind != YamlNode::Kind::kScalar) return {};
    if (is_hex(node.text)) return number_of<int64_t>(std::string_view(node.text).substr(2), 16);
    // What begins with a zero would be octal to some readers and decimal to others.
    if (node.text.size() > 1 && node.text[0] == '0') return {};
    return number_of<int64_t>(node.text, 10);
}

std::optional<int64_t> YamlFields::integer(std::initializer_list<std::string_view> keys,
                                           int64_t low, int64_t high) {
    const YamlEntry *entry = find(keys);
    if (!entry) return {};
    const std::optional<int64_t> value = to_integer(entry->value);
    if (value && *value >= low && *value <= high) return value;
    wrong(*entry, low == high ? fmt::to_string(low) : fmt::format("{}..{}", low, high));
    return {};
}

// One number, for the height or for both; or two.
std::optional<CnnExtent> YamlFields::extent(std::string_view key, int64_t low, int64_t high,
                                            bool repeats_one) {
    const YamlEntry *entry = find({key});
    if (!entry) return {};
    const bool is_list = entry->value.kind == YamlNode::Kind::kList;
    const size_t count = is_list ? entry->value.items.size() : 1;
    const auto at = [&](size_t i) -> std::optional<int64_t> {
        const YamlNode &node = is_list ? entry->value.items[i] : entry->value;
        const std::optional<int64_t> value = to_integer(node);
        return value && *value >= low && *value <= high ? value : std::nullopt;
    };
    if (count == 1 && at(0)) return CnnExtent{*at(0), repeats_one && !is_list ? *at(0) : 1};
    if (count == 2 && at(0) && at(1)) return CnnExtent{*at(0), *at(1)};
    wrong(*entry, fmt::format("{}..{}, or two of these as [rows, columns]", low, high));
    return {};
}

std::optional<uint64_t> YamlFields::processors(std::string_view key) {
    const YamlEntry *entry = find({key});
    if (!entry) return {};
    std::string digits = entry->value.text;
    std::erase_if(digits, [](char c) { return c == '.' || c == '_'; });
    const bool is_dotted = digits.size() != entry->value.text.size();
    const bool has_prefix = is_hex(digits);
    // Octal to some readers, decimal to others, and meant as hexadecimal by most writers.
    if (!has_prefix && !is_dotted && digits.starts_with('0')) digits.clear();
    const auto value = number_of<uint64_t>(has_prefix ? digits.substr(2) : digits,
                                           has_prefix || is_dotted ? 16 : 10);
    if (entry->value.kind == YamlNode::Kind::kScalar && value && *value > 0) return value;
    wrong(*entry, "a map of processors from 0x0000000000000001 to 0xffffffffffffffff");
    return {};
}

std::optional<bool> YamlFields::flag(std::initializer_list<std::string_view> keys) {
    // As YAML 1.1 has them, and numbers.
    constexpr YamlWord<bool> kFlags[] = {{"true", true}, {"false", false}, {"yes", true},
                                         {"no", false},  {"on", true},     {"off", false},
                                         {"1", true},    {"0", false}};
    return word(keys, kFlags);
}

std::string YamlFields::text(std::string_view key) {
    const YamlEntry *entry = find({key});
    if (!entry) return {};
    if (entry->value.kind == YamlNode::Kind::kScalar) return entry->value.text;
    wrong(*entry, "a word");
    return {};
}

}  // namespace ingot::codegen
